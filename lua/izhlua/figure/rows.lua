-- Which neurons a raster shows, and in which order: the options of, order and neurons.
local core = require "izhlua.core"

local rows = {}

local inks = { excitatory = 1, inhibitory = 2 } -- values of izh_ink
local ink_names = { "excitatory", "inhibitory" }
local most_id = 2 ^ 31 - 1 -- the greatest id that can also be the number of a row

local function is_id(value)
  return math.type(value) == "integer" and value >= 1 and value <= 2 ^ 32 - 1
end

-- { name, first, last [, "excitatory" or "inhibitory"] }
local function read_range(func, what, range)
  local n = core.list(func, what, range)
  local name, first, last, ink = range[1], range[2], range[3], range[4]
  if n < 3 or n > 4 or type(name) ~= "string" or not utf8.len(name) or name:find("\0", 1, true) or not is_id(first)
    or not is_id(last) or last < first then
    core.raise(func, what .. " must be a population, a slice of one, or { name, first id, last id }")
  end
  if ink ~= nil and not inks[ink] then core.unknown(func, what .. "[4]", tostring(ink), ink_names) end
  return { label = name, first = first, size = last - first + 1, ink = inks[ink] or 0 }
end

-- The neurons of an id or a list of ids, as a group without a label.
local function ids_group(func, source, net, of)
  local ids
  if net then
    ids = core.ids(func, "of", of, net)
  else
    local known = {}
    ids = core.numbers(func, "of", type(of) == "number" and { of } or of)
    for _, id in ipairs(source.neurons) do known[id] = true end
    for _, id in ipairs(ids) do
      if not known[id] then core.raise(func, ("these are not spikes of neuron %.15g"):format(id)) end
    end
  end
  return { ids = ids, size = #ids, ink = 0 }
end

-- The groups of a raster of a network or of spikes.
function rows.groups(func, source, of)
  local net = core.is_network(source) and source or nil
  if of == nil or of == net then
    return net and core.raster_groups(func, net) or { core.spikes_group(source) }
  end
  if type(of) == "number" or core.kind(of) == "vector" or type(of) == "table" and type(of[1]) == "number" then
    return { ids_group(func, source, net, of) }
  end
  if type(of) ~= "table" then return { core.raster_group(func, "of", of, net) } end
  local groups = {}
  for i = 1, core.list(func, "of", of) do
    local what = ("of[%d]"):format(i)
    local group = type(of[i]) == "table" and read_range(func, what, of[i]) or core.raster_group(func, what, of[i], net)
    if group.size > 0 then groups[#groups + 1] = group end
  end
  if #groups == 0 then core.raise(func, "of must name a population that has neurons") end
  return groups
end

-- Whether the ids of the groups can also be the numbers of the rows.
local function plain(groups)
  local last = 0
  for _, group in ipairs(groups) do
    if not group.first or group.first <= last then return false end
    if last > 0 and group.first ~= last + 1 then return false end
    last = group.first + group.size - 1
  end
  return last <= most_id
end

local titles = { rate = "Neuron (by rate)", first_spike = "Neuron (by first spike)" }
local most_named = 25 -- NAMED_ROWS in C

-- Returns the rows of the spikes, and the title of their axis. The groups become groups of rows.
function rows.rows(func, spikes, groups, options)
  local order, neurons = options.order, options.neurons
  local total = 0
  for _, group in ipairs(groups) do total = total + group.size end
  if neurons and neurons >= total then neurons = nil end
  if order == nil and (neurons or options.of ~= nil or not plain(groups)) then order = "id" end
  if total == 0 then -- the figure will say that there is nothing to draw
    order, neurons = nil, nil
    for i = #groups, 1, -1 do groups[i] = nil end
  end
  local drawn = core.raster_rows(func, spikes, groups, order, neurons)
  if type(order) == "string" or order == nil then return drawn, titles[order] end
  local count = 0
  for _, group in ipairs(groups) do count = count + group.size end
  return drawn, count > most_named and "Neuron (given order)" or nil
end

return rows
