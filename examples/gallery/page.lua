-- Page: panels of all kinds in rows and columns with aligned axes; a panel may take several columns, rows have relative heights.
local izh = require "izhlua"
local net, E = require "network"()
local recording = net:record(E{ 1 }, { "v" }, { every = 0.5 })
net:at(500, function() net.projections.inhibition:scale(3) end)
net:run(1000)
local marks = { { 500, "inhibition ×3" } }

izh.figure{ width = "double", columns = 3, heights = { 3, 1.6, 2 }, letters = "upper",
  izh.raster(net, { span = 3, rate = false, marks = marks }),
  izh.trace(recording, { span = 3, marks = { { 500 } } }),
  izh.rate(net, { title = "rates", marks = { { 500 } } }),
  izh.histogram(net, { of = "isi", log = "x", bin = 0.2, title = "intervals" }),
  izh.phase("RS", { current = 10, legend = false, title = "a cell" }),
}:save("page.pdf")
