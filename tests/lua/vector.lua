-- Vectors: numbers kept in C.
local izh = require "izhlua"
local check = require "check"
local equal, list, near, raises = check.equal, check.list, check.near, check.raises

local function vector(...)
  return izh.network():population("E", select("#", ...), "RS", { d = { ... } }):get("d")
end

local x = vector(3, -1, 4, 1.5)
equal(#x, 4)
equal(x[1], 3.0)
equal(x[4], 1.5)
equal(x[2.0], -1.0, "a whole float is an index, as in a table")
equal(x[0], nil)
equal(x[5], nil)
equal(x[-1], nil)
equal(x[1.5], nil)
equal(x[0 / 0], nil)
equal(x[math.maxinteger], nil)
equal(x[2 ^ 63], nil)
local seen = {}
for i, value in ipairs(x) do seen[i] = value end
local again = {}
for i, value in pairs(x) do again[i] = value end
list(again, seen, "pairs goes as ipairs does")
list(seen, { 3, -1, 4, 1.5 })
list(x:totable(), { 3, -1, 4, 1.5 })
equal(math.type(x:totable()[1]), "float")
equal(x:mean(), 7.5 / 4)
equal(x:sum(), 7.5)
equal(x:min(), -1.0)
equal(x:max(), 4.0)
near(x:sd(), math.sqrt((1.125 ^ 2 + 2.875 ^ 2 + 2.125 ^ 2 + 0.375 ^ 2) / 3), 1e-15, "sd of a sample")
equal(tostring(x), "vector of 4: 3, -1, 4, 1.5")
equal(tostring(vector(1, 2, 3, 4, 5, 6, 7)), "vector of 7: 1, 2, 3, 4, 5, 6, …")
equal(table.concat({ table.unpack(x, 1, #x) }, " "), "3.0 -1.0 4.0 1.5")

-- Empty and single: what has no value is not a number.
local empty = vector()
equal(#empty, 0)
equal(empty:sum(), 0.0)
for _, name in ipairs{ "mean", "sd", "min", "max" } do
  local value = empty[name](empty)
  check.truth(value ~= value, name .. " of nothing")
end
equal(tostring(empty), "vector of 0:")
local single = vector(2)
equal(single:mean(), 2.0)
check.truth(single:sd() ~= single:sd(), "sd of one")

-- Sums are compensated.
equal(vector(1, 1e100, 1, -1e100):sum(), 2.0)
equal(vector(1e16, 1, 1, 1, 1, -1e16):sum(), 4.0)

-- Errors.
raises('vector: unknown member "mena" (did you mean "mean"?)', function() return x.mena end)
raises("vector: 1 cannot be assigned", function() x[1] = 3 end)
raises("mean: must be called on a vector, with a colon: x:mean(…) (got nothing)", function() x.mean() end)
raises("sum: must be called on a vector, with a colon: x:sum(…) (got a table)", function() x.sum({ 1, 2 }) end)

-- A vector outlives its network.
do
  local net = izh.network()
  local v = net:population("E", 2, "RS"):get("v")
  net:close()
  net = nil
  collectgarbage()
  list(v, { -65, -65 })
end

-- Arithmetic: with a vector of the same length, or a number on either side. The operands stay as they are.
do
  local a, b = izh.vector{ 1, -2, 4 }, izh.vector{ 10, 20, 0 }
  list(a + b, { 11, 18, 4 })
  list(a - b, { -9, -22, 4 })
  list(a * b, { 10, -40, 0 })
  list(b / a, { 10, -10, 0 })
  list(a + 1, { 2, -1, 5 })
  list(1 - a, { 0, 3, -3 })
  list(2 * a, { 2, -4, 8 })
  list(8 / a, { 8, -4, 2 })
  list(a ^ 2, { 1, 4, 16 })
  list(2 ^ a, { 2, 0.25, 16 })
  list(-a, { -1, 2, -4 })
  list((a - a:mean()) / a:sd(), { 0, -1, 1 }, "scores")
  list(a, { 1, -2, 4 })
  list(b, { 10, 20, 0 })
  equal((a / 0)[2], -math.huge)
  equal(#(izh.vector{} + izh.vector{}), 0)
  equal(#(izh.vector{} * 3), 0)
  raises("vector: + goes with vectors of one length (got 3 and 2 numbers)", function() return a + izh.vector{ 1, 2 } end)
  raises("vector: * goes with numbers and vectors (got a table)", function() return a * { 1, 2, 3 } end)
  raises("vector: - goes with numbers and vectors (got nothing)", function() return nil - a end)
  raises('vector: / goes with numbers and vectors (got "2")', function() return a / "2" end)
end

-- Order. numpy.quantile([3, 1, 2, 5], [0, .1, .5, .9, 1]) is 1, 1.3, 2.5, 4.4, 5.
do
  local nan = 0 / 0
  local y = izh.vector{ 3, 1, 2, 5 }
  list(y:sort(), { 1, 2, 3, 5 })
  list(y, { 3, 1, 2, 5 }, "the vector itself is as it was")
  list(izh.vector{ 0.5, -1, -0.25, 1e300, -1e300, 0, 1e-300 }:sort(), { -1e300, -1, -0.25, 0, 1e-300, 0.5, 1e300 })
  for k, p in ipairs{ 0, 0.1, 0.5, 0.9, 1 } do near(y:quantile(p), ({ 1, 1.3, 2.5, 4.4, 5 })[k], 1e-15) end
  equal(y:median(), 2.5)
  equal(izh.vector{ 7 }:median(), 7.0)
  equal(izh.vector{ 7 }:quantile(0.3), 7.0)
  equal((izh.vector{ 1, 2 } / 0):median(), math.huge)
  local with = izh.vector{ 2, 1 } * (izh.vector{ 0, 1 } / izh.vector{ 0, 1 }) -- NaN, 1
  equal(with:sort()[1], 1.0)
  check.truth(with:sort()[2] ~= with:sort()[2], "NaN is last")
  for _, v in ipairs{ with, izh.vector{} } do check.truth(v:median() ~= v:median() and v:quantile(0) ~= v:quantile(0), "NaN") end
  raises("quantile: the share must be a number 0 … 1 (got 1.5)", function() y:quantile(1.5) end)
  raises("quantile: the share must be a number 0 … 1 (got nothing)", function() y:quantile() end)
  raises("sort: must be called on a vector, with a colon: x:sort(…) (got nothing)", function() y.sort() end)
end

do
  local y = izh.vector{ 3, 1, 2, 5 }
  list(y:slice(2, 3), { 1, 2 })
  list(y:slice(3), { 2, 5 })
  equal(#y:slice(5), 0)
  equal(#y:slice(2, 1), 0)
  list(y:cumsum(), { 3, 4, 6, 11 })
  list(y:map(function(x, i) return x * i end), { 3, 2, 6, 20 })
  raises("slice: the first position must be a whole number 1 … 5 (got 0)", function() y:slice(0) end)
  raises("slice: the last position must be a whole number 1 … 4 (got 5)", function() y:slice(2, 5) end)
  raises("map: the argument must be a function(number, position) (got 3)", function() y:map(3) end)
  raises("map: the function must return a number (got nothing for number 1)", function() y:map(function() end) end)
  check.truth(not pcall(y.map, y, error), "an error of the function passes")
  raises('vector: unknown member "percentile" (did you mean "quantile"?)', function() return y.percentile end)
end

-- 10^5 numbers, sorted as by table.sort.
do
  local n, t = 100000, {}
  local r = math.random
  for i = 1, n do t[i] = (r() - 0.5) * 10 ^ r(-5, 5) end
  local v = izh.vector(t)
  table.sort(t)
  list(v:sort(), t)
end
