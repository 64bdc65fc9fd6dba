-- The rate as a function of time.
local measure = require "izhlua.measure"
local measures, plural = measure.c, measure.plural

return {
  kind = "series", late = true,
  help = "the mean rate of the neurons as a function of time",
  definition = "1000 / N Σ_k K(t - t_k), K a kernel of area 1",
  options = {
    { name = "kernel", kind = "word", words = measures.kernels, default = "gaussian",
      help = "the last two are causal" },
    { name = "sigma", unit = "ms", default = 10, low = 0, above = true, help = "standard deviation of the kernel" },
    { name = "every", unit = "ms", default = 1, low = 0, above = true, help = "from one value to the next" },
  },
  gives = {
    { "times", "izhlua.Vector", "ms" },
    { "values", "izhlua.Vector", "Hz, the mean over the neurons" },
    { "kernel", "string" },
    { "sigma", "number", "ms" },
    { "every", "number", "ms" },
    { "unit", "string" },
  },
  measure = function(self, s, o)
    local kernel, sigma, every, neurons = o.kernel, o.sigma, o.every, #s.neurons
    measure.check_pieces(self.name, s, "every", every)
    local n = measures.bin_count(s.from, s.to, every)
    local sums = measures.all(self.name, s, n, measure.numbers(self, o))
    return {
      times = measures.grid(s.from + every, every, n),
      values = measures.per_neuron(sums, s, every, 1),
      kernel = kernel, sigma = sigma, every = every, unit = "Hz",
    }, ("instantaneous_rate in Hz every %g ms (%s kernel, sigma %g ms, mean of %s, %s)"):format(every, kernel, sigma,
      plural(neurons, "neuron"), measure.window(s))
  end,
}
