-- Clones: the whole state, reached by name; untouched ones stay the same to the bit, changed ones meet the same noise.
local izh = require "izhlua"
local check = require "check"
local equal, list, raises = check.equal, check.list, check.raises

local function build(options)
  local net = izh.network(options or { seed = 7 })
  local E, I = net:population("E", 40, "E2003"), net:population("I", 10, "I2003")
  net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6, delay = izh.uniform(0, 20) })
  net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  return net
end

-- The state, as far as scripts see it.
local function state(net)
  local out = { tostring(net), check.spikes(net) }
  for name, population in pairs(net.populations) do
    for _, q in ipairs{ "v", "u", "clamped", "lesioned" } do
      out[#out + 1] = name .. q .. table.concat(population:get(q):totable(), " ")
    end
  end
  for name, projection in pairs(net.projections) do
    out[#out + 1] = name .. table.concat(projection:get("weight"):totable(), " ")
  end
  for name, stimulus in pairs(net.stimuli) do
    out[#out + 1] = name .. tostring(stimulus) .. table.concat(stimulus:get("current"):totable(), " ")
  end
  for name, recording in pairs(net.recordings) do
    out[#out + 1] = name .. tostring(recording)
    for k = 1, #recording.neurons do out[#out + 1] = table.concat(recording:values("v", k):totable(), " ") end
  end
  return table.concat(out, "\n")
end

-- An untouched clone goes on alike; a changed one until it is changed.
do
  local net, control = build(), build()
  net:run(500)
  local clone = net:clone()
  equal(state(clone), state(net))
  net.projections.inhibition:scale(3)
  net:run(500)
  clone:run(500)
  control:run(1000)
  equal(state(clone), state(control))
  equal(check.spikes(net) == check.spikes(control), false)
end

-- What it has is reached by name, and is its own.
do
  local net = build()
  local rec = net:record(net.populations.E, { "v" }, { name = "v" })
  net:run(20)
  local clone = net:clone()
  for _, kind in ipairs{ "populations", "projections", "stimuli", "recordings" } do
    equal(tostring(clone[kind]), tostring(net[kind]))
    equal(#clone[kind], #net[kind])
    for i, thing in ipairs(clone[kind]) do
      equal(tostring(thing), tostring(net[kind][i]))
      equal(thing == net[kind][i], false)
      equal(clone[kind][thing.name], thing)
    end
  end
  raises("record: the target belongs to another network", function() clone:record(net.populations.E, "v") end)
  clone:run(10)
  equal(clone.recordings.v.size, 31)
  equal(rec.size, 21)
  equal(net:population("X", 1, "RS").name, "X")
  raises('populations: unknown name "X" (known: E, I)', function() return clone.populations.X end)
  equal(clone:population("X", 2, "RS").size, 2)
  equal(clone:stimulate(clone.populations.E, izh.noise{ sd = 1 }).name, "E.noise.2")
  net:close()
  clone:run(10)
  equal(clone.time, 40)
  raises("clone: the network is closed", function() net:clone() end)
  raises("clone: options must be a table (got 1)", function() clone:clone(1) end)
  raises("clone: 1 argument too many", function() clone:clone({}, 1) end)
  raises("clone: must be called on a network, with a colon: net:clone(…) (got nothing)", function() clone.clone() end)
end

-- Scheduled calls and functions of time go with it, and get the clone.
do
  local net, calls = build(), {}
  local function call(n) calls[#calls + 1] = n end
  net:at(10, call)
  net:at(30, call)
  net:every(20, call)
  net:stimulate(net.populations.I, izh.current(function(t) return t / 10 end))
  net:run(15)
  local clone = net:clone()
  list(calls, { net })
  clone:run(30)
  list(calls, { net, clone, clone, clone }) -- at 20, 30 and 40
  net:run(30)
  list(calls, { net, clone, clone, clone, net, net, net })
  equal(state(clone), state(net))
  clone.stimuli["I.current"]:stop() -- each has functions of its own
  clone:run(30)
  net:run(30)
  equal(net.stimuli["I.current"]:get("current")[1], 7.45)
  equal(clone.stimuli["I.current"]:get("current")[1], 0)
end

-- Clones are made anywhere: in a scheduled call, a condition, a function of time, a weight's function, a clone.
do
  local net, clones, control = build(), {}, build()
  net:at(10, function(n) clones[1] = n:clone() end)
  net:at(10, function(n) clones[2] = n:clone():clone() end)
  net:run_until(function(n)
    if n.time == 15 then clones[3] = n:clone() end
    return n.time == 20
  end)
  net:connect(net.populations.E{ 1 }, net.populations.I{ 1 }, { weight = function() clones[4] = clones[4] or net:clone() return 0 end })
  net:stimulate(net.populations.E, izh.current(function(t)
    if t == 25 then clones[5] = clones[5] or net:clone() end
    return 0
  end))
  net:run(10)
  control:run(60)
  for k, want in ipairs{ 10, 10, 15, 20, 25 } do
    equal(clones[k].time, want)
    clones[k]:run(60 - want)
    equal(check.spikes(clones[k]), check.spikes(control), k)
  end
end

-- A clone is freed when nothing refers to it, though Lua sees but a small object.
do
  local net = build()
  net:run(10)
  for _ = 1, 100 do net = net:clone() end
  collectgarbage()
  local before = check.resident_pages()
  for _ = 1, 3000 do net = net:clone() end
  if before then check.truth(check.resident_pages() - before < 10000, "clones are freed") end
end
