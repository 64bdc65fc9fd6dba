-- Noise and currents: what they add, when, to whom.
local izh = require "izhlua"
local check = require "check"
local equal, list, near = check.equal, check.list, check.near

-- What a stimulus adds to its first neuron in each of n steps.
local function course(net, stimulus, n)
  local t = {}
  for k = 1, n do
    net:step()
    t[k] = stimulus:get("current")[1]
  end
  return t
end

local function build(options)
  local net = izh.network(options or {})
  return net, net:population("E", 5, "RS"), net:population("I", 3, "FS")
end

-- The four forms of a current.
do
  local net, E = build()
  local constant = net:stimulate(E, izh.current(5))
  equal(constant.name, "E.current")
  equal(tostring(constant), 'stimulus "E.current": current on 5 neurons')
  list(constant:get("current"), { 0, 0, 0, 0, 0 }, "before the first step")
  list(course(net, constant, 3), { 5, 5, 5 })
  local pulse = net:stimulate(E, izh.current{ amplitude = 7, from = 2, to = 3, name = "pulse" })
  equal(pulse.name, "pulse")
  list(course(net, pulse, 5), { 0, 7, 7, 0, 0 }, "from 2 to 3, now 1.5")
  local late = net:stimulate(E, izh.current{ amplitude = 2, from = 5 })
  list(course(net, late, 4), { 0, 0, 2, 2 }, "from 5, now 4")
  local past = net:stimulate(E, izh.current{ amplitude = 2, from = 1, to = 3 })
  list(course(net, past, 2), { 0, 0 }, "over already")
  local steps = net:stimulate(E, izh.current{ times = { 7, 8, 8.5 }, values = { 1, -2, 0 } })
  equal(net.time, 7.0)
  list(course(net, steps, 5), { 1, 1, -2, 0, 0 })
  local times = {}
  local wave = net:stimulate(E, izh.current(function(t)
    times[#times + 1] = t
    return 10 * t
  end))
  list(course(net, wave, 3), { 95, 100, 105 })
  list(times, { 9.5, 10, 10.5 }, "called before each step with its time")
end

-- set makes any current a constant; stop ends it for ever.
do
  local net, E = build()
  for _, form in ipairs{ izh.current(5), izh.current{ amplitude = 5, from = 1, to = 2 }, izh.current(function() return 5 end),
    izh.current{ times = { 0, 1 }, values = { 1, 2 } } } do
    local s = net:stimulate(E, form)
    s:set(3)
    list(course(net, s, 3), { 3, 3, 3 })
    s:set{ amplitude = 4 }
    list(course(net, s, 1), { 4 })
    s:set("amplitude", 6)
    list(course(net, s, 1), { 6 })
    s:stop()
    list(course(net, s, 2), { 0, 0 })
    check.truth(tostring(s):find(", stopped$"), "shown")
    check.raises("set: the stimulus was stopped; apply another with net:stimulate", function() s:set(3) end)
  end
end

-- Noise: held for every ms whatever dt is, with the mean and the deviation; set keeps the same draws.
do
  local net, E = build{ dt = 0.25, seed = 2 }
  local s = net:stimulate(E, izh.noise{ sd = 2, mean = 1 })
  equal(s.name, "E.noise")
  equal(s:get("sd"), 2.0)
  equal(s:get("mean"), 1.0)
  local t = course(net, s, 12)
  for k = 1, 12 do equal(t[k], t[(k - 1) // 4 * 4 + 1], "held for 1 ms") end
  check.truth(t[1] ~= t[5] and t[5] ~= t[9], "redrawn")
  local A = build{ dt = 1, seed = 2 }
  local same = A:stimulate(A.populations.E, izh.noise{ sd = 2, mean = 1 })
  list(course(A, same, 3), { t[1], t[5], t[9] }, "the same noise with another dt")
  s:set{ mean = 0, sd = 4 }
  same:set{ sd = 2, mean = 0 }
  near(course(net, s, 1)[1], 2 * course(A, same, 1)[1], 1e-12, "the same draw, scaled")
  s:set("sd", 0)
  s:set("mean", 3)
  list(course(net, s, 2), { 3, 3 })
  s:stop()
  list(course(net, s, 2), { 0, 0 })
end

-- Statistics over neurons and time (mean and sd of 20 000 draws, five standard errors).
do
  local net = izh.network{ dt = 1, seed = 6 }
  local E = net:population("E", 200, "RS")
  local s = net:stimulate(E, izh.noise{ sd = 3, mean = 0.5 })
  local sum, squares, n = 0, 0, 0
  for _ = 1, 100 do
    net:step()
    for _, x in ipairs(s:get("current")) do sum, squares, n = sum + x, squares + x * x, n + 1 end
  end
  local mean = sum / n
  near(mean, 0.5, 5 * 3 / math.sqrt(n), "mean")
  near(math.sqrt(squares / n - mean * mean), 3, 5 * 3 / math.sqrt(2 * n), "sd")
end

-- Slices: values come in the order of the list, and are the same as those of the whole.
do
  local function noise(target)
    local net = build{ seed = 8 }
    local s = net:stimulate(target(net), izh.noise{ sd = 1, name = "n" })
    net:step(3)
    return s:get("current")
  end
  local whole = noise(function(net) return net end)
  equal(#whole, 8)
  local some = noise(function(net) return net.populations.E{ 4, 1, 3 } end)
  list(some, { whole[4], whole[1], whole[3] }, "an unsorted list")
  list(noise(function(net) return net.populations.I:slice(2, 3) end), { whole[7], whole[8] })
  list(noise(function(net) return net.populations.E{} end), {})
  local net, E = build()
  net:stimulate(E{ 5, 2 }, izh.current(100))
  net:step(4)
  local fired = {}
  for _, id in net:spikes():each() do fired[id] = true end
  check.truth(fired[2] and fired[5] and not fired[1] and not fired[3] and not fired[4], "only those stimulated")
end

-- Descriptions can be used again, and print.
do
  local net, E, I = build()
  local what = izh.current(2)
  list({ net:stimulate(E, what).name, net:stimulate(E, what).name, net:stimulate(net, what).name, net:stimulate(I, what).name },
    { "E.current", "E.current.2", "all.current", "I.current" })
  equal(tostring(what), "current: 2 from 0 ms on")
  equal(tostring(izh.noise{ sd = 2 }), "noise: mean 0, sd 2, every 1 ms")
  equal(tostring(izh.current(print)), "current: a function of time")
end

-- A wave that sets or stops its own current, or another's, while it is asked.
do
  local net, E = build()
  local first, second
  first = net:stimulate(E, izh.current(function(t)
    if t >= 1 then first:set(-1) end
    return 1
  end))
  second = net:stimulate(E, izh.current(function(t) return t end))
  net:step(3)
  list(first:get("current"), { -1, -1, -1, -1, -1 }, "what was set holds")
  equal(second:get("current")[1], 1.0, "the next wave was asked, too")
  net:step()
  equal(first:get("current")[1], -1.0)
  equal(second:get("current")[1], 1.5)
  local third
  third = net:stimulate(E, izh.current(function() third:stop() return 9 end))
  net:step(2)
  equal(third:get("current")[1], 0.0)
end

-- A stimulus from a callback acts from the next step on.
do
  local net, E = build()
  net:at(2, function(n) n:stimulate(E, izh.current{ amplitude = 4, name = "later" }) end)
  net:run(2)
  equal(net.stimuli.later:get("current")[1], 0.0)
  net:step()
  equal(net.stimuli.later:get("current")[1], 4.0)
end

-- A wave that ends another, before or after it in the list, keeps its own current; one that ends itself has none.
for _, first in ipairs{ true, false } do
  local net = izh.network{}
  local E = net:population("E", 1, "RS")
  local a, b
  local function ends() if net.time == 1 then b:set(7) end return 100 end
  if first then
    b = net:stimulate(E, izh.current(function() return 1 end))
    a = net:stimulate(E, izh.current(ends))
  else
    a = net:stimulate(E, izh.current(ends))
    b = net:stimulate(E, izh.current(function() return 1 end))
  end
  local last = net:stimulate(E, izh.current(function() return 5 end))
  net:run(1.5)
  check.list({ a:get("current")[1], b:get("current")[1], last:get("current")[1] }, { 100, 7, 5 })
  a:stop()
  net:step()
  check.list({ a:get("current")[1], b:get("current")[1], last:get("current")[1] }, { 0, 7, 5 })
end

-- Default names are found at once, however many there are; what a stopped wave held is freed.
do
  local net = izh.network{}
  local E = net:population("E", 1, "RS")
  local held = setmetatable({}, { __mode = "v" })
  for i = 1, 3000 do
    local big = { i }
    held[i] = big
    local s = net:stimulate(E, izh.current(function() return big[1] end))
    check.equal(s.name, i == 1 and "E.current" or ("E.current.%d"):format(i))
    s:stop()
  end
  collectgarbage()
  collectgarbage()
  check.truth(next(held) == nil, "stopped waves are freed")
end

-- The current of the last step stays what it was, however often the amplitudes are replaced before the next.
do
  local net = izh.network{}
  local E = net:population("E", 3, "RS")
  local s = net:stimulate(E, izh.current{ amplitude = { 1, 2, 3 } })
  net:step()
  s:set(5)
  check.list(s:get("current"), { 1, 2, 3 })
  s:set{ amplitude = { 4, 5, 6 } }
  s:set(7)
  check.list(s:get("current"), { 1, 2, 3 })
  check.list(net:clone().stimuli[1]:get("current"), { 1, 2, 3 })
  net:step()
  check.list(s:get("current"), { 7, 7, 7 })
end
