-- seed.lua: fifty neurons, the smallest network that surprises
local izh = require "izhlua"
local net = izh.network{ seed = 7 }                       -- dt = 0.5, integrator = "izhikevich2003", threads = "auto"

local E = net:population("E", 40, "E2003")                -- the heterogeneous excitatory cells of the 2003 paper
local I = net:population("I", 10, "I2003")

net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })

net:stimulate(E, izh.noise{ sd = 5 })                     -- random background current, redrawn every ms
net:stimulate(I, izh.noise{ sd = 2 })

net:run(1000)
net:raster("seed.pdf")
