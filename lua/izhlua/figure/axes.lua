-- What panels of one pair of axes share: rates, histograms, spectra.
local check = require "izhlua.options"
local panel = require "izhlua.figure.panel"
local text, range = check.text, check.range

local axes = {}

-- Are these several sources, or one.
function axes.is_list(given)
  return type(given) == "table" and (type(given[1]) == "table" or type(given[1]) == "userdata")
end

-- The frame, title … that these panels share; x and y are axes.
function axes.plot(func, options, x, y, series)
  local bars = panel.bars(func, options.bars, { "x", "y" })
  local xlim, ylim = range(func, "xlim", options.xlim) or {}, range(func, "ylim", options.ylim) or {}
  x.bar, y.bar = panel.bar(bars.x), panel.bar(bars.y)
  x.lo, x.hi = xlim[1] or x.lo, xlim[2] or x.hi
  y.lo, y.hi = ylim[1] or y.lo, ylim[2]
  return {
    title = text(func, "title", options.title), frame = panel.frame(func, options),
    span = panel.span(func, options.span), marks = panel.marks(func, options.marks),
    x = x, tracks = { { y = y, series = series } },
  }
end

return axes
