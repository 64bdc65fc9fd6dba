-- Network bursts: times when a good share of the neurons fires at a high rate.
local core = require "izhlua.core"
local measure = require "izhlua.measure"
local measures, plural = measure.c, measure.plural

local APART = 1.5 -- of two levels at least, in roots of counts, of which chance has a standard deviation of 0.5

-- Where there are no two levels: neurons that fire on their own do not reach the former.
local function rare_rates(counts)
  local mean, n = counts:mean(), #counts
  local sd = n > 1 and counts:sd() * math.sqrt((n - 1) / n) or 0
  return mean + math.max(2 * sd, 5 * math.sqrt(mean)), mean
end

-- The sums of three neighbouring counts: in small networks a level shows there first.
local function smooth(counts)
  local sums = {}
  for k = 1, #counts - 2 do sums[k] = counts[k] + counts[k + 1] + counts[k + 2] end
  return core.numbers("bursts", "counts", sums)
end

-- The rates, in spikes of a bin, that a burst exceeds and down to which it reaches, unless given: half of the way and a quarter
-- of it from the lower level of the rate to the upper one.
local function default_rates(s, bin)
  local counts = measure.counts(s, bin)
  if #counts == 0 then return 0, 0 end
  local low, high = measures.levels(counts)
  local bins = 1
  if high - low < APART then
    bins, low, high = 3, measures.levels(smooth(counts))
    if not (high - low >= APART) then return rare_rates(counts) end
  end
  low, high = low ^ 2 / bins, high ^ 2 / bins
  return low + (high - low) / 2, low + (high - low) / 4
end

local function lines_of(list, text)
  local lines = { text }
  for i, one in ipairs(list) do
    if i > 20 then
      lines[#lines + 1] = "  …"
      break
    end
    lines[#lines + 1] = ("  %8.1f ms for %5.1f ms: %3.0f %% of the neurons, %d spikes, peak %.0f Hz, first %s"):format(
      one.onset, one.duration, 100 * one.participation, one.spikes, one.peak_rate, table.concat(one.leaders, " "))
  end
  return table.concat(lines, "\n")
end

return {
  kind = "population", late = true,
  help = "network bursts: when a good share of the neurons fires at a high rate",
  options = {
    measure.bin(5),
    { name = "threshold", unit = "Hz", low = 0,
      help = "a neuron's rate that a bin of a burst exceeds; default half-way between the two levels that the rate "
        .. "has" },
    { name = "end_threshold", unit = "Hz", low = 0,
      help = "down to which a burst reaches; default a quarter of the way" },
    { name = "min_gap", unit = "ms", low = 0, help = "bursts nearer than this are one; default two bins" },
    { name = "participation", default = 0.25, low = 0, high = 1, help = "least share of the neurons" },
    { name = "leaders", kind = "whole", default = 5, low = 0, high = 1000, help = "how many neurons are named" },
  },
  gives = {
    list = true,
    { "onset", "number", "ms, the first spike" },
    { "stop", "number", "ms, the last one" },
    { "duration", "number", "ms" },
    { "peak", "number", "ms, the middle of the fullest bin" },
    { "peak_rate", "number", "Hz" },
    { "spikes", "integer" },
    { "neurons", "integer" },
    { "participation", "number", "0 … 1" },
    { "leaders", "integer[]", "the ids that spike first" },
  },
  measure = function(self, s, o)
    local bin, neurons, share = o.bin, #s.neurons, o.participation
    local hz = 1000 / bin / math.max(neurons, 1) -- of one spike in a bin
    local high, low = default_rates(s, bin)
    high = o.threshold or math.max(high * hz, o.end_threshold or 0)
    low = o.end_threshold or math.min(low * hz, high)
    if low > high then
      core.raise(self.name, ("end_threshold must not be above threshold (got %g and %g Hz)"):format(low, high))
    end
    local gap, list = o.min_gap or 2 * bin, {}
    -- above, so that a rate that never changes is no burst; a bin without spikes belongs to none
    if s.size > 0 and neurons > 0 then
      list = measures.network_bursts(s, bin, high / hz + 1e-9, math.max(low / hz - 1e-9, 1e-9), gap, share, o.leaders)
    end
    list.bin, list.threshold, list.end_threshold, list.min_gap = bin, high, low, gap
    local found = ("bursts: %s with ≥ %g %% of %s"):format(plural(#list, "network burst"), 100 * share,
      plural(neurons, "neuron"))
    local how = ("(bins of %g ms, above %.3g Hz, as long as ≥ %.3g Hz, %s)"):format(bin, high, low, measure.window(s))
    return list, lines_of(list, found .. " " .. how)
  end,
}
