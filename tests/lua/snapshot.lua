-- Snapshots: a network goes back to what it was, as often as one likes.
local izh = require "izhlua"
local check = require "check"
local equal, list, raises = check.equal, check.list, check.raises

local function build()
  local net = izh.network{ seed = 7 }
  local E, I = net:population("E", 40, "E2003"), net:population("I", 10, "I2003")
  net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6, delay = izh.uniform(0, 20) })
  net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.poisson{ rate = 900, weight = 1 })
  return net, E, I
end

-- As often as one likes, whatever was done meanwhile; handles stay.
do
  local net, E = build()
  local rec, slice = net:record(E, { "v" }), E:slice(2, 5)
  net:run(300)
  local snapshot = net:snapshot()
  equal(snapshot.time, 300)
  equal(snapshot.size, 50)
  check.truth(tostring(snapshot):match("^snapshot at t = 300 ms: 50 neurons, %d+ synapses, %d+ KB$"), tostring(snapshot))
  net:run(300)
  local want, v = check.spikes(net), E:get("v"):totable()
  local traces = rec:values("v", 1):totable()
  for round = 1, 3 do
    net.projections.inhibition:scale(round)
    E:set("v", -70)
    E{ 3, 4 }:silence()
    net.stimuli["E.noise"]:stop()
    net:run(37)
    net:restore(snapshot)
    equal(net.time, 300)
    equal(rec.size, 301)
    equal(net.populations.E, E)
    net:run(300)
    equal(check.spikes(net), want)
    list(E:get("v"), v)
    list(slice:get("v"), table.move(v, 2, 5, 1, {}))
    list(rec:values("v", 1), traces)
    equal(E:get("lesioned"):sum(), 0)
  end
end

-- What was made since is gone, and says so; what is made anew is another thing.
do
  local net, E = build()
  net:run(10)
  local before = net:snapshot()
  local X = net:population("X", 3, "RS")
  local slice, part = X:slice(1, 2), X{ 1, 3 }:slice(2, 2)
  local projection = net:connect(X, E, { weight = 1, name = "P" })
  local stimulus = net:stimulate(E, izh.noise{ sd = 1 })
  local rec = net:record(X, "v")
  equal(stimulus.name, "E.noise.2")
  net:run(10)
  local after = net:snapshot()
  local gone = "it is not in the network any more, which was restored to a time before it was made"
  local function all_gone()
    raises("get: " .. gone, function() X:get("v") end)
    raises("size: " .. gone, function() return X.size end)
    raises("#: " .. gone, function() return #slice end)
    raises("set: " .. gone, function() part:set("v", -60) end)
    raises("slice: " .. gone, function() part:slice(1, 1) end)
    raises("connect: " .. gone, function() net:connect(E, slice, { weight = 1 }) end)
    raises("scale: " .. gone, function() projection:scale(2) end)
    raises("size: " .. gone, function() return projection.size end)
    raises("record: " .. gone, function() net:record(projection, "weight") end)
    raises("stop: " .. gone, function() stimulus:stop() end)
    raises("name: " .. gone, function() return stimulus.name end)
    raises("values: " .. gone, function() rec:values("v", 1) end)
    raises("#: " .. gone, function() return #rec end)
    raises("spikes: " .. gone, function() net:spikes{ of = X } end)
    raises("slice: " .. gone, function() net:spikes():slice{ of = slice } end)
    equal(tostring(X), "population that is not in its network any more")
    equal(tostring(part), "population that is not in its network any more")
    equal(tostring(projection), "projection that is not in its network any more")
    equal(tostring(stimulus), "stimulus that is not in its network any more")
    equal(tostring(rec), "recording that is not in its network any more")
  end
  net:restore(before)
  all_gone()
  equal(net.size, 50)
  equal(tostring(net.populations), 'populations: "E", "I"')
  raises('projections: unknown name "P" (known: excitation, inhibition)', function() return net.projections.P end)
  local Y = net:population("X", 3, "RS")
  equal(net:stimulate(E, izh.noise{ sd = 1 }).name, "E.noise.2") -- so its noise is that of the first time, too
  net:run(10)
  all_gone()
  -- … until it comes back
  net:restore(after)
  equal(net.populations.X, X)
  equal(X.size, 3)
  equal(part.ids[1], 53)
  projection:scale(1)
  equal(#rec, 11)
  equal(tostring(Y), "population that is not in its network any more")
  net:run(5)
  net:restore(before)
  all_gone()
end

-- Scheduled calls are those of the snapshot, those made or done since forgotten.
do
  local net, calls = build(), {}
  local function note(what) return function(n) calls[#calls + 1] = what .. n.time end end
  net:at(20, note "a")
  net:every(15, note "b")
  net:stimulate(net.populations.E, izh.current(function(t) calls.wave = t return 0 end))
  net:run(10)
  local snapshot = net:snapshot()
  net:at(22, note "c")
  net.stimuli["E.current"]:stop()
  net:run(20)
  list(calls, { "b15.0", "a20.0", "c22.0", "b30.0" })
  for _ = 1, 2 do
    calls = {}
    net:restore(snapshot)
    net:run(25)
    list(calls, { "b15.0", "a20.0", "b30.0" })
    equal(calls.wave, 34.5)
  end
end

-- A snapshot is taken anywhere, but a network restores when nothing uses it.
do
  local net, E, I = build()
  local snapshot
  net:at(5, function(n) snapshot = n:snapshot() end)
  net:run(10)
  net:at(12, function(n) raises("restore: a network cannot be restored while it runs", function() n:restore(snapshot) end) end)
  net:run(10)
  raises("set: the network was restored meanwhile", function()
    E:set("v", function() net:restore(snapshot) return -60 end)
  end)
  raises("clamp: the network was restored meanwhile", function()
    E:clamp{ v = function() net:restore(snapshot) return -60 end }
  end)
  raises("population: the network was restored meanwhile", function()
    net:population("X", 2, "RS", { a = function() net:restore(snapshot) return 1 end })
  end)
  raises("connect: the network was restored meanwhile", function()
    net:connect(E, I, { weight = function() net:restore(snapshot) return 1 end })
  end)
  raises("stimulate: the network was restored meanwhile", function()
    net:stimulate(E, izh.current{ amplitude = function() net:restore(snapshot) return 1 end })
  end)
  net.projections.inhibition:set("weight", function() net:restore(snapshot) return -1 end)
  equal(net.projections.inhibition:get("weight"):mean(), -1)
  for _ in net.projections.inhibition:synapses() do net:restore(snapshot) end
  equal(net.time, 5)
  equal(#net.stimuli, 2)
end

-- What cannot be restored.
do
  local net, other = build(), build()
  local snapshot = net:snapshot()
  local cases = [[
net:restore()
  restore: what to restore must be made by net:snapshot() (got nothing)
net:restore(net)
  restore: what to restore must be made by net:snapshot() (got network: <any>)
net:restore(snapshot, 1)
  restore: options must be a table (got 1)
net:restore(snapshot, {}, 1)
  restore: 1 argument too many
other:restore(snapshot)
  restore: the snapshot is of another network, and can only be restored into that one
net:clone():restore(snapshot)
  restore: the snapshot is of another network, and can only be restored into that one
net:snapshot(1)
  snapshot: 1 argument too many
net.snapshot()
  snapshot: must be called on a network, with a colon: net:snapshot(…) (got nothing)
snapshot.times
  snapshot: unknown member "times" (did you mean "time"?)
]]
  local env = { net = net, other = other, snapshot = snapshot, build = build }
  local control = { net = build() }
  check.errors("\n" .. cases, env, control, function(e) e.net:run(1) end)
  equal(check.spikes(net), check.spikes(control.net))
  net:close()
  raises("restore: the network is closed", function() net:restore(snapshot) end)
  raises("snapshot: the network is closed", function() net:snapshot() end)
  equal(snapshot.time, 0)
end

-- A finalizer cannot restore.
do
  local net = build()
  local snapshot, message = net:snapshot(), nil
  setmetatable({}, { __gc = function() message = select(2, pcall(net.restore, net, snapshot)) end })
  collectgarbage()
  check.truth(message:find("restore: a finalizer (__gc) cannot use a network", 1, true), message)
end

-- Snapshots are freed when nothing refers to them.
do
  local net = build()
  local snapshot = net:snapshot()
  for _ = 1, 100 do snapshot = net:snapshot() net:restore(snapshot) end
  collectgarbage()
  local before = check.resident_pages()
  for _ = 1, 3000 do snapshot = net:snapshot() net:restore(snapshot) end
  if before then check.truth(check.resident_pages() - before < 10000, "snapshots are freed") end
end
