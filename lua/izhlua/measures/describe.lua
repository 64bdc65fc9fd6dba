-- The measures one asks for first, each on a line that explains itself.
local measure = require "izhlua.measure"

return {
  kind = "report",
  help = "the measures one asks for first, a line for each",
  gives = "string",
  measure = function(_, s)
    local lines = {}
    local function add(_, explanation) lines[#lines + 1] = tostring(explanation) end
    add(s:mean_firing_rate())
    local neurons = measure.plural(#s.neurons, "neuron")
    lines[#lines + 1] = ("silent %d (of %s, %s)"):format(#s:silent(), neurons, measure.window(s))
    add(s:cv())
    add(s:lv())
    add(s:fanofactor())
    add(s:synchrony())
    lines[#lines + 1] = tostring(s:bursts()):match("^[^\n]*")
    return table.concat(lines, "\n")
  end,
}
