-- net:profile(): what it counts, what it times, what it says; and that the spikes are the same.
local check = require "check"
local izh = require "izhlua"

local function build(size)
  local net = izh.network{ seed = 3, dt = 1, threads = 1 }
  local E, I = net:population("E", size * 4 // 5, "E2003"), net:population("I", size // 5, "I2003")
  net:connect(E, net, { name = "excitation", rule = "fixed_outdegree", n = 20, weight = 6 })
  net:connect(I, net, { name = "inhibition", rule = "fixed_outdegree", n = 10, weight = -5 })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  return net
end

local phases = { "delivery", "currents", "noise", "stimuli", "update", "waiting", "exchange", "recording", "callbacks", "other" }

local function sum_of(p)
  local sum = 0
  for _, phase in ipairs(phases) do
    check.truth(p.ms[phase] >= 0, phase .. " ≥ 0")
    sum = sum + p.ms[phase]
  end
  return sum
end

-- counts: delay 0, so that all but the spikes of the last step have arrived at all synapses of their neuron
do
  local net = build(100)
  net:run(300)
  net:run(200)
  local p = net:profile()
  local events = 0
  for _, id in net:spikes{ from = 299, to = 499 }:each() do events = events + (id <= 80 and 20 or 10) end
  check.equal(p.synaptic_events, events, "events")
  check.equal(p.spikes, net:spikes{ from = 300 }.size, "spikes")
  check.equal(p.steps, 200)
  check.equal(p.neuron_updates, 20000)
  check.equal(p.threads, 1)
  check.truth(p.timed_steps > 0 and p.timed_steps < 40, "few steps are timed")
  check.near(sum_of(p), p.ms.total, 1e-9 * p.ms.total, "the parts")
  check.equal(p.ms.recording + p.ms.callbacks + p.ms.stimuli + p.ms.waiting, 0)
  check.near(p.ns_per_event, 1e6 * p.ms.delivery / events, 1e-9)
  check.near(p.ns_per_update, 1e6 * (p.ms.noise + p.ms.currents + p.ms.update) / 20000, 1e-6)
  -- memory: 2 bytes a target, and what the rows need
  check.equal(#p.projections, 2)
  check.equal(p.projections[1].name, "excitation")
  check.equal(p.projections[1].synapses, 1600)
  check.truth(p.projections[1].bytes_per_synapse >= 2 and p.projections[1].bytes_per_synapse < 4)
  check.near(p.projections[2].bytes_per_synapse, p.projections[2].bytes / 200, 1e-9)
  check.near(p.bytes.total, p.bytes.neurons + p.bytes.projections + p.bytes.stimuli + p.bytes.spikes + p.bytes.recordings + p.bytes.start, 0.5)
  check.near(p.bytes.projections, p.projections[1].bytes + p.projections[2].bytes, 0.5)
  check.truth(p.bytes.neurons >= 100 * 6 * 8 and p.bytes.spikes >= 500 * 8 and p.bytes.recordings == 0)
  check.truth(p.bytes.start > p.bytes.projections, "the start has the synapses, too")
end

-- where the time goes: a callback that takes long, rarely called; one that is called in each step; a condition; a current
-- that is a function of time; a recording
-- Another program may take the processor at any time: one of some runs shows what holds for all.
local function in_one_of_some(what, f)
  for _ = 1, 20 do
    if f() then return end
  end
  check.truth(false, what)
end
local function mostly_callbacks(p) return p.ms.callbacks > 0.8 * p.ms.total end

local function work(n)
  local x = 0
  for i = 1, n do x = x + i end
  return x
end
do
  local net, p = build(100)
  in_one_of_some("one slow callback", function()
    net:at(net.time + 20, function() work(3000000) end)
    net:run(100)
    p = net:profile()
    check.near(sum_of(p), p.ms.total, 1e-9 * p.ms.total)
    return mostly_callbacks(p)
  end)
  net:run(100)
  p = net:profile()
  check.equal(p.ms.callbacks, 0, "no callback")
  net:every(1, function() work(20000) end)
  in_one_of_some("many callbacks", function()
    net:run(100)
    return mostly_callbacks(net:profile())
  end)
end
do
  local net = build(100)
  in_one_of_some("a condition", function()
    net:run_until(function() work(20000) end, { max = 100 })
    return mostly_callbacks(net:profile())
  end)
  net:run(100)
  check.equal(net:profile().ms.callbacks, 0)
  net:stimulate(net.populations.E, izh.current(function(t) return work(20000) * 0 + t / 1e6 end))
  in_one_of_some("a function of time", function()
    net:run(100)
    return mostly_callbacks(net:profile()) and net:profile().ms.stimuli > 0
  end)
  net:record(net, "v")
  in_one_of_some("a recording", function()
    net:run(10)
    return net:profile().ms.recording > 0
  end)
  check.truth(net:profile().bytes.recordings > 0)
end

-- within a run, after a failed one, and after one in a coroutine that died: of what was done until then
do
  local net, seen
  in_one_of_some("within a run", function()
    net = build(100)
    net:at(7, function() work(3000000) seen = net:profile() end)
    net:at(50, function() error("enough") end)
    check.truth(not pcall(net.run, net, 100))
    check.equal(seen.steps, 7)
    return mostly_callbacks(seen) and seen.ms.total > 0
  end)
  local p = net:profile()
  check.equal(p.steps, 50)
  check.truth(p.ms.total > seen.ms.total)
  check.equal(net:profile().ms.total, p.ms.total, "the clock stands still")
  net:at(60, function() error("enough") end)
  coroutine.wrap(function() pcall(net.run, net, 1) end)()
  local co = coroutine.create(function() net:run(100) end)
  check.truth(not coroutine.resume(co))
  p = net:profile()
  check.equal(p.steps, 9)
  check.near(sum_of(p), p.ms.total, 1e-9 * p.ms.total)
  work(1000000)
  check.equal(net:profile().ms.total, p.ms.total, "the clock of a dead coroutine stands still")
end

-- a run of nothing, and a network of nothing
do
  local net = izh.network{}
  net:run(0)
  local p = net:profile()
  check.equal(p.steps, 0)
  check.truth(p.ns_per_event ~= p.ns_per_event and p.ns_per_update ~= p.ns_per_update, "NaN of nothing")
  check.truth(tostring(p):find("^0 ms %(0 steps%) in [%d.e-]+ ms, on 0 threads\n"), tostring(p))
  net:run(10)
  check.equal(net:profile().neuron_updates, 0)
  tostring(net:profile())
end

-- as text: aligned, in order, without what is not there
do
  local net = build(100)
  net:run(100)
  local text = tostring(net:profile()):gsub("(%d)e[+-]%d+", "%1"):gsub("%d+%.?%d*", "0"):gsub("KB", "bytes")
  local lines = {}
  for line in text:gmatch("[^\n]*") do lines[#lines + 1] = line:gsub(" +", " ") end
  check.list(lines, {
    "0 ms (0 steps) in 0 ms, 0 × real time, on 0 thread", "",
    "time ms % ns for each",
    "delivery 0 0 0 synaptic event (0)",
    "currents 0 0 0 neuron and step (0)",
    "noise 0 0 0 neuron and step (0)",
    "update 0 0 0 neuron and step (0)",
    "exchange 0 0",
    "other 0 0",
    "total 0",
    "Timed: 0 steps of 0", "",
    "memory",
    "neurons 0 bytes",
    'projection "excitation" 0 bytes 0 bytes a synapse (0)',
    'projection "inhibition" 0 bytes 0 bytes a synapse (0)',
    "stimuli 0 bytes",
    "spikes 0 bytes",
    "start 0 bytes",
    "total 0 bytes",
  }, text)
end

-- the same spikes, asked or not
do
  local a, b = build(100), build(100)
  a:run(300)
  for _ = 1, 300 do
    b:step()
    b:profile()
  end
  check.equal(check.spikes(a), check.spikes(b))
end

local closed = build(100)
closed:run(1)
closed:close()
check.equal(check.errors([[

build(100):profile()
  profile: the network has not run yet
ran:profile(1)
  profile: 1 argument too many
closed:profile()
  profile: the network is closed
ran.profile()
  profile: must be called on a network, with a colon: net:profile(…) (got nothing)
ran.profile{ seed = 1 }
  profile: must be called on a network, with a colon: net:profile(…) (got a table)
]], { build = build, ran = (function() local net = build(100) net:run(1) return net end)(), closed = closed }, {}, function() end), 5)
