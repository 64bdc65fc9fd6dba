-- Bursts of single neurons.
local core = require "izhlua.core"
local measure = require "izhlua.measure"
local measures, plural = measure.c, measure.plural

local of_max_interval = { "beg_isi", "end_isi", "min_ibi", "min_durn", "min_spikes" }

local function log_isi(self, s, o, given)
  for _, key in ipairs(of_max_interval) do
    if given[key] ~= nil then core.raise(self.name, key .. " goes with method = \"maxinterval\"") end
  end
  return ("logISI, cutoff %g ms"):format(o.cutoff), measures.burst(s, o.method, o.cutoff)
end

local function max_interval(self, s, o, given)
  if given.cutoff ~= nil then core.raise(self.name, "cutoff goes with method = \"logisi\"") end
  local rule = {}
  for i, key in ipairs(of_max_interval) do rule[i] = o[key] end
  return ("MaxInterval: beg_isi %g, end_isi %g, min_ibi %g, min_durn %g ms, min_spikes %d"):format(table.unpack(rule)),
    measures.burst(s, o.method, table.unpack(rule))
end

return {
  kind = "series", late = true,
  help = "bursts of single neurons, neuron by neuron",
  options = {
    { name = "method", kind = "word", words = { "maxinterval", "logisi" }, default = "maxinterval",
      help = "what a burst is" },
    { name = "beg_isi", unit = "ms", default = 170, low = 0, help = "a burst begins with a shorter interval" },
    { name = "end_isi", unit = "ms", default = 300, low = 0, help = "and ends before a longer one" },
    { name = "min_ibi", unit = "ms", default = 200, low = 0, help = "bursts less than this apart are one" },
    { name = "min_durn", unit = "ms", default = 10, low = 0, help = "then shorter ones are dropped" },
    { name = "min_spikes", kind = "whole", default = 3, low = 2, high = 1 << 53, help = "and those with fewer spikes" },
    { name = "cutoff", unit = "ms", default = 100, low = 0, above = true, help = "of logisi: intervals within bursts" },
  },
  gives = {
    list = true,
    { "neuron", "integer" },
    { "onset", "number", "ms" },
    { "duration", "number", "ms" },
    { "spikes", "integer" },
  },
  source = {
    "E. Cotterill, P. Charlesworth, C. W. Thomas, O. Paulsen, S. J. Eglen, *A comparison of computational methods for "
      .. "detecting bursts in neuronal spike trains …*, J. Neurophysiol. 116:306, 2016; the method is NeuroExplorer's",
    "V. Pasquale, S. Martinoia, M. Chiappalone, *A self-adapting approach for the detection of bursts and network "
      .. "bursts in neuronal cultures*, J. Comput. Neurosci. 29:213, 2010",
  },
  measure = function(self, s, o, given)
    local find = o.method == "logisi" and log_isi or max_interval
    local how, list, in_bursts, bursting = find(self, s, o, given)
    return list, ("burst: %s of %s of %d, with %s of %d (%s; %s)"):format(plural(#list, "burst"),
      plural(bursting, "neuron"), #s.neurons, plural(in_bursts, "spike"), s.size, how, measure.window(s))
  end,
}
