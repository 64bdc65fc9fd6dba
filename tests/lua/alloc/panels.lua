-- Panels of every kind on one page; and it is drawn.
local izh = require "izhlua"
net = izh.network{ seed = 7 }
local P, Q = net:population("P", 6, "E2003"), net:population("Q", 3, "I2003")
net:connect(P, Q, { weight = 3, name = "PQ" })
net:stimulate(net, izh.noise{ sd = 5, mean = 5 })
local recording = net:record(P{ 2, 1 }, { "v", "u" }, { every = 0.5 })
net:run(60)
local marks = { { 20, "here" }, { 30, 40, "there" } }
local page = izh.figure{ width = "double", columns = 2, letters = true,
  izh.raster(net, { title = "<i>a</i> raster", order = "rate", marks = marks, of = { P, Q } }),
  izh.rate({ net:spikes{ of = P }, net:spikes{ of = Q } }, { labels = { "P", "Q" }, marks = marks }),
  izh.trace(recording, { neurons = { 1, 2 }, axes = "bars" }), izh.phase("RS", { current = 10, time = 20 }),
  izh.histogram({ 1, 2, 2, 3, 5 }, { bins = 4 }), izh.spectrum(net:spikes(), { log = "xy" }),
  izh.matrix(net.projections.PQ, { colours = "signed" }),
  izh.curve{ { x = { 1, 2, 3 }, y = { 2, 0 / 0, 5 }, error = { 1, 1, 1 }, label = "x<sub>2</sub>" } } }
page:save "page.svg"
net:raster("raster.png", { dpi = 40 })
assert(not pcall(izh.raster, net, { nothing = 1 }) and not pcall(page.save, page, "page.gif"))
