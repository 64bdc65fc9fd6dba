-- dose.lua: what happens if inhibition increases? Fifty runs of the network of seed.lua, ten for each strength of
-- inhibition, in parallel processes.
local izh = require "izhlua"

local function build(seed)
  local net = izh.network{ seed = seed }
  local E = net:population("E", 40, "E2003")
  local I = net:population("I", 10, "I2003")
  net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
  net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  return net
end

local dose = izh.sweep{
  over = { inhibition = { 0, 0.5, 1, 2, 4 } }, trials = 10,      -- 50 runs, in parallel processes
  run = function(case)
    local net = build(case.seed)                                  -- trial k has the same seed at every dose
    net.projections.inhibition:scale(case.inhibition)
    net:run(2000)
    local s = net:spikes{ from = 500 }
    return { rate = s:mean_firing_rate(), chi = s:synchrony(), cv = s:cv() }
  end,
}
print(dose)                                                       -- an aligned table: mean ± 95 % CI
dose:save("dose.csv"); dose:plot("dose.pdf")
