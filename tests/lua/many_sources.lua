-- A projection of so many sources that what is known of their delays is not in the cache: each spike arrives where and when it should.
local check = require "check"
local izh = require "izhlua"

local N, LONGEST = 140000, 9
local net = izh.network{ seed = 1, dt = 1, threads = 1 }
local sources = net:population("sources", N, "spike_source", { times = { 1 } })
local cells = net:population("cells", 300, "RS")
local p = net:connect(sources, cells, { rule = "fixed_outdegree", n = 2, weight = izh.uniform(0, 0.01),
  delay = izh.choice{ 0, 1, 2, 3, 4, 5, 6, 7, 8, LONGEST } })
local events, input, first = {}, {}, cells.ids[1]
for d = 0, LONGEST do
  events[d], input[d] = 0, {}
  for k = 1, 300 do input[d][k] = 0 end
end
for _, post, weight, delay in p:synapses() do
  local d = math.tointeger(delay)
  events[d] = events[d] + 1
  input[d][post - first + 1] = input[d][post - first + 1] + weight
end
local recording = net:record(cells, "i_exc", { every = 1 })
net:step(1) -- all give their spike at its end
for d = 0, LONGEST do
  net:step(1)
  check.equal(net:profile().synaptic_events, events[d], "events of delay " .. d)
end
for k = 1, 300 do
  local values = recording:values("i_exc", k)
  for d = 0, LONGEST do
    check.near(values[#values - LONGEST + d], input[d][k], 1e-9, ("cell %d, delay %d"):format(k, d))
  end
end
