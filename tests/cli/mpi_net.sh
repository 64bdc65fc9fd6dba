# Part of mpi.sh. Networks that are cut among ranks: the same spikes, states, recordings and files as without, to the bit.
export IZHLUA_NEURONS_A_RANK=64 # so that small ones are cut, too

cat >tools.lua <<'END'
izh = require "izhlua"
local function digest(...)
  local hash = 0x6bf29ce484222325
  for _, vector in ipairs{ ... } do
    for i = 1, #vector do
      for c in ("%.17g "):format(vector[i]):gmatch "." do hash = (hash ~ c:byte()) * 1099511628211 end
    end
  end
  return ("%016x"):format(hash)
end
-- what there is to compare: spikes, and the state of all neurons
function report(name, net, recordings)
  local s, state = net:spikes(), {}
  for _, p in ipairs(net.populations) do
    if p.model ~= "poisson" then
      state[#state + 1] = p:get "v"
      state[#state + 1] = p:get "u"
    end
  end
  for _, r in ipairs(recordings or {}) do
    for _, variable in ipairs(r.variables) do
      for k = 1, r.n do state[#state + 1] = r.mean and r.of:values(variable) or r.of:values(variable, k) end
    end
  end
  print(name, s.size, digest(s:times(), s:senders()), digest(table.unpack(state)), net)
end
END

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
  net:run(20)
  report(rules[k].rule, net)
  print(net.projections.rule, net.projections.rule.size)
end
for k = 1, #rules do run(k) end
run(3, "exact")
run(8, "rk4")
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

# Threads beside ranks: so many neurons that each has some thousands.
cat >large.lua <<'END'
dofile "tools.lua"
local net = izh.network{ seed = 5 }
local E = net:population("E", 16000, "E2003")
local I = net:population("I", 6000, "I2003")
net:connect(E, net, { name = "e", rule = "fixed_outdegree", n = 10, weight = 3, delay = izh.uniform(0, 2) })
net:connect(I, E, { name = "i", rule = "fixed_indegree", n = 5, weight = -2 })
net:stimulate(E, izh.noise{ sd = 6 })
net:stimulate(I, izh.noise{ sd = 3 })
net:run(10)
E:set{ v = 29.9 } -- all give a spike at once, which are more than a meeting carries along
net:run(3)
report("large", net)
END

# same script ranks threads: what it prints and saves on ranks is what it does without
same() {
  rm -rf ranks; mkdir ranks; cd ranks || exit 1
  cp ../*.lua .
  mpi "$2" --threads "$3" "$1.lua"
  cmp -s out "../$1.out" || { diff "../$1.out" out | head -n 20 >../out; cp err ..; cd ..; fail 'it prints something else'; return; }
  grep -v '^izhlua: [0-9]* neurons went' err >../err # strays, which are said without ranks, too
  rm -f out err all
  cd ..
  status_is 0; err_is ''
  for file in ranks/*; do
    cmp -s "$file" "one/${file##*/}" || fail "$file is not the same"
  done
}
mkdir one; cd one || exit 1
cp ../*.lua .
for script in rules scenes large; do
  run --threads 1 $script.lua
  status_is 0
  [ "$(wc -l <out)" -ge 1 ] || fail 'it prints nothing'
  mv out ../$script.out
done
rm -f err; cd ..
if [ -n "$SANITIZE" ]; then # which makes all of this ten times as slow
  same rules 2 1
  same scenes 2 1
else
  same rules 2 1; same rules 3 1
  same scenes 3 1; same scenes 4 2
  same large 1 2; same large 2 2; same large 4 1
fi

# What does not know of cut networks yet says so.
cat >refused.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
local A = net:population("A", 400, "E2003")
local p = net:connect(A, A, { rule = "fixed_outdegree", n = 5, weight = 1 })
net:stimulate(A, izh.noise{ sd = 5 })
net:run(5)
for name, call in ipairs{
  function() net:save "x.izh" end,
  function() p:save "x.npz" end,
  function() p:synapses() end,
  function() p:get "weight" end,
  function() p:set("weight", izh.uniform(0, 1)) end,
  function() net:record(p, { "weight" }) end,
  function() izh.explain.silence(net) end,
  function() izh.sweep{ over = { k = { 1 } }, run = function() net:run(1); return { k = 1 } end } end,
} do print(select(2, pcall(call))) end
-- one that a case makes is whole there
print(izh.sweep{ over = { k = { 1, 2 } }, run = function(case)
  local own = izh.network{ seed = case.k }
  own:stimulate(own:population("A", 400, "E2003"), izh.noise{ sd = 5 })
  own:run(50)
  return { spikes = own:spikes().size }
end })
END
mpi 2 refused.lua
status_is 0; err_has 'case 1 of 1'
[ "$(grep -c 'cut among ranks' out)" = 8 ] || fail 'something is not refused'
tail -n 4 out >tail
run refused.lua
tail -n 4 out | cmp -s - tail || fail 'a case of a sweep gives something else'
