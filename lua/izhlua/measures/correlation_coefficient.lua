-- How alike the spike counts of two neurons are.
local measure = require "izhlua.measure"

return {
  kind = "pairs",
  help = "Pearson's coefficient of the spike counts of two neurons in bins",
  options = { measure.bin(5), { name = "binary", kind = "flag", help = "a bin counts 1 at most" } },
  says = function(o)
    return ("%s in bins of %g ms"):format(o.binary and "whether there is a spike" or "counts", o.bin)
  end,
  counted = "of neurons that spike and vary", undefined = "a count that never varies",
}
