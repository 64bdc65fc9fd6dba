-- Twelve panels that use each option of all panels, and each panel.
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
local E, I = net:population("E", 80, "E2003"), net:population("I", 20, "I2003")
net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 3 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -3 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
local recording = net:record(E{ 1 }, "v", { every = 0.5 })
net:run(600)
local rates = { net:spikes{ of = E }:mean_firing_rate{ each = true }, net:spikes{ of = I }:mean_firing_rate{ each = true } }
local x, y, z = {}, {}, {}
for k = 1, 9 do x[k], y[k], z[k] = k, k * k, 100 - 9 * k end

izh.figure{ width = "double", columns = 3,
  izh.raster(net, { title = "xlim, yticks, bands", xlim = { 100, 500 }, yticks = { { 1, "first" }, 40, 80, { 100, "last" } }, bands = { { x = { 200, 260 }, label = "epoch", color = "blue" } } }),
  izh.rate(net, { title = "colors, legend = \"inside\"", colors = { E = "teal", I = "crimson" }, legend = "inside" }),
  izh.trace(recording, { title = "ylim, lines, text", ylim = { -90, 40 }, lines = { { y = -65, label = "reset", dash = "dashed" } }, text = { { 300, 20, "spikes" } } }),
  izh.curve({ { x = x, y = y, label = "left" }, { x = x, y = z, label = "right", axis = "right", marker = "open diamond", dash = "dotted" } }, { title = "a right axis", ylabel = "Square", y2label = "Rest", xminor = 1 }),
  izh.curve({ { x = x, y = y, style = "step", width = 1.2 }, { x = x, y = z, size = 4, marker = "triangle", style = "points" } }, { title = "step, size, arrows", arrows = { { 3, 60, 6, 46, "here" } }, ylabel = "<i>y</i>" }),
  izh.bars({ labels = { "one", "two", "three" }, { values = { 3, 1, 2 }, label = "a" }, { values = { 1, 2, 3 }, label = "b" } }, { title = "stacked bars", stacked = true, legend = "top" }),
  izh.bars({ labels = { "E", "I" }, values = { rates[1]:mean(), rates[2]:mean() }, error = { rates[1]:sd(), rates[2]:sd() } }, { title = "bars, note", ylabel = "Rate (Hz)", note = "mean ± sd", color = "orange" }),
  izh.strip({ { "E", rates[1] }, { "I", rates[2] } }, { title = "strip, violin", violin = true, ylabel = "Rate (Hz)" }),
  izh.scatter({ { x = rates[1], y = rates[1]:map(function(r) return r ^ 1.5 end), label = "E" } }, { title = "xscale, yscale, slope", xscale = "log", yscale = "log", lines = { { slope = 3 } }, xlabel = "Rate (Hz)", ylabel = "Power (a.u.)", yminor = 1 }),
  izh.matrix({ { 1, 2, 3 }, { 4, 0 / 0, 6 } }, { title = "colormap, clim, x, y", x = { 10, 20, 30 }, y = { 0.1, 0.2 }, colormap = "cividis", clim = { 0, 6 }, label = "Number", xlabel = "Time (ms)", ylabel = "<i>g</i>" }),
  izh.histogram(rates, { title = "labels, yticks", labels = { "E", "I" }, yticks = { 0, 10, 20 }, xlabel = "Rate (Hz)" }),
  izh.phase("RS", { title = "legend = \"top\"", current = 5, legend = "top" }),
}:save("options.pdf")
