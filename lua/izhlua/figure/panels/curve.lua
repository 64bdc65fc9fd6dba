-- Series of points, lines and bars: izh.curve{ x =, y =, … }, izh.curve({ {…}, {…} }, options).
local core = require "izhlua.core"
local check = require "izhlua.options"
local colours = require "izhlua.figure.colours"
local look = require "izhlua.figure.look"
local panel = require "izhlua.figure.panel"
local text, flag, column = check.text, check.flag, panel.column
local LOOK, INK, SERIES = panel.LOOK, panel.INK, panel.INK.series

local series_options = {
  "x", "y", "error", "low", "high", "band", "label", "style", "color", "marker", "dash", "width", "size", "axis",
}
local styles = { "points", "line", "both", "step", "bars" }
local FEW = 60 -- up to so many points each has a marker
local APART = 3 -- pt between points of several series at one x

local function shifted(func, what, y, by, sign)
  local out = {}
  for k = 1, #y do
    if by[k] < 0 then core.raise(func, ("%s[%d] must not be negative (got %g)"):format(what, k, by[k])) end
    out[k] = y[k] + sign * by[k]
  end
  return core.numbers(func, what, out)
end

-- The ends of error bars: `error` gives their half widths, or low and high the ends.
local function read_limits(func, what, given, y)
  if given.error ~= nil then
    if given.low ~= nil or given.high ~= nil then
      core.raise(func, ("%s: give error, or low and high, not both"):format(what))
    end
    local by = column(func, what .. ".error", given.error, #y, "x")
    return shifted(func, what .. ".error", y, by, -1), shifted(func, what .. ".error", y, by, 1)
  end
  if (given.low == nil) ~= (given.high == nil) then
    core.raise(func, ("%s: low and high go together"):format(what))
  end
  if given.low == nil then return nil, nil end
  return column(func, what .. ".low", given.low, #y, "x"), column(func, what .. ".high", given.high, #y, "x")
end

-- A list of words as x: their places 1, 2, 3 … on an axis of categories.
local function read_x(func, what, given, categories)
  if type(given) ~= "table" or type(given[1]) ~= "string" then return core.numbers(func, what, given) end
  local places = {}
  for k = 1, core.list(func, what, given) do
    local name = text(func, ("%s[%d]"):format(what, k), given[k])
    if not categories[name] then
      categories[#categories + 1] = name
      categories[name] = #categories
    end
    places[k] = categories[name]
  end
  return core.numbers(func, what, places)
end

-- The edges of steps: y holds from x to the next x, the last one as long as the one before.
local function edges_of(func, what, x)
  local edges, n = x:totable(), #x
  for k = 2, n do
    if not (x[k] > x[k - 1]) then core.raise(func, ("%s.x must ascend for steps, but x[%d] = %g"):format(what, k, x[k])) end
  end
  if n > 0 then edges[n + 1] = x[n] + (n > 1 and x[n] - x[n - 1] or 1) end
  return core.numbers(func, what, edges)
end

-- What markers, lines and bars look like.
local function read_look(func, what, given, one)
  one.colour = colours.read(func, what .. ".color", given.color)
  local _, marker = check.word(func, what .. ".marker", given.marker, look.MARKERS)
  local _, dash = check.word(func, what .. ".dash", given.dash, look.DASHES)
  one.marker, one.dash = marker, dash
  one.width = check.number(func, what .. ".width", given.width, 0.1, 20, "a number of points, 0.1 … 20")
  one.size = check.number(func, what .. ".size", given.size, 0.3, 50, "a number of points, 0.3 … 50")
  one.right = check.word(func, what .. ".axis", given.axis, { "left", "right" }) == "right"
end

local function read_series(func, what, given, i, many, categories)
  if type(given) ~= "table" then core.wrong(func, what, "a table { x = {…}, y = {…} }", given) end
  core.options(func, given, series_options)
  for _, name in ipairs{ "x", "y" } do
    if given[name] == nil then core.raise(func, ("%s.%s is missing"):format(what, name)) end
  end
  local x = read_x(func, what .. ".x", given.x, categories)
  local y = column(func, what .. ".y", given.y, #x, "x")
  local usual = #categories > 0 and "points" or #x <= FEW and "both" or "line"
  local style = check.word(func, "style", given.style, styles, usual)
  local below, above = read_limits(func, what, given, y)
  local one = {
    x = x, y = y, below = below, above = above, band = flag(func, what .. ".band", given.band, style == "line"),
    look = LOOK[style] or LOOK.steps, label = text(func, what .. ".label", given.label),
    ink = many and SERIES or INK.neutral, shade = i - 1,
  }
  if style == "step" then
    if below then core.raise(func, what .. ": steps have no error bars") end
    one.x, one.open = edges_of(func, what, x), true
  end
  read_look(func, what, given, one)
  return one
end

local function read_all(func, given)
  local categories = {}
  if type(given) ~= "table" then
    core.wrong(func, "the first argument of izh.curve", "{ x = {…}, y = {…} } or a list of such tables", given)
  end
  if given.x ~= nil or given.y ~= nil then return { read_series(func, "series", given, 1, false, categories) }, categories end
  local series, n = {}, core.list(func, "the list of series", given)
  for i = 1, n do series[i] = read_series(func, ("series %d"):format(i), given[i], i, n > 1, categories) end
  if n == 0 then core.raise(func, "a curve needs at least one series") end
  return series, categories
end

-- Several series of bars: beside each other, or on top of each other. Their widths are parts of the least distance.
local function place_bars(func, series, stacked)
  local bars, least = {}, math.huge
  for _, one in ipairs(series) do
    if one.look == LOOK.bars then
      bars[#bars + 1] = one
      for k = 2, #one.x do
        local apart = math.abs(one.x[k] - one.x[k - 1])
        if apart > 0 then least = math.min(least, apart) end
      end
    end
  end
  local room = 0.8 * (least < math.huge and least or 1)
  local heights = {}
  for i, one in ipairs(bars) do
    one.bar_width = stacked and room or room / #bars
    local x, y, base = one.x:totable(), one.y:totable(), {}
    for k = 1, #x do
      if not stacked then
        x[k] = x[k] + (i - (#bars + 1) / 2) * one.bar_width
      elseif y[k] == y[k] then
        if y[k] < 0 then core.raise(func, ("stacked bars must not be negative (got %g)"):format(y[k])) end
        base[k] = heights[x[k]] or 0
        heights[x[k]] = base[k] + y[k]
        y[k] = heights[x[k]]
      else
        base[k] = 0
      end
    end
    one.x = core.numbers(func, "x", x)
    if stacked then one.y, one.base = core.numbers(func, "y", y), core.numbers(func, "base", base) end
  end
  if stacked and #bars == 0 then core.raise(func, "stacked is for series with style = \"bars\"") end
end

-- Whether error bars can be seen.
local function has_bars(one)
  for k = 1, one.below and not one.band and one.look ~= LOOK.bars and #one.x or 0 do
    if one.below[k] < one.above[k] then return true end
  end
  return false
end

-- Moves series with error bars apart when two have points at one x, so that all bars are seen.
local function move_apart(series)
  local with, seen, meet = {}, {}, false
  for _, one in ipairs(series) do
    if has_bars(one) then
      with[#with + 1] = one
      local own = {}
      for k = 1, #one.x do
        meet, own[one.x[k]] = meet or seen[one.x[k]], one.x[k] == one.x[k] or nil
      end
      for x in pairs(own) do seen[x] = true end
    end
  end
  for i, one in ipairs(with) do one.shift = meet and (i - (#with + 1) / 2) * APART or nil end
end

local function has_right(series)
  local left, right = false, false
  for _, one in ipairs(series) do left, right = left or not one.right, right or one.right end
  return right, left
end

return {
  help = "points, lines and bars, with error bars or bands: f–I curves, dose–response",
  source = "izhlua.CurveSeries|izhlua.CurveSeries[]",
  options = {
    panel.bars{ "x", "y" },
    { name = "log", kind = "word", words = { "x", "y", "xy" }, help = "logarithmic axes" },
    { name = "stacked", kind = "flag", help = "bars stand on each other, not beside each other" },
    { name = "y2label", kind = "text", help = "title of the right axis, of series with axis = \"right\"" },
    { name = "y2lim", kind = "range", help = "{ lo, hi } of the right axis" },
  },
  make = function(self, given, o)
    local func = self.name
    local series, categories = read_all(func, given)
    local log = o.log or ""
    local x = { bar = panel.bar(o.bars.x), log = log:find("x", 1, true) ~= nil }
    if #categories > 0 then
      if x.log then core.raise(func, "an axis of categories cannot be logarithmic") end
      look.set_ticks(x, look.categories(func, categories))
      x.lo, x.hi = 0.5, #categories + 0.5
    end
    place_bars(func, series, o.stacked)
    move_apart(series)
    local track = {
      y = { bar = panel.bar(o.bars.y), log = log:find("y", 1, true) ~= nil, zero = true }, series = series,
    }
    local right, left = has_right(series)
    if right then
      if not left then core.raise(func, "axis = \"right\" is for some of several series") end
      local y2lim = o.y2lim or {}
      track.right = { title = o.y2label, lo = y2lim[1], hi = y2lim[2], zero = true }
    elseif o.y2label or o.y2lim then
      core.raise(func, "y2label and y2lim are for series with axis = \"right\"")
    end
    return { x = x, tracks = { track } }, ("curve panel: %d series"):format(#series)
  end,
}
