-- Panels of population rates, distributions and spectra: izh.rate, izh.histogram, izh.spectrum.
local core = require "izhlua.core"
local panels = require "izhlua.panels"
local text, number, range = panels.text, panels.number, panels.range
local LOOK, INK = panels.LOOK, panels.INK

local rates = {}

-- Are these several sources, or one.
local function is_list(given)
  return type(given) == "table" and (type(given[1]) == "table" or type(given[1]) == "userdata")
end

-- The frame, title … that these panels share; x and y are axes.
local function make_plot(func, options, x, y, series)
  local bars = panels.bars(func, options.bars, { "x", "y" })
  local xlim, ylim = range(func, "xlim", options.xlim) or {}, range(func, "ylim", options.ylim) or {}
  x.bar, y.bar = panels.bar(bars.x), panels.bar(bars.y)
  x.lo, x.hi = xlim[1] or x.lo, xlim[2] or x.hi
  y.lo, y.hi = ylim[1] or y.lo, ylim[2]
  return {
    title = text(func, "title", options.title), frame = panels.frame(func, options),
    span = panels.span(func, options.span), marks = panels.marks(func, options.marks),
    x = x, tracks = { { y = y, series = series } },
  }
end

-- izh.rate ------------------------------------------------------------------------------------------------------------

local rate_options = panels.join(panels.axes_options, { "labels", "from", "to", "kernel", "sigma", "xlim", "ylim" })
local kernels = { "gaussian", "rectangular", "triangular", "epanechnikov", "exponential", "alpha" }

local function window_of(func, source, options)
  local kind = core.kind(source)
  if kind ~= "network" and kind ~= "spikes" then
    core.wrong(func, "what izh.rate shows", "a network, spikes, or a list of them", source)
  end
  local first, last = 0, kind == "network" and source.time or source.to
  if kind == "spikes" then first = source.from end
  local from = number(func, "from", options.from, -1e12, 1e12, "a finite number of ms") or first
  local to = number(func, "to", options.to, -1e12, 1e12, "a finite number of ms") or math.max(from, last)
  if from < first or to > last then
    core.raise(func, ("the window must lie between %g and %g ms (got %g … %g)"):format(first, last, from, to))
  end
  if to < from then core.raise(func, ("to must not be before from (got %g and %g ms)"):format(to, from)) end
  return { from = from, to = to, first = first, last = last }
end

-- One line for each population of a single network, in the colours of its raster; else one for each source.
local function rate_lines(func, sources, options)
  local lines = {}
  if #sources == 1 and core.kind(sources[1]) == "network" then
    local net, before = sources[1], {}
    local window = window_of(func, net, options)
    for i, group in ipairs(core.raster_groups(func, net)) do
      before[group.ink] = (before[group.ink] or -1) + 1
      lines[i] = {
        spikes = function(from, to) return net:spikes{ of = net.populations[group.label], from = from, to = to } end, window = window,
        label = group.label, ink = group.ink, shade = before[group.ink], neurons = group.size,
      }
    end
    if #lines > 0 then return lines end
  end
  for i, source in ipairs(sources) do
    local window = window_of(func, source, options)
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

-- Times and rates in the window of a line. Spikes just outside of it count, too, where they are known.
local function rate_in_window(line, kernel, sigma, every)
  local window, t, values = line.window, {}, {}
  local room = every * math.ceil(8 * sigma / every)
  local kept, spikes = pcall(line.spikes, math.max(window.first, window.from - room), math.min(window.last, window.to + room))
  if not kept then spikes = line.spikes(window.from, window.to) end -- net:record_spikes has dropped those outside
  local rate = spikes:instantaneous_rate{ kernel = kernel, sigma = sigma, every = every }
  for k, at in ipairs(rate.times) do
    if at > window.from + 1e-6 * every and at <= window.to + 1e-6 * every then t[#t + 1], values[#t + 1] = at, rate.values[k] end
  end
  return t, values
end

-- izh.rate(net), izh.rate(spikes), izh.rate({ control, net }, { labels = { "control", "changed" } })
function rates.rate(given, options, ...)
  local func = "rate"
  panels.check_call(func, given, ...)
  options = panels.options(func, options, rate_options)
  local sources = is_list(given) and given or { given }
  core.list(func, "the list of networks", sources)
  local lines = rate_lines(func, sources, options)
  local labels = panels.labels(func, options.labels, #lines)
  local from, to = widest_window(lines)
  local kernel = panels.word(func, "kernel", options.kernel, kernels, "gaussian")
  local span = math.max(to - from, 1e-3)
  local sigma = number(func, "sigma", options.sigma, 1e-3, 1e9, "a number of ms > 0") or panels.round_up(span / 100)
  local every = math.max(sigma / 10, span / 5000)
  local series = {}
  for i, line in ipairs(lines) do
    local t, values = {}, {}
    if to > from then t, values = rate_in_window(line, kernel, sigma, every) end
    series[i] = {
      x = core.numbers(func, "times", t), y = core.numbers(func, "values", values),
      label = labels[i] or line.label, ink = line.ink, shade = line.shade,
    }
  end
  local seconds = to - from >= 10000
  if seconds then
    for _, one in ipairs(series) do
      local t = one.x:totable()
      for k = 1, #t do t[k] = t[k] / 1000 end
      one.x = core.numbers(func, "times", t)
    end
  end
  local unit = seconds and 1e-3 or 1
  local plot = make_plot(func, options,
    { title = seconds and "Time (s)" or "Time (ms)", unit = seconds and "s" or "ms", lo = from * unit, hi = to * unit },
    { title = "Rate (Hz)", unit = "Hz", zero = true }, series)
  for _, mark in ipairs(plot.marks) do mark.from, mark.to = mark.from * unit, mark.to * unit end
  plot.note = ("%s kernel, <i>σ</i> = %s ms"):format(kernel:gsub("^%l", string.upper), panels.shown(sigma))
  plot.empty = from == to and "window of length zero" or "no neurons"
  return panels.new(plot, ("rate panel: %d rates in %g < t ≤ %g ms"):format(#series, from, to))
end

-- izh.histogram -------------------------------------------------------------------------------------------------------

local histogram_options = panels.join(panels.axes_options,
  { "of", "labels", "bins", "bin", "log", "density", "xlabel", "xlim", "ylim" })
local most_bins = 10000

-- What can be asked of spikes: a function that gives one number for each interval or neuron, its name and unit.
local quantities = {
  isi = { function(s) return s:isi() end, "Interspike interval", "ms" },
  rate = { function(s) return s:mean_firing_rate{ each = true } end, "Rate", "Hz" },
  cv = { function(s) return s:cv{ each = true } end, "CV of intervals" },
  cv2 = { function(s) return s:cv2{ each = true } end, "CV<sub>2</sub>" },
  lv = { function(s) return s:lv{ each = true } end, "LV" },
}
local quantity_names = { "isi", "rate", "cv", "cv2", "lv" }

-- The numbers of one source without the undefined ones; and how many these were.
local function defined(func, source, what)
  local values, missing = {}, 0
  local all = core.numbers(func, "values", source)
  for k = 1, #all do
    local x = all[k]
    if x ~= x then missing = missing + 1 else values[#values + 1] = x end
  end
  table.sort(values)
  return values, missing, what
end

local function quantile(sorted, part)
  local at = 1 + part * (#sorted - 1)
  local below = math.floor(at)
  local over = sorted[math.min(below + 1, #sorted)]
  return sorted[below] + (at - below) * (over - sorted[below])
end

-- What all values are whole multiples of, such as dt of intervals and 1/duration of rates; nil when there is no such number.
-- Bins that are not multiples of it would hold now more, now fewer of the possible values, or none.
local function quantum_of(samples)
  local quantum = math.huge
  for _, sorted in ipairs(samples) do
    for k = 2, #sorted do
      local gap = sorted[k] - sorted[k - 1]
      if gap > 1e-9 * math.abs(sorted[k]) then quantum = math.min(quantum, gap) end
    end
  end
  if quantum == math.huge then return nil end
  for _, sorted in ipairs(samples) do
    for _, x in ipairs(sorted) do
      local n = x / quantum
      if math.abs(n - math.floor(n + 0.5)) > 1e-6 then return nil end
    end
  end
  return quantum
end

-- A round width after Freedman and Diaconis (1981), 2 IQR n^(-1/3), so that the range has 5 … 100 bins.
local function chosen_bin(samples, lo, hi)
  local width = hi - lo
  for _, sorted in ipairs(samples) do
    local n = #sorted
    local iqr = n > 1 and quantile(sorted, 0.75) - quantile(sorted, 0.25) or 0
    if iqr > 0 then width = math.min(width, 2 * iqr / n ^ (1 / 3)) end
  end
  local least = 1e-12 * math.max(math.abs(lo), math.abs(hi)) -- narrower ones could not be told apart
  return panels.round_up(math.max((hi - lo) / 100, math.min(width, (hi - lo) / 5), least, 1e-299))
end

-- Edges of bins as wide as `bin` that cover lo … hi, at multiples of it.
local function edges_of(func, lo, hi, bin)
  local first, last = math.floor(lo / bin + 1e-9), math.ceil(hi / bin - 1e-9)
  if last <= first then last = first + 1 end
  if last - first > most_bins then
    core.raise(func, ("bin %g makes %.0f bins; at most %d are allowed"):format(bin, last - first, most_bins))
  end
  local edges = {}
  for k = first, last do edges[#edges + 1] = k * bin end
  return edges
end

-- How many values each bin has; a value at an edge belongs to the bin above it, the last edge to the last bin.
local function count(sorted, edges)
  local counts, bin = {}, 1
  for k = 1, #edges - 1 do counts[k] = 0 end
  local slack = 1e-6 * (edges[2] - edges[1]) -- 3 * 0.1 > 0.3
  for _, x in ipairs(sorted) do
    if x >= edges[1] - slack and x <= edges[#edges] + slack then
      while bin < #counts and x >= edges[bin + 1] - slack do bin = bin + 1 end
      counts[bin] = counts[bin] + 1
    end
  end
  return counts
end

-- Numbers that an axis can show; so small or large, others are mistakes.
local function check_numbers(func, samples, log)
  for _, sorted in ipairs(samples) do
    for _, x in ipairs{ sorted[1], sorted[#sorted] } do
      if log and x <= 0 then core.raise(func, ("a logarithmic axis shows numbers > 0, but there is %g"):format(x)) end
      if log and (x < 1e-150 or x > 1e150) then
        core.raise(func, ("a logarithmic axis shows numbers 1e-150 … 1e150, but there is %g"):format(x))
      end
      if math.abs(x) > 1e299 then core.raise(func, ("numbers must lie within ±1e299, but there is %g"):format(x)) end
    end
  end
end

-- Do the edges of bins differ in their digits, and are densities finite.
local function check_bin(func, lo, hi, bin)
  if bin > 1e-300 and bin < math.huge and lo + bin > lo and hi + bin > hi then return end
  core.raise(func, ("%g … %g cannot be cut into bins of %g: the digits of a number do not suffice"):format(lo, hi, bin))
end

local function log10(x) return math.log(x, 10) end

-- In decades, a round one that holds four multiples of the quantum at the lower quartile.
local function finest_log_bin(samples, quantum)
  local finest = 0
  for _, sorted in ipairs(samples) do
    if #sorted > 0 then finest = math.max(finest, log10(1 + 4 * quantum / quantile(sorted, 0.25))) end
  end
  return panels.round_up(finest)
end

-- Edges for all samples, and what they are, in words.
local function histogram_edges(func, samples, options, log, unit)
  local xlim = range(func, "xlim", options.xlim)
  local lo, hi = math.huge, -math.huge
  for _, sorted in ipairs(samples) do
    if #sorted > 0 then lo, hi = math.min(lo, sorted[1]), math.max(hi, sorted[#sorted]) end
  end
  if xlim then
    check_numbers(func, { xlim }, log)
    lo, hi = xlim[1], xlim[2]
  end
  if lo > hi then return log and { 1, 10 } or { 0, 1 }, nil end
  local into, back = function(x) return x end, function(x) return x end
  if log then into, back = log10, function(x) return 10 ^ x end end
  local scaled = samples
  if log then
    scaled = {}
    for i, sorted in ipairs(samples) do
      scaled[i] = {}
      for k, x in ipairs(sorted) do scaled[i][k] = log10(x) end
    end
  end
  lo, hi = into(lo), into(hi)
  if lo == hi then hi = lo + (log and 0.1 or math.max(math.abs(lo) * 1e-3, 1e-12)) end
  local bin = options.bin
  if options.bins then bin = (hi - lo) / options.bins end
  if not bin then
    bin = chosen_bin(scaled, lo, hi)
    local quantum = quantum_of(samples)
    if quantum and log then
      bin = math.max(bin, finest_log_bin(samples, quantum))
    elseif quantum then
      bin = math.ceil(bin / quantum - 1e-6) * quantum
      if not xlim then hi = hi + quantum / 2 end -- the greatest value has a bin like the others
    end
  end
  check_bin(func, lo, hi, bin)
  local edges = options.bins and {} or edges_of(func, lo, hi, bin)
  for k = 0, options.bins or -1 do edges[k + 1] = lo + k * bin end
  for k = 1, #edges do edges[k] = back(edges[k]) end
  local words = log and ("%s bins a decade"):format(panels.shown(tonumber(("%.3g"):format(1 / bin))))
    or ("bin %s"):format(panels.shown(tonumber(("%.3g"):format(bin)))) .. (unit and " " .. unit or "")
  return edges, words
end

local function histogram_sources(func, given, options)
  local kind = core.kind(given)
  local list = (kind == nil and is_list(given)) and given or { given }
  local of = options.of
  local quantity = of ~= nil and quantities[panels.word(func, "of", of, quantity_names)] or nil
  local samples, missing, total = {}, 0, 0
  for i, source in ipairs(list) do
    local source_kind = core.kind(source)
    if source_kind == "network" or source_kind == "spikes" then
      local spikes = source_kind == "network" and source:spikes() or source
      if not quantity then core.raise(func, "of spikes, say what: of = \"isi\", \"rate\", \"cv\", \"cv2\" or \"lv\"") end
      source = quantity[1](spikes)
    elseif quantity then
      core.wrong(func, "with of, what izh.histogram shows", "spikes or a network", source)
    end
    local none
    samples[i], none = defined(func, source)
    missing, total = missing + none, total + none + #samples[i]
  end
  return samples, quantity, missing, total
end

local function to_density(counts, edges, n)
  for k = 1, #counts do counts[k] = n > 0 and counts[k] / n / (edges[k + 1] - edges[k]) or 0 end
end

-- izh.histogram(numbers), izh.histogram({ numbers, numbers }), izh.histogram(spikes, { of = "isi" })
function rates.histogram(given, options, ...)
  local func = "histogram"
  panels.check_call(func, given, ...)
  options = panels.options(func, options, histogram_options)
  if core.kind(given) == nil and type(given) ~= "table" then
    core.wrong(func, "what izh.histogram shows", "numbers, spikes, or a list of such", given)
  end
  local log = panels.word(func, "log", options.log, { "x", "y", "xy" }, "")
  local logx, logy = log:find("x", 1, true) ~= nil, log:find("y", 1, true) ~= nil
  number(func, "bin", options.bin, 1e-300, 1e300, "a width > 0")
  local bins = options.bins
  if bins ~= nil and not (math.type(bins) == "integer" and bins >= 1 and bins <= most_bins) then
    core.wrong(func, "bins", ("a whole number 1 … %d"):format(most_bins), bins)
  end
  if bins and options.bin then core.raise(func, "give bin or bins, not both") end
  local density = panels.flag(func, "density", options.density, false)
  local samples, quantity, missing, total = histogram_sources(func, given, options)
  check_numbers(func, samples, logx)
  local unit = quantity and quantity[3]
  local edges, words = histogram_edges(func, samples, options, logx, unit)
  local labels = panels.labels(func, options.labels, #samples)
  local series = {}
  local any = false
  for i, sorted in ipairs(samples) do
    local counts = count(sorted, edges)
    if density then to_density(counts, edges, #sorted) end
    any = any or #sorted > 0
    series[i] = {
      x = core.numbers(func, "edges", edges), y = core.numbers(func, "counts", counts), look = LOOK.steps,
      ink = #samples > 1 and INK.series or INK.neutral, shade = i - 1, fill = #samples == 1, label = labels[i],
    }
  end
  if not any then
    for _, one in ipairs(series) do one.x, one.y = core.numbers(func, "edges", {}), core.numbers(func, "counts", {}) end
  end
  local name = options.xlabel or quantity and quantity[2] .. (unit and (" (%s)"):format(unit) or "")
  local ytitle = not density and (quantity == quantities.isi and "Intervals" or quantity and "Neurons" or "Count")
    or "Density" .. (unit and (" (1/%s)"):format(unit) or "")
  local plot = make_plot(func, options,
    { title = text(func, "xlabel", name), unit = unit, log = logx, lo = edges[1], hi = edges[#edges] },
    { title = ytitle, log = logy, zero = true, lo = logy and not density and 0.5 or nil }, series)
  plot.note = words
  if missing > 0 then
    plot.note = (words and words .. "; " or "") .. ("%d of %d undefined"):format(missing, total)
  end
  return panels.new(plot, ("histogram panel: %d numbers"):format(total - missing))
end

-- izh.spectrum --------------------------------------------------------------------------------------------------------

local spectrum_options = panels.join(panels.axes_options, { "labels", "log", "xlim", "ylim", "xlabel", "ylabel" })

local function spectrum_of(func, source)
  local kind = core.kind(source)
  if kind == "network" then source = source:spikes() end
  if kind == "network" or kind == "spikes" then return source:welch_psd() end
  if type(source) ~= "table" or source.frequencies == nil or source.psd == nil then
    core.wrong(func, "what izh.spectrum shows", "spikes, a network, or a table such as welch_psd gives", source)
  end
  return source
end

-- izh.spectrum(s:welch_psd()), izh.spectrum(spikes), izh.spectrum({ a, b }, { labels = { "a", "b" } })
function rates.spectrum(given, options, ...)
  local func = "spectrum"
  panels.check_call(func, given, ...)
  options = panels.options(func, options, spectrum_options)
  local sources = is_list(given) and given or { given }
  local series, positive, unit, resolution = {}, true, nil, nil
  local labels = panels.labels(func, options.labels, #sources)
  for i, source in ipairs(sources) do
    local spectrum = spectrum_of(func, source)
    local f = core.numbers(func, "frequencies", spectrum.frequencies)
    local psd = panels.column(func, "psd", spectrum.psd, #f, "frequencies")
    local x, y = {}, {}
    for k = 1, #f do -- the mean is no rhythm
      if f[k] > 0 then
        x[#x + 1], y[#y + 1] = f[k], psd[k]
        positive = positive and psd[k] > 0
      end
    end
    unit, resolution = unit or spectrum.unit, resolution or spectrum.frequency_resolution
    series[i] = {
      x = core.numbers(func, "frequencies", x), y = core.numbers(func, "psd", y), label = labels[i],
      ink = #sources > 1 and INK.series or INK.neutral, shade = i - 1,
    }
  end
  local log = panels.word(func, "log", options.log, { "none", "x", "y", "xy" }, positive and "y" or "none")
  local ytitle = options.ylabel or "Power" .. (type(unit) == "string" and (" (%s)"):format(unit) or "")
  local plot = make_plot(func, options,
    { title = text(func, "xlabel", options.xlabel) or "Frequency (Hz)", unit = "Hz", log = log == "x" or log == "xy", zero = true },
    { title = text(func, "ylabel", ytitle), log = log == "y" or log == "xy", zero = true }, series)
  if type(resolution) == "number" then
    plot.note = ("resolution %s Hz"):format(panels.shown(tonumber(("%.3g"):format(resolution))))
  end
  return panels.new(plot, ("spectrum panel: %d spectra"):format(#series))
end

return rates
