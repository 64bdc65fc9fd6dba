-- why.lua: why are some neurons silent, and why do bursts appear? The network of seed.lua, and ten neurons that it reaches through few
-- synapses. Each answer is found by running again with something taken away.
local izh = require "izhlua"
local net = izh.network{ seed = 7 }

local E = net:population("E", 40, "E2003")
local I = net:population("I", 10, "I2003")
local X = net:population("X", 10, "RS")
net:connect(E, E, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:connect(E, I, { rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:connect(E, X, { rule = "pairwise_bernoulli", p = 0.03, weight = 3, delay = 5 })
net:connect(I, E, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
net:connect(I, X, { rule = "pairwise_bernoulli", p = 0.3, weight = -3 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
net:stimulate(X, izh.noise{ sd = 2.5 })
net:run(1000)

print(izh.explain.silence(net))     -- each silent neuron: what it received, its rheobase, what would have made it fire
print(izh.explain.bursts(net))      -- each burst: leaders, participation, without what it is gone, or lasts longer
izh.explain.silence(net):plot("why.pdf")
