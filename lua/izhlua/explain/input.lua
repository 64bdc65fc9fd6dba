-- What single neurons get in a window, apart: from each stimulus, by excitation and by inhibition, as currents and as jumps of v.
local core = require "izhlua.core"
local models = require "izhlua.models"
local join = require "izhlua.join"
local factors = require "izhlua.explain.factors"
local replay = require "izhlua.explain.replay"

local input = {}

local currents = { "i_exc", "i_inh", "i_ext" }

-- What must be recorded of neurons of a model.
function input.needed(model)
  return join(models[model].state, currents)
end

local random_kinds = { noise = true, poisson = true }

-- While the network runs ------------------------------------------------------------------------------------------------

-- Which of the neurons, by place, get the current of a stimulus, and as which of its own: { place, number } pairs.
local function targets_of(stimulus, place)
  local pairs_of = {}
  for number, id in ipairs(core.stimulus(stimulus).neurons) do
    local k = place[math.tointeger(id)]
    if k then pairs_of[#pairs_of + 1] = { k, number } end
  end
  return pairs_of
end

-- What is noted of a stimulus whose targets are given: of, g: { [place] = { [step] = current or conductance } }.
local function noted(stimulus, targets)
  local is = core.stimulus(stimulus)
  local one = { name = stimulus.name, jumps = is.jumps, kind = is.kind, reversal = is.reversal, of = {}, g = {} }
  for _, pair in ipairs(targets) do one.of[pair[1]], one.g[pair[1]] = {}, {} end
  return one
end

-- Reads the stimuli after each step: watch.stimuli, a list and by name.
local function sample_stimuli(net, watch)
  local known = {}
  return function(step)
    for _, stimulus in ipairs(net.stimuli) do
      local name = stimulus.name
      if not known[name] then
        known[name] = targets_of(stimulus, watch.place)
        watch.stimuli[#watch.stimuli + 1] = noted(stimulus, known[name])
        watch.stimuli[name] = watch.stimuli[#watch.stimuli]
      end
      local one, any = watch.stimuli[name], #known[name] > 0
      local current, g = any and stimulus:get("current"), any and one.reversal and core.stimulus_conductances(stimulus)
      for _, pair in ipairs(known[name]) do
        one.of[pair[1]][step] = current[pair[2]]
        if g then one.g[pair[1]][step] = g[pair[2]] end
      end
    end
  end
end

-- Reads the conductances after each step: watch.g = { all =, exc =, inh = }, each { [place] = { [step] = g } }; nil when there are none.
local function sample_conductances(net, watch)
  core.watch(net)
  return function(step)
    local all, exc, inh = core.conductances(net, watch.ids)
    if not all then return end
    watch.g = watch.g or { all = {}, exc = {}, inh = {} }
    for name, values in pairs{ all = all, exc = exc, inh = inh } do
      for k in ipairs(watch.ids) do
        watch.g[name][k] = watch.g[name][k] or {}
        watch.g[name][k][step] = values[k]
      end
    end
  end
end

-- Delta synapses onto the neurons: of each source a list of { place, weight, delay in steps }.
local function jumping_synapses(net, place)
  local from = {}
  for _, number in ipairs(core.jumping(net)) do
    for pre, post, weight, delay in net.projections[number]:synapses() do
      if place[post] and weight ~= 0 then
        from[pre] = from[pre] or {}
        table.insert(from[pre], { place[post], weight, math.floor(delay / net.dt + 0.5) })
      end
    end
  end
  return from
end

local function add_to(list, step, value)
  list[step] = (list[step] or 0) + value
end

-- Reads the jumps after each step, and adds up what spikes bring: watch.jumps, watch.up, watch.down, each { [place] = { [step] = mV } }.
local function sample_jumps(net, watch)
  local from, seen = jumping_synapses(net, watch.place), net.time
  local longest = 0
  for _, list in pairs(from) do
    for _, synapse in ipairs(list) do longest = math.max(longest, synapse[3]) end
  end
  local function arrive(spikes, first)
    for time, id in spikes:each() do
      for _, synapse in ipairs(from[id] or {}) do
        local step = math.ceil((time - first) / net.dt - 1e-6) + synapse[3] + 1
        add_to((synapse[2] > 0 and watch.up or watch.down)[synapse[1]], step, synapse[2])
      end
    end
  end
  if next(from) and net.time > 0 then
    arrive(net:spikes{ from = math.max(0, net.time - (longest + 1) * net.dt) }, watch.from)
  end
  return function(step)
    if next(from) then arrive(net:spikes{ from = seen }, watch.from) end
    seen = net.time
    for k, value in ipairs(core.jumps(net, watch.ids)) do watch.jumps[k][step] = value end
  end
end

-- The values of a list where they change: { step, value, step, value … }.
local function changes_of(list, steps)
  local changes, last = {}, 0
  for step = 1, steps do
    local value = list[step] or 0
    if value ~= last then changes[#changes + 1], changes[#changes + 2] = step, value end
    last = value
  end
  return changes
end

-- What random stimuli would give to neurons in the next steps at their mean: by name { [place] = changes } of currents, or of conductances
-- where they give these, and the same of jumps, of all stimuli together. To be called in a process of its own: it runs the network, without its synapses.
function input.means(net, ids, steps)
  local watch, jumps, from = { place = {}, stimuli = {} }, {}, net.time
  for k, id in ipairs(ids) do watch.place[id], jumps[k] = k, {} end
  for _, projection in ipairs(net.projections) do projection:disable() end
  core.forget(net)
  for _, stimulus in ipairs(net.stimuli) do core.calm(stimulus) end
  local sample = sample_stimuli(net, watch)
  net:every(net.dt, function()
    local step = math.floor((net.time - from) / net.dt + 0.5)
    sample(step)
    for k, value in ipairs(core.jumps(net, ids)) do jumps[k][step] = value end
  end)
  net:run(steps * net.dt)
  local means = { jumps = {} }
  for k in ipairs(ids) do means.jumps[k] = changes_of(jumps[k], steps) end
  for _, stimulus in ipairs(watch.stimuli) do
    local of = {}
    local lists = stimulus.reversal and stimulus.g or stimulus.of
    for k, list in pairs(random_kinds[stimulus.kind] and lists or {}) do of[k] = changes_of(list, steps) end
    means["stimulus " .. stimulus.name] = of
  end
  return means
end

-- Begins to watch neurons, by id, from now on; read it with input.of when the window is over.
function input.watch(net, ids)
  local watch = { from = net.time, ids = ids, place = {}, stimuli = {}, jumps = {}, up = {}, down = {}, left = {} }
  for k, id in ipairs(ids) do watch.left[k] = id <= net.size and core.cell(net, id).refractory_left or nil end
  function watch.excites(reversal, k) return core.excites(net, ids[k], reversal) end
  for k, id in ipairs(ids) do
    watch.place[id], watch.jumps[k], watch.up[k], watch.down[k] = k, {}, {}, {}
  end
  local stimuli, jumps, conductances = sample_stimuli(net, watch), sample_jumps(net, watch), sample_conductances(net, watch)
  net:every(net.dt, function()
    local step = math.floor((net.time - watch.from) / net.dt + 0.5)
    stimuli(step)
    jumps(step)
    conductances(step)
  end)
  return watch
end

-- Afterwards -------------------------------------------------------------------------------------------------------------

local function vector(list, steps)
  local full = {}
  for k = 1, steps do full[k] = list[k] or 0 end
  return core.numbers("silence", "samples", full)
end

-- The part of a vector from number `first` to number `last`.
local function part_of(values, first, last)
  local list = {}
  for k = first, last do list[#list + 1] = values[k] end
  return core.numbers("silence", "samples", list)
end

local function vector_of_changes(changes, steps)
  local full, value, next_one = {}, 0, 1
  for step = 1, steps do
    if changes[next_one] == step then value, next_one = changes[next_one + 1], next_one + 2 end
    full[step] = value
  end
  return core.numbers("silence", "samples", full)
end

local function is_zero(values)
  return not values or values:min() == 0 and values:max() == 0
end

local function split(values)
  local up, down = {}, {}
  for k = 1, #values do up[k], down[k] = math.max(values[k], 0), math.min(values[k], 0) end
  return core.numbers("silence", "samples", up), core.numbers("silence", "samples", down)
end

-- Adds what a random stimulus would be at its mean: a part that is there only instead of others. Its name.
local function add_mean(got, name, parts, values, more)
  local mean = "mean of " .. name
  got[#got + 1] = { name = mean, values = values, jumps = more and more.jumps, g = more and more.g, instead = true }
  got.means[#got.means + 1] = mean
  got.random = join(got.random, parts)
  return mean
end

-- Adds the current of a stimulus to an input, its two signs apart, and to its factors. mean: its current at its mean, or nil.
local function add_stimulus(got, name, values, random, mean)
  local low, high = values:min(), values:max()
  if low == 0 and high == 0 then return end
  local up, down = split(values)
  local signs = { { "+", up, high > 0 }, { "-", down, low < 0 } }
  local both, parts = high > 0 and low < 0, {}
  for _, sign in ipairs(signs) do
    if sign[3] then
      local part = { name = name .. sign[1], values = sign[2], external = true, positive = sign[1] == "+" }
      got[#got + 1], parts[#parts + 1] = part, part.name
      if both and not random then got.factors[#got.factors + 1] = { name = part.name, parts = { part.name }, negative = not part.positive } end
    end
  end
  local instead = mean and add_mean(got, name, parts, mean)
  if not both or random then
    got.factors[#got.factors + 1] = { name = name, parts = parts, mean = instead, negative = values:mean() < 0, random = random }
  end
end

-- Adds a stimulus that gives conductances. What it is, its reversal potential says, at every v. mean: its conductances at its mean, or nil.
local function add_conducting(got, name, stimulus, k, mean, excites)
  local g = vector(stimulus.g[k], got.steps)
  if is_zero(g) then return end
  local part = { name = name .. (excites and "+" or "-"), values = vector(stimulus.of[k], got.steps), g = g, external = true, positive = excites }
  got[#got + 1] = part
  local instead
  if mean then
    local currents_of_mean = {}
    for step = 1, got.steps do currents_of_mean[step] = mean[step] * (stimulus.reversal - got.begin[step]) end
    instead = add_mean(got, name, { part.name }, core.numbers("silence", "samples", currents_of_mean), { g = mean })
  end
  got.factors[#got.factors + 1] = {
    name = name, parts = { part.name }, mean = instead, negative = not excites, random = random_kinds[stimulus.kind],
  }
end

-- The currents of stimuli, one by one; false when they are not those that were recorded in all.
local function add_stimuli(got, watch, k, steps, ext)
  local sum = {}
  for step = 1, steps do sum[step] = 0 end
  for _, stimulus in ipairs(watch.stimuli) do
    local list = stimulus.of[k]
    for step = 1, list and steps or 0 do sum[step] = sum[step] + (list[step] or 0) end
  end
  for step = 1, steps do
    if sum[step] ~= ext[step] then return false end
  end
  for _, stimulus in ipairs(watch.stimuli) do
    local name, random = "stimulus " .. stimulus.name, random_kinds[stimulus.kind]
    local mean = random and watch.means[name] and watch.means[name][k]
    mean = mean and vector_of_changes(mean, steps)
    if stimulus.of[k] and stimulus.reversal then
      add_conducting(got, name, stimulus, k, mean, watch.excites(stimulus.reversal, k))
    elseif stimulus.of[k] then
      add_stimulus(got, name, vector(stimulus.of[k], steps), random, mean)
    end
  end
  return true
end

-- What is left of the jumps when those of synapses are taken away comes from stimuli. nil when it does not fit.
local function external_jumps(watch, k, steps)
  local names, rest, any = {}, {}, false
  for _, stimulus in ipairs(watch.stimuli) do
    if stimulus.jumps and stimulus.of[k] then names[#names + 1] = stimulus.name end
  end
  for step = 1, steps do
    rest[step] = (watch.jumps[k][step] or 0) - (watch.up[k][step] or 0) - (watch.down[k][step] or 0)
    if math.abs(rest[step]) < 1e-9 then rest[step] = 0 end
    any = any or rest[step] ~= 0
  end
  if any and #names == 0 then return nil end
  return any and "stimulus " .. table.concat(names, " and ") or false, core.numbers("silence", "samples", rest)
end

local function zeros(steps)
  return vector({}, steps)
end

-- Adds jumps to an input; false when it is not known of what they are.
local function add_jumps(got, watch, k, steps)
  local whole = vector(watch.jumps[k], steps)
  if whole:min() == 0 and whole:max() == 0 then return true end
  local name, rest = external_jumps(watch, k, steps)
  if name == nil then return false end
  got.jumps = whole
  if name then
    got[#got + 1] = { name = name .. " jumps", values = zeros(steps), jumps = rest, external = true, positive = rest:mean() > 0 }
    local mean = add_mean(got, name .. " jumps", { name .. " jumps" }, zeros(steps), { jumps = vector_of_changes(watch.means.jumps[k], steps) })
    got.factors[#got.factors + 1] = { name = name, parts = { name .. " jumps" }, mean = mean, negative = rest:mean() < 0, random = true }
  end
  got.up, got.down = vector(watch.up[k], steps), vector(watch.down[k], steps)
  return true
end

local function add_synapses(got)
  for _, part in ipairs{ { factors.EXCITATION, got.exc, got.up, got.g_exc }, { factors.INHIBITION, got.inh, got.down, got.g_inh } } do
    if not (is_zero(part[2]) and is_zero(part[3]) and is_zero(part[4])) then
      got[#got + 1] = { name = part[1], values = part[2], jumps = part[3], g = part[4] }
      table.insert(got.factors, { name = part[1], parts = { part[1] } })
    end
  end
end

-- What the k-th neuron of a recording got in the steps of a window: an input for explain/replay, with factors = what can be taken
-- away of it, each { name =, parts = }; v, exc, inh, ext = vectors, and g, g_exc, g_inh where there are
-- conductances; its state before and after. watch: nil for a script's own recordings.
function input.of(recording, k, id, window, watch)
  local times, steps = recording:times(), window.steps
  local first = math.floor((window.from - times[1]) / recording.every + 0.5) + 1
  local function values(name) return part_of(recording:values(name, k), first + 1, first + steps) end
  local model = window.model_of(id)
  local got = {
    steps = steps, factors = {}, means = {}, random = {}, v = values "v", begin = part_of(recording:values("v", k), first, first + steps - 1), exc = values "i_exc", inh = values "i_inh", ext = values "i_ext",
    before = replay.state(model, function(name) return recording:values(name, k) end, first),
    after = replay.state(model, function(name) return recording:values(name, k) end, first + steps),
  }
  local place = watch and watch.place[id]
  if place then got.before.refractory_left = watch.left[place] end -- else a script's recording, which does not have it
  for name, of in pairs(place and watch.g or {}) do got[name == "all" and "g" or "g_" .. name] = vector(of[place], steps) end
  if not place or not add_stimuli(got, watch, place, steps, got.ext) then add_stimulus(got, "external input", got.ext, false) end
  got.known = not place or add_jumps(got, watch, place, steps)
  add_synapses(got)
  if #got.means > 0 then got.factors[#got.factors + 1] = { name = factors.FLUCTUATIONS, parts = got.random, means = got.means } end
  return got
end

return input
