-- How much neurons do at the same time, from their voltages.
local core = require "izhlua.core"
local measure = require "izhlua.measure"

return {
  help = "χ of voltages: 1 when all do the same, about 1/√N when each is on its own",
  definition = "as of spikes, x the voltages", undefined = "nothing varies",
  needs = { "v" },
  measure = function(self, samples)
    if samples.recording.of == "mean" then
      core.raise(self.name, "χ needs the v of each neuron; this recording has their mean")
    end
    local sum, apart = measure.gather(samples, "v")
    local neurons = #samples.recording.neurons
    return measure.c.chi_of_sums(sum, apart, neurons), { "chi of voltages", measure.n(neurons, "neuron") },
      { n = neurons, of = neurons, quantity = "v" }
  end,
}
