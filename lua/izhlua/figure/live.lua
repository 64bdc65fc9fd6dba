-- What a run shows on a terminal while it goes on: how far it is, the rate of each population, and the raster of the last
-- second.
local core = require "izhlua.core"
local panel = require "izhlua.figure.panel"

local WINDOW = 1000 -- ms

local function head(net, begin, finish)
  if finish == 0 then return ("t = %.0f ms"):format(net.time) end
  return ("t = %.0f ms, to %.0f ms (%.0f %%)"):format(net.time, finish, 100 * (net.time - begin) / (finish - begin))
end

-- The rates in Hz in a window, as many as have room.
local function rates(net, from, columns)
  local line = ""
  for _, population in ipairs(net.populations) do
    local n = net:spikes{ of = population, from = from }.size
    local text = ("%s %.3g Hz   "):format(population.name, n / population.size / (net.time - from) * 1000)
    if utf8.len(line .. text) > columns then break end
    line = line .. text
  end
  return (line:gsub(" +$", ""))
end

-- The text, without a newline at its end, for a screen of so many columns and rows. begin and finish: of the run, in ms;
-- finish = 0: nobody knows.
return function(net, begin, finish, columns, rows)
  local from = math.max(0, net.time - WINDOW)
  local drawn = panel.make("raster", net, { from = from, neurons = core.text_rows })
  local lines = { head(net, begin, finish), rates(net, from, columns - 1) }
  for line in core.raster_text("raster", drawn, columns - 1):gmatch "[^\n]*" do lines[#lines + 1] = line end
  while #lines > rows do table.remove(lines, 3) end -- a low screen has the rate, and as much of the raster as there is room for
  return table.concat(lines, "\n")
end
