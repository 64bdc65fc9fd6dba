-- Neuronal avalanches: runs of bins with spikes between two empty ones.
local measure = require "izhlua.measure"
local measures = measure.c

-- The mean interval between any two spikes in a row.
local function chosen_bin(s)
  local dt, times, n = measures.dt(s), s:times(), s.size
  return math.max(n > 1 and (times[n] - times[1]) / (n - 1) or 1, dt > 0 and dt or 1e-6)
end

return {
  kind = "population", late = true,
  help = "sizes and durations of runs of bins with spikes between two empty ones",
  definition = "branching ratio: mean over the avalanches of spikes in the second bin / spikes in the first",
  undefined = "no avalanches",
  options = { measure.bin(chosen_bin, "default the mean interval between any two spikes in a row") },
  gives = {
    { "sizes", "izhlua.Vector", "spikes" },
    { "durations", "izhlua.Vector", "ms" },
    { "branching_ratio", "number" },
    { "bin", "number", "ms" },
  },
  source = "J. M. Beggs, D. Plenz, *Neuronal avalanches in neocortical circuits*, J. Neurosci. 23:11167, 2003",
  measure = function(_, s, o, given)
    local sizes, lengths, ratio = measures.avalanches(s, o.bin)
    return {
      sizes = sizes, durations = measures.scale(lengths, o.bin), branching_ratio = ratio, bin = o.bin,
    }, ("avalanches: %s, branching ratio %s (bins of %g ms%s, %s)"):format(measure.plural(#sizes, "avalanche"),
      measure.shown(ratio), o.bin, given.bin == nil and ", the mean interval of all spikes" or "", measure.window(s))
  end,
}
