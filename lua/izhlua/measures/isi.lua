-- The intervals between the spikes of each neuron.
local measure = require "izhlua.measure"

return {
  kind = "series",
  help = "the intervals between the spikes of a neuron in ms, neuron by neuron",
  definition = "all I_k", undefined = "empty",
  options = { { name = "each", kind = "flag", help = "a list of one vector for each neuron" } },
  gives = "izhlua.Vector|izhlua.Vector[]",
  measure = function(_, s, o) return measure.c.isi(s, o.each) end,
}
