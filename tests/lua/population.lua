-- net:population and what a population can do: values of every kind, cells, slices, get and set.
local izh = require "izhlua"
local check = require "check"
local equal, list, near = check.equal, check.list, check.near

local function constant(n, x)
  local t = {}
  for i = 1, n do t[i] = x end
  return t
end

-- A cell by name is the one of the paper; the state begins at -65 mV and b v0.
do
  local net = izh.network{}
  local E = net:population("E", 4, "RS")
  equal(tostring(E), 'population "E": 4 × izhikevich2003')
  equal(E.name, "E")
  equal(E.size, 4)
  equal(#E, 4)
  list(E:get("a"), constant(4, 0.02))
  list(E:get("b"), constant(4, 0.2))
  list(E:get("c"), constant(4, -65))
  list(E:get("d"), constant(4, 8))
  list(E:get("v"), constant(4, -65))
  list(E:get("u"), constant(4, 0.2 * -65))
  list(E.ids, { 1, 2, 3, 4 })
  local I = net:population("I", 2, "FS")
  list(I.ids, { 5, 6 })
  equal(net.size, 6)
  equal(tostring(net:population("none", 0, "RS")), 'population "none": 0 × izhikevich2003')
  for name in pairs(izh.cells) do equal(net:population("no " .. name, 0, name).size, 0) end
  equal(net.size, 6)
end

-- Every cell of the list makes a population that runs.
do
  local net, names = izh.network{}, {}
  for name in pairs(izh.cells) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do net:population(name, 3, name) end
  net:run(10)
  equal(#net.populations, #names)
  equal(table.concat(names, " "), "CH CH2007 E2003 FS FS2007 I2003 IB IB2007 LTS LTS2007 MSN2007 RS RS2007 RTN2007 RZ TC TC2007 TI2007")
end

-- A cell as a table, and one that a script adds to the list.
do
  local net = izh.network{}
  local cell = { model = "izhikevich2003", a = 1, b = 2, c = 3, d = 4, v0 = 5, u0 = 6 }
  local A = net:population("A", 2, cell)
  list(A:get("a"), { 1, 1 })
  list(A:get("d"), { 4, 4 })
  list(A:get("v"), { 5, 5 })
  list(A:get("u"), { 6, 6 })
  list(net:population("B", 1, { a = 0.1, b = 3, c = 0, d = 0, v0 = 2 }):get("u"), { 6 }, "u0 is b v0")
  izh.cells.mine = cell
  list(net:population("C", 1, "mine"):get("c"), { 3 })
  izh.cells.mine = nil
end

-- Overrides of every kind.
do
  local net = izh.network{ seed = 5 }
  local E = net:population("E", 1000, "RS", {
    a = 0.05,
    b = izh.uniform(0.1, 0.3),
    c = function(i, rng) return -i + 0 * rng:uniform() end,
    v0 = izh.choice{ -60, -70 },
  })
  list(E:get("a"), constant(1000, 0.05))
  near(E:get("b"):mean(), 0.2, 0.01, "mean of b")
  check.truth(E:get("b"):min() >= 0.1 and E:get("b"):max() < 0.3, "b within the range")
  check.truth(E:get("b"):sd() > 0.04, "b differs")
  local c, v, u, b = E:get("c"), E:get("v"), E:get("u"), E:get("b")
  for i = 1, 1000 do
    equal(c[i], -i)
    check.truth(v[i] == -60 or v[i] == -70, "v0 chosen")
    equal(u[i], b[i] * v[i])
  end
  list(net:population("A", 3, "RS", { d = { 1, 2, 3 } }):get("d"), { 1, 2, 3 })
  list(net:population("B", 3, "RS", { d = E:slice(1, 3):get("c") }):get("d"), { -1, -2, -3 }, "a vector as array")
  list(net:population("F", 3, "RS", { c = -50 }):get("d"), { 8, 8, 8 }, "not overridden")
  list(net:population("N", 2, "RS", nil):get("d"), { 8, 8 })
end

-- Values drawn together: E2003 has c and d from one number; the function alone is short for each.
do
  local net = izh.network{ seed = 2 }
  local E = net:population("E", 200, "E2003")
  local c, d = E:get("c"), E:get("d")
  for i = 1, 200 do near((c[i] + 65) / 15, (8 - d[i]) / 6, 1e-12, "c and d of neuron " .. i) end
  check.truth(c:sd() > 1, "cells differ")
  local I = net:population("I", 200, "I2003")
  local a, b = I:get("a"), I:get("b")
  for i = 1, 200 do near((a[i] - 0.02) / 0.08, (0.25 - b[i]) / 0.05, 1e-12, "a and b of neuron " .. i) end
  local X = net:population("X", 50, "RS", function(_, rng)
    local r = rng:normal()
    return { c = r, d = -r }
  end)
  local Y = net:population("Y", 50, "RS", { each = function(i) return { a = i } end, d = 1 })
  c, d = X:get("c"), X:get("d")
  for i = 1, 50 do equal(c[i], -d[i]) end
  equal(Y:get("a")[50], 50)
  equal(Y:get("d")[50], 1)
end

-- The generator given to functions: ranges and defaults, the same numbers again in a network of the same seed.
do
  local function draw(seed)
    local seen = {}
    local net = izh.network{ seed = seed }
    net:population("E", 100, "RS", { a = function(_, rng)
      local u, w, z, l, e, k = rng:uniform(), rng:uniform(2, 3), rng:normal(), rng:lognormal(), rng:exponential(), rng:integer(-1, 1)
      check.truth(u >= 0 and u < 1 and w >= 2 and w < 3 and l > 0 and e >= 0, "ranges")
      check.truth(math.type(k) == "integer" and k >= -1 and k <= 1, "whole number")
      equal(rng:integer(4, 4), 4)
      for _, x in ipairs{ u, w, z, l, e, k } do seen[#seen + 1] = x end
      return 0.02
    end })
    return seen
  end
  list(draw(1), draw(1))
  check.truth(draw(1)[1] ~= draw(2)[1], "another seed gives other numbers")
end

-- A neuron's draw depends on its population's name and its number only, not on what else is there.
do
  local one, two = izh.network{ seed = 4 }, izh.network{ seed = 4 }
  two:population("before", 7, "RS", { v0 = izh.uniform(-70, -60) })
  local A = one:population("A", 5, "RS", { v0 = izh.uniform(-70, -60) })
  local B = two:population("A", 9, "RS", { v0 = izh.uniform(-70, -60) })
  list(B:slice(1, 5):get("v"), A:get("v"))
end

-- Slices: ranges, lists in the order given, slices of slices.
do
  local net = izh.network{}
  net:population("before", 100, "RS")
  local E = net:population("E", 10, "RS", { d = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } })
  list(E:slice(3, 5).ids, { 103, 104, 105 })
  list(E:slice(3, 3):get("d"), { 3 })
  list(E:slice(1, 10):get("d"), E:get("d"))
  local L = E{ 8, 3, 5 }
  equal(L.size, 3)
  equal(#L, 3)
  equal(L.name, "E")
  list(L.ids, { 108, 103, 105 })
  list(L:get("d"), { 8, 3, 5 })
  list(L:slice(2, 3):get("d"), { 3, 5 })
  list(L{ 3, 1 }:get("d"), { 5, 8 })
  list(E:slice(4, 9):slice(2, 3):get("d"), { 5, 6 })
  list(E:slice(4, 9){ 6, 1 }:get("d"), { 9, 4 })
  equal(E{}.size, 0)
  list(E{}:get("d"), {})
  equal(tostring(L), 'slice of population "E": 3 × izhikevich2003, ids 103 … 108')
  equal(tostring(E{}), 'slice of population "E": empty')
end

-- set in all its forms, on populations and slices; get reads it back.
do
  local net = izh.network{ seed = 9 }
  local E = net:population("E", 6, "RS")
  E:set("d", 1)
  list(E:get("d"), { 1, 1, 1, 1, 1, 1 })
  E:set("d", { 1, 2, 3, 4, 5, 6 })
  E{ 6, 1 }:set("d", { 60, 10 })
  list(E:get("d"), { 10, 2, 3, 4, 5, 60 })
  E:slice(2, 3):set{ d = 7, c = -50 }
  list(E:get("d"), { 10, 7, 7, 4, 5, 60 })
  list(E:get("c"), { -65, -50, -50, -65, -65, -65 })
  E:slice(2, 4):set("a", function(i) return i end)
  list(E:get("a"), { 0.02, 1, 2, 3, 0.02, 0.02 })
  E{ 5, 4 }:set(function(i, rng) return { v = -60 - i, u = 0 * rng:uniform() } end)
  list(E:get("v"), { -65, -65, -65, -62, -61, -65 })
  list(E{ 5, 4 }:get("u"), { 0, 0 })
  E:set("v", E:get("d"))
  list(E:get("v"), E:get("d"))
  E{}:set("v", 3)
  list(E:get("v"), E:get("d"), "an empty slice changes nothing")
  E:set{}
  E:set("v", izh.uniform(-70, -60))
  local first = E:get("v")
  E:set("v", izh.uniform(-70, -60))
  check.truth(E:get("v")[1] ~= first[1], "drawn anew")
end

-- A failed set changes nothing, not even the numbers drawn next.
do
  local function build()
    return izh.network{ seed = 3 }:population("E", 4, "RS")
  end
  local A, B = build(), build()
  check.truth(not pcall(A.set, A, { a = 5, u = izh.lognormal(1000, 1) }), "not finite")
  check.truth(not pcall(A.set, A, "v", function(i, rng) return i < 4 and rng:uniform() or error("stop") end), "error")
  for _, q in ipairs{ "a", "u", "v" } do list(A:get(q), B:get(q), q) end
  A:set("v", izh.uniform(0, 1))
  B:set("v", izh.uniform(0, 1))
  list(A:get("v"), B:get("v"), "next draw")
end

-- Draws of a slice are those of the neurons, whichever slice they are reached by.
do
  local function build()
    return izh.network{ seed = 3 }:population("E", 6, "RS")
  end
  local A, B = build(), build()
  A:set("v", izh.uniform(0, 1))
  B{ 5, 2 }:set("v", izh.uniform(0, 1))
  equal(B:get("v")[5], A:get("v")[5])
  equal(B:get("v")[2], A:get("v")[2])
end
