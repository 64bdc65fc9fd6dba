-- Sets of factors as numbers: bit k - 1 is the k-th factor of a list. What runs without some of them say of each.
local subsets = {}

local MOST = 7 -- factors of which all sets are run: 128

function subsets.size(set)
  local n = 0
  while set ~= 0 do
    set = set & (set - 1)
    n = n + 1
  end
  return n
end

-- The sets of k factors that are run, the empty one first: all of them; of more than MOST factors those of one and of two,
-- those that leave one, and that of all. And whether they are all.
function subsets.list(k)
  local all, list = (1 << k) - 1, {}
  for set = 0, k <= MOST and all or -1 do list[#list + 1] = set end
  if k <= MOST then return list, true end
  list[1] = 0
  for i = 0, k - 1 do
    for j = i, k - 1 do list[#list + 1] = 1 << i | 1 << j end
  end
  for i = 0, k - 1 do list[#list + 1] = all ~ 1 << i end
  list[#list + 1] = all
  return list, false
end

-- A set less each one of its members; not the empty set.
function subsets.parts(set)
  local parts = {}
  for i = 0, 62 do
    local part = set & ~(1 << i)
    if part ~= set and part ~= 0 then parts[#parts + 1] = part end
  end
  return parts
end

-- The names of a set, sorted.
function subsets.names(set, factors)
  local names = {}
  for i, factor in ipairs(factors) do
    if set >> (i - 1) & 1 == 1 then names[#names + 1] = factor.name end
  end
  table.sort(names)
  return names
end

-- The smallest of some sets: those of which no other is a part. In order of size, then of number.
function subsets.minimal(sets)
  local sorted, found = table.move(sets, 1, #sets, 1, {}), {}
  table.sort(sorted, function(a, b)
    local m, n = subsets.size(a), subsets.size(b)
    return m < n or m == n and a < b
  end)
  for _, set in ipairs(sorted) do
    local has = false
    for _, part in ipairs(found) do has = has or part & set == part end
    if not has then found[#found + 1] = set end
  end
  return found
end

-- The share of each of k factors in a number (Shapley 1953): what it adds, on the average over all orders in which the
-- factors may come. value(set) is the number when that set is taken away, nil where it is not known; then there are none.
function subsets.shares(k, value)
  local all, shares, orders = (1 << k) - 1, {}, {}
  local n = 1
  for size = 0, k - 1 do -- of those that came before: size! (k - 1 - size)! / k!
    orders[size] = 1 / (k * n)
    n = n * (k - 1 - size) / (size + 1)
  end
  for i = 1, k do
    local bit, sum = 1 << (i - 1), 0
    for kept = 0, all do
      if kept & bit == 0 then
        local with, without = value(all ~ (kept | bit)), value(all ~ kept)
        if not with or not without then return nil end
        sum = sum + orders[subsets.size(kept)] * (with - without)
      end
    end
    shares[i] = sum
  end
  return shares
end

return subsets
