-- The keys of a table, ascending: where an order shows, it must be the same in every run.
return function(values)
  local keys = {}
  for key in next, values do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end
