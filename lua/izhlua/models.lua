-- The neuron models, by name and as a list: what src/bind/model.h says, made from their files in src/core/neuron/model.
local core = require "izhlua.core"

local models, integrators = core.describe_models()

-- The model of a cell, which names none when it is of the default one.
function models.of(cell)
  return models[cell.model or models[1].name]
end

-- The units of currents of some models, given by name: "a.u.", "pA", or "pA; a.u." of both kinds.
function models.units(names)
  local units, seen = {}, {}
  for _, name in ipairs(names) do
    local unit = models[name].unit
    if not seen[unit] then seen[unit], units[#units + 1] = true, unit end
  end
  table.sort(units, function(a, b) return a > b end)
  return table.concat(units, "; ")
end

models.integrators = integrators

return models
