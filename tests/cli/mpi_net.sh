# Part of mpi.sh. Networks that are cut among ranks: the same spikes, states, recordings and files as without, to the bit.
# Most kinds of networks are in mpi_grid.sh.
export IZHLUA_NEURONS_A_RANK=64 # so that small ones are cut, too

# What is read of synapses and changed in them, one by one.
cat >paths.lua <<'END'
dofile "tools.lua"
local net = izh.network{ seed = 3 }
local A, few, B = net:population("A", 300, "E2003"), net:population("few", 30, "RS"), net:population("B", 300, "I2003")
local one = net:connect(A, net, { name = "one", rule = "pairwise_bernoulli", p = 0.05, weight = 2, delay = izh.uniform(0, 5) })
local drawn = net:connect(A, net, { name = "drawn", rule = "fixed_indegree", n = 20, multapses = true,
  weight = izh.uniform(0, 1), delay = izh.uniform(0, 8) })
local given = net:connect(B, A, { name = "given", rule = "fixed_outdegree", n = 9,
  weight = function(i, j) return -0.1 * (i + j % 5) end })
local noise = net:stimulate(A, izh.noise{ sd = 6 })
local weights = net:record(given, { "weight" }, { every = 2 })
local function look(what, p)
  local n, sum = 0, 0
  for pre, post, weight, delay in p:synapses() do
    n = n + 1
    sum = (3 * sum + pre + 7 * post + 11 * weight + 13 * delay) % 1000003
    if n == 100 then p:scale(0.5) end -- from the next synapse on
    if n == 200 then p:set("weight", izh.uniform(-1, 0)) end
  end
  local w, d = p:get "weight", p:get "delay"
  print(what, p, p.size, n, ("%.17g"):format(sum), #w, ("%.17g %.17g"):format(w:sum(), d:sum()))
  p:save(what .. ".npz")
end
net:run(4)
print(("%.17g"):format(noise:get "current":sum()))
for _, p in ipairs{ one, drawn, given } do
  look(p.name, net:clone().projections[p.name])
  p:set("weight", izh.normal(0, 0.1))
  look(p.name .. "_drawn", net:clone().projections[p.name])
  p:set("weight", function(i, j) return (i * 3 + j) % 17 * 0.01 end)
  net:run(2)
  local w = p:get "weight":totable()
  for k = 1, #w do w[k] = w[k] * (k % 3) end
  p:set("weight", w)
  net:run(2)
  look(p.name .. "_given", net:clone().projections[p.name])
end
for _, ending in ipairs{ "csv", "h5" } do
  if ending ~= "h5" or pcall(one.save, one, "probe.h5") then drawn:save("drawn." .. ending) end
end
report("paths", net)
local sum = 0
for k = 1, given.size, 100 do sum = sum + weights:values("weight", k):sum() end
print(("%.17g"):format(sum), weights)
net:save "paths.izh"
report("loaded", izh.load "paths.izh")
END

# What all ranks must know of synapses that others make: an error that one of them finds, and the range of delays. Draws
# take turns with what is passed over: targets that are a list, a slice of one owner, several populations.
cat >faults.lua <<'END'
dofile "tools.lua"
local net = izh.network{ seed = 4 }
local A, few, B = net:population("A", 500, "E2003"), net:population("few", 20, "I2003"), net:population("B", 400, "I2003")
local C = net:population("C", 300, "RS")
local function try(post, options)
  options.rule, options.p, options.name = "pairwise_bernoulli", 0.2, "p" .. #net.projections
  print(select(2, pcall(net.connect, net, A, post, options)))
end
for _, post in ipairs{ net, B, B:slice(300, 400), A:slice(1, 70), few } do
  for _, sd in ipairs{ 0.28, 0.3, 1 } do
    try(post, { weight = 1, delay = izh.normal(1, sd) })
    try(post, { weight = izh.lognormal(70, sd * 60), delay = izh.normal(1.5, sd) })
    try(post, { weight = izh.normal(1, sd), synapse = "exp", tau = 5, reversal = 0, delay = izh.choice{ 1, 2, 3 } })
  end
  try(post, { weight = function(i, j) return i == 400 and j > 500 and -1 or 1 end, synapse = "exp", tau = 5, reversal = 0 })
  try(post, { weight = 1, delay = function(i, j) return i == 300 and j % 50 == 3 and -j or j end })
end
for k, dist in ipairs{ izh.uniform(0, 1), izh.lognormal(0, 1), izh.exponential(1), izh.choice{ 1, 2 }, izh.choice{ 1, 2, 5 },
  izh.gamma(2, 1), izh.truncated(izh.normal(0, 1), 0, 2) } do
  local targets = k % 2 == 0 and net or A{ 4, 90, 10, 330, 335, 340, 95, 500, 1 }
  local p = net:connect(A, targets, { name = "dist" .. k, rule = "pairwise_bernoulli", p = 0.3, weight = dist, delay = dist })
  print(p)
end
for _, p in ipairs(net.projections) do p:scale(0.001) end
for _, population in ipairs{ A, B, C } do net:stimulate(population, izh.noise{ sd = 5 }) end
net:run(30)
report("faults", net)
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
net:save "large.izh"
END

# Explanations and a case of a sweep run copies of the network.
cat >explained.lua <<'END'
local izh = require "izhlua"

-- Weights of both signs, conductances, jumps of v, cells whose u comes to its cap.
local net = izh.network{ seed = 4, dt = 1 }
local E, I = net:population("E", 300, "E2003"), net:population("I", 200, "I2003")
net:connect(E, net, { name = "e", rule = "fixed_indegree", n = 30, weight = izh.normal(0.4, 0.3), delay = izh.uniform(1, 4) })
net:connect(I, E, { name = "i", rule = "fixed_indegree", n = 20, weight = -1 })
net:connect(E, E, {
  name = "g", rule = "fixed_indegree", n = 9, weight = izh.uniform(0, 0.02), synapse = "exp", tau = 3, reversal = 0,
})
net:connect(E, I, { name = "jumps", rule = "fixed_indegree", n = 5, weight = izh.uniform(0, 1), synapse = "delta", delay = 2 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
net:stimulate(net:population("capped", 200, "LTS2007"), izh.current(4000))
local called = 0
net:every(10, function() called = called + 1; print("called", called) end)
net:run(60)
local silence = izh.explain.silence(net, { from = 20, of = { 1, 3, 160, 290, 310, 450 } })
print(silence)
silence:plot "silence.pdf"
print(izh.explain.inhibition(net, { strengths = { 0, 1 }, pathway = { "I", "E" }, trials = 2 }))
print(izh.explain.inhibition(net, { currents = { 0, 5 }, trials = 2 }))

-- What a case does to the network, no other case and not the script sees; it may fail, crash and write files.
local sweep = izh.sweep{
  over = { k = { 1, 2, 3, 4 } }, workers = 1,
  run = function(case)
    print("case", case.k, called, math.random(1000))
    net.projections.e:scale(case.k)
    net:run(20)
    called = called + 100
    net:spikes():save(("case %d.csv"):format(case.k))
    if case.k == 2 then error "this case fails" end
    if case.k == 3 then os.execute "kill -KILL $PPID" end
    return { spikes = net:spikes().size }
  end,
}
for _, row in ipairs(sweep.rows) do print(row.k, row.spikes) end
for _, failure in ipairs(sweep.failures) do print(failure.index, failure.error) end
-- one that does not use it runs on one rank; its own network is whole
print(izh.trials{ n = 3, run = function(case)
  local own = izh.network{ seed = case.seed }
  own:stimulate(own:population("A", 400, "E2003"), izh.noise{ sd = 5 })
  own:run(50)
  return { spikes = own:spikes().size }
end })
print(called, net)

-- Bursts.
local burster = izh.network{ seed = 2, dt = 1 }
local A = burster:population("A", 256, "E2003", { d = 0 })
burster:connect(A, A, { name = "exc", rule = "fixed_indegree", n = 30, weight = izh.uniform(0, 0.3) })
burster:connect(A, A, { name = "one", rule = "pairs", pairs = { { 1, 2 } }, weight = -1 }) -- which one rank has
burster:stimulate(A, izh.current{ amplitude = izh.uniform(4, 12), from = 20, to = 40 })
burster:run(60)
local bursts = izh.explain.bursts(burster, { most = 1 })
print(bursts)
print(bursts:rerun(3), #bursts.runs)
print(pcall(izh.explain.bursts, burster, { factors = { mine = function() error "my factor" end } }))
END

for script in paths faults large explained; do
  alone $script
  [ -s out ] || fail 'it prints nothing'
done
same paths 3 1
same faults 3 1
same explained 2 1
if [ -z "$SANITIZE" ]; then # which makes all of this ten times as slow
  same large 1 2; same large 2 2; same large 4 1; same explained 3 2
fi

# A full disk is an error on all ranks.
cat >full.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
local A = net:population("A", 400, "E2003")
net:connect(A, A, { name = "p", rule = "fixed_outdegree", n = 5, weight = 1 })
net:stimulate(A, izh.noise{ sd = 5 })
net:run(5)
os.execute "ln -sf /dev/full full.npz"
print(pcall(net.projections.p.save, net.projections.p, "full.npz"))
os.execute "ln -sf /dev/full full.izh"
print(pcall(net.save, net, "full.izh"))
END
mpi 2 full.lua
status_is 0; err_is ''
out_has 'cannot write "full.izh": No space left on device'
out_has 'cannot write "full.npz": No space left on device'
