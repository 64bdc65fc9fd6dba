"""Files that izhlua writes are read by numpy and h5py, and files that these write by izhlua: every bit must come back.

Numbers go between the two as hexadecimal text, which no format is needed for."""
import json
import subprocess
import sys
import tempfile
import os

import h5py
import neo
import numpy as np
import quantities as pq
import scipy.io
import scipy.sparse

izhlua = sys.argv[1]
failures = 0
messages = {}


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
        if "_message\t" in line:
            name, message = line.split("_message\t")
            messages[name] = message
            continue
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


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def hdf5_spikes():
    shown = run(NETWORK + """
s:save("s.h5") s:save("s.nwb")
show("times", s:times()) show("senders", s:senders()) show("neurons", s.neurons)
for _, ending in ipairs{ ".h5", ".nwb" } do
  local back = izh.spikes("s" .. ending)
  show("times" .. ending, back:times()) show("senders" .. ending, back:senders())
  show("neurons" .. ending, back.neurons) show("window" .. ending, { back.from, back.to })
end
net:spikes{ from = 999.5, of = I }:save("none.nwb") net:spikes{ from = 999.5, of = I }:save("none.h5")
""")
    with h5py.File("s.h5") as file:
        check(file.attrs["magic"] == 0x0A7A and list(file.attrs["version"]) == [0, 1], "SONATA's mark")
        group = file["spikes/network"]
        check(same(group["timestamps"][:], shown["times"]), "timestamps")
        check(same(group["node_ids"][:], shown["senders"] - 1), "node_ids")
        check(group["node_ids"].dtype == np.uint64, "type of node_ids")
        check(text(group["timestamps"].attrs["units"]) == "ms", "units of timestamps")
        kinds = h5py.check_enum_dtype(group.attrs.get_id("sorting").dtype)
        check(kinds == {"none": 0, "by_id": 1, "by_time": 2} and group.attrs["sorting"] == 2, "sorting")
    with h5py.File("s.nwb") as file:
        check(text(file.attrs["neurodata_type"]) == "NWBFile", "NWBFile")
        units = file["units"]
        check([text(name) for name in units.attrs["colnames"]] == ["spike_times", "obs_intervals"], "colnames")
        check(same(units["id"][:], shown["neurons"] - 1), "id")
        ends = units["spike_times_index"][:]
        check(file[units["spike_times_index"].attrs["target"]] == units["spike_times"], "target of the index")
        check(len(ends) == 40 and ends[-1] == len(shown["times"]), "spike_times_index")
        for k in range(40):
            train = units["spike_times"][ends[k - 1] if k else 0:ends[k]]
            check(same(train, shown["times"][shown["senders"] == k + 1] / 1000), "train of unit %d" % k)
        check(np.array_equal(units["obs_intervals"][:], [[0.1, 1]] * 40), "obs_intervals")
    for ending in ".h5", ".nwb":
        for name in "times", "senders", "neurons":
            check(np.allclose(shown[name + ending], shown[name], rtol=1e-15, atol=0), name + " come back from " + ending)
        check(list(shown["window" + ending]) == [100, 1000], "window comes back from " + ending)
    check(same(shown["times.h5"], shown["times"]), "every bit of the times from .h5")
    with h5py.File("none.nwb") as file:
        check(file["units/spike_times"].shape == (0,) and file["units/id"].shape == (10,), "no spikes")


def hdf5_edges():
    shown = run(NETWORK + """
p:save("p.h5")
local columns = { {}, {}, {}, {} }
for pre, post, weight, delay in p:synapses() do
  for k, x in ipairs{ pre, post, weight, delay } do columns[k][#columns[k] + 1] = x end
end
for k, name in ipairs{ "pre", "post", "weight", "delay" } do show(name, columns[k]) end
local q = net:connect(net, net, { rule = "pairs", pairs = "p.h5" })
show("size", { q.size }) show("weight.back", q:get("weight")) show("delay.back", q:get("delay"))
""")
    with h5py.File("p.h5") as file:
        group = file["edges/excitation"]
        for name, as_ in ("source_node_id", "pre"), ("target_node_id", "post"):
            check(same(group[name][:], shown[as_] - 1), name)
            check(text(group[name].attrs["node_population"]) == "network", "node_population")
        check(same(group["0/syn_weight"][:], shown["weight"]), "syn_weight")
        check(same(group["0/delay"][:], shown["delay"]), "delay")
        n = len(shown["pre"])
        check(same(group["edge_group_index"][:], np.arange(n)) and not group["edge_group_id"][:].any(), "edge groups")
        check(group["edge_type_id"].shape == (n,), "edge_type_id")
        nodes = file["nodes/network"]
        check(same(nodes["node_type_id"][:], [0] * 40 + [1] * 10), "node_type_id")
        check([text(name) for name in nodes["0/population"][:]] == ["E"] * 40 + ["I"] * 10, "population of nodes")
    check(shown["size"][0] == n, "edges come back")
    check(same(shown["weight.back"], shown["weight"]) and same(shown["delay.back"], shown["delay"]), "edges come back")


def hdf5_of_others():
    """Other types, units, names, several populations, and files that are not what they seem."""
    with h5py.File("two.h5", "w") as file:
        for name, times in ("V1", [0.002, 0.001]), ("LGN", [0.5, 0.25, 0.75]):
            group = file.create_group("spikes/" + name)
            group["timestamps"] = np.array(times, dtype=np.float32)
            group["timestamps"].attrs["units"] = np.bytes_("s")
            group["node_ids"] = np.arange(len(times), dtype=">i4")
            group = file.create_group("edges/" + name)
            group["source_node_id"], group["target_node_id"] = np.array([0, 1]), np.array([2, 0], dtype=np.uint8)
            group["syn_weight"] = np.array([0.5, -2], dtype=np.float32)
        file["edges/V1/0/delay"] = [1.0, 2.0]
    with h5py.File("units.nwb", "w") as file:
        units = file.create_group("units")
        units["id"], units["spike_times_index"], units["spike_times"] = [0, 4], [1, 3], [0.1, 0.05, 0.2]
    with h5py.File("bad_unit.h5", "w") as file:
        group = file.create_group("spikes/a")
        group["timestamps"], group["node_ids"] = [1.0], [1]
        group["timestamps"].attrs["units"] = "fortnights"
    with h5py.File("bad_index.nwb", "w") as file:
        units = file.create_group("units")
        units["id"], units["spike_times_index"], units["spike_times"] = [0, 1], [2, 1], [0.1, 0.2]
    with h5py.File("bad_type.h5", "w") as file:
        group = file.create_group("spikes/a")
        group["timestamps"], group["node_ids"] = np.zeros((2, 2)), [1]
    with h5py.File("text.h5", "w") as file:
        group = file.create_group("spikes/a")
        group["timestamps"], group["node_ids"] = ["one"], [1]
    with h5py.File("lacks.h5", "w") as file:
        file.create_group("spikes/a")["timestamps"] = [1.0]
    with h5py.File("empty.h5", "w") as file:
        pass
    with open("one.csv", "w") as file:
        file.write("t,id\n1,2\n")
    with open("no.h5", "w") as file:
        file.write("hello")
    with open("two.h5", "rb") as file, open("cut.h5", "wb") as cut:
        cut.write(file.read()[:3000])
    shown = run("""
local a, b = izh.spikes{ file = "two.h5", population = "V1" }, izh.spikes{ file = "units.nwb", base = 0 }
show("a", a:times()) show("aid", a:senders()) show("b", b:times()) show("bid", b:senders()) show("bneurons", b.neurons)
local net = izh.network()
net:population("A", 3, "RS")
local p = net:connect(net, net, { rule = "pairs", pairs = { file = "two.h5", population = "V1" } })
show("weight", p:get("weight")) show("delay", p:get("delay"))
local function said(name, f, ...)
  local ok, message = pcall(f, ...)
  print(name .. "_message", ok and "no error" or (message:gsub("^[^:]*:%d+: ", "")))
end
""" + "".join('said("%s", izh.spikes, "%s")\n' % (name, name) for name in
              ("two.h5", "bad_unit.h5", "bad_index.nwb", "bad_type.h5", "text.h5", "lacks.h5", "empty.h5", "no.h5", "cut.h5",
               "missing.h5")) + """
said("population", izh.spikes, { file = "two.h5", population = "V2" })
said("csv", izh.spikes, { file = "one.csv", population = "V2" })
said("times", izh.spikes, { times = {}, population = "V2" })
said("edges", net.connect, net, net, net, { rule = "pairs", pairs = "two.h5" })
said("noedges", net.connect, net, net, net, { rule = "pairs", pairs = "empty.h5" })
local s = izh.spikes{ times = { 1 } }
said("folder", s.save, s, "no/s.h5")
""")
    check(same(shown["a"], np.float64(np.float32([0.001, 0.002])) * 1000) and list(shown["aid"]) == [2, 1], "two.h5")
    check(same(shown["b"], [50, 100, 200]) and list(shown["bid"]) == [5, 1, 5], "units.nwb")
    check(list(shown["bneurons"]) == [1, 5], "neurons of units.nwb")
    check(same(shown["weight"], [0.5, -2]) and same(shown["delay"], [1, 2]), "edges of two.h5")
    wanted = {
        "two.h5": 'spikes: cannot read "two.h5": it has 2 populations; the option population names one of: LGN, V1',
        "bad_unit.h5": 'spikes: "bad_unit.h5": the unit of its times is "fortnights"; ms, s, us and ns are understood, and the '
        'option unit says another',
        "bad_index.nwb": 'spikes: cannot read "bad_index.nwb": units/spike_times_index does not fit units/spike_times',
        "bad_type.h5": 'spikes: cannot read "bad_type.h5": timestamps is not a list of numbers',
        "text.h5": 'spikes: cannot read "text.h5": timestamps is not a list of numbers',
        "lacks.h5": 'spikes: cannot read "lacks.h5": there is no node_ids',
        "empty.h5": 'spikes: cannot read "empty.h5": there are no SONATA spikes in it',
        "no.h5": 'spikes: cannot read "no.h5": it is not an HDF5 file, or damaged',
        "cut.h5": 'spikes: cannot read "cut.h5": it is not an HDF5 file, or damaged',
        "missing.h5": 'spikes: cannot read "missing.h5": No such file or directory',
        "population": 'spikes: cannot read "two.h5": there is no population "V2" (there are: LGN, V1)',
        "csv": 'spikes: "one.csv" has no column population, and so the option population has no meaning for it',
        "times": "spikes: the option population goes with file",
        "edges": 'connect: cannot read "two.h5": it has 2 populations; the option population names one of: LGN, V1',
        "noedges": 'connect: cannot read "empty.h5": there are no SONATA edges in it',
        "folder": 'save: cannot write "no/s.h5": No such file or directory',
    }
    for name, message in wanted.items():
        check(messages.get(name) == message, "%s: got %s" % (name, messages.get(name)))


def sonata_edges(path, population, edges, groups, **attributes):
    """A file of edges: source, target, type, group and index of each; groups by name."""
    with h5py.File(path, "a") as file:
        one = file.create_group("edges/" + population)
        for name, column in zip(("source_node_id", "target_node_id", "edge_type_id", "edge_group_id", "edge_group_index"),
                                zip(*edges)):
            one[name] = np.array(column, dtype=np.uint64)
        for side, nodes in attributes.items():
            one[side + "_node_id"].attrs["node_population"] = nodes
        for group, columns in groups.items():
            for name, values in columns.items():
                one["%s/%s" % (group, name)] = values
        one["indicies/source_to_target/node_id_to_range"] = np.zeros((2, 2), dtype=int) # which BMTK writes


def hdf5_edges_of_others():
    """Groups and types of edges, edges between two populations, and both layouts of spikes."""
    mixed = [(0, 1, 7, 0, 1), (1, 2, 7, 5, 0), (2, 0, 8, 0, 0)]
    sonata_edges("groups.h5", "a_to_a", mixed, {"0": {"syn_weight": [1.5, 2.5], "delay": [1, 2], "sec_id": [3, 3]},
                                                "5": {"syn_weight": np.float32([0.1]), "delay": [4.0]}})
    flat = [(0, 1, 7, 0, 0), (1, 2, 8, 0, 1), (2, 0, 7, 0, 2)]
    sonata_edges("named.h5", "a_to_a", flat, {"default": {"syn_weight": [1.0, 2, 3], "nsyns": [2, 3, 4]}})
    for path, ids in ("v1_edges.h5", "v1_edge_types.csv"), ("typed.h5", "typed_edge_types.csv"), ("short.h5", "short_types.csv"), \
            ("stem.h5", "stem.csv"):
        sonata_edges(path, "a_to_a", flat, {"0": {"delay": [np.nan, 2.5, np.nan]}})
        with open(ids, "w") as file:
            file.write("edge_type_id target_query source_query syn_weight weight_function delay dynamics_params\n"
                       "7 \"pop_name=='a b'\" * 0.5 wmax 1.5 exc.json\n"
                       "8 * * -2.0 NULL 9.0 inh.json\n" if path not in ("short.h5", "stem.h5") else
                       "edge_type_id syn_weight delay nothing\n7 0.5 1 NULL\n8 -2 1 NULL\n")
    with open("v1_edge_types.csv", "a") as file:
        file.write("9 * * 1 wmax 1 x.json\n")
    sonata_edges("gauss.h5", "a_to_a", flat, {})
    with open("gauss_types.csv", "w") as file:
        file.write("edge_type_id syn_weight weight_function weight_sigma\n7 0.5 gaussianLL 50\n8 -2 wmax NULL\n")
    sonata_edges("between.h5", "x", [(0, 2, 7, 0, 0), (1, 0, 7, 0, 1)], {"0": {"syn_weight": [1.0, 2]}},
                 source="LGN", target=np.bytes_("V1"))
    sonata_edges("lgn_v1.h5", "lgn_to_v1", [(0, 2, 7, 0, 0), (1, 0, 7, 0, 1)], {"0": {"syn_weight": [1.0, 2]}})
    sonata_edges("within.h5", "x", [(0, 2, 7, 0, 0)], {"0": {"syn_weight": [1.0]}}, source="V1", target="V1")
    sonata_edges("index.h5", "x", [(0, 2, 7, 0, 5)], {"0": {"syn_weight": [1.0]}})
    sonata_edges("unknown.h5", "x", [(0, 2, 7, 0, 0)], {"0": {"syn_weight": [1.0], "dynamics_params/tau": [3.0]}})
    sonata_edges("length.h5", "x", [(0, 2, 7, 0, 0)], {})
    with h5py.File("length.h5", "a") as file:
        file["edges/x/syn_weight"] = [1.0, 2.0]
    sonata_edges("lacking.h5", "x", [(0, 2, 7, 0, 0), (1, 2, 8, 0, 1)], {"0": {"delay": [1.0, 2.0]}})
    with open("lacking_types.csv", "w") as file:
        file.write("edge_type_id syn_weight\n7 NULL\n8 2\n")
    with h5py.File("outside.h5", "w") as file:
        file["edges/x"] = h5py.ExternalLink("groups.h5", "/edges/a_to_a")
    with h5py.File("old.h5", "w") as file:
        file["spikes/gids"], file["spikes/timestamps"] = [3, 0], [2.5, 1.5]
    with h5py.File("old_ids.h5", "w") as file:
        file["spikes/node_ids"], file["spikes/timestamps"] = [3, 0], [0.0025, 0.0015]
        file["spikes/timestamps"].attrs["units"] = "seconds"
    shown = run("""
local function build(...)
  local net = izh.network{ dt = 0.5 }
  local all = {}
  for k, n in ipairs{ ... } do all[k] = net:population(("ABC"):sub(k, k), n, "RS") end
  return net, table.unpack(all)
end
local function wired(name, p)
  local columns = { {}, {}, {}, {} }
  for pre, post, weight, delay in p:synapses() do
    for k, x in ipairs{ pre, post, weight, delay } do columns[k][#columns[k] + 1] = x end
  end
  local all = {}
  for k = 1, #columns[1] do for c = 1, 4 do all[#all + 1] = columns[c][k] end end
  show(name, all)
end
for _, name in ipairs{ "groups", "named", "v1_edges", "typed", "short", "stem" } do
  local net = build(3)
  wired(name, net:connect(net, net, { rule = "pairs", pairs = name .. ".h5" }))
end
local function said(name, f, ...)
  local ok, message = pcall(f, ...)
  print(name .. "_message\t" .. (ok and "no error" or (message:gsub("^[^:]*:%d+: ", ""))))
end
local net, A, B = build(2, 3)
local function connect(pre, post, options)
  options.rule = "pairs"
  return net:connect(pre, post, options)
end
wired("between", connect(A, B, { pairs = "between.h5" }))
wired("lgn_v1", connect(A, B, { pairs = "lgn_v1.h5" }))
wired("within", connect(B, B, { pairs = "within.h5" }))
wired("unknown", connect(B, B, { pairs = "unknown.h5", columns = { ["dynamics_params/tau"] = false } }))
wired("gauss", connect(B, B, { pairs = "gauss.h5", columns = { weight_function = false, weight_sigma = false } }))
wired("gauss.weight", connect(B, B, { pairs = "gauss.h5", weight = 3, columns = { weight_sigma = false } }))
said("net", connect, net, net, { pairs = "between.h5" })
said("net2", connect, net, net, { pairs = "lgn_v1.h5" })
said("two", connect, A, B, { pairs = "within.h5" })
for _, name in ipairs{ "index", "unknown", "gauss", "length", "outside", "lacking" } do said(name, connect, B, B, { pairs = name .. ".h5" }) end
said("base", connect, B, B, { pairs = "within.h5", base = 1 })
for _, name in ipairs{ "old", "old_ids" } do
  local s = izh.spikes(name .. ".h5")
  show(name, s:times()) show(name .. ".senders", s:senders())
end
said("old", izh.spikes, { file = "old.h5", population = "V1" })
""".replace("_message\t", "_message\\t"))
    wanted = {
        "groups": [1, 2, 2.5, 2, 2, 3, np.float32(0.1), 4, 3, 1, 1.5, 1],
        "named": [1, 2, 2, 0, 2, 3, 6, 0, 3, 1, 12, 0],
        "v1_edges": [1, 2, 0.5, 1.5, 2, 3, -2, 2.5, 3, 1, 0.5, 1.5],
        "typed": [1, 2, 0.5, 1.5, 2, 3, -2, 2.5, 3, 1, 0.5, 1.5],
        "short": [1, 2, 0.5, 1, 2, 3, -2, 2.5, 3, 1, 0.5, 1],
        "stem": [1, 2, 0.5, 1, 2, 3, -2, 2.5, 3, 1, 0.5, 1],
        "between": [1, 5, 1, 0, 2, 3, 2, 0],
        "lgn_v1": [1, 5, 1, 0, 2, 3, 2, 0],
        "within": [3, 5, 1, 0],
        "unknown": [3, 5, 1, 0],
        "gauss": [3, 4, 0.5, 0, 4, 5, -2, 0, 5, 3, 0.5, 0],
        "gauss.weight": [3, 4, 3, 0, 4, 5, 3, 0, 5, 3, 3, 0],
        "old": [1.5, 2.5], "old.senders": [1, 4], "old_ids": [1.5, 2.5], "old_ids.senders": [1, 4],
    }
    for name, values in wanted.items():
        check(name in shown and same(shown[name], values), "%s: %s" % (name, shown.get(name)))
    between = ': its edges go from nodes "%s" to other nodes, "%s": pre and post must be two populations (got all and all; ' \
        'ids = "own" takes them nevertheless)'
    column = ': the column "%s" of numbers is not understood; columns = { delay = "%s" } would say what it is, ' \
        'columns = { ["%s"] = false } leaves it out'
    said = {
        "net": '"between.h5"' + between % ("LGN", "V1"),
        "net2": '"lgn_v1.h5"' + between % ("lgn", "v1"),
        "two": '"within.h5": its edges are among the nodes "V1": pre and post must be one population (got A and B; '
               'ids = "own" takes them nevertheless)',
        "index": 'cannot read "index.h5": edge_group_index[0] is 5, and syn_weight of group 0 has 1 numbers',
        "unknown": '"unknown.h5"' + column % (("dynamics_params/tau",) * 3),
        "gauss": '"gauss.h5"' + column % (("weight_sigma",) * 3),
        "length": 'cannot read "length.h5": syn_weight has 2 numbers for 1 edges',
        "outside": 'cannot read "outside.h5": its group "edges" has no population',
        "lacking": '"lacking.h5": weight[1] must be finite (got nan)',
        "base": '"within.h5": pre[1] must be an id, a whole number 1 … 3 (got 0); they count within the population, as '
                'ids = "own" says',
    }
    for name, message in said.items():
        check(messages.get(name) == "connect: " + message, "%s: got %s" % (name, messages.get(name)))


def trees_and_values():
    """HDF5 of all element types, compressed and not, read as it is; JSON and arrays that izh.write writes."""
    rng = np.random.default_rng(3)
    made = {}
    with h5py.File("tree.h5", "w") as file:
        for k, kind in enumerate(("f4", "f8", ">f8", "i1", "i2", ">i4", "i8", "u1", "u2", "u4", "u8", "?")):
            name = "deep/er%d/x" % k
            made[name] = (abs(rng.normal(size=30)) * 40).astype(kind) if kind != "?" else rng.integers(0, 2, 30).astype(bool)
            file.create_dataset(name, data=made[name], compression="gzip" if k % 2 else None)
        file["two"] = np.arange(6.0).reshape(2, 3)
        file["one"], file["word"], file["words"] = 2.5, "hé", ["a", "bc", ""]
        file["fixed"] = np.array([b"ab", b"c"])
        file["cube"], file["record"] = np.zeros((2, 2, 2)), np.zeros(2, dtype=[("a", "i4")])
        file["wide"] = np.zeros((1, 100001), dtype="i1")
        file["large"], file["none"] = np.array([2**60 + 1]), h5py.Empty("f8")
        file["soft"], file["out"] = h5py.SoftLink("/two"), h5py.ExternalLink("two.h5", "/spikes")
        file["round/again"] = file["/"]
    with h5py.File("plain.h5", "w") as file:
        file["t"], file["i"], file["more/j"] = [1.5, 2.5], [1, 2], [2, 1]
    shown = run("""
show("plain", izh.spikes("plain.h5"):senders())
show("plain.more", izh.spikes{ file = "plain.h5", columns = { senders = "more/j" } }:senders())
local net = izh.network()
net:population("A", 2, "RS")
show("plain.edges", net:connect(net, net, { rule = "pairs", pairs = "plain.h5", weight = 1,
  columns = { post = "more/j", t = false } }):get("weight"))
local t = izh.read("tree.h5")
for k = 0, %d do show("x" .. k, t["deep/er" .. k .. "/x"]) end
for k = 1, 3 do show("two" .. k, t.two[k]) show("soft" .. k, t.soft[k]) end
show("one", { t.one })
print("word_message\\t" .. t.word .. "," .. table.concat(t.words, "|") .. "," .. table.concat(t.fixed, "|"))
for _, name in ipairs{ "cube", "record", "large", "none", "wide" } do
  local ok, message = pcall(function() return t[name] end)
  print(name .. "_message\\t" .. message:gsub("^[^:]*:%%d+: ", ""))
end
print("gone_message\\t" .. tostring(t.out) .. tostring(t.nothing))
izh.write("back.json", { x = t.deep.er1.x, w = t.words, m = { { 1, 0.1 }, { 2, 1e300 } } })
izh.write("back.npz", { x = t.deep.er0.x, two = t.two, one = t.one, words = t.words, word = t.word })
izh.write("back.csv", { x = t.deep.er1.x, n = t.deep.er5.x })
""" % (len(made) - 1))
    for k, values in enumerate(made.values()):
        check(same(shown["x%d" % k], values), "tree of type %s" % values.dtype)
    for k in range(3):
        check(same(shown["two%d" % (k + 1)], [k, k + 3]) and same(shown["soft%d" % (k + 1)], [k, k + 3]), "two dimensions")
    check(same(shown["one"], [2.5]), "a number")
    check(same(shown["plain"], [1, 2]) and same(shown["plain.more"], [2, 1]), "arrays in no layout")
    check(same(shown["plain.edges"], [1, 1]), "edges in no layout")
    said = {
        "word": "hé,a|bc|,ab|c", "gone": "nilnil",
        "cube": 'read: cannot read "tree.h5": cube has 3 dimensions; two at most can be read',
        "record": 'read: cannot read "tree.h5": record is neither numbers nor words',
        "large": 'read: cannot read "tree.h5": number 1 of large, about 1.152921504606847e+18, has too many digits for a double',
        "none": 'read: cannot read "tree.h5": none holds nothing',
        "wide": 'read: wide in "tree.h5" has 100001 columns; 100000 at most can be read',
    }
    for name, message in said.items():
        check(messages.get(name) == message, "%s: got %s" % (name, messages.get(name)))
    with open("back.json") as file:
        back = json.load(file)
    check(same(back["x"], made["deep/er1/x"]) and back["w"] == ["a", "bc", ""] and back["m"] == [[1, 0.1], [2, 1e300]], "json")
    npz = np.load("back.npz")
    check(same(npz["x"], made["deep/er0/x"]) and same(npz["two"], np.arange(6)) and npz["one"] == 2.5, "npz")
    check(list(npz["words"]) == ["a", "bc", ""] and npz["word"] == "hé" and npz["word"].shape == (), "words in npz")
    columns = text_columns("back.csv", ",")
    check(same(columns["x"], made["deep/er1/x"]) and same(columns["n"], made["deep/er5/x"]), "csv")


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


SHOW_SYNAPSES = """
local net = izh.network()
net:population("A", 6, "RS")
local function synapses(name, rule, path, columns)
  local all = {}
  local p = net:connect(net, net, { rule = rule, [rule] = path, columns = columns })
  for pre, post, weight in p:synapses() do for _, x in ipairs{ pre, post, weight } do all[#all + 1] = x end end
  show(name, all)
end
local function said(name, f, ...)
  local ok, message = pcall(f, ...)
  print(name .. "_message\\t" .. (ok and "no error" or (message:gsub("^[^:]*:%d+: ", ""))))
end
"""


def sparse_matrices_of_scipy():
    """All kinds, with entries of one place more than once, which scipy adds up; the same from Matrix Market."""
    rng = np.random.default_rng(11)
    rows, columns, values = rng.integers(0, 6, 80), rng.integers(0, 6, 80), rng.normal(size=80)
    matrix = scipy.sparse.coo_matrix((values, (rows, columns)), shape=(6, 6))
    scipy.sparse.save_npz("coo.npz", matrix)
    scipy.io.mmwrite("coo.mtx", matrix, precision=17)
    order = np.argsort(rows, kind="stable")  # csr with a column twice in a row
    twice = scipy.sparse.csr_matrix((values[order], columns[order], np.searchsorted(rows[order], range(7))), shape=(6, 6))
    scipy.sparse.save_npz("csr.npz", twice)
    order = np.argsort(columns, kind="stable")
    scipy.sparse.save_npz("csc.npz", scipy.sparse.csc_matrix(
        (values[order], rows[order], np.searchsorted(columns[order], range(7))), shape=(6, 6)))
    np.savez("dense.npz", W=matrix.toarray(), object=np.array([{}], dtype=object), other=np.zeros((6, 6)))
    dense = matrix.toarray()
    wanted = [x for i, j in zip(*np.nonzero(dense)) for x in (i + 1, j + 1, dense[i, j])]
    shown = run(SHOW_SYNAPSES + """
for _, path in ipairs{ "coo.npz", "coo.mtx", "csr.npz", "csc.npz" } do
  for _, rule in ipairs{ "matrix", "pairs" } do synapses(path .. rule, rule, path) end
end
synapses("dense", "matrix", "dense.npz", { weight = "W" })
""")
    check(len(shown) == 9, "%d matrices" % len(shown))
    for name, values in shown.items():
        check(same(values, wanted), "%s: %s" % (name, values))


def spoil(path, part):
    """Changes bytes within a part of a file."""
    with open(path, "rb") as file:
        content = bytearray(file.read())
    at = content.find(part)
    check(at > 0, "what is spoiled is in " + path)
    content[at] ^= 0x55
    with open(path, "wb") as file:
        file.write(content)


def archives_in_part():
    """Of an archive only what is asked for need be there: not what is damaged, large, or no numbers."""
    noise = np.random.default_rng(2).normal(size=3000)
    arrays = {"trace": noise, "object": np.array([{}], dtype=object), "cube": np.zeros((2, 2, 2))}
    np.savez("spikes.npz", t=[1.5, 2.5], i=[1, 2], **arrays)
    np.savez("edges.npz", pre=[1, 2], post=[2, 3], weight=[0.5, 1], **arrays)
    for path in "spikes.npz", "edges.npz":
        spoil(path, noise[1000:1002].tobytes())
    np.savez("others.npz", pre=[1, 2], post=[2, 3], weight=[0.5, 1], U=[1.0, 2.0])
    shown = run(SHOW_SYNAPSES + """
show("times", izh.spikes("spikes.npz"):times())
synapses("edges", "pairs", "edges.npz")
show("read", izh.read("spikes.npz").t)
said("trace", function() return izh.read("spikes.npz").trace end)
said("asked", izh.spikes, { file = "spikes.npz", columns = { times = "trace" } })
said("others", synapses, "others", "pairs", "others.npz")
""")
    check(same(shown["times"], [1.5, 2.5]) and same(shown["read"], [1.5, 2.5]), "spikes beside what is damaged")
    check(same(shown["edges"], [1, 2, 0.5, 2, 3, 1]), "edges beside what is damaged")
    damaged = 'cannot read array "trace" in "spikes.npz": the file is damaged'
    check(messages["trace"] == "read: " + damaged and messages["asked"] == "spikes: " + damaged, messages["asked"])
    check(messages["others"] == 'connect: "others.npz": the column "U" of numbers is not understood; columns = '
          '{ delay = "U" } would say what it is, columns = { ["U"] = false } leaves it out', messages["others"])


def spikes_as_neo_has_them():
    """NEST's .gdf. Neo takes its .dat for analog signals, and has no other reader of Debian's for what izhlua reads:
    that of NWB takes pynwb, and its text has a line for each neuron."""
    rng = np.random.default_rng(4)
    times, ids = np.sort(np.round(rng.uniform(0, 1000, 200), 1)), rng.integers(1, 9, 200)
    with open("nest.gdf", "w") as file:
        file.write("".join("%d\t%.3f\n" % row for row in zip(ids, times)))
    shown = run("""
local s = izh.spikes("nest.gdf")
for _, id in ipairs(s.neurons) do show(("%d"):format(id), s:slice{ of = id }:times()) end
""")
    trains = neo.io.NestIO("nest.gdf").read_segment(gid_list=[], t_start=0 * pq.ms, t_stop=1001 * pq.ms).spiketrains
    check(len(trains) == len(shown) == 8, "%d trains" % len(trains))
    for train in trains:
        name = "%d" % train.annotations["id"]
        check(same(shown[name], np.sort(train.magnitude)), "the spikes of %s" % name)


def mat_file(path, arrays):
    """As MATLAB's save -v7.3 writes it: HDF5 behind 512 bytes, columns as rows, and text as numbers."""
    with h5py.File(path, "w", userblock_size=512) as file:
        for name, (kind, values) in arrays.items():
            file[name] = np.asarray(values).T
            file[name].attrs["MATLAB_class"] = np.bytes_(kind)
        file["none"] = np.zeros(2, dtype="u8")
        file["none"].attrs["MATLAB_empty"] = np.uint8(1)
        file["#refs#/a"] = [1.0]
    with open(path, "r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\0\2IM")


def matlab_and_attributes():
    mat_file("x.mat", {"t": ("double", [[1.5], [2.5], [3.5]]), "id": ("double", [[1, 2, 1]]), "one": ("double", [[7]]),
                       "units": ("char", np.array([[ord("s")]], dtype="u2")),
                       "W": ("double", np.arange(6.0).reshape(2, 3))})
    mat_file("edges.mat", {"pre": ("double", [[1], [2]]), "post": ("double", [[2], [3]]), "w": ("double", [[0.1], [2]])})
    scipy.io.savemat("old.mat", {"t": [1.5]})
    with open("none.mat", "w") as file:
        file.write("hello")
    with h5py.File("t.h5", "w") as file:
        file["t"], file["i"], file["group/x"], file["onset"] = [0.0015, 0.0025], [1, 2], [1.0], [3.0, 4]
        file["t"].attrs["units"], file["onset"].attrs["units"] = "s", "days"
        file.attrs["version"], file.attrs["large"] = [0, 1], 2**60 + 1
        file["group"].attrs["names"], file["group"].attrs["ok"] = ["a", "bc"], True
        file["group/x"].attrs["gain"], file["group/x"].attrs["to"] = 0.1, file["group"].ref
    shown = run(SHOW_SYNAPSES + """
local t = izh.read("x.mat")
show("t", t.t) show("id", t.id) show("none", t.none) show("one", { t.one })
for k = 1, 3 do show("W" .. k, t.W[k]) end
print("mat_message\\t" .. t.units .. tostring(t["#refs#"]))
show("spikes", izh.spikes("x.mat"):times()) show("senders", izh.spikes("x.mat"):senders())
synapses("edges", "pairs", "edges.mat")
for _, path in ipairs{ "old.mat", "none.mat", "x.xlsx" } do said(path, izh.spikes, path) end
t = izh.read("t.h5")
show("version", t["@version"]) show("gain", { t.group["x@gain"], t["group/x@gain"], t.group["@ok"] })
print("names_message\\t" .. table.concat(t.group["@names"], ",") .. t["t@units"] .. t["group/@names"][2])
said("large", function() return t["@large"] end)
said("to", function() return t.group["x@to"] end)
show("seconds", izh.spikes("t.h5"):times())
said("days", izh.spikes, { file = "t.h5", columns = { times = "onset" } })
show("onset", izh.spikes{ file = "t.h5", columns = { times = "onset" }, unit = "ms" }:times())
""")
    wanted = {"t": [1.5, 2.5, 3.5], "id": [1, 2, 1], "none": [], "one": [7], "W1": [0, 3], "W2": [1, 4], "W3": [2, 5],
              "spikes": [1500, 2500, 3500], "senders": [1, 2, 1], "edges": [1, 2, 0.1, 2, 3, 2], "version": [0, 1],
              "gain": [0.1, 0.1, 1], "seconds": [1.5, 2.5], "onset": [3, 4]}
    for name, values in wanted.items():
        check(name in shown and same(shown[name], values), "%s: %s" % (name, shown.get(name)))
    said = {
        "mat": "snil", "names": "a,bcsbc",
        "old.mat": 'spikes: cannot read "old.mat": it is a MATLAB file of version 5; in MATLAB save("x.mat", "t", "id", '
                   '"-v7.3") or writematrix(x, "x.csv") writes one that can be read, and in Python np.savez("x.npz", '
                   '**scipy.io.loadmat("x.mat"))',
        "none.mat": 'spikes: cannot read "none.mat": it is not an HDF5 file, or damaged',
        "x.xlsx": 'spikes: the path must end in .npy, .npz, .csv, .tsv, .txt, .dat, .gdf, .ras, .h5, .nwb or .mat '
                  '(got "x.xlsx"; a spreadsheet is saved as .csv)',
        "large": 'read: cannot read "t.h5": number 1 of large, about 1.152921504606847e+18, has too many digits for a double',
        "to": 'read: cannot read "t.h5": to is neither numbers nor words',
        "days": 'spikes: "t.h5": the unit of its times is "days"; ms, s, us and ns are understood, and the option unit '
                'says another',
    }
    for name, message in said.items():
        check(messages.get(name) == message, "%s: got %s" % (name, messages.get(name)))


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for test in spikes, recordings, projections, arrays_of_numpy, hdf5_spikes, hdf5_edges, hdf5_of_others, hdf5_edges_of_others, \
            trees_and_values, sparse_matrices_of_scipy, archives_in_part, spikes_as_neo_has_them, matlab_and_attributes:
        test()
    os.chdir("/")
sys.exit(failures > 0)
