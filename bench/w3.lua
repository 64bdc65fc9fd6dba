-- W3: a thousand neurons with 100 synapses each and 20 delays, for 10 s at dt = 1.
local izh = require "izhlua"
local report = require "report"
local net = izh.network{ seed = 1, dt = 1 }
local E, I = net:population("E", 800, "RS"), net:population("I", 200, "FS")
local delays = {}
for d = 0, 19 do delays[d + 1] = d end
net:connect(E, net, { rule = "fixed_outdegree", n = 100, weight = 6, delay = izh.choice(delays) })
net:connect(I, E, { rule = "fixed_outdegree", n = 100, weight = -5 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
report.built()
net:run(10000)
report.done()
report.finish(net)
