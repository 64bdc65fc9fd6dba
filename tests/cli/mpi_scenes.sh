# For the tests on several ranks: scripts that say what their networks come to.

# Every rule, with weights and delays that are one, drawn or given; populations that are cut, whole, and sources.
cat >rules.lua <<'END'
dofile "tools.lua"
local rules = {
  { rule = "all_to_all", weight = 0.05 },
  { rule = "one_to_one", weight = 5 },
  { rule = "pairwise_bernoulli", p = 0.1, weight = izh.normal(0.5, 0.1), delay = izh.uniform(0, 8) },
  { rule = "fixed_indegree", n = 20, weight = izh.uniform(0, 1), delay = 2 },
  { rule = "fixed_indegree", n = 20, multapses = true, weight = 0.5 },
  { rule = "fixed_outdegree", n = 20, weight = 0.5, delay = izh.uniform(1, 5) },
  { rule = "fixed_outdegree", n = 20, multapses = true, weight = 0.5, delay = 1 },
  { rule = "fixed_total_number", n = 5000, weight = izh.normal(0, 1) },
  { rule = "pairs", pairs = {}, weight = 2 },
  { rule = "matrix", matrix = {}, delay = 1 },
  { rule = "pairwise_bernoulli", p = 0.05,
    weight = function(i, j) return (i % 7 - j % 3) * 0.1 end, delay = function(i, j) return (i + j) % 4 end },
  { rule = "pairwise_bernoulli", p = 0.1, weight = izh.normal(0.5, 0.1), delay = izh.uniform(0, 8), storage = "none" },
  { rule = "fixed_outdegree", n = 20, multapses = true, weight = 0.5, delay = 1, storage = "none" },
}
for k = 1, 300 do
  rules[9].pairs[k] = { k, 3 * k % 300 + 1 }
  local row = {}
  for j = 1, 300 do row[j] = (k * j) % 11 == 0 and 0.2 or 0 end
  rules[10].matrix[k] = row
end
local function run(k, integrator)
  local net = izh.network{ seed = k, integrator = integrator }
  local A = net:population("A", 300, "E2003")
  local few = net:population("few", 30, "I2003")
  local sources = net:population("sources", 50, "poisson", { rate = 20 })
  local C = net:population("C", 300, "RS")
  local B = net:population("B", 517, "I2003")
  rules[k].name = "rule"
  if rules[k].rule == "pairs" then for _, pair in ipairs(rules[k].pairs) do pair[2] = pair[2] % 300 + 381 end end
  net:connect(A, k ~= 1 and C or B, rules[k])
  net:connect(C, A, { rule = "fixed_outdegree", n = 5, weight = 1 })
  net:connect(sources, B, { rule = "fixed_indegree", n = 5, weight = 2 })
  net:connect(B, A, { name = "back", rule = "fixed_indegree", n = 10, weight = -1 })
  net:connect(few, A, { name = "of few", rule = "pairwise_bernoulli", p = 0.5, weight = -1 })
  net:connect(A, few, { name = "to few", rule = "fixed_outdegree", n = 3, weight = 1 })
  net:stimulate(A, izh.noise{ sd = 5 })
  net:stimulate(B, izh.noise{ sd = 3 })
  net:stimulate(few, izh.noise{ sd = 4 })
  net:run(10)
  report(rules[k].rule, net)
  print(net.projections.rule, net.projections.rule.size)
  net:save("rule.izh")
  local loaded = izh.load "rule.izh"
  loaded:run(5)
  report("loaded", loaded)
end
for k = 1, #rules do run(k) end
run(3, "exact")
run(8, "rk4")
-- Targets in several populations, so in several ranges of a rank; few and many to a delay, weights of each kind.
local net = izh.network{ seed = 5 }
local A = net:population("A", 401, "E2003")
for _, more in ipairs{ { "few", 30 }, { "B", 333 }, { "C", 270 } } do
  net:stimulate(net:population(more[1], more[2], "I2003"), izh.noise{ sd = 3 })
end
net:stimulate(A, izh.noise{ sd = 6 })
for i, weight in ipairs{ 0.2, izh.uniform(0, 0.4), izh.uniform(-0.5, 0.5), function(pre, post) return (pre % 3 - post % 5) / 20 end } do
  for k, n in ipairs{ 30, 100, 400 } do
    net:connect(i == k and net or A, net,
      { name = i .. " " .. k, rule = "fixed_outdegree", n = n, weight = weight, delay = k == 2 and 1 or izh.uniform(0, 3) })
  end
end
net:connect(A, net, { name = "all", rule = "all_to_all", weight = 0.01 })
net:run(10)
net.projections["2 2"]:set("weight", izh.normal(0, 0.1))
net.projections["3 1"]:set("weight", 0.1)
net:save("across.izh")
local copy = net:clone()
for _, one in ipairs{ net, copy, izh.load "across.izh" } do
  one:run(10)
  report("across", one)
end
END

# Synapses, stimuli, recordings, interventions midway, a population added midway, clone, snapshot, trials, figures.
cat >scenes.lua <<'END'
dofile "tools.lua"
local function scene(name, integrator, synapse, other)
  local net = izh.network{ seed = #name, integrator = integrator }
  local A = net:population("A", 400, "E2003")
  local few = net:population("few", 30, "RS")
  local B = net:population("B", 300, "I2003")
  synapse.name, synapse.rule, synapse.n = "ab", "fixed_indegree", 30
  synapse.weight, synapse.delay = izh.uniform(0, 1), izh.uniform(0, 5)
  other.name, other.rule, other.p, other.weight = "ba", "pairwise_bernoulli", 0.1, -0.5
  net:connect(A, B, synapse)
  net:connect(B, A, other)
  net:connect(A, few, { rule = "pairwise_bernoulli", p = 0.1, weight = 2 })
  net:stimulate(A, izh.noise{ sd = 5 })
  net:stimulate(B, izh.noise{ sd = 2, tau = 5 })
  net:stimulate(B, izh.poisson{ rate = 100, weight = 1 })
  net:stimulate(A:slice(30, 250), izh.poisson{ rate = 50, weight = 2, synapse = "exp", tau = 3 })
  net:stimulate(few, izh.current(12))
  net:stimulate(A:slice(10, 200), izh.current{ amplitude = 3, from = 5, to = 15 })
  local recordings = {
    { of = net:record(A:slice(140, 150), { "v", "i" }, { every = 2 }), variables = { "v", "i" }, n = 11 },
    { of = net:record(A{ 3, 399, 5 }, { "i_exc", "i_ext" }), variables = { "i_exc", "i_ext" }, n = 3 },
    { of = net:record(B, { "v" }, { of = "mean" }), variables = { "v" }, n = 1, mean = true },
  }
  net:at(7, function(n) n.projections.ba:scale(2) end)
  net:at(8, function() A:slice(50, 150):silence() end)
  net:at(10, function() B:slice(1, 200):clamp{ v = -60 } end)
  net:at(15, function() A:slice(50, 150):release(); few:set{ a = 0.05 }; A:set{ v = -64 } end)
  net:run(18)
  local D = net:population("D", 333, "CH")
  net:connect(A, D, { rule = "fixed_outdegree", n = 8, weight = 3, delay = 1 })
  net:connect(D, net, { name = "all", rule = "pairwise_bernoulli", p = 0.02, weight = 1 })
  net:run(5)
  local clone, snapshot = net:clone(), net:snapshot()
  net.projections.ba:scale(0.5)
  clone.projections.ba:set("weight", -0.3)
  net:run_until(function(n) return n.populations.A:get "v":max() > 1e9 end, { max = 3 })
  clone:run(3)
  report(name, net, recordings)
  report(name .. ", clone", clone)
  net:restore(snapshot)
  net:run(3)
  report(name .. ", restored", net)
  net:reseed(3)
  net:run(2)
  report(name .. ", trial 3", net)
  net:save(name .. ".izh")
  local loaded = izh.load(name .. ".izh")
  loaded:save(name .. "_again.izh")
  loaded:run(5)
  report(name .. ", loaded", loaded)
  net:raster(name .. ".pdf")
  recordings[1].of:save(name .. ".npz")
end
scene("pulse", nil, {}, {})
scene("decays", "rk4", { synapse = "exp", tau = 4 }, { synapse = "alpha", tau = 5 })
scene("conductances", "exact", { synapse = "exp", tau = 5, reversal = 0 }, {})
scene("jumps", nil, { synapse = "delta", stp = { U = 0.5, tau_rec = 100, tau_fac = 20 } }, {})

local net = izh.network{ seed = 9, dt = 1, integrator = "euler" }
local P = net:population("P", 1000, "E2003")
net:stimulate(P:slice(700, 800), izh.current(-400))
net:run(20)
report("strays", net)
net:stimulate(P:slice(600, 610), izh.current(1e9))
print(pcall(net.run, net, 10))
END
