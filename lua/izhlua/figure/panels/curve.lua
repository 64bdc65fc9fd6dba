-- Series of points and lines: izh.curve{ x =, y =, … }, izh.curve({ {…}, {…} }, options).
local core = require "izhlua.core"
local check = require "izhlua.options"
local panel = require "izhlua.figure.panel"
local text, flag, column = check.text, check.flag, panel.column
local LOOK, INK, SERIES = panel.LOOK, panel.INK, panel.INK.series

local series_options = { "x", "y", "error", "low", "high", "band", "label", "style" }
local styles = { "points", "line", "both" }
local FEW = 60 -- up to so many points each has a marker

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

local function read_series(func, what, given, i, many)
  if type(given) ~= "table" then core.wrong(func, what, "a table { x = {…}, y = {…} }", given) end
  core.options(func, given, series_options)
  for _, name in ipairs{ "x", "y" } do
    if given[name] == nil then core.raise(func, ("%s.%s is missing"):format(what, name)) end
  end
  local x = core.numbers(func, what .. ".x", given.x)
  local y = column(func, what .. ".y", given.y, #x, "x")
  local style = check.word(func, "style", given.style, styles, #x <= FEW and "both" or "line")
  local below, above = read_limits(func, what, given, y)
  return {
    x = x, y = y, below = below, above = above, band = flag(func, what .. ".band", given.band, style == "line"),
    look = LOOK[style], label = text(func, what .. ".label", given.label),
    ink = many and SERIES or INK.neutral, shade = i - 1,
  }
end

local function read_all(func, given)
  if type(given) ~= "table" then
    core.wrong(func, "the first argument of izh.curve", "{ x = {…}, y = {…} } or a list of such tables", given)
  end
  if given.x ~= nil or given.y ~= nil then return { read_series(func, "series", given, 1, false) } end
  local series, n = {}, core.list(func, "the list of series", given)
  for i = 1, n do series[i] = read_series(func, ("series %d"):format(i), given[i], i, n > 1) end
  if n == 0 then core.raise(func, "a curve needs at least one series") end
  return series
end

return {
  help = "points and lines, with error bars or bands: f–I curves, dose–response",
  source = "izhlua.CurveSeries|izhlua.CurveSeries[]",
  options = {
    panel.title, panel.marks, panel.axes, panel.bars{ "x", "y" }, panel.span, panel.xlabel, panel.ylabel,
    { name = "log", kind = "word", words = { "x", "y", "xy" }, help = "logarithmic axes" }, panel.xlim, panel.ylim,
    panel.note,
  },
  make = function(self, given, o)
    local series = read_all(self.name, given)
    local log, xlim, ylim = o.log or "", o.xlim or {}, o.ylim or {}
    return {
      note = o.note,
      x = {
        title = o.xlabel, lo = xlim[1], hi = xlim[2], bar = panel.bar(o.bars.x), log = log:find("x", 1, true) ~= nil,
      },
      tracks = { {
        y = {
          title = o.ylabel, lo = ylim[1], hi = ylim[2], bar = panel.bar(o.bars.y),
          log = log:find("y", 1, true) ~= nil, zero = true,
        },
        series = series,
      } },
    }, ("curve panel: %d series"):format(#series)
  end,
}
