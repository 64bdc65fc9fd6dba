-- Histogram: intervals, rates, weights; linear and logarithmic. The bin, when it is not given, is a round one that suits the data.
local izh = require "izhlua"
local net = require "network"()
net:run(3000)
local spikes = net:spikes()

izh.figure{ width = "double", columns = 3,
  izh.histogram(spikes, { of = "isi", log = "x", bin = 0.2 }),
  izh.histogram(spikes, { of = "rate" }),
  izh.histogram(net.projections.excitation:get("weight"), { xlabel = "Weight (a.u.)" }),
}:save("histogram.pdf")
