-- Models as scripts see them: those without u, and the phase plane of each that has one.
local izh = require "izhlua"
local check = require "check"
local equal, truth = check.equal, check.truth

local function fails(f, message) equal(check.message(f), message, "message") end

local lif = { model = "lif", tau = 20, vr = -70, vt = -50, c = -60 }
local qif = { model = "qif", C = 100, k = 0.7, vr = -60, vt = -40, vpeak = 35, c = -50 }

-- A mixed network: the same spikes after a snapshot, in a clone, and from a file.
do
  local function build()
    local net = izh.network{ seed = 4 }
    local E = net:population("E", 40, lif, { vt = izh.normal(-50, 1) })
    local Q = net:population("Q", 20, qif)
    local I = net:population("I", 10, "FS")
    net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.3, weight = 0.5, synapse = "delta" })
    net:connect(I, E, { weight = -0.1, synapse = "exp", tau = 5 })
    net:connect(Q, I, { weight = 2, delay = 3 })
    net:stimulate(E, izh.noise{ mean = 18, sd = 8 })
    net:stimulate(Q, izh.current(120))
    return net
  end
  local net = build()
  net:run(200)
  local clone, file = net:clone(), os.tmpname()
  net:save(file .. ".izh")
  net:run(200)
  clone:run(200)
  local loaded = izh.load(file .. ".izh")
  os.remove(file); os.remove(file .. ".izh")
  loaded:run(200)
  for _, other in ipairs{ clone, loaded } do
    local a, b = net:spikes{ from = 200 }, other:spikes{ from = 200 }
    equal(#a:times(), #b:times(), "spikes of a copy")
    for k, t in ipairs(a:times()) do
      equal(b:times()[k], t, "time of a copy")
      equal(b:senders()[k], a:senders()[k], "sender of a copy")
    end
  end
  truth(net:spikes{ of = net.populations.E }.size > 100, "lif fires")
  truth(net:spikes{ of = net.populations.Q }.size > 100, "qif fires")
  equal(tostring(net.populations.E), 'population "E": 40 × lif', "tostring")
  equal(net.populations.E.model, "lif", "model")
  equal(net.populations.E:get("R")[1], 1, "default")
end

-- Of a silent one without u.
do
  local net = izh.network{}
  local E = net:population("E", 2, lif)
  net:stimulate(E{ 1 }, izh.current(25))
  net:stimulate(E{ 2 }, izh.current(10))
  net:run(300)
  local silence = izh.explain.silence(net)
  equal(#silence, 1, "silent neurons")
  equal(silence[1].verdict, "underdriven", "verdict")
  truth(math.abs(silence[1].ext_factor - 2) < 0.03, "it needs twice the current")
  truth(math.abs(silence[1].rheobase - 20) < 0.1, "rheobase of lif")
end

-- Phase planes of all models that have u.
do
  local cell = { a = 0.02, b = 0.2, c = -65, d = 8 }
  for _, model in ipairs{ "izhikevich2003", "izhikevich2004class1", "izhikevich2004accommodation" } do
    cell.model = model
    truth(tostring(izh.phase(cell, { current = 2 })):find("fixed point"), "phase plane of " .. model)
  end
  equal(tostring(izh.phase({ model = "izhikevich2004accommodation", a = 0.02, b = 1, c = -55, d = 4 })),
    "phase panel: 1 fixed points at I = 0", "where v = -65")
  fails(function() izh.phase(lif) end, "phase: lif has no u, and so no phase plane")
end

-- Wrong numbers.
do
  local net = izh.network{}
  local E = net:population("E", 1, lif)
  fails(function() net:record(E, { "v", "u" }) end, 'record: population "E" has no u: it is lif')
  fails(function() E:get("u") end, 'get: unknown quantity "u" (known: tau, vr, R, vt, c, v, refractory, refractory_left, clamped, lesioned)')
  fails(function() net:population("F", 1, { model = "lif", tau = 0, vr = -70, vt = -50, c = -60 }) end,
    'population: tau of neuron 1 of population "F" must be > 0 (got 0)')
  fails(function() net:population("F", 1, { model = "lif", tau = 10, vr = -70, c = -60 }) end, "population: the cell has no vt")
  fails(function() net:population("F", 1, { model = "qif", tau = 10 }) end, 'population: "tau" is a quantity of lif; the model here is qif')
  fails(function() net:population("F", 1, { model = "if" }) end, 'population: unknown model "if" (did you mean "lif"?)')
end
