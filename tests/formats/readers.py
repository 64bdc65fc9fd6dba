"""Files that izhlua writes are read by numpy, and files that numpy writes by izhlua: every bit must come back.

Numbers go between the two as hexadecimal text, which no format is needed for."""
import subprocess
import sys
import tempfile
import os

import numpy as np

izhlua = sys.argv[1]
failures = 0


def check(condition, what):
    global failures
    if not condition:
        failures += 1
        print("FAILED:", what)


def run(script):
    """The script's output, line by line, as lists of words."""
    with open("script.lua", "w") as file:
        file.write("local izh = require 'izhlua'\n"
                   "local function show(name, x)\n"
                   "  local t = { name }\n"
                   "  for i, v in ipairs(x) do t[i + 1] = ('%a'):format(v) end\n"
                   "  print(table.concat(t, ' '))\n"
                   "end\n" + script)
    done = subprocess.run([izhlua, "script.lua"], capture_output=True, text=True)
    check(done.returncode == 0, done.stderr)
    shown = {}
    for line in done.stdout.splitlines():
        words = line.split(" ")
        shown[words[0]] = np.array([float.fromhex(word) for word in words[1:]])
    return shown


def same(a, b):
    """All bits alike; NaN is NaN."""
    a, b = np.asarray(a, dtype=np.float64).ravel(), np.asarray(b, dtype=np.float64).ravel()
    return a.shape == b.shape and bool(np.all((a.view(np.int64) == b.view(np.int64)) | (np.isnan(a) & np.isnan(b))))


def text_columns(path, separator):
    with open(path) as file:
        lines = [line.rstrip("\n").split(separator) for line in file]
    return {name: np.array([float(line[k]) for line in lines[1:]]) for k, name in enumerate(lines[0])}


NETWORK = """
local net = izh.network{ seed = 7 }
local E, I = net:population("E", 40, "E2003"), net:population("I", 10, "I2003")
local p = net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5,
  weight = izh.uniform(1, 6), delay = izh.uniform(0, 5) })
net:stimulate(E, izh.noise{ sd = 5 })
local rec = net:record(E{ 3, 4, 1 }, { "v", "u" }, { every = 0.5, memory = 0 })
local one = net:record(I, "v", { every = 2 })
local w = net:record(p, "weight", { every = 100 })
net:run(1000)
local s = net:spikes{ from = 100, of = E }
"""


def spikes():
    shown = run(NETWORK + """
for _, ending in ipairs{ ".npy", ".npz", ".csv", ".tsv" } do s:save("s" .. ending) end
show("times", s:times()) show("senders", s:senders()) show("neurons", s.neurons)
for _, ending in ipairs{ ".npy", ".npz", ".csv", ".tsv" } do
  local back = izh.spikes("s" .. ending)
  show("times" .. ending, back:times()) show("senders" .. ending, back:senders())
end
local back = izh.spikes("s.npz")
show("window.npz", { back.from, back.to }) show("neurons.npz", back.neurons)
""")
    check(len(shown["times"]) > 50, "there are spikes")
    npz = np.load("s.npz")
    check(sorted(npz.files) == ["neurons", "senders", "times", "window"], "names in s.npz")
    check(npz["senders"].dtype == np.int64 and npz["times"].dtype == np.float64, "types in s.npz")
    for name in "times", "senders", "neurons":
        check(same(npz[name], shown[name]), name + " in s.npz")
    check(list(npz["window"]) == [100, 1000] == list(shown["window.npz"]), "window in s.npz")
    check(same(shown["neurons.npz"], shown["neurons"]), "neurons come back")
    npy = np.load("s.npy")
    check(same(npy[:, 0], shown["times"]) and same(npy[:, 1], shown["senders"]), "s.npy")
    for path, separator in ("s.csv", ","), ("s.tsv", "\t"):
        columns = text_columns(path, separator)
        check(list(columns) == ["time_ms", "neuron"], "names in " + path)
        check(same(columns["time_ms"], shown["times"]) and same(columns["neuron"], shown["senders"]), path)
    for ending in ".npy", ".npz", ".csv", ".tsv":
        check(same(shown["times" + ending], shown["times"]), "times come back from " + ending)
        check(same(shown["senders" + ending], shown["senders"]), "senders come back from " + ending)


def recordings():
    shown = run(NETWORK + """
rec:save("rec.npz") rec:save("rec.csv") one:save("one.npy") w:save("w.npz") w:save("w.tsv")
for k = 1, 3 do for _, q in ipairs{ "v", "u" } do show(q .. k, rec:values(q, k)) end end
show("times", rec:times()) show("neurons", rec.neurons) show("one", one:values("v", 7))
show("w", w:values("weight", 5)) show("p", { p.size })
rec:values("v", 1):save("v.npy") rec:values("v", 1):save("v.txt") rec:values("v", 1):save("v.csv")
""")
    npz = np.load("rec.npz")
    columns = text_columns("rec.csv", ",")
    check(list(columns) == ["neuron", "time_ms", "v", "u"], "names in rec.csv")
    check(same(npz["times"], shown["times"]) and same(npz["neurons"], shown["neurons"]), "rec.npz")
    check(npz["v"].shape == (2001, 3), "shape in rec.npz")
    for k in range(3):
        rows = columns["neuron"] == shown["neurons"][k]
        check(same(columns["time_ms"][rows], shown["times"]), "times in rec.csv")
        for q in "v", "u":
            check(same(npz[q][:, k], shown[q + str(k + 1)]), "%s of neuron %d in rec.npz" % (q, k))
            check(same(columns[q][rows], shown[q + str(k + 1)]), "%s of neuron %d in rec.csv" % (q, k))
    check(same(np.load("one.npy")[:, 6], shown["one"]), "one.npy")
    weights = np.load("w.npz")
    check(weights["weight"].shape == (11, int(shown["p"][0])), "shape in w.npz")
    check(same(weights["weight"][:, 4], shown["w"]), "w.npz")
    long = text_columns("w.tsv", "\t")
    check(same(long["weight"][long["synapse"] == 5], shown["w"]), "w.tsv")
    check(same(np.load("v.npy"), shown["v1"]), "v.npy")
    check(same(np.loadtxt("v.txt"), shown["v1"]), "v.txt")
    check(same(np.loadtxt("v.csv", skiprows=1), shown["v1"]), "v.csv")


def projections():
    shown = run(NETWORK + """
p:save("p.npz") p:save("p.csv")
local columns = { {}, {}, {}, {} }
for pre, post, weight, delay in p:synapses() do
  for k, x in ipairs{ pre, post, weight, delay } do columns[k][#columns[k] + 1] = x end
end
for k, name in ipairs{ "pre", "post", "weight", "delay" } do show(name, columns[k]) end
""")
    npz, columns = np.load("p.npz"), text_columns("p.csv", ",")
    check(list(columns) == ["pre", "post", "weight", "delay_ms"], "names in p.csv")
    check(npz["pre"].dtype == np.int64 and npz["post"].dtype == np.int64, "types in p.npz")
    for name in "pre", "post", "weight", "delay":
        check(same(npz[name], shown[name]), name + " in p.npz")
        check(same(columns["delay_ms" if name == "delay" else name], shown[name]), name + " in p.csv")


def arrays_of_numpy():
    """Every element type, byte order and order of memory; compressed or not; version 2 and 3 of the header."""
    rng = np.random.default_rng(5)
    made = {}
    for kind in "f4", "f8", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "?":
        for end in ("<", ">") if kind not in ("i1", "u1", "?") else ("",):
            info = None if kind[0] in "f?" else np.iinfo(kind)
            if kind[0] == "f":
                flat = rng.normal(size=12) * 10.0 ** rng.integers(-30, 30, 12)
                flat[:3] = [np.nan, np.inf, -0.0]
            elif kind == "?":
                flat = rng.integers(0, 2, 12)
            else:
                flat = rng.integers(max(info.min, -2**53), min(info.max, 2**53), 12, endpoint=True)
            flat = flat.astype(end + kind)
            name = "x%d" % len(made)
            made[name] = flat
            np.save(name + ".npy", flat)
            for order in "C", "F":
                np.save(name + order + ".npy", np.asarray(flat.reshape(4, 3), order=order))
    np.savez("plain.npz", **made)
    np.savez_compressed("small.npz", zeros=np.zeros(100000), matrix=np.arange(12.0).reshape(3, 4), one=5, **made)
    for version in 2, 3:
        with open("version%d.npy" % version, "wb") as file:
            np.lib.format.write_array(file, np.arange(5.0), version=(version, 0))
    shown = run("""
for k = 0, %d do
  local name = "x" .. k
  show(name, izh.read(name .. ".npy"))
  for _, order in ipairs{ "C", "F" } do
    for c, column in ipairs(izh.read(name .. order .. ".npy")) do show(name .. order .. c, column) end
  end
end
local plain, small = izh.read("plain.npz"), izh.read("small.npz")
for name, x in pairs(plain) do show("plain." .. name, x) end
for name, x in pairs(small) do if name:find("^x") then show("small." .. name, x) end end
show("zeros", { #small.zeros, small.zeros:sum() })
for c, column in ipairs(small.matrix) do show("matrix" .. c, column) end
show("one", { small.one })
show("version2", izh.read("version2.npy")) show("version3", izh.read("version3.npy"))
""" % (len(made) - 1))
    for name, flat in made.items():
        check(same(shown[name], flat.astype(np.float64)), "%s of type %s" % (name, flat.dtype))
        check(same(shown["plain." + name], flat.astype(np.float64)), "plain.npz: %s" % name)
        check(same(shown["small." + name], flat.astype(np.float64)), "small.npz: %s" % name)
        for order in "C", "F":
            for c in range(3):
                check(same(shown["%s%s%d" % (name, order, c + 1)], flat.reshape(4, 3)[:, c].astype(np.float64)),
                      "%s in order %s" % (name, order))
    check(list(shown["zeros"]) == [100000, 0], "compressed zeros")
    for c in range(4):
        check(same(shown["matrix%d" % (c + 1)], np.arange(12.0).reshape(3, 4)[:, c]), "compressed matrix")
    check(list(shown["one"]) == [5], "a number without dimensions")
    for version in 2, 3:
        check(same(shown["version%d" % version], np.arange(5.0)), "version %d" % version)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for test in spikes, recordings, projections, arrays_of_numpy:
        test()
    os.chdir("/")
sys.exit(failures > 0)
