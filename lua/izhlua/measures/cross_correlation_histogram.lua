-- When some neurons fire after others.
local core = require "izhlua.core"
local measure = require "izhlua.measure"
local measures, plural, window = measure.c, measure.plural, measure.window

return {
  kind = "series", other = true,
  help = "pairs of a spike of these and a spike of others, by how much later the other comes",
  definition = "Σ_t a(t) b(t + lag) of the counts of these spikes, a, and the others, b",
  options = {
    measure.bin(1), measure.reach,
    { name = "border_correction", kind = "flag",
      help = "multiplied by n / (n - |k|), for the bins that overlap at lag k" },
    { name = "cross_correlation_coefficient", kind = "flag",
      help = "Pearson's coefficient at each lag in place of pairs" },
  },
  gives = {
    { "lags", "izhlua.Vector", "ms" },
    { "values", "izhlua.Vector" },
    { "bin", "number", "ms" },
    { "unit", "string" },
  },
  measure = function(self, a, o, given, b)
    if a.from ~= b.from or a.to ~= b.to then
      core.raise(self.name, ("both must have one window (got %s and %s)"):format(window(a), window(b)))
    end
    local bin, reach = o.bin, measure.reach_in_bins(self.name, o, given)
    local border, coefficient = o.border_correction, o.cross_correlation_coefficient
    if border and coefficient then
      core.raise(self.name, "border_correction and cross_correlation_coefficient exclude each other")
    end
    local values = measures.cross_correlation(a, b, bin, reach, border, coefficient)
    return {
      lags = measures.grid(-reach * bin, bin, #values), values = values, bin = bin,
      unit = coefficient and "coefficient" or "pairs",
    }, ("cross_correlation_histogram in %s, lags of ±%g ms in bins of %g ms (%s of %s, then %s of %s, %s)"):format(
      coefficient and "coefficients" or "pairs of spikes", reach * bin, bin, plural(a.size, "spike"),
      plural(#a.neurons, "neuron"), plural(b.size, "spike"), plural(#b.neurons, "neuron"), window(a))
  end,
}
