-- The runs of an explanation: a network goes on from a cut, a moment of its past, without each set of its factors. Every run is
-- in a process of its own.
local core = require "izhlua.core"
local models = require "izhlua.models"
local again = require "izhlua.explain.again"
local factors = require "izhlua.explain.factors"
local range = require "izhlua.explain.range"
local subsets = require "izhlua.explain.subsets"
local theory = require "izhlua.explain.theory"

local runs = {}

-- Spikes since a time and the state now, as one number: runs of which it is the same have done the same.
local function digest(net, since)
  local spikes = net:spikes{ from = since }
  local parts = { spikes:times(), spikes:senders() }
  for _, population in ipairs(net.populations) do
    for _, name in ipairs(models[population.model].state) do parts[#parts + 1] = population:get(name) end
  end
  return core.digest(table.unpack(parts))
end

-- Runs up to a time; false when the state of a neuron runs away.
local function run_to(net, time)
  local ok, message = pcall(net.run, net, time - net.time)
  if not ok and not core.diverged(net) then error(message, 0) end -- something else: an interrupt
  return ok
end

-- From the cut, where net is, to the end: without a set, with the noise number `redraw`. false when a state runs away.
local function go_on(net, plan, list, case)
  factors.remove(list, case, net, false)
  if case.redraw > 0 then core.redraw(net, case.redraw) end
  if factors.has_late(list, case.set) then
    if not run_to(net, math.max(plan.late, net.time)) then return false end
    factors.remove(list, case, net, true)
  end
  return run_to(net, plan.finish)
end

local function one(net, plan, list, case)
  local strayed, cut, beyond = core.strayed(net), net.time, range.watch(net)
  if not go_on(net, plan, list, case) then return { void = "the state of a neuron ran away" } end
  local got = plan.outcome(net, case)
  got.digest, got.unstable, got.beyond = digest(net, cut), core.strayed(net) > strayed, beyond()
  return got
end

local UNSTABLE = "the scheme is unstable there: a smaller dt"

-- All of a list of cases, each { set =, redraw = }; fills them in. first, last: how far the runs of this cut are before and after, 0 … 1.
local function run_cases(func, net, plan, list, cases, first, last)
  local branches = {}
  for i, case in ipairs(cases) do
    branches[i] = function() return one(net, plan, list, case) end
  end
  local function progress(ended)
    return plan.number - 1 + first + (last - first) * ended / #cases, plan.of, "cuts"
  end
  for i, got in ipairs(again.branch(func, net, branches, progress)) do
    for key, value in pairs(got) do cases[i][key] = value end
  end
end

-- The cases of a cut with the network's own noise, by set.
function runs.by_set(cases)
  local found = {}
  for _, case in ipairs(cases) do
    if case.redraw == 0 and not case.part then found[case.set] = case end
  end
  return found
end

-- Runs that leave what the network itself, the run `normal`, keeps to say nothing.
local function say_void(cases, normal)
  for _, case in ipairs(cases) do
    if case.beyond and not normal.beyond then case.void = range.VOID end
    if case.unstable and not normal.unstable then case.void = UNSTABLE end
  end
end

local MOST_MORE = 192 -- runs
local BASIC = 0.7     -- how far a cut is, about, when the sets have been run

-- Where not all sets have been run: those that tell whether the sets of which something is to be said are minimal, until all of these have
-- been run. Adds to the cases.
local function run_parts(func, net, plan, list, cases)
  for _ = 1, #list do
    local by_set, wanted, more = runs.by_set(cases), {}, {}
    for _, sets in ipairs{ plan.near_sets(by_set), plan.far_sets(by_set) } do
      for _, set in ipairs(sets) do
        for _, part in ipairs(subsets.parts(set)) do wanted[part] = not by_set[part] or nil end
      end
    end
    for set in pairs(wanted) do more[#more + 1] = { set = set, redraw = 0 } end
    if #more == 0 or #cases + #more > MOST_MORE then return end
    table.sort(more, function(a, b) return a.set < b.set end)
    run_cases(func, net, plan, list, more, BASIC, BASIC)
    say_void(more, cases[1])
    table.move(more, 1, #more, #cases + 1, cases)
  end
end

-- What the first runs give reason to try: with other noise, the sets of plan.far_sets(by_set); and with parts of their factors in place of
-- the whole, those of plan.near_sets(by_set).
local function more_cases(plan, list, cases, redraws)
  local more, by_set = {}, runs.by_set(cases)
  for _, set in ipairs(redraws > 0 and plan.far_sets(by_set) or {}) do
    for number = 1, redraws do more[#more + 1] = { set = set, redraw = number } end
  end
  for _, set in ipairs(plan.near_sets(by_set)) do
    for i, factor in ipairs(list) do
      for number in ipairs(set >> (i - 1) & 1 == 1 and factor.parts or {}) do
        more[#more + 1] = { set = set, redraw = 0, part = { factor = i, number = number, name = factor.parts[number].name } }
      end
    end
  end
  return more
end

-- Without each set of factors, and with other noise; then more. Returns { time =, factors = names, complete = are they all sets,
-- cases = a list }.
local function run_cut(func, net, plan)
  local list = factors.of(net, plan.signs, plan.factors)
  local sets, complete = subsets.list(#list)
  local redraws = core.redraw(net, 0) > 0 and plan.redraws or 0
  local cases = {}
  for _, set in ipairs(sets) do cases[#cases + 1] = { set = set, redraw = 0 } end
  for number = 1, redraws do cases[#cases + 1] = { set = 0, redraw = number } end
  run_cases(func, net, plan, list, cases, 0, BASIC)
  say_void(cases, cases[1])
  if not complete then run_parts(func, net, plan, list, cases) end
  local more = more_cases(plan, list, cases, redraws)
  run_cases(func, net, plan, list, more, BASIC, 1)
  say_void(more, cases[1])
  local names = {}
  for i, factor in ipairs(list) do names[i] = factor.name end
  return { time = net.time, factors = names, complete = complete, cases = table.move(more, 1, #more, #cases + 1, cases) }
end

-- With a factor nothing else happens than without, in any run: a change that changed nothing.
function runs.is_void(by_set, i)
  local bit = 1 << (i - 1)
  for set, case in pairs(by_set) do
    local other = by_set[set ~ bit]
    if other and (case.void or other.void or case.digest ~= other.digest) then return false end
  end
  return true
end

-- Of stimuli, by name: are there currents of both signs; read in each step from now on.
local function watch_signs(net)
  local signs, above, below = {}, {}, {}
  local function look()
    for _, stimulus in ipairs(net.stimuli) do
      local current, name = stimulus:get("current"), stimulus.name
      above[name], below[name] = above[name] or current:max() > 0, below[name] or current:min() < 0
      signs[name] = above[name] and below[name]
    end
  end
  net:every(net.dt, look)
  return signs
end

-- Runs the network once more as it was, from its start until now: { differs = did it do something else, signs =, unstable =,
-- beyond = see explain/range, acts = has it functions of the script that are called at times,
-- theory = what explain/theory finds }.
-- some(): the spikes that are compared where not all are kept. from: of the window of explain/theory.
function runs.repeat_it(func, net, start, some, from)
  local spikes = again.compared(net, some)
  local before = again.state(net, spikes)
  return again.run(func, net, start, function()
    local acts = core.acts(net) -- before those that follow
    local signs, strayed, beyond, says = watch_signs(net), core.strayed(net), range.watch(net), theory.watch(net)
    net:run(before.time - net.time)
    local now, ids = core.strayed(net)
    return {
      differs = not again.same(before, again.state(net, spikes)), signs = signs, unstable = now > strayed and ids[1] or false,
      beyond = beyond() or false, acts = acts, theory = says(from),
    }
  end)
end

-- For each of a list of plans, in order of time, the runs from its cut. A plan: { time = of the cut, late = when late factors are
-- taken away, finish =, signs =, factors = the script's, redraws =, outcome(net, case) = what to know of a run, near_sets =, far_sets = }.
function runs.all(func, net, start, plans)
  local results = {}
  local shares = again.share(func, net, start, #plans, function(k, n)
    local some = {}
    for j = k, #plans, n do
      local plan = plans[j]
      plan.number, plan.of = j, #plans
      net:run(plan.time - net.time)
      some[j] = run_cut(func, net, plan)
    end
    return some
  end)
  for _, some in ipairs(shares) do
    for j, got in pairs(some) do results[j] = got end
  end
  return results
end

-- The network of one run, as another network, which has no functions.
function runs.network(func, net, start, plan, case)
  local name = os.tmpname()
  local path = name .. ".izh"
  local _ <close> = setmetatable({}, { __close = function()
    os.remove(name)
    os.remove(path)
  end })
  again.run(func, net, start, function()
    net:run(plan.time - net.time)
    go_on(net, plan, factors.of(net, plan.signs, plan.factors), case)
    core.drop_functions(net)
    net:save(path)
    return true
  end)
  return core.load(path)
end

return runs
