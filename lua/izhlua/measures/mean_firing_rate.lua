-- How much neurons fire.
local measure = require "izhlua.measure"
local measures = measure.c

return {
  kind = "neurons",
  help = "spikes for each second",
  definition = "n / (to - from), the mean over all neurons; from is when a neuron was added, if that is later",
  undefined = "window without length, no neurons",
  unit = "Hz", late = true, counted = "that were there",
  measure = function(self, s, o)
    if o.each or measures.late(s) > 0 then return measure.neurons(self, s, o) end
    local seconds, total = (s.to - s.from) / 1000, #s.neurons
    return total > 0 and seconds > 0 and s.size / seconds / total or measure.NAN,
      { measure.n(total, "neuron") }, { n = total, of = total }
  end,
}
