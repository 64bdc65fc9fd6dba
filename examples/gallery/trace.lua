-- Trace: state over time from a recording; spikes reach the peak. Left with axes, right with scale bars in their place.
local izh = require "izhlua"
local net = izh.network{ dt = 0.25 }
local cell = net:population("cell", 1, "CH")
net:stimulate(cell, izh.current{ amplitude = 10, from = 20, to = 180 })
local recording = net:record(cell, { "v", "u", "i_ext" }, { every = 0.25 })
net:run(220)

izh.figure{ width = "double", columns = 2,
  izh.trace(recording, { title = "chattering" }),
  izh.trace(recording, { title = "chattering", variables = { "v", "i_ext" }, axes = "bars", bars = { time = 50, v = 20, i_ext = 10 } }),
}:save("trace.pdf")
