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

local function has_negative(values)
  for i = 1, #values do
    if values[i] < 0 then return true end
  end
  return false
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

return {
  help = "numbers as colours, row 1 at the top, NaN grey; for a projection its weights, 0 without a synapse",
  source = "(number[]|izhlua.Vector)[]|izhlua.Projection",
  options = {
    panel.title, panel.span,
    { name = "label", kind = "text", help = "title of the colours, with the unit" },
    panel.xlabel, panel.ylabel,
    { name = "range", kind = "range", help = "{ lo, hi } of the colours" },
    { name = "colours", kind = "word", words = { "sequential", "signed" },
      help = "default signed when a number is negative" },
    panel.note,
  },
  make = function(self, given, o)
    local heat, titles = read_heat(self.name, given)
    local range = o.range or {}
    local map = o.colours or has_negative(heat.values) and "signed" or "sequential"
    heat.sign, heat.lo, heat.hi = map == "signed", range[1], range[2]
    heat.title = o.label or titles.colours
    local x0, y0 = heat.x0 or 1, heat.y0 or 1
    return {
      note = o.note, empty = "no numbers",
      x = { title = o.xlabel or titles.x, whole = true, lo = x0 - 0.5, hi = x0 + math.max(heat.columns, 1) - 0.5 },
      tracks = { {
        y = {
          title = o.ylabel or titles.y, whole = true, down = true,
          lo = y0 - 0.5, hi = y0 + math.max(heat.rows, 1) - 0.5,
        },
        series = {}, heat = heat,
      } },
    }, ("matrix panel: %d × %d numbers"):format(heat.rows, heat.columns)
  end,
}
