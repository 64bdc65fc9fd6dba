-- Spectrum: the power of the population rate (Welch's method), here with and without strong inhibition.
local izh = require "izhlua"
local net, changed = require "network"(), require "network"()
changed.projections.inhibition:scale(3)
net:run(4000)
changed:run(4000)

izh.figure{
  izh.spectrum({ net, changed }, { labels = { "control", "inhibition ×3" }, xlim = { 0, 100 } }),
}:save("spectrum.pdf")
