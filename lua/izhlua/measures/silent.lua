-- Which neurons do not fire.
local measure = require "izhlua.measure"

return {
  kind = "population", late = true,
  help = "ids of the neurons without a spike",
  undefined = "empty",
  gives = "izhlua.Vector",
  measure = function(_, s)
    local counts, ids, silent = measure.c.neurons("count", s), s.neurons, {}
    for i = 1, #ids do
      if counts[i] == 0 then silent[#silent + 1] = ids[i] end
    end
    return measure.c.vector(silent), ("silent: %d of %s (%s)"):format(#silent, measure.plural(#ids, "neuron"),
      measure.window(s))
  end,
}
