-- The state of a network in which nothing has happened: each cell as it is when it was left alone for 1 s, and nothing on its way.
local core = require "izhlua.core"
local models = require "izhlua.models"

local rest = {}

local ALONE = 1000 -- ms

-- What a population of the same cells begins with is their default.
local function cell_of(population)
  local model = models[population.model]
  local cell, is_state = { model = population.model }, {}
  for _, name in ipairs(models.changing(population.model)) do is_state[name] = true end
  for _, quantity in ipairs(model.quantities) do
    if not is_state[quantity.name] then cell[quantity.name] = population:get(quantity.name) end
  end
  return cell
end

-- The neurons of a population that are not held, by number.
local function free_of(population)
  local numbers, clamped, lesioned = {}, population:get "clamped", population:get "lesioned"
  for k = 1, population.size do
    if clamped[k] == 0 and lesioned[k] == 0 then numbers[#numbers + 1] = k end
  end
  return numbers
end

-- States by name of population, but of sources, which have none: { numbers = of neurons, state = { v =, u = } }; nil when a cell cannot be left alone.
function rest.of(net)
  local scheme = core.scheme(net)
  local alone = core.network{ dt = scheme.dt, integrator = scheme.integrator, tolerance = scheme.tolerance, threads = 1 }
  local states = {}
  for _, population in ipairs(net.populations) do
    if population.size > 0 and not models.is_source(population) then alone:population(population.name, population.size, cell_of(population)) end
  end
  local ok, message = pcall(alone.run, alone, ALONE)
  if not ok and not core.diverged(alone) then error(message, 0) end -- something else: an interrupt
  for _, population in ipairs(ok and alone.populations or {}) do
    local numbers, state = free_of(net.populations[population.name]), {}
    for _, name in ipairs(models.changing(population.model)) do
      state[name] = #numbers > 0 and population(numbers):get(name)
    end
    if #numbers > 0 then states[#states + 1] = { name = population.name, numbers = numbers, state = state } end
  end
  alone:close()
  return ok and states or nil
end

-- Puts a network into such a state.
function rest.set(net, states)
  core.forget(net)
  for _, one in ipairs(states) do
    net.populations[one.name](one.numbers):set(one.state)
  end
end

return rest
