-- Raster: a dot for each spike, the populations at the side, the rate of each below. A mark is a line, or a band.
local net = require "network"()

net:at(500, function() net.projections.inhibition:scale(3) end)
net:run(1000)
net:raster("raster.pdf", { marks = { { 150, 350, "as published" }, { 500, "inhibition ×3" } } })
