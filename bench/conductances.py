"""A network with conductances in Brian2, beside the same network in izhlua: python3 bench/conductances.py [FILE]

A thousand cells of 2003 (800 excitatory, 200 inhibitory), each pair connected with p = 0.1, weights and delays of their
own, a constant current for each neuron, no noise. With a file, writes Brian2's spikes of 200 cells in 200 ms there, which
tests/lua/conductances_brian2.lua compares with ours. izhlua builds and runs it (conductances.lua); Brian2 gets the same
numbers. First with the same scheme, spelled out in Brian2: spike for spike. Then both with their own rk4, where Brian2
lets g decay within a step, and izhlua holds its mean: rates, regularity and synchrony, and how long the spikes agree.
The numbers are in docs/numerics.md.
"""
import subprocess
import sys
import tempfile

import numpy as np
from brian2 import Network, NeuronGroup, SpikeMonitor, Synapses, defaultclock, ms, prefs

TAU = {"E": 3.0, "I": 6.0}
REVERSAL = {"E": 0.0, "I": -75.0}
prefs.codegen.target = "cython"
prefs.codegen.cpp.extra_compile_args_gcc = ["-w", "-O2", "-ffp-contract=off"]  # the default is -ffast-math

NUMBERS = """
a : 1 (constant)
b : 1 (constant)
c : 1 (constant)
d : 1 (constant)
current : 1 (constant)
"""
DISCRETE = """
v : 1
u : 1
gE : 1
gI : 1
""" + NUMBERS
CONTINUOUS = """
dv/dt = (0.04*v**2 + 5*v + 140 - u + current + gE*(0 - v) + gI*(-75 - v))/ms : 1
du/dt = a*(b*v - u)/ms : 1
dgE/dt = -gE/(3*ms) : 1
dgI/dt = -gI/(6*ms) : 1
""" + NUMBERS


def euler_step(dt):
    """v' = f(v, u) + I + g (E - v) with the mean of g over the step, by forward Euler; then g decays exactly."""
    loss = {name: -np.expm1(-dt / tau) for name, tau in TAU.items()}
    mean = {name: loss[name] / (dt / TAU[name]) for name in TAU}
    return f"""
        mE = {mean['E']!r} * gE
        mI = {mean['I']!r} * gI
        input = current + mE * ({REVERSAL['E']!r} - v) + mI * ({REVERSAL['I']!r} - v)
        slope = 0.04 * (v * v) + 5 * v + 140 - u + input
        slope_u = a * (b * v - u)
        v += {dt!r} * slope
        u += {dt!r} * slope_u
        gE -= {loss['E']!r} * gE
        gI -= {loss['I']!r} * gI
    """


def in_brian(folder, integrator, dt, duration):
    """The spikes (times in ms at the end of their step, ids from 1) of the network that is in the folder."""
    defaultclock.dt = dt * ms
    cells = np.load(f"{folder}/cells.npz")
    same = integrator == "euler"
    group = NeuronGroup(len(cells["a"]), DISCRETE if same else CONTINUOUS, threshold="v >= 30", reset="v = c; u += d",
                        method=None if same else "rk4")
    for name in cells:
        setattr(group, name, cells[name])
    group.v = -65
    group.u = "b * v"
    if same:
        group.run_regularly(euler_step(dt), dt=dt * ms, when="groups")
    monitor = SpikeMonitor(group)
    parts = [group, monitor]
    for name in TAU:
        wiring = np.load(f"{folder}/{name}.npz")
        synapses = Synapses(group, group, "w : 1", on_pre=f"g{name}_post += w")
        synapses.connect(i=wiring["pre"] - 1, j=wiring["post"] - 1)
        synapses.w = wiring["weight"]
        synapses.delay = wiring["delay"] * ms
        parts.append(synapses)
    Network(parts).run(duration * ms)
    return np.asarray(monitor.t / ms) + dt, np.asarray(monitor.i) + 1


def in_izhlua(folder, integrator, dt, duration, n):
    subprocess.run(["build/release/bin/izhlua", "bench/conductances.lua", folder, integrator, repr(dt),
                    repr(duration), str(n)], check=True)
    spikes = np.load(f"{folder}/spikes.npz")
    return spikes["times"], spikes["senders"]


def measures(times, ids, duration, n):
    """Rate in Hz, mean CV of intervals, and synchrony: sd/mean of the number of spikes in 5 ms."""
    cvs = []
    for k in np.unique(ids):
        isi = np.diff(times[ids == k])
        if len(isi) > 3:
            cvs.append(isi.std() / isi.mean())
    counts = np.histogram(times, np.arange(0, duration + 5, 5))[0]
    return len(times) / n / (duration / 1000), np.mean(cvs), counts.std() / counts.mean()


def agree_until(a, b, tolerance, end):
    """The time of the first spike of either that the other does not have within the tolerance; the end if all agree."""
    first = end
    for (t, i), (s, j) in ((a, b), (b, a)):
        for k in np.unique(i):
            mine, other = t[i == k], s[j == k]
            n = min(len(mine), len(other))
            off = np.flatnonzero(np.abs(mine[:n] - other[:n]) > tolerance)
            at = mine[off[0]] if len(off) else mine[n] if len(mine) > n else end
            first = min(first, at)
    return first


def both(integrator, dt, duration, n):
    with tempfile.TemporaryDirectory() as folder:
        return in_izhlua(folder, integrator, dt, duration, n), in_brian(folder, integrator, dt, duration)


def compare(integrator, dt, duration=1000.0, n=1000):
    ours, theirs = both(integrator, dt, duration, n)
    for name, spikes in (("izhlua", ours), ("Brian2", theirs)):
        rate, cv, synchrony = measures(*spikes, duration, n)
        print(f"{integrator} dt {dt} {name}: {rate:.2f} Hz, CV {cv:.3f}, synchrony {synchrony:.3f}", flush=True)
    until = agree_until(ours, theirs, 0.5 * dt, duration)
    print(f"  the same spikes until {until:.1f} ms ({np.sum(ours[0] < until)} spikes),",
          f"and within 0.5 ms until {agree_until(ours, theirs, 0.5001, duration):.1f} ms", flush=True)


def record(path):
    times, ids = both("euler", 0.1, 200.0, 200)[1]
    order = np.lexsort((ids, np.round(times, 1)))
    with open(path, "w") as file:
        file.write("time_ms,neuron\n")
        file.writelines(f"{times[k]:.1f},{ids[k]}\n" for k in order)


if len(sys.argv) > 1:
    record(sys.argv[1])
else:
    for integrator, dts in (("euler", (0.5, 0.1)), ("rk4", (0.5, 0.1, 0.02))):
        for dt in dts:
            compare(integrator, dt)
