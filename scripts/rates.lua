-- Writes the table of docs/numerics.md: how fast each cell of 2003 fires at 10 a.u. under each scheme and dt.
--   build/release/bin/izhlua scripts/rates.lua          writes it
--   build/release/bin/izhlua scripts/rates.lua --check  fails when it is not as it would be written
local izh = require "izhlua"
local made = require "made"

local cells = { "RS", "IB", "CH", "FS", "TC", "RZ", "LTS" }
local steps = { 1, 0.5, 0.25, 0.1 }

-- Hz, over three seconds after the first, in which a cell has come to its rate.
local function rate(cell, integrator, dt)
  local net = izh.network{ dt = dt, integrator = integrator }
  net:stimulate(net:population("cell", 1, cell), izh.current(10))
  if not pcall(net.run, net, 4000) then return "diverges" end
  return ("%.0f"):format(net:spikes{ from = 1000 }:mean_firing_rate())
end

local lines = { "\n| cell | scheme |", "|---|---|" }
for _, dt in ipairs(steps) do
  lines[1] = lines[1] .. (" %g ms |"):format(dt)
  lines[2] = lines[2] .. "---:|"
end
lines[1], lines[2] = lines[1] .. " `exact` |", lines[2] .. "---:|"
for _, cell in ipairs(cells) do
  for i, scheme in ipairs{ "izhikevich2003", "figure1", "euler", "rk4" } do
    local row = ("| %s | `%s` |"):format(i == 1 and cell or "", scheme)
    for _, dt in ipairs(steps) do row = row .. (" %s |"):format(rate(cell, scheme, dt)) end
    lines[#lines + 1] = row .. (" %s |"):format(i == 1 and rate(cell, "exact", 0.5) or "")
  end
end
made("docs/numerics.md", "rates.lua", "rates", table.concat(lines, "\n") .. "\n\n")
