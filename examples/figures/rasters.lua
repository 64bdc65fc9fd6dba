-- Rasters take what all panels take: names above, axes at the right, lines and texts at times and rows, an inset; and time may be logarithmic.
local izh = require "izhlua"

local net = izh.network{ seed = 7 }
local E, I = net:population("E", 80, "E2003"), net:population("I", 20, "I2003")
net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.5, weight = 3 })
net:connect(I, net, { rule = "pairwise_bernoulli", p = 0.5, weight = -3 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
net:run(600)

-- When do cells answer to a step of current?
local step = izh.network{ dt = 0.1 }
local cells = step:population("cell", 10, "RS")
step:stimulate(cells, izh.noise{ sd = 2 })
step:stimulate(cells, izh.current{ amplitude = 12, from = 100 })
local start, trials = step:snapshot(), {}
for trial = 1, 20 do
  step:restore(start, { reseed = trial })
  step:run(300)
  trials[trial] = step:spikes()
end

local burst = izh.raster(net, { from = 360, to = 400, rate = false, legend = false, xlabel = "", ylabel = "", yticks = {}, size = 1.2 })

izh.figure{ width = "double", columns = 2,
  izh.raster(net, {
    title = "a closer look", legend = "top", yticks = { { 40, "excitatory" }, { 90, "inhibitory" } },
    bands = { { x = { 360, 400 }, color = "gold" } }, text = { { 215, 95, "a small one" } },
    arrows = { { 330, 70, 358, 62, "a burst" } },
    inset = { burst, x = 0.68, y = 0.02, width = 0.32, height = 0.5 },
  }),
  izh.raster(net, { title = "axes at the right", axis = "right", order = "rate", lines = { { x = 300, label = "half" }, { y = 40, dash = "dashed" } } }),
  izh.psth({ { "step of current", trials } }, {
    title = "when cells answer", zero = 100, xlim = { 1, 200 }, xscale = "log", bin = 2, legend = "top",
    xlabel = "Time from the step (ms)", bands = { { x = { 2, 5 } } },
  }),
  izh.raster(net, { title = "scale bars", axes = "bars", bars = { time = 100, rate = 50 }, legend = "right", note = "seed 7" }),
}:save("rasters.pdf")
