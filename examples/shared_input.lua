-- shared_input.lua: neurons that are driven by the same sources fire together, although no synapse connects them. The pool from which each
-- neuron has its 100 sources is made larger: the fewer sources two neurons share, the less they are correlated.
local izh = require "izhlua"

local pools = { 120, 200, 400, 1000, 3000, 10000 }
local shared, correlation = {}, {}

for k, pool in ipairs(pools) do
  local net = izh.network{ seed = 5 }
  local input = net:population("input", pool, "poisson", { rate = 20 })
  local E = net:population("E", 40, "RS")
  net:connect(input, E, { rule = "fixed_indegree", n = 100, weight = 0.6, synapse = "exp", tau = 5 })
  net:run(10000)
  shared[k] = 100 / pool -- of its sources, that a neuron shares with another one on average
  correlation[k] = net:spikes{ of = E, from = 200 }:correlation_coefficient{ bin = 20 }
end

izh.figure{
  izh.curve({ x = shared, y = correlation }, { xlabel = "Shared sources (fraction)", ylabel = "Correlation of spike counts" }),
}:save("shared_input.pdf")
