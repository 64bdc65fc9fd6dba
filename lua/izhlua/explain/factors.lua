-- What an explanation can take away from a network: { name =, remove = function(net), late = is it taken away at the onset of
-- what is explained, rather than at the cut, parts = of which it consists, each with a name and a remove of its own, or nil }.
-- What a factor is, in words: docs/explain.md. There is a factor where its removal may change something; whether it did, runs say.
local core = require "izhlua.core"
local models = require "izhlua.models"
local rest = require "izhlua.explain.rest"

local factors = {}

factors.EXCITATION, factors.INHIBITION = "recurrent excitation", "recurrent inhibition"
factors.ADAPTATION, factors.FLUCTUATIONS, factors.STATE = "adaptation", "fluctuations", "state"
factors.DEPLETION = "depletion"

-- Parts --------------------------------------------------------------------------------------------------------------

-- Populations whose cells inhibit, and the others: two lists of numbers.
local function roles_of(net, paths)
  local inhibits, roles = {}, { {}, {} }
  for _, path in ipairs(paths) do inhibits[path.pre] = inhibits[path.pre] or path.negative end
  for k = 1, #net.populations do table.insert(roles[inhibits[k] and 2 or 1], k) end
  return roles
end

local MOST_NAMES = 3

local function names_of(net, numbers, role)
  if #numbers > MOST_NAMES then return role == 2 and "the cells that inhibit" or "the cells that do not inhibit" end
  local names = {}
  for k, number in ipairs(numbers) do names[k] = net.populations[number].name end
  return table.concat(names, ", ")
end

-- Two parts of a factor, one for each role: remove(net, numbers) takes away what concerns some populations. nil unless there
-- are both; concerns(number) says whether it concerns a population.
local function parts_of(net, roles, title, concerns, remove)
  local parts = {}
  for role, numbers in ipairs(roles) do
    local some = {}
    for _, number in ipairs(numbers) do
      if concerns(number) then some[#some + 1] = number end
    end
    if #some > 0 then
      parts[#parts + 1] = { name = title:format(names_of(net, some, role)), remove = function(n) remove(n, some) end }
    end
  end
  return #parts == 2 and parts or nil
end

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

-- Takes away inhibition onto some populations, given by number; that by sources is not recurrent, and stays.
local function cut_inhibition(net, numbers)
  local n, mask, onto = #net.populations, {}, {}
  for _, number in ipairs(numbers) do onto[number] = true end
  for k = 1, n * n do
    mask[k] = onto[(k - 1) % n + 1] and not models.is_source(net.populations[(k - 1) // n + 1]) and 1 or 0
  end
  core.scale_synapses(net, -1, 0, mask)
end

local function add_synapses(list, net, paths, roles)
  local mask, inhibited, all = recurrent_mask(net, paths), {}, {}
  for _, path in ipairs(paths) do
    if path.negative and not models.is_source(net.populations[path.pre]) then inhibited[path.post] = true end
  end
  for k = 1, #net.populations do all[k] = k end
  if mask then
    list[#list + 1] = { name = factors.EXCITATION, remove = function(n) core.scale_synapses(n, 1, 0, mask) end }
  end
  if next(inhibited) then
    list[#list + 1] = {
      name = factors.INHIBITION, remove = function(n) cut_inhibition(n, all) end,
      parts = parts_of(net, roles, factors.INHIBITION .. " onto %s", function(k) return inhibited[k] end, cut_inhibition),
    }
  end
end

-- Adaptation ---------------------------------------------------------------------------------------------------------

-- Does a population adapt: a spike of one of its neurons changes u.
local function adapts(population)
  local has = {}
  for _, quantity in ipairs(models[population.model].quantities) do has[quantity.name] = true end
  local d = has.d and has.a and population.size > 0 and population:get("d")
  return d and (d:min() ~= 0 or d:max() ~= 0)
end

-- With a = 0, u stays what it is; with d = 0, spikes do not change it either. numbers: of populations; nil: all.
local function hold_u(net, numbers)
  local chosen = {}
  for _, number in ipairs(numbers or {}) do chosen[number] = true end
  for k, population in ipairs(net.populations) do
    if (not numbers or chosen[k]) and adapts(population) then population:set{ a = 0, d = 0 } end
  end
end

local function add_adaptation(list, net, roles)
  local function concerns(k) return adapts(net.populations[k]) end
  local any = false
  for k = 1, #net.populations do any = any or concerns(k) end
  if not any then return end
  list[#list + 1] = {
    name = factors.ADAPTATION, remove = function(n) hold_u(n) end, late = true,
    parts = parts_of(net, roles, factors.ADAPTATION .. " of %s", concerns, hold_u),
  }
end

-- The state ------------------------------------------------------------------------------------------------------------

local function add_state(list, net)
  local states = rest.of(net)
  if states then list[#list + 1] = { name = factors.STATE, remove = function(n) rest.set(n, states) end } end
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
      if signs[name] and not random[is.kind] and not is.reversal then -- which sign a conductance gives is no part of it
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

-- Populations of sources act from outside, as stimuli do.
local function add_sources(list, net)
  for _, population in ipairs(net.populations) do
    local name = population.name
    if models.is_source(population) and population:get("lesioned"):min() == 0 then
      list[#list + 1] = { name = "source " .. name, remove = function(n) n.populations[name]:silence() end }
    end
  end
end

-- All ----------------------------------------------------------------------------------------------------------------

-- Those of a network as it is now. given: what the script calls factors, see factors.read.
function factors.of(net, signs, given)
  local list, paths = {}, core.pathways(net)
  local roles = roles_of(net, paths)
  add_synapses(list, net, paths, roles)
  add_adaptation(list, net, roles)
  if core.depletes(net) then list[#list + 1] = { name = factors.DEPLETION, remove = core.hold_resources, late = true } end
  add_sources(list, net)
  add_stimuli(list, net, signs)
  add_state(list, net)
  for _, own in ipairs(given) do list[#list + 1] = own end
  return list
end

-- Takes those of the set of a case away that are late, or those that are not. case.part: { factor =, number = }, of which factor only
-- that part is taken away; or nil.
function factors.remove(list, case, net, late)
  local signs, part = {}, case.part
  for i, factor in ipairs(list) do
    if case.set >> (i - 1) & 1 == 1 and (factor.late or false) == late then
      local what = part and part.factor == i and factor.parts[part.number] or factor
      what.remove(net)
      if factor.of then signs[#signs + 1] = factor.of end
    end
  end
  stop_if_both(net, signs)
end

function factors.has_late(list, set)
  for i, factor in ipairs(list) do
    if factor.late and set >> (i - 1) & 1 == 1 then return true end
  end
  return false
end

local taken = {
  [factors.EXCITATION] = true, [factors.INHIBITION] = true, [factors.ADAPTATION] = true, [factors.FLUCTUATIONS] = true,
  [factors.STATE] = true, [factors.DEPLETION] = true,
}

-- The option factors = { ["E to I"] = function(net) … end }, sorted by name.
function factors.read(func, given)
  if given == nil then return {} end
  if type(given) ~= "table" then core.wrong(func, "factors", "a table such as { [\"E to I\"] = function(net) … end }", given) end
  local list = {}
  for name, remove in next, given do
    if type(name) ~= "string" or name == "" then core.wrong(func, "a name in factors", "a string that is not empty", name) end
    if taken[name] or name:find("^stimulus ") or name:find("^source ") then core.raise(func, ("factors: the name %q is one of its own"):format(name)) end
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
