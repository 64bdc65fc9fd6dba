-- Synapses of each kind, several between the same pair, and what is changed midway.
local izh = require "izhlua"
local check = require "check"
local equal, near = check.equal, check.near

local kinds = {
  { synapse = "pulse" }, { synapse = "pulse", width = 3 }, { synapse = "delta" }, { synapse = "exp", tau = 4 },
  { synapse = "alpha", tau = 2.5 },
}

-- The options of a synapse among those of a connection.
local function with(synapse, options)
  for key, value in pairs(synapse) do options[key] = value end
  return options
end

-- They say what they are.
do
  local net = izh.network{}
  local E = net:population("E", 2, "RS")
  local shown = { "", ", pulse of 3 ms", ", delta", ", exp of tau 4 ms", ", alpha of tau 2.5 ms" }
  for i, synapse in ipairs(kinds) do
    local P = net:connect(E, E, with(synapse, { weight = 1, name = "P" .. i }))
    equal(tostring(P), ('projection "P%d": 2 synapses, all_to_all, delay 0 ms%s'):format(i, shown[i]))
  end
  equal(#net.projections, #kinds, "several projections between the same pair")
end

-- The charge of one spike is the same at any dt: a cell is driven to fire at 1 ms; what its target gets is seen as the
-- difference in u of cells whose v is held by the script.
do
  local charges = { pulse = 1, exp = 4, alpha = 2.5 * math.exp(1) }
  for _, synapse in ipairs{ kinds[1], kinds[4], kinds[5] } do
    for _, dt in ipairs{ 1, 0.5, 0.1, 0.04 } do
      local net = izh.network{ dt = dt, integrator = "euler" }
      local A = net:population("A", 1, { a = 0, b = 0, c = -65, d = 0, v0 = 30, u0 = 140 })
      local B = net:population("B", 1, { a = 0, b = 0, c = -65, d = 0, v0 = 0, u0 = 140 })
      net:connect(A, B, with(synapse, { weight = 0.5, delay = 1 }))
      local charge = 0
      net:step()
      A:set{ v = 0 }
      while net.time < 150 do
        B:set{ v = 0, u = 140 }
        net:step()
        charge = charge + B:get("v")[1] -- v = dt × input, from v = 0 where v' is the input
        A:set{ v = 0, u = 140 }
      end
      near(charge, 0.5 * charges[synapse.synapse], 1e-12, synapse.synapse .. " at dt = " .. dt)
    end
  end
end

-- Everything can be changed midway, and what is added midway acts.
for _, synapse in ipairs(kinds) do
  local net = izh.network{ seed = 3 }
  local E, I = net:population("E", 20, "RS"), net:population("I", 5, "FS")
  local P = net:connect(E, I, with(synapse, { weight = izh.uniform(0, 4), delay = izh.uniform(0, 5) }))
  net:stimulate(E, izh.current(12))
  net:run(100)
  local function spikes_of(population, from) return net:spikes{ of = population, from = from }.size end
  check.truth(spikes_of(I, 0) > 0, "they act")
  P:scale(0)
  net:at(150, function() P:set("weight", 4) end)
  net:run(40)
  local silent = net.time
  net:run(10)
  equal(spikes_of(I, silent), 0, "without weight")
  net:run(50)
  check.truth(spikes_of(I, 150) > 0, "with a new weight")
  P:disable()
  local Q = net:connect(E, I, with(synapse, { weight = 4, delay = 1, name = "later" }))
  net:run(100)
  check.truth(spikes_of(I, 200) > 0, "through a new projection")
  Q:scale(-1)
  net:run(30)
  local later = net.time
  net:run(50)
  equal(spikes_of(I, later), 0, "inhibited")
  equal(Q:get("weight")[1], -4.0)
end

-- Delays cannot change, and say why; all rules with all kinds make synapses of that kind, autapses and multapses too.
local rules = {
  { rule = "all_to_all" }, { rule = "one_to_one" }, { rule = "pairwise_bernoulli", p = 0.5 }, { rule = "fixed_indegree", n = 4 },
  { rule = "fixed_outdegree", n = 4 }, { rule = "fixed_total_number", n = 30 }, { rule = "pairs", pairs = { { 1, 2 }, { 3, 3 }, { 1, 2 } } },
}
for _, synapse in ipairs(kinds) do
  for _, rule in ipairs(rules) do
    local several = rule.rule:find("^fixed") or rule.rule == "pairs"
    for choice = rule.rule == "one_to_one" and 1 or 0, several and 3 or 1 do
      local autapses, multapses = choice % 2 == 1, choice > 1
      local net = izh.network{}
      local E = net:population("E", 10, "RS")
      local options = with(rule, with(synapse, { weight = 1, autapses = autapses, multapses = multapses, name = "P" }))
      if rule.rule == "pairs" and not multapses then options.pairs = { { 1, 2 }, { 3, 3 } } end
      if rule.rule == "pairs" and not autapses then options.pairs = multapses and { { 1, 2 }, { 1, 2 } } or { { 1, 2 } } end
      local P = net:connect(E, E, options)
      local own, seen, twice = 0, {}, 0
      for pre, post in P:synapses() do
        if pre == post then own = own + 1 end
        local pair = pre .. ">" .. post
        if seen[pair] then twice = twice + 1 end
        seen[pair] = true
      end
      check.truth(P.size > 0 and (autapses or own == 0) and (multapses or twice == 0), rule.rule)
      if rule.rule == "all_to_all" then equal(P.size, autapses and 100 or 90) end
      if multapses and rule.rule == "fixed_indegree" then check.truth(twice > 0, "several between a pair") end
    end
  end
end

local cases = [==[

net:connect(E, E, { weight = 1, synapse = "expp" })
  connect: unknown synapse "expp" (did you mean "exp"?)
net:connect(E, E, { weight = 1, synapse = "gaussian" })
  connect: unknown synapse "gaussian" (known: pulse, delta, exp, alpha)
net:connect(E, E, { weight = 1, synapse = "exp" })
  connect: synapse exp needs the option tau
net:connect(E, E, { weight = 1, synapse = "alpha" })
  connect: synapse alpha needs the option tau
net:connect(E, E, { weight = 1, tau = 3 })
  connect: synapse pulse has no option tau, unlike exp, alpha
net:connect(E, E, { weight = 1, synapse = "exp", tau = 3, width = 1 })
  connect: synapse exp has no option width, unlike pulse
net:connect(E, E, { weight = 1, synapse = "delta", tau = 3 })
  connect: synapse delta has no option tau, unlike exp, alpha
net:connect(E, E, { weight = 1, synapse = "delta", width = 3 })
  connect: synapse delta has no option width, unlike pulse
net:connect(E, E, { weight = 1, synapse = "exp", tau = 0 })
  connect: tau must be 0.001 … 1000000 ms (got 0)
net:connect(E, E, { weight = 1, synapse = "alpha", tau = 1e7 })
  connect: tau must be 0.001 … 1000000 ms (got 1e+07)
net:connect(E, E, { weight = 1, synapse = "exp", tau = "5" })
  connect: tau must be a finite number (got "5")
net:connect(E, E, { weight = 1, synapse = "exp", tau = 0/0 })
  connect: tau must be a finite number (got NaN)
net:connect(E, E, { weight = 1, synapse = "exp", taw = 2 })
  connect: unknown option "taw" (did you mean "tau"?)
net:connect(E, E, { weight = 1, delay = -1 })
  connect: delay must be a number ≥ 0 (got -1)
net:connect(E, E, { weight = 1, delay = 0.7 })
  connect: delay must be a multiple of dt = 0.5 ms: 0.7 ms is not, 0.5 and 1 are
net:connect(E, E, { weight = 1, delay = izh.uniform(-2, -1) })
  connect: delays must be ≥ 0 ms (got -1.<any>)
P:set("delay", 3)
  set: the delays of a projection cannot change, since spikes are on the way; connect anew, and disable this one
P:set{ delay = izh.uniform(1, 2) }
  set: the delays of a projection cannot change, since spikes are on the way; connect anew, and disable this one
P:set{ weight = 2, delay = 3 }
  set: the delays of a projection cannot change, since spikes are on the way; connect anew, and disable this one
P:set{ tau = 3 }
  set: unknown option "tau" (known: weight, delay)]==]

local function build()
  local net = izh.network{ seed = 3 }
  local E = net:population("E", 10, "RS")
  local P = net:connect(E, E, { weight = 3, delay = 2, synapse = "exp", tau = 5 })
  net:stimulate(E, izh.noise{ sd = 8 })
  return setmetatable({ net = net, E = E, P = P }, { __index = setmetatable({ izh = izh }, { __index = _G }) })
end
local victim, control = build(), build()
equal(check.errors(cases, victim, control, function(env, k)
  if k % 5 == 0 then env.P:set("weight", izh.uniform(0, 6)) end
  env.net:run(5)
end), 20)
equal(check.spikes(victim.net), check.spikes(control.net), "spikes after the errors")
