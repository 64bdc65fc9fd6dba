-- Projections: rules, kernels, files and matrices.
local izh = require "izhlua"
net = izh.network{ seed = 5, dt = 0.5 }
local A, B = net:population("A", 6, "RS"), net:population("B", 5, "FS")
for i, options in ipairs{ { rule = "one_to_one", autapses = true }, { rule = "fixed_outdegree", n = 2, synapse = "exp", tau = 3 },
  { rule = "fixed_indegree", n = 3, multapses = true, synapse = "alpha", tau = 2 },
  { rule = "pairwise_bernoulli", p = 0.4, synapse = "delta" }, { rule = "fixed_total_number", n = 7, width = 2 } } do
  options.weight, options.delay, options.name = izh.uniform(0, 2), izh.normal(2, 0.5), "P" .. i
  net:connect(A, i == 1 and A or B, options)
end
net:connect(B, A, { rule = "matrix", matrix = { { 1, 0, 2, 0, 0, 3 }, { 0, 0, 0, 0, 0, 1 }, { 1, 1, 1, 1, 1, 1 }, { 0, 0, 0, 0, 0, 0 },
  { 2, 2, 0, 0, 0, 0 } }, name = "matrix" })
net.projections.P2:save "wiring.csv"
net:connect(A, B, { rule = "pairs", pairs = "wiring.csv", name = "read" })
local file = assert(io.open("wiring.mtx", "w"))
file:write "%%MatrixMarket matrix coordinate real general\n5 6 2\n1 2 0.5\n5 6 -1\n"
file:close()
net:connect(B, A, { rule = "matrix", matrix = "wiring.mtx", name = "market" })
net:run(4)
net.projections.P3:set("weight", function(pre, post) return pre - post end)
net.projections.read:scale(2)
net.projections.P1:disable()
net:run(4)
net.projections.P1:enable()
assert(#net.projections.P5:get("delay") == 7 and tostring(net.projections):find "market")
