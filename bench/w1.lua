-- W1: 50 neurons for 1 s at dt = 0.5, and the raster.
local izh = require "izhlua"
local report = require "report"
local net = izh.network{ seed = 1, dt = 0.5 }
local E, I = net:population("E", 40, "RS"), net:population("I", 10, "FS")
net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.2, weight = 6 })
net:connect(I, net, { rule = "pairwise_bernoulli", p = 0.2, weight = -5 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
report.built()
net:run(1000)
report.done()
net:raster("w1.pdf")
report.finish(net)
