-- What panels with one pair of axes share: rates, histograms, spectra.
local panel = require "izhlua.figure.panel"

local axes = {}

-- Whether a list of sources is given, not one source.
function axes.is_list(given)
  return type(given) == "table" and (type(given[1]) == "table" or type(given[1]) == "userdata")
end

-- A plot with one pair of axes, x and y. The options bars, xlim and ylim change them.
function axes.plot(o, x, y, series)
  local xlim, ylim = o.xlim or {}, o.ylim or {}
  x.bar, y.bar = panel.bar(o.bars.x), panel.bar(o.bars.y)
  x.lo, x.hi = xlim[1] or x.lo, xlim[2] or x.hi
  y.lo, y.hi = ylim[1] or y.lo, ylim[2]
  return { x = x, tracks = { { y = y, series = series } } }
end

return axes
