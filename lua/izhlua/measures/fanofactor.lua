-- How much spike counts vary, of one neuron in bins or over trials.
local core = require "izhlua.core"
local measure = require "izhlua.measure"
local measures = measure.c

return {
  kind = "neurons",
  help = "how much spike counts vary: 1 of a Poisson process, near 0 of a regular train",
  definition = "variance / mean of k counts, the variance with divisor k",
  options = {
    measure.bin(100),
    { name = "over", kind = "word", words = { "time", "trains" }, default = "time",
      help = "counts of a neuron in bins, or of whole trains, which should be trials of one neuron" },
  },
  says = function(o, s)
    return ("%s of %g ms"):format(measure.plural(measures.bin_count(s.from, s.to, o.bin), "bin"), o.bin)
  end,
  counted = "that spike", undefined = "fewer than 2 bins, no spike",
  measure = function(self, s, o, given)
    if o.over == "time" then return measure.neurons(self, s, o) end
    if given.bin ~= nil or given.each ~= nil then
      core.raise(self.name, "over = \"trains\" compares the counts of whole trains, without bin and each")
    end
    local trains = #s.neurons
    return measures.all(self.name, s, 1)[1], { "over trains", measure.n(trains, "train") },
      { n = trains, of = trains }
  end,
}
