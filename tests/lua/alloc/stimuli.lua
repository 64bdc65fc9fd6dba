-- Every kind of stimulus, set, read and stopped.
local izh = require "izhlua"
net = izh.network{ seed = 4, dt = 0.5, integrator = "exact" }
local P = net:population("P", 5, "E2003")
local noise = net:stimulate(P, izh.noise{ sd = 3, correlation = 0.3, every = 0.5, name = "noise" })
net:stimulate(P{ 2, 1 }, izh.poisson{ rate = { 300, 20 }, weight = { 2, 1 } })
local sine = net:stimulate(P, izh.current{ amplitude = { 1, 2, 3, 4, 5 }, frequency = 100 })
net:stimulate(P{ 1 }, izh.current{ start = 0, slope = 1, from = 1, to = 3 })
net:stimulate(P{ 5, 2 }, izh.current{ amplitude = izh.uniform(0, 3), width = 1, period = 2, n = 2 })
net:stimulate(net, izh.current{ times = { 1, 2 }, values = izh.vector{ 3, 0 } })
local poisson = net:stimulate(P, izh.poisson{ rate = 300, weight = 2, n = 3, synapse = "alpha", tau = 2 })
local train = net:stimulate(P:slice(1, 2), izh.spike_train{ times = { { 1, 2 }, { 1.5 } }, weight = 9, synapse = "exp", tau = 1 })
local wave = net:stimulate(P, izh.current(function(t) return t end))
net:run(4)
noise:set{ sd = 1, mean = 2 }
sine:set("amplitude", 2)
poisson:set("rate", 100)
train:set("weight", 1)
noise:set{ mean = { 1, 2, 3, 4, 5 } }
poisson:set{ rate = { 1, 200, 30, 4, 500 }, weight = izh.uniform(1, 2) }
net:run(2)
wave:stop()
net:reseed(3)
net:run(2)
assert(#noise:get("current") == 5 and #poisson:get("rate") == 5 and tostring(net.stimuli):find "noise")
