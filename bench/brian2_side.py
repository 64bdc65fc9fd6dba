"""The workloads of this folder in Brian2, as its users write them: python3 brian2_side.py w1|w2|w3|w4 [N ms]

The scheme is that of net.m (two half steps of v, one of u), the noise a current redrawn every ms, a synapse a current for
1 ms; delays count as ours do (0 acts in the step after the spike, which is Brian2's own timing). Says when it is built and
when it has run, and at its end, as a line of JSON, neurons, synapses and spikes.
"""
import json
import sys

import numpy as np
from brian2 import (Network, NeuronGroup, SpikeMonitor, Synapses, defaultclock, ms, prefs, seed, set_device)

workload = sys.argv[1]
N = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
duration = float(sys.argv[3]) if len(sys.argv) > 3 else 10000.0
prefs.codegen.target = "cython"
seed(1)
rng = np.random.default_rng(1)
dt_ms = 0.5 if workload == "w1" else 1.0
defaultclock.dt = dt_ms * ms
if workload == "w1":
    N, duration = 50, 1000.0

EQUATIONS = """
v : 1
u : 1
a : 1 (constant)
b : 1 (constant)
c : 1 (constant)
d : 1 (constant)
sd : 1 (constant)
noise : 1
arrived : 1
before : 1
"""


def neurons():
    group = NeuronGroup(N, EQUATIONS, threshold="v >= 30", reset="v = c; u += d", name="neurons")
    excitatory = int(0.8 * N)
    r = rng.random(N)
    is_e = np.arange(N) < excitatory
    if workload in ("w1", "w3"):  # RS and FS
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
    group.run_regularly("noise = sd * randn()", dt=1 * ms, when="before_groups")
    h = "(%g)" % dt_ms
    old = " + before" if dt_ms < 1 else ""  # an arrival lasts for 1 ms: one step of 1 ms, two of 0.5
    group.run_regularly(f"""
        current = noise + arrived{old}
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

    if workload == "w1":
        for sources, weight in ((exc, 6), (inh, -5)):
            s = Synapses(group, group, "w : 1", on_pre="arrived_post += w")
            s.connect(condition="i != j and i >= %d and i < %d" % (sources[0], sources[-1] + 1), p=0.2)
            s.w = weight
            made.append(s)
    elif workload == "w2":
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
net.run(0 * ms)  # compiles, which is part of building
print("built", flush=True)
net.run(duration * ms)
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
    "neurons": N, "synapses": int(sum(len(s) for s in made)),
    "spikes": int(spikes.num_spikes), "ms": duration,
}))
