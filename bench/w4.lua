-- W4: N neurons (100000; W4b: 10000) with K synapses each (1000) and 16 delays, at dt = 1, for so many ms: w4.lua N ms K.
-- Weights are such that what a neuron gets does not depend on K.
local izh = require "izhlua"
local report = require "report"
local N, ms, K = math.tointeger(arg[1] or 100000), tonumber(arg[2] or 1000), math.tointeger(arg[3] or 1000)
local net = izh.network{ seed = 1, dt = 1 }
local E, I = net:population("E", N * 4 // 5, "E2003"), net:population("I", N // 5, "I2003")
local delays = {}
for d = 0, 15 do delays[d + 1] = d end
for _, path in ipairs{ { E, izh.uniform(0, 500 / K) }, { I, izh.uniform(-1000 / K, 0) } } do
  net:connect(path[1], net, { rule = "fixed_outdegree", n = K, weight = path[2], delay = izh.choice(delays) })
end
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
report.built()
net:run(ms)
report.done()
report.finish(net)
