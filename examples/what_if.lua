-- what_if.lua: the same noise, one thing changed. The network of seed.lua is cloned midway; whatever differs between the two is caused by what
-- was done to one of them.
local izh = require "izhlua"
local net = izh.network{ seed = 7 }

local E = net:population("E", 40, "E2003")
local I = net:population("I", 10, "I2003")

net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })

net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })

net:run(500)
local control = net:clone()
net.projections.inhibition:scale(3)
net:run(500); control:run(500)
izh.figure{ width = "double",
  izh.raster(control, { title = "control" }),
  izh.raster(net,     { title = "inhibition ×3" }),
  izh.rate({ control, net }, { labels = { "control", "inhibition ×3" } }),
}:save("what_if.pdf")
