-- Populations of sources: "poisson" and "spike_source".
local here = arg[0]:match("^(.*/)")
package.path = here .. "?.lua;" .. package.path
local izh = require "izhlua"
local check = require "check"
local equal, list, near, raises, truth = check.equal, check.list, check.near, check.raises, check.truth

local scratch <close> = check.scratch()
local still = { a = 0, b = 0, c = -65, d = 0, v0 = -65, u0 = 0 }

-- Given times: on the grid, from the end of their step; with `exact` where they are. A spike acts from t + delay on.
do
  local trains = { { 1, 2, 3.2 }, {}, { 3.2, 3.3, 7 } }
  local function run(options)
    local net = izh.network(options)
    local S = net:population("S", 3, "spike_source", { times = trains })
    local P = net:population("P", 1, still)
    net:connect(S, P, { rule = "all_to_all", weight = 2, delay = 1, synapse = "pulse", width = 0.5 })
    local rec = net:record(P, { "i_exc" }, { every = 0.5 })
    net:run(10)
    return net, rec
  end
  local net, rec = run{ dt = 0.5 }
  list(net:spikes():times(), { 1, 2, 3.5, 3.5, 3.5, 7 })
  list(net:spikes():senders(), { 1, 1, 1, 3, 3, 3 })
  local current = rec:values("i_exc", 1)
  for k, t in ipairs(rec:times()) do -- that of the step that ends at t
    equal(current[k], ({ [2.5] = 2, [3.5] = 2, [5] = 6, [8.5] = 2 })[t] or 0, "current at " .. t)
  end
  net = run{ dt = 0.1 }
  list(net:spikes():times(), { 1, 2, 3.2, 3.2, 3.3, 7 })
  net = run{ dt = 0.5, integrator = "exact" }
  list(net:spikes():times(), { 1, 2, 3.2, 3.2, 3.3, 7 })
  list(net:spikes():senders(), { 1, 1, 1, 3, 3, 3 })
end

-- One list for all; spikes; a file, in which silent sources are missing; from the middle of a run on.
do
  local net = izh.network{}
  local one = net:population("one", 2, "spike_source", { times = { 2, 4 } })
  local recorded = izh.spikes{ times = { 1, 3, 5 }, senders = { 2, 1, 2 }, neurons = 3 }
  local two = net:population("two", 3, "spike_source", { times = recorded })
  local path = scratch.write("spikes.csv", "onset_s,unit\n0.001,0\n0.006,2\n")
  local three = net:population("three", 4, "spike_source", { file = path, columns = { times = "onset_s", senders = "unit" }, unit = "s", base = 0 })
  equal(tostring(three), 'population "three": 4 × spike_source')
  net:run(5)
  local late = net:population("late", 1, "spike_source", { times = { 1, 5, 6 } })
  net:run(5)
  list(net:spikes{ of = one }:times(), { 2, 2, 4, 4 })
  list(net:spikes{ of = two }:senders(), { 4, 3, 4 })
  list(net:spikes{ of = three }:times(), { 1, 6 })
  list(net:spikes{ of = three }:senders(), { 6, 8 })
  list(net:spikes{ of = late }:times(), { 6 })
  equal(net:population("none", 0, "spike_source", { times = {} }).size, 0)
end

-- Poisson: the same arrivals at every dt, whatever happens to the rate on the way; those of `exact` are where they are.
local function poisson(dt, integrator, change)
  local net = izh.network{ dt = dt, seed = 3, integrator = integrator }
  local S = net:population("S", 50, "poisson", { rate = 40 })
  if change then net:at(100, change) end
  net:run(200)
  return net:spikes():times(), net:spikes():senders(), net
end

local function by_sender(times, senders)
  local of = {}
  for k = 1, #times do
    local id = math.tointeger(senders[k])
    of[id] = of[id] or {}
    table.insert(of[id], times[k])
  end
  return of
end

for _, change in ipairs{
  false,
  function(net) net.populations.S:set{ rate = 90 } end,
  function(net) net.populations.S:slice(4, 20):set("rate", 0) net.populations.S{ 3 }:set{ rate = 500 } end,
  function(net) net.populations.S:set{ rate = function(t) return t < 150 and 10 or 70 end, max = 100 } end,
} do
  local where = by_sender(poisson(0.5, "exact", change))
  for _, dt in ipairs{ 1, 0.5, 0.1 } do
    local times, senders = poisson(dt, nil, change)
    local on_grid = by_sender(times, senders)
    for id = 1, 50 do
      local rounded = {}
      for k, t in ipairs(where[id] or {}) do rounded[k] = math.ceil(t / dt - 1e-9) end
      local got = {}
      for k, t in ipairs(on_grid[id] or {}) do got[k] = math.floor(t / dt + 0.5) end
      list(got, rounded, ("source %d at dt = %g"):format(id, dt))
    end
  end
end

-- Their statistics. Each test at a level of 1e-4, two-sided: 3.89 standard deviations.
do
  local net = izh.network{ seed = 11 }
  local S = net:population("S", 2000, "poisson", { rate = 8 })
  local T = net:population("T", 1000, "poisson", { rate = izh.uniform(0, 40) })
  local rates = T:get("rate")
  net:run(5000)
  local n = net:spikes{ of = S }.size
  near(n, 80000, 3.89 * math.sqrt(80000), "number of spikes")
  near(net:spikes{ of = T }.size, 5 * rates:sum(), 3.89 * math.sqrt(5 * rates:sum()), "number with a rate of their own")
  -- intervals are exponential: their CV is 1, with a standard error of 1/√n; of a rate at which hardly any outlasts the run
  local fast = izh.network{ seed = 4, dt = 0.1 }
  local F = fast:population("F", 100, "poisson", { rate = 500 })
  fast:run(2000)
  local isi = fast:spikes():isi()
  near(isi:mean(), 2, 3.89 * 2 / math.sqrt(#isi), "mean interval")
  near(isi:sd() / isi:mean(), 1, 3.89 / math.sqrt(#isi), "CV")
  -- counts: the variance of a Poisson number is its mean; that of their Fano factor is about 2/n
  local counts = {}
  for k = 1, 2000 do counts[k] = 0 end
  for _, id in net:spikes{ of = S }:each() do counts[id] = counts[id] + 1 end
  local m, v = 0, 0
  for _, c in ipairs(counts) do m = m + c / 2000 end
  for _, c in ipairs(counts) do v = v + (c - m) ^ 2 / 1999 end
  near(v / m, 1, 3.89 * math.sqrt(2 / 2000), "Fano factor")
  -- neighbours are independent
  local r = 0
  for k = 1, 1999 do r = r + (counts[k] - m) * (counts[k + 1] - m) / (v * 1999) end
  near(r, 0, 3.89 / math.sqrt(1999), "correlation of neighbours")
end

-- A rate that is a function of time, and of the source: counts in two windows.
do
  local net = izh.network{ seed = 5 }
  local S = net:population("S", 1000, "poisson", { max = 60, rate = function(t, i) return i <= 500 and 30 + 30 * math.sin(2 * math.pi * t / 100) or 5 end })
  net:run(1000)
  local rising, falling, constant = 0, 0, net:spikes{ of = S:slice(501, 1000) }.size
  for t, id in net:spikes{ of = S:slice(1, 500) }:each() do
    if (t - 1e-9) % 100 < 50 then rising = rising + 1 else falling = falling + 1 end
  end
  local up, down = 7500 + 500 * 30 / math.pi, 7500 - 500 * 30 / math.pi
  near(rising, up, 3.89 * math.sqrt(up), "half of the high rate")
  near(falling, down, 3.89 * math.sqrt(down), "half of the low rate")
  near(constant, 2500, 3.89 * math.sqrt(2500), "constant")
end

-- Shared input: two neurons that a source drives get the same.
do
  local net = izh.network{}
  local S = net:population("S", 5, "poisson", { rate = 100 })
  local P = net:population("P", 2, still)
  net:connect(S, P, { rule = "all_to_all", weight = 1, synapse = "exp", tau = 5 })
  local rec = net:record(P, { "i_exc" })
  net:run(100)
  list(rec:values("i_exc", 1), rec:values("i_exc", 2))
  truth(rec:values("i_exc", 1):max() > 0, "there is input")
end

-- `net` as post means neurons; as pre all. Order of populations does not matter.
do
  local net = izh.network{}
  local A = net:population("A", 3, "RS")
  local S = net:population("S", 2, "poisson", { rate = 10 })
  local B = net:population("B", 4, "RS")
  equal(net:connect(S, net, { rule = "all_to_all", weight = 1 }).size, 14)
  equal(net:connect(net, A, { rule = "all_to_all", weight = 1 }).size, 3 * 9 - 3)
  local c = net:connect(A, net, { rule = "all_to_all", weight = 1 })
  for _, post in c:synapses() do truth(post <= 3 or post >= 6, "a source as a target") end
  net:stimulate(net, izh.current(3))
  equal(#net:record(net, { "v" }).neurons, 7)
  net:run(20)
  truth(net:spikes{ of = S }.size >= 0)
end

-- The same bits: clone, snapshot, file, trials. (Threads and instruction sets: tests/core/sources_test.c.)
local function build(options, sources_first)
  options = options or {}
  options.seed = 7
  local net = izh.network(options)
  local function sources()
    net:population("drive", 300, "poisson", { rate = izh.uniform(5, 50) })
    net:population("given", 2, "spike_source", { times = { { 20, 41.3, 90 }, { 20, 133 } } })
  end
  if sources_first then sources() end
  local E = net:population("E", 80, "E2003")
  if not sources_first then sources() end
  local I = net:population("I", 20, "I2003")
  net:connect(net.populations.drive, net, { rule = "pairwise_bernoulli", p = 0.2, weight = izh.uniform(0, 3), delay = izh.uniform(0, 10) })
  net:connect(net.populations.given, net, { rule = "all_to_all", weight = 20, delay = 2 })
  net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.3, weight = 3 })
  net:connect(I, net, { rule = "pairwise_bernoulli", p = 0.3, weight = -3 })
  net:at(60, function(n) n.populations.drive:slice(1, 100):set{ rate = 80 } end)
  return net
end

do
  local path = scratch.path("x.izh")
  for _, integrator in ipairs{ "izhikevich2003", "exact" } do
    local net = build{ integrator = integrator, threads = 1 }
    net:run(150)
    local spikes = check.spikes(net)
    truth(net:spikes{ of = net.populations.E }.size > 50, "few spikes")
    local a = build{ integrator = integrator }
    a:run(70)
    local snapshot, clone = a:snapshot(), a:clone()
    a:save(path)
    local loaded = izh.load(path)
    a:run(80)
    equal(check.spikes(a), spikes, "as a whole")
    clone:run(80)
    equal(check.spikes(clone), spikes, "clone")
    loaded:run(80)
    equal(check.spikes(loaded), spikes, "file")
    a:restore(snapshot)
    a:run(80)
    equal(check.spikes(a), spikes, "snapshot")

    -- trial 3 from the beginning, of a clone midway, of what a file has; and back
    local trial = build{ integrator = integrator }
    trial:reseed(3)
    trial:run(70)
    local middle = trial:clone()
    trial:run(80)
    truth(check.spikes(trial) ~= spikes, "a trial of its own")
    a:restore(snapshot, { reseed = 3 })
    a:run(80)
    list(a:spikes{ of = a.populations.drive, from = 70 }:times(), trial:spikes{ of = trial.populations.drive, from = 70 }:times(), "trial 3")
    middle:reseed(9)
    middle:reseed(0)
    middle:run(80)
    list(middle:spikes{ of = middle.populations.drive, from = 70 }:times(), net:spikes{ of = net.populations.drive, from = 70 }:times(), "trial 0")
  end
end

-- What comes from a source depends on its name and number only: not on populations before it.
do
  local a, b = build(nil, true), build(nil, false)
  a:run(100)
  b:run(100)
  list(a:spikes{ of = a.populations.drive }:times(), b:spikes{ of = b.populations.drive }:times())
end

-- A clone and a snapshot go on with a function; within one, too. A lesion is undone, and the process has gone on.
do
  local net = izh.network{ seed = 2 }
  local S = net:population("S", 20, "poisson", { rate = function(t) return t / 2 end, max = 100 })
  local inner
  net:run(50)
  local clone, snapshot = net:clone(), net:snapshot()
  net:run(50)
  clone:run(50)
  equal(check.spikes(clone), check.spikes(net))
  local spikes = check.spikes(net)
  net:restore(snapshot)
  net:run(50)
  equal(check.spikes(net), spikes)
  S:set{ rate = function(t) if not inner then inner = net:clone() end return 50 end, max = 100 }
  net:run(50)
  inner.populations.S:set{ rate = function() return 50 end, max = 100 }
  inner:run(150 - inner.time)
  equal(check.spikes(inner), check.spikes(net), "a clone made by the function")
  S:set{ rate = function() S:set{ rate = 200 } return 0 end, max = 100 }
  net:run(100)
  equal(S:get("rate")[1], 200)

  local plain = izh.network{ seed = 2 }
  local P = plain:population("S", 20, "poisson", { rate = 60 })
  local other = plain:clone()
  plain:run(100)
  P:silence()
  plain:run(100)
  equal(plain:spikes{ from = 100 }.size, 0)
  P:release()
  plain:run(100)
  other:run(300)
  list(plain:spikes{ from = 200 }:times(), other:spikes{ from = 200 }:times())
end

-- Explanations: sources are no silent neurons, and a factor of their own.
do
  local net = izh.network{ seed = 1 }
  local S = net:population("S", 10, "poisson", { rate = 0 })
  local P = net:population("P", 3, "RS")
  local drive = net:population("drive", 50, "spike_source", { times = { 300, 303, 306, 600, 603, 606 } })
  net:connect(drive, P, { rule = "all_to_all", weight = 3 })
  net:run(1000)
  local silent = izh.explain.silence(net)
  equal(silent.of, 3)
  raises('silence: of: population "S" is of sources, which have no input that could be explained', function() izh.explain.silence(net, { of = S }) end)
  truth(tostring(izh.explain.bursts(net, { participation = 0.3, redraws = 1 })):find("source drive", 1, true), "the source is a factor")
end

-- Errors.
do
  local function victim()
    local net = izh.network{}
    local input = net:population("input", 4, "poisson", { rate = 8 })
    local times = net:population("times", 2, "spike_source", { times = { 1, 2 } })
    local varies = net:population("varies", 4, "poisson", { rate = function() return 3 end, max = 10 })
    local E = net:population("E", 3, "RS")
    return { net = net, input = input, times = times, varies = varies, E = E, izh = izh }
  end
  local path = scratch.write("one.txt", "1 5\n")
  local env = victim()
  env.path = path
  local cases = [[

net:connect(E, input, { rule = "all_to_all", weight = 1 })
  connect: population "input" is of sources, which cannot be targets of synapses
net:connect(E, input:slice(2, 3), { rule = "all_to_all", weight = 1 })
  connect: population "input" is of sources, which cannot be targets of synapses
net:stimulate(input, izh.noise{ sd = 3 })
  stimulate: population "input" is of sources, which take no stimulus
net:record(times, { "v" })
  record: population "times" is of sources, which have spikes and nothing else to be recorded
input:clamp{ v = -60 }
  clamp: population "input" is of sources, which have no v to be clamped
input:get("v")
  get: unknown quantity "v" (known: rate, clamped, lesioned)
input:set{ v = -60 }
  set: unknown option "v" (known: rate, max)
input:set{ a = 1 }
  set: "a" is a quantity of izhikevich2003, izhikevich2004class1, izhikevich2004accommodation, izhikevich2007; the model here is poisson
E:set{ rate = 1 }
  set: "rate" is a quantity of poisson; the model here is izhikevich2003
input:set{ rate = -1 }
  set: rate of neuron 1 must be 0 … 10000000 (got -1)
input:set{ rate = 0/0 }
  set: rate must be a finite number (got NaN)
input:set{ rate = function(t) return 3 end }
  set: a rate that is a function of time needs max, the highest it returns (each = function(i, rng) return { rate = … } end gives each source its own)
input:set("rate", function(t) return 3 end)
  set: a rate that is a function of time needs max, the highest it returns (each = function(i, rng) return { rate = … } end gives each source its own)
input:set{ rate = 3, max = 4 }
  set: max goes with a rate that is a function of time
input:set{ rate = function() end, max = -1 }
  set: max must be a number 0 … 10000000 (got -1)
input:slice(1, 2):set{ rate = function() end, max = 1 }
  set: a rate that is a function of time is for a whole population
varies:slice(1, 2):set{ rate = 3 }
  set: the rate of population "varies" is a function of time: set that of the whole population
varies:get("rate")
  get: the rate of population "varies" is a function of time
net:save(os.tmpname() .. ".izh")
  <any>
net:population("x", 2, "poisson")
  population: the source has no rate
net:population("x", 2, "poisson", { rate = "high" })
  population: rate must be a number, a distribution, an array or a function (got "high")
net:population("x", 2, "poisson", { times = { 1 } })
  population: unknown option "times" (sources of spikes are a population: net:population("input", 3, "spike_source", { times = { … } }))
net:population("x", 2, "poisson", { rate = { 1, 2, 3 } })
  population: rate must have 2 numbers (got an array of 3)
net:population("x", 2, "spike_source")
  population: the source has no times: give times = { … }, or file = "…"
net:population("x", 2, "spike_source", { times = { 1 }, file = "x" })
  population: give times or file, not both
net:population("x", 2, "spike_source", { times = { 1 }, base = 0 })
  population: the option base goes with file
net:population("x", 2, "spike_source", { times = 3 })
  population: times must be an array, a list of one array for each neuron, or spikes (got 3)
net:population("x", 2, "spike_source", { times = { 0, 3 } })
  population: times must be > 0 (got 0): a run gives the spikes after its beginning
net:population("x", 2, "spike_source", { times = { 3, 1 } })
  population: times must ascend (time 2 is 1, the one before 3)
net:population("x", 2, "spike_source", { times = { 3, 0/0 } })
  population: times[2] must be finite (got NaN)
net:population("x", 2, "spike_source", { times = { { 3 } } })
  population: times must have one list for each of 2 neurons (got 1)
net:population("x", 2, "spike_source", { rate = 3, times = { 1 } })
  population: "rate" is a quantity of poisson; the model here is spike_source
net:population("x", 2, "spike_source", { file = path })
  spikes: <any>
net:population("x", 2, "poison", { rate = 3 })
  population: unknown cell "poison" (did you mean "poisson"?)
net:population("x", 2, "RS", { rates = 3 })
  population: unknown option "rates" (sources of spikes are a population: net:population("input", 100, "poisson", { rate = 8 }))
net:population("x", 2, "RS", { spike_times = { 1 } })
  population: unknown option "spike_times" (sources of spikes are a population: net:population("input", 3, "spike_source", { times = { … } }))
net:population("x", 2, "SpikeGeneratorGroup")
  population: unknown cell "SpikeGeneratorGroup" (did you mean "spike_source"?)
net:population("x", 2, "RS", { rate = 3 })
  population: "rate" is a quantity of poisson; the model here is izhikevich2003
]]
  env.os = os
  check.errors(cases, env, victim(), function() end)
  raises('the rate of population "varies" is a function, and functions cannot be saved; set a number first', function() env.net:save(scratch.path("y.izh")) end)
  env.varies:set{ rate = function(t) return 20 end, max = 10 }
  raises('the rate of population "varies" must be at most its max, 10 Hz (got 20 at t = ', function() env.net:run(5000) end)
  env.varies:set{ rate = function(t) return -1 end, max = 1000 }
  raises('the function for the rate of population "varies" must return a number ≥ 0 (got -1 at t = ', function() env.net:run(5000) end)
  env.varies:set{ rate = function(t) end, max = 1000 }
  raises('the function for the rate of population "varies" must return a number ≥ 0 (got nothing at t = ', function() env.net:run(5000) end)
end
