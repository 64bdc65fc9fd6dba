-- W2: the network of 2003, a thousand neurons all to all, for 10 s at dt = 1.
local izh = require "izhlua"
local report = require "report"
local net = izh.network{ seed = 1, dt = 1 }
local E, I = net:population("E", 800, "E2003"), net:population("I", 200, "I2003")
net:connect(E, net, { weight = izh.uniform(0, 0.5), autapses = true })
net:connect(I, net, { weight = izh.uniform(-1, 0), autapses = true })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
report.built()
net:run(10000)
report.done()
report.finish(net)
