-- The clock: run, step, run_until, at, every; what callbacks may do; errors and coroutines in the middle of a run.
local izh = require "izhlua"
local check = require "check"
local equal, list, raises = check.equal, check.list, check.raises

local function build(options)
  local net = izh.network(options or { seed = 4 })
  local E = net:population("E", 20, "RS")
  net:connect(E, E, { weight = 2, rule = "pairwise_bernoulli", p = 0.3 })
  net:stimulate(E, izh.noise{ sd = 8, mean = 2 })
  return net, E
end

local reference = build()
reference:run(100)
local want = check.spikes(reference)
check.truth(reference:spikes().size > 20, "the network spikes")

-- The network goes on to 100 ms as if nothing had happened.
local function unharmed(net)
  net:run(100 - net.time)
  equal(check.spikes(net), want, "spikes")
end

-- Time goes by whole steps, and a run can be cut anywhere.
do
  local net = build()
  equal(net.time, 0.0)
  net:run(0)
  equal(net.time, 0.0)
  net:step(0)
  equal(net.time, 0.0)
  net:step()
  equal(net.time, 0.5)
  net:step(3)
  equal(net.time, 2.0)
  net:run(10.5)
  equal(net.time, 12.5)
  net:run(7 * 0.5)
  equal(net.time, 16.0)
  unharmed(net)
  local fine = build{ dt = 0.1 }
  fine:run(0.3)
  equal(fine.time, 0.3, "no rounding shows")
  fine:run(0.1 + 0.2)
  equal(fine.time, 0.6)
  build{ dt = 0.125 }:run(1)
end

-- Fields.
do
  local net = izh.network{ seed = 4294967295, dt = 0.25, integrator = "euler", threads = "auto" }
  equal(net.seed, 4294967295)
  equal(net.dt, 0.25)
  equal(net.size, 0)
  net:run(1)
  equal(net:spikes().size, 0, "a network without neurons runs, too")
  equal(tostring(net), "network: 0 neurons, 0 synapses, t = 1 ms, dt = 0.25 ms, seed 4294967295")
  local default = izh.network()
  equal(default.seed, 1)
  equal(default.dt, 0.5)
end

-- The two integrators differ; threads do not.
do
  local function spikes(options)
    options.seed = 4
    local net = build(options)
    net:run(100)
    return check.spikes(net)
  end
  equal(spikes{ integrator = "izhikevich2003" }, want)
  equal(spikes{ threads = 2 }, want)
  check.truth(spikes{ integrator = "euler" } ~= want, "another scheme gives other spikes")
end

-- run_until: the condition is asked before every step, and gets the network.
do
  local net = build()
  local asked = {}
  equal(net:run_until(function(n)
    asked[#asked + 1] = n.time
    return n.time >= 2
  end), true)
  list(asked, { 0, 0.5, 1, 1.5, 2 })
  equal(net:run_until(function() return false end, { max = 3 }), false)
  equal(net.time, 5.0)
  equal(net:run_until(function() end, { max = 0 }), false)
  equal(net:run_until(function() return 0 end), true, "any value but false and nil")
  equal(net.time, 5.0)
  equal(net:run_until(function(n) return n.time == 6 end, { max = 1 }), true, "asked at the end, too")
  unharmed(net)
end

-- Calls come in order of time, then of call, with the network; those of the last moment are made before run returns.
do
  local net = build()
  local log = {}
  local function note(name)
    return function(n)
      equal(n, net)
      log[#log + 1] = name .. "@" .. n.time
    end
  end
  net:at(3, note "late")
  net:every(1, note "every1")
  net:at(1, note "a")
  net:at(1, note "b")
  net:every(2, note "every2")
  net:at(0, note "first")
  net:run(3)
  list(log, { "first@0.0", "every1@1.0", "a@1.0", "b@1.0", "every1@2.0", "every2@2.0", "late@3.0", "every1@3.0" })
  log = {}
  net:run(0)
  list(log, {}, "nothing twice")
  net:every(0.5, note "half")
  net:at(3, note "now")
  net:step()
  list(log, { "now@3.0", "half@3.5" })
end

-- Many calls in a random order come sorted.
do
  local net = build()
  local last, count = -1, 0
  math.randomseed(3)
  for _ = 1, 500 do
    local t = math.random(0, 100) / 2
    net:at(t, function(n)
      equal(n.time, t)
      check.truth(t >= last, "ascending")
      last, count = t, count + 1
    end)
  end
  net:run(50)
  equal(count, 500)
  unharmed(net)
end

-- Callbacks that schedule: now is heard at once, later is heard later; also beyond this run.
do
  local net = build()
  local log = {}
  net:at(1, function(n)
    log[#log + 1] = "outer@" .. n.time
    n:at(1, function() log[#log + 1] = "now@" .. n.time end)
    n:at(2, function() log[#log + 1] = "next@" .. n.time end)
    n:every(0.5, function() log[#log + 1] = "every@" .. n.time end)
  end)
  net:run(1)
  list(log, { "outer@1.0", "now@1.0" })
  net:run(1)
  list(log, { "outer@1.0", "now@1.0", "every@1.5", "next@2.0", "every@2.0" })
end

-- A callback may do anything else that a script may.
do
  local net = build()
  net:at(5, function(n)
    local A = n:population("A", 30, "FS")
    n:connect(n.populations.E, A, { weight = izh.uniform(0, 3), delay = izh.uniform(0, 4), name = "new" })
    n:stimulate(A, izh.noise{ sd = 5 })
    n.projections["E->E"]:scale(2)
    n.populations.E:set("d", 6)
    equal(n:spikes().to, 5.0)
  end)
  net:run(50)
  equal(net.size, 50)
  check.truth(net:spikes{ of = net.populations.A }.size > 0, "the new ones spike")
end

-- Running the network from what it calls is an error, and the run that called can go on.
do
  local net = build()
  local message = "the network is running already"
  net:at(1, function(n)
    raises("run: " .. message, function() n:run(1) end)
    raises("step: " .. message, function() n:step() end)
    raises("run_until: " .. message, function() n:run_until(print) end)
    raises("a network cannot be closed while it runs", function() n:close() end)
    raises("run: " .. message, function() coroutine.wrap(function() n:run(1) end)() end)
    local other = build()
    other:run(5)
    equal(other.time, 5.0, "another network may run")
  end)
  net:stimulate(net, izh.current(function()
    raises("run: " .. message, function() net:run(1) end)
    return 0
  end))
  net:run_until(function(n)
    raises("step: " .. message, function() n:step() end)
    return n.time == 3
  end)
  equal(net.time, 3.0)
  unharmed(net)
end

-- Errors of callbacks, waves and conditions end the run between two steps; the next run goes on from there.
do
  local thrown = setmetatable({}, { __tostring = function() error("not even this") end })
  for _, what in ipairs{ "text", 42, thrown, true } do
    local net = build()
    net:at(10, function() error(what, 0) end)
    local after = 0
    net:at(10, function() after = after + 1 end)
    local ok, got = pcall(net.run, net, 50)
    equal(ok, false)
    equal(got, what)
    equal(net.time, 10.0)
    equal(after, 0)
    net:step()
    equal(after, 1, "the other call was not lost")
    unharmed(net)
  end
  local net = build()
  net:at(10, function() error() end)
  equal(select("#", pcall(net.run, net, 50)), 2)
  unharmed(net)

  net = build()
  local calls = 0
  net:every(10, function() calls = calls + 1 error("each time", 0) end)
  for k = 1, 5 do
    equal(pcall(net.run, net, 100), false)
    equal(net.time, 10.0 * k)
  end
  equal(calls, 5)

  net = build()
  equal(pcall(net.run_until, net, function(n) return n.time > 3 and error("stop") end), false)
  unharmed(net)

  net = build()
  local wave = net:stimulate(net, izh.current(function(t) return t == 7 and {} or 0 end))
  raises('run: the function of stimulus "all.current" must return a finite number (got a table at t = 7 ms)', function()
    net:run(50)
  end)
  equal(net.time, 7.0)
  wave:stop()
  unharmed(net)
end

-- A neuron that runs away stops the run, with its number, the time and the parameters; repaired, the network goes on.
do
  local net, E = build()
  net:run(10)
  E{ 3 }:set("u", -1e7)
  raises('run: neuron 3 (population "E": a = 0.02, b = 0.2, c = -65, d = 8) diverged at t = 10.5 ms', function() net:run(5) end)
  equal(net.time, 10.5)
  E{ 3 }:set{ u = -13, v = -65 }
  net:run(5)
  equal(net.time, 15.5)
  net:stimulate(E{ 5 }, izh.current(1e300))
  raises("neuron 5 ", function() net:run(5) end)
end

-- Coroutines: a run inside one, a yield out of a run, a coroutine that dies of an error in the middle of one.
do
  local net = build()
  local co = coroutine.wrap(function()
    for _ = 1, 3 do
      net:run(5)
      coroutine.yield(net.time)
    end
  end)
  list({ co(), co(), co() }, { 5, 10, 15 })

  local function attempt_to_yield()
    coroutine.yield()
  end
  net:at(16, attempt_to_yield)
  local dead = coroutine.create(function() net:run(50) end)
  equal(coroutine.resume(dead), false)
  equal(net.time, 16.0)
  net:step() -- nothing has closed the dead coroutine
  equal(net.time, 16.5)
  net:at(17, function(n)
    coroutine.close(dead) -- must not end this run's protection
    raises("run: the network is running already", function() n:run(1) end)
    raises("a network cannot be closed while it runs", function() n:close() end)
  end)
  net:run(1)
  dead = nil
  collectgarbage()
  unharmed(net)

  -- the same for a condition, a wave, and an error under pcall inside the coroutine
  net = build()
  dead = coroutine.create(function() net:run_until(function() error("stop") end) end)
  coroutine.resume(dead)
  net:step()
  co = coroutine.create(function()
    net:at(2, function() error("inner") end)
    equal(pcall(net.run, net, 5), false)
    net:step()
    coroutine.yield(net.time)
    net:step()
  end)
  equal(select(2, coroutine.resume(co)), 2.5)
  net:step()
  coroutine.resume(co)
  equal(net.time, 3.5)
  equal(coroutine.status(co), "dead")
  unharmed(net)
end

-- A dead coroutine does not make a closed network usable, nor keep an open one from being closed.
do
  local net = build()
  coroutine.resume(coroutine.create(function()
    net:at(1, error)
    net:run(5)
  end))
  net:close()
  raises("run: the network is closed", function() net:run(1) end)
end

-- A callback for a time in an earlier run's past is refused; for now it is not.
do
  local net = build()
  net:run(5)
  raises("at: 4.5 ms has passed: it is 5 ms", function() net:at(4.5, print) end)
  local called = 0
  net:at(5, function() called = called + 1 end)
  net:run(0)
  equal(called, 1)
end

-- A scheduled call can be cancelled, by its handle, also by itself; then the network can be saved.
do
  local net = izh.network{ seed = 1 }
  net:population("E", 2, "RS")
  local log = {}
  local function note(name) return function(n) log[#log + 1] = name .. "@" .. n.time end end
  local calls = {}
  for k = 1, 9 do calls[k] = net:at(k % 3 + 1, note("at" .. k)) end
  local every = net:every(0.5, note "every")
  equal(tostring(every), "call at 0.5 ms, every 0.5 ms")
  equal(tostring(calls[2]), "call at 3 ms")
  equal(calls[2]:cancel(), true)
  equal(calls[2]:cancel(), false)
  equal(tostring(calls[2]), "call that is not made any more")
  equal(calls[9]:cancel(), true)
  local own
  own = net:every(1, function(n) if n.time >= 2 then log[#log + 1] = "own@" .. n.time equal(own:cancel(), true) end end)
  net:run(1.5)
  equal(every:cancel(), true)
  net:run(5)
  list(log, { "every@0.5", "at3@1.0", "at6@1.0", "every@1.0", "every@1.5", "at1@2.0", "at4@2.0", "at7@2.0", "own@2.0",
    "at5@3.0", "at8@3.0" })
  equal(calls[3]:cancel(), false, "it was made")

  -- What a snapshot has comes back with it; a later call is not taken for one that is gone.
  local kept = net:at(10, note "kept")
  local shot = net:snapshot()
  local later = net:at(10, note "later")
  equal(kept:cancel(), true)
  net:restore(shot)
  equal(later:cancel(), false, "it is gone with the restoring")
  local last = net:at(11, note "last")
  equal(later:cancel(), false)
  equal(kept:cancel(), true)
  equal(last:cancel(), true)
  local path = os.tmpname() .. ".izh"
  net:save(path)
  os.remove(path)
  log = {}
  net:run(10)
  list(log, {})
  raises("cancel: must be called on a scheduled call, with a colon: call:cancel(…) (got nothing)", function() every.cancel() end)
  raises("cancel: 1 argument too many", function() every:cancel(1) end)
  raises('call: unknown member "stop" (known: cancel)', function() return every.stop end)
  net:close()
  raises("cancel: the network is closed", function() every:cancel() end)
end
