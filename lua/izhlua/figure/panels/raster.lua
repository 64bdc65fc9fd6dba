-- Rasters: izh.raster(net, options), izh.raster(spikes, options); net:raster is in net_raster.lua.
local core = require "izhlua.core"
local check = require "izhlua.options"
local dots = require "izhlua.figure.dots"
local panel = require "izhlua.figure.panel"
local rows = require "izhlua.figure.rows"
local measures = core.measures

local dot_forms = { "auto", "vector", "image" } -- in the order of izh_dot_form

-- A bin must be a multiple of dt. Otherwise some bins would have more steps than others, and the rate would zigzag.
local function read_bin(func, dt, bin)
  if bin == nil then return 0 end
  local steps = dt and bin / dt or 1
  if steps < 0.5 or math.abs(steps - math.floor(steps + 0.5)) > 1e-6 then
    core.raise(func, ("bin must be a multiple of dt = %g ms (got %g ms)"):format(dt, bin))
  end
  return bin
end

return {
  help = "spikes up to now, and the rate of each population below",
  source = "izhlua.Network|izhlua.Spikes",
  options = {
    panel.from, panel.to,
    { name = "rate", kind = "flag", default = true, help = "the rates of the populations below" },
    { name = "bin", unit = "ms", low = 0, above = true, allowed = "a number of ms > 0",
      help = "bin of the rates, a multiple of dt; default chosen for the window and the spikes" },
    dots.bars,
    { name = "ylim", kind = "range", help = "{ lo, hi } of the rates (Hz); default the same on a page" },
    dots.size,
    { name = "dots", kind = "word", words = dot_forms, default = "auto",
      help = "in a PDF or SVG: paths, or an image of 600 dpi; auto: an image for very many dots" },
    { name = "of", kind = "given",
      type = "izhlua.Population|integer|integer[]|(izhlua.Population|{ [1]: string, [2]: integer, [3]: integer, [4]: string? })[]",
      help = "from the bottom up: populations, slices, or { name, first id, last id, \"excitatory\"|\"inhibitory\" }; "
        .. "or an id or a list of ids; default all" },
    { name = "order", kind = "given", type = "\"id\"|\"rate\"|\"first_spike\"|integer[]|izhlua.Vector",
      help = "order of the rows of each population, from the bottom up: by id, by rate (lowest first), by first spike "
        .. "(earliest first, silent neurons last), or the given ids, and no others; default id" },
    { name = "neurons", kind = "whole", low = 1,
      help = "at most so many rows; each population has its share, evenly spread over the order; the figure says so, "
        .. "and its rates are those of all neurons" },
  },
  without = dots.without,
  -- The panel shows the spikes up to now. Later steps of the network do not change it.
  make = function(self, source, o)
    local func, is_network = self.name, core.is_network(source)
    if not is_network and not core.is_spikes(source) then
      core.wrong(func, "the first argument of izh.raster", "a network or spikes", source)
    end
    local groups = rows.groups(func, source, o.of) -- an error if the network is closed
    if o.xlim then o.from, o.to = o.from or o.xlim[1], o.to or o.xlim[2] end
    local from, to = panel.window(func, source, o)
    local spikes = is_network and source:spikes{ from = from, to = to } or source:slice{ from = from, to = to }
    for _, group in ipairs(groups) do -- spikes may have more neurons than a network
      group.begun = measures.begun(spikes, group.ids or group.first, group.size, is_network and to or from, from)
    end
    local drawn, title = rows.rows(func, spikes, groups, o)
    local made = dots.plot(func, o, { rows = drawn, from = from, to = to, form = check.place(dot_forms, o.dots) - 1 }, groups,
      title, o.rate and { bin = read_bin(func, is_network and source.dt, o.bin), dt = is_network and source.dt or 0 })
    made.seed = is_network and source.seed or nil
    return made, ("raster panel: %s in %g < t ≤ %g ms"):format(check.count(#drawn, "spike"), from, to)
  end,
}
