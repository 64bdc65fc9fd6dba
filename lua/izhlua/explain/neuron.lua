-- One silent neuron: copies of it get its input again, each with something changed, and what that says.
local core = require "izhlua.core"
local models = require "izhlua.models"
local factors = require "izhlua.explain.factors"
local replay = require "izhlua.explain.replay"
local subsets = require "izhlua.explain.subsets"

local neuron = {}

neuron.HELD, neuron.OUTSIDE, neuron.TIRED = "held down by inhibition", "held down from outside", "tired"
neuron.OTHER, neuron.BLOCK, neuron.CUT = "held by what they got", "depolarisation block", "disconnected"
neuron.WEAK, neuron.NONE, neuron.NOT = "underdriven", "nothing made them fire", "not reproduced"
neuron.verdicts = {
  neuron.HELD, neuron.OUTSIDE, neuron.TIRED, neuron.OTHER, neuron.BLOCK, neuron.CUT, neuron.WEAK, neuron.NONE, "clamped", "lesioned",
  neuron.NOT,
}

-- The copies -----------------------------------------------------------------------------------------------------------

local COARSE, FINE = 1.05, 1.01
local MOST = { exc = 1000, ext = 100, more = 1e4 } -- factors above them are not tried, nor a current above the last
local LEAST = 0.05                                 -- nor a factor below this
local LEAST_MORE = 0.01

-- The names of the parts of an input that are made stronger and weaker: excitation, and what comes from outside and is positive.
local function parts_of(input, what)
  local names = {}
  for _, part in ipairs(input) do
    if what == "exc" and part.name == factors.EXCITATION or what == "ext" and part.external and part.positive then
      names[#names + 1] = part.name
    end
  end
  return names
end

-- A copy in which some parts have a factor.
local function scaled(names, factor)
  local copy = {}
  for _, name in ipairs(names) do copy[name] = factor end
  return copy
end

-- Copies of a series: up or down from 1 in steps of a ratio, or currents that are added; what[k] says which copy is which.
local function add_series(copies, what, series, ratio, limit)
  local names = series.names
  if series.kind ~= "more" and #names == 0 then return end
  local value, up = series.kind == "more" and LEAST_MORE or ratio, ratio > 1
  if series.from then value = series.from end
  while up and value <= limit * 1.0000001 or not up and value >= limit * 0.9999999 do
    local copy = series.kind == "more" and { more = value } or scaled(names, value)
    copies[#copies + 1] = copy
    what[#copies] = { series = series, value = value }
    value = value * ratio
  end
end

-- The first value of a series with which the neuron fires.
local function first_of(what, fired, series)
  for k = 1, #fired do
    if fired[k] and what[k] and what[k].series == series then return what[k].value end
  end
  return nil
end

-- Right to 1 %: all from where the search begins up to what it found first, in steps of 1 %.
local function refine(work, series, coarse)
  if not coarse then return nil end
  local copies, what = { {} }, {}
  local ratio = series.ratio > 1 and FINE or 1 / FINE
  series.from = series.kind == "more" and coarse / series.ratio * FINE or nil
  add_series(copies, what, series, ratio, coarse * ratio)
  return first_of(what, replay.fires(work.scheme, work.cell, work.input, copies), series) or coarse
end

local function all_series(input)
  local list = {}
  for _, kind in ipairs{ "exc", "ext" } do
    list[kind .. " up"] = { kind = kind, names = parts_of(input, kind), ratio = COARSE, limit = MOST[kind] }
    list[kind .. " down"] = { kind = kind, names = parts_of(input, kind), ratio = 1 / COARSE, limit = LEAST }
  end
  list.more = { kind = "more", names = {}, ratio = 1.2, limit = MOST.more }
  return list, { "exc up", "exc down", "ext up", "ext down", "more" }
end

-- Sets of factors ------------------------------------------------------------------------------------------------------

-- What can be taken away: parts of the input, and the state at the start.
local function factors_of(work)
  local list = table.move(work.input.factors, 1, #work.input.factors, 1, {})
  local rest, before = work.rest, work.input.before
  local differs = false
  for name, value in pairs(rest or {}) do differs = differs or value ~= (before[name] or 0) end
  if differs then list[#list + 1] = { name = factors.STATE, parts = {}, state = rest } end
  return list
end

local function without(list, set)
  local copy, chosen = {}, {}
  for i, factor in ipairs(list) do
    if set >> (i - 1) & 1 == 1 then
      chosen[#chosen + 1] = factor
      for _, name in ipairs(factor.means or {}) do copy[name] = 1 end
    end
  end
  for _, factor in ipairs(chosen) do
    for _, name in ipairs(factor.parts) do copy[name] = 0 end
    if factor.mean then copy[factor.mean] = 0 end
    copy.state = factor.state or copy.state
  end
  return copy
end

-- The experiments ------------------------------------------------------------------------------------------------------

local function share_above(values, level)
  local count = 0
  for k = 1, #values do
    if values[k] > level then count = count + 1 end
  end
  return count / #values
end

-- What a peer's excitation brings where v begins each step as that of `input` does.
local function of_peer(peer, input)
  if not peer.g then return peer.exc end
  local list = {}
  for k = 1, #peer.exc do list[k] = peer.exc[k] + peer.g[k] * (peer.begin[k] - input.begin[k]) end
  return core.numbers("silence", "samples", list)
end

-- With the excitation of others of its population in place of its own: does it fire with that of any.
local function add_peers(copies, what, work)
  for i, peer in ipairs(work.peers) do
    local name = ("peer %d"):format(i)
    if peer.jumps and not work.input.jumps then work.input.jumps = peer.jumps:map(function() return 0 end) end
    table.insert(work.input, { name = name, values = of_peer(peer, work.input), g = peer.g, jumps = peer.jumps, instead = true })
    copies[#copies + 1] = { [factors.EXCITATION] = 0, [name] = 1 }
    what[#copies] = { peer = true }
  end
end

-- What of the copies of sets fired: fills record.fires_with, and more that verdicts need.
local function read_sets(record, list, what, fired, lost)
  local sets, silent = {}, {}
  for k = 2, #fired do
    if what[k] and what[k].set and fired[k] then sets[#sets + 1] = what[k].set end
    if what[k] and what[k].set and not fired[k] and not lost[k] then silent[what[k].set] = true end
    if what[k] and what[k].peer and fired[k] then record.fires_as_peer = true end
    if what[k] and what[k].tired and fired[k] then record.fires_rested = true end
    if lost[k] and what[k] and what[k].set then record.unstable = true end
  end
  sets = subsets.minimal(sets)
  record.fires_with, record.sets, record.needs_fluctuations = {}, {}, {}
  local fluctuations = 0
  for i, factor in ipairs(list) do fluctuations = factor.name == factors.FLUCTUATIONS and 1 << (i - 1) or fluctuations end
  for i, set in ipairs(sets) do
    record.fires_with[i] = subsets.names(set, list)
    record.needs_fluctuations[i] = set & fluctuations == 0 and silent[set | fluctuations] or false
    if subsets.size(set) == 1 then record.sets[#record.sets + 1] = list[math.tointeger(math.log(set, 2)) + 1] end
  end
end

-- What becomes of the neuron with its input changed: fills the record.
local function experiment(work, record)
  local input, copies, what = work.input, { {} }, {}
  local list = factors_of(work)
  local sets, complete = subsets.list(#list)
  record.complete = complete
  for _, set in ipairs(sets) do
    if set ~= 0 then
      copies[#copies + 1] = without(list, set)
      what[#copies] = { set = set }
    end
  end
  if work.rest and work.rest.u and input.before.u > work.rest.u then
    copies[#copies + 1] = { state = { u = work.rest.u } }
    what[#copies] = { tired = true }
  end
  local series, order = all_series(input)
  for _, name in ipairs(order) do add_series(copies, what, series[name], series[name].ratio, series[name].limit) end
  local parts, own_jumps = #input, input.jumps
  add_peers(copies, what, work)
  local fired, lost, state = replay.fires(work.scheme, work.cell, input, copies)
  for k = #input, parts + 1, -1 do input[k] = nil end
  input.jumps = own_jumps
  record.reproduced = input.known and not fired[1] and not lost[1] and state.v == input.after.v and state.u == input.after.u
  if not record.reproduced then return end
  read_sets(record, list, what, fired, lost)
  for _, pair in ipairs{ { "factor", "exc up" }, { "factor_down", "exc down" }, { "ext_factor", "ext up" }, { "ext_factor_down", "ext down" },
    { "more", "more" } } do
    record[pair[1]] = refine(work, series[pair[2]], first_of(what, fired, series[pair[2]]))
  end
  record.above_knee = share_above(input.v, models.of(work.cell).knee(work.cell))
end

-- The verdicts ---------------------------------------------------------------------------------------------------------

-- Is one of the single factors without which it fires such a one.
local function has(record, test)
  for _, factor in ipairs(record.sets) do
    if test(factor) then return true end
  end
  return false
end

local function is_blocked(record)
  local less = math.max(record.factor_down or 0, record.ext_factor_down or 0)
  local more = math.min(record.factor or math.huge, record.ext_factor or math.huge)
  return record.above_knee >= 0.5 and less > 0 and more > 1 / less
end

local function is_cut(record)
  if record.exc_in > 0 then return false end
  return record.fires_as_peer or record.ext_zero
end

local function judge(record, hold)
  if hold then return hold end
  if not record.reproduced then return neuron.NOT end
  if has(record, function(factor) return factor.name == factors.INHIBITION end) then return neuron.HELD end
  if has(record, function(factor) return factor.negative end) then return neuron.OUTSIDE end
  if is_blocked(record) then return neuron.BLOCK end
  if record.fires_rested then return neuron.TIRED end
  if #record.fires_with > 0 then return neuron.OTHER end
  if is_cut(record) then return neuron.CUT end
  return (record.factor or record.ext_factor or record.more) and neuron.WEAK or neuron.NONE
end

local function is_zero(values)
  return values:min() == 0 and values:max() == 0
end

local function statistics(record, input)
  for _, name in ipairs{ "exc", "inh", "ext" } do
    local values = input and input[name]
    record[name .. "_mean"] = values and values:mean() or 0 / 0
    record[name .. "_sd"] = values and (#values == 1 and 0 or values:sd()) or 0 / 0
  end
  record.ext_zero = not input or is_zero(input.ext) and not input.jumps
  record.jumps = input and input.jumps and true or false
end

-- Gives a cell, of core.cell, the state at the start of the window.
function neuron.begin(cell, input)
  cell.v0, cell.u0, cell.refractory_left = input.before.v, input.before.u, input.before.refractory_left
end

-- A record of a neuron. facts: of the network (explain/silence); of: { cell =, population =, place =, hold = what core.cell says,
-- input = of explain/input, nil when it was not there yet when the window began, peers = of others, { exc = current of excitation,
-- g = conductances and jumps = jumps of v by it, or nil, begin = v when steps began } }.
function neuron.examine(facts, id, of)
  local cell, input = of.cell, of.input
  local record = {
    id = id, neuron = id, population = of.population, place = of.place, model = cell.model,
    exc_in = math.tointeger(facts.exc_in[id]), inh_in = math.tointeger(facts.inh_in[id]), fires_with = {},
    needs_fluctuations = {},
  }
  statistics(record, input)
  record.rheobase = replay.rheobase(facts.scheme, cell, facts.known)
  record.steady_rheobase = replay.steady_rheobase(cell)
  if not of.hold and input then
    local work = { scheme = facts.scheme, cell = cell, input = input, peers = of.peers, rest = replay.rest(facts.scheme, cell, facts.known) }
    neuron.begin(cell, input)
    experiment(work, record)
  end
  record.verdict = judge(record, of.hold)
  record.fires_without_inhibition = record.verdict == neuron.HELD
  record.sets = nil
  return record
end

-- The set that a verdict is about.
local function telling_set(record)
  local wanted = record.verdict == neuron.HELD and factors.INHIBITION
  for _, set in ipairs(record.fires_with) do
    if #set == 1 and set[1] == wanted then return set end
  end
  return record.verdict ~= neuron.BLOCK and record.fires_with[1] or nil
end

-- One that shows what a verdict means: the copy that fires, and in words what it lacks or gets.
function neuron.showcase(net, facts, record, input)
  if record.verdict == neuron.TIRED then
    return { state = { u = replay.rest(facts.scheme, core.cell(net, record.id), facts.known).u } }, "with u at rest"
  end
  local set = telling_set(record)
  if set then
    local cell = core.cell(net, record.id)
    local list = factors_of{ input = input, rest = replay.rest(facts.scheme, cell, facts.known) }
    local bits = 0
    for i, factor in ipairs(list) do
      for _, name in ipairs(set) do bits = name == factor.name and bits | 1 << (i - 1) or bits end
    end
    return without(list, bits), "without " .. table.concat(set, " and ")
  end
  local function by(kind, factor, word)
    return scaled(parts_of(input, kind), factor), ("%s × %.3g"):format(word, factor)
  end
  local exc, ext = record.factor or math.huge, record.ext_factor or math.huge
  if record.verdict == neuron.BLOCK and record.factor_down then return by("exc", record.factor_down, "excitation") end
  if record.verdict == neuron.BLOCK then return by("ext", record.ext_factor_down, "external input") end
  if math.min(exc, ext) < math.huge then return by(exc <= ext and "exc" or "ext", math.min(exc, ext), exc <= ext and "excitation" or "external input") end
  if record.more then return { more = record.more }, ("with a current of %.3g more"):format(record.more) end
  return nil
end

return neuron
