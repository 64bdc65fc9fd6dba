-- The neuron models, by name and as a list: what src/bind/model.h says, made from their files in src/core/neuron/model. Sources
-- are among them by name.
local core = require "izhlua.core"

local models, integrators, sources = core.describe_models()

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

-- The quantities of a model that change as it runs: its state, and what is left of a refractory period.
function models.changing(name)
  local names = {}
  for k, quantity in ipairs(models[name].state) do names[k] = quantity end
  for _, quantity in ipairs(models[name].quantities) do
    if quantity.name == "refractory_left" then names[#names + 1] = quantity.name end
  end
  return names
end

models.integrators, models.sources = integrators, sources

local is_source = {}
for _, source in ipairs(sources) do is_source[source.name] = true end

-- Is a population one of sources, which have spikes and no v.
function models.is_source(population)
  return is_source[population.model] or false
end

return models
