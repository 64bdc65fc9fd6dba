-- Numbers as colours: izh.matrix, of weights, correlations, or any table of rows.
local core = require "izhlua.core"
local check = require "izhlua.options"
local panel = require "izhlua.figure.panel"
local text, range = check.text, check.range

local matrix_options = { "title", "span", "label", "xlabel", "ylabel", "range", "colours", "note" }
local maps = { "sequential", "signed" }

-- { values = vector, rows =, columns = } of a table of rows.
local function from_rows(func, rows)
  local n = core.list(func, "the matrix", rows)
  local all, columns = {}, nil
  for i = 1, n do
    local row = core.numbers(func, ("row %d"):format(i), rows[i])
    columns = columns or #row
    if #row ~= columns then
      core.raise(func, ("row %d must have %d numbers, as row 1 (got %d)"):format(i, columns, #row))
    end
    for k = 1, columns do all[#all + 1] = row[k] end
  end
  return { values = core.numbers(func, "the matrix", all), rows = columns and columns > 0 and n or 0, columns = columns or 0 }
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
    core.raise(func, ("%d × %d neurons are too many for a matrix; at most %d cells are drawn"):format(rows, columns, most_cells))
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

-- izh.matrix({ { 1, 2 }, { 3, 4 } }, options), izh.matrix(projection)
return function(given, options, ...)
  local func = "matrix"
  check.call(func, given, ...)
  options = check.known(func, options, matrix_options)
  local heat, xlabel, ylabel, label
  if core.kind(given) == "projection" then
    heat = from_projection(func, given)
    xlabel, ylabel, label = "From neuron", "To neuron", "Weight"
  elseif type(given) == "table" then
    heat = from_rows(func, given)
    xlabel, ylabel = "Column", "Row"
  else
    core.wrong(func, "what izh.matrix shows", "a list of rows, or a projection", given)
  end
  local map = check.word(func, "colours", options.colours, maps, has_negative(heat.values) and "signed" or "sequential")
  local limits = range(func, "range", options.range) or {}
  heat.sign, heat.lo, heat.hi = map == "signed", limits[1], limits[2]
  heat.title = text(func, "label", options.label) or label
  local x0, y0 = heat.x0 or 1, heat.y0 or 1
  local plot = {
    title = text(func, "title", options.title), span = panel.span(func, options.span), note = text(func, "note", options.note),
    marks = {}, frame = 0, empty = "no numbers",
    x = {
      title = text(func, "xlabel", options.xlabel) or xlabel, whole = true,
      lo = x0 - 0.5, hi = x0 + math.max(heat.columns, 1) - 0.5,
    },
    tracks = { {
      y = {
        title = text(func, "ylabel", options.ylabel) or ylabel, whole = true, down = true,
        lo = y0 - 0.5, hi = y0 + math.max(heat.rows, 1) - 0.5,
      },
      series = {}, heat = heat,
    } },
  }
  return panel.new(plot, ("matrix panel: %d × %d numbers"):format(heat.rows, heat.columns))
end
