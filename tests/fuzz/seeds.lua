-- Writes small inputs for the targets of tests/fuzz, a folder for each, into the folder that is the first argument;
-- the second is that of the sources, whose files of others are among them.
local izh = require "izhlua"
local folder, sources = ...
assert(os.execute(("cd '%s' 2>/dev/null || mkdir -p '%s' && cd '%s' && mkdir -p load text npy npz mtx h5 json markup options figure")
  :format(folder, folder, folder)))

local function bytes(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:read "a"
end

local function write(path, text)
  local file <close> = assert(io.open(folder .. "/" .. path, "wb"))
  file:write(text)
end

-- The state alone, without header and checksum: see src/formats/state.h.
local function save_state(net, name)
  local path = folder .. "/" .. name .. ".izh"
  net:save(path)
  write("load/" .. name, bytes(path):sub(41, -9))
  os.remove(path)
end

for k, integrator in ipairs{ "izhikevich2003", "euler", "figure1", "rk4", "exact" } do
  local net = izh.network{ dt = 1, integrator = integrator }
  local E, I = net:population("E", 3, k % 2 == 0 and "RS2007" or "RS"), net:population("I", 2, "FS2007")
  net:connect(E, net, { weight = izh.uniform(0, 9), delay = izh.uniform(0, 4), synapse = k % 2 == 0 and "exp" or nil, tau = k % 2 == 0 and 3 or nil })
  net:connect(I{ 2, 1 }, E, { weight = -2, synapse = "alpha", tau = 2, name = "alpha" })
  net:connect(E, I, { weight = function(pre, post) return pre - post end, width = 3, name = "wide" })
  net:connect(I, I, { weight = 3, synapse = "delta", name = "delta" })
  net:stimulate(E, izh.noise{ mean = izh.uniform(0, 2), sd = 9, tau = 3, to = 400 })
  net:stimulate(I{ 2, 1 }, izh.current{ amplitude = { 4, 2 }, frequency = 40 })
  net:stimulate(I, izh.current{ times = { 2, 5 }, values = { 30, 0 } })
  net:stimulate(E, izh.poisson{ rate = izh.uniform(200, 800), weight = 5, synapse = "exp", tau = 3 })
  net:stimulate(I, izh.spike_train{ times = { { 1, 2 }, { 3 } }, weight = 20, width = 2 })
  if k > 2 then I{ 1 }:clamp() end
  if k > 3 then E{ 2 }:silence() end
  net:record(E{ 3, 1 }, { "v", "i" })
  net:record(net.projections.alpha, "weight", { every = 2 })
  net:record_spikes(k % 2 == 0 and E or true)
  net:run(3 * k)
  save_state(net, tostring(k))
end
-- recordings of nothing, whose samples take no bytes
local nothing = izh.network{ dt = 1 }
local P = nothing:population("P", 2, "RS")
nothing:connect(P, P, { rule = "pairs", pairs = {}, weight = 1, name = "none" })
nothing:record(nothing.projections.none, "weight")
nothing:record(P{}, "v")
nothing:run(5)
save_state(nothing, "6")
save_state(izh.network(), "0")

-- files of others; of text the first byte says which kind it is (text_fuzz.c)
local kinds = { csv = "\0", tsv = "\1", txt = "\2", dat = "\3", gdf = "\4", ras = "\5", wmat = "\6" }
for _, name in ipairs{ "auryn.ras", "auryn.wmat", "auryn_ras.txt", "bmtk.csv", "bmtk_comma.csv", "brian.npz", "brian_synapses.npz",
  "c_delay_s.csv", "c_matrix.csv", "c_pynn_delayfirst.txt", "c_sparse_csr.npz", "c_weightfirst.csv", "e_nsyns.h5", "excel_de.csv",
  "human.csv", "lgn_v1_edge_types.csv", "lgn_v1_edges.h5", "mac.csv", "matlab_spikes.txt", "matlab_w.csv", "meta.npz",
  "n_allen.nwb", "nest-12-0.dat", "nest.gdf", "nest_connections.csv", "nest_hash.txt", "pynn_connections.txt",
  "sonata_spikes.h5" } do
  local ending = name:match("%.(%w+)$")
  local content = bytes(sources .. "/tests/data/inputs/" .. name)
  local target = kinds[ending] and "text" or ending == "nwb" and "h5" or ending
  if #content < 60000 then write(target .. "/" .. name, (kinds[ending] or "") .. content) end
end

-- our own
local net = izh.network{ seed = 3 }
local P = net:population("P", 4, "RS")
net:connect(P, P, { weight = 2, delay = izh.uniform(0, 3), name = "W" })
net:stimulate(P, izh.current(20))
local recording = net:record(P, { "v", "u" })
net:run(30)
local function save(target, name, thing)
  local path = folder .. "/" .. name
  thing:save(path)
  local prefix = kinds[name:match("%.(%w+)$")]
  local content = bytes(path)
  os.remove(path)
  write(target .. "/" .. name, (target == "text" and prefix or "") .. content)
end
for _, ending in ipairs{ "csv", "tsv" } do
  save("text", "spikes." .. ending, net:spikes())
  save("text", "synapses." .. ending, net.projections.W)
  save("text", "recording." .. ending, recording)
end
save("npy", "spikes.npy", net:spikes())
save("npy", "vector.npy", izh.vector{ 1, 2, 3.5 })
for _, ending in ipairs{ "npz", "h5" } do
  save(ending, "spikes." .. ending, net:spikes())
  save(ending, "synapses." .. ending, net.projections.W)
end
save("npz", "recording.npz", recording)
save("h5", "units.nwb", net:spikes())

-- by hand
for name, text in pairs{
  general = "%%MatrixMarket matrix coordinate real general\n% a comment\n3 4 3\n1 1 0.5\n2 4 -1e2\n3 2 7\n",
  symmetric = "%%MatrixMarket matrix coordinate integer symmetric\n3 3 2\n2 1 5\n3 3 1\n",
  pattern = "%%MatrixMarket matrix coordinate pattern general\n2 2 2\n1 2\n2 1\n",
  array = "%%MatrixMarket matrix array real general\n2 2\n1\n0\n2.5\n4\n",
  skew = "%%MatrixMarket matrix coordinate real skew-symmetric\n3 3 1\n3 1 2\n",
} do write("mtx/" .. name, text) end
for name, text in pairs{
  values = '{"a": [1, 2.5, null, NaN], "b": {"c": "x\\n\\u00e9\\ud83d\\ude00", "d": [true, false, [1], {}]}, "e": -1e-3}',
  list = "[[1, 2], [3, 4]]", number = "9007199254740991", text = '"\\"\\\\"', nothing = "null", empty = "[]", deep = ("["):rep(90),
} do write("json/" .. name, text) end
for name, text in pairs{
  nested = "<i>v</i> (mV), x<sub>2<b>b</b></sub>", powers = "10<sup>-3</sup> &lt;i&gt; &amp;", plain = "p < 0.05",
  overlap = "<i>a<b>b</i>c</b>", words = "é χ ∞ \u{4E2D}\u{1F600}",
} do write("markup/" .. name, text) end
for name, text in pairs{
  script = "--seed\n3\n--threads=auto\nx.lua\nfactor=2", statements = "-e\nprint(1)\n-e\nx = 2\n-i", help = "--help",
  watch = "--watch\n--open\nx.lua", misuse = "--sead=4294967296", ended = "--\n-x.lua\n--seed",
} do write("options/" .. name, text) end

-- figures with what they carry (figure_fuzz.c): small ones
for _, ending in ipairs{ "pdf", "svg", "png" } do
  izh.figure{ dpi = 36, width = 30, height = 20, letters = false,
    izh.curve({ x = { 1 }, y = { 1 } }, { axes = false }) }:save(folder .. "/figure/seed." .. ending)
end
local sum = ("0"):rep(64)
write("figure/text", "izhlua 0.1.0\noutside\nfolder out\nauthor Ada%25\nword --seed\nscript x.lua\nfile attached " .. sum .. " 9 x.lua\nfile large - 9 a/b\n")
