-- ring.lua: neurons on a ring. Excitation is likely between neighbours, by a probability that falls with their distance; inhibition
-- reaches everywhere. Activity comes in bumps: each burst has a part of the ring, and the next one another. Input to one place, from
-- 200 to 300 ms, calls the bumps there.
local izh = require "izhlua"
local net = izh.network{ seed = 3 }

local N, M = 400, 100
local E = net:population("E", N, "RS")
local I = net:population("I", M, "FS")

-- the distance of two cells of E on the ring, 0 … 0.5
local function distance(i, j)
  local d = math.abs(i - j) / N
  return math.min(d, 1 - d)
end

net:connect(E, E, { name = "local", rule = "pairwise_bernoulli", weight = 0.5, synapse = "exp", tau = 20,
  p = function(pre, post) return math.exp(-(distance(pre, post) / 0.06) ^ 2) end })
net:connect(E, I, { rule = "pairwise_bernoulli", p = 0.2, weight = 0.6, synapse = "exp", tau = 5 })
net:connect(I, E, { rule = "pairwise_bernoulli", p = 0.5, weight = -0.5, synapse = "exp", tau = 10 })

net:stimulate(E, izh.noise{ mean = 2, sd = 2 })
local cue = net:population("cue", 40, "poisson", { rate = 0 })
net:connect(cue, E:slice(181, 220), { rule = "one_to_one", weight = 8, synapse = "exp", tau = 5 })
net:at(200, function() cue:set{ rate = 200 } end)
net:at(300, function() cue:set{ rate = 0 } end)

net:run(1000)
net:raster("ring.pdf", { of = E, marks = { { 200, "cue" }, { 300, "over" } } })
