-- izh.explain.bursts: without what network bursts do not come, and without what they last longer or shorter. The network goes on from
-- three cuts for each burst, without each set of its factors: just before, before the burst before, and from the start of the window.
local core = require "izhlua.core"
local check = require "izhlua.options"
local join = require "izhlua.join"
local again = require "izhlua.explain.again"
local factors = require "izhlua.explain.factors"
local report = require "izhlua.explain.report"
local runs = require "izhlua.explain.runs"
local subsets = require "izhlua.explain.subsets"
local sorted_keys = require "izhlua.sorted_keys"

local FUNC = "bursts"
local of_bursts = { "bin", "threshold", "end_threshold", "min_gap", "participation", "leaders" }
local known_options = join({ "from", "to", "before", "redraws", "start", "factors", "most" }, of_bursts)

-- The plan -------------------------------------------------------------------------------------------------------------

local LEAST_AFTER = 100 -- ms that are watched after a burst at least

-- Of each burst: `cut`, just before it, on the grid of the bins; `limit`, the last time at which it may begin in a run from there;
-- `watched`, where that run ends; low … high, where it may begin in a run from an earlier cut.
local function plan_bursts(list, n, window)
  local bin, from = list.bin, window.from
  local function up(time) return from + math.ceil((time - from) / bin - 1e-9) * bin end
  for k = 1, n do
    local burst, last, next_one = list[k], list[k - 1], list[k + 1]
    local least = last and up(last.stop) or up(window.earliest)
    local own = up(burst.onset) - bin -- its own bin
    local wanted = from + math.floor((burst.onset - window.before - from) / bin) * bin
    burst.cut = math.max(math.min(math.max(wanted, least), own), window.earliest)
    burst.watched = up(burst.stop + math.max(3 * burst.duration, LEAST_AFTER))
    burst.limit = next_one and (burst.stop + next_one.onset) / 2 or burst.watched
    local apart = last and burst.onset - last.onset or math.max(burst.onset - from, LEAST_AFTER)
    burst.low, burst.high = last and (last.stop + burst.onset) / 2 or from, burst.onset + apart
    burst.open = burst.stop > window.to - bin - list.min_gap
  end
end

-- What became of a burst ---------------------------------------------------------------------------------------------------

local function is_endless(list, one, finish)
  return one.stop > finish - list.bin - list.min_gap
end

-- In a run from just before it. found: the bursts of the run.
local function near(burst, list, found, finish)
  for _, one in ipairs(found) do
    if one.onset <= burst.limit then
      return { what = "comes", onset = one.onset, duration = one.stop - one.onset, endless = is_endless(list, one, finish) }
    end
  end
  return { what = "gone" }
end

-- In a run from an earlier cut: "comes", "gone", or "merged", when the rate stays up from before the time where it may begin.
local function far(burst, found)
  for _, one in ipairs(found) do
    if one.onset >= burst.low and one.onset <= burst.high then return { what = "comes", onset = one.onset } end
    if one.onset < burst.low and one.stop >= burst.onset then return { what = "merged" } end
  end
  return { what = "gone" }
end

-- A plan for runs.all: the bursts of which the run says something, near ones and far ones by number.
local function outcome_of(list, plan)
  local criterion = {
    bin = list.bin, threshold = list.threshold, end_threshold = list.end_threshold, min_gap = list.min_gap,
    participation = list.share, leaders = 0,
  }
  return function(net)
    local of = report.neurons(net)
    local s = net:spikes{ of = of, from = plan.time, to = plan.finish }
    local got, burst = { near = {}, far = {} }, list[plan.near]
    if burst then
      local watched = net:spikes{ of = of, from = plan.time, to = burst.watched }:bursts(criterion)
      got.near[plan.near] = near(burst, list, watched, burst.watched)
      if plan.near == list.shown then got.rate = s:time_histogram{ bin = list.rate_bin, output = "rate" }.values:totable() end
    end
    local found = plan.far[1] <= plan.far[2] and s:bursts(criterion)
    for k = plan.far[1], plan.far[2] do got.far[k] = far(list[k], found) end
    return got
  end
end

local LONGER = 1.5 -- times as long is longer, of a volley as if it took 1 ms

-- Of a set that was taken away just before: "gone", "longer", "shorter", "as long"; "unsure" when it began late and goes on as
-- watching ends; nil where nothing can be said.
local function compare(case, k, normal)
  if case.void then return nil end
  local got = case.near[k]
  if got.what == "gone" then return "gone" end
  if normal.endless then return "unsure" end
  local before, after = math.max(normal.duration, 1), math.max(got.duration, 1)
  if after >= LONGER * before then return "longer" end
  if got.endless then return "unsure" end
  if after * LONGER <= before then return "shorter" end
  return "as long"
end

-- The sets of a cut for which test(case) holds, as minimal ones.
local function minimal_where(by_set, test)
  local sets = {}
  for set, case in pairs(by_set) do
    if set ~= 0 and test(case) then sets[#sets + 1] = set end
  end
  return subsets.minimal(sets)
end

local function add_sets(wanted, sets)
  for _, set in ipairs(sets) do wanted[set] = true end
end

-- Sets without which a burst is gone, or merged, in runs from an early cut: to be tried with other noise, too.
local function far_sets(by_set, k, what)
  return minimal_where(by_set, function(case) return not case.void and case.far[k].what == what end)
end

local function early_sets_of(plan)
  return function(by_set)
    local wanted = {}
    for k = plan.far[1], plan.far[2] do
      for _, what in ipairs{ "gone", "merged" } do add_sets(wanted, far_sets(by_set, k, what)) end
    end
    return sorted_keys(wanted)
  end
end

-- Sets without which the burst of a plan is gone, longer or shorter, in runs from just before: to be tried with parts of their factors, too.
local function near_sets_of(plan)
  return function(by_set)
    local k, wanted = plan.near, {}
    local normal = k and not by_set[0].void and by_set[0].near[k]
    if not normal or normal.what == "gone" then return {} end
    for _, what in ipairs{ "gone", "longer", "shorter" } do
      add_sets(wanted, minimal_where(by_set, function(case) return compare(case, k, normal) == what end))
    end
    return sorted_keys(wanted)
  end
end

-- The first cut is the start of the window, the k + 1-th that of the k-th burst, which says something of the next one, too.
local function plans_of(list, n, options)
  local plans = { { time = options.from, late = options.from, far = { 1, n } } }
  for k = 1, n do
    local before_it = options.from + math.ceil((list[k].onset - options.from) / options.dt - 1e-6 - 1) * options.dt
    plans[k + 1] = { time = list[k].cut, late = before_it, near = k, far = { k + 1, math.min(k + 1, n) } }
  end
  for _, plan in ipairs(plans) do
    plan.finish = plan.near and list[plan.near].watched or plan.time
    for k = plan.far[1], plan.far[2] do
      plan.finish = math.max(plan.finish, options.from + math.ceil((list[k].high - options.from) / list.bin + 2) * list.bin)
    end
    plan.signs, plan.factors, plan.redraws = options.signs, options.factors, options.redraws
    plan.outcome, plan.near_sets, plan.far_sets = outcome_of(list, plan), near_sets_of(plan), early_sets_of(plan)
  end
  return plans
end

-- What they say --------------------------------------------------------------------------------------------------------

-- Of minimal sets those that are known to be minimal: of each of their parts a run says something.
local function known_minimal(by_set, sets)
  local known = {}
  for _, set in ipairs(sets) do
    local all = true
    for _, part in ipairs(subsets.parts(set)) do all = all and by_set[part] ~= nil and not by_set[part].void end
    if all then known[#known + 1] = set end
  end
  return known
end

local function named(sets, names)
  local list, given = {}, {}
  for i, name in ipairs(names) do given[i] = { name = name } end
  for i, set in ipairs(sets) do list[i] = subsets.names(set, given) end
  return list
end

-- Does each of the runs with other noise say the same of a burst.
local function noise_agrees(cut, k, set, what)
  for _, case in ipairs(cut.cases) do
    if case.redraw > 0 and case.set == set and (case.void or case.far[k].what ~= what) then return false end
  end
  return true
end

-- Minimal sets without which a burst is gone, or merged, in runs from an early cut: only those that say so with any noise, where
-- with all factors it comes with any noise.
local function early(cut, k, what)
  local by_set = runs.by_set(cut.cases)
  local normal = by_set[0]
  if normal.void or normal.far[k].what ~= "comes" or not noise_agrees(cut, k, 0, "comes") then return {} end
  local sets = {}
  for _, set in ipairs(known_minimal(by_set, far_sets(by_set, k, what))) do
    if noise_agrees(cut, k, set, what) then sets[#sets + 1] = set end
  end
  return named(sets, cut.factors)
end

local function is_part(part, whole)
  local has = {}
  for _, name in ipairs(whole) do has[name] = true end
  for _, name in ipairs(part) do
    if not has[name] then return false end
  end
  return true
end

-- Adds to a list of sets of names those of another that have none of the list as a part.
local function add_new(list, others)
  local new = {}
  for _, set in ipairs(others) do
    local known = false
    for _, part in ipairs(list) do known = known or is_part(part, set) end
    if not known then new[#new + 1] = set end
  end
  return join(list, new), new
end

-- What became of the burst without each factor alone: by name { what =, duration =, endless =, later = } or { void = reason }.
local function alone_of(cut, by_set, k, normal)
  local alone = {}
  for i, name in ipairs(cut.factors) do
    local case = by_set[1 << (i - 1)]
    local got = not case.void and case.near[k]
    if case.void then
      alone[name] = { void = case.void }
    elseif case.digest == by_set[0].digest then
      alone[name] = { void = "it changed nothing" }
    else
      alone[name] = {
        what = got.what, duration = got.duration, endless = got.endless, later = got.onset and got.onset - normal.onset,
        rate = case.rate, run = case.run,
      }
    end
  end
  return alone
end

-- What became of the burst without each set, by the names of a set: "gone", "longer", "shorter", "as long", "unsure" or "void".
local function outcomes_of(cut, by_set, k, normal)
  local outcomes = {}
  for set, case in pairs(by_set) do
    local what = case.digest ~= by_set[0].digest and compare(case, k, normal) or "void"
    if set ~= 0 then outcomes[table.concat(named({ set }, cut.factors)[1], " + ")] = what end
  end
  return outcomes
end

-- Factors each of which is enough by itself: with all others taken away the burst still comes.
local function enough_of(cut, by_set, k)
  local all, names = (1 << #cut.factors) - 1, {}
  local without_all = by_set[all]
  if #cut.factors < 2 or without_all.void or without_all.near[k].what ~= "gone" then return names end
  for i, name in ipairs(cut.factors) do
    local case = by_set[all ~ 1 << (i - 1)]
    if not case.void and case.near[k].what == "comes" and not runs.is_void(by_set, i) then names[#names + 1] = name end
  end
  return names
end

-- Shares of the factors in that the burst comes (1) or not (0); nil where not all sets have been run.
local function shares_of(cut, by_set, k)
  if not cut.complete or #cut.factors == 0 then return nil end
  local list = subsets.shares(#cut.factors, function(set)
    if by_set[set].void then return nil end
    return by_set[set].near[k].what == "comes" and 1 or 0
  end)
  if not list then return nil end
  local shares, sum = {}, 0
  for i, name in ipairs(cut.factors) do shares[name], sum = list[i], sum + list[i] end
  return shares, sum
end

-- The names of a set, of which a part may stand in place of a factor.
local function names_of(case, names)
  local given = {}
  for i, name in ipairs(names) do given[i] = { name = case.part and case.part.factor == i and case.part.name or name } end
  return subsets.names(case.set, given)
end

-- What parts of factors say: does the same hold of a set when only that part of a factor is taken away. Adds { list =, set = names,
-- factor =, part =, holds = } to burst.parts.
local function judge_parts(burst, k, cut, normal, list_name, set, what)
  for _, case in ipairs(cut.cases) do
    if case.part and case.set == set and not case.void then
      burst.parts[#burst.parts + 1] = {
        list = list_name, set = names_of({ set = set }, cut.factors), factor = cut.factors[case.part.factor], part = case.part.name,
        holds = compare(case, k, normal) == what,
      }
    end
  end
end

-- From just before.
local function judge_near(burst, k, cut)
  local by_set = runs.by_set(cut.cases)
  local normal = by_set[0].near and by_set[0].near[k]
  burst.void = by_set[0].void or normal.what == "gone" and "run again from just before, it is not the same" or nil
  burst.factors, burst.complete, burst.redraws, burst.came = cut.factors, cut.complete, 0, 0
  for _, case in ipairs(cut.cases) do
    if case.redraw > 0 and case.set == 0 and not case.void then
      burst.redraws, burst.came = burst.redraws + 1, burst.came + (case.near[k].what == "comes" and 1 or 0)
    end
  end
  if burst.void then return end
  burst.rate, burst.lasts, burst.endless = by_set[0].rate, normal.duration, normal.endless
  burst.changed = {} -- by the words of a set: how long it lasts without, and does it go on when watching ends
  local function where(what, list_name)
    local sets = known_minimal(by_set, minimal_where(by_set, function(case) return compare(case, k, normal) == what end))
    local names = named(sets, cut.factors)
    for i, set in ipairs(sets) do
      local got = by_set[set].near[k]
      burst.changed[report.set_words(names[i])] = { got.duration or 0, got.endless or false }
      judge_parts(burst, k, cut, normal, list_name, set, what)
    end
    return names
  end
  burst.cuts.before = where("gone", "abolished_by")
  burst.prolonged_by, burst.shortened_by = where("longer", "prolonged_by"), where("shorter", "shortened_by")
  burst.always_comes, burst.never_longer = true, true -- as far as these runs go
  for _, case in pairs(by_set) do
    local what = compare(case, k, normal)
    burst.voids = burst.voids or case.void ~= nil
    burst.always_comes = burst.always_comes and what ~= "gone"
    burst.never_longer = burst.never_longer and what ~= "longer" and what ~= "unsure"
  end
  burst.alone, burst.enough = alone_of(cut, by_set, k, normal), enough_of(cut, by_set, k)
  burst.outcomes = outcomes_of(cut, by_set, k, normal)
  burst.shares, burst.shares_sum = shares_of(cut, by_set, k)
end

-- Of sets of names those of which a run from a later cut says something: it was not gone there, else they would not be asked about.
local function known_later(sets, later)
  local known, list = {}, {}
  for _, case in ipairs(later.cases) do
    if case.redraw == 0 and not case.part and not case.void then known[table.concat(names_of(case, later.factors), "\n")] = true end
  end
  for _, set in ipairs(sets) do list[#list + 1] = known[table.concat(set, "\n")] and set or nil end
  return list
end

-- Fills the record of the k-th burst from the runs of all cuts.
local function judge(list, k, cuts)
  local burst = list[k]
  burst.cuts = { before = {}, previous = {}, start = {} }
  burst.prolonged_by, burst.shortened_by, burst.alone, burst.enough, burst.parts = {}, {}, {}, {}, {}
  judge_near(burst, k, cuts[k + 1])
  burst.abolished_by, burst.merged_by = burst.cuts.before, {}
  for _, early_cut in ipairs{ { "previous", k > 1 and cuts[k] }, { "start", cuts[1] } } do
    local name, cut = early_cut[1], early_cut[2]
    if cut and not burst.void then
      for _, case in pairs(runs.by_set(cut.cases)) do
        burst.voids = burst.voids or case.void ~= nil
        burst.always_comes = burst.always_comes and (case.void or case.far[k].what == "comes")
      end
      local gone = known_later(early(cut, k, "gone"), cuts[k + 1])
      if name == "start" and k > 1 then gone = known_later(gone, cuts[k]) end
      burst.abolished_by, burst.cuts[name] = add_new(burst.abolished_by, gone)
      burst.merged_by = add_new(burst.merged_by, early(cut, k, "merged"))
    end
  end
end

-- All runs, numbered: { number, cut = ms, burst = number or nil, without = names, redraw = number, … }.
local function number_runs(cuts)
  local all = {}
  for j, cut in ipairs(cuts) do
    for _, case in ipairs(cut.cases) do
      all[#all + 1] = {
        cut = cut.time, burst = j > 1 and j - 1 or nil, without = names_of(case, cut.factors), redraw = case.redraw,
        void = case.void, outcome = not case.void and j > 1 and case.near[j - 1].what or nil, case = case, plan = j,
      }
      case.run = #all
    end
  end
  return all
end

-- izh.explain.bursts(net, { from =, to =, before =, redraws =, start =, factors =, most =, and the options of spikes:bursts }) -------

local DIFFERS = "Run again from its start, the network gave other spikes, or came to another state, so that nothing can be said about "
  .. "them: something was changed in a way that is not repeated, such as by the script between two calls of run. Give a snapshot "
  .. "from after the change: { start = net:snapshot() }."

local function detect(net, options, from, to)
  local detection = {}
  for _, name in ipairs(of_bursts) do detection[name] = options[name] end
  local of = report.neurons(net) -- sources are no neurons
  local spikes = net:spikes{ of = of, from = from, to = to }
  local list = spikes:bursts(detection)
  list.share = options.participation or 0.25
  list.rate_bin = math.max(1, math.floor(list.bin / net.dt / 3)) * net.dt -- of figures
  for _, burst in ipairs(list) do
    burst.together = net:spikes{ of = of, from = burst.onset - net.dt / 2, to = burst.onset + net.dt / 2 }.size
  end
  return list, #spikes.neurons
end

-- The runs, and what they say: fills found.
local function explain(net, found, start, options)
  local list, n = found.list, found.examined
  local window = { from = found.from, to = found.to }
  local first = runs.repeat_it(FUNC, net, start, function() return { net:spikes(window) } end, found.from)
  found.trusted, found.reason, found.unstable, found.beyond = not first.differs, DIFFERS, first.unstable, first.beyond
  found.acts, found.theory = first.acts, first.theory
  if not found.trusted then return end
  window.before, window.earliest = found.before, math.max(start.time, found.from)
  plan_bursts(list, n, window)
  list.shown = (n + 1) // 2
  local plans = plans_of(list, n, {
    from = found.from, dt = net.dt, signs = first.signs, factors = options.factors, redraws = options.redraws,
  })
  local cuts = runs.all(FUNC, net, start, plans)
  found.runs = number_runs(cuts)
  for k = 1, n do judge(list, k, cuts) end
  found.rerun = function(run) return runs.network(FUNC, net, start, plans[run.plan], run.case) end
end

return function(net, options, ...)
  local start, from, to
  options, start, from, to = again.question(FUNC, known_options, net, options, ...)
  local before = check.number(FUNC, "before", options.before, 0, 1e6, "a number of ms ≥ 0") or 20
  local redraws = report.whole(FUNC, "redraws", options.redraws, 0, 1000, 5)
  local most = report.whole(FUNC, "most", options.most, 1, 1000000, 50)
  local own = factors.read(FUNC, options.factors)
  local list, neurons = detect(net, options, from, to)
  local found = {
    from = from, to = to, before = before, list = list, size = #list, neurons = neurons, trusted = true, runs = {},
    examined = math.min(#list, most),
  }
  if #list > 0 then
    again.check_start(FUNC, net, start, from)
    explain(net, found, start, { factors = own, redraws = redraws })
  end
  return require "izhlua.explain.bursts_text"(net, found)
end
