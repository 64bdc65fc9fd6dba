-- Every kind of stimulus: what it adds, when, and to whom; set, get, stop, names; and each wrong use.
local izh = require "izhlua"
local check = require "check"
local equal, list, near = check.equal, check.list, check.near

local function build(options)
  local net = izh.network(options or {})
  return net, net:population("E", 5, "RS"), net:population("I", 3, "FS")
end

-- What a stimulus adds to neuron k of it in each of n steps.
local function course(net, stimulus, n, k)
  local t = {}
  for i = 1, n do
    net:step()
    t[i] = stimulus:get("current")[k or 1]
  end
  return t
end

local kinds = {
  { "noise", function() return izh.noise{ sd = 2, correlation = 0.3 } end },
  { "current", function() return izh.current(5) end },
  { "current", function() return izh.current{ amplitude = { 1, 2, 3, 4, 5 }, from = 1, to = 90 } end },
  { "current", function() return izh.current{ times = { 0, 10 }, values = { 3, 4 } } end },
  { "current", function() return izh.current(function(t) return t end) end },
  { "current (ramp)", function() return izh.current{ slope = 0.1 } end },
  { "current (sine)", function() return izh.current{ amplitude = 4, frequency = 20, phase = 90 } end },
  { "current (pulse train)", function() return izh.current{ amplitude = 9, width = 3, period = 4.5 } end },
  { "poisson", function() return izh.poisson{ rate = 900, weight = 2, synapse = "exp", tau = 3 } end },
  { "spike_train", function() return izh.spike_train{ times = { 0, 1, 2, 3, 4, 5 }, weight = 3, synapse = "alpha", tau = 40 } end },
}

-- All have a name, print, act on a slice alone, give their current, can be made in a callback, and stop.
for _, kind in ipairs(kinds) do
  local net, E = build()
  local s = net:stimulate(E, kind[2]())
  local maker = kind[1]:match("^[%w_]+")
  equal(s.name, "E." .. maker)
  equal(net.stimuli["E." .. maker], s)
  equal(tostring(s), ('stimulus "E.%s": %s on 5 neurons'):format(maker, kind[1]))
  check.truth(#tostring(kind[2]()) > 10, "the description prints")
  net:run(20)
  local current = s:get("current")
  equal(#current, 5)
  check.truth(current[1] ~= 0 and net.stimuli[1]:get("current")[5] ~= 0, kind[1] .. " acts")
  s:stop()
  net:step()
  list(s:get("current"), { 0, 0, 0, 0, 0 }, "stopped")
  equal(tostring(s), ('stimulus "E.%s": %s on 5 neurons, stopped'):format(maker, kind[1]))
  net:at(25, function(n) n:stimulate(E:slice(2, 2), izh.current{ amplitude = 40, name = "late" }) end)
  net:run(20)
  check.truth(net:spikes{ of = E:slice(2, 2), from = 25 }.size > 0, "added midway")

  -- on a slice, out of order
  net, E = build()
  local what = kind[2]()
  if kind[1] == "current" and tostring(what):find("each") then what = izh.current{ amplitude = { 9, 8 } } end
  local some = net:stimulate(E{ 4, 2 }, what)
  local heard = net:record(net, "i_ext", { every = net.dt })
  net:run(30)
  for k = 1, 8 do
    local sum = 0
    for _, x in ipairs(heard:values("i_ext", k)) do sum = sum + math.abs(x) end
    equal(sum > 0, k == 2 or k == 4, kind[1] .. " on neuron " .. k)
  end
  equal(heard:values("i_ext", 4)[61], some:get("current")[1])
  equal(heard:values("i_ext", 2)[61], some:get("current")[2])
  equal(tostring(some):match(" on (.*)"), "2 neurons")
end

-- Ramps, sines and trains.
do
  local net, E = build()
  list(course(net, net:stimulate(E, izh.current{ slope = 2, from = 1, to = 3 }), 8), { 0, 0, 0, 1, 2, 3, 0, 0 })
  list(course(net, net:stimulate(E, izh.current{ start = 1, stop = 5, from = 4, to = 6 }), 5), { 1, 2, 3, 4, 0 })
  local sine = net:stimulate(E, izh.current{ amplitude = 2, frequency = 500, from = 7, offset = 1 })
  list(course(net, sine, 6), { 0, 1, 3, 1, -1, 1 }, "500 Hz at dt = 0.5 ms")
  sine:set{ amplitude = 1, offset = 0, phase = 90 }
  list(course(net, sine, 4), { 0, -1, 0, 1 })
  equal(sine:get("frequency"), 500.0)
  equal(sine:get("phase"), 90.0)
  sine:set(7)
  list(course(net, sine, 2), { 0, -7 })
  local train = net:stimulate(E, izh.current{ amplitude = 3, width = 1, period = 2, n = 2, from = 13 })
  equal(net.time, 12.5)
  list(course(net, train, 11), { 0, 3, 3, 0, 0, 3, 3, 0, 0, 0, 0 })
  train = net:stimulate(E, izh.current{ amplitude = 3, width = 0.5, period = 1, to = 20 })
  train:set{ width = 1, amplitude = { 1, 2, 3, 4, 5 } }
  list(course(net, train, 6, 4), { 4, 4, 4, 4, 0, 0 })
  equal(train:get("width"), 1.0)
end

-- An amplitude for each neuron: the f–I curve of a cell in one network.
do
  local amplitudes = {}
  for k = 1, 20 do amplitudes[k] = 0.75 * k end
  local net = izh.network{}
  local E = net:population("E", 20, "RS")
  local s = net:stimulate(E, izh.current{ amplitude = amplitudes })
  amplitudes[1] = 1000 -- the description has a copy
  net:run(1000)
  local last = 0
  for k = 1, 20 do
    local n = net:spikes{ of = E:slice(k, k) }.size
    check.truth(n >= last, "more current, not fewer spikes")
    last = n
  end
  check.truth(last > 20 and net:spikes{ of = E:slice(1, 4) }.size == 0, "from below the threshold to above")

  local same, other = izh.network{ seed = 4 }, izh.network{ seed = 4 }
  local function drawn(network, first, last_one)
    local P = network:population("P", 20, "RS")
    local t = network:stimulate(P:slice(first, last_one), izh.current{ amplitude = izh.normal(5, 2), name = "drawn" })
    network:step()
    return t
  end
  local a, b = drawn(same, 1, 20), drawn(other, 5, 8)
  for k = 1, 4 do equal(b:get("current")[k], a:get("current")[k + 4], "drawn for the neuron") end
  a:set{ amplitude = izh.normal(5, 2) }
  same:step()
  check.truth(a:get("current")[7] ~= b:get("current")[3], "drawn anew")
  a:set("amplitude", function(i, rng) return i + rng:uniform() end)
  same:step()
  for k = 1, 20 do check.truth(a:get("current")[k] // 1 == k, "function") end
end

-- Noise with a common part.
do
  local net, E = build()
  local s = net:stimulate(E, izh.noise{ sd = 1, correlation = 1 })
  net:step()
  local x = s:get("current")
  check.truth(x[1] == x[5] and x[1] ~= 0, "the same for all")
  s:set{ correlation = 0, mean = 2 }
  equal(s:get("correlation"), 0.0)
  net:step(2)
  x = s:get("current")
  check.truth(x[1] ~= x[5], "of one's own")
  equal(tostring(izh.noise{ sd = 1, correlation = 0.25 }), "noise: mean 0, sd 1, every 1 ms, correlation 0.25")
end

-- Poisson sources: the same spikes at each dt; so is what makes them.
do
  local function arrivals(dt)
    local net = izh.network{ dt = dt, seed = 5 }
    local E = net:population("E", 10, { a = 0, b = 0, c = -65, d = 0, v0 = -70, u0 = 0 })
    local s = net:stimulate(E, izh.poisson{ rate = 40, weight = 1, n = 5, synapse = "exp", tau = 20 })
    net:run(99.5)
    s:set{ rate = 80 }
    equal(s:get("rate"), 80.0)
    net:run(100.5)
    s:set("weight", 0)
    local heard = s:get("current") -- of the last step, as the mean over it
    local now = {}
    for k = 1, 10 do now[k] = heard[k] * (dt / 20) / (1 - math.exp(-dt / 20)) * math.exp(-dt / 20) end
    return now
  end
  local coarse, fine = arrivals(0.5), arrivals(0.125)
  for k = 1, 10 do -- a spike acts up to dt later, so the sums differ by e^(-dt/20) at most
    check.truth(coarse[k] > 1 and math.abs(coarse[k] / fine[k] - 1) < 0.3, "the same spikes")
  end
  equal(tostring(izh.poisson{ rate = 40, weight = 1.5, n = 5 }), "poisson: 5 × 40 Hz, weight 1.5")
end

-- Spike trains: one for all, or one for each; from the spikes of another network.
do
  local net, E = build()
  local s = net:stimulate(E:slice(1, 2), izh.spike_train{ times = { { 1, 2 }, { 1.2 } }, weight = 4, width = 0.5 })
  local one, two = {}, {}
  for k = 1, 6 do
    net:step()
    one[k], two[k] = s:get("current")[1], s:get("current")[2]
  end
  list(one, { 0, 0, 4, 0, 4, 0 })
  list(two, { 0, 0, 0, 4, 0, 0 }, "1.2 ms acts from 1.5 ms on")
  s:set{ weight = 1 }
  equal(s:get("weight"), 1.0)
  local source, P = build{ seed = 2 }
  source:stimulate(P, izh.current(10))
  source:run(200)
  local times = source:spikes{ of = P:slice(1, 1) }:times()
  check.truth(#times > 3, "there are spikes")
  local relay = izh.network{}
  local R = relay:population("R", 1, "RS")
  relay:stimulate(R, izh.spike_train{ times = times, weight = 200, synapse = "delta" })
  relay:run(250)
  list(relay:spikes():times(), (function()
    local t = times:totable()
    for k = 1, #t do t[k] = t[k] + 0.5 end -- the step from the spike on
    return t
  end)(), "each makes the relay fire")
  equal(tostring(izh.spike_train{ times = times, weight = 2 }), ("spike_train: %d spikes, weight 2"):format(#times))
  equal(tostring(izh.spike_train{ times = { {}, { 1 } }, weight = 2 }), "spike_train: 1 spike of 2 neurons, weight 2")
  relay:stimulate(R, izh.spike_train{ times = {}, weight = 2 })
  relay:step()
end

local cases = [==[

izh.noise{ sd = 1, correlation = 1.5 }
  noise: correlation must be a number 0 … 1 (got 1.5)
izh.noise{ sd = 1, corelation = 0.5 }
  noise: unknown option "corelation" (did you mean "correlation"?)
izh.current{ slope = 1, amplitude = 3 }
  current: slope makes it a ramp, which has no option amplitude
izh.current{ amplitude = 1, frequency = 3, period = 3 }
  current: frequency makes it a sine, which has no option period
izh.current{ amplitude = 1, width = 3, phase = 3 }
  current: phase makes it a sine, which has no option width
izh.current{ start = 1 }
  current: a ramp needs the option slope, or stop and to
izh.current{ stop = 1 }
  current: stop needs the option to
izh.current{ stop = 1, to = 5, slope = 1 }
  current: give slope or stop, not both
izh.current{ slope = "1" }
  current: slope must be a finite number (got "1")
izh.current{ slope = 1, from = 5, to = 2 }
  current: to must be after from (got 2 and 5 ms)
izh.current{ frequency = 5 }
  current: the option amplitude is missing
izh.current{ amplitude = 5, phase = 5 }
  current: the option frequency is missing
izh.current{ amplitude = 5, frequency = -5 }
  current: frequency must be a number ≥ 0 (got -5)
izh.current{ amplitude = 5, period = 5 }
  current: the option width is missing
izh.current{ amplitude = 5, width = 5 }
  current: the option period is missing
izh.current{ amplitude = 5, width = 5, period = 5, n = 0 }
  current: n must be a whole number ≥ 1 (got 0)
izh.current{ amplitude = 5, frequenzy = 5 }
  current: unknown option "frequenzy" (did you mean "frequency"?)
izh.current{ amplitude = true }
  current: amplitude must be a number, a distribution, an array or a function (got true)
izh.current{ amplitude = { 1, "x" } }
  current: amplitude[2] must be a number (got "x")
net:stimulate(E, izh.current{ amplitude = { 1, 2 } })
  stimulate: amplitude must have 10 numbers (got an array of 2)
net:stimulate(E, izh.current{ amplitude = function(i) return i < 5 and i end })
  stimulate: the function for amplitude must return a finite number (got false for neuron 5)
net:stimulate(E, izh.current{ amplitude = 5, frequency = 1200 })
  stimulate: frequency must be 0 … 1000 Hz at dt = 0.5 ms (got 1200)
net:stimulate(E, izh.current{ amplitude = 5, width = 0.7, period = 2 })
  stimulate: width must be a multiple of dt = 0.5 ms: 0.7 ms is not, 0.5 and 1 are
net:stimulate(E, izh.current{ amplitude = 5, width = 3, period = 2 })
  stimulate: period must not be shorter than width (got 2 and 3 ms)
net:stimulate(E, izh.current{ slope = 5, from = 0.3 })
  stimulate: from must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0 and 0.5 are
izh.poisson()
  poisson: the argument must be a table of options by name such as { rate = …, weight = … } (got nothing)
izh.poisson{}
  poisson: the option rate is missing
izh.poisson{ rate = 5 }
  poisson: the option weight is missing
izh.poisson{ rate = -5, weight = 1 }
  poisson: rate must be a number ≥ 0 (got -5)
izh.poisson{ rate = 5, weight = 0/0 }
  poisson: weight must be a finite number (got NaN)
izh.poisson{ rate = 5, weight = 1, n = 0 }
  poisson: n must be a whole number 1 … 2147483647 (got 0)
izh.poisson{ rate = 5, weight = 1, n = 1.5 }
  poisson: n must be a whole number 1 … 2147483647 (got 1.5)
izh.poisson{ rate = 5, weight = 1, synapse = "exp" }
  poisson: synapse exp needs the option tau
izh.poisson{ rate = 5, weight = 1, delay = 3 }
  poisson: unknown option "delay" (the spikes of a stimulus have no delay; from is when it begins)
net:stimulate(E, izh.poisson{ rate = 5, weight = 1, width = 0.7 })
  stimulate: width (1 ms when not given) must be a multiple of dt = 0.5 ms: 0.7 ms is not, 0.5 and 1 are
net:stimulate(E, izh.poisson{ rate = 1e5, weight = 1, n = 1000 })
  stimulate: n × rate must be at most 1e+07 Hz (got 1000 × 100000)
izh.spike_train{ weight = 3 }
  spike_train: the option times is missing
izh.spike_train{ times = { 1 } }
  spike_train: the option weight is missing
izh.spike_train{ times = 3, weight = 3 }
  spike_train: times must be an array, a list of one array for each neuron, or spikes (got 3)
izh.spike_train{ times = { 1, "x" }, weight = 3 }
  spike_train: times[2] must be a number (got "x")
izh.spike_train{ times = { { 1 }, 3 }, weight = 3 }
  spike_train: times[2] must be an array (got 3)
izh.spike_train{ times = { { 1 }, { 2, 0/0 } }, weight = 3 }
  spike_train: times[2][2] must be finite (got NaN)
izh.spike_train{ times = { { 1 }, nil, { 3 } }, weight = 3 }
  spike_train: times must be a list without gaps<any>
net:stimulate(E, izh.spike_train{ times = { { 1 }, { 2 } }, weight = 3 })
  stimulate: times must have one list for each of 10 neurons (got 2)
net:stimulate(E, izh.spike_train{ times = { 3, 1 }, weight = 3 })
  stimulate: times must ascend (time 2 is 1, the one before 3)
net:stimulate(E, izh.spike_train{ times = { -3, 1 }, weight = 3 })
  stimulate: times must be finite and ≥ 0 (time 1 is -3)
S:set{ frequency = 2000 }
  set: frequency must be 0 … 1000 Hz at dt = 0.5 ms (got 2000)
S:set{ frequency = 20, amplitude = { 1 } }
  set: amplitude must have 10 numbers (got an array of 1)
S:set{ frequency = 20, amplitude = function() return "x" end }
  set: the function for amplitude must return a finite number (got "x" for neuron 1)
S:set{ width = 20 }
  set: unknown option "width" (known: amplitude, frequency, phase, offset)
S:set("frequency")
  set: the value of "frequency" is missing
S:get("frequence")
  get: unknown quantity "frequence" (did you mean "frequency"?)
T:set{ width = 20 }
  set: period must not be shorter than width (got 5 and 20 ms)
Q:set{ rate = -1 }
  set: rate must be a number ≥ 0 (got -1)
Q:set(5)
  set: what to set must be a table such as { rate = 5 } (got 5)
Q:set{ n = 3 }
  set: unknown option "n" (known: rate, weight)
R:set{ weight = "3" }
  set: weight must be a finite number (got "3")
R:set{ times = { 3 } }
  set: unknown option "times" (known: weight)]==]

local function env()
  local net = izh.network{ seed = 3 }
  local E = net:population("E", 10, "RS")
  local function add(what) return net:stimulate(E, what) end
  local t = { net = net, E = E, N = add(izh.noise{ sd = 5, correlation = 0.5 }),
    S = add(izh.current{ amplitude = 3, frequency = 10 }), T = add(izh.current{ amplitude = 3, width = 2, period = 5 }),
    Q = add(izh.poisson{ rate = 200, weight = 3 }), R = add(izh.spike_train{ times = { 10, 20, 30 }, weight = 9 }) }
  return setmetatable(t, { __index = setmetatable({ izh = izh }, { __index = _G }) })
end
local victim, control = env(), env()
check.truth(check.errors(cases, victim, control, function(e, k)
  if k % 5 == 0 then e.S:set{ amplitude = izh.uniform(0, 6) } end
  e.net:run(5)
end) > 55, "all were read")
equal(check.spikes(victim.net), check.spikes(control.net), "spikes after the errors")
list(victim.E:get("u"), control.E:get("u"), "states after the errors")
equal(#victim.net.stimuli, 5)

-- A function for the amplitude that fails, or closes the network, does no harm.
do
  local net, E = build()
  check.truth(not pcall(net.stimulate, net, E, izh.current{ amplitude = function() error("mine") end }), "fails")
  equal(#net.stimuli, 0)
  local ok, message = pcall(net.stimulate, net, E, izh.current{ amplitude = function() net:close() return 1 end })
  check.truth(not ok and message:find("closed"), message)
end

-- What the kinds say of themselves is what makers take, and what the definitions for editors say.
do
  local kinds = check.own "izhlua.core".describe_stimuli()
  equal(#kinds, 8)
  local file = assert(io.open(arg[0]:match("^(.*)tests/lua/") .. "lua/izhlua/meta.lua"))
  local meta = file:read("a")
  file:close()
  local function fields(class)
    local parent, body = meta:match("%-%-%-@class izhlua%." .. class .. "(:?[^\n]*)\n(.-)\n\n")
    parent = parent:match("^: izhlua%.(%w+)")
    local found = parent and fields(parent) or {}
    for name, optional in body:gmatch("@field ([%w_]+)(%??)") do found[name] = optional == "" and "required" or "optional" end
    return found
  end
  local known = {} -- by maker, option: what it is in the kinds that have it
  for _, kind in ipairs(kinds) do
    equal(kinds[kind.name], kind)
    check.truth(izh[kind.maker] and #kind.help > 10, kind.name)
    known[kind.maker] = known[kind.maker] or {}
    for _, q in ipairs(kind.quantities) do
      check.truth(#q.help > 5 and q.unit, q.name)
      if not q.later then table.insert(known[kind.maker], q) end
    end
  end
  for maker, quantities in pairs(known) do
    local class = fields(maker:gsub("^%l", string.upper):gsub("_(%l)", string.upper) .. "Options")
    local seen = { name = true, file = true, synapse = true, width = true, tau = true, reversal = true }
    for _, q in ipairs(quantities) do
      local always = maker ~= "current" and q.required and q.name ~= "times" -- current has several forms; or file
      equal(class[q.name], always and "required" or "optional", maker .. " " .. q.name)
      seen[q.name] = true
    end
    for name in pairs(class) do check.truth(seen[name], maker .. " has no option " .. name) end
  end
  equal(kinds.noise.quantities[3].default, 1.0)
  equal(kinds.noise.quantities[3].above, true)
  equal(kinds.poisson.quantities[3].high, 2147483647.0)
  equal(kinds.ramp.quantities[1].later, true)
  equal(kinds.sine.quantities[2].unit, "Hz")
end
