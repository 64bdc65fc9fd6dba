-- raise_inhibition.lua: an intervention midway. The network of seed.lua bursts as one, some six times a second;
-- stronger inhibition breaks the bursts up. How strong: `izhlua raise_inhibition.lua inhibition=2`, or a slider in the
-- browser: `izhlua --explore raise_inhibition.lua`.
local izh = require "izhlua"
local p = izh.parameters{ inhibition = { 3, "times as strong from 500 ms on", min = 0, max = 10, step = 0.1 } }
local net = izh.network{ seed = 7 }

local E = net:population("E", 40, "E2003")
local I = net:population("I", 10, "I2003")

net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })

net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })

net:at(500, function(net) net.projections.inhibition:scale(p.inhibition) end)
net:run(1000)
net:raster("raise_inhibition.pdf", { marks = { { 500, ("inhibition ×%g"):format(p.inhibition) } } })

print(("%d spikes before 500 ms, %d after"):format(net:spikes{ to = 500 }.size, net:spikes{ from = 500 }.size))
