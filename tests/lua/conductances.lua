-- Synapses with a reversal potential: what they say, what they refuse, and that they go on alike everywhere.
local izh = require "izhlua"
local check = require "check"
local equal, near = check.equal, check.near
local scratch <close> = check.scratch()

-- They say what they are, and in which unit.
do
  local net = izh.network{}
  local A, B, C = net:population("A", 2, "RS"), net:population("B", 2, "RS2007"), net:population("C", 1, "RS")
  local function shown(target, options)
    options.weight, options.name = 1, nil
    return tostring(net:connect(A, target, options)):match("ms, (.*)$")
  end
  equal(shown(A, { synapse = "exp", tau = 2, reversal = 0 }), "exp of tau 2 ms, reversal 0 mV, weights in a.u.")
  equal(shown(B, { synapse = "alpha", tau = 5, reversal = -70.5 }), "alpha of tau 5 ms, reversal -70.5 mV, weights in nS")
  equal(shown(net, { synapse = "exp", tau = 2, reversal = 0 }), "exp of tau 2 ms, reversal 0 mV")
  equal(shown(C, { synapse = "exp", tau = 2 }), "exp of tau 2 ms")
end

-- The currents that are recorded: g (E - v) of the two signs.
do
  local net = izh.network{ dt = 0.5, integrator = "euler" }
  local A = net:population("A", 1, { a = 0.02, b = 0.2, c = -65, d = 8, v0 = 40 })
  local B = net:population("B", 1, { a = 0, b = 0, c = -65, d = 0, v0 = -60, u0 = 140 + 0.04 * 3600 - 300 })
  net:connect(A, B, { synapse = "exp", tau = 2, reversal = 0, weight = 0.1, name = "E" })
  net:connect(A, B, { synapse = "exp", tau = 2, reversal = -80, weight = 0.3, name = "I" })
  local r = net:record(B, { "v", "i_exc", "i_inh", "i_ext", "i" }, { every = 0.5 })
  net:run(1)
  local g = 0.1 * 2 / 0.5 * (1 - math.exp(-0.25)) -- its mean over the step
  near(r:values("i_exc")[3], g * 60, 1e-12)
  near(r:values("i_inh")[3], 3 * g * -20, 1e-12)
  equal(r:values("i_ext")[3], 0.0)
  near(r:values("i")[3], 0, 1e-12)
end

-- A population excites or inhibits by the reversal of what it sends.
do
  local net = izh.network{}
  local E = net:population("E", 3, "RS")
  net:connect(E, E, { synapse = "exp", tau = 2, reversal = -75, weight = 1 })
  local positive, negative = 0, 0
  for _ in net.projections[1]:synapses() do positive = positive + 1 end
  equal(positive, 6)
  equal(negative, 0)
end

-- Spikes from outside do what spikes of a neuron do; their current is i_ext.
for _, integrator in ipairs{ "izhikevich2003", "figure1", "euler", "rk4", "exact" } do
  local net = izh.network{ dt = 0.5, integrator = integrator }
  local A = net:population("A", 1, { a = 0.02, b = 0.2, c = -65, d = 8, v0 = 29.9 })
  local B, C = net:population("B", 1, "RS"), net:population("C", 1, "RS")
  local g = { synapse = "alpha", tau = 4, reversal = -10, weight = 0.2 }
  net:stimulate(C, izh.spike_train{ times = { 0.5 }, synapse = "alpha", tau = 4, reversal = -10, weight = 0.2 })
  net:connect(A, B, g)
  local r = net:record(net, { "v", "i_exc", "i_ext" }, { every = 0.5 })
  net:run(40)
  equal(net:spikes{ of = A }:times()[1] <= 0.5, true)
  check.list(r:values("v", 3), r:values("v", 2), integrator)
  check.list(r:values("i_ext", 3), r:values("i_exc", 2), integrator)
  check.truth(r:values("i_ext", 3):max() > 1, "it acts")
end

local function build(threads)
  local net = izh.network{ seed = 3, threads = threads }
  local E, I = net:population("E", 80, "RS"), net:population("I", 20, "FS")
  net:connect(E, net, { synapse = "exp", tau = 2, reversal = 0, weight = izh.uniform(0, 0.05), delay = izh.uniform(0, 4), name = "g" })
  net:connect(I, net, { synapse = "alpha", tau = 5, reversal = -80, weight = 0.1, delay = 1, name = "h" })
  net:connect(I, E, { synapse = "exp", tau = 3, weight = -0.2, name = "current" })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  net:stimulate(I, izh.poisson{ rate = 300, weight = 0.03, synapse = "exp", tau = 2, reversal = 0 })
  return net, E, I
end

-- Clones, snapshots and files go on with the same bits; so do more neurons, and other threads.
do
  local net, E = build(1)
  net:run(200)
  local clone, snapshot = net:clone(), net:snapshot()
  local path = scratch.path("g.izh")
  net:save(path)
  local loaded = izh.load(path)
  net:population("later", 30, "CH")
  for _, other in ipairs{ net, clone, loaded } do other:run(200) end
  local spikes = check.spikes(net)
  equal(check.spikes(clone), spikes)
  equal(check.spikes(loaded), spikes)
  check.list(loaded.populations.E:get("v"), E:get("v"))
  net:restore(snapshot)
  net:run(200)
  equal(check.spikes(net), spikes)
  equal(tostring(loaded.projections.h), tostring(net.projections.h))
  local four = build(4)
  four:run(400)
  equal(check.spikes(four), spikes)
end

-- An explanation knows that what they bring depends on v: see explain_conductances.lua.
do
  local net = izh.network{ seed = 3 }
  local E = net:population("E", 20, "RS")
  net:connect(E, E, { synapse = "exp", tau = 2, reversal = 0, weight = 0.002 })
  net:stimulate(E, izh.noise{ sd = 4 })
  net:run(300)
  local report = izh.explain.silence(net)
  check.truth(report.size > 0 and net:spikes().size > 0, "some are silent")
  for k = 1, report.size do equal(report[k].reproduced, true) end
end

local cases = [==[

net:connect(E, E, { weight = -1, synapse = "exp", tau = 3, reversal = 0 })
  connect: the weight of a conductance must be ≥ 0 (got -1): its reversal says if it inhibits
net:connect(E, E, { weight = izh.normal(0, 1), synapse = "exp", tau = 3, reversal = 0 })
  connect: the weight of a conductance must be ≥ 0 (got -<any>): its reversal says if it inhibits
net:connect(E, E, { weight = function() return -2 end, synapse = "alpha", tau = 3, reversal = 0 })
  connect: the weight of a conductance must be ≥ 0 (got -2): its reversal says if it inhibits
net:connect(E, E, { weight = 1, reversal = 0 })
  connect: synapse pulse has no option reversal, unlike exp, alpha
net:connect(E, E, { weight = 1, synapse = "delta", reversal = 0 })
  connect: synapse delta has no option reversal, unlike exp, alpha
net:connect(E, E, { weight = 1, synapse = "exp", tau = 3, reversal = 0/0 })
  connect: reversal must be a finite number (got NaN)
net:connect(E, E, { weight = 1, synapse = "exp", tau = 3, reversal = "0" })
  connect: reversal must be a finite number (got "0")
net:connect(E, E, { weight = 1, synapse = "exp", tau = 3, reversal = -7000 })
  connect: reversal must be -1000 … 1000 mV (got -7000)
net:connect(E, E, { weight = 1, synapse = "exp", tau = 3, reversl = 0 })
  connect: unknown option "reversl" (did you mean "reversal"?)
net:connect(E, E, { weight = 1, synapse = "exp", tau = 3, e_rev = 0 })
  connect: unknown option "e_rev" (did you mean "reversal"?)
net:stimulate(E, izh.poisson{ rate = 9, weight = -1, synapse = "exp", tau = 3, reversal = 0 })
  stimulate: the weight of a conductance must be ≥ 0 (got -1): its reversal says if it inhibits
net:stimulate(E, izh.spike_train{ times = { 1 }, weight = 1, reversal = 0 })
  spike_train: synapse pulse has no option reversal, unlike exp, alpha
g:scale(-1)
  scale: the factor of conductances must be ≥ 0 (got -1)
g:set("weight", -0.1)
  set: the weight of a conductance must be ≥ 0 (got -0.1): its reversal says if it inhibits
g:set("weight", izh.normal(0, 1))
  set: the weight of a conductance must be ≥ 0 (got -<any>): its reversal says if it inhibits
g:set("weight", function() return -3 end)
  set: the weight of a conductance must be ≥ 0 (got -3): its reversal says if it inhibits]==]

local function stage()
  local net, E = build(1)
  return setmetatable({ net = net, E = E, g = net.projections.g }, { __index = setmetatable({ izh = izh }, { __index = _G }) })
end
local victim, control = stage(), stage()
equal(check.errors(cases, victim, control, function(env, k)
  if k == 5 then env.g:set("weight", izh.uniform(0, 0.06)) end
  env.net:run(5)
end), 16)
equal(check.spikes(victim.net), check.spikes(control.net), "spikes after the errors")
