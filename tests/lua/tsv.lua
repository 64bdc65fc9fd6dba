-- Reads a table of tests/data: a list of rows, each a map from the names of the first line.
return function(path)
  local rows, names = {}, nil
  for line in io.lines(path) do
    local row, k = {}, 0
    for field in (line .. "\t"):gmatch("(.-)\t") do
      k = k + 1
      if names then row[names[k]] = field else row[k] = field end
    end
    if names then rows[#rows + 1] = row else names = row end
  end
  return rows
end
