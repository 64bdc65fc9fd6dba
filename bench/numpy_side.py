"""W9 and W10 with numpy and matplotlib, as their users write them: python3 numpy_side.py w9|w10

Ten million spikes are written and read, as .npz and as .csv; a raster of a million spikes is drawn. Says when each is done,
and at its end, as a line of JSON, neurons and spikes.
"""
import json
import os
import sys

import numpy as np

workload = sys.argv[1]
N, ms = 1000, 10000 if workload == "w10" else 100000
rng = np.random.default_rng(1)
steps, neuron = np.nonzero(np.concatenate([rng.random((1000, N)) < 0.1 for _ in range(ms // 1000)]))
time = steps + 1.0


def say(what):
    print(what, flush=True)


def written_and_read():
    np.savez("numpy_w9.npz", neuron=neuron, time=time)
    say("w9.npz written")
    with np.load("numpy_w9.npz") as file:
        assert len(file["neuron"]) == len(file["time"]) == len(time)
    say("w9.npz read")
    os.remove("numpy_w9.npz")
    np.savetxt("numpy_w9.csv", np.column_stack((neuron, time)), fmt="%d,%.10g", header="neuron,time", comments="")
    say("w9.csv written")
    assert len(np.loadtxt("numpy_w9.csv", delimiter=",", skiprows=1)) == len(time)
    say("w9.csv read")
    os.remove("numpy_w9.csv")


say("built")
if workload == "w9":
    written_and_read()
else:
    import matplotlib
    matplotlib.use("pdf")
    import matplotlib.pyplot as plt
    plt.figure(figsize=(3.5, 2.4))
    plt.plot(time, neuron, ".k", markersize=1)
    plt.xlabel("Time (ms)")
    plt.ylabel("Neuron")
    plt.savefig("numpy_w10.pdf")
say("done")
print(json.dumps({"neurons": N, "ms": ms, "spikes": len(time)}))
