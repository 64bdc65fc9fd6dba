-- How much neurons fire.
local measure = require "izhlua.measure"
local measures = measure.c

return {
  kind = "neurons",
  help = "spikes for each second",
  definition = "n / (to - from), the mean over all neurons",
  undefined = "window without length, no neurons",
  unit = "Hz",
  measure = function(_, s, o)
    local seconds, total, fields = (s.to - s.from) / 1000, #s.neurons, {}
    fields.n, fields.of = total, total
    if o.each then
      fields.each = measures.scale(measures.neurons("count", s), seconds > 0 and 1 / seconds or measure.NAN)
    end
    return total > 0 and seconds > 0 and s.size / seconds / total or measure.NAN,
      { measure.n(total, "neuron") }, fields
  end,
}
