-- A page of twelve panels that uses each option of figures at least once: those of panels, series, marks and pages.
local izh = require "izhlua"

-- The network, in twenty trials with other noise; more current for E from 300 to 400 ms.
local net = izh.network{ seed = 7 }
local E, I = net:population("E", 80, "E2003"), net:population("I", 20, "I2003")
net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 2 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -4 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
net:stimulate(E, izh.current{ amplitude = 4, from = 300, to = 400 })
local recording = net:record(E{ 1, 2 }, { "v", "u" }, { every = 0.5 })
local start, trials, of_one = net:snapshot(), {}, {}
for trial = 1, 20 do
  net:restore(start, { reseed = trial })
  net:run(600)
  trials[trial], of_one[trial] = net:spikes(), net:spikes{ of = E{ 5 } }
end
local e, i = net:spikes{ of = E }, net:spikes{ of = I }

-- The mean over trials of the rate of each neuron.
local function rates(of, from, to)
  local sum = {}
  for _, spikes in ipairs(trials) do
    for k, rate in ipairs(spikes:mean_firing_rate{ of = of, from = from, to = to, each = true }) do
      sum[k] = (sum[k] or 0) + rate / #trials
    end
  end
  return sum
end
local before, during, after = rates(E, 100, 300), rates(E, 300, 400), rates(E, 400, 600)
local change = {}
for k = 1, E.size do change[k] = during[k] - before[k] end

-- Of 20 cells with noise at each current: the mean of their rates, and sd, how far they differ (the error bars of RS); mean ± 2 sd
-- (the band of FS); and cv, how irregular their intervals are.
local function curve(cell, noise)
  local currents, mean, sd, low, high, cv = { 3, 4, 5, 6, 8, 10, 12, 16, 20 }, {}, {}, {}, {}, {}
  for k, current in ipairs(currents) do
    local alone = izh.network{ seed = k }
    alone:stimulate(alone:population("cells", 20, cell), izh.noise{ mean = current, sd = noise })
    alone:run(1000)
    local spikes = alone:spikes{ from = 200 }
    local r = spikes:mean_firing_rate{ each = true }
    mean[k], sd[k], cv[k] = r:mean(), r:sd(), spikes:cv()
    low[k], high[k] = r:mean() - 2 * r:sd(), r:mean() + 2 * r:sd()
  end
  return { x = currents, mean = mean, sd = sd, low = low, high = high, cv = cv }
end
local rs, fs = curve("RS", 4), curve("FS", 4)

-- A cell alone, and how regular the intervals are for some strengths of noise and of inhibition.
local alone = izh.network{}
local cell = alone:population("cell", 1, "RS")
alone:stimulate(cell, izh.current(8))
local path = alone:record(cell, { "v", "u" }, { every = 0.5 })
alone:run(200)
local factors, noises, regular = { 0, 1, 2, 3, 4, 5, 6 }, { 2, 3, 4, 5, 6, 7, 8 }, {}
for row, sd in ipairs(noises) do
  regular[row] = {}
  for column, factor in ipairs(factors) do
    local small = izh.network{ seed = 1 }
    local P, Q = small:population("P", 40, "E2003"), small:population("Q", 10, "I2003")
    small:connect(P, small, { rule = "pairwise_bernoulli", p = 0.5, weight = 4 })
    small:connect(Q, small, { rule = "pairwise_bernoulli", p = 0.5, weight = -4 * factor })
    small:stimulate(small, izh.noise{ sd = sd })
    small:run(800)
    local spikes = small:spikes{ of = P, from = 100 }
    regular[row][column] = spikes.size >= 100 and spikes:cv() or 0 / 0
  end
end

-- How far ten neurons spike together.
local together = net:spikes{ of = E{ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } }:correlation_coefficient{ bin = 20, each = true }

-- Spikes in a ms, before, during and after the stimulus.
local function of_ms(of)
  local counts = {}
  for k, part in ipairs{ { 100, 300 }, { 300, 400 }, { 400, 600 } } do
    counts[k] = 0
    for _, spikes in ipairs(trials) do
      counts[k] = counts[k] + spikes:slice{ of = of, from = part[1], to = part[2] }.size / (part[2] - part[1]) / #trials
    end
  end
  return counts
end

local E_colour, I_colour, green = "#0072b2", "vermillion", "bluish green"
local both = { E = E_colour, I = I_colour }

izh.figure{ style = "paper", width = "double", height = 235, text_size = 7, dpi = 300, author = "A. N. Author", attach = true,
  columns = 3, heights = { 4, 3, 3, 3, 3 }, letters = "upper",

  izh.raster(net, { title = "Spikes", span = 2, of = { I, E }, order = "rate", neurons = 60, from = 100, to = 600, rate = true, bin = 10,
    ylim = { 0, 250 }, size = 1, dots = "vector", colors = both, marks = { { 300, 400, "stimulus" } }, xminor = 10 }),
  izh.psth(of_one, { title = "One neuron", zero = 300, bin = 20, size = 1.2, ylim = { 0, 250 }, xlabel = "Time from stimulus (ms)",
    xticks = { -300, 0, { 100, "+100" }, 300 }, bands = { { x = { 0, 100 }, color = green, label = "on" } } }),

  izh.trace(recording, { title = "Two neurons", span = 2, variables = { "v", "u" }, neurons = { 1, 2 }, labels = { "first", "second" },
    from = 100, to = 600, peak = 40, units = { u = "mV/ms" }, heights = { v = 2, u = 1 }, ylim = { v = { -85, 40 } },
    axes = "bars", bars = { time = 50, v = 50, u = 10 }, marks = { { 300, 400 } } }),
  izh.phase("RS", { title = "Phase plane", current = 8, recording = path, neuron = 1, vlim = { -90, 40 }, ulim = { -36, 10 }, legend = "top",
    inset = { izh.phase("RS", { vlim = { -80, -50 }, ulim = { -18, -8 }, time = 100, dt = 0.1, integrator = "rk4", legend = false, xlabel = "", ylabel = "" }),
      x = 0.45, y = 0.02, width = 0.55, height = 0.44 } }),

  izh.rate({ e, i }, { title = "Rates", labels = { "E", "I" }, from = 100, to = 600, kernel = "triangular", sigma = 15, colors = both,
    legend = "inside", ylim = { 0, 80 }, bands = { { y = { 0, 10 } } }, lines = { { y = 10, label = "10 Hz" } } }),
  izh.histogram({ e, i }, { title = "Intervals", of = "isi", labels = { "E", "I" }, colors = both, log = "x", bins = 14, density = true,
    xlim = { 5, 300 }, legend = "inside", yticks = { 0, 0.01, 0.02 }, arrows = { { 16, 0.018, 9.5, 0.0165, "bursts", color = "grey" } } }),
  izh.spectrum({ e, i }, { title = "Spectra", labels = { "E", "I" }, colors = both, log = "y", xscale = "log", legend = "top",
    ylim = { 1e-3, 100 }, inset = { izh.matrix(together, { range = { -1, 1 }, colours = "signed", xlabel = "", ylabel = "", label = "" }), x = 0, y = 0, width = 0.6, height = 0.55 } }),

  izh.curve({
    { x = rs.x, y = rs.mean, error = rs.sd, label = "RS", style = "both", marker = "disc", size = 3, color = E_colour },
    { x = fs.x, y = fs.mean, low = fs.low, high = fs.high, band = true, label = "FS", style = "line", dash = "dashed", width = 1, color = I_colour },
    { x = rs.x, y = rs.cv, label = "CV of RS", style = "points", marker = "open diamond", size = 4, axis = "right", color = green },
  }, { title = "Currents", xlabel = "Current (a.u.)", ylabel = "Rate (Hz)", y2label = "CV", y2lim = { 0, 1 }, log = "x",
    xlim = { 2.5, 25 }, xticks = { 3, 5, 10, 20 }, yminor = 10, legend = "top", lines = { { x = 8, label = "as in D", dash = "dotted", color = "grey" } } }),
  izh.scatter({ x = before, y = during }, { title = "The stimulus", color = E_colour, xlabel = "Rate before (Hz)", ylabel = "Rate during (Hz)",
    xlim = { 0, 25 }, ylim = { 0, 70 }, lines = { { slope = 1, intercept = 0, label = "no change" } },
    text = { { 1, 64, "<i>n</i> = 80", color = "grey", align = "left" } },
    inset = { izh.histogram(change, { bin = 5, xlabel = "Δ (Hz)", ylabel = "", color = E_colour }), x = 0.48, y = 0.45, width = 0.52, height = 0.55 } }),
  izh.strip({ { "before", before }, { "during", during }, { "after", after } }, { title = "Rates of E", violin = true, axis = "right",
    yscale = "log", ylabel = "Rate (Hz)", colors = { before = "sky blue", during = E_colour, after = "sky blue" } }),

  izh.bars({ labels = { "before", "during", "after" }, { values = of_ms(E), label = "E" }, { values = of_ms(I), label = "I" } }, {
    title = "Spikes", ylabel = "Spikes/ms", stacked = true, colors = both, legend = "right", note = "20 trials" }),
  izh.image(regular, { title = "Regularity", span = 2, x = factors, y = noises, origin = "lower", aspect = "free", colormap = "viridis",
    clim = { 0, 1 }, missing = "fewer than 100 spikes", label = "CV", xlabel = "Strength of inhibition <i>g</i>", ylabel = "Noise (a.u.)" }),
}:save("options.pdf")
