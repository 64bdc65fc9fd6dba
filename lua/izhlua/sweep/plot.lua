-- The figure of a sweep: of each result a curve, a set of curves or a map; of trials a histogram.
local core = require "izhlua.core"
local check = require "izhlua.options"
local join = require "izhlua.join"
local file = require "izhlua.sweep.file"
local page = require "izhlua.figure.page"
local panel = require "izhlua.figure.panel"

local plot = {}

local SHORT = 4 -- a dimension of so few values is drawn as series, not as the side of a map

-- Escapes a text, so that none of it is markup.
local function plain(text)
  return (text:gsub("&", "&amp;"):gsub("<", "&lt;"))
end

-- What is known of a dimension: title of its axis, whether it is of numbers, its values and their places in the plan,
-- numbers in ascending order.
local function dimension(plan, i)
  local look, order = plan.looks[i], {}
  local values, numeric = plan.values[i], type(plan.values[i][1]) == "number"
  for k in ipairs(values) do order[k] = k end
  if numeric then table.sort(order, function(a, b) return values[a] < values[b] end) end
  local name = look.label or plain(plan.names[i])
  local unit = look.unit and look.unit ~= "" and look.unit or nil
  return {
    title = name .. (unit and (" (%s)"):format(unit) or ""), name = name, unit = unit, numeric = numeric, order = order,
    values = values, log = look.log,
  }
end

-- The text of the k-th value in order.
local function value_text(of, k)
  local value = of.values[of.order[k]]
  return type(value) == "number" and panel.shown(value) or plain(file.text(value))
end

local function names_of(of)
  local names = {}
  for k in ipairs(of.order) do names[k] = value_text(of, k) end
  return names
end

-- The points of a curve: found(place) is what was found at the place of a value of the dimension.
local function points(of, found)
  local x, y, ci = {}, {}, {}
  for k, place in ipairs(of.order) do
    local one = found(place)
    x[k], y[k], ci[k] = of.numeric and of.values[place] or value_text(of, k), one.mean, one.ci
  end
  -- categories have no order: they are never joined
  return { x = x, y = y, error = ci, band = of.numeric, style = not of.numeric and "points" or nil }
end

local function trials_note(plan)
  return plan.trials > 1 and ("%d trials, 95 %% interval"):format(plan.trials) or nil
end

local function copy(options)
  local own = {}
  for name, value in pairs(options) do own[name] = value end
  return own
end

-- The defaults, and the options that a script gave.
local function completed(options, defaults)
  local all = copy(defaults)
  for name, value in pairs(options) do all[name] = value end
  if options.xscale ~= nil then all.log = options.log end
  return all
end

local makers = {}

function makers.curve(sweep, name, options)
  local of = dimension(sweep.plan, 1)
  local series = points(of, function(place) return sweep.points[place][name] end)
  return "curve", series, completed(options, {
    xlabel = of.title, ylabel = plain(name), note = trials_note(sweep.plan), log = of.log and "x" or nil,
  })
end

-- A curve over one dimension for each value of the other.
function makers.series(sweep, name, options, along)
  local plan, list = sweep.plan, {}
  local of, other = dimension(plan, along), dimension(plan, 3 - along)
  for k, fixed in ipairs(other.order) do
    list[k] = points(of, function(place)
      local first, second = along == 1 and place or fixed, along == 1 and fixed or place
      return sweep.points[(first - 1) * #plan.values[2] + second][name]
    end)
    list[k].band = false
    list[k].label = ("%s%s%s"):format(other.numeric and other.name .. " = " or "", value_text(other, k),
      other.unit and " " .. other.unit or "")
  end
  return "curve", list, completed(options, {
    xlabel = of.title, ylabel = plain(name), note = trials_note(plan), log = of.log and "x" or nil,
  })
end

local function cell_ticks(of)
  local ticks = {}
  for k, text in ipairs(names_of(of)) do ticks[k] = { k, text } end
  return ticks
end

-- A row for each value of the first dimension, from the bottom up, and a column for each value of the second.
function makers.map(sweep, name, options)
  local plan, rows = sweep.plan, {}
  local down, along = dimension(plan, 1), dimension(plan, 2)
  for i, first in ipairs(down.order) do
    rows[i] = {}
    for k, second in ipairs(along.order) do
      rows[i][k] = sweep.points[(first - 1) * #plan.values[2] + second][name].mean
    end
  end
  return "matrix", rows, completed(options, {
    label = plain(name), xlabel = along.title, ylabel = down.title, xticks = cell_ticks(along), yticks = cell_ticks(down),
    aspect = "free", missing = "undefined", note = plan.trials > 1 and ("mean of %d trials"):format(plan.trials) or nil,
  })
end

function makers.histogram(sweep, name, options, make_rows)
  local values = {}
  for i, row in ipairs(make_rows(sweep)) do values[i] = row[name] end
  return "histogram", values, completed(options, { xlabel = plain(name) })
end

-- How the sweep is drawn: the kind of panel, the maker, and what it also needs.
local function form_of(func, sweep, as, make_rows)
  local plan = sweep.plan
  local n = #plan.names
  if n > 2 then core.raise(func, ("a sweep of %d dimensions cannot be drawn; one or two can"):format(n)) end
  if n < 2 and as then core.raise(func, "as is for a sweep of two dimensions") end
  if n == 0 then return "histogram", makers.histogram, make_rows end
  if n == 1 then return "curve", makers.curve end
  local first, second = dimension(plan, 1), dimension(plan, 2)
  local short = math.min(#first.values, #second.values) <= SHORT
  if as == "map" or as == nil and first.numeric and second.numeric and not short then return "matrix", makers.map end
  -- numbers are along the axis, and of two dimensions of numbers or of names the longer one
  local along = first.numeric ~= second.numeric and (first.numeric and 1 or 2)
    or #first.values >= #second.values and 1 or 2
  return "curve", makers.series, along
end

local own_options = { "as", "of", "labels" }

-- The names of the results to draw, and their titles.
local function read_results(func, sweep, options)
  local names = sweep.names
  if options.of ~= nil then
    names = type(options.of) == "string" and { options.of } or options.of
    if type(names) ~= "table" then core.wrong(func, "of", "the name of a result, or a list of names", options.of) end
    if core.list(func, "of", names) == 0 then core.raise(func, "of must not be empty") end
    for _, name in ipairs(names) do
      if not check.place(sweep.names, name) then core.unknown(func, "result", tostring(name), sweep.names) end
    end
  end
  local labels = options.labels or {}
  if type(labels) ~= "table" then core.wrong(func, "labels", "a table such as { rate = \"Rate (Hz)\" }", labels) end
  core.options(func, labels, sweep.names)
  for name, label in pairs(labels) do check.text(func, "labels." .. name, label) end
  return names, labels
end

-- The panels of a sweep. page_options: names of options that are not theirs.
local function make_panels(func, sweep, make_rows, options, page_options)
  if options ~= nil and type(options) ~= "table" then core.wrong(func, "the options", "a table", options) end
  options = options or {}
  local as = check.word(func, "as", options.as, { "map", "series" })
  local kind, make, more = form_of(func, sweep, as, make_rows)
  check.known(func, options, panel.options(kind, join(own_options, page_options)))
  local names, labels = read_results(func, sweep, options)
  local own, list = copy(options), {}
  for _, name in ipairs(join(own_options, page_options)) do own[name] = nil end
  for i, name in ipairs(names) do
    local _, data, all = make(sweep, name, own, more)
    if labels[name] then
      local title = kind == "matrix" and "label" or kind == "histogram" and "xlabel" or "ylabel"
      all[title] = own[title] or labels[name]
    end
    list[i] = panel.draw(kind, data, all)
  end
  return list
end

function plot.panels(func, sweep, make_rows, options)
  return make_panels(func, sweep, make_rows, options, {})
end

-- Saves the panels on a page of their own.
function plot.save(func, sweep, make_rows, path, options)
  local list, sheet = make_panels(func, sweep, make_rows, options, page.options), {}
  for _, name in ipairs(page.options) do sheet[name] = options and options[name] end
  sheet.columns = sheet.columns or math.min(#list, 3)
  if not sheet.style then sheet.width = sheet.width or (#list > 1 and "double" or "single") end
  table.move(list, 1, #list, 1, sheet)
  require "izhlua.figure"(sheet):save(path)
end

return plot
