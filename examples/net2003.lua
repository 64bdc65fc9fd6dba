-- net2003.lua: the network of Izhikevich, "Simple model of spiking neurons", IEEE Trans. Neural Networks 14:1569, 2003
-- (its program net.m, figure 3): 1000 neurons, all connected to all, thalamic noise, dt = 1 ms.
local izh = require "izhlua"
local net = izh.network{ seed = 1, dt = 1 }

local E = net:population("E", 800, "E2003")
local I = net:population("I", 200, "I2003")

-- net.m: S = [0.5 * rand(1000, 800), -rand(1000, 200)]; a neuron's synapse onto itself is there, too
net:connect(E, net, { name = "excitation", rule = "all_to_all", autapses = true, weight = izh.uniform(0, 0.5) })
net:connect(I, net, { name = "inhibition", rule = "all_to_all", autapses = true, weight = izh.uniform(-1, 0) })

net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })

net:run(1000)
net:raster("net2003.pdf")

print(("%.1f spikes a second for each neuron"):format(net:spikes().size / net.size))
