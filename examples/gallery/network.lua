-- network.lua: the network that most of the gallery shows: fifty neurons that burst together, until something is changed
local izh = require "izhlua"

return function(options)
  options = options or {}
  local net = izh.network{ seed = options.seed or 7 }
  local E = net:population("E", 40, "E2003")
  local I = net:population("I", 10, "I2003")
  net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = izh.lognormal(1.7, 0.5) })
  net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  return net, E, I
end
