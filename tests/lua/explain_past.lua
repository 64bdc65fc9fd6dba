-- izh.explain where networks have a past, other networks, or spikes that are not kept.
local izh = require "izhlua"
local check = require "check"
local equal, truth = check.equal, check.truth

-- Two that fire, four that do not.
local function build()
  local net = izh.network{ seed = 2 }
  local A, B = net:population("A", 3, "RS"), net:population("B", 3, "RS")
  net:stimulate(A{ 1 }, izh.current(10))
  net:stimulate(B{ 1 }, izh.current(10))
  return net, A, B
end

local function ids_of(e)
  local ids = {}
  for k, one in ipairs(e.neurons) do ids[k] = one.id end
  return ids
end

-- Whose silence: the network itself, populations, ids in any order.
do
  local net, A, B = build()
  net:run(100)
  for _, case in ipairs{
    { nil, { 2, 3, 5, 6 } }, { net, { 2, 3, 5, 6 } }, { B, { 5, 6 } }, { A{ 1, 2 }, { 2 } }, { 3, { 3 } }, { { 6, 2, 6, 4 }, { 2, 6 } },
    { B.ids, { 5, 6 } },
  } do
    check.list(ids_of(izh.explain.silence(net, { of = case[1] })), case[2], "silent")
  end
  equal(izh.explain.silence(net, { of = { 6, 2, 6, 4 } }).of, 3, "of")
end

-- Only some spikes are kept: those are enough.
do
  local net, A = build()
  net:record_spikes(A{ 2, 3 })
  net:run(100)
  local e = izh.explain.silence(net, { of = { 2, 3 } })
  truth(e.trusted, "the same again")
  check.list(ids_of(e), { 2, 3 }, "silent")
  net = build()
  net:record_spikes(false)
  net:run(100)
  net:record_spikes(true)
  net:run(100)
  truth(izh.explain.silence(net, { from = 100 }).trusted, "all in the window")
  net.populations.B{ 1 }:set("v", 0)
  net:run(100)
  equal(izh.explain.silence(net, { of = 2, from = 100 }).trusted, false, "the state of all is compared")
end

-- Clones and networks that were restored begin at their start.
do
  local net = build()
  net:run(100)
  local clone = net:clone()
  local snapshot = net:snapshot()
  clone:run(50)
  local e = izh.explain.silence(clone)
  equal(e.from, 100, "a clone's start")
  equal(e.to, 150, "its end")
  truth(e.trusted and #e == 4, "its silent neurons")
  equal(izh.explain.bursts(clone, { participation = 0.1 }).from, 100, "for bursts, too")
  net:run(50)
  equal(izh.explain.silence(net).from, 0, "its own start")
  net:restore(snapshot)
  equal(izh.explain.silence(net).from, 0, "restored, and not run since")
  net:run(20)
  equal(izh.explain.silence(net).from, 100, "restored, and run")
  equal(izh.explain.silence(net, { start = snapshot }).from, 100, "a start that is given")
end

-- Figures are of what was explained, whatever becomes of the network.
do
  local scratch <close> = check.scratch()
  local net = izh.network{ seed = 1 }
  local E = net:population("E", 20, "RS")
  net:stimulate(E, izh.current{ amplitude = 20, width = 10, period = 100, from = 50 })
  local first = net:snapshot()
  net:run(200)
  local b = izh.explain.bursts(net, { redraws = 0 })
  b:plot(scratch.path("before.svg"))
  net:restore(first)
  E:silence()
  net:run(200)
  b:plot(scratch.path("restored.svg"))
  net:close()
  b:plot(scratch.path("closed.svg"))
  local before = check.content(scratch.path("before.svg"))
  equal(check.content(scratch.path("restored.svg")), before, "after restore")
  equal(check.content(scratch.path("closed.svg")), before, "after close")
  equal(tostring(b:panels{ titles = { "mine" }, span = 1 }[1]), "raster panel: 80 spikes in 0 < t ≤ 200 ms", "the raster")
end

-- Inhibition that is enabled in the run.
do
  local e = izh.explain.inhibition(function(case)
    local net = izh.network{ seed = case.seed }
    local E, I = net:population("E", 20, "RS"), net:population("I", 5, "FS")
    net:stimulate(net, izh.current(10))
    net:connect(I, E, { name = "inhibition", weight = -10 }):disable()
    net:at(50, function() net.projections.inhibition:enable() end)
    return net
  end, { strengths = { 0, 2 }, trials = 2, duration = 200, from = 50 })
  truth(e.points[1].rate.mean > e.points[2].rate.mean, "it has its strength")
end

-- Inhibition is measured in the time of the network, from its start on.
local function inhibited(late)
  local net = izh.network{ seed = 1 }
  local E, I = net:population("E", 20, "RS"), net:population("I", 5, "FS")
  net:stimulate(E, izh.noise{ mean = 4, sd = 5 })
  net:stimulate(I, izh.current(10))
  net:connect(I, E, { weight = -2 })
  if late then
    net:at(20, function(n) n:connect(n.populations.I, n.populations.E, { name = "late", weight = -2 }) end)
  end
  return net
end

do
  local net = inhibited()
  net:run(200)
  local clone = net:clone()
  clone:run(400)
  local e = izh.explain.inhibition(clone, { strengths = { 0, 1 }, trials = 1 })
  equal(e.from, 300, "from")
  equal(e.to, 600, "to")
  truth(tostring(e):find("1 trial each, 300 < t ≤ 600 ms;", 1, true), "the text says so")
  local _, same = table.unpack(e.sweep.rows)
  equal(same.rate, clone:spikes{ from = 300 }:mean_firing_rate(), "what the clone did")
  truth(e.sweep.rows[1].rate > same.rate, "and more without inhibition")
  e = izh.explain.inhibition(clone, { strengths = { 0, 1 }, trials = 1, from = 250, duration = 100 })
  equal(e.from, 250, "from that is given")
  equal(e.to, 300, "the end")
end

-- Our own files have the functions of Lua, whatever a script has done to its own.
do
  local net = inhibited()
  net:run(100)
  local names, kept = { "io", "print", "type", "table", "math", "require", "pairs", "string" }, {}
  for _, name in ipairs(names) do kept[name], _G[name] = _G[name], nil end
  local ok, message = pcall(function()
    local text = tostring(izh.explain.silence(net)) .. tostring(izh.explain.bursts(net, { redraws = 1, participation = 0.05 }))
    return text .. tostring(izh.explain.inhibition(net, { strengths = { 0, 1 }, trials = 1 }))
  end)
  for name, value in next, kept do _G[name] = value end
  truth(ok, message)
end

-- Mistakes.
do
  local net, A, B = build()
  net:run(100)
  local victim = { izh = izh, net = net, other = build(), clone = net:clone(), ran = net:clone(), A = A }
  victim.late = net:snapshot()
  local past = inhibited()
  past:run(100)
  victim.inhibited = past:clone()
  victim.inhibited:run(100)
  victim.late_inhibition, victim.unrun = inhibited(true), inhibited()
  victim.late_inhibition:run(50)
  victim.ran:run(50)
  victim.other:run(10)
  victim.start = victim.other:snapshot()
  check.errors([[

izh.explain.silence(net, { of = other.populations.A })
  silence: of belongs to another network
izh.explain.silence(net, { of = other })
  silence: of belongs to another network
izh.explain.silence(net, { of = 9 })
  silence: of must be a neuron's id, 1 … 6 (got 9)
izh.explain.silence(net, { of = { 1, 9 } })
  silence: of[2] must be a neuron's id, 1 … 6 (got 9)
izh.explain.silence(net, { of = 1.5 })
  silence: of must be a neuron's id, 1 … 6 (got 1.5)
izh.explain.silence(net, { of = {} })
  silence: of must name one neuron at least
izh.explain.silence(net, { of = 1, start = start })
  silence: start belongs to another network
izh.explain.bursts(net, { start = start })
  bursts: start belongs to another network
izh.explain.inhibition(net, { start = start })
  inhibition: start belongs to another network
izh.explain.silence(net, { start = late })
  silence: start must be before now, 100 ms (got a snapshot of 100 ms)
izh.explain.silence(ran, { from = 50 })
  silence: from must not be before the start, from which the network can be run again, at 100 ms (got 50)
izh.explain.inhibition(inhibited, { from = 50 })
  inhibition: from must not be before the start, from which the network can be run again, at 100 ms (got 50)
izh.explain.inhibition(inhibited, { from = 200 })
  inhibition: from must be before the end, 200 ms (got 200)
izh.explain.inhibition(inhibited, { from = 120.3 })
  inhibition: from must be a multiple of dt = 0.5 ms (got 120.3 ms)
izh.explain.inhibition(inhibited, { duration = 50.3 })
  inhibition: duration must be a multiple of dt = 0.5 ms (got 50.3 ms)
izh.explain.inhibition(inhibited, { duration = 0 })
  inhibition: duration must be a number of ms, 0.5 … 1e9 (got 0)
izh.explain.inhibition(inhibited, { strengths = { 0, 1e7 } })
  inhibition: strengths[2] must be a factor, 0 … 1e6 (got 10000000.0)
izh.explain.inhibition(late_inhibition)
  inhibition: projection "late", which is made during the run, has inhibitory synapses, whose strength could not be changed: connect it before the run
izh.explain.inhibition(unrun)
  inhibition: the network has not run: there is nothing to explain yet
izh.explain.silence(clone)
  silence: the network has not run since it was cloned, loaded or restored: there is nothing to explain yet
]], victim, victim, function() end)
end
