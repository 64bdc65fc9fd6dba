-- The fifty neurons of the README, after a while.
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
local E, I = net:population("E", 40, "E2003"), net:population("I", 10, "I2003")
net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
local recording = net:record(net, "v")
net:run(300)
