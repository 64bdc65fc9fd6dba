-- Short-term plasticity: how it is said, refused, seen and kept; what spikes bring is tested in tests/core/stp_test.c.
local izh = require "izhlua"
local check = require "check"
local equal, near = check.equal, check.near
local scratch <close> = check.scratch()

-- A source at 50 Hz, through each kind of synapse, comes to the closed form; at any dt.
local function steady(U, tau_rec, tau_fac, interval)
  local a, b = tau_fac > 0 and math.exp(-interval / tau_fac) or 0, math.exp(-interval / tau_rec)
  local u = U / (1 - (1 - U) * a)
  return u * (1 - b) / (1 - (1 - u) * b), u * a, 1 - (1 - (1 - u) * (1 - b) / (1 - (1 - u) * b)) * b
end

local regimes = { { U = 0.5, tau_rec = 800, tau_fac = 0 }, { U = 0.03, tau_rec = 130, tau_fac = 530 }, { U = 0.25, tau_rec = 300, tau_fac = 300 } }
local kinds = {
  { synapse = "pulse" }, { synapse = "exp", tau = 2 }, { synapse = "alpha", tau = 2 }, { synapse = "exp", tau = 2, reversal = 0 },
}
for _, stp in ipairs(regimes) do
  for i, kind in ipairs(kinds) do
    local net = izh.network{ dt = i % 2 == 0 and 0.5 or 0.1, integrator = "euler" }
    local relay = net:population("relay", 1, { model = "lif", tau = 1, vr = 0, vt = 1, c = 0 })
    local cell = net:population("cell", 1, "RS")
    local times = {}
    for k = 1, 400 do times[k] = 20 * k end
    net:stimulate(relay, izh.spike_train{ times = times, weight = 2, synapse = "delta" })
    local options = { weight = 1e-6, delay = 3, stp = stp }
    for key, value in pairs(kind) do options[key] = value end
    local plastic = net:connect(relay, cell, options)
    net:run(8020 + net.dt) -- the relay fires a step after its input
    local part, before_u, before_x = steady(stp.U, stp.tau_rec, stp.tau_fac, 20)
    near(plastic:get("u")[1], before_u, 1e-6, "u")
    near(plastic:get("x")[1], before_x, 1e-6, "x")
    check.truth(part > 0 and part <= 1, "a part")
  end
end

local function build(threads)
  local net = izh.network{ seed = 3, threads = threads }
  local E, I = net:population("E", 80, "RS"), net:population("I", 20, "FS")
  net:connect(E, net, { name = "e", weight = izh.uniform(0, 3), delay = izh.uniform(0, 20), stp = { U = 0.5, tau_rec = 300 } })
  net:connect(I, E, { name = "i", weight = -2, synapse = "exp", tau = 3, delay = 2, stp = { U = 0.1, tau_rec = 50, tau_fac = 200 } })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  return net, E, I
end

-- They say what they are.
do
  local net = build(1)
  equal(tostring(net.projections.i), 'projection "i": 1600 synapses, all_to_all, delay 2 ms, exp of tau 3 ms, '
    .. "stp of U 0.1, tau_rec 50 ms, tau_fac 200 ms")
  equal(#net.projections.e:get("x"), 80)
  equal(net.projections.e:get("x"):min(), 1.0)
  equal(net.projections.e:get("u"):max(), 0.0)
end

-- Clones, snapshots and files go on with the same bits; so do other threads.
do
  local net = build(1)
  net:run(200)
  local clone, snapshot = net:clone(), net:snapshot()
  net:save(scratch.path("p.izh"))
  local loaded = izh.load(scratch.path("p.izh"))
  for _, other in ipairs{ net, clone, loaded } do
    other.projections.e:scale(1.5)
    other:run(200)
  end
  local spikes = check.spikes(net)
  equal(check.spikes(clone), spikes)
  equal(check.spikes(loaded), spikes)
  check.list(loaded.projections.i:get("x"), net.projections.i:get("x"))
  net:restore(snapshot)
  net.projections.e:scale(1.5)
  net:run(200)
  equal(check.spikes(net), spikes)
  local four = build(4)
  four:run(200)
  four.projections.e:scale(1.5)
  four:run(200)
  equal(check.spikes(four), spikes)
  check.truth(net.projections.e:get("x"):min() < 0.6, "it depletes")
end

-- With spikes that are not kept it is the same; a population of none, and no synapses, do no harm.
do
  local all, none = build(1), build(1)
  none:record_spikes(false)
  local nobody = none:population("nobody", 0, "RS")
  none:connect(nobody, none, { weight = 1, name = "x", stp = { U = 0.5, tau_rec = 1 } })
  equal(#none.projections.x:get("x"), 0)
  all:run(400)
  none:run(400)
  check.list(none.populations.E:get("v"), all.populations.E:get("v"))
end

-- Bursts that end by depletion: with full resources they go on, and the report says so.
do
  local net = izh.network{ seed = 1 }
  local E = net:population("E", 100, { model = "lif", tau = 20, vr = -65, vt = -50, c = -60, refractory = 3 })
  net:connect(E, E, { rule = "pairwise_bernoulli", p = 0.4, weight = 10, delay = 1.5, synapse = "exp", tau = 3, stp = { U = 0.5, tau_rec = 800 } })
  net:stimulate(E, izh.noise{ mean = 11, sd = 9 })
  net:run(1300)
  local report = izh.explain.bursts(net, { from = 500, redraws = 0 })
  check.truth(report.size > 0, "there are bursts")
  for k = 1, report.size do
    equal(table.concat(report[k].factors, ", "), "recurrent excitation, depletion, stimulus E.noise, fluctuations, state")
    local found = false
    for _, set in ipairs(report[k].prolonged_by) do found = found or #set == 1 and set[1] == "depletion" end
    check.truth(found, "without depletion it goes on")
  end
  check.raises('the name "depletion" is one of its own', function()
    izh.explain.bursts(net, { from = 500, factors = { depletion = function() end } })
  end)
end

local cases = [==[

net:connect(E, E, { weight = 1, stp = {} })
  connect: stp needs U
net:connect(E, E, { weight = 1, stp = { U = 0.5 } })
  connect: stp needs tau_rec
net:connect(E, E, { weight = 1, stp = { U = 2, tau_rec = 5 } })
  connect: U must be a number 0.001 … 1 (got 2)
net:connect(E, E, { weight = 1, stp = { U = 0, tau_rec = 5 } })
  connect: U must be a number 0.001 … 1 (got 0)
net:connect(E, E, { weight = 1, stp = { U = 0.5, tau_rec = -5 } })
  connect: tau_rec must be a number 0 … 1000000000 (got -5)
net:connect(E, E, { weight = 1, stp = { U = 0.5, tau_rec = 5, tau_fac = 0/0 } })
  connect: tau_fac must be a number 0 … 1000000000 (got NaN)
net:connect(E, E, { weight = 1, stp = { U = 0.5, tau_rec = 5, tau_facil = 3 } })
  connect: unknown option "tau_facil" (did you mean "tau_fac"?)
net:connect(E, E, { weight = 1, stp = 0.5 })
  connect: stp must be a table such as { U = 0.5, tau_rec = 800 } (got 0.5)
F:get("x")
  get: this projection has no x: it was made without the option stp
P:get("U")
  get: unknown quantity "U" (did you mean "u"?)
P:set("x", 1)
  set: unknown quantity "x" (known: weight, delay)]==]

local function stage()
  local net, E, I = build(1)
  local F = net:connect(I, I, { weight = -1 })
  return setmetatable({ net = net, E = E, P = net.projections.e, F = F }, { __index = setmetatable({ izh = izh }, { __index = _G }) })
end
local victim, control = stage(), stage()
equal(check.errors(cases, victim, control, function(env) env.net:run(5) end), 11)
equal(check.spikes(victim.net), check.spikes(control.net), "spikes after the errors")
