-- Distributions: izh.histogram(numbers), izh.histogram({ numbers, numbers }), izh.histogram(spikes, { of = "isi" }).
local core = require "izhlua.core"
local axes = require "izhlua.figure.axes"
local check = require "izhlua.options"
local panel = require "izhlua.figure.panel"
local LOOK, INK = panel.LOOK, panel.INK

local most_bins = 10000

-- What a histogram can show of spikes: a function that gives one number for each interval or neuron, the name, the unit.
local quantities = {
  isi = { function(s) return s:isi() end, "Interspike interval", "ms" },
  rate = { function(s) return s:mean_firing_rate{ each = true } end, "Rate", "Hz" },
  cv = { function(s) return s:cv{ each = true } end, "CV of intervals" },
  cv2 = { function(s) return s:cv2{ each = true } end, "CV<sub>2</sub>" },
  lv = { function(s) return s:lv{ each = true } end, "LV" },
}
local quantity_names = { "isi", "rate", "cv", "cv2", "lv" }

-- The defined numbers of one source, sorted; and how many were undefined.
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

-- The number that all values are whole multiples of, such as dt for intervals and 1/duration for rates; nil when there
-- is no such number. If a bin is not a multiple of it, some bins have room for more of the possible values than others.
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

-- A round width of bins after Freedman and Diaconis (1981), 2 IQR n^(-1/3); but the range has 5 … 100 bins.
local function chosen_bin(samples, lo, hi)
  local width = hi - lo
  for _, sorted in ipairs(samples) do
    local n = #sorted
    local iqr = n > 1 and quantile(sorted, 0.75) - quantile(sorted, 0.25) or 0
    if iqr > 0 then width = math.min(width, 2 * iqr / n ^ (1 / 3)) end
  end
  local least = 1e-12 * math.max(math.abs(lo), math.abs(hi)) -- edges of narrower bins would not differ
  return panel.round_up(math.max((hi - lo) / 100, math.min(width, (hi - lo) / 5), least, 1e-299))
end

-- The edges of bins that cover lo … hi: multiples of `bin`.
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

-- How many values each bin has. A value at an edge belongs to the bin above; at the last edge, to the last bin.
local function count(sorted, edges)
  local counts, bin = {}, 1
  for k = 1, #edges - 1 do counts[k] = 0 end
  local slack = 1e-6 * (edges[2] - edges[1]) -- for rounding, since 3 * 0.1 > 0.3
  for _, x in ipairs(sorted) do
    if x >= edges[1] - slack and x <= edges[#edges] + slack then
      while bin < #counts and x >= edges[bin + 1] - slack do bin = bin + 1 end
      counts[bin] = counts[bin] + 1
    end
  end
  return counts
end

-- Checks that an axis can show the numbers. Numbers that are smaller or larger are surely mistakes.
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

-- Checks that the edges of bins differ, and that densities are finite.
local function check_bin(func, lo, hi, bin)
  if bin > 1e-300 and bin < math.huge and lo + bin > lo and hi + bin > hi then return end
  core.raise(func, ("%g … %g cannot be divided into bins of %g: a number does not have enough digits"):format(lo, hi, bin))
end

local function log10(x) return math.log(x, 10) end

-- The least width of logarithmic bins, in decades: a round number, such that a bin at the lower quartile has room for
-- four multiples of the quantum.
local function finest_log_bin(samples, quantum)
  local finest = 0
  for _, sorted in ipairs(samples) do
    if #sorted > 0 then finest = math.max(finest, log10(1 + 4 * quantum / quantile(sorted, 0.25))) end
  end
  return panel.round_up(finest)
end

-- The edges of the bins for all samples, and a text that describes them.
local function histogram_edges(func, samples, o, log, unit)
  local xlim = o.xlim
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
  local bin = o.bin
  if o.bins then bin = (hi - lo) / o.bins end
  if not bin then
    bin = chosen_bin(scaled, lo, hi)
    local quantum = quantum_of(samples)
    if quantum and log then
      bin = math.max(bin, finest_log_bin(samples, quantum))
    elseif quantum then
      bin = math.ceil(bin / quantum - 1e-6) * quantum
      if not xlim then hi = hi + quantum / 2 end -- so that the greatest value has a bin as wide as the others
    end
  end
  check_bin(func, lo, hi, bin)
  local edges = o.bins and {} or edges_of(func, lo, hi, bin)
  for k = 0, o.bins or -1 do edges[k + 1] = lo + k * bin end
  for k = 1, #edges do edges[k] = back(edges[k]) end
  local words = log and ("%s bins a decade"):format(panel.shown(tonumber(("%.3g"):format(1 / bin))))
    or ("bin %s"):format(panel.shown(tonumber(("%.3g"):format(bin)))) .. (unit and " " .. unit or "")
  return edges, words
end

local function histogram_sources(func, given, of)
  local kind = core.kind(given)
  local list = (kind == nil and axes.is_list(given)) and given or { given }
  local quantity = quantities[of]
  local samples, missing, total = {}, 0, 0
  for i, source in ipairs(list) do
    local source_kind = core.kind(source)
    if source_kind == "network" or source_kind == "spikes" then
      local spikes = source_kind == "network" and source:spikes() or source
      if not quantity then
        core.raise(func, "spikes need the option of: of = \"isi\", \"rate\", \"cv\", \"cv2\" or \"lv\"")
      end
      source = quantity[1](spikes)
    elseif quantity then
      core.wrong(func, "with the option of, what izh.histogram shows", "spikes or a network", source)
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

-- The series of each source.
local function histogram_series(func, samples, edges, o)
  local labels = panel.labels(func, o.labels, #samples)
  local series, any = {}, false
  for i, sorted in ipairs(samples) do
    local counts = count(sorted, edges)
    if o.density then to_density(counts, edges, #sorted) end
    any = any or #sorted > 0
    series[i] = {
      x = core.numbers(func, "edges", edges), y = core.numbers(func, "counts", counts), look = LOOK.steps,
      ink = #samples > 1 and INK.series or INK.neutral, shade = i - 1, fill = #samples == 1, label = labels[i],
    }
  end
  if any then return series end
  for _, one in ipairs(series) do one.x, one.y = core.numbers(func, "edges", {}), core.numbers(func, "counts", {}) end
  return series
end

local function counted(quantity)
  return quantity == quantities.isi and "Intervals" or quantity and "Neurons" or "Count"
end

return {
  help = "distributions of numbers, or of a measure of spikes; undefined numbers are left out, and counted",
  source = "number[]|izhlua.Vector|izhlua.Spikes|izhlua.Network|table a list of these for several",
  options = {
    panel.bars{ "x", "y" },
    { name = "of", kind = "word", words = quantity_names, help = "what to show of spikes or networks" },
    panel.series_labels,
    { name = "bins", kind = "whole", low = 1, high = most_bins, help = "number of bins, in place of bin" },
    { name = "bin", low = 1e-300, high = 1e300, allowed = "a width > 0",
      help = "width of a bin, in decades with log = \"x\"; default a round one after Freedman and Diaconis, and a "
        .. "multiple of what all values are multiples of (dt, 1/duration); the figure says it" },
    { name = "log", kind = "word", words = { "x", "y", "xy" }, help = "logarithmic axes" },
    { name = "density", kind = "flag", help = "densities with area 1, in place of counts" },
    { name = "xlim", kind = "range", help = "{ lo, hi }; numbers outside are not counted" },
  },
  make = function(self, given, o)
    local func, log = self.name, o.log or ""
    if core.kind(given) == nil and type(given) ~= "table" then
      core.wrong(func, "what izh.histogram shows", "numbers, spikes, or a list of such", given)
    end
    local logx, logy = log:find("x", 1, true) ~= nil, log:find("y", 1, true) ~= nil
    if o.bins and o.bin then core.raise(func, "give bin or bins, not both") end
    local samples, quantity, missing, total = histogram_sources(func, given, o.of)
    check_numbers(func, samples, logx)
    local unit = quantity and quantity[3]
    local edges, words = histogram_edges(func, samples, o, logx, unit)
    local plot = axes.plot(o, {
      title = quantity and quantity[2] .. (unit and (" (%s)"):format(unit) or ""), unit = unit, log = logx,
      lo = edges[1], hi = edges[#edges],
    }, {
      title = not o.density and counted(quantity) or "Density" .. (unit and (" (1/%s)"):format(unit) or ""),
      log = logy, zero = true, lo = logy and not o.density and 0.5 or nil,
    }, histogram_series(func, samples, edges, o))
    plot.note = words
    if missing > 0 then
      plot.note = (words and words .. "; " or "") .. ("%d of %d undefined"):format(missing, total)
    end
    return plot, ("histogram panel: %s"):format(check.count(total - missing, "number"))
  end,
}
