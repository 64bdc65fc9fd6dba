-- A slide, 16:9: text of 16 pt, and lines and markers that grow with it.
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
local E, I = net:population("E", 80, "E2003"), net:population("I", 20, "I2003")
net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.5, weight = 3 })
local inhibition = net:connect(I, net, { rule = "pairwise_bernoulli", p = 0.5, weight = -3 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
net:at(500, function() inhibition:scale(3) end)
net:run(1000)

izh.figure{ style = "slide", letters = false, columns = 1, heights = { 3, 2 },
  izh.raster(net, { rate = false, title = "Stronger inhibition breaks up the bursts", marks = { { 500, "inhibition ×3" } } }),
  izh.rate(net, { lines = { { y = 10, dash = "dashed" } }, marks = { { 500 } } }),
}:save("slide.pdf")
