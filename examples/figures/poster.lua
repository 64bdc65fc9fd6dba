-- A poster, 420 mm wide: the same panels with text of 24 pt.
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
local E, I = net:population("E", 80, "E2003"), net:population("I", 20, "I2003")
net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.5, weight = 3 })
net:connect(I, net, { rule = "pairwise_bernoulli", p = 0.5, weight = -3 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
local recording = net:record(E{ 1 }, { "v", "u" }, { every = 0.5 })
net:run(600)

izh.figure{ style = "poster", columns = 2,
  izh.raster(net, { span = 2, title = "A network that bursts" }),
  izh.trace(recording, { title = "one of its neurons" }),
  izh.histogram(net, { of = "isi", log = "x", title = "intervals", color = "bluish green" }),
}:save("poster.pdf")
