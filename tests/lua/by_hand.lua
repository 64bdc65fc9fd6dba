-- What explanations claim, found without them: a network is made again, run to a cut, and something is switched off in it by hand.
-- In these networks excitation that leads back is in projections named "loop…", inhibition in those named "stop…".
local izh = require "izhlua"
local check = require "check"
local core = check.own "izhlua.core"

local by_hand = {}

local function projections(net, pattern)
  local list = {}
  for _, projection in ipairs(net.projections) do
    if projection.name:find(pattern) then list[#list + 1] = projection end
  end
  return list
end

local switches = {
  ["recurrent excitation"] = function(net)
    for _, projection in ipairs(projections(net, "^loop")) do projection:disable() end
  end,
  ["recurrent inhibition"] = function(net)
    for _, projection in ipairs(projections(net, "^stop")) do projection:disable() end
  end,
  adaptation = function(net)
    for _, population in ipairs(net.populations) do
      if population.model:find("^izh") then population:set{ a = 0, d = 0 } end
    end
  end,
  fluctuations = function(net)
    for _, stimulus in ipairs(net.stimuli) do
      local is = core.stimulus(stimulus)
      if is.kind == "noise" and not is.stopped then stimulus:set("sd", 0) end
      if is.kind == "poisson" then core.calm(stimulus) end -- which explain_factors tests
    end
  end,
  depletion = function(net) core.hold_resources(net) end, -- which stp tests
}

-- Other names, say of parts: switches["recurrent inhibition onto E"] = function(net) … end.
by_hand.switches = switches

function by_hand.switch_off(net, set, late)
  for _, name in ipairs(set) do
    local stimulus, source = name:match("^stimulus (.*)$"), name:match("^source (.*)$")
    local is_late = name:find("^adaptation") ~= nil or name == "depletion"
    if is_late == late and name ~= "state" then
      if stimulus then net.stimuli[stimulus]:stop() elseif source then net.populations[source]:silence() else switches[name](net) end
    end
  end
end

-- The quantities of a population that change as it runs; none of sources.
local function state_of(population)
  local state = {}
  for _, name in ipairs{ "v", "u", "refractory_left" } do
    local ok, values = pcall(population.get, population, name)
    if ok then state[name] = values end
  end
  return state.v and state
end

-- The state of each population after 1 s alone. build("alone") does nothing at its times.
local function rest_of(build)
  local net, states = build("alone"), {}
  for _, projection in ipairs(net.projections) do projection:disable() end
  for _, stimulus in ipairs(net.stimuli) do stimulus:stop() end
  net:run(1000)
  for _, population in ipairs(net.populations) do states[population.name] = state_of(population) or nil end
  return states
end

-- A network at a time; without its state, nothing has happened before.
local function make(build, cut, rested)
  local net = build()
  if not rested then
    net:run(cut)
    return net
  end
  local states, keeps = rest_of(build), core.depletes(net) -- resources are no part of the state
  for name in pairs(keeps and {} or states) do net.populations[name]:clamp{ v = -65 } end
  net:run(cut)
  if keeps then core.forget(net) end -- which explain_factors tests
  for name, state in pairs(states) do
    if not keeps then net.populations[name]:release() end
    net.populations[name]:set(state)
  end
  return net
end

local last = {}

-- A clone of that. The last one is kept: often the next question is about the same cut.
function by_hand.at_cut(build, cut, rested)
  local kept = last[rested]
  if not kept or kept.build ~= build or kept.cut ~= cut then
    kept = { build = build, cut = cut, net = make(build, cut, rested) }
    last[rested] = kept
  end
  return kept.net:clone()
end

local function has_state(set)
  for _, name in ipairs(set) do
    if name == "state" then return true end
  end
  return false
end

-- The network from a cut on without a set; what is late ends with the step before `onset`. redraw: number of other noise.
function by_hand.run_without(build, cut, set, onset, finish, redraw)
  local net = by_hand.at_cut(build, cut, has_state(set))
  by_hand.switch_off(net, set, false)
  if redraw then core.redraw(net, redraw) end
  net:run(math.max(onset - net.dt, cut) - cut)
  by_hand.switch_off(net, set, true)
  net:run(finish - net.time)
  return net
end

-- The bursts from a cut on, found as those of b, an explanation; and in how many steps a neuron went where the scheme is unstable.
function by_hand.bursts_without(build, b, cut, ...)
  local like, net = b.bursts, by_hand.run_without(build, cut, ...)
  return net:spikes{ from = cut }:bursts{
    bin = like.bin, threshold = like.threshold, end_threshold = like.end_threshold, min_gap = like.min_gap,
    participation = like.share,
  }, core.strayed(net)
end

function by_hand.first_before(list, time)
  return list[1] and list[1].onset <= time and list[1] or nil
end

function by_hand.count_bits(number)
  local n = 0
  for bit = 0, 62 do n = n + (number >> bit & 1) end
  return n
end

-- The claims of a report about bursts, one by one; how many there were.
function by_hand.confirm(name, build, b)
  local claims = 0
  for k = 1, b.examined do
    local burst = b[k]
    local function near(set)
      return by_hand.first_before(by_hand.bursts_without(build, b, burst.cut, set, burst.onset, burst.watched), burst.limit)
    end
    local normal = near{}
    local function say(set, claim)
      claims = claims + 1
      return ("%s: burst %d %s without %s"):format(name, k, claim, table.concat(set, ", "))
    end
    for _, set in ipairs(burst.cuts.before) do check.equal(near(set), nil, say(set, "is gone")) end
    for _, set in ipairs(burst.prolonged_by) do check.truth(near(set).duration >= 1.5 * math.max(normal.duration, 1), say(set, "is longer")) end
    for _, set in ipairs(burst.shortened_by) do check.truth(1.5 * near(set).duration <= normal.duration, say(set, "is shorter")) end
    -- only an early cut abolishes
    for _, cut in ipairs{ { "previous", b[k - 1] }, { "start", { cut = b.from, onset = b.from } } } do
      for _, set in ipairs(burst.cuts[cut[1]]) do
        local list = by_hand.bursts_without(build, b, cut[2].cut, set, cut[2].onset, burst.high + 20)
        for _, one in ipairs(list) do
          check.truth(one.stop < burst.onset and one.onset < burst.low or one.onset > burst.high, say(set, cut[1] .. ": is gone"))
        end
        check.truth(near(set), say(set, cut[1] .. ": is there when cut later"))
      end
    end
  end
  return claims
end

function by_hand.words(sets)
  local list = {}
  for i, set in ipairs(sets) do list[i] = table.concat(set, " + ") end
  return table.concat(list, "; ")
end

function by_hand.has(sets, want)
  return ("; " .. by_hand.words(sets) .. "; "):find("; " .. want .. "; ", 1, true) ~= nil
end

-- Explains networks, each { name, build, ms, lists = what holds for most bursts: sets that must be in a list, empty = lists that must be empty },
-- and confirms what is claimed. How many claims there were.
function by_hand.explain_all(networks)
  local claims = 0
  for _, case in ipairs(networks) do
    local name, build, ms, lists, empty = table.unpack(case)
    local net = build()
    net:run(ms)
    local b = izh.explain.bursts(net, { redraws = 2, most = 6 })
    check.truth(b.trusted and b.size >= (case.least or 2), ("%s: %d bursts"):format(name, b.size))
    for key, want in pairs(lists) do
      for _, one in ipairs(type(want) == "table" and want or { want }) do
        local n = 0
        for k = 1, b.examined do n = n + (by_hand.has(b[k][key], one) and 1 or 0) end
        check.truth(n >= 0.7 * b.examined, ("%s: %s has %s in %d of %d bursts"):format(name, key, one, n, b.examined))
      end
    end
    for k = 1, b.examined do
      for _, key in ipairs(empty) do check.equal(by_hand.words(b[k][key]), "", ("%s: %s of burst %d"):format(name, key, k)) end
    end
    if case.more then case.more(b, net) end
    claims = claims + by_hand.confirm(name, build, b)
  end
  return claims
end

return by_hand
