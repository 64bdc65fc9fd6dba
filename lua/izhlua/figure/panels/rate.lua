-- Rates over time: izh.rate(net), izh.rate(spikes), izh.rate({ control, net }, { labels = { "control", "changed" } }).
local core = require "izhlua.core"
local axes = require "izhlua.figure.axes"
local check = require "izhlua.options"
local panel = require "izhlua.figure.panel"
local time = require "izhlua.figure.time"
local INK = panel.INK

local function window_of(func, source, o)
  local kind = core.kind(source)
  if kind ~= "network" and kind ~= "spikes" then
    core.wrong(func, "what izh.rate shows", "a network, spikes, or a list of them", source)
  end
  local from, to, first, last = panel.window(func, source, o)
  return { from = from, to = to, first = first, last = last }
end

-- The lines: for a single network, one for each population, in the colours of a raster; else one for each source.
local function rate_lines(func, sources, o)
  local lines = {}
  if #sources == 1 and core.kind(sources[1]) == "network" then
    local net, before = sources[1], {}
    local window = window_of(func, net, o)
    for i, group in ipairs(core.raster_groups(func, net)) do
      before[group.ink] = (before[group.ink] or -1) + 1
      local function spikes(from, to) return net:spikes{ of = net.populations[group.label], from = from, to = to } end
      lines[i] = { spikes = spikes, window = window, label = group.label, ink = group.ink, shade = before[group.ink], colour = group.colour }
    end
    if #lines > 0 then return lines end
  end
  for i, source in ipairs(sources) do
    local window = window_of(func, source, o)
    local method = core.kind(source) == "network" and source.spikes or source.slice
    local function spikes(from, to) return method(source, { from = from, to = to }) end
    lines[i] = { spikes = spikes, window = window, ink = #sources > 1 and INK.series or INK.neutral, shade = i - 1 }
  end
  return lines
end

local function widest_window(lines)
  local from, to = math.huge, -math.huge
  for _, line in ipairs(lines) do from, to = math.min(from, line.window.from), math.max(to, line.window.to) end
  return from, to
end

-- Of these so little is within the run at its beginning that a correction would show noise.
local causal = { exponential = true, alpha = true }

-- The area of a symmetric kernel up to t, as a function of t: the rate that one spike in the middle of a long window gives.
local function area_of(kernel, sigma)
  if causal[kernel] then return nil end
  local every, half = sigma / 500, 10 * sigma
  local one = core.spikes{ times = { half }, senders = { 1 }, neurons = 1, from = 0, to = 2 * half }
  local rate, sum, areas = one:instantaneous_rate{ kernel = kernel, sigma = sigma, every = every }, 0, {}
  for k, value in ipairs(rate.values) do
    areas[k] = sum + value / 2 -- a value is that of the step around it
    sum = sum + value
  end
  local first = rate.times[1] - half
  return function(t)
    local at = (t - first) / every + 1
    local below = math.floor(at)
    if below < 1 then return 0 elseif below >= #areas then return 1 end
    return (areas[below] + (at - below) * (areas[below + 1] - areas[below])) / sum
  end
end

-- The times and rates in the window of a line. At the ends of what is known of the spikes, a rate is divided by the
-- part of the kernel that is within them, as Elephant's border correction does. Spikes just outside the window count, too, if they are known.
local function rate_in_window(line, kernel, sigma, every, area)
  local window, t, values = line.window, {}, {}
  local room = every * math.ceil(8 * sigma / every)
  local first, last = math.max(window.first, window.from - room), math.min(window.last, window.to + room)
  local kept, spikes = pcall(line.spikes, first, last)
  if not kept then spikes = line.spikes(window.from, window.to) end -- net:record_spikes did not keep those outside
  local rate = spikes:instantaneous_rate{ kernel = kernel, sigma = sigma, every = every }
  for k, at in ipairs(rate.times) do
    if at > window.from + 1e-6 * every and at <= window.to + 1e-6 * every then
      local part = area and area(at - spikes.from) - area(at - spikes.to) or 1
      t[#t + 1], values[#t + 1] = at, rate.values[k] / part
    end
  end
  return t, values
end

return {
  help = "smoothed rates in Hz per neuron: of the populations of a network, of spikes, or of several of these",
  source = "izhlua.Network|izhlua.Spikes|(izhlua.Network|izhlua.Spikes)[]",
  options = {
    panel.bars{ "x", "y" }, panel.series_labels, panel.from, panel.to,
    { name = "kernel", kind = "word", words = core.measures.kernels, default = "gaussian",
      help = "the last two are causal" },
    { name = "sigma", unit = "ms", low = 0, above = true, allowed = "a number of ms > 0",
      help = "standard deviation of the kernel; the figure says it; default about a hundredth of the window" },
  },
  make = function(self, given, o)
    local func, sources = self.name, axes.is_list(given) and given or { given }
    core.list(func, "the list of networks", sources)
    local lines = rate_lines(func, sources, o)
    local labels = panel.labels(func, o.labels, #lines)
    local from, to = widest_window(lines)
    local span = math.max(to - from, 1e-3)
    local kernel, sigma = o.kernel, o.sigma or panel.round_up(span / 100)
    local every = math.max(sigma / 10, span / 5000)
    local x, series, area = time.axis(from, to, o.marks), {}, to > from and area_of(kernel, sigma) or nil
    for i, line in ipairs(lines) do
      local t, values = {}, {}
      if to > from then t, values = rate_in_window(line, kernel, sigma, every, area) end
      series[i] = {
        x = time.on(x, core.numbers(func, "times", t)), y = core.numbers(func, "values", values),
        label = labels[i] or line.label, of = line.label, ink = line.ink, shade = line.shade, colour = line.colour,
      }
    end
    x.shared = not o.from and not o.to
    local plot = axes.plot(o, x, { title = "Rate (Hz)", unit = "Hz", zero = true }, series)
    plot.note = ("%s kernel, <i>σ</i> = %s ms"):format(kernel:gsub("^%l", string.upper), panel.shown(sigma))
    plot.empty = from == to and "window of length zero" or "no neurons"
    return plot, ("rate panel: %s in %g < t ≤ %g ms"):format(check.count(#series, "rate"), from, to)
  end,
}
