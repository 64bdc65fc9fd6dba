-- Twelve panels, one of each kind, that use each option of all panels, and of each panel: the titles name them.
local izh = require "izhlua"

local net = izh.network{ seed = 7 }
local E, I = net:population("E", 80, "E2003"), net:population("I", 20, "I2003")
net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 3 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -3 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
local recording = net:record(E{ 1, 2 }, { "v", "u" }, { every = 0.5 })
net:run(600)

local alone = izh.network{}
local cell = alone:population("cell", 1, "RS")
alone:stimulate(cell, izh.current(8))
local path = alone:record(cell, { "v", "u" }, { every = 0.5 })
alone:run(200)

local e, i = net:spikes{ of = E }, net:spikes{ of = I }
local rates = { e:mean_firing_rate{ each = true }, i:mean_firing_rate{ each = true } }
local x, square, rest, fall = {}, {}, {}, {}
for k = 1, 9 do x[k], square[k], rest[k], fall[k] = k, k * k, 100 - 9 * k, 100 * math.exp(-k) end

izh.figure{ width = "double", columns = 3, letters = "upper", text_size = 7, author = "A. N. Author", dpi = 300, height = 180,
  heights = { 5, 4, 4, 4 },
  izh.raster(net, {
    title = "of, order, neurons, xlim, ylim", of = { I, E }, order = "rate", neurons = 60, xlim = { 100, 500 }, ylim = { 0, 60 },
    bin = 10, dots = "vector", size = 1, rate = true, yticks = { { 1, "first" }, { 60, "last" } },
    bands = { { x = { 200, 260 }, label = "epoch", color = "blue" } },
  }),
  izh.rate({ e, i }, {
    title = "kernel, sigma, labels, colors", kernel = "triangular", sigma = 15, labels = { "E", "I" },
    colors = { E = "teal", I = "crimson" }, legend = "inside", from = 0, to = 600, marks = { { 300, "mark" } },
  }),
  izh.trace(recording, {
    title = "variables, neurons, peak, units, heights", variables = { "v", "u" }, neurons = { 1, 2 }, peak = 40,
    units = { u = "mV/ms" }, heights = { v = 2, u = 1 }, axes = "bars", bars = { time = 50, v = 40 }, from = 100, to = 400,
  }),
  izh.psth({ net:spikes{ of = E{ 1 } }, net:spikes{ of = E{ 2 } } }, { title = "zero, bin, xticks", zero = 200, bin = 20, ylim = { 0, 80 }, xticks = { -200, 0, { 200, "+200" }, 400 } }),
  izh.curve({
    { x = x, y = square, label = "left" },
    { x = x, y = rest, label = "right", axis = "right", marker = "open diamond", dash = "dotted", width = 1.2, size = 4 },
  }, {
    title = "axis of a series, y2label, y2lim", ylabel = "Square", y2label = "Rest", y2lim = { 0, 100 }, xminor = 1, yminor = 10,
    legend = "top",
  }),
  izh.scatter({ x = x, y = fall, color = "vermillion" }, {
    title = "inset, arrows, text", xlabel = "<i>x</i>", ylabel = "<i>y</i>", arrows = { { 3.5, 28, 1.2, 36, "here" } },
    text = { { 6, 6, "nothing" } },
    inset = { izh.scatter({ x = x, y = fall }, { yscale = "log", lines = { { y = 1, dash = "dashed" } } }), width = 0.5, height = 0.5 },
  }),
  izh.bars({ labels = { "one", "two", "three" }, { values = { 3, 1, 2 }, label = "a" }, { values = { 1, 2, 3 }, label = "b" } }, {
    title = "stacked, legend, note", stacked = true, legend = "right", note = "both", ylim = { 0, 6 },
  }),
  izh.strip({ { "E", rates[1] }, { "I", rates[2] } }, { title = "violin, axis", violin = true, ylabel = "Rate (Hz)", axis = "right" }),
  izh.histogram(net, { title = "of, log, bins, density", of = "isi", log = "x", bins = 12, density = true, color = "orange" }),
  izh.spectrum({ e, i }, { title = "xscale, labels, span", labels = { "E", "I" }, xscale = "log", span = 1, legend = "top" }),
  izh.image({ { 1, 2, 3 }, { 4, 0 / 0, 6 } }, {
    title = "x, y, origin, aspect, colormap, clim", x = { 10, 20, 30 }, y = { 0.1, 0.2 }, origin = "upper", aspect = "free",
    colormap = "cividis", clim = { 0, 6 }, missing = "not run", label = "Number", xlabel = "Time (ms)", ylabel = "<i>g</i>",
  }),
  izh.phase("RS", {
    title = "recording, neuron, vlim, ulim", current = 8, recording = path, neuron = 1, vlim = { -90, 40 }, ulim = { -20, 5 },
    legend = "top",
  }),
}:save("options.pdf")
