-- fi_curve.lua: how fast each type of cell fires when a constant current drives it. Each type is one population whose
-- neurons differ in their current only, so that a curve is one run. The rate is that of the last second of two; the equations are
-- solved exactly, so that the curves do not depend on the step.
local izh = require "izhlua"

local POINTS = 61

local function curve(name, most)
  local net = izh.network{ dt = 0.5, integrator = "exact" }
  local cells = net:population(name, POINTS, name)
  local currents = {}
  for k = 1, POINTS do currents[k] = most * (k - 1) / (POINTS - 1) end
  net:stimulate(cells, izh.current{ amplitude = currents })
  net:run(2000)
  local rates = {}
  for k = 1, POINTS do rates[k] = 0 end
  for _, id in net:spikes{ from = 1000 }:each() do rates[id] = rates[id] + 1 end -- spikes in 1 s: Hz
  return { x = currents, y = rates, label = name, style = "line" }
end

local of_2003, of_2007 = {}, {}
for i, name in ipairs{ "RS", "IB", "CH", "FS", "TC", "RZ", "LTS" } do of_2003[i] = curve(name, 20) end
for i, name in ipairs{ "RS2007", "IB2007", "CH2007", "LTS2007", "FS2007", "TC2007", "TI2007", "RTN2007", "MSN2007" } do
  of_2007[i] = curve(name, name == "TI2007" and 240 or 600) -- above 250 pA its reset meets its peak
end

izh.figure{ width = "double", columns = 2,
  izh.curve(of_2003, { title = "cells of 2003", xlabel = "Current (a.u.)", ylabel = "Rate (Hz)" }),
  izh.curve(of_2007, { title = "cells of 2007", xlabel = "Current (pA)", ylabel = "Rate (Hz)" }),
}:save("fi_curve.pdf")
