-- A matrix of numbers as colours: izh.matrix({ { 1, 2 }, { 3, 4 } }, options), izh.matrix(projection).
local core = require "izhlua.core"
local check = require "izhlua.options"
local panel = require "izhlua.figure.panel"

-- A table of rows as { values = vector, rows =, columns = }.
local function from_rows(func, rows)
  local n = core.list(func, "the matrix", rows)
  local all, columns = {}, nil
  for i = 1, n do
    local row = core.numbers(func, ("row %d"):format(i), rows[i])
    columns = columns or #row
    if #row ~= columns then
      core.raise(func, ("row %d must have %s, as row 1 has (got %d)"):format(i, check.count(columns, "number"), #row))
    end
    for k = 1, columns do all[#all + 1] = row[k] end
  end
  columns = columns or 0
  return { values = core.numbers(func, "the matrix", all), rows = columns > 0 and n or 0, columns = columns }
end

local most_cells = 4e6

-- The weights of a projection: a row for each target, a column for each source; 0 where there is no synapse.
local function from_projection(func, projection)
  local x0, x1, y0, y1 = math.huge, 0, math.huge, 0
  for pre, post in projection:synapses() do
    x0, x1, y0, y1 = math.min(x0, pre), math.max(x1, pre), math.min(y0, post), math.max(y1, post)
  end
  if x1 == 0 then return { values = core.numbers(func, "weights", {}), rows = 0, columns = 0 } end
  local columns, rows = x1 - x0 + 1, y1 - y0 + 1
  if columns * rows > most_cells then
    local what = "%d × %d neurons are too many for a matrix; at most %d cells are drawn"
    core.raise(func, what:format(rows, columns, most_cells))
  end
  local all = {}
  for i = 1, rows * columns do all[i] = 0.0 end
  for pre, post, weight in projection:synapses() do
    local i = (post - y0) * columns + pre - x0 + 1
    all[i] = all[i] + weight
  end
  return { values = core.numbers(func, "weights", all), rows = rows, columns = columns, x0 = x0, y0 = y0 }
end

local MATTERS = 0.05 -- of the largest number: what the other sign must reach to get colours of its own

-- Whether both signs matter. 0 in a projection is no synapse, so there one sign is enough.
local function both_signs(values, of_projection)
  local lo, hi = 0, 0
  for i = 1, #values do
    if values[i] < lo then lo = values[i] end
    if values[i] > hi then hi = values[i] end
  end
  if of_projection then return lo < 0 end
  return math.min(-lo, hi) >= MATTERS * math.max(-lo, hi) and lo < 0
end

-- Returns the matrix, and the titles of its axes and of its colours.
local function read_heat(func, given)
  if core.kind(given) == "projection" then
    return from_projection(func, given), { x = "From neuron", y = "To neuron", colours = "Weight" }
  end
  if type(given) ~= "table" then
    core.wrong(func, "what izh.matrix shows", "a list of rows, or a projection", given)
  end
  return from_rows(func, given), { x = "Column", y = "Row" }
end

-- The ends of an axis of n cells: from the number of the first cell, or around the centres that are given.
local function axis_of(func, name, centres, n, first)
  if centres == nil then return { whole = true, lo = first - 0.5, hi = first + math.max(n, 1) - 0.5 } end
  centres = panel.column(func, name, centres, n, name == "x" and "columns" or "rows")
  if n < 2 then return { lo = (centres[1] or 0) - 0.5, hi = (centres[1] or 0) + 0.5 } end
  local step = (centres[n] - centres[1]) / (n - 1)
  for k = 2, n do
    local off = math.abs(centres[k] - centres[k - 1] - step)
    if not (step > 0 and off <= 1e-6 * step) then
      core.raise(func, ("%s must ascend in equal steps, as cells are equally large (%s[%d] = %g, %s[%d] = %g); "
        .. "for others, name the cells with %sticks"):format(name, name, k - 1, centres[k - 1], name, k, centres[k], name))
    end
  end
  return { lo = centres[1] - step / 2, hi = centres[n] + step / 2 }
end

local function has_missing(values)
  for i = 1, #values do
    if values[i] ~= values[i] then return true end
  end
  return false
end

-- In the order of izh_map.
local maps = { "viridis", "magma", "cividis", "greys", "signs", "vik" }

return {
  both_signs = both_signs,
  maps = maps,
  help = "numbers as colours, row 1 at the bottom, NaN grey; for a projection its weights, 0 without a synapse",
  source = "(number[]|izhlua.Vector)[]|izhlua.Projection",
  options = {
    { name = "label", kind = "text", help = "title of the colours, with the unit" },
    { name = "x", kind = "given", type = "number[]|izhlua.Vector",
      help = "what the columns are at, in equal steps: times, values; default their numbers" },
    { name = "y", kind = "given", type = "number[]|izhlua.Vector", help = "what the rows are at" },
    { name = "origin", kind = "word", words = { "lower", "upper" }, default = "lower",
      help = "where row 1 is: at the bottom or at the top" },
    { name = "aspect", kind = "word", words = { "square", "free" },
      help = "free: as high as other panels; default square cells, free with x or y" },
    { name = "range", kind = "range", help = "{ lo, hi } of the colours; clim is the same" },
    { name = "clim", kind = "range", help = "{ lo, hi } of the colours" },
    { name = "colours", kind = "word", words = { "sequential", "signed" },
      help = "default signed when numbers of both signs matter; signed weights of a projection are signed" },
    { name = "colormap", kind = "word", words = maps,
      help = "default viridis, or signs for two signs, from the colour of inhibition to that of excitation" },
    { name = "missing", kind = "text", default = "no number", help = "the key of grey cells" },
  },
  without = {
    axes = "only its axes say where the cells are", axis = "the scale of its colours is at the right",
    xscale = "its cells are in equal steps", yscale = "its cells are in equal steps",
    legend = "the scale of its colours says what they are", color = "its numbers are colours: see colormap",
    colors = "its numbers are colours: see colormap",
  },
  make = function(self, given, o)
    local func = self.name
    local heat, titles = read_heat(func, given)
    if o.range and o.clim then core.raise(func, "give range or clim, not both: they are the same") end
    if o.colours and o.colormap then core.raise(func, "give colours or colormap, not both") end
    local range = o.clim or o.range or {}
    local signed = o.colours == "signed" or o.colours == nil and both_signs(heat.values, heat.x0 ~= nil)
    heat.map = check.place(maps, o.colormap or signed and "signs" or "viridis") - 1
    heat.lo, heat.hi = range[1], range[2]
    heat.title = o.label or titles.colours
    heat.missing = has_missing(heat.values) and o.missing or nil
    local x = axis_of(func, "x", o.x, heat.columns, heat.x0 or 1)
    local y = axis_of(func, "y", o.y, heat.rows, heat.y0 or 1)
    x.title, y.title, y.down = o.x == nil and titles.x or nil, o.y == nil and titles.y or nil, o.origin == "upper"
    heat.upward = o.origin == "lower"
    local free = (o.aspect or (o.x or o.y) and "free") == "free"
    local aspect = free and 0 or math.max(heat.rows, 1) / math.max(heat.columns, 1)
    return { empty = "no numbers", aspect = aspect, x = x, tracks = { { y = y, series = {}, heat = heat } } },
      ("matrix panel: %d × %d numbers"):format(heat.rows, heat.columns)
  end,
}
