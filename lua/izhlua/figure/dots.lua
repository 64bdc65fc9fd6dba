-- What rasters of neurons and of trials have in common: a track of dots, and one of rates below it.
local core = require "izhlua.core"
local panel = require "izhlua.figure.panel"
local time = require "izhlua.figure.time"

local dots = {}

dots.bars = panel.bars{ "time", "rate" }
dots.size = {
  name = "size", unit = "pt", low = 0.3, high = 20, allowed = "a number of pt, 0.3 … 20",
  help = "side of the dots; default chosen for the rows and the number of spikes",
}
dots.without = { yscale = "its rows are neurons or trials" }

-- The groups of rows are the series of the track. Those with the same ink get its shades in turn.
local function series_of(groups)
  local before = {}
  for _, group in ipairs(groups) do
    before[group.ink] = (before[group.ink] or -1) + 1
    group.look, group.of, group.shade = panel.LOOK.dots, group.label, before[group.ink]
  end
  return groups
end

local function rates_of(func, rates, o)
  local lim = o.ylim or { 0 }
  if lim[1] < 0 then
    core.raise(func, ("ylim is the range of the rates, from 0 Hz or more (got { %g, %g })"):format(lim[1], lim[2]))
  end
  return {
    y = { title = "Rate (Hz)", unit = "Hz", lo = lim[1], hi = lim[2], bar = panel.bar(o.bars.rate) }, rates = rates, series = {},
  }
end

-- raster: { rows =, from =, to =, … } as read_raster in src/bind/figure/plot.c has it; groups: of its rows; title: that
-- of their axis; rates: { bin =, dt = }, or nil.
function dots.plot(func, o, raster, groups, title, rates)
  local x = time.axis(raster.from, raster.to, o.marks, o.bars.time)
  raster.per_ms, raster.dot = x.per_ms, o.size
  o.xlim = nil -- the window is cut to it
  if o.ylim and not rates then core.raise(func, "ylim is the range of the rates, and rate is false") end
  return {
    x = x,
    tracks = {
      { y = { title = title or "Neuron", bar = panel.bar(false) }, raster = raster, series = series_of(groups) },
      rates and rates_of(func, rates, o) or nil,
    },
    empty = raster.from == raster.to and "window of length zero" or "no spikes",
  }
end

return dots
