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
