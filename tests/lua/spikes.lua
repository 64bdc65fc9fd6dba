-- net:spikes: windows, selections, order, iteration, slices.
local izh = require "izhlua"
local check = require "check"
local equal, list, raises = check.equal, check.list, check.raises

-- Neuron k spikes in the steps that end at the times given, and at no other.
local function clockwork(when, options)
  local net = izh.network(options or {})
  local E = net:population("E", #when, "RS")
  for id, times in ipairs(when) do
    for _, t in ipairs(times) do
      net:at(t - net.dt, function() E{ id }:set("v", 100) end)
    end
  end
  return net, E
end

local net, E = clockwork{ { 2, 10 }, { 1, 2, 5 }, {}, { 5, 9.5 } }
local I = net:population("I", 1, "RS")
net:run(10)

local function text(spikes)
  local t = {}
  for time, id in spikes:each() do t[#t + 1] = ("%g:%d"):format(time, id) end
  return table.concat(t, " ")
end

-- All, sorted by time, then id; the vectors agree.
do
  local s = net:spikes()
  equal(text(s), "1:2 2:1 2:2 5:2 5:4 9.5:4 10:1")
  equal(s.size, 7)
  equal(#s, 7)
  list(s:times(), { 1, 2, 2, 5, 5, 9.5, 10 })
  list(s:senders(), { 2, 1, 2, 2, 4, 4, 1 })
  equal(s.from, 0.0)
  equal(s.to, 10.0)
  equal(tostring(s), "7 spikes in 0 < t ≤ 10 ms")
  equal(text(net:spikes{}), text(s))
  equal(text(net:spikes(nil)), text(s))
  local t, id = s:each()()
  equal(math.type(t), "float")
  equal(math.type(id), "integer")
end

-- A window is from < t ≤ to.
do
  for _, case in ipairs{
    { { to = 2 }, "1:2 2:1 2:2" },
    { { from = 2 }, "5:2 5:4 9.5:4 10:1" },
    { { from = 1, to = 5 }, "2:1 2:2 5:2 5:4" },
    { { from = 1.9, to = 2.1 }, "2:1 2:2" },
    { { from = 2, to = 2 }, "" },
    { { from = 0, to = 0.9 }, "" },
    { { from = 0, to = 10 }, "1:2 2:1 2:2 5:2 5:4 9.5:4 10:1" },
    { { from = 9.5, to = 10 }, "10:1" },
    { { from = 10 }, "" },
  } do
    equal(text(net:spikes(case[1])), case[2])
  end
  local parts = {}
  for k = 0, 9 do parts[#parts + 1] = net:spikes{ from = k, to = k + 1 }.size end
  list(parts, { 1, 2, 0, 0, 2, 0, 0, 0, 0, 2 }, "windows side by side miss nothing and count nothing twice")
end

-- Those of some neurons: population, slice, unsorted list, none, the network.
do
  equal(text(net:spikes{ of = E }), text(net:spikes()))
  equal(text(net:spikes{ of = I }), "")
  equal(text(net:spikes{ of = net }), text(net:spikes()))
  equal(text(net:spikes{ of = E:slice(2, 3) }), "1:2 2:2 5:2")
  equal(text(net:spikes{ of = E{ 4, 1 } }), "2:1 5:4 9.5:4 10:1")
  equal(text(net:spikes{ of = E{} }), "")
  equal(text(net:spikes{ of = E{ 4, 1 }, from = 2, to = 9.5 }), "5:4 9.5:4")
end

-- Slices of the window.
do
  local s = net:spikes{ from = 1, to = 9.5 }
  equal(text(s:slice{ from = 2 }), "5:2 5:4 9.5:4")
  equal(text(s:slice{ to = 2 }), "2:1 2:2")
  equal(text(s:slice{ from = 2, to = 5 }), "5:2 5:4")
  equal(text(s:slice{}), text(s))
  equal(s:slice{ from = 2, to = 5 }.from, 2.0)
  equal(s:slice{ from = 2, to = 5 }.to, 5.0)
  equal(s:slice{ from = 5, to = 5 }.size, 0)
  raises("slice: from must not be before 1 ms, where the window of these spikes begins (got 0.5 ms)", function()
    s:slice{ from = 0.5, to = 5 }
  end)
end

-- What was taken does not change when the network goes on, or is closed.
do
  local other, A = clockwork{ { 1 }, { 3 } }
  other:run(2)
  local s = other:spikes()
  other:run(2)
  equal(text(s), "1:1")
  equal(text(other:spikes()), "1:1 3:2")
  other:close()
  equal(text(s), "1:1")
  list(s:senders(), { 1 })
  equal(A and tostring(A), "population of a closed network")
end

-- In the middle of a run: up to now.
do
  local other = clockwork{ { 1, 2, 3 } }
  local counts = {}
  other:every(1, function(n) counts[#counts + 1] = n:spikes().size end)
  other:run(4)
  list(counts, { 1, 2, 3, 3 })
end

-- Decimal steps: the times are those a reader would write.
do
  local other = clockwork({ { 0.3, 0.7 } }, { dt = 0.1 })
  other:run(1)
  list(other:spikes():times(), { 0.3, 0.7 })
  equal(other:spikes{ to = 0.3 }.size, 1)
  equal(other:spikes{ from = 0.3 }.size, 1)
  equal(other:spikes{ from = 0.1 + 0.2 }.size, 1, "0.1 + 0.2 is after 0.3 by a last bit")
end

-- A spike later than any window so far of neurons that came later.
do
  local other, A = clockwork{ { 1 } }
  other:run(2)
  local B = other:population("B", 1, "RS")
  B:set("v", 100)
  other:run(1)
  equal(text(other:spikes{ of = B }), "2.5:2")
  equal(text(other:spikes{ of = A }), "1:1")
end

-- The neurons they are of, silent ones too.
do
  local other, A = clockwork{ { 1 }, {}, { 2 }, {} }
  other:run(3)
  list(other:spikes().neurons, { 1, 2, 3, 4 })
  list(other:spikes{ of = A{ 4, 2 } }.neurons, { 2, 4 })
  list(other:spikes{ of = A:slice(2, 3), from = 1 }:slice{ to = 2 }.neurons, { 2, 3 })
  equal(#other:spikes{ of = A{} }.neurons, 0)
end

-- Spikes from elsewhere.
do
  local s = izh.spikes{ times = { 3, 1, 2, 1 }, senders = { 2, 5, 2, 1 } }
  equal(text(s), "1:1 1:5 2:2 3:2")
  list({ s.from, s.to }, { 0, 3 })
  list(s.neurons, { 1, 2, 5 })
  s = izh.spikes{ times = { -1, 4 }, from = -2, to = 10, neurons = 3 }
  equal(text(s), "-1:1 4:1")
  equal(tostring(s), "2 spikes in -2 < t ≤ 10 ms")
  list(s.neurons, { 1, 2, 3 })
  list(izh.spikes{ times = { 1 }, senders = { 7 }, neurons = { 9, 7, 8, 7 } }.neurons, { 7, 8, 9 })
  s = izh.spikes{ times = {} }
  list({ s.size, s.from, s.to, #s.neurons }, { 0, 0, 0, 0 })
  local again = izh.spikes{ times = net:spikes():times(), senders = net:spikes():senders(), to = 10, neurons = net.size }
  equal(text(again), text(net:spikes()))
  list(again.neurons, net:spikes().neurons)
  for message, data in pairs{
    ["the option times is missing"] = {},
    ["times must be an array (got 5)"] = { times = 5 },
    ["times[2] must be a number (got \"x\")"] = { times = { 1, "x" } },
    ["times[1] must be finite (got NaN)"] = { times = { 0 / 0 } },
    ["as many senders as times are needed (got 1 and 2)"] = { times = { 1, 2 }, senders = { 1 } },
    ["senders[2] must be an id, a whole number 1 … 4294967295 (got 0)"] = { times = { 1, 2 }, senders = { 1, 0 } },
    ["senders[1] must be an id, a whole number 1 … 4294967295 (got 1.5)"] = { times = { 1 }, senders = { 1.5 } },
    ["a spike at 0 ms is not within the window, 0 < t ≤ 2 ms (from = -1 lets it in)"] = { times = { 0, 2 } },
    ["a spike at 3 ms is not within the window, 0 < t ≤ 2 ms"] = { times = { 1, 3 }, to = 2 },
    ["to must not be before from (got 1 and 2 ms)"] = { times = {}, from = 2, to = 1 },
    ["the spike at 1 ms is of neuron 4, which is not one of neurons"] = { times = { 1 }, senders = { 4 }, neurons = 3 },
    ["neurons[1] must be an id, a whole number 1 … 4294967295 (got -1)"] = { times = {}, neurons = { -1 } },
    ["unknown option \"time\" (did you mean \"times\"?)"] = { time = {} },
  } do
    equal(check.message(function() izh.spikes(data) end), "spikes: " .. message)
  end
end
