-- Where a function changes its sign between lo and hi, to the last digit: the last number with the sign of f(lo).
return function(f, lo, hi)
  local positive = f(lo) > 0
  for _ = 1, 80 do
    local middle = (lo + hi) / 2
    if (f(middle) > 0) == positive then lo = middle else hi = middle end
  end
  return lo
end
