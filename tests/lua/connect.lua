-- net:connect with every rule and option, and what a projection can do.
local izh = require "izhlua"
local check = require "check"
local equal, list, near = check.equal, check.list, check.near

local function build(seed)
  local net = izh.network{ seed = seed or 1 }
  return net, net:population("E", 10, "RS"), net:population("I", 4, "FS")
end

-- The synapses as text, such as "1>11 2>12".
local function pairs_of(projection)
  local t = {}
  for pre, post in projection:synapses() do t[#t + 1] = pre .. ">" .. post end
  return table.concat(t, " ")
end

local function degrees(projection)
  local out, into = {}, {}
  for pre, post in projection:synapses() do
    out[pre], into[post] = (out[pre] or 0) + 1, (into[post] or 0) + 1
  end
  return out, into
end

-- all_to_all is the default; autapses only when asked for.
do
  local net, E, I = build()
  local P = net:connect(E, I, { weight = 2 })
  equal(P.size, 40)
  equal(P.name, "E->I")
  equal(P.enabled, true)
  equal(tostring(P), 'projection "E->I": 40 synapses, all_to_all, delay 0 ms')
  local n = 0
  for pre, post, weight, delay in P:synapses() do
    equal(pre, n // 4 + 1)
    equal(post, 10 + n % 4 + 1)
    equal(weight, 2.0)
    equal(delay, 0.0)
    n = n + 1
  end
  equal(n, 40)
  equal(net:connect(E, E, { weight = 1 }).size, 90)
  equal(net:connect(E, E, { name = "auto", weight = 1, autapses = true }).size, 100)
  equal(net:connect(net, net, { weight = 1 }).size, 14 * 13)
  equal(net:connect(E{}, I, { weight = 1 }).size, 0)
end

-- Default names.
do
  local net, E, I = build()
  local names = {}
  for _, ends in ipairs{ { E, I }, { E, I }, { E, net }, { net, I }, { net, net }, { E{ 1 }, I }, { E, I } } do
    names[#names + 1] = net:connect(ends[1], ends[2], { weight = 1 }).name
  end
  list(names, { "E->I", "E->I.2", "E->all", "all->I", "all->all", "E->I.3", "E->I.4" })
end

-- one_to_one goes by position, in the order of lists.
do
  local net, E, I = build()
  equal(pairs_of(net:connect(E:slice(1, 4), I, { rule = "one_to_one", weight = 1 })), "1>11 2>12 3>13 4>14")
  equal(pairs_of(net:connect(E{ 7, 2 }, I{ 3, 1 }, { rule = "one_to_one", weight = 1 })), "7>13 2>11")
  equal(net:connect(E, E, { rule = "one_to_one", weight = 1, autapses = true }).size, 10)
end

-- pairwise_bernoulli: none, all, some.
do
  local net, E = build()
  equal(net:connect(E, E, { rule = "pairwise_bernoulli", p = 0, weight = 1 }).size, 0)
  equal(net:connect(E, E, { rule = "pairwise_bernoulli", p = 1, weight = 1 }).size, 90)
  local A = net:population("A", 300, "RS")
  local P = net:connect(A, A, { rule = "pairwise_bernoulli", p = 0.1, weight = 1 })
  near(P.size, 8970, 5 * math.sqrt(8970 * 0.9), "synapses") -- five standard deviations
  local seen = {}
  for pre, post in P:synapses() do
    check.truth(pre ~= post and not seen[pre * 1000 + post], "neither autapse nor multapse")
    seen[pre * 1000 + post] = true
  end
end

-- fixed_indegree, fixed_outdegree, fixed_total_number, distinct and not.
do
  local net, E, I = build(3)
  local _, into = degrees(net:connect(E, I, { rule = "fixed_indegree", n = 3, weight = 1 }))
  for id = 11, 14 do equal(into[id], 3) end
  local out = degrees(net:connect(E, I, { rule = "fixed_outdegree", n = 2, weight = 1 }))
  for id = 1, 10 do equal(out[id], 2) end
  equal(net:connect(E, I, { rule = "fixed_total_number", n = 17, weight = 1 }).size, 17)
  equal(net:connect(E, I, { rule = "fixed_total_number", n = 40, weight = 1 }).size, 40)
  equal(net:connect(E, E, { rule = "fixed_indegree", n = 9, weight = 1 }).size, 90)
  equal(net:connect(E, E, { rule = "fixed_indegree", n = 10, autapses = true, weight = 1 }).size, 100)
  equal(net:connect(E, I, { rule = "fixed_indegree", n = 25, multapses = true, weight = 1 }).size, 100)
  equal(net:connect(E, I, { rule = "fixed_outdegree", n = 25, multapses = true, weight = 1 }).size, 250)
  equal(net:connect(E, I, { rule = "fixed_total_number", n = 99, multapses = true, weight = 1 }).size, 99)
  equal(net:connect(E, I, { rule = "fixed_total_number", n = 0, weight = 1 }).size, 0)
end

-- pairs, with numbers for each of them, whatever their order.
do
  local net, E, I = build()
  local given = { { 5, 12 }, { 1, 14 }, { 5, 11 }, { 2, 13 } }
  local P = net:connect(E, I, { rule = "pairs", pairs = given, weight = { 50, 10, 51, 20 }, delay = { 1, 2, 0.5, 3 } })
  local t = {}
  for pre, post, weight, delay in P:synapses() do t[#t + 1] = ("%d>%d %g %g"):format(pre, post, weight, delay) end
  list(t, { "1>14 10 2", "2>13 20 3", "5>11 51 0.5", "5>12 50 1" })
  list(P:get("weight"), { 10, 20, 51, 50 })
  list(P:get("delay"), { 2, 3, 0.5, 1 })
  equal(tostring(P), 'projection "E->I": 4 synapses, pairs, delays 0.5 … 3 ms')
  local Q = net:connect(E, I, { rule = "pairs", pairs = { { 1, 11 }, { 1, 11 } }, weight = P:get("delay"):mean(), multapses = true })
  equal(Q.size, 2)
  equal(net:connect(E, I, { rule = "pairs", pairs = {}, weight = 1 }).size, 0)
  equal(pairs_of(net:connect(net, net, { rule = "pairs", pairs = { { 3, 3 } }, weight = 1, autapses = true })), "3>3")
end

-- Lists that are not ascending: sources in their order, each with its own numbers.
do
  local net, E, I = build()
  local P = net:connect(E{ 9, 1, 5 }, I{ 4, 2 }, { weight = function(pre, post) return pre * 100 + post end,
    delay = function(pre, post) return (pre + post) % 3 end })
  local n = 0
  for pre, post, weight, delay in P:synapses() do
    n = n + 1
    equal(weight, pre * 100.0 + post)
    equal(delay, (pre + post) % 3 + 0.0)
  end
  equal(n, 6)
end

-- Weights and delays from distributions: reproducible, within range, on the grid.
do
  local function draw(seed)
    local net, E = build(seed)
    return net:connect(E, E, { weight = izh.uniform(1, 2), delay = izh.uniform(0, 5) })
  end
  local P = draw(1)
  check.truth(P:get("weight"):min() >= 1 and P:get("weight"):max() <= 2 and P:get("weight"):sd() > 0.1, "weights")
  check.truth(P:get("delay"):min() >= 0 and P:get("delay"):max() <= 5 and P:get("delay"):sd() > 0.5, "delays")
  for _, delay in ipairs(P:get("delay")) do equal(delay % 0.5, 0.0) end
  list(P:get("weight"), draw(1):get("weight"))
  check.truth(P:get("weight")[1] ~= draw(2):get("weight")[1], "another seed")
  check.truth(tostring(P):find("delays 0 … ", 1, true), "the range that came out is shown")
end

-- Without autapses the function is never asked for one.
do
  local net, E = build()
  net:connect(E, E, { weight = function(pre, post)
    check.truth(pre ~= post, "no autapse")
    check.truth(math.type(pre) == "integer" and math.type(post) == "integer", "ids are whole")
    return 1
  end })
end

-- One neuron that spikes once drives others: width, delay, scale, set, enable.
local function response(change)
  local net = izh.network{ dt = 0.5 }
  local A, B = net:population("A", 1, "RS"), net:population("B", 1, { a = 0, b = 0, c = -65, d = 0, u0 = 0 })
  local P = net:connect(A, B, { weight = 3, delay = 2, width = 2, synapse = "pulse" })
  local options = change and change(P, net, A, B)
  A:set("v", 100) -- spikes in the first step
  net:run(1)
  A:set("v", -65)
  if options then options() end
  local v = { B:get("v")[1] }
  while net.time < 8 do
    net:step()
    v[#v + 1] = B:get("v")[1]
  end
  return v
end

do
  local plain = response()
  local without = response(function(P) P:disable() end)
  -- the spike has time 0.5; it acts from 2.5 to 4.5, so the states first differ at 3
  for k, t in ipairs{ 1, 1.5, 2, 2.5 } do equal(plain[k], without[k], "before arrival at " .. t) end
  check.truth(plain[5] > without[5], "arrived")
  list(response(function(P) P:set("weight", 0) end), without)
  list(response(function(P) P:set{ weight = 0 } end), without)
  list(response(function(P) P:scale(0) end), without)
  list(response(function(P) P:scale(2) P:scale(0.5) end), plain)
  list(response(function(P) P:disable() P:enable() end), plain)
  list(response(function(P) P:set("weight", { 3 }) end), plain)
  list(response(function(P) P:set("weight", izh.choice{ 3 }) end), plain)
  list(response(function(P) P:set("weight", function() return 3 end) end), plain)
  -- a weight is read when the spike arrives, also when it was on its way before
  list(response(function(P) return function() P:scale(0) end end), without)
  list(response(function(P) return function() P:disable() end end), without)
  -- a delay of 0 acts in the step that begins where the spike's step ended
  local soon = response(function(P, net, A, B)
    P:disable()
    net:connect(A, B, { weight = 3, name = "soon" })
  end)
  check.truth(soon[1] > without[1], "at once")
end

-- scale, set and get keep account of one another.
do
  local net, E, I = build()
  local P = net:connect(E, I, { weight = 2 })
  P:scale(3)
  equal(P:get("weight")[40], 6.0)
  P:set("weight", 5)
  equal(P:get("weight")[1], 5.0, "set replaces what scale has made")
  P:set("weight", function(pre, post) return pre - post end)
  for pre, post, weight in P:synapses() do equal(weight, pre - post + 0.0) end
  local w = P:get("weight"):totable()
  P:set("weight", w)
  list(P:get("weight"), w)
  P:set("weight", P:get("weight"))
  list(P:get("weight"), w)
  P:set("weight", izh.normal(0, 1))
  local first = P:get("weight")
  P:set("weight", izh.normal(0, 1))
  check.truth(first[1] ~= P:get("weight")[1], "drawn anew")
  P:disable()
  equal(P.enabled, false)
  check.truth(tostring(P):find(", disabled$"), "shown")
  P:enable()
  equal(P.enabled, true)
end

-- Two walks over the synapses at a time, and one of a projection that changes meanwhile.
do
  local net, E, I = build()
  local P = net:connect(E, I, { weight = 1 })
  local one, two = P:synapses(), P:synapses()
  one()
  equal(select(2, one()), 12)
  equal(select(2, two()), 11)
  P:scale(2)
  equal(select(3, two()), 2.0)
end

-- The random wiring depends on the projection's name only.
do
  local netA, EA = build()
  local netB, EB = build()
  netB:connect(EB, EB, { name = "another", rule = "pairwise_bernoulli", p = 0.5, weight = izh.normal(0, 1) })
  local options = { name = "x", rule = "pairwise_bernoulli", p = 0.5, weight = izh.normal(0, 1) }
  local A, B = netA:connect(EA, EA, options), netB:connect(EB, EB, options)
  equal(pairs_of(A), pairs_of(B))
  list(A:get("weight"), B:get("weight"))
end

-- A pair's weight does not depend on its delay, nor on how that is rounded: the same weights at any dt.
do
  local function weights(dt)
    local net = izh.network{ dt = dt, seed = 3 }
    local E = net:population("E", 30, "RS")
    local P = net:connect(E, E, { rule = "fixed_outdegree", n = 9, weight = izh.uniform(0, 1), delay = izh.uniform(0, 10) })
    local function read()
      local all = {}
      for pre, post, weight in P:synapses() do all[#all + 1] = ("%d-%d %.17g"):format(pre, post, weight) end
      table.sort(all)
      return table.concat(all, " ")
    end
    local first = read()
    P:set("weight", izh.normal(0, 1))
    return first, read()
  end
  local coarse, coarse_set = weights(1)
  local fine, fine_set = weights(0.1)
  equal(coarse, fine)
  equal(coarse_set, fine_set)
end
