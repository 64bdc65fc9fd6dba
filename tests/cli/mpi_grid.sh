. "$(dirname "$0")/mpi_lib.sh"

# The same bits and files on any number of ranks and threads: networks that have each kind of what there is, and random ones.
export IZHLUA_NEURONS_A_RANK=64 # so that small ones are cut, too
. "$(dirname "$0")/mpi_scenes.sh"
seconds=300 # of each run: eight threads on one processor take their time

# Every integrator, cell, synapse and stimulus; parameters of every kind; changes midway, a population added midway; copies.
cat >kinds.lua <<'END'
dofile "tools.lua"
local lif = { model = "lif", tau = 20, vr = -65, vt = -61.5, c = -65, refractory = 2 }
local qif = { model = "qif", C = 1, k = 0.04, vr = -65, vt = -55, vpeak = 30, c = -60 }
local class1 = { model = "izhikevich2004class1", a = 0.02, b = -0.1, c = -55, d = 6 }
local accommodation = { model = "izhikevich2004accommodation", a = 0.02, b = 1, c = -55, d = 4 }
local cells = {
  { "E2003", 520, sd = 5 }, { "I2003", 300, { v0 = izh.uniform(-70, -60), d = izh.normal(2, 0.1) }, sd = 3 },
  { "RS2007", 270, sd = 150 }, { "FS2007", 270, sd = 30 }, { "LTS2007", 260, sd = 150 },
  { lif, 333, { vt = izh.uniform(-62, -60) }, sd = 3 }, { qif, 257, sd = 3 }, { class1, 260, sd = 8 },
  { accommodation, 256, sd = 8 }, { "CH", 30, sd = 5 },
}
local synapses = {
  { weight = izh.uniform(0, 2) },
  { width = 3, weight = -0.5 },
  { synapse = "delta", weight = 0.5, delay = izh.uniform(1, 9) },
  { synapse = "exp", tau = 3, weight = 0.5 },
  { synapse = "alpha", tau = 2, weight = izh.lognormal(-1, 0.5) },
  { synapse = "exp", tau = 3, reversal = 0, weight = 0.02 },
  { synapse = "alpha", tau = 4, reversal = -75, weight = 0.05, delay = 2 },
  { stp = { U = 0.5, tau_rec = 100, tau_fac = 0 }, weight = 2 },
  { synapse = "exp", tau = 5, stp = { U = 0.1, tau_rec = 50, tau_fac = 300 }, weight = 1, delay = izh.uniform(0, 3) },
  { synapse = "exp", tau = 5, reversal = 0, stp = { U = 0.4, tau_rec = 200, tau_fac = 10 }, weight = izh.uniform(0, 0.05) },
}
local function stimuli(net, populations)
  local P = populations
  net:stimulate(P[1], izh.noise{ sd = izh.uniform(1, 2), correlation = 0.4, every = 2 })
  net:stimulate(P[2], izh.noise{ sd = 2, tau = 4, mean = function(i) return i % 3 end })
  net:stimulate(P[1]:slice(100, 400), izh.current{ amplitude = 3, from = 5, to = 15 })
  net:stimulate(P[3], izh.current{ from = 3, to = 20, slope = 5 })
  net:stimulate(P[4], izh.current{ amplitude = izh.uniform(20, 60), frequency = 80, offset = 20 })
  net:stimulate(P[5], izh.current{ amplitude = 90, width = 2, period = 5 })
  net:stimulate(P[6], izh.current{ times = { 0, 5, 9 }, values = { 0, 2, -1 }, amplitude = function(i) return i / 300 end })
  net:stimulate(P[7], izh.current(function(t) return t / 10 end))
  net:stimulate(P[8], izh.poisson{ rate = 400, weight = 2, n = 3 })
  net:stimulate(P[2]{ 5, 290, 17 }, izh.poisson{ rate = izh.uniform(300, 800), weight = 1, synapse = "exp", tau = 3 })
  net:stimulate(P[9], izh.spike_train{ times = { 1, 4, 4.5, 12 }, weight = 8 })
  net:stimulate(P[1]{ 510, 2 }, izh.spike_train{ times = { { 3 }, { 5, 6 } }, weight = 9, synapse = "alpha", tau = 2, reversal = 0 })
end
for seed, integrator in ipairs{ "izhikevich2003", "figure1", "euler", "rk4", "exact" } do
  local net, P = izh.network{ seed = seed, integrator = integrator }, {}
  for k, cell in ipairs(cells) do
    P[k] = net:population("P" .. k, cell[2], cell[1], cell[3])
    net:stimulate(P[k], izh.noise{ name = "noise " .. k, sd = cell.sd })
  end
  local input = net:population("input", 60, "poisson", { rate = function(t) return 40 + 40 * math.sin(t) end, max = 80 })
  local cue = net:population("cue", 3, "spike_source", { times = { { 2, 8 }, { 5 }, {} } })
  net:connect(input, P[1], { rule = "pairwise_bernoulli", p = 0.1, weight = 2, delay = 1 })
  net:connect(cue, P[2], { weight = 1 })
  for k, synapse in ipairs(synapses) do
    local copy = { name = "of " .. k, rule = "fixed_indegree", n = 12 }
    for key, value in pairs(synapse) do copy[key] = value end
    net:connect(P[k], P[(k + seed) % #P + 1], copy)
    copy.name = "back to " .. k
    net:connect(P[(3 * k + seed) % #P + 1], P[k], copy)
  end
  stimuli(net, P)
  local recordings = {
    { of = net:record(P[1]{ 1, 515, 130 }, { "v", "u", "i_exc", "i_inh", "i_ext" }), variables = { "v", "i_exc", "i_inh", "i_ext" }, n = 3 },
    { of = net:record(P[6], "v", { of = "mean" }), variables = { "v" }, n = 1, mean = true },
  }
  net:every(4, function() math.random() end)
  net:at(5, function(n)
    n.projections["of 1"]:scale(2); n.projections["of 4"]:disable(); n.projections["of 5"]:set("weight", 0.3)
    P[2]:set{ d = izh.uniform(1, 2) }
    n.stimuli["noise 3"]:set{ sd = 200 }
    n.stimuli["noise 4"]:stop()
    P[7]:slice(100, 200):silence()
  end)
  net:at(8, function(n)
    P[7]:slice(150, 200):release()
    local late = n:population("late", 290, "IB")
    n:connect(P[1], late, { rule = "fixed_outdegree", n = 4, weight = 3 })
    n:connect(late, P[2], { rule = "fixed_total_number", n = 900, weight = 1, delay = 1.5 })
    n:stimulate(late, izh.noise{ sd = 6 })
  end)
  net:run(10)
  local clone, snapshot = net:clone{ reseed = 2 }, net:snapshot()
  net:run(3)
  report(integrator, net, recordings)
  clone:run(3)
  report(integrator .. ", clone", clone)
  net:restore(snapshot)
  net:run(3)
  report(integrator .. ", restored", net, recordings)
end
END

# Random networks: random.lua first last.
cat >random.lua <<'END'
dofile "tools.lua"
local function pick(list) return list[math.random(#list)] end
local function chance(p) return math.random() < p end
local function delay(dt) return pick{ 0, 1, izh.uniform(0, 6), dt, izh.integer(izh.uniform(1, 4)) } end
local function weight(scale)
  return pick{ scale, izh.uniform(0, 2 * scale), izh.normal(scale, scale / 4), -scale,
    function(i, j) return scale * ((i + 3 * j) % 5 - 1) end }
end
local function rule(m, n)
  local list = {}
  for k = 1, 400 do list[k] = { math.random(m), math.random(n) } end
  return pick{
    { rule = "all_to_all" }, { rule = "pairwise_bernoulli", p = 0.05 + 0.2 * math.random() },
    { rule = "pairwise_bernoulli", p = function(i, j) return (i + j) % 7 == 0 and 0.5 or 0 end },
    { rule = "fixed_indegree", n = math.random(m // 2) }, { rule = "fixed_indegree", n = izh.integer(izh.uniform(0, 9)), multapses = true },
    { rule = "fixed_outdegree", n = math.random(n // 2) }, { rule = "fixed_outdegree", n = 9, multapses = true },
    { rule = "fixed_total_number", n = 1000, multapses = true }, { rule = "pairs", pairs = list, ids = "own", multapses = true },
    m == n and { rule = "one_to_one" } or nil,
  }
end
local function synapse(dt)
  local s = pick{ { width = 1 }, { width = 3 * dt }, { synapse = "delta" }, { synapse = "exp", tau = 4 }, { synapse = "alpha", tau = 3 },
    { synapse = "exp", tau = 4, reversal = pick{ 0, -80 } }, { synapse = "alpha", tau = 2, reversal = 0 } }
  if chance(0.3) then s.stp = { U = 0.1 + 0.8 * math.random(), tau_rec = 100, tau_fac = pick{ 0, 50 } } end
  s.autapses = true
  return s
end
local function stimulus()
  return pick{
    izh.noise{ sd = 6 }, izh.noise{ sd = 4, mean = 3, every = 2, correlation = 0.5 }, izh.noise{ sd = 4, tau = 5 },
    izh.current(9), izh.current{ amplitude = izh.uniform(5, 12), from = 2, to = 20 }, izh.current{ slope = 0.5 },
    izh.current{ amplitude = 8, frequency = 50, offset = 4 }, izh.current(function(t) return t / 2 end),
    izh.poisson{ rate = 700, weight = 3 }, izh.poisson{ rate = 300, weight = 2, synapse = "exp", tau = 3, n = 2 },
    izh.spike_train{ times = { 2, 3, 9 }, weight = 15 },
  }
end
local function network(k)
  math.randomseed(k)
  local net = izh.network{ seed = k, dt = pick{ 0.5, 0.25, 0.1 }, integrator = pick{ "izhikevich2003", "figure1", "euler", "rk4", "exact" } }
  local P = {}
  local function populate()
    local cell, size = pick{ "E2003", "I2003", "RS", "FS", "CH", "LTS", "poisson" }, pick{ math.random(5, 60), math.random(256, 700) }
    P[#P + 1] = net:population("P" .. #P, size, cell, cell == "poisson" and { rate = 50 } or nil)
    if cell ~= "poisson" then
      net:stimulate(P[#P], stimulus())
      if chance(0.4) then net:stimulate(P[#P]:slice(2, size // 2), stimulus()) end
    end
  end
  local function wire()
    local from, to = pick(P), pick(P)
    if to.model == "poisson" then return end
    local options = rule(from.size, to.size)
    for key, value in pairs(synapse(net.dt)) do options[key] = value end
    options.weight = weight(options.reversal and 0.01 or options.rule == "all_to_all" and 0.02 or 1)
    if options.reversal or options.stp then options.weight = izh.uniform(0, options.reversal and 0.02 or 1) end
    options.delay = delay(net.dt)
    net:connect(from, to, options)
  end
  for _ = 1, math.random(2, 4) do populate() end
  for _ = 1, math.random(2, 6) do wire() end
  for _ = 1, 2 do
    net:run(4 * net.dt * math.random(4))
    local projection = #net.projections > 0 and pick(net.projections)
    if projection and chance(0.5) then projection:scale(2) end
    if chance(0.3) then net:restore(net:snapshot()) end
    if chance(0.5) then populate(); wire() end
    if chance(0.3) then P[1]:slice(1, P[1].size // 2):silence() end
  end
  net:run(8 * net.dt)
  report(k, net)
end
local first, last = ...
for k = tonumber(first), tonumber(last) do
  local ran, why = pcall(network, k)
  if not ran then
    assert(why:find " diverged at ", why)
    print(k, why)
  end
end
END

cat >all.lua <<'END'
dofile "rules.lua"
dofile "scenes.lua"
dofile "kinds.lua"
loadfile "random.lua"(1, ...)
END

alone all "${RANDOM_NETWORKS:-10}"
[ "$(wc -l <out)" -ge 60 ] || fail 'it prints too little'
for ranks in 1 2 3 4; do
  for threads in 1 2; do
    if [ -n "$SANITIZE" ] && [ $ranks$threads != 32 ]; then continue; fi
    same all $ranks $threads "${RANDOM_NETWORKS:-10}"
  done
done

finish
