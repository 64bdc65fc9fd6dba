-- When a neuron fires again after a spike.
local measure = require "izhlua.measure"
local measures, plural = measure.c, measure.plural

return {
  kind = "series",
  help = "the rate of a neuron at each time before and after one of its spikes",
  definition = "pairs of different spikes of a neuron k bins apart / (spikes (1 - |k|/bins) bin)",
  undefined = "no spikes",
  options = { measure.bin(1), measure.reach },
  gives = {
    { "lags", "izhlua.Vector", "ms" },
    { "values", "izhlua.Vector", "Hz" },
    { "counts", "izhlua.Vector", "pairs of spikes, summed over the neurons" },
    { "bin", "number", "ms" },
    { "unit", "string" },
  },
  measure = function(self, s, o, given)
    local bin, reach = o.bin, measure.reach_in_bins(self.name, o, given)
    local counts = measures.all(self.name, s, 2 * reach + 1, bin)
    local bins, spikes, rates = measures.bin_count(s.from, s.to, bin), measure.counts(s, bin):sum(), {}
    -- those near the ends of the window have no bin at this lag
    for k = 1, #counts do
      local overlap = bins - math.abs(k - 1 - reach)
      rates[k] = spikes > 0 and overlap > 0 and counts[k] / (spikes * overlap / bins) * 1000 / bin or measure.NAN
    end
    return {
      lags = measures.grid(-reach * bin, bin, #counts), values = measures.vector(rates), counts = counts, bin = bin,
      unit = "Hz",
    }, ("autocorrelation in Hz, lags of ±%g ms in bins of %g ms (%s of %s, %s)"):format(reach * bin, bin,
      plural(spikes, "spike"), plural(#s.neurons, "neuron"), measure.window(s))
  end,
}
