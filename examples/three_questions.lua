-- three_questions.lua: three questions about the fifty neurons of seed.lua, answered on one page. Why are some neurons silent? Why do
-- bursts appear? What happens if inhibition increases? Each answer is found by running again with one thing changed.
local izh = require "izhlua"
local net = izh.network{ seed = 7 }

local E = net:population("E", 40, "E2003")
local I = net:population("I", 10, "I2003")
net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
net:run(1000)

local bursts = izh.explain.bursts(net)
local from = math.ceil(bursts[2].stop) + 80                       -- in a burst all fire; between two, some do not
local silence = izh.explain.silence(net, { from = from, to = from + 150 })
local inhibition = izh.explain.inhibition(net, { strengths = { 0, 0.5, 1, 1.5, 2, 3, 4 } })
print(silence)
print(bursts)
print(inhibition)

local raster = izh.raster(net, { span = 6, marks = { { from, from + 150, "asked about in b and c" } } })
local b = silence:panels{ span = 3, titles = { "Why silent? What they got, and would need" } }
local c = bursts:panels{ span = 3, titles = { "", "Why bursts? One of them, with one thing changed", "All of them (0: gone)" } }
local d = inhibition:panels{ span = 2, titles = { "What does inhibition do?", "", "Less synchrony …", "… and fewer bursts" } }
izh.figure{ width = "double", columns = 6, heights = { 3, 2, 2, 2 }, raster, b[1], b[2], c[2], c[3], d[1], d[3], d[4] }:save("three_questions.pdf")
