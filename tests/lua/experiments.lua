-- The first two scripts of the guide: what they promise holds for eight seeds, and the files in examples/ do the same.
local izh = require "izhlua"
local check = require "check"
local example = require "example"
local equal = check.equal

-- math.random follows the seed of the first network of a script, unless the script seeds it anew.
do
  izh.network{ seed = 7 }
  local first = { math.random(), math.random(1, 1000000) }
  izh.network{ seed = 8 } -- a later network changes nothing
  local third = math.random()
  math.randomseed(7)
  check.list({ math.random(), math.random(1, 1000000), math.random() }, { first[1], first[2], third })
end

local function build(seed)
  local net = izh.network{ seed = seed }

  local E = net:population("E", 40, "E2003")
  local I = net:population("I", 10, "I2003")

  net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
  net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })

  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  return net
end

local function seed_lua(seed)
  local net = build(seed)
  net:run(1000)
  return net
end

local function raise_inhibition_lua(seed)
  local net = build(seed)
  net:at(500, function(net) net.projections.inhibition:scale(3) end)
  net:run(1000)
  return net
end

-- The same seed gives the same spikes, every other seed others.
local known = {}
for seed = 1, 8 do
  local spikes = check.spikes(seed_lua(seed))
  equal(check.spikes(seed_lua(seed)), spikes, "the same seed")
  check.truth(not known[spikes], "another seed gives other spikes")
  known[spikes] = seed
end

-- Raised inhibition lowers the activity of every one of eight networks, and to less than half over all and for the
-- seed of the example; before, nothing differs from the network that is left alone.
local sum_before, sum_after = 0, 0
for seed = 1, 8 do
  local net, control = raise_inhibition_lua(seed), seed_lua(seed)
  local before, after = net:spikes{ to = 500 }, net:spikes{ from = 500 }
  equal(before.size + after.size, net:spikes().size)
  check.list(before:times(), control:spikes{ to = 500 }:times(), "before")
  check.list(before:senders(), control:spikes{ to = 500 }:senders(), "before")
  check.truth(after.size < before.size, ("seed %d: %d spikes before, %d after"):format(seed, before.size, after.size))
  if seed == 7 then check.truth(after.size < before.size / 2, "the example") end
  sum_before, sum_after = sum_before + before.size, sum_after + after.size
end
check.truth(sum_after < sum_before / 2, ("%d spikes before, %d after"):format(sum_before, sum_after))

equal(check.spikes(example("seed")), check.spikes(seed_lua(7)), "examples/seed.lua")
equal(check.spikes(example("raise_inhibition")), check.spikes(raise_inhibition_lua(7)), "examples/raise_inhibition.lua")
