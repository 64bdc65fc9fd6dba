-- The network of Izhikevich 2003 against the program printed in the paper, net.m, written again here with nothing but
-- its order of operations. Both get the same weights, parameters and noise, and must give the same spikes for 1000 ms.
local izh = require "izhlua"
local check = require "check"
local example = require "example"
local equal = check.equal

-- Keeps what the stimuli add in each step, for each neuron.
local function keep_noise(net)
  local noise = {}
  net:every(1, function()
    local row = {}
    for _, stimulus in ipairs(net.stimuli) do
      for _, current in ipairs(stimulus:get("current")) do row[#row + 1] = current end
    end
    noise[#noise + 1] = row
  end)
  return noise
end

-- S[j][i], the weight from neuron j to neuron i. It is 0 where there is no synapse.
local function weights(net)
  local n, S = net.size, {}
  for j = 1, n do
    S[j] = {}
    for i = 1, n do S[j][i] = 0 end
  end
  for _, projection in ipairs(net.projections) do
    for pre, post, weight in projection:synapses() do S[pre][post] = S[pre][post] + weight end
  end
  return S
end

local function parameter(net, name)
  local values = {}
  for _, population in ipairs(net.populations) do
    for _, value in ipairs(population:get(name)) do values[#values + 1] = value end
  end
  return values
end

-- net.m, line by line. Returns its firings, as "t id", and v. A neuron that crosses 30 mV in one round of the loop is
-- found at the beginning of the next, whose number it gets: one more than the time at the end of our step.
local function net_m(a, b, c, d, S, noise)
  local n = #a
  local v, u, firings = {}, {}, {}
  for i = 1, n do v[i] = -65 end
  for i = 1, n do u[i] = b[i] * v[i] end
  for t = 1, #noise do
    local I, fired, received = {}, {}, {}
    for i = 1, n do I[i], received[i] = noise[t][i], 0 end
    for i = 1, n do
      if v[i] >= 30 then fired[#fired + 1] = i end
    end
    for _, j in ipairs(fired) do
      firings[#firings + 1] = ("%d %d"):format(t - 1, j)
      v[j] = c[j]
      u[j] = u[j] + d[j]
      local from = S[j]
      for i = 1, n do received[i] = received[i] + from[i] end
    end
    for i = 1, n do
      local x, y, current = v[i], u[i], I[i] + received[i]
      x = x + 0.5 * (0.04 * (x * x) + 5 * x + 140 - y + current)
      x = x + 0.5 * (0.04 * (x * x) + 5 * x + 140 - y + current)
      v[i], u[i] = x, y + a[i] * (b[i] * x - y)
    end
  end
  return firings
end

local function compare(net, noise, what)
  equal(net.time, 1000.0, what)
  equal(#noise, 1000)
  equal(#noise[1], net.size)
  local want = net_m(parameter(net, "a"), parameter(net, "b"), parameter(net, "c"), parameter(net, "d"), weights(net), noise)
  local got = {}
  for t, id in net:spikes{ to = 999 }:each() do got[#got + 1] = ("%d %d"):format(t, id) end
  check.list(got, want, what)
  check.truth(#got > 4000 and #got < 20000, what .. ": the rate is that of the paper")
end

local function build(weight_E, weight_I, autapses)
  local net = izh.network{ seed = 11, dt = 1 }
  local E, I = net:population("E", 800, "E2003"), net:population("I", 200, "I2003")
  net:connect(E, net, { rule = "all_to_all", weight = weight_E, autapses = autapses })
  net:connect(I, net, { rule = "all_to_all", weight = weight_I, autapses = autapses })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  return net
end

-- Multiples of 2^-10: the sums are exact in any order.
do
  local net = build(function() return math.random(0, 512) / 1024 end, function() return -math.random(0, 1024) / 1024 end, true)
  local noise = keep_noise(net)
  net:run(1000)
  compare(net, noise, "weights that are multiples of 2^-10")
end

-- Drawn weights: the sums are made in the order of the sources.
do
  local net = build(izh.uniform(0, 0.5), izh.uniform(-1, 0), false)
  local noise = keep_noise(net)
  net:run(1000)
  compare(net, noise, "drawn weights")
end

-- The example as users run it.
do
  local noise
  local net = example("net2003", function(made) noise = keep_noise(made) end)
  equal(net.size, 1000)
  compare(net, noise, "examples/net2003.lua")
end
