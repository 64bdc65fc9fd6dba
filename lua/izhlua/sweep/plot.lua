-- The figure of a sweep: of each result a curve, a set of curves or a map, or one of these for each value of a third
-- dimension; of trials a histogram.
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

-- How a sweep of at most two dimensions is drawn: the kind of panel, the maker, and what it also needs.
local function form_of(func, plan, as, make_rows)
  local n = #plan.names
  if n < 2 and as then core.raise(func, "as is for a sweep of two or three dimensions") end
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

-- Three dimensions: panels beside each other, one for each value of the last dimension ---------------------------------

local COLUMNS = 5 -- at most so many panels are beside each other

-- A sweep of the first two dimensions, at one value of the third.
local function cut(sweep, place)
  local plan, points = sweep.plan, {}
  local depth = #plan.values[3]
  for i = 1, #plan.values[1] * #plan.values[2] do points[i] = sweep.points[(i - 1) * depth + place] end
  local function two(list) return { list[1], list[2] } end
  return {
    points = points, names = sweep.names,
    plan = { names = two(plan.names), values = two(plan.values), looks = two(plan.looks), trials = plan.trials },
  }
end

local function cuts_of(sweep)
  if #sweep.plan.names < 3 then return { { sweep = sweep } } end
  local of, list = dimension(sweep.plan, 3), {}
  for k, place in ipairs(of.order) do
    list[k] = {
      sweep = cut(sweep, place), first = k == 1, last = k == #of.order,
      title = ("%s%s%s"):format(of.numeric and of.name .. " = " or "", value_text(of, k), of.unit and " " .. of.unit or ""),
    }
  end
  return list
end

-- Panels of one result are to be compared, so they have one range of numbers: of colours, or of the vertical axis.
local function share_range(sweep, name, kind, options)
  local all = {}
  for i, point in ipairs(sweep.points) do
    local mean, ci = point[name].mean, kind == "curve" and point[name].ci or 0
    local half = ci == ci and ci or 0
    all[2 * i - 1], all[2 * i] = mean - half, mean + half
  end
  local lo, hi = math.huge, -math.huge
  for _, x in ipairs(all) do
    if x == x then lo, hi = math.min(lo, x), math.max(hi, x) end
  end
  if not (lo < hi) then return {} end
  if kind == "curve" then
    local log = options.yscale == "log" or (options.log or ""):find("y", 1, true)
    if log then return {} end
    lo, hi = math.min(lo, 0), math.max(hi, 0)
    local room = 0.05 * (hi - lo)
    return { ylim = { lo < 0 and lo - room or 0, hi > 0 and hi + room or 0 } }
  end
  local signed = options.colours == "signed"
  if options.colours == nil and options.colormap == nil then signed = panel.load("matrix").both_signs(all) end
  if signed then lo, hi = -math.max(-lo, hi), math.max(-lo, hi) end
  local colours = options.colormap == nil and (signed and "signed" or "sequential") or nil
  return { clim = options.range == nil and { lo, hi } or nil, colours = colours }
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

-- What a script gave, or the label of a result, as the title of its numbers.
local function name_result(kind, all, own, label)
  local title = kind == "matrix" and "label" or kind == "histogram" and "xlabel" or "ylabel"
  if label then all[title] = own[title] or label end
end

-- One of several panels beside each other: the first has the title of the vertical axis, the last that of the colours.
local function set_beside(all, one)
  all.title = one.title
  if not one.first then all.ylabel = "" end
  if not one.last and all.label then all.label = "" end
end

-- The panels of a sweep, and how many are to be beside each other. page_options: names of options that are not theirs.
local function make_panels(func, sweep, make_rows, options, page_options)
  if options ~= nil and type(options) ~= "table" then core.wrong(func, "the options", "a table", options) end
  options = options or {}
  local n = #sweep.plan.names
  if n > 3 then core.raise(func, ("a sweep of %d dimensions cannot be drawn; up to three can"):format(n)) end
  local as = check.word(func, "as", options.as, { "map", "series" })
  local cuts = cuts_of(sweep)
  local kind, make, more = form_of(func, cuts[1].sweep.plan, as, make_rows)
  panel.known(func, kind, options, join(own_options, page_options))
  if n == 3 and options.title ~= nil then core.raise(func, "the panels of a sweep of three dimensions have titles of their own") end
  local names, labels = read_results(func, sweep, options)
  local own, list = copy(options), {}
  for _, name in ipairs(join(own_options, page_options)) do own[name] = nil end
  for _, name in ipairs(names) do
    local shared = n == 3 and share_range(sweep, name, kind, own) or {}
    for _, one in ipairs(cuts) do
      local _, data, all = make(one.sweep, name, completed(own, shared), more)
      name_result(kind, all, own, labels[name])
      if n == 3 then set_beside(all, one) end
      list[#list + 1] = panel.draw(kind, data, all)
    end
  end
  local rows = (#cuts + COLUMNS - 1) // COLUMNS
  return list, n == 3 and (#cuts + rows - 1) // rows or math.min(#list, 3)
end

function plot.panels(func, sweep, make_rows, options)
  return (make_panels(func, sweep, make_rows, options, {}))
end

-- Saves the panels on a page of their own.
function plot.save(func, sweep, make_rows, path, options)
  local list, columns = make_panels(func, sweep, make_rows, options, page.options)
  local sheet = {}
  for _, name in ipairs(page.options) do sheet[name] = options and options[name] end
  sheet.columns = sheet.columns or columns
  if not sheet.style then sheet.width = sheet.width or (#list > 1 and "double" or "single") end
  table.move(list, 1, #list, 1, sheet)
  require "izhlua.figure"(sheet):save(path)
end

return plot
