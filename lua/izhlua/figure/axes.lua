-- What panels with one pair of axes share: rates, histograms, spectra.
local panel = require "izhlua.figure.panel"

local axes = {}

-- Whether a list of sources is given, not one source.
function axes.is_list(given)
  return type(given) == "table" and (type(given[1]) == "table" or type(given[1]) == "userdata")
end

-- A plot with one pair of axes, x and y. The option bars changes them.
function axes.plot(o, x, y, series)
  x.bar, y.bar = panel.bar(o.bars.x), panel.bar(o.bars.y)
  return { x = x, tracks = { { y = y, series = series } } }
end

return axes
