-- izh.explain.silence: why neurons gave no spike. Each gets its own input again, alone, with one thing changed.
local core = require "izhlua.core"
local models = require "izhlua.models"
local join = require "izhlua.join"
local again = require "izhlua.explain.again"
local input = require "izhlua.explain.input"
local neuron = require "izhlua.explain.neuron"
local range = require "izhlua.explain.range"
local report = require "izhlua.explain.report"
local sorted_keys = require "izhlua.sorted_keys"

local FUNC = "silence"
local known_options = { "from", "to", "of", "start" }
-- Whose silence -------------------------------------------------------------------------------------------------------

local OF = "a neuron's id, a list of ids, a population, a slice of one, or the network"

-- The ids of those that option of means, in order; nil: all.
local function read_of(net, of)
  if of == nil or of == net then return nil end
  local kind = core.kind(of)
  if kind == "network" then core.raise(FUNC, "of belongs to another network") end
  if kind == "population" then
    core.raster_group(FUNC, "of", of, net) -- says so if it belongs to another one
    of = of.ids
  elseif type(of) ~= "number" and type(of) ~= "table" and kind ~= "vector" then
    core.wrong(FUNC, "of", OF, of)
  end
  local ids, seen = {}, {}
  for i, id in ipairs(core.numbers(FUNC, "of", type(of) == "number" and { of } or of)) do
    local whole = math.tointeger(id)
    if not whole or whole < 1 or whole > net.size then
      core.wrong(FUNC, type(of) == "number" and "of" or ("of[%d]"):format(i), ("a neuron's id, 1 … %d"):format(net.size), whole or id)
    end
    if not seen[whole] then ids[#ids + 1] = whole end
    seen[whole] = true
  end
  if #ids == 0 then core.raise(FUNC, "of must name one neuron at least") end
  table.sort(ids)
  return ids
end

-- The populations of neurons, or the network when there are no others.
local function of_neurons(net)
  local list = {}
  for _, population in ipairs(net.populations) do
    if not models.is_source(population) then list[#list + 1] = population end
  end
  return #list < #net.populations and list or { net }
end

-- Of these ids, or all, those that there are now: a list of slices of populations, in order.
local function slices_of(net, ids)
  if not ids then return of_neurons(net) end
  local wanted, slices = {}, {}
  for _, id in ipairs(ids) do wanted[id] = true end
  for _, population in ipairs(net.populations) do
    local numbers = {}
    for k, id in ipairs(population.ids) do
      if wanted[id] then numbers[#numbers + 1] = k end
    end
    if #numbers > 0 and models.is_source(population) then
      core.raise(FUNC, ("of: population %q is of sources, which have no input that could be explained"):format(population.name))
    end
    if #numbers > 0 then slices[#slices + 1] = population(numbers) end
  end
  return slices
end

-- Their spikes in the window, slice by slice.
local function spikes_of(net, ids, window)
  local list = {}
  for k, slice in ipairs(slices_of(net, ids)) do list[k] = net:spikes{ of = slice, from = window.from, to = window.to } end
  return list
end

-- The input of a window ------------------------------------------------------------------------------------------------

-- Has a recording a sample of every step of the window.
local function covers(recording, net, from, to)
  if recording.every ~= net.dt then return false end
  local times = recording:times()
  return #times > 0 and times[1] <= from and times[#times] >= to
end

-- Has it all that is needed of neurons of a model.
local function is_complete(recording, model)
  local has = {}
  for _, name in ipairs(recording.variables) do has[name] = true end
  for _, name in ipairs(input.needed(model)) do
    if not has[name] then return false end
  end
  return true
end

-- Recordings of the script that have it all: place[id] = { recording, k }; nil unless every silent neuron is in one.
local function find_recordings(net, silent, window)
  local place = {}
  for _, recording in ipairs(net.recordings) do
    for k, id in ipairs(covers(recording, net, window.from, window.to) and recording.neurons or {}) do
      id = math.tointeger(id)
      if is_complete(recording, core.cell(net, id).model) then place[id] = { recording, k } end
    end
  end
  for _, id in ipairs(silent) do
    if not place[id] then return nil end
  end
  return place
end

-- Records neurons from now on.
local function record_all(net, ids)
  local place = {}
  for _, slice in ipairs(slices_of(net, ids)) do
    local recording = net:record(slice, input.needed(slice.model), { every = net.dt, name = "silence of " .. slice.name })
    for k, id in ipairs(recording.neurons) do place[math.tointeger(id)] = { recording, k } end
  end
  return place
end

-- Neurons beside the silent ones whose excitation is asked for: of each population a few that have excitatory synapses.
local MOST_PEERS = 3

local function find_peers(net, exc_in)
  local peers = {}
  for _, population in ipairs(net.populations) do
    local list = {}
    for _, id in ipairs(population.ids) do
      if #list < MOST_PEERS and exc_in[id] > 0 then list[#list + 1] = math.tointeger(id) end
    end
    peers[population.name] = list
  end
  return peers
end

-- The records ----------------------------------------------------------------------------------------------------------

-- Facts about the network that verdicts need.
local function survey(net)
  local exc_in, inh_in = core.in_degrees(net)
  return { exc_in = exc_in, inh_in = inh_in, peers = find_peers(net, exc_in), known = {}, scheme = core.scheme(net) }
end

-- What is needed to examine neurons: place[id] = { recording, k }; watch: see explain/input, or nil.
local function input_of(net, id, place, window, watch)
  if not place[id] then return nil end
  window.model_of = function(one) return core.cell(net, one).model end
  return input.of(place[id][1], place[id][2], id, window, watch)
end

-- The excitation of peers of a neuron without excitatory synapses.
local function peers_of(net, id, facts, place, window, watch)
  local _, population = core.cell(net, id)
  local list = {}
  for _, peer in ipairs(facts.exc_in[id] == 0 and facts.peers[population] or {}) do
    if place[peer] then
      local got = input_of(net, peer, place, window, watch)
      list[#list + 1] = { exc = got.exc, g = got.g_exc, jumps = got.up, begin = got.begin }
    end
  end
  return list
end

-- What neuron.examine needs of one.
local function material_of(net, id, work)
  local one = { input = input_of(net, id, work.place, work.window, work.watch) }
  one.cell, one.population, one.place, one.hold = core.cell(net, id)
  one.peers = peers_of(net, id, work.facts, work.place, work.window, work.watch)
  return one
end

-- A function of the id of a silent neuron: its material. That of a network that is cut among ranks is got at once, by all of them:
-- what uses it is then dealt out to them.
local function find_material(net, silent, work)
  if not core.is_cut(net) then
    return function(id) return material_of(net, id, work) end
  end
  local all = {}
  for _, id in ipairs(silent) do all[id] = material_of(net, id, work) end
  return function(id) return all[id] end
end

-- Every n-th silent neuron from the k-th on.
local function examine_some(silent, facts, material, k, n)
  local records = {}
  for i = k, #silent, n do
    if k == 1 then core.tell(i - 1, #silent, "neurons") end -- the others are about as far
    records[#records + 1] = neuron.examine(facts, silent[i], material(silent[i]))
  end
  return records
end

-- What is needed to draw one neuron of each verdict.
local function find_examples(net, records, work)
  local examples = {}
  for _, record in ipairs(records) do
    local got = not examples[record.verdict] and record.reproduced and input_of(net, record.id, work.place, work.window, work.watch)
    local change, words
    if got then change, words = neuron.showcase(net, work.facts, record, got) end
    if change then
      local cell = core.cell(net, record.id)
      neuron.begin(cell, got)
      local function list(vector) return vector and vector:totable() end
      local plain = { steps = got.steps, begin = list(got.begin), jumps = list(got.jumps), g = list(got.g) }
      for i, part in ipairs(got) do
        plain[i] = { name = part.name, instead = part.instead, values = list(part.values), jumps = list(part.jumps), g = list(part.g) }
      end
      examples[record.verdict] = { id = record.id, cell = cell, change = change, words = words, input = plain }
    end
  end
  return examples
end

-- All silent neurons, in processes side by side.
local function examine_all(net, silent, work)
  local facts, _, ranks = survey(net), core.ranks()
  work.facts = facts
  local material = find_material(net, silent, work)
  local branches, records, n = {}, {}, math.min(core.processors() * ranks, #silent)
  for k = 1, n do
    branches[k] = function() return examine_some(silent, facts, material, k, n) end
  end
  for _, some in ipairs(again.branch(FUNC, net, branches)) do records = join(records, some) end
  table.sort(records, function(a, b) return a.id < b.id end)
  return { records = records, examples = find_examples(net, records, work) }
end

-- Runs the network again from its start, to where it is now.
local function run_again(net, start, ids, silent, window)
  local spikes = again.compared(net, function() return spikes_of(net, ids, window) end)
  local before = again.state(net, spikes)
  return again.run(FUNC, net, start, function()
    local beyond = range.watch(net)
    net:run(window.from - net.time)
    local is_wanted = {}
    for _, id in ipairs(silent) do is_wanted[id] = true end
    for _, list in pairs(find_peers(net, core.in_degrees(net))) do
      for _, id in ipairs(list) do is_wanted[id] = true end
    end
    local wanted = sorted_keys(is_wanted)
    local means = again.branch(FUNC, net, { function() return input.means(net, wanted, window.steps) end })[1]
    local watch = input.watch(net, wanted)
    watch.means = means
    local place = record_all(net, wanted)
    net:run(before.time - net.time)
    local work = { place = place, window = window, watch = watch }
    if not again.same(before, again.state(net, spikes)) then return { differs = true } end
    local got = examine_all(net, silent, work)
    got.beyond = beyond()
    return got
  end)
end

-- izh.explain.silence(net, { from =, to =, of =, start = }) --------------------------------------------------------------

local DIFFERS = "Run again from its start, the network gave other spikes, or came to another state, so that nothing can be said about "
  .. "them: something was changed in a way that is not repeated, such as by the script between two calls of run. Record these "
  .. "neurons, before the run: net:record(neurons, { \"v\", \"u\", \"i_exc\", \"i_inh\", \"i_ext\" }, { every = net.dt })"

return function(net, options, ...)
  local start, from, to
  options, start, from, to = again.question(FUNC, known_options, net, options, ...)
  local window = { from = from, to = to, steps = math.floor((to - from) / net.dt + 0.5) }
  local ids, of, silent = read_of(net, options.of), 0, {}
  for _, spikes in ipairs(spikes_of(net, ids, window)) do
    of = of + #spikes.neurons
    for _, id in ipairs(spikes:silent()) do silent[#silent + 1] = math.tointeger(id) end
  end
  local place = not core.conducts(net) and find_recordings(net, silent, window) -- recordings do not have conductances
  local got
  if #silent == 0 then
    got = { records = {}, examples = {} }
  elseif place then
    got = examine_all(net, silent, { place = place, window = window })
  else
    again.check_start(FUNC, net, start, from)
    got = run_again(net, start, ids, silent, window)
  end
  local found = {
    from = from, to = to, of = of, size = #silent, neurons = got.records or {}, trusted = not got.differs,
    reason = got.differs and DIFFERS or false, examples = got.examples, scheme = core.scheme(net),
    beyond = got.beyond,
  }
  return require "izhlua.explain.silence_text"(net, found)
end
