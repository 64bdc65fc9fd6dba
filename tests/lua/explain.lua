-- izh.explain.silence: networks in which the cause of every silence is known, and what the report says.
local izh = require "izhlua"
local check = require "check"
local equal, near, truth, raises = check.equal, check.near, check.truth, check.raises

local needed = { "v", "u", "i_exc", "i_inh", "i_ext" }
local block = { -- fires with 500 … 3500 pA; with 5000 it fires twice and stays up
  model = "izhikevich2007", C = 4000, k = 1, vr = -55, vt = -40, vpeak = -25, a = 1, b = 0, c = 15, d = 3000,
  vb = -55, b_below = 0, b3 = 0.025, peak_u = 0.005,
}

-- Every cause once. change(name, factor) may strengthen one of the drives.
local function build(options)
  options = options or {}
  local integrator = options.integrator
  local net = izh.network{ seed = 3, dt = 0.25, integrator = integrator }
  local pacemaker = net:population("pacemaker", 1, "RS")
  local brake = net:population("brake", 1, "FS")
  local X = net:population("X", 7, "RS")
  -- ("exact" goes after every one of the spikes without end that this cell has when its input is far stronger still)
  local B = net:population("B", 1, integrator == "exact" and "RS2007" or block)
  net:stimulate(pacemaker, izh.current(10))
  net:stimulate(brake, izh.current(20))
  net:connect(brake, X{ 2 }, { name = "brake", weight = -40, synapse = "exp", tau = 10 })
  net:stimulate(X{ 2 }, izh.current{ amplitude = 10, name = "driven" })
  net:stimulate(X{ 3 }, izh.current{ amplitude = 1.5 * (options.ext or 1), name = "weak" })
  net:connect(pacemaker, X{ 4 }, { name = "weak", weight = 2, synapse = "exp", tau = 5, delay = 1 })
  net.projections.weak:scale(options.exc or 1)
  net:stimulate(X{ 5, 6 }, izh.current{ amplitude = 10, name = "held" })
  X{ 5 }:silence()
  X{ 6 }:clamp{ v = -70 }
  net:connect(X{ 1 }, X{ 7 }, { name = "silent source", weight = 10 }) -- of which nothing ever comes
  net:stimulate(B, izh.current{ amplitude = integrator == "exact" and 20 or 5000, name = "strong" })
  return net, { X = X, B = B }
end

-- The smallest factor, right to 1e-4, that makes a neuron fire in the whole network, found by bisection.
local function find_factor(name, id, integrator)
  local low, high = 1, 10
  while high - low > 1e-4 do
    local middle = (low + high) / 2
    local net = build{ [name] = middle, integrator = integrator }
    net:run(500)
    if net:spikes():slice{ of = id }.size > 0 then high = middle else low = middle end
  end
  return high
end

local function verdict_of(e, id)
  for _, one in ipairs(e.neurons) do
    if one.id == id then return one.verdict, one end
  end
end

-- Verdicts and factors, with three schemes; by recordings, and by running again.
for _, case in ipairs{ { "izhikevich2003", true }, { "izhikevich2003", false }, { "rk4", false }, { "exact", true } } do
  local integrator, recorded = case[1], case[2]
  local net = build{ integrator = integrator }
  if recorded then net:record(net, needed, { every = net.dt }) end
  net:run(500)
  local e = izh.explain.silence(net, { from = 100 })
  truth(e.trusted, "the same spikes again")
  equal(e.size, 8, "silent neurons with " .. integrator)
  equal(e.of, 10, "neurons")
  local want = {
    [3] = "disconnected", [4] = "held down by inhibition", [5] = "underdriven", [6] = "underdriven", [7] = "lesioned", [8] = "clamped",
    [9] = "underdriven", [10] = integrator == "exact" and "underdriven" or "depolarisation block",
  }
  for id, verdict in pairs(want) do equal(verdict_of(e, id), verdict, ("verdict of %d with %s"):format(id, integrator)) end
  if integrator ~= "exact" then
    local _, blocked = verdict_of(e, 10)
    truth(blocked.ext_factor_down > 0.7 and blocked.ext_factor_down < 0.85, "less current and it fires")
  end
  -- right to 1 %: not below the true one, and not above it by more
  local whole = izh.explain.silence(net)
  equal(whole.size, integrator == "exact" and 8 or 7, "those of the whole time")
  for id, name in pairs{ [5] = "ext", [6] = "exc" } do
    local verdict, one = verdict_of(whole, id)
    equal(verdict, "underdriven", "verdict in the whole time")
    local got, exact = one[name == "ext" and "ext_factor" or "factor"], find_factor(name, id, integrator)
    truth(got >= exact - 2e-4 and got <= exact * 1.01 + 2e-4, ("factor of %d: %g for %g"):format(id, got, exact))
  end
end

-- The whole text, once.
do
  local net = izh.network{ seed = 3 }
  local source, E = net:population("source", 1, "RS"), net:population("E", 3, "RS")
  net:stimulate(source, izh.current(10))
  net:connect(source, E{ 1 }, { weight = 2, synapse = "exp", tau = 5 })
  net:stimulate(E{ 2 }, izh.current(2))
  E{ 3 }:silence()
  net:run(400)
  equal(tostring(izh.explain.silence(net)), [[
silence: 3 of 4 neurons did not fire in 0 < t ≤ 400 ms
Each was put into a network of its own, where it got exactly its own input again, with something
taken away, in all sets, or made stronger or weaker.

  neuron  population  synapses   excitation  inhibition  external  rheobase  steady  would have fired with
underdriven (2): more input makes them fire, and taking anything away does not
       2  E              1 + 0  0.22 ± 0.42           0         0      2.71    3.80  excitation × 3.68
       3  E              0 + 0            0           0      2.00      2.71    3.80  external × 1.73
lesioned (1): population:silence() was called for them
       4  E              0 + 0            0           0         0      2.71    3.80

Synapses: excitatory + inhibitory ones that end at the neuron. Excitation, inhibition, external: the
currents that it got, mean ± sd over time (a.u.). Rheobase: the smallest constant current that makes
the cell, at rest before, fire within 1 s; steady: the one at which it has no stable rest. Factors
are the smallest that do, right to 1 %, on excitation and on the positive part of what comes from
outside.]], "report")
  equal(tostring(izh.explain.silence(net, { of = source })), "silence: every neuron of 1 neuron fired in 0 < t ≤ 400 ms", "none silent")
end

-- Of each verdict 20 neurons are shown.
do
  local net = izh.network{ seed = 3 }
  local source, A, B = net:population("source", 1, "RS"), net:population("A", 22, "RS"), net:population("B", 23, "RS")
  net:stimulate(source, izh.current(10))
  net:stimulate(A, izh.current(1))
  B:silence()
  net:run(100)
  local text = tostring(izh.explain.silence(net))
  truth(text:find("\n  … and 2 more\nlesioned (23): ", 1, true), "the first verdict is cut, and says so")
  truth(text:find("\n  … and 3 more\n\nSynapses", 1, true), "so is the last one")
end

-- A cell that fires once because of the state it begins with does not fire alone.
do
  local net = izh.network()
  local once = net:population("once", 1, { a = 0.001, b = 0.255, c = -65, d = 2 })
  net:run(500)
  equal(net:spikes().size, 1, "one spike")
  truth(net:spikes():times()[1] < 100, "early")
  local rheobase = izh.explain.silence(net, { from = 200 }).neurons[1].rheobase
  truth(rheobase > 0.01 and rheobase < 1, ("rheobase of one that fires once: %g"):format(rheobase))
  net = izh.network()
  local alone = net:population("alone", 1, { a = 0.02, b = 0.3, c = -65, d = 8 })
  alone:clamp{ v = -70 }
  net:run(100)
  equal(izh.explain.silence(net).neurons[1].rheobase, 0, "one that fires alone")
end

-- What cannot be had is said: a change between two runs is not repeated, one by net:at is.
do
  local function network()
    local net = izh.network{ seed = 3 }
    local source, E = net:population("source", 1, "RS"), net:population("E", 1, "RS")
    net:stimulate(source, izh.current(10))
    net:stimulate(E, izh.noise{ sd = 1, name = "noise" })
    return net, source, E
  end
  local net, source, E = network()
  net:connect(source, E, { weight = 1, synapse = "delta" })
  net:run(300)
  equal(izh.explain.silence(net).neurons[1].verdict, "underdriven", "delta synapses")

  net = network()
  net:run(100)
  net.stimuli.noise:set("sd", 2)
  net:run(100)
  local e = izh.explain.silence(net)
  equal(e.trusted, false, "a change by the script")
  equal(#e, 0, "no verdicts")
  truth(tostring(e):find("Run again from its start, the network gave other spikes, or came to another state", 1, true), "the reason is said")
  net = network()
  net:run(100)
  net.stimuli.noise:set("sd", 2)
  local start = net:snapshot()
  net:run(100)
  e = izh.explain.silence(net, { from = 100, start = start })
  equal(e.trusted, true, "from a snapshot after the change")
  equal(e.neurons[1].verdict, "underdriven", "its verdict")

  net = network()
  net:at(100, function(n) n:population("late", 1, "RS") end)
  net:run(200)
  e = izh.explain.silence(net, { of = net.populations.late })
  equal(e.neurons[1].verdict, "not reproduced", "made in the window")
  truth(tostring(e):find("       3  late           0 + 0           –           –         –      2.71    3.80", 1, true), "no numbers")

  -- other spikes, though the state at the end is the same
  net = izh.network()
  local rest = net:population("rest", 2, "RS", { v0 = -70, u0 = -14 })
  net:run(10)
  rest{ 1 }:set("v", 40)
  net:run(1)
  rest{ 1 }:set{ v = -70, u = -14 }
  net:run(10)
  equal(net:spikes().size, 1, "a spike by hand")
  e = izh.explain.silence(net)
  equal(e.size, 1, "the other one")
  equal(e.trusted, false, "spikes are compared, too")

  net = network()
  local seen = 0
  net:at(100, function()
    net.stimuli.noise:set("sd", 2) -- the network that the script knows, not the argument
    seen = seen + 1
  end)
  net:run(200)
  local before, v = check.spikes(net), net.populations.E:get("v")[1]
  equal(izh.explain.silence(net).trusted, true, "a change by a function of net:at")
  equal(seen, 1, "called once here")
  equal(net.time, 200, "time")
  equal(check.spikes(net), before, "spikes afterwards")
  equal(net.populations.E:get("v")[1], v, "state afterwards")
end

-- Networks that burst.
local function recurrent(d, inhibition)
  local net = izh.network{ seed = 1 }
  local E = net:population("E", 40, { a = d > 0 and 0.02 or 0, b = 0.2, c = -65, d = d })
  local I = net:population("I", 10, { a = 0, b = 0.2, c = -65, d = 0 })
  net:connect(E, E, { rule = "pairwise_bernoulli", p = 0.5, weight = d > 0 and 3 or 1.2, synapse = "exp", tau = 3 })
  net:connect(E, I, { rule = "pairwise_bernoulli", p = 0.5, weight = 0.4, synapse = "exp", tau = 20 })
  if inhibition then
    net:connect(I, E, { rule = "pairwise_bernoulli", p = 0.5, weight = -6, synapse = "exp", tau = 60 })
  end
  net:stimulate(E, izh.noise{ mean = 1.5, sd = 4 })
  return net
end

local function driven(weight, sd)
  local net = izh.network{ seed = 1 }
  local E = net:population("E", 40, "RS")
  if weight then net:connect(E, E, { rule = "pairwise_bernoulli", p = 0.5, weight = weight }) end
  net:stimulate(E, izh.current{ amplitude = 20, width = 10, period = 200, from = 100 })
  net:stimulate(E, izh.noise{ sd = sd or 1 })
  return net
end

-- What functions of the script print is printed once, whatever they print by; errors are not held back.
do
  local scratch <close> = check.scratch()
  local script = scratch.write("loud.lua", [[
    local izh, print = require "izhlua", print
    local net = izh.network{}
    local E = net:population("E", 10, "RS")
    net:connect(E, E, { weight = -0.01 })
    net:stimulate(E, izh.current{ amplitude = 20, width = 10, period = 50 })
    net:at(10, function()
      print "print"
      io.write "write\n"
      io.stdout:write "stdout\n"
      os.execute "echo execute"
    end)
    net:run(100)
    izh.explain.silence(net, { from = 70, to = 71 })
    izh.explain.bursts(net)
    izh.explain.inhibition(net, { strengths = { 0, 1 }, trials = 1, duration = 50 })
    print "end"
  ]])
  local output <close> = io.popen(("'%s' '%s'"):format(arg[-1], script))
  local words = {}
  for line in output:lines() do words[#words + 1] = line end
  table.sort(words)
  equal(table.concat(words, " "), "end execute print stdout write", "output")
end

-- Inhibition. Cells that fire by themselves are held down by strong inhibition; others rebound from weak one: the rate has
-- its peak in between.
local function rebound(case)
  local net = izh.network{ seed = case.seed }
  local clock, tonic, rebounding = net:population("clock", 1, "FS"), net:population("tonic", 10, "RS"), net:population("rebounding", 10, "TC")
  net:stimulate(clock, izh.current{ amplitude = 20, width = 5, period = 100 })
  net:stimulate(tonic, izh.current(5))
  net:connect(clock, tonic, { name = "hold", weight = -1, synapse = "exp", tau = 50 })
  net:connect(clock, rebounding, { weight = -20, synapse = "exp", tau = 20 })
  return net
end

do
  local e = izh.explain.inhibition(rebound, { strengths = { 10, 0, 1 }, trials = 2, duration = 1000, from = 200, workers = 2 })
  check.list(e.strengths, { 0, 1, 10 }, "in order")
  equal(e.trends.rate, "one run", "there is nothing random: two trials are one run")
  truth(tostring(e):find("3 strengths, one run each", 1, true) and not tostring(e):find("±", 1, true), "and the text says so")
  local noisy = izh.explain.inhibition(function(case)
    local net = rebound(case)
    net:stimulate(net.populations.tonic, izh.noise{ sd = 1 })
    return net
  end, { strengths = { 10, 0, 1 }, trials = 6, duration = 1000, from = 200, over = "noise" })
  equal(noisy.trends.rate, "peaks", "the rate is not monotonic")
  truth(tostring(noisy):find("rate is not monotonic: it rises from", 1, true), "and the text says so")
  equal(#e.points, 3, "points")
  equal(e.sweep.trials, 2, "the sweep itself")
  local net = recurrent(30, true)
  net:run(1000)
  local other = izh.explain.inhibition(net, { strengths = { 0, 1, 4 }, trials = 3 })
  equal(other.trends.rate, "falls", "the rate falls")
  equal(other.from, 250, "a quarter is not measured")
  -- the first trial at ×1 is what the network did
  local rate
  for _, row in ipairs(other.sweep.rows) do
    if row.inhibition == 1 and row.trial == 1 then rate = row.rate end
  end
  equal(rate, net:spikes{ from = 250 }:mean_firing_rate(), "the same noise")
  equal(izh.explain.inhibition(net, { strengths = { 0, 4 }, trials = 1 }).trends.rate, "unknown", "one trial tells nothing")
end

-- Figures.
do
  local scratch <close> = check.scratch()
  local net = build()
  net:run(200)
  izh.explain.silence(net, { from = 100 }):plot(scratch.path("silence.pdf"))
  local pulses = driven(0.05)
  pulses:run(500)
  izh.explain.bursts(pulses, { redraws = 1 }):plot(scratch.path("bursts.pdf"), { width = "double" })
  izh.explain.inhibition(rebound, { strengths = { 0, 1 }, trials = 2, duration = 300, from = 100 }):plot(scratch.path("inhibition.svg"))
  for _, name in ipairs{ "silence.pdf", "bursts.pdf", "inhibition.svg" } do truth(check.content(scratch.path(name)), name) end
end

-- Mistakes.
do
  local net = driven(0.05)
  local victim = { izh = izh, net = net, ran = driven(0.05), empty = izh.network{}, other = driven():snapshot() }
  victim.ran:run(200)
  victim.e = izh.explain.silence(victim.ran)
  victim.b = izh.explain.bursts(victim.ran)
  victim.some = driven(0.05)
  victim.some:record_spikes(victim.some.populations.E{ 1, 2 })
  victim.some:run(100)
  victim.running = driven(0.05)
  victim.closed = driven(0.05)
  victim.closed:close()
  check.errors([[

izh.explain.silense(ran)
  izh.explain: unknown member "silense" (did you mean "silence"?)
izh.explain.silence()
  silence: the first argument must be a network (got nothing)
izh.explain.silence(3)
  silence: the first argument must be a network (got 3)
izh.explain.silence(empty)
  silence: the network has no neurons
izh.explain.silence(net)
  silence: the network has not run: there is nothing to explain yet
izh.explain.silence(ran, { form = 3 })
  silence: unknown option "form" (did you mean "from"?)
izh.explain.silence(ran, { from = "3" })
  silence: from must be a finite number (got "3")
izh.explain.silence(ran, { to = 201 })
  silence: to must not be after 200 ms, until which the network has run (got 201 ms)
izh.explain.silence(ran, { from = -1 })
  silence: from must not be before 0 ms, when the run began (got -1 ms)
izh.explain.silence(ran, { from = 100, to = 100 })
  silence: from must be before to (got 100 and 100 ms)
izh.explain.silence(ran, { from = 0.3 })
  silence: from must be a multiple of dt = 0.5 ms (got 0.3 ms)
izh.explain.silence(ran, { from = 0.3, to = 0.7 })
  silence: from must be a multiple of dt = 0.5 ms (got 0.3 ms)
izh.explain.silence(ran, { from = 10, start = 3 })
  silence: start must be what net:snapshot() returned (got 3)
izh.explain.silence(ran, {}, 3)
  silence: 1 argument too many
izh.explain.silence(some)
  spikes: the spikes of neuron 3 in 0 < t ≤ 100 ms were not recorded: net:record_spikes says which ones are
izh.explain.silence(ran, { of = "E" })
  silence: of must be a neuron's id, a list of ids, a population, a slice of one, or the network (got "E")
running:at(0, function() izh.explain.silence(running) end); running:run(1)
  silence: a network cannot be explained while it runs
izh.explain.silence(closed)
  silence: the network is closed
e.verdict
  explanation of silence: unknown member "verdict" (known: counts, from, neurons, of, panels, plot, size, to, trusted)
e.plot(3)
  plot: must be called on an explanation, with a colon: e:plot(…) (got 3)
e:plot("x.txt")
  save: the file name must end in .pdf, .svg, .png, .eps or .ps: "x.txt"
e:panels{ titles = 3 }
  panels: titles must be a list of strings (got 3)
b:panels{ titles = 3 }
  panels: titles must be a list of strings (got 3)
b:panels{ titles = { "a", "b", "c", "d", "e" } }
  panels: titles must have at most 4 strings (got 5)
b:panels{ span = 0 }
  panels: span must be a whole number 1 … 100 (got 0)
e:plot("x.pdf", { colums = 2 })
  plot: unknown option "colums" (did you mean "columns"?)
izh.explain.bursts(ran, { start = other, threshold = 1 })
  bursts: start belongs to another network
izh.explain.bursts(ran, { start = ran:snapshot(), from = 10 })
  bursts: start must be before now, 200 ms (got a snapshot of 200 ms)
izh.explain.bursts(net)
  bursts: the network has not run: there is nothing to explain yet
izh.explain.bursts(ran, { befor = 3 })
  bursts: unknown option "befor" (did you mean "before"?)
izh.explain.bursts(ran, { before = -1 })
  bursts: before must be a number of ms ≥ 0 (got -1)
izh.explain.bursts(ran, { redraws = 1.5 })
  bursts: redraws must be a whole number 0 … 1000 (got 1.5)
izh.explain.bursts(ran, { participation = 2 })
  bursts: participation must be a number 0 … 1 (got 2)
izh.explain.inhibition(3)
  inhibition: the first argument must be a network, or a function(case) that returns one (got 3)
izh.explain.inhibition(ran)
  inhibition: the network has no inhibitory synapses, of which the strength could be changed
izh.explain.inhibition(ran, { strengths = { 1 } })
  inhibition: strengths must have two factors at least (got 1)
izh.explain.inhibition(ran, { strengths = { 1, 1 } })
  inhibition: strengths has 1 twice
izh.explain.inhibition(ran, { strengths = { 1, -1 } })
  inhibition: strengths[2] must be a factor, 0 … 1e6 (got -1.0)
izh.explain.inhibition(ran, { strengths = 3 })
  inhibition: strengths must be a list of factors such as { 0, 0.5, 1, 2 } (got 3)
izh.explain.inhibition(ran, { trials = 0 })
  inhibition: trials must be a whole number 1 … 100000 (got 0)
izh.explain.inhibition(ran, { workers = 0 })
  inhibition: workers must be a whole number 1 … 1024 (got 0)
izh.explain.inhibition(ran, { duration = 100, from = 100 })
  inhibition: from must be before the end, 100 ms (got 100)
izh.explain.inhibition(ran, { over = "wiring" })
  inhibition: over = "wiring" goes with a function that builds the network: this one has its wiring
izh.explain.inhibition(ran, { over = "wirring" })
  inhibition: unknown over "wirring" (did you mean "wiring"?)
izh.explain.inhibition(ran, { currents = { 1 } })
  inhibition: currents must have two numbers at least (got 1)
izh.explain.inhibition(ran, { currents = { 1, 2 }, strengths = { 0, 1 } })
  inhibition: strengths and currents do not go together
izh.explain.inhibition(ran, { currents = { 1, 2 }, pathway = { "I", "E" } })
  inhibition: pathway goes with strengths, not with currents
izh.explain.inhibition(ran, { pathway = "I" })
  inhibition: pathway must be the names of two populations, { "I", "E" } (got "I")
izh.explain.inhibition(ran, { seed = 3 })
  inhibition: seed goes with a function that builds the network: this one has its own
]], victim, victim, function() end)
end
