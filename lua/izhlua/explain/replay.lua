-- One neuron alone, in a network of its own with the same scheme, that gets again what it once got: copies of it side by
-- side, each with parts of that input multiplied. A copy for which nothing is changed does, to the bit, what the neuron did.
local core = require "izhlua.core"
local models = require "izhlua.models"
local measures = core.measures

local replay = {}

-- A network of n copies of a cell. input: { ext =, exc =, inh = } vectors of one number for each step; each may have
-- factors, a list of one number for each copy.
local function build(scheme, cell, n, input, factors)
  local net = core.network{ dt = scheme.dt, integrator = scheme.integrator, tolerance = scheme.tolerance, threads = 1 }
  local copies = net:population("copies", n, cell)
  -- in the order in which a step adds them
  for _, part in ipairs{ "ext", "exc", "inh" } do
    local values = input[part]
    if values then
      net:stimulate(copies, core.current{
        times = measures.grid(0, scheme.dt, #values), values = values, amplitude = factors[part], name = part,
      })
    end
  end
  return net, copies
end

-- Runs; a copy whose input is so strong that its state runs away is left out from then on.
local function run(net, copies, ms)
  local finish = net.time + ms
  while true do
    local ok, message = pcall(net.run, net, finish - net.time)
    if ok then return end
    local id = core.diverged(net)
    if not id then error(message, 0) end -- something else: an interrupt
    local lost = copies{ id }
    for _, name in ipairs(models[copies.model].state) do lost:set(name, name == "v" and -65 or 0) end
    lost:silence()
  end
end

local LONGEST = 50 -- ms

-- Runs; which of n copies fire: a list of booleans. Those that have fired are stopped, since the rest of what they would do is
-- of no interest, and takes long where the input is very strong.
local function run_to_fire(net, copies, ms, n)
  local fired, finish, piece = {}, net.time + ms, net.dt
  for k = 1, n do fired[k] = false end
  while net.time < finish - 1e-9 do
    local from, new = net.time, {}
    run(net, copies, math.min(piece, finish - from))
    local counts = measures.neurons("count", net:spikes{ from = from })
    for k = 1, n do
      if counts[k] > 0 and not fired[k] then fired[k], new[#new + 1] = true, k end
    end
    if #new > 0 then copies(new):silence() end
    piece = math.min(2 * piece, LONGEST - LONGEST % net.dt)
  end
  return fired
end

-- The state of a neuron, the k-th of some: v, and u where it has one. get(name) gives those of all.
function replay.state(model, get, k)
  local state = {}
  for _, name in ipairs(models[model].state) do state[name] = get(name)[k] end
  return state
end

-- Which of n copies fire: a list of booleans; and the state of the first one at the end.
function replay.fires(scheme, cell, n, input, factors)
  local net, copies = build(scheme, cell, n, input, factors)
  local fired = run_to_fire(net, copies, #input.ext * scheme.dt, n)
  local state = replay.state(copies.model, function(name) return copies:get(name) end, 1)
  net:close()
  return fired, state
end

-- What becomes of v in n copies: times from 0, and a list of v for each, in which spikes reach the peak.
function replay.traces(scheme, cell, n, input, factors)
  local net, copies = build(scheme, cell, n, input, factors)
  local recording = net:record(copies, { "v" }, { every = scheme.dt })
  run(net, copies, #input.ext * scheme.dt)
  local times, all = recording:times(), {}
  for k = 1, n do
    local v, _, peak = recording:values("v", k):totable(), core.recorded(recording, k)
    for _, t in ipairs(recording:spikes(k)) do v[math.ceil(t / scheme.dt - 1e-6) + 1] = peak end
    all[k] = v
  end
  net:close()
  return times, all
end

-- The rheobase: the smallest constant current that makes a cell, left alone for REST ms before, fire within 1 s. 0 when it
-- fires without any (in the last half of REST: before, that may come of the state it begins with), infinite when no current up
-- to MOST does. Found among currents in steps of a quarter, then narrowed
-- down to 1/1000.
replay.REST, replay.STEP = 1000, 1000
local LEAST, MOST, RATIO, PIECES = 0.01, 1e5, 1.25, 64

local function fires_at(scheme, cell, currents)
  local net, copies = build(scheme, cell, #currents, {}, {})
  run(net, copies, replay.REST)
  local before = net.time
  if net:spikes{ from = math.max(0, before - replay.REST / 2) }.size > 0 then
    net:close()
    return 1
  end
  net:stimulate(copies, core.current{ amplitude = currents, from = before })
  local fired = run_to_fire(net, copies, replay.STEP, #currents)
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

local after_spikes = { c = true, d = true, reset_u = true, u_max = true, v0 = true, u0 = true } -- of no account for the first one

-- Of a cell: cells that differ in what comes after spikes only have the same, kept in `known`, a table.
function replay.rheobase(scheme, cell, known)
  local names, key = {}, {}
  for name in pairs(cell) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    if not after_spikes[name] then key[#key + 1] = ("%s=%q"):format(name, cell[name]) end
  end
  local text = table.concat(key, " ")
  if not known[text] then
    local resting = {}
    for name, value in pairs(cell) do resting[name] = value end
    resting.v0, resting.u0 = nil, nil -- those that a population begins with
    known[text] = find_rheobase(scheme, resting)
  end
  return known[text]
end

return replay
