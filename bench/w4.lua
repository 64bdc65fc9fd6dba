-- W4: N neurons (100000; W4b: 10000) with 1000 synapses each and 16 delays, at dt = 1, for so many ms: w4.lua N ms
local izh = require "izhlua"
local N, ms = math.tointeger(arg[1] or 100000), tonumber(arg[2] or 1000)
local net = izh.network{ seed = 1, dt = 1 }
local E, I = net:population("E", N * 4 // 5, "E2003"), net:population("I", N // 5, "I2003")
local delays = {}
for d = 0, 15 do delays[d + 1] = d end
for _, path in ipairs{ { E, izh.uniform(0, 0.5) }, { I, izh.uniform(-1, 0) } } do
  net:connect(path[1], net, { rule = "fixed_outdegree", n = 1000, weight = path[2], delay = izh.choice(delays) })
end
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
local built = os.clock()
net:run(ms)
require "report"(net, built, os.clock())
