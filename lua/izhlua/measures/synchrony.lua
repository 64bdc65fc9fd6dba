-- How much neurons do at the same time, from their spikes; from their voltages: recording/synchrony.lua.
local measure = require "izhlua.measure"

return {
  kind = "population",
  help = "χ of spike counts: 1 when all do the same, about 1/√N when each is on its own",
  definition = "χ = √(Var_t(mean_i x_i) / mean_i Var_t(x_i)), x the counts in bins",
  undefined = "nothing varies",
  options = { measure.bin(5) },
  source = "D. Golomb, J. Rinzel, *Dynamics of globally coupled inhibitory neurons with heterogeneity*, Phys. Rev. E "
    .. "48:4810, 1993; D. Golomb, *Neuronal synchrony measures*, Scholarpedia 2:1347, 2007",
  measure = function(self, s, o)
    local neurons = #s.neurons
    return measure.c.all(self.name, s, 1, o.bin)[1],
      { ("chi of spike counts in bins of %g ms"):format(o.bin), measure.n(neurons, "neuron") },
      { n = neurons, of = neurons, bin = o.bin, quantity = "counts" }
  end,
}
