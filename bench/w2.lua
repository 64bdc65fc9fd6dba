-- W2: the network of 2003, a thousand neurons all to all, for 10 s at dt = 1. W6: the same with `exact` for 1 s at dt = 0.5.
-- W7: the same for 1 s at dt = 0.5, with v and u of all recorded. w2.lua [exact | recorded].
local izh = require "izhlua"
local report = require "report"
local kind = arg[1]
local net = izh.network{ seed = 1, dt = kind and 0.5 or 1, integrator = kind == "exact" and "exact" or nil }
local E, I = net:population("E", 800, "E2003"), net:population("I", 200, "I2003")
net:connect(E, net, { weight = izh.uniform(0, 0.5), autapses = true })
net:connect(I, net, { weight = izh.uniform(-1, 0), autapses = true })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
if kind == "recorded" then net:record(net, { "v", "u" }, { every = 0.5 }) end
report.built()
net:run(kind and 1000 or 10000)
report.done()
report.finish(net)
