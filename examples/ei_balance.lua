-- ei_balance.lua: activity depends on the balance of excitation and inhibition. Nine networks that differ in nothing but
-- the strength of their synapses: excitation grows from row to row, inhibition from column to column.
local izh = require "izhlua"

local function run(excitation, inhibition)
  local net = izh.network{ seed = 1 }
  local E = net:population("E", 160, "E2003")
  local I = net:population("I", 40, "I2003")
  net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.2, weight = excitation })
  net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.2, weight = -inhibition })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  net:run(600)
  return net
end

local page = { width = "double", columns = 3 }
for _, excitation in ipairs{ 3, 4, 5 } do
  for _, inhibition in ipairs{ 4, 8, 16 } do
    local net = run(excitation, inhibition)
    local rate = net:spikes{ from = 100 }.size / net.size / 0.5
    page[#page + 1] = izh.raster(net, {
      title = ("excitation %g, inhibition %g: %.0f Hz"):format(excitation, inhibition, rate),
      from = 100, rate = false,
    })
  end
end
izh.figure(page):save("ei_balance.pdf")
