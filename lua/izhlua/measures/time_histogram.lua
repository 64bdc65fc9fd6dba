-- How many spikes there are in each bin of time.
local measure = require "izhlua.measure"
local measures, plural = measure.c, measure.plural

local units = { counts = "spikes", mean = "spikes a neuron", rate = "Hz" }

return {
  kind = "series", late = true,
  help = "spikes in bins of time",
  options = {
    measure.bin(5),
    { name = "output", kind = "word", words = { "counts", "mean", "rate" }, default = "counts",
      help = "spikes of all neurons; that divided by the neurons; or that in Hz" },
  },
  gives = {
    { "times", "izhlua.Vector", "ms, the middle of each bin" },
    { "values", "izhlua.Vector" },
    { "bin", "number", "ms" },
    { "output", "string" },
    { "unit", "string" },
  },
  measure = function(_, s, o)
    local bin, values, neurons, unit = o.bin, measure.counts(s, o.bin), #s.neurons, units[o.output]
    if o.output ~= "counts" then measures.per_neuron(values, s, bin, o.output == "rate" and 1000 / bin or 1) end
    return {
      times = measures.grid(s.from + bin / 2, bin, #values), values = values, bin = bin, output = o.output, unit = unit,
    }, ("time_histogram of %s of %g ms in %s (%s, %s)"):format(plural(#values, "bin"), bin, unit,
      plural(neurons, "neuron"), measure.window(s))
  end,
}
