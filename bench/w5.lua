-- W5: a thousand neurons, each with 100 sources of 20 Hz that act through decaying synapses, for 10 s at dt = 0.5.
local izh = require "izhlua"
local report = require "report"
local net = izh.network{ seed = 1, dt = 0.5 }
local E = net:population("E", 1000, "RS")
net:stimulate(E, izh.poisson{ rate = 2000, weight = 1, synapse = "exp", tau = 3 })
report.built()
net:run(10000)
report.done()
report.finish(net)
