-- A ring of neurons that prefer directions: a cue at 90° leaves a bump of activity. Rows and times have real axes.
local izh = require "izhlua"

local N, bin = 72, 20
local net = izh.network{ seed = 1 }
local ring = net:population("ring", N, "RS", { d = 0.2 })
local function direction(k) return (k - 1) * 360 / N end
local function apart(a, b) return math.abs((direction(a) - direction(b) + 180) % 360 - 180) end
net:connect(ring, ring, { name = "ring", rule = "all_to_all", weight = function(pre, post)
  return 0.75 * math.exp(-(apart(pre, post) / 25) ^ 2 / 2) - 0.3
end, synapse = "exp", tau = 30 })
net:stimulate(ring, izh.noise{ mean = 2.5, sd = 1.5 })
for k = 1, N do
  if apart(k, 19) < 30 then net:stimulate(ring{ k }, izh.current{ amplitude = 8, from = 200, to = 400 }) end
end
net:run(1000)

local rows, times, directions = {}, {}, {}
for k = 1, N do rows[k], directions[k] = {}, direction(k) end
for i = 1, 1000 // bin do
  times[i] = (i - 0.5) * bin
  for k = 1, N do rows[k][i] = 0 end
end
for t, id in net:spikes():each() do
  local i = math.max(1, math.ceil(t / bin))
  rows[id][i] = rows[id][i] + 1000 / bin
end

izh.figure{ width = "onehalf",
  izh.matrix(rows, {
    x = times, y = directions, xlabel = "Time (ms)", ylabel = "Preferred direction", label = "Rate (Hz)",
    yticks = { { 0, "0°" }, { 90, "90°" }, { 180, "180°" }, { 270, "270°" } }, colormap = "magma",
    marks = { { 200, 400, "cue at 90°" } }, lines = { { y = 90, color = "white", dash = "dotted" } },
  }),
}:save("ring.pdf")
