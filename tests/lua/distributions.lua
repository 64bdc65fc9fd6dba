-- Distributions of parameters, weights, delays: gamma, beta, truncated, integer.
local here = arg[0]:match("^(.*/)")
package.path = here .. "?.lua;" .. package.path
local izh = require "izhlua"
local check = require "check"
local equal, near, truth = check.equal, check.near, check.truth

local N = 40000

local function draws(dist)
  local net = izh.network{ seed = 9 }
  return net:population("S", N, "RS", { d = dist }):get("d")
end

local function draw(f)
  izh.network{}:population("S", 1, "RS", { d = function(_, rng) return f(rng) end })
end

-- Mean and variance at a level of 1e-4 each: the standard error of a variance is σ² √((κ - 1) / N), κ the kurtosis.
local function moments(dist, mean, variance, kurtosis)
  local x = draws(dist)
  near(x:mean(), mean, 3.89 * math.sqrt(variance / N), tostring(dist) .. ": mean")
  near(x:sd() ^ 2, variance, 3.89 * variance * math.sqrt((kurtosis - 1) / N), tostring(dist) .. ": variance")
  return x
end

for _, shape in ipairs{ 0.3, 1, 2.5, 40 } do moments(izh.gamma(shape, 3), 3 * shape, 9 * shape, 3 + 6 / shape) end
for _, ab in ipairs{ { 0.5, 0.5 }, { 2, 5 }, { 30, 10 }, { 0.05, 0.1 } } do
  local a, b = ab[1], ab[2]
  local s = a + b
  local excess = 6 * ((a - b) ^ 2 * (s + 1) - a * b * (s + 2)) / (a * b * (s + 2) * (s + 3))
  local x = moments(izh.beta(a, b), a / s, a * b / (s ^ 2 * (s + 1)), 3 + excess)
  truth(x:min() >= 0 and x:max() <= 1)
end
-- half of a normal distribution: mean σ √(2/π), variance σ² (1 - 2/π), kurtosis 3.869
local half = moments(izh.truncated(izh.normal(0, 2), 0, math.huge), 2 * math.sqrt(2 / math.pi), 4 * (1 - 2 / math.pi), 3.869)
truth(half:min() >= 0)
-- whole numbers, each as likely
local dice = moments(izh.integer(izh.uniform(0.5, 6.5)), 3.5, 35 / 12, 1.7315)
for _, k in ipairs(dice) do truth(k == math.floor(k) and k >= 1 and k <= 6) end
local cut = draws(izh.truncated(izh.integer(izh.normal(5, 3)), 3, 7))
equal(cut:min(), 3)
equal(cut:max(), 7)
equal(tostring(izh.truncated(izh.integer(izh.normal(5, 3)), 3, 7)), "truncated(integer(normal(5, 3)), 3, 7)")
equal(tostring(izh.integer(izh.truncated(izh.truncated(izh.gamma(2, 3), 0, 7), 1, math.huge))), "truncated(integer(gamma(2, 3)), 1, 7)")
equal(draws(izh.truncated(izh.choice{ 1, 2, 3 }, 2, 2)):min(), 2)

-- A function's own draws: the first is that of the distribution; the second is as good, and independent of the first. Levels
-- as above; a correlation of independent numbers has the standard error 1 / √N.
do
  local function of(f) return draws(function(_, rng) return f(rng) end) end
  for _, pair in ipairs{ { izh.gamma(2.5, 3), function(rng) return rng:gamma(2.5, 3) end },
    { izh.gamma(0.3, 1), function(rng) return rng:gamma(0.3) end },
    { izh.beta(2, 5), function(rng) return rng:beta(2, 5) end },
    { izh.beta(0.5, 0.5), function(rng) return rng:beta(0.5, 0.5) end } } do
    local first, again = draws(pair[1]), of(pair[2])
    check.list(again, first:totable(), tostring(pair[1]))
    local second = of(function(rng)
      pair[2](rng)
      return pair[2](rng)
    end)
    local x, y = first - first:mean(), second - second:mean()
    near((x * y):mean() / (first:sd() * second:sd()), 0, 3.89 / math.sqrt(N), "correlation")
    near(second:mean(), first:mean(), 3.89 * first:sd() * math.sqrt(2 / N), "mean")
  end
end

-- Weights and delays.
do
  local net = izh.network{ seed = 2 }
  local A = net:population("A", 100, "RS")
  local c = net:connect(A, A, { rule = "all_to_all", weight = izh.beta(2, 2), delay = izh.truncated(izh.gamma(4, 1), 1, 6) })
  local w, d = c:get("weight"), c:get("delay")
  truth(w:min() > 0 and w:max() < 1 and d:min() == 1 and d:max() == 6)
  local whole = net:connect(A, A, { rule = "all_to_all", weight = izh.integer(izh.uniform(0, 3)) }):get("weight")
  for _, x in ipairs(whole) do truth(x == math.floor(x)) end
end

check.errors([==[

izh.gamma(0, 1)
  gamma: it needs a finite shape > 0 and scale > 0 (got 0, 1)
izh.beta(1, 0)
  beta: it needs two finite numbers a > 0 and b > 0 (got 1, 0)
izh.gamma(1)
  gamma: scale must be a number ≥ 0 (got nothing)
izh.truncated(3, 0, 1)
  truncated: the first argument must be a distribution such as izh.normal(5, 2) (got 3)
izh.truncated(izh.normal(0, 1), 2)
  truncated: hi must be a number (got nothing)
izh.truncated(izh.normal(0, 1), 2, 1)
  truncated: lo must be at most hi (got 2, 1)
izh.truncated(izh.uniform(0, 1), 2, 3)
  truncated: hardly any draw of uniform(0, 1) is within 2 … 3
izh.integer()
  integer: the first argument must be a distribution such as izh.normal(5, 2) (got nothing)
draw(function(rng) return rng:gamma() end)
  gamma: shape must be a finite number (got nothing)
draw(function(rng) return rng:gamma(0) end)
  gamma: it needs a finite shape > 0 and scale > 0 (got 0, 1)
draw(function(rng) return rng:gamma(1, 2, 3) end)
  gamma: 1 argument too many
draw(function(rng) return rng:beta(1) end)
  beta: b must be a number ≥ 0 (got nothing)
draw(function(rng) return rng:beta(-1, 2) end)
  beta: it needs two finite numbers a > 0 and b > 0 (got -1, 2)
draw(function(rng) return rng.beta(1, 2) end)
  beta: must be called on a source of random numbers, with a colon: rng:beta(…) (got 1)
]==], { izh = izh, draw = draw }, { izh = izh, draw = draw }, function() end)
