-- Recordings: of neurons, of weights, in memory and in a file, read and saved.
local izh = require "izhlua"
net = izh.network{ seed = 3, dt = 0.5 }
local P, Q = net:population("P", 4, "RS"), net:population("Q", 2, "FS")
local W = net:connect(P, Q, { weight = 2, name = "W" })
net:stimulate(P, izh.current(20))
local a = net:record(P, { "v", "u", "i", "i_exc", "i_inh", "i_ext" }, { every = 0.5 })
local b = net:record(P{ 4, 1 }, "v", { to = "file", name = "b" })
local w = net:record(W, "weight", { every = 2 })
net:run(8)
b:stop()
net:run(4)
for _, ending in ipairs{ ".npz", ".csv", ".tsv" } do a:save("recording" .. ending) end
b:save "recording.npy"
w:save "weights.csv"
assert(#a:times() == a.size and #a:values("v", 3) == a.size and #b:spikes(2) >= 0 and #w:values("weight", 8) == w.size)
local read = izh.read "recording.npz"
assert(#read.times == a.size and izh.analysis.synchrony(a) ~= nil and tostring(a):find "recording")
izh.analysis.ei_ratio(a, { each = true })
