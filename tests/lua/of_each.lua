-- A value for each neuron in izh.noise (mean, sd) and izh.poisson (rate, weight).
local izh = require "izhlua"
local check = require "check"
local equal, list, near = check.equal, check.list, check.near
local function raises(text, f) equal(check.message(f), text) end
local scratch <close> = check.scratch()

-- A network of n cells and what i_ext they had. `stimulate(net, E)` gives the stimulus.
local function build(n, stimulate, options)
  local net = izh.network(options or { seed = 4 })
  local E = net:population("E", n, "RS")
  net:record(E, { "i_ext" }, { every = net.dt })
  return net, stimulate(net, E), E
end
local function currents(net, k) return net.recordings[1]:values("i_ext", k) end
local function same(a, b, message)
  for k = 1, #a.recordings[1].neurons do list(currents(a, k):totable(), currents(b, k):totable(), message) end
end
local function filled(n, x)
  local t = {}
  for k = 1, n do t[k] = x end
  return t
end

local makers = { -- one value for all, or what `of` makes of it
  function(of) return izh.noise{ mean = of(1.5), sd = of(2) } end,
  function(of) return izh.noise{ sd = of(2), tau = 3, correlation = 0.4, from = 5, to = 20 } end,
  function(of) return izh.noise{ mean = of(1.5), sd = 2, correlation = 0.4, every = 2 } end,
  function(of) return izh.poisson{ rate = of(300), weight = 2 } end,
  function(of) return izh.poisson{ rate = of(500), weight = of(2), n = 3, synapse = "exp", tau = 5, from = 5, to = 20 } end,
  function(of) return izh.poisson{ rate = 300, weight = of(0.5), synapse = "delta" } end,
  function(of) return izh.poisson{ rate = of(300), weight = of(0.5), synapse = "exp", tau = 5, reversal = 0 } end,
}

-- The same value for each gives the bits of one for all: with any threads, at every dt, and for slices in any order.
for i, make in ipairs(makers) do
  local n = 37
  local function one(x) return x end
  local function each(x) return filled(n, x) end
  for _, options in ipairs{ { seed = 4 }, { seed = 4, dt = 0.25, threads = 3 } } do
    local a = build(n, function(net, E) return net:stimulate(E, make(one)) end, options)
    local b = build(n, function(net, E) return net:stimulate(E, make(each)) end, options)
    a:run(30)
    b:run(30)
    same(a, b, i)
    list(a.populations.E:get("v"), b.populations.E:get("v"):totable(), i)
  end
end

-- Each neuron has its own value: what it gets is what it would get if all had that.
do
  local n, sds, means, rates, weights = 23, {}, {}, {}, {}
  for k = 1, n do sds[k], means[k], rates[k], weights[k] = k % 5, k % 7 - 3, 20 * k * k, k % 5 - 1 end
  local function run(mean, sd, rate, weight)
    local net = build(n, function(net, E)
      net:stimulate(E, izh.noise{ mean = mean, sd = sd, correlation = 0.3, name = "n" })
      net:stimulate(E, izh.poisson{ rate = rate, weight = weight, name = "p" })
    end)
    net:run(20)
    return net
  end
  local net = run(means, sds, rates, weights)
  for k = 1, n, 4 do
    list(currents(net, k):totable(), currents(run(means[k], sds[k], rates[k], weights[k]), k):totable(), k)
  end
  list(net.stimuli.p:get("rate"), rates)
  list(net.stimuli.p:get("weight"), weights)
  -- an array, a function and a distribution; of a list, values are in its order
  local function by(target, what)
    local other = izh.network{ seed = 4 }
    local E = other:population("E", n, "RS")
    local s = other:stimulate(target(E), what)
    other:run(20)
    return s, other
  end
  local s = by(function(E) return E{ 9, 2, 7 } end,
    izh.noise{ mean = { means[9], means[2], means[7] }, sd = { sds[9], sds[2], sds[7] }, correlation = 0.3, name = "n" })
  list(s:get("current"), (function()
    local all = net.stimuli.n:get("current")
    return { all[9], all[2], all[7] }
  end)())
  list(s:get("sd"), { sds[9], sds[2], sds[7] })
  list(by(function(E) return E{ 9, 2, 7 } end, izh.noise{ sd = function(i) return 10 * i end }):get("sd"), { 10, 20, 30 })
  local drawn = izh.noise{ mean = izh.uniform(1, 2), sd = izh.uniform(1, 2), name = "n" }
  local whole = by(function(E) return E end, drawn)
  local some = by(function(E) return E{ 5, 3 } end, drawn)
  list(some:get("sd"), { whole:get("sd")[5], whole:get("sd")[3] }, "a draw belongs to a neuron")
  check.truth(whole:get("sd")[5] ~= whole:get("mean")[5])
  local before = whole:get("sd"):totable()
  whole:set{ sd = izh.uniform(1, 2) }
  check.truth(whole:get("sd")[1] ~= before[1], "drawn anew")
end

-- set: from the next step on, as one for all does; what was in the last step can still be read. A neuron that keeps its rate
-- keeps its spikes, whatever the others do.
for i, make in ipairs(makers) do
  local n = 19
  local name = i <= 3 and "sd" or i == 6 and "weight" or "rate"
  local function changes(of)
    local net, s = build(n, function(net, E) return net:stimulate(E, make(function(x) return x end)) end)
    net:run(8)
    local last = s:get("current"):totable()
    s:set(name, of(3))
    list(s:get("current"), last, "the last step")
    local clone = net:clone()
    list(clone.stimuli[1]:get("current"), last, "in a clone, too")
    net:run(4)
    s:set(name, of(4))
    s:set(name, of(5))
    net:run(3.5)
    s:set(name, 2)
    equal(s:get(name), 2.0)
    net:run(6)
    return net
  end
  same(changes(function(x) return x end), changes(function(x) return filled(n, x) end), i)
end

-- A clone, a snapshot, a file, and trials go on as they should; also when values were replaced in the last step.
for i, make in ipairs(makers) do
  local n = 12
  local function vary(x)
    local t = {}
    for k = 1, n do t[k] = x * (k % 5) / 4 end
    return t
  end
  local function stimulate(net, E) return net:stimulate(E, make(vary)) end
  local net, s = build(n, stimulate)
  net:run(11.5)
  s:set(i <= 3 and "sd" or "weight", vary(1))
  local clone, snapshot, path = net:clone(), net:snapshot(), scratch.path "each.izh"
  net:save(path)
  local loaded = izh.load(path)
  list(loaded.stimuli[1]:get("current"), s:get("current"):totable())
  net:run(15)
  clone:run(15)
  loaded:run(15)
  same(net, clone, i)
  same(net, loaded, i)
  net:restore(snapshot)
  net:run(15)
  same(net, clone, i)
  local trial, t = build(n, stimulate)
  trial:reseed(3)
  trial:run(11.5)
  t:set(i <= 3 and "sd" or "weight", vary(1))
  trial:run(15)
  net:restore(snapshot, { reseed = 3 })
  net:run(15)
  for k = 1, n do
    -- a pulse that came before the reseed lasts 1 ms, and what decays is not that of the trial
    local x, y = currents(trial, k), currents(net, k)
    for j = 27, #x do
      if i <= 4 then equal(y[j], x[j], i) end
    end
  end
end

-- Counts of spikes are Poisson with the rates of each neuron: the sum of (N - m)²/m over 400 neurons, of which each term has
-- mean 1 and variance 2 + 1/m, at a level of 1e-4 (3.9 standard errors).
do
  local n, ms = 400, 1000
  local net = izh.network{ seed = 12, integrator = "euler" }
  local cells = net:population("P", n, { model = "lif", tau = 1e9, vr = 0, vt = 1e6, c = 0, v0 = 0 })
  net:stimulate(cells, izh.poisson{ rate = function(i) return i end, weight = 1, synapse = "delta" })
  net:run(ms)
  local v, sum, variance = cells:get("v"), 0, 0
  for k = 1, n do
    local mean = k * ms / 1000
    sum, variance = sum + (v[k] - mean) ^ 2 / mean, variance + 2 + 1 / mean
  end
  near(sum, n, 3.9 * math.sqrt(variance))
end

-- What a stimulus that no longer fluctuates gives is the mean of each neuron.
do
  local core = check.own "izhlua.core"
  local function calmed(what)
    local net = izh.network{ dt = 0.5 }
    local s = net:stimulate(net:population("E", 3, "RS"), what)
    net:run(10)
    check.truth(core.calm(s))
    net:run(5)
    return s:get("current")
  end
  list(calmed(izh.noise{ mean = { 1, 2, 3 }, sd = { 4, 5, 6 } }), { 1, 2, 3 })
  list(calmed(izh.noise{ mean = 7, sd = { 4, 5, 6 }, tau = 3 }), { 7, 7, 7 })
  -- rate × weight × 1 ms, the width of a pulse
  local mean = calmed(izh.poisson{ rate = { 100, 200, 0 }, weight = { 1, 2, 3 }, n = 2 })
  for k, x in ipairs{ 0.2, 0.8, 0 } do near(mean[k], x, 1e-12) end
end

-- Errors, and how it prints.
equal(tostring(izh.noise{ mean = { 1 }, sd = 2 }), "noise: mean (one for each), sd 2, every 1 ms")
equal(tostring(izh.poisson{ rate = izh.uniform(1, 2), weight = print, n = 4 }),
  "poisson: 4 × (one for each) Hz, weight (one for each)")
do
  local net, s, E = build(3, function(net, E) return net:stimulate(E, izh.noise{ sd = { 1, 2, 3 } }) end)
  raises("set: sd must be ≥ 0 (got -1 for neuron 2)", function() s:set{ sd = { 1, -1, 2 } } end)
  list(s:get("sd"), { 1, 2, 3 })
  raises("set: sd must have 3 numbers (got an array of 2)", function() s:set{ sd = { 1, 2 } } end)
  raises("set: sd must be a number, a distribution, an array or a function (got true)",
    function() s:set{ sd = true } end)
  raises("set: sd must be a number ≥ 0 (got -1)", function() s:set{ sd = -1 } end)
  raises("stimulate: sd must be ≥ 0 (got -1 for neuron 3)",
    function() net:stimulate(E, izh.noise{ sd = { 1, 2, -1 } }) end)
  raises("stimulate: the function for mean must return a finite number (got nothing for neuron 1)",
    function() net:stimulate(E, izh.noise{ mean = function() end, sd = 1 }) end)
  raises("stimulate: n × rate must be at most 1e+07 Hz (got 4 × 3e+06)",
    function() net:stimulate(E, izh.poisson{ rate = { 1, 3e6, 2 }, n = 4, weight = 1 }) end)
  raises("stimulate: the weight of a conductance must be ≥ 0 (got -2): its reversal says if it inhibits", function()
    net:stimulate(E, izh.poisson{ rate = 1, weight = { 1, -2, 3 }, synapse = "exp", tau = 5, reversal = 0 })
  end)
  raises("noise: sd must be a number, a distribution, an array or a function (got true)",
    function() izh.noise{ sd = true } end)
  equal(#net.stimuli, 1)
  -- a function that does away with the network while it is asked
  raises("stimulate: the network is closed", function()
    local other = izh.network{}
    local P = other:population("P", 2, "RS")
    other:stimulate(P, izh.noise{ sd = function() other:close() return 1 end })
  end)
end
