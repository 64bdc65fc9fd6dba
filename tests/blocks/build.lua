-- A function that builds the fifty neurons, for sweeps.
local izh = require "izhlua"
local function build(seed)
  local net = izh.network{ seed = seed }
  local E, I = net:population("E", 40, "E2003"), net:population("I", 10, "I2003")
  net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
  net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
  net:stimulate(net, izh.noise{ sd = 5 })
  return net
end
