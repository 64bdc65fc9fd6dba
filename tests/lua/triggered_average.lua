-- spikes:triggered_average against a plain loop, at its edges, and its mistakes.
local izh = require "izhlua"
local check = require "check"
local equal, near = check.equal, check.near

local net = izh.network{ seed = 2 }
local E, I = net:population("E", 20, "RS"), net:population("I", 5, "FS")
net:connect(E, net, { weight = 2 })
net:connect(I, net, { weight = -2 })
net:stimulate(E, izh.noise{ sd = 6 })
net:stimulate(I, izh.noise{ sd = 4 })
local each = net:record(E, { "v", "i" }, { every = 0.5 })
local one = net:record(I{ 2 }, "v", { every = 0.5 })
local mean = net:record(E, { "v" }, { of = "mean" })
net:run(600)
local spikes = net:spikes{ of = E }

-- What a plain loop finds: of(id) gives the samples that a spike of the neuron looks at, nil for none.
local function plain(s, every, lo, hi, of)
  local sum, n = {}, 0
  for k = 1, hi - lo + 1 do sum[k] = 0 end
  for t, id in s:each() do
    local values, j = of(id), math.floor(t / every + 0.5) + 1
    if values and j + lo >= 1 and j + hi <= #values then
      n = n + 1
      for lag = lo, hi do sum[lag - lo + 1] = sum[lag - lo + 1] + values[j + lag] end
    end
  end
  for k = 1, #sum do sum[k] = sum[k] / n end
  return sum, n
end

local function same(got, want)
  equal(#got, #want)
  for k = 1, #want do near(got[k], want[k], 1e-9, "item " .. k) end
end

-- Of neurons, each by its own spikes; v falls after the spike.
do
  local got = spikes:triggered_average(each, { window = { -5, 10 } })
  for _, name in ipairs{ "v", "i" } do
    local want, n = plain(spikes, 0.5, -10, 20, function(id) return each:values(name, id) end)
    same(got[name], want)
    equal(got.n, n)
  end
  equal(got.n + got.left_out, spikes.size)
  equal(got.lags[1], -5.0)
  equal(got.lags[31], 10.0)
  check.truth(got.n > 20 and got.v[11] < got.v[10] - 5, "the reset is at lag 0: " .. got.n .. " " .. got.v[10] .. " " .. got.v[11])
end

-- One neuron, or a mean: by all spikes.
do
  local got, want = spikes:triggered_average(one, { window = { 0, 3 } }), nil
  want = plain(spikes, 0.5, 0, 6, function() return one:values("v") end)
  same(got.v, want)
  got = spikes:triggered_average(mean, { window = { -2.5, 2.5 } }) -- samples every 1 ms: lags -2 … 2
  equal(#got.lags, 5)
  equal(got.lags[1], -2.0)
  want = plain(spikes, 1, -2, 2, function() return mean:values("v") end)
  same(got.v, want)
end

-- No spikes with a whole window: NaN.
do
  local none = net:spikes{ of = E, from = 599.5 }:triggered_average(each, { window = { -1, 50 } })
  equal(none.n, 0)
  check.truth(none.v[1] ~= none.v[1], "NaN")
  local empty = net:spikes{ of = net:population("N", 0, "RS") }:triggered_average(mean, { window = { 0, 0 } })
  equal(empty.n + empty.left_out, 0)
  equal(#empty.v, 1)
end

local cases = [==[

s:triggered_average(r)
  triggered_average: window must be two numbers of ms, such as { -20, 20 } (got nothing)
s:triggered_average(r, { window = 5 })
  triggered_average: window must be two numbers of ms, such as { -20, 20 } (got 5)
s:triggered_average(r, { window = { 5, -5 } })
  triggered_average: window must not end before it begins (got 5 … -5 ms)
s:triggered_average(r, { window = { 0.1, 0.2 } })
  triggered_average: no sample is in the window 0.1 … 0.2 ms: there is one every 0.5 ms
s:triggered_average(r, { window = { 0, "x" } })
  triggered_average: window[2] must be a finite number of ms (got "x")
s:triggered_average(r, { windows = { 0, 1 } })
  triggered_average: unknown option "windows" (did you mean "window"?)
s:triggered_average({}, { window = { 0, 1 } })
  triggered_average: the first argument must be a recording of neurons, made by net:record(target, { "v" }) (got a table)]==]

local function stage()
  return setmetatable({ net = net, s = spikes, r = each }, { __index = setmetatable({ izh = izh }, { __index = _G }) })
end
equal(check.errors(cases, stage(), stage(), function() end), 7)
