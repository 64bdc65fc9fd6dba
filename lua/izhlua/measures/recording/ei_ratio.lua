-- How much excitation there is for each inhibition.
local measure = require "izhlua.measure"
local NAN = measure.NAN

return {
  help = "the mean excitatory over the mean inhibitory synaptic current",
  definition = "mean i_exc / mean -i_inh over time and neurons", undefined = "no inhibition",
  needs = { "i_exc", "i_inh" },
  options = { { name = "each", kind = "flag", help = "a vector of one number for each recorded neuron" } },
  measure = function(_, samples, o)
    local _, _, excitation = measure.gather(samples, "i_exc")
    local _, _, inhibition = measure.gather(samples, "i_inh")
    local each, sum_e, sum_i = {}, 0, 0
    for k = 1, #excitation do
      each[k] = inhibition[k] < 0 and excitation[k] / -inhibition[k] or NAN
      sum_e, sum_i = sum_e + excitation[k], sum_i - inhibition[k]
    end
    return sum_i > 0 and sum_e / sum_i or NAN, { "mean i_exc / mean -i_inh", measure.n(#excitation, "neuron") },
      { n = #excitation, of = #excitation, each = o.each and measure.c.vector(each) or nil }
  end,
}
