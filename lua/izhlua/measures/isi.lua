-- The intervals between the spikes of each neuron.
local measure = require "izhlua.measure"

return {
  kind = "series", late = true,
  help = "the intervals between the spikes of a neuron in ms, neuron by neuron",
  definition = "all I_k", undefined = "empty",
  options = { { name = "each", kind = "flag", help = "a list of one vector for each neuron" } },
  gives = "izhlua.Vector|izhlua.Vector[]",
  measure = function(_, s, o)
    local all = measure.c.isi(s)
    return o.each and measure.c.isi(s, true) or all, ("isi: %s of %s (%s)"):format(
      measure.plural(#all, "interval"), measure.plural(#s.neurons, "neuron"), measure.window(s))
  end,
}
