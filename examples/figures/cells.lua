-- Three dimensions: a map of current and noise for each of three cells. The maps of one result have one range of colours.
local izh = require "izhlua"

local cells = izh.sweep{
  over = {
    { "sd", { 0, 2, 4, 6, 8, 10 }, label = "Noise (a.u.)" },
    { "current", { 0, 2, 4, 6, 8, 10, 12 }, label = "Current (a.u.)" },
    { "cell", { "RS", "IB", "FS" } },
  },
  run = function(case)
    local net = izh.network{ seed = case.seed }
    net:population("cells", 20, case.cell)
    net:stimulate(net, izh.noise{ mean = case.current, sd = case.sd })
    net:run(1200)
    local s = net:spikes{ from = 200 }
    return { rate = s:mean_firing_rate(), cv = s:cv() }
  end,
}
cells:plot("cells.pdf", { of = { "rate", "cv" }, labels = { rate = "Rate (Hz)", cv = "CV" }, colormap = "magma", missing = "too few spikes" })
