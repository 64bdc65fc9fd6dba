-- Rules that ask the script: p by pair, n for each neuron, weights that are nil.
local here = arg[0]:match("^(.*/)")
package.path = here .. "?.lua;" .. package.path
local izh = require "izhlua"
local check = require "check"
local equal, list, near, truth = check.equal, check.list, check.near, check.truth

local function pairs_of(projection)
  local found = {}
  for pre, post in projection:synapses() do found[#found + 1] = pre * 1000 + post end
  return found
end

local function build(seed)
  local net = izh.network{ seed = seed }
  return net, net:population("A", 200, "RS"), net:population("B", 100, "RS")
end

-- p by pair: how many there are of each p, at a level of 1e-4 (3.89 standard deviations); never with 0, always with 1.
do
  local net, A, B = build(4)
  local asked = 0
  local function p(pre, post)
    asked = asked + 1
    return pre <= 50 and 0 or pre <= 100 and 1 or post <= 250 and 0.1 or 0.6
  end
  local c = net:connect(A, B, { name = "c", rule = "pairwise_bernoulli", p = p, weight = izh.uniform(1, 2) })
  equal(asked, 20000)
  local few, many, all = 0, 0, 0
  for pre, post in c:synapses() do
    truth(pre > 50 and post > 200)
    if pre <= 100 then all = all + 1 elseif post <= 250 then few = few + 1 else many = many + 1 end
  end
  equal(all, 5000)
  near(few, 500, 3.89 * math.sqrt(500 * 0.9))
  near(many, 3000, 3.89 * math.sqrt(3000 * 0.4))
  equal(tostring(c):match("pairwise_bernoulli"), "pairwise_bernoulli")
  -- the draw of a pair is its own: a part of the sources has the same synapses, in another net too, and a greater p has more
  local net2, A2, B2 = build(4)
  local part = net2:connect(A2:slice(101, 200), B2, { name = "c", rule = "pairwise_bernoulli", p = p, weight = 1 })
  local seen, more = {}, {}
  for _, pair in ipairs(pairs_of(c)) do if pair // 1000 > 100 then seen[#seen + 1] = pair end end
  list(pairs_of(part), seen)
  local net3, A3, B3 = build(4)
  local greater = net3:connect(A3, B3, { name = "c", rule = "pairwise_bernoulli", p = function(i, j) return math.min(1, p(i, j) * 1.3) end, weight = 1 })
  for _, pair in ipairs(pairs_of(greater)) do more[pair] = true end
  for _, pair in ipairs(seen) do truth(more[pair], "a pair that is lost by a greater p") end
  -- autapses only when they are asked for
  equal(net:connect(A, A, { rule = "pairwise_bernoulli", p = function() return 1 end, weight = 1 }).size, 200 * 199)
  equal(net:connect(B, B, { rule = "pairwise_bernoulli", p = function() return 1 end, weight = 1, autapses = true }).size, 10000)
end

-- n for each: lists and draws; the same draws in a net of the same seed.
do
  local net, A, B = build(5)
  local degree = {}
  for k = 1, 100 do degree[k] = k % 7 end
  local c = net:connect(A, B, { rule = "fixed_indegree", n = degree, weight = 1 })
  local got = {}
  for k = 1, 100 do got[k] = 0 end
  for _, post in c:synapses() do got[post - 200] = got[post - 200] + 1 end
  list(got, degree)
  local order = B{ 5, 2, 9 }
  local d = net:connect(order, A, { rule = "fixed_outdegree", n = { 3, 0, 8 }, weight = 1 })
  local out = { [205] = 0, [202] = 0, [209] = 0 }
  for pre in d:synapses() do out[pre] = out[pre] + 1 end
  list({ out[205], out[202], out[209] }, { 3, 0, 8 })
  local function drawn(seed)
    local n2, _, P = build(seed)
    return pairs_of(n2:connect(P, P, { rule = "fixed_outdegree", n = izh.integer(izh.truncated(izh.normal(10, 5), 0, 40)), weight = 1 }))
  end
  list(drawn(3), drawn(3))
  near(#drawn(3), 1000, 3.89 * 5 * 10 + 30) -- the cut at 0 raises the mean by less than 0.3
  truth(#drawn(3) ~= #drawn(4))
  equal(net:connect(A, B, { rule = "fixed_indegree", n = function(i) return i == 1 and 3 or 0 end, weight = 1 }).size, 3)
end

-- nil makes no synapse; delays are asked for the others only.
do
  local net, A = build(6)
  local asked = 0
  local c = net:connect(A, A, {
    rule = "all_to_all",
    weight = function(pre, post) if math.abs(pre - post) == 1 then return pre end end,
    delay = function() asked = asked + 1 return 2 end,
  })
  equal(c.size, 398)
  equal(asked, 398)
  for pre, post, weight, delay in c:synapses() do truth(math.abs(pre - post) == 1 and weight == pre and delay == 2) end
  equal(net:connect(A, A, { rule = "all_to_all", weight = function() end }).size, 0)
  net:run(20)
end

local function env()
  local net = izh.network{}
  local A, B = net:population("A", 3, "RS"), net:population("B", 3, "RS")
  return { net = net, A = A, B = B, izh = izh, c = net:connect(A, B, { name = "c", rule = "one_to_one", weight = 1 }) }
end
check.errors([==[

net:connect(A, B, { rule = "pairwise_bernoulli", p = function() return 1.5 end, weight = 1 })
  connect: the function for p must return a number 0 … 1 (got 1.5 for 1 → 4)
net:connect(A, B, { rule = "pairwise_bernoulli", p = function() return 0/0 end, weight = 1 })
  connect: the function for p must return a number 0 … 1 (got NaN for 1 → 4)
net:connect(A, B, { rule = "pairwise_bernoulli", p = function(i, j) if j < 6 then return 0 end end, weight = 1 })
  connect: the function for p must return a number 0 … 1 (got nothing for 1 → 6)
net:connect(A, B, { rule = "pairwise_bernoulli", p = function() return 1 end, weight = { 1, 2 } })
  connect: an array for weight goes with rule = "pairs"; use a function(pre, post)
net:connect(A, B, { rule = "pairwise_bernoulli", p = izh.uniform(0, 1), weight = 1 })
  connect: p must be a number 0 … 1 (got uniform(0, 1))
net:connect(A, B, { rule = "fixed_indegree", n = { 1, 2 }, weight = 1 })
  connect: n must have 3 numbers (got an array of 2)
net:connect(A, B, { rule = "fixed_indegree", n = { 1, 2, 9 }, weight = 1 })
  connect: fixed_indegree: n = 9 is more than the 3 possible sources (multapses = true allows several synapses of a pair)
net:connect(A, B, { rule = "fixed_outdegree", n = { 1, 2.5, 1 }, weight = 1 })
  connect: n must be a whole number 0 … 4294967295 (got 2.5 for neuron 2)
net:connect(A, B, { rule = "fixed_outdegree", n = izh.uniform(-3, -2), weight = 1 })
  connect: n must be a whole number 0 … 4294967295 (got <any> for neuron 1; izh.truncated(dist, 0, …) keeps draws above 0)
net:connect(A, B, { rule = "all_to_all", weight = function() return "x" end })
  connect: the function for weight must return a finite number, or nil for no synapse (got "x" for 1 → 4)
net:connect(A, B, { rule = "all_to_all", weight = 1, delay = function() end })
  connect: the function for delay must return a finite number (got nothing for 1 → 4)
c:set("weight", function() end)
  set: the function for weight must return a finite number (got nothing for 1 → 4)
]==], env(), env(), function() end)
