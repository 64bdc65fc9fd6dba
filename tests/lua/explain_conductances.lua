-- izh.explain of networks with conductances, of which the cause is known. What the report says is also found without it: the network is made
-- again, run to the start of the window, and something is switched off or made stronger by hand.
local izh = require "izhlua"
local check = require "check"
local by_hand = require "by_hand"
local core = check.own "izhlua.core"
local equal, truth = check.equal, check.truth

-- Silence --------------------------------------------------------------------------------------------------------------

-- S sends conductances to X, which sends nothing. All that acts on X has a name.
local function network(options)
  return function()
    local net = izh.network{ seed = 2, integrator = options.integrator, dt = options.dt }
    local S, X = net:population("S", 5, "FS"), net:population("X", 2, options.cell or "RS")
    net:stimulate(S, izh.current{ amplitude = 15, name = "source" })
    for name, one in pairs(options.synapses or {}) do
      net:connect(S, X, { name = name, weight = one[1], synapse = one.synapse or "exp", tau = one.tau or 5, reversal = one[2], delay = one.delay })
    end
    for name, one in pairs(options.poisson or {}) do
      net:stimulate(X, izh.poisson{ rate = one.rate or 1000, weight = one[1], synapse = "exp", tau = 5, reversal = one[2], name = name })
    end
    for name, times in pairs(options.trains or {}) do
      net:stimulate(X, izh.spike_train{ times = times, weight = 0.15, synapse = "alpha", tau = 5, reversal = -70, name = name })
    end
    if options.jumps then net:connect(S, X, { name = "jumps", weight = options.jumps, synapse = "delta", delay = 1 }) end
    if options.drive then net:stimulate(X, izh.current{ amplitude = options.drive, from = options.late and 30 or 0, name = "drive" }) end
    return net, options
  end
end

local slow = { a = 0.002, b = 0.2, c = -65, d = 8 }

local function tired() -- driven hard by conductances until 300 ms
  local net, options = network{ cell = slow, synapses = { excitation = { 0.004, 0 } }, drive = 5 }()
  net:stimulate(net.populations.X, izh.current{ amplitude = 15, to = 300, name = "before" })
  return net, options
end

local function train(from, to, every)
  local times = {}
  for t = from, to, every do times[#times + 1] = t end
  return times
end

-- name, build, from, verdict, a set without which X fires (nil: none)
local cases = {
  { "held by conductances", network{ synapses = { inhibition = { 0.2, -80 } }, drive = 10, late = true }, 0, "held down by inhibition", { "recurrent inhibition" } },
  { "held by a shunt", network{ synapses = { inhibition = { 0.5, -65 } }, drive = 8, late = true }, 0, "held down by inhibition", { "recurrent inhibition" } },
  { "held by both", network{ synapses = { inhibition = { 0.3, -70, delay = 2 } }, poisson = { barrage = { 0.02, 0 } } }, 0, "held down by inhibition", { "recurrent inhibition" } },
  { "held by alpha", network{ synapses = { inhibition = { 0.2, -80, synapse = "alpha" } }, drive = 8, late = true }, 0, "held down by inhibition", { "recurrent inhibition" } },
  { "held in 2007", network{ cell = "RS2007", synapses = { inhibition = { 6, -75 } }, drive = 150, late = true }, 0, "held down by inhibition", { "recurrent inhibition" } },
  { "held, beside jumps", network{ synapses = { inhibition = { 0.3, -75 } }, jumps = 1.5, drive = 5, late = true }, 0, "held down by inhibition", { "recurrent inhibition" } },
  { "held from outside", network{ poisson = { barrage = { 0.15, -75 } }, drive = 5 }, 0, "held down from outside", { "stimulus barrage" } },
  { "held by a train", network{ trains = { train = train(0.5, 400, 2) }, drive = 5 }, 0, "held down from outside", { "stimulus train" } },
  { "weak conductances", network{ synapses = { excitation = { 0.002, 0 } }, drive = 1 }, 0, "underdriven" },
  { "weak, with inhibition", network{ synapses = { excitation = { 0.002, 0 }, inhibition = { 0.002, -75 } }, drive = 1 }, 0, "underdriven" },
  { "weak Poisson", network{ poisson = { barrage = { 0.002, 0, rate = 300 } } }, 0, "underdriven" },
  { "tired", tired, 300, "tired", { "state" } },
}
for _, integrator in ipairs{ "figure1", "euler", "rk4", "exact" } do
  cases[#cases + 1] = { "held, " .. integrator, network{ integrator = integrator, synapses = { excitation = { 0.01, 0 }, inhibition = { 0.3, -75, delay = 1 } }, jumps = 0.5, drive = 8, late = true }, 0, "held down by inhibition", { "recurrent inhibition" } }
end

-- What a name of a factor means in these networks.
local function switch_off(net, name, id)
  local X = net.populations.X
  if name == "recurrent inhibition" then net.projections.inhibition:disable()
  elseif name == "recurrent excitation" then
    for _, one in ipairs{ "excitation", "jumps" } do
      local ok, projection = pcall(function() return net.projections[one] end)
      if ok and projection then projection:disable() end
    end
  elseif name == "state" then
    local rest = izh.network{ dt = net.dt }
    rest:population("R", 1, slow)
    rest:run(1000)
    X:set{ v = rest.populations.R:get("v")[1], u = rest.populations.R:get("u")[1] }
  elseif name == "fluctuations" then
    for _, one in ipairs(net.stimuli) do core.calm(one) end -- which explain_factors tests
  else
    net.stimuli[name:match("^stimulus (.*)$")]:stop()
  end
  return id
end

-- Does a neuron fire from `from` on when something is changed there: a set of names; a factor on excitation, on what is positive from
-- outside; a current more.
local function fires(build, from, id, change)
  local net, options = build()
  net:run(from)
  for _, name in ipairs(change.set or {}) do switch_off(net, name, id) end
  if change.exc then
    for _, projection in ipairs(net.projections) do
      if projection.name == "excitation" or projection.name == "jumps" then projection:scale(change.exc) end
    end
  end
  for _, stimulus in ipairs(change.ext and net.stimuli or {}) do
    if stimulus.name == "drive" then 
      net:stimulate(net.populations.X, izh.current{ amplitude = (change.ext - 1) * options.drive, from = options.late and 30 or 0 })
    end
    if stimulus.name == "barrage" and core.stimulus(stimulus).reversal == 0 then stimulus:set("weight", stimulus:get("weight") * change.ext) end
  end
  if change.more then net:stimulate(net.populations.X, izh.current{ amplitude = change.more, name = "more" }) end
  net:run(400 - from)
  return net:spikes{ from = from }:slice{ of = id }.size > 0
end

local confirmed = 0
local function confirm(holds, name, what, ...)
  confirmed = confirmed + 1
  truth(holds, ("%s: %s"):format(name, what:format(...)))
end

for _, case in ipairs(cases) do
  local name, build, from, verdict, set = table.unpack(case)
  local net = build()
  net:run(400)
  local e = izh.explain.silence(net, { from = from, of = net.populations.X })
  truth(e.trusted and e.size == 2, name .. ": both are silent")
  for _, one in ipairs(e) do
    equal(one.verdict, verdict, name .. ": verdict")
    local id, found = one.neuron, set == nil
    for _, got in ipairs(one.fires_with) do
      local words = table.concat(got, " + ")
      found = found or words == table.concat(set or {}, " + ")
      confirm(fires(build, from, id, { set = got }), name, "fires without %s", words)
    end
    truth(found, name .. ": what it fires without")
    confirm(not fires(build, from, id, {}), name, "it is silent")
    if set == nil then equal(#one.fires_with, 0, name .. ": nothing taken away makes it fire") end
    if one.factor and from == 0 then -- else what had come before would not be as much more
      confirm(fires(build, from, id, { exc = one.factor }), name, "excitation × %g", one.factor)
      confirm(not fires(build, from, id, { exc = one.factor / 1.0102 }), name, "excitation × less than %g", one.factor)
    end
    if one.ext_factor then
      confirm(fires(build, from, id, { ext = one.ext_factor }), name, "external × %g", one.ext_factor)
      confirm(not fires(build, from, id, { ext = one.ext_factor / 1.0102 }), name, "external × less than %g", one.ext_factor)
    end
    if one.more then confirm(fires(build, from, id, { more = one.more }), name, "a current of %g", one.more) end
  end
end
truth(confirmed > 150, "sentences were confirmed")

-- A neuron of ten has none of the others' synapses: with theirs it fires.
do
  local function cut_off(connected)
    local net = izh.network{ seed = 2 }
    local S, X = net:population("S", 5, "FS"), net:population("X", 10, "RS")
    net:stimulate(S, izh.current{ amplitude = 15, name = "source" })
    net:connect(S, connected and X or X:slice(2, 10), { name = "excitation", weight = 0.02, synapse = "exp", tau = 10, reversal = 0 })
    net:run(400)
    return net, X
  end
  local net, X = cut_off(false)
  local e = izh.explain.silence(net, { of = X })
  equal(e.size, 1, "one is silent")
  equal(e[1].verdict, "disconnected", "it is cut off")
  local other, Y = cut_off(true)
  equal(#other:spikes{ of = Y }:silent(), 0, "with synapses it fires")
end

-- It fires only because of fluctuations: at their mean, conductances hold it below.
do
  local build = network{ synapses = { inhibition = { 0.3, -75 } }, poisson = { barrage = { 0.03, 0, rate = 200 } } }
  local net = build()
  net:run(400)
  local needs = 0
  for _, one in ipairs(izh.explain.silence(net, { of = net.populations.X })) do
    for k, set in ipairs(one.fires_with) do
      truth(fires(build, 0, one.neuron, { set = set }), "fires without " .. table.concat(set, " + "))
      if one.needs_fluctuations[k] then
        needs = needs + 1
        truth(not fires(build, 0, one.neuron, { set = { "fluctuations", table.unpack(set) } }), "not without fluctuations")
      end
    end
  end
  equal(needs, 2, "both need fluctuations")
end

-- A script's own recordings do not have conductances: the network is run again.
do
  local net = network{ synapses = { excitation = { 0.002, 0 } }, drive = 1 }()
  net:record(net, { "v", "u", "i_exc", "i_inh", "i_ext" }, { every = net.dt })
  net:run(200)
  for _, one in ipairs(izh.explain.silence(net, { of = net.populations.X })) do equal(one.verdict, "underdriven", "recorded") end
end

-- The figure.
do
  local scratch <close> = check.scratch()
  local net = network{ synapses = { inhibition = { 0.3, -75 } }, drive = 10 }()
  net:run(200)
  izh.explain.silence(net, { from = 50 }):plot(scratch.path("conductances.pdf"))
  truth(check.content(scratch.path("conductances.pdf")), "a figure")
end

-- Bursts and inhibition ----------------------------------------------------------------------------------------------------

local function bursting()
  local net = izh.network{ seed = 1 }
  local E, I = net:population("E", 40, { a = 0.02, b = 0.2, c = -65, d = 3 }), net:population("I", 10, "FS")
  local function wire(pre, post, name, p, weight, tau, reversal)
    net:connect(pre, post, { name = name, rule = "pairwise_bernoulli", p = p, weight = weight, synapse = "exp", tau = tau, reversal = reversal })
  end
  wire(E, E, "loop", 0.4, 0.04, 3, 0)
  wire(E, I, "loop of I", 0.5, 0.01, 10, 0)
  wire(I, E, "stop", 0.5, 0.1, 40, -80)
  net:stimulate(E, izh.noise{ mean = 1.5, sd = 4, name = "noise" })
  return net
end

do
  local net = bursting()
  net:run(600)
  local b = izh.explain.bursts(net, { redraws = 2 })
  truth(b.size >= 3, "bursts")
  for k, burst in ipairs(b) do
    equal(burst.alone["recurrent excitation"].what, "gone", ("burst %d needs the loop"):format(k))
    truth(burst.alone["recurrent inhibition"].duration > 1.5 * burst.duration, ("burst %d is ended by inhibition"):format(k))
  end
  truth(by_hand.confirm("conductances", bursting, b) > 20, "claims")
  local e = izh.explain.inhibition(net, { strengths = { 0, 1, 2 }, trials = 1, from = 100 })
  for _, row in ipairs(e.sweep.rows) do
    local one = bursting()
    one.projections.stop:scale(row.inhibition)
    one:run(600)
    equal(row.rate, one:spikes{ from = 100 }:mean_firing_rate(), "rate at " .. row.inhibition)
  end
  truth(e.sweep.rows[1].rate > e.sweep.rows[3].rate, "it inhibits")
end
