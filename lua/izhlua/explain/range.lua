-- Cells outside the range that they were made for: u is at its cap, u_max, and they fire in every step, however small it is. Which published
-- cells do so, and from where on, is in izhlua/cells.
local core = require "izhlua.core"
local models = require "izhlua.models"
local report = require "izhlua.explain.report"

local range = {}

local NO_CAP = 1e6 -- pA: what u_max is unless a cell says otherwise

local function has_cap(population)
  for _, quantity in ipairs(models[population.model].quantities) do
    if quantity.name == "u_max" then return population.size > 0 and population:get("u_max"):min() < NO_CAP end
  end
  return false
end

local function any_cap(net)
  for _, population in ipairs(net.populations) do
    if has_cap(population) then return true end
  end
  return false
end

-- Watches a network from now on. What it returns is a function: nil, or { neurons = how many came there until now, first = the id of
-- the first one, time = when }.
function range.watch(net)
  local found, seen, before = nil, {}, {}
  if not any_cap(net) then return function() end end
  net:every(net.dt, function()
    local now = {}
    for _, id in ipairs(core.capped(net)) do
      now[id] = true
      if before[id] and not seen[id] then
        found = found or { neurons = 0, first = id, time = net.time }
        found.neurons, seen[id] = found.neurons + 1, true
      end
    end
    before = now
  end)
  return function() return found end
end

-- Of a run that is void because of that.
range.VOID = "u of a cell comes to its cap u_max there, and it fires in every step"

-- A sentence about what was found.
function range.text(found)
  return ("Outside the range that cells were made for (see izh.cells): %s u at the cap u_max, and %s in every step (the first, neuron %d, at %g ms).")
    :format(report.count(found.neurons, "neuron has", "neurons have"), found.neurons == 1 and "fires" or "fire", found.first, found.time)
end

return range
