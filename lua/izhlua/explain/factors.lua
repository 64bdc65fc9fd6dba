-- What an explanation can take away from a network: { name =, remove = function(net), late = is it taken away at the onset of
-- what is explained, rather than at the cut }. What a factor is, in words: docs/explain.md. There is a factor where its removal
-- may change something; whether it did, runs say.
local core = require "izhlua.core"
local models = require "izhlua.models"

local factors = {}

factors.EXCITATION, factors.INHIBITION = "recurrent excitation", "recurrent inhibition"
factors.ADAPTATION, factors.FLUCTUATIONS, factors.STATE = "adaptation", "fluctuations", "state"

-- Synapses -----------------------------------------------------------------------------------------------------------

-- Numbers of populations that excitatory pathways lead to from one, itself included if it is on a loop.
local function reached(paths, from)
  local found, queue = {}, { from }
  while #queue > 0 do
    local pre = table.remove(queue)
    for _, path in ipairs(paths) do
      if path.pre == pre and path.positive and not found[path.post] then
        found[path.post] = true
        queue[#queue + 1] = path.post
      end
    end
  end
  return found
end

-- Excitation is recurrent where excitatory synapses lead back. A mask for core.scale_synapses; nil when there is none.
local function recurrent_mask(net, paths)
  local n, mask, any = #net.populations, {}, false
  for k = 1, n * n do mask[k] = 0 end
  for _, path in ipairs(paths) do
    if path.positive and (path.pre == path.post or reached(paths, path.post)[path.pre]) then
      mask[(path.pre - 1) * n + path.post], any = 1, true
    end
  end
  return any and mask or nil
end

local function add_synapses(list, net)
  local paths = core.pathways(net)
  local mask, inhibits = recurrent_mask(net, paths), false
  for _, path in ipairs(paths) do inhibits = inhibits or path.negative end
  if mask then
    list[#list + 1] = { name = factors.EXCITATION, remove = function(n) core.scale_synapses(n, 1, 0, mask) end }
  end
  if inhibits then
    list[#list + 1] = { name = factors.INHIBITION, remove = function(n) core.scale_synapses(n, -1, 0) end }
  end
end

-- Adaptation ---------------------------------------------------------------------------------------------------------

-- Populations that adapt: a spike of one of their neurons changes u.
local function adapting(net)
  local found = {}
  for _, population in ipairs(net.populations) do
    local has = {}
    for _, quantity in ipairs(models[population.model].quantities) do has[quantity.name] = true end
    local d = has.d and has.a and population:get("d")
    if d and (d:min() ~= 0 or d:max() ~= 0) then found[#found + 1] = population end
  end
  return found
end

-- With a = 0, u stays what it is; with d = 0, spikes do not change it either.
local function hold_u(net)
  for _, population in ipairs(adapting(net)) do population:set{ a = 0, d = 0 } end
end

-- Stimuli ------------------------------------------------------------------------------------------------------------

local random = { noise = true, poisson = true }

-- Takes away the part of a sign of a stimulus: the other one is kept.
local function add_signs(list, name)
  for _, part in ipairs{ { "+", -1 }, { "-", 1 } } do
    list[#list + 1] = {
      name = ("stimulus %s%s"):format(name, part[1]), remove = function(net) core.keep_sign(net.stimuli[name], part[2]) end,
      of = name,
    }
  end
end

-- Both parts: nothing is left.
local function stop_if_both(net, names)
  local seen = {}
  for _, name in ipairs(names) do
    if seen[name] then net.stimuli[name]:stop() end
    seen[name] = true
  end
end

-- signs[name]: has it been both positive and negative.
local function add_stimuli(list, net, signs)
  local fluctuates = {}
  for _, stimulus in ipairs(net.stimuli) do
    local name, is = stimulus.name, core.stimulus(stimulus)
    if not is.stopped then
      if signs[name] and not random[is.kind] then
        add_signs(list, name)
      else
        list[#list + 1] = { name = "stimulus " .. name, remove = function(n) n.stimuli[name]:stop() end }
      end
      if random[is.kind] then fluctuates[#fluctuates + 1] = name end
    end
  end
  if #fluctuates == 0 then return end
  list[#list + 1] = {
    name = factors.FLUCTUATIONS,
    remove = function(n)
      for _, name in ipairs(fluctuates) do core.calm(n.stimuli[name]) end
    end,
  }
end

-- All ----------------------------------------------------------------------------------------------------------------

-- Those of a network as it is now. given: what the script calls factors, see factors.read.
function factors.of(net, signs, given)
  local list = {}
  add_synapses(list, net)
  if #adapting(net) > 0 then list[#list + 1] = { name = factors.ADAPTATION, remove = hold_u, late = true } end
  add_stimuli(list, net, signs)
  for _, own in ipairs(given) do list[#list + 1] = own end
  return list
end

-- Takes those of a set away that are late, or those that are not.
function factors.remove(list, set, net, late)
  local parts = {}
  for i, factor in ipairs(list) do
    if set >> (i - 1) & 1 == 1 and (factor.late or false) == late then
      factor.remove(net)
      if factor.of then parts[#parts + 1] = factor.of end
    end
  end
  stop_if_both(net, parts)
end

function factors.has_late(list, set)
  for i, factor in ipairs(list) do
    if factor.late and set >> (i - 1) & 1 == 1 then return true end
  end
  return false
end

local taken = {
  [factors.EXCITATION] = true, [factors.INHIBITION] = true, [factors.ADAPTATION] = true, [factors.FLUCTUATIONS] = true,
  [factors.STATE] = true,
}

-- The option factors = { ["E to I"] = function(net) … end }, sorted by name.
function factors.read(func, given)
  if given == nil then return {} end
  if type(given) ~= "table" then core.wrong(func, "factors", "a table such as { [\"E to I\"] = function(net) … end }", given) end
  local list = {}
  for name, remove in next, given do
    if type(name) ~= "string" or name == "" then core.wrong(func, "a name in factors", "a string that is not empty", name) end
    if taken[name] or name:find("^stimulus ") then core.raise(func, ("factors: the name %q is one of its own"):format(name)) end
    if type(remove) ~= "function" then
      core.wrong(func, ("factors[%q]"):format(name), "a function(net) that takes something away", remove)
    end
    list[#list + 1] = {
      name = name,
      remove = function(net)
        local ok, message = pcall(remove, net)
        if not ok then error(("factors[%q]: %s"):format(name, message), 0) end
      end,
    }
  end
  table.sort(list, function(a, b) return a.name < b.name end)
  return list
end

return factors
