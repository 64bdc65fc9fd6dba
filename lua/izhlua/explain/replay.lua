-- One neuron alone, in a network of its own with the same scheme, that gets again what it once got: copies of it side by
-- side, each with parts of that input multiplied. A copy for which nothing is changed does, to the bit, what the neuron did.
local core = require "izhlua.core"
local models = require "izhlua.models"
local measures = core.measures

local replay = {}

-- Input ----------------------------------------------------------------------------------------------------------------
--
-- A list of parts in the order in which a step adds them: { name =, values = a vector of the current in each step, jumps = the
-- same of v, g = of conductances, both or nil, instead = is it there only in place of another }; begin = v at the beginning of each step,
-- where values has the current of g; jumps, g = those of all parts that are not instead. A copy is { factors by name of part, 1 unless given,
-- 0 of one that is instead; state = { v =, u = } in place of its own; more = a current }.
--
-- A conductance g with the reversal potential E brings g (E - v). A copy gets the current that the neuron got, at its v, and beside it
-- g (begin - v): nothing, as long as its v is the same.

local function each(copies, part)
  local list = {}
  for k, copy in ipairs(copies) do list[k] = copy[part.name] or part.instead and 0 or 1 end
  return list
end

local function is_zero(values)
  return values:min() == 0 and values:max() == 0
end

local function add_current(net, target, name, values, amplitude)
  net:stimulate(target, core.current{
    times = measures.grid(0, net.dt, #values), values = values, amplitude = amplitude, name = name,
  })
end

local function set_states(target, copies)
  for k, copy in ipairs(copies) do
    for name, value in pairs(copy.state or {}) do target{ k }:set(name, value) end
  end
end

-- A network of copies of a cell.
local function build(scheme, cell, input, copies)
  local net = core.network{ dt = scheme.dt, integrator = scheme.integrator, tolerance = scheme.tolerance, threads = 1 }
  local target = net:population("copies", #copies, cell)
  for i, part in ipairs(input) do
    if not is_zero(part.values) then add_current(net, target, ("%d %s"):format(i, part.name), part.values, each(copies, part)) end
  end
  local more = {}
  for k, copy in ipairs(copies) do more[k] = copy.more or 0 end
  if #copies > 0 and core.numbers("silence", "more", more):max() > 0 then
    net:stimulate(target, core.current{ amplitude = more, name = "more" })
  end
  set_states(target, copies)
  return net, target
end

-- The jumps of v or the conductances ("g"), in all, which are those of the neuron to the bit, and of parts; and the factors of the parts
-- for each copy. nil when there are none.
local function given_of(input, copies, what)
  if not input[what] then return nil end
  local given, factors = { input[what] }, {}
  for _, part in ipairs(input) do
    if part[what] then
      local own = each(copies, part)
      for k = 1, part.instead and #own or 0 do own[k] = own[k] + 1 end -- those in all have none of it
      given[#given + 1] = part[what]
      factors[#factors + 1] = core.numbers("silence", "factors", own)
    end
  end
  return given, factors
end

-- Runs -----------------------------------------------------------------------------------------------------------------

-- A copy whose state is of no more use is held; it is lost unless it has fired before, since `from`.
local function hold(net, target, id, lost, from)
  local one = target{ id }
  for _, name in ipairs(models[target.model].state) do one:set(name, name == "v" and -65 or 0) end
  one:silence()
  if net:spikes{ of = one, from = from, to = math.max(from, net.time - net.dt) }.size == 0 then lost[id] = true end
end

-- Those of which a number has run away: several may do so in one step.
local function run_away(target)
  local ids, seen = {}, {}
  for _, name in ipairs(models[target.model].state) do
    for k, value in ipairs(target:get(name)) do
      local good = value == value and math.abs(value) < math.huge
      if not good and not seen[k] then ids[#ids + 1], seen[k] = k, true end
    end
  end
  return ids
end

-- Runs; a copy whose state runs away is held from then on.
local function run(net, target, ms, lost, from)
  local finish = net.time + ms
  while net.time < finish - net.dt / 2 do
    local ok, message = pcall(net.run, net, finish - net.time)
    if ok then return end
    local first = core.diverged(net)
    if not first then error(message, 0) end -- something else: an interrupt
    hold(net, target, first, lost, from or 0)
    for _, id in ipairs(run_away(target)) do hold(net, target, id, lost, from or 0) end
  end
end

-- Runs with the jumps and conductances of an input.
local function run_input(net, target, ms, lost, input, copies, from)
  if not input.jumps and not input.g then
    run(net, target, ms, lost, from)
    return
  end
  local jumps, of_jumps = given_of(input, copies, "jumps")
  local g, of_g = given_of(input, copies, "g")
  for _ = 1, math.floor(ms / net.dt + 0.5) do
    core.give(net, math.floor(net.time / net.dt + 0.5) + 1, input.begin, jumps, of_jumps, g, of_g)
    run(net, target, net.dt, lost, from)
  end
end

-- Copies that come to where the scheme is unstable before they have fired are lost, unless the first, which is as it was, does.
local function watch_scheme(net, lost)
  local before, seen, from = 0, {}, net.time
  net:every(net.dt, function()
    local now, ids = core.strayed(net)
    if now == before or ids[1] == 1 then return end
    before = now
    for _, id in ipairs(ids) do
      if not seen[id] then hold(net, net.populations.copies, id, lost, from) end
      seen[id] = true
    end
  end)
end

local LONGEST = 50 -- ms

-- Runs; which copies fire: a list of booleans. Those that have fired are stopped, since the rest of what they would do is
-- of no interest, and takes long where the input is very strong. Those that are lost have not fired.
local function run_to_fire(net, target, ms, input, copies)
  local fired, lost, start, finish, piece = {}, {}, net.time, net.time + ms, net.dt
  for k = 1, #copies do fired[k] = false end
  if core.scheme(net).integrator ~= "exact" then watch_scheme(net, lost) end
  while net.time < finish - 1e-9 do
    local from, new = net.time, {}
    run_input(net, target, math.min(piece, finish - from), lost, input, copies, start)
    local counts = measures.neurons("count", net:spikes{ from = from })
    for k = 1, #copies do
      if counts[k] > 0 and not fired[k] then fired[k], new[#new + 1] = true, k end
    end
    if #new > 0 then target(new):silence() end
    piece = math.min(2 * piece, LONGEST - LONGEST % net.dt)
  end
  for k in pairs(lost) do fired[k] = false end
  return fired, lost
end

-- The state of a neuron, the k-th of some: v, and u where it has one, or `names`. get(name) gives those of all.
function replay.state(model, get, k, names)
  local state = {}
  for _, name in ipairs(names or models[model].state) do state[name] = get(name)[k] end
  return state
end

-- Which of some copies fire: a list of booleans; which are lost, by number; and the state of the first one at the end.
function replay.fires(scheme, cell, input, copies)
  local net, target = build(scheme, cell, input, copies)
  local fired, lost = run_to_fire(net, target, input.steps * scheme.dt, input, copies)
  local state = replay.state(target.model, function(name) return target:get(name) end, 1)
  net:close()
  return fired, lost, state
end

-- What becomes of v in some copies: times from 0, and a list of v for each, in which spikes reach the peak.
function replay.traces(scheme, cell, input, copies)
  local net, target = build(scheme, cell, input, copies)
  local recording = net:record(target, { "v" }, { every = scheme.dt })
  run_input(net, target, input.steps * scheme.dt, {}, input, copies)
  local times, all = recording:times(), {}
  for k = 1, #copies do
    local v, _, peak = recording:values("v", k):totable(), core.recorded(recording, k)
    for _, t in ipairs(recording:spikes(k)) do v[math.ceil(t / scheme.dt - 1e-6) + 1] = peak end
    all[k] = v
  end
  net:close()
  return times, all
end

-- The cell alone -------------------------------------------------------------------------------------------------------

local NOTHING = { steps = 0 }
replay.REST, replay.STEP = 1000, 1000

local of_state = { v0 = true, u0 = true, refractory_left = true }
local after_spikes = { c = true, d = true, reset_u = true, u_max = true } -- of no account for the first one

-- Cells that differ in what comes after spikes only have the same text, unless `all`.
local function text_of(cell, all)
  local names, key = {}, {}
  for name in pairs(cell) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    if not of_state[name] and (all or not after_spikes[name]) then key[#key + 1] = ("%s=%q"):format(name, cell[name]) end
  end
  return table.concat(key, " ")
end

local function resting(cell)
  local one = {}
  for name, value in pairs(cell) do one[name] = value end
  one.v0, one.u0, one.refractory_left = nil, nil, nil -- those that a population begins with
  return one
end

-- Has one of the copies fired in the last half of REST.
local function goes_on(net)
  return net:spikes{ from = math.max(0, net.time - replay.REST / 2) }.size > 0
end

local function find_rest(scheme, cell)
  local net, target = build(scheme, resting(cell), NOTHING, { {} })
  run(net, target, replay.REST, {})
  local state = not goes_on(net) and replay.state(target.model, function(name) return target:get(name) end, 1, models.changing(target.model))
  net:close()
  return state
end

-- The state in which a cell rests, left alone: { v =, u = }; false when it fires. Kept in `known`, a table.
function replay.rest(scheme, cell, known)
  local key = "rest " .. text_of(cell, true)
  if known[key] == nil then known[key] = find_rest(scheme, cell) end
  return known[key]
end

-- The rheobase: the smallest constant current that makes a cell, left alone for REST ms before, fire within 1 s. 0 when it
-- fires without any (in the last half of REST: before, that may come of the state it begins with), infinite when no current up
-- to MOST does. Found among currents in steps of a quarter, then narrowed
-- down to 1/1000.
local LEAST, MOST, RATIO, PIECES = 0.01, 1e5, 1.25, 64

local function fires_at(scheme, cell, currents)
  local copies = {}
  for k = 1, #currents do copies[k] = {} end
  local net, target = build(scheme, cell, NOTHING, copies)
  run(net, target, replay.REST, {})
  local alone = goes_on(net)
  if alone then
    net:close()
    return 1
  end
  net:stimulate(target, core.current{ amplitude = currents, from = net.time })
  local fired = run_to_fire(net, target, replay.STEP, NOTHING, copies)
  net:close()
  for k = 1, #currents do
    if fired[k] then return k end
  end
  return nil
end

local function find_rheobase(scheme, cell)
  local coarse = { 0 }
  local current = LEAST
  while current <= MOST do
    coarse[#coarse + 1] = current
    current = current * RATIO
  end
  local first = fires_at(scheme, cell, coarse)
  if first == nil then return math.huge end
  if first == 1 then return 0 end
  local low, high = coarse[first - 1], coarse[first]
  while high - low > 1e-3 * high do
    local fine = {}
    for k = 1, PIECES do fine[k] = low + (high - low) * k / PIECES end
    fine[PIECES] = high
    local at = fires_at(scheme, cell, fine)
    low, high = at == 1 and low or fine[at - 1], fine[at]
  end
  return high
end

-- Of a cell, kept in `known`, a table.
function replay.rheobase(scheme, cell, known)
  local key = text_of(cell, false)
  if not known[key] then known[key] = find_rheobase(scheme, resting(cell)) end
  return known[key]
end

-- The steady rheobase: the least constant current at which there is no stable rest. Rest ends where it meets the saddle, or
-- before, where it begins to oscillate (a < b, a C < b). nil for cells with more terms than those of the plain equations.
function replay.steady_rheobase(cell)
  local a, b = cell.a, cell.b
  if cell.model == "izhikevich2003" then
    local v = (math.min(a, b) - 5) / 0.08
    return b * v - 0.04 * v ^ 2 - 5 * v - 140
  end
  if cell.model == "lif" then return (cell.vt - cell.vr) / cell.R end
  if cell.model ~= "izhikevich2007" or cell.b3 ~= 0 or cell.b_below ~= b or cell.vu ~= cell.vr then return nil end
  local v = ((cell.vr + cell.vt) + math.min(a * cell.C, b) / cell.k) / 2
  return b * (v - cell.vr) - cell.k * (v - cell.vr) * (v - cell.vt)
end

return replay
