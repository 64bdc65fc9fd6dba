-- Student's t: how far a mean of n numbers may be off, at 95 %.
local bisect = require "izhlua.bisect"

local Z = 1.959963984540054 -- the quantile 0.975 of the normal distribution

-- P(|t| < tan(angle) sqrt(n)) for n degrees of freedom, a finite sum (Abramowitz and Stegun 26.7.3, 26.7.4).
local function within(n, angle)
  local s, c2 = math.sin(angle), math.cos(angle) ^ 2
  local term = n % 2 == 1 and math.cos(angle) or 1
  local sum = 0
  for k = n % 2 == 1 and 3 or 2, n, 2 do
    sum, term = sum + term, term * c2 * (k - 1) / k
  end
  if n % 2 == 1 then return (angle + s * sum) * 2 / math.pi end
  return s * sum
end

-- For many degrees of freedom: Cornish and Fisher's expansion; the error is below 1e-9 from 200 on.
local function expansion(n)
  local z = Z
  return z + (z ^ 3 + z) / (4 * n) + (5 * z ^ 5 + 16 * z ^ 3 + 3 * z) / (96 * n ^ 2)
    + (3 * z ^ 7 + 19 * z ^ 5 + 17 * z ^ 3 - 15 * z) / (384 * n ^ 3)
end

local known = {}

-- The quantile 0.975 for n degrees of freedom, n ≥ 1.
local function quantile(n)
  if n > 200 then return expansion(n) end
  if not known[n] then
    local angle = bisect(function(angle) return 0.95 - within(n, angle) end, 0, math.pi / 2)
    known[n] = math.tan(angle) * math.sqrt(n)
  end
  return known[n]
end

-- Of a list of numbers, NaN standing for a missing one: { mean =, sd =, ci =, n = }. sd is of a sample, ci is half the
-- width of the 95 % confidence interval of the mean; NaN where there are too few numbers.
local function summary(numbers)
  local n, sum = 0, 0
  for _, x in ipairs(numbers) do
    if x == x then n, sum = n + 1, sum + x end
  end
  local mean, squares = sum / n, 0
  for _, x in ipairs(numbers) do
    if x == x then squares = squares + (x - mean) ^ 2 end
  end
  local sd = n > 1 and math.sqrt(squares / (n - 1)) or 0 / 0
  return { mean = mean, sd = sd, ci = n > 1 and quantile(n - 1) * sd / math.sqrt(n) or 0 / 0, n = n }
end

-- How probable a mean at least as far from 0 as that of a summary would be, were the true one 0 (two-sided); 1 where that is
-- not known.
local function p_value(found)
  if not (found.n > 1) or found.mean ~= found.mean or found.mean == 0 then return 1 end
  if found.sd == 0 then return 0 end
  local t, n = math.abs(found.mean) * math.sqrt(found.n) / found.sd, found.n - 1
  return 1 - within(n, math.atan(t / math.sqrt(n)))
end

-- Which of some p-values hold together at a level (Holm 1979): a list of booleans.
local function holm(values, level)
  local order, holds = {}, {}
  for i = 1, #values do order[i], holds[i] = i, false end
  table.sort(order, function(a, b) return values[a] < values[b] or values[a] == values[b] and a < b end)
  for rank, i in ipairs(order) do
    if values[i] > level / (#values - rank + 1) then break end
    holds[i] = true
  end
  return holds
end

return { quantile = quantile, summary = summary, p_value = p_value, holm = holm }
