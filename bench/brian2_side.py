"""The workloads of this folder in Brian2, as its users write them: python3 brian2_side.py w1|w2|w3|w4|w5|w6|w7|w8 [N ms]

The scheme is that of net.m (two half steps of v, one of u), the noise a current redrawn every ms, a synapse a current for
1 ms; delays count as ours do (0 acts in the step after the spike, which is Brian2's own timing). Says when it is built and
when it has run, and at its end, as a line of JSON, neurons, synapses and spikes.

W6 has no equal here: rk4 with steps of 0.05 ms finds a spike to 0.05 ms, while ours finds it to the last digits. W8 runs one
network again for each case, as Brian2 advises; ours makes each anew.
"""
import json
import sys

import numpy as np
from brian2 import (Hz, Network, NeuronGroup, PoissonInput, SpikeMonitor, StateMonitor, Synapses, defaultclock, ms, prefs,
                    seed)

workload = sys.argv[1]
standard = {"w1": (50, 1000), "w6": (1000, 1000), "w7": (1000, 1000), "w8": (50, 1000000)}.get(workload, (1000, 10000))
N, duration = map(float, sys.argv[2:4]) if len(sys.argv) > 2 else standard
N = int(N)
prefs.codegen.target = "cython"
seed(1)
rng = np.random.default_rng(1)
dt_ms = 1.0 if workload in ("w2", "w3", "w4") else 0.5  # for w6, between two changes of the current
defaultclock.dt = (0.05 if workload == "w6" else dt_ms) * ms

MOVED = """
v : 1
u : 1
"""
SOLVED = """
dv/dt = (0.04 * v * v + 5 * v + 140 - u + current) / ms : 1
du/dt = a * (b * v - u) / ms : 1
current : 1
"""
EQUATIONS = """
a : 1 (constant)
b : 1 (constant)
c : 1 (constant)
d : 1 (constant)
sd : 1 (constant)
noise : 1
arrived : 1
before : 1
"""
DECAYS = """
ds/dt = -s / (3 * ms) : 1
"""


def neurons():
    equations = EQUATIONS + (SOLVED if workload == "w6" else MOVED) + (DECAYS if workload == "w5" else "")
    method = {"w5": "exact", "w6": "rk4"}.get(workload)
    group = NeuronGroup(N, equations, threshold="v >= 30", reset="v = c; u += d", name="neurons", method=method)
    excitatory = N if workload == "w5" else int(0.8 * N)
    r = rng.random(N)
    is_e = np.arange(N) < excitatory
    if workload in ("w1", "w3", "w5", "w8"):  # RS and FS
        group.a, group.b = np.where(is_e, 0.02, 0.1), 0.2
        group.c, group.d = -65, np.where(is_e, 8, 2)
    else:  # E2003 and I2003
        group.a = np.where(is_e, 0.02, 0.02 + 0.08 * r)
        group.b = np.where(is_e, 0.2, 0.25 - 0.05 * r)
        group.c = np.where(is_e, -65 + 15 * r**2, -65)
        group.d = np.where(is_e, 8 - 6 * r**2, 2)
    group.sd = np.where(is_e, 5, 2)
    group.v = -65
    group.u = "b * v"
    old = " + before" if dt_ms < 1 else ""  # an arrival lasts for 1 ms: one step of 1 ms, two of 0.5
    h, current = "(%g)" % dt_ms, "s" if workload == "w5" else "noise + arrived" + old
    if workload != "w5":
        group.run_regularly("noise = sd * randn()", dt=1 * ms, when="before_groups")
    if workload == "w6":
        group.run_regularly(f"current = {current}; before = arrived; arrived = 0", dt=dt_ms * ms, when="before_groups", order=1)
        return group, excitatory
    group.run_regularly(f"""
        current = {current}
        v += 0.5 * {h} * (0.04 * v * v + 5 * v + 140 - u + current)
        v += 0.5 * {h} * (0.04 * v * v + 5 * v + 140 - u + current)
        u += {h} * a * (b * v - u)
        before = arrived
        arrived = 0
        """, when="groups")
    return group, excitatory


def fixed_outdegree(sources, targets, n):
    """n distinct targets of each source, without itself."""
    pre = np.repeat(sources, n)
    post = np.empty(len(sources) * n, dtype=np.int32)
    for k, i in enumerate(sources):
        chosen = rng.choice(len(targets), size=n + 1, replace=False)
        chosen = chosen[targets[chosen] != i][:n]
        post[k * n:(k + 1) * n] = targets[chosen]
    return pre, post


def synapses(group, excitatory):
    everyone, exc = np.arange(N), np.arange(excitatory)
    inh = np.arange(excitatory, N)
    made = []

    def connect(pre, post, weight, delay):
        s = Synapses(group, group, "w : 1", on_pre="arrived_post += w")
        s.connect(i=pre, j=post)
        s.w = weight
        s.delay = delay * ms
        made.append(s)

    if workload == "w5":
        made.append(PoissonInput(group, "s", 100, 20 * Hz, weight=1))
    elif workload in ("w1", "w8"):
        for sources, weight in ((exc, 6), (inh, -5)):
            s = Synapses(group, group, "w : 1", on_pre="arrived_post += w")
            s.connect(condition="i != j and i >= %d and i < %d" % (sources[0], sources[-1] + 1), p=0.2)
            s.w = weight
            made.append(s)
    elif workload in ("w2", "w6", "w7"):
        for sources, low, high in ((exc, 0, 0.5), (inh, -1, 0)):
            s = Synapses(group, group, "w : 1", on_pre="arrived_post += w")
            s.connect(condition="i >= %d and i < %d" % (sources[0], sources[-1] + 1))
            s.w = rng.uniform(low, high, len(s))
            made.append(s)
    elif workload == "w3":
        pre, post = fixed_outdegree(exc, everyone, 100)
        connect(pre, post, 6, rng.integers(0, 20, len(pre)))
        pre, post = fixed_outdegree(inh, exc, 100)
        connect(pre, post, -5, 0)
    else:
        for sources, low, high in ((exc, 0, 0.5), (inh, -1, 0)):
            pre, post = fixed_outdegree(sources, everyone, 1000)
            connect(pre, post, rng.uniform(low, high, len(pre)), rng.integers(0, 16, len(pre)))
    return made


group, excitatory = neurons()
made = synapses(group, excitatory)
spikes = SpikeMonitor(group)
net = Network(group, spikes, *made)
if workload == "w7":
    net.add(StateMonitor(group, ["v", "u"], record=True))
net.run(0 * ms)  # compiles, which is part of building
if workload == "w8":
    net.store()
print("built", flush=True)
n_spikes = 0
for case in range(int(duration) // 1000 if workload == "w8" else 1):
    if workload == "w8":
        net.restore()
        seed(1 + case % 200)
        group.sd[:excitatory] = 4 + case // 200 / 2
    net.run((1000 if workload == "w8" else duration) * ms)
    n_spikes += int(spikes.num_spikes)
print("done", flush=True)

if workload == "w1":
    import matplotlib
    matplotlib.use("pdf")
    import matplotlib.pyplot as plt
    plt.figure(figsize=(3.5, 2.4))
    plt.plot(spikes.t / ms, spikes.i, ".k", markersize=2)
    plt.xlabel("Time (ms)")
    plt.ylabel("Neuron")
    plt.savefig("brian2_w1.pdf")

print(json.dumps({
    "neurons": N, "synapses": int(sum(len(s) for s in made if isinstance(s, Synapses))), "spikes": n_spikes, "ms": duration,
}))
