-- izh.explain.inhibition: what a network does at several strengths of inhibition, or currents to its inhibitory cells, with the
-- same noise.
local core = require "izhlua.core"
local models = require "izhlua.models"
local check = require "izhlua.options"
local join = require "izhlua.join"
local again = require "izhlua.explain.again"
local range = require "izhlua.explain.range"
local report = require "izhlua.explain.report"
local student = require "izhlua.student"

local FUNC = "inhibition"
local known_options = { "strengths", "currents", "pathway", "trials", "over", "duration", "from", "workers", "seed", "start" }

-- What is measured: its name in the table of results, how texts call it, its unit, the title of its axis.
local measures = {
  { name = "rate", word = "rate", unit = "Hz", axis = "Rate (Hz)" },
  { name = "cv", word = "CV", axis = "CV of intervals" },
  { name = "chi", word = "chi", axis = "Synchrony χ" },
  { name = "burst_rate", word = "burst rate", unit = "1/s", axis = "Bursts (1/s)" },
  { name = "silent", word = "silent", unit = "%", axis = "Silent neurons (%)" },
}

-- When a current is given to the inhibitory cells, these, too.
local of_cells = {
  { name = "rate_inh", word = "rate of inhibitory cells", unit = "Hz", axis = "Rate of inhibitory cells (Hz)" },
  { name = "rate_others", word = "rate of the others", unit = "Hz", axis = "Rate of the others (Hz)" },
}

-- Populations with inhibitory synapses, and the others; sources are none of them.
local function cells_of(net)
  local inhibits, groups = {}, { inhibitory = {}, others = {} }
  for _, path in ipairs(core.pathways(net)) do inhibits[path.pre] = inhibits[path.pre] or path.negative end
  for k, population in ipairs(net.populations) do
    if not models.is_source(population) then table.insert(inhibits[k] and groups.inhibitory or groups.others, population) end
  end
  return groups
end

local function rate_of(net, populations, from)
  local spikes, size = 0, 0
  for _, population in ipairs(populations) do
    spikes, size = spikes + net:spikes{ of = population, from = from }.size, size + population.size
  end
  return size > 0 and 1000 * spikes / size / (net.time - from) or 0 / 0
end

-- criterion: what a burst is, the same in all runs.
local function measure(net, from, criterion, groups)
  local s = net:spikes{ of = report.neurons(net), from = from }
  local got = {
    rate = s:mean_firing_rate(), cv = s:cv(), chi = s:synchrony(), burst_rate = 1000 * #s:bursts(criterion) / (net.time - from),
    silent = 100 * #s:silent() / #s.neurons,
  }
  if groups then
    got.rate_inh, got.rate_others = rate_of(net, groups.inhibitory, from), rate_of(net, groups.others, from)
  end
  return got
end

-- The options ----------------------------------------------------------------------------------------------------------

local function read_strengths(given)
  if given == nil then return { 0, 0.5, 1, 2, 4 } end
  if core.kind(given) ~= "vector" and type(given) ~= "table" then
    core.wrong(FUNC, "strengths", "a list of factors such as { 0, 0.5, 1, 2 }", given)
  end
  local strengths = core.numbers(FUNC, "strengths", given):totable()
  if #strengths < 2 then core.raise(FUNC, ("strengths must have two factors at least (got %d)"):format(#strengths)) end
  for i, factor in ipairs(strengths) do
    check.number(FUNC, ("strengths[%d]"):format(i), factor, 0, 1e6, "a factor, 0 … 1e6")
  end
  table.sort(strengths)
  for i = 2, #strengths do
    if strengths[i] == strengths[i - 1] then core.raise(FUNC, ("strengths has %g twice"):format(strengths[i])) end
  end
  return strengths
end

-- Currents that the inhibitory cells get in place of other strengths; nil when the option is not given.
local function read_currents(given)
  if given == nil then return nil end
  if core.kind(given) ~= "vector" and type(given) ~= "table" then core.wrong(FUNC, "currents", "a list of currents such as { 0, 1, 2 }", given) end
  local currents = core.numbers(FUNC, "currents", given):totable()
  if #currents < 2 then core.raise(FUNC, ("currents must have two numbers at least (got %d)"):format(#currents)) end
  table.sort(currents)
  for i, current in ipairs(currents) do
    check.number(FUNC, ("currents[%d]"):format(i), current, -1e9, 1e9, "a current, -1e9 … 1e9")
    if i > 1 and current == currents[i - 1] then core.raise(FUNC, ("currents has %g twice"):format(current)) end
  end
  return currents
end

-- { pre, post }: names of populations; nil: all.
local function read_pathway(given)
  if given == nil then return nil end
  if type(given) ~= "table" or core.list(FUNC, "pathway", given) ~= 2 then
    core.wrong(FUNC, "pathway", "the names of two populations, { \"I\", \"E\" }", given)
  end
  for i = 1, 2 do check.text(FUNC, ("pathway[%d]"):format(i), given[i]) end
  return { given[1], given[2] }
end

-- What differs from trial to trial.
local function read_over(given, net)
  local over = check.word(FUNC, "over", given, { "noise", "wiring", "both" }, net and "noise" or "both")
  if net and over ~= "noise" then
    core.raise(FUNC, ("over = %q goes with a function that builds the network: this one has its wiring"):format(over))
  end
  return over
end

-- What is run: { start =, duration =, from =, to = }, the last two in the time of the network.
local function read_window(options, net)
  local start = net and again.start(FUNC, net, options.start)
  if net then again.check_start(FUNC, net, start, math.huge) end
  local begin, least = start and start.time or 0, net and net.dt or 1e-3
  local usual = net and net.time > begin and net.time - begin or 2000
  local duration = check.number(FUNC, "duration", options.duration, least, 1e9, ("a number of ms, %g … 1e9"):format(least))
    or usual
  local from = check.number(FUNC, "from", options.from, 0, math.huge, "a finite number of ms ≥ 0")
  if net then
    if from then again.check_start(FUNC, net, start, from) end
    report.check_grid(FUNC, net, "duration", duration)
    report.check_grid(FUNC, net, "from", from or 0)
  end
  local unit = net and net.dt or 1
  from = from or begin + math.floor(duration / 4 / unit) * unit
  if from >= begin + duration then
    core.raise(FUNC, ("from must be before the end, %g ms (got %g)"):format(begin + duration, from))
  end
  return { start = start, duration = duration, from = from, to = begin + duration }
end

local function read_options(options, net)
  options = check.known(FUNC, options, known_options)
  if options.start ~= nil and not net then core.raise(FUNC, "start goes with a network, not with a function that builds it") end
  if options.seed ~= nil and net then core.raise(FUNC, "seed goes with a function that builds the network: this one has its own") end
  local workers = options.workers
  if workers ~= nil and workers ~= "auto" then workers = report.whole(FUNC, "workers", workers, 1, 1024) end
  local plan = read_window(options, net)
  plan.currents, plan.pathway, plan.over = read_currents(options.currents), read_pathway(options.pathway), read_over(options.over, net)
  if plan.currents and options.strengths ~= nil then core.raise(FUNC, "strengths and currents do not go together") end
  if plan.currents and plan.pathway then core.raise(FUNC, "pathway goes with strengths, not with currents") end
  plan.strengths, plan.workers = plan.currents or read_strengths(options.strengths), workers
  plan.trials = report.whole(FUNC, "trials", options.trials, 1, 100000, 10)
  plan.seed = report.whole(FUNC, "seed", options.seed, 0, 0xFFFFFFFF)
  return plan
end

-- The runs -------------------------------------------------------------------------------------------------------------

-- Also if it is disabled, as it may be until a function of net:at enables it.
local function has_inhibition(net)
  for k in ipairs(net.projections) do
    if core.inhibits(net, k) then return true end
  end
  return false
end

-- What the run makes after the first `known` projections keeps its strength: results would be of two kinds of inhibition.
local function refuse_later(net, known)
  for k = known + 1, #net.projections do
    local projection = net.projections[k]
    if core.inhibits(net, k) then
      core.raise(FUNC, ("projection \"%s\", which is made during the run, has inhibitory synapses, whose strength could not be changed: "
        .. "connect it before the run"):format(projection.name))
    end
  end
end

local NONE = "the network has no inhibitory synapses, of which the strength could be changed"

-- A case of the sweep as that of another seed.
local function with_seed(case, seed)
  local copy = {}
  for key, value in pairs(case) do copy[key] = value end
  copy.seed = seed
  return copy
end

-- What makes the network of a case, from a function of the script. first: the seed of the first trial.
local function builder(build, plan, first)
  return function(case)
    local net = build(plan.over == "noise" and with_seed(case, first) or case)
    if not core.is_network(net) then core.wrong(FUNC, "what build returns", "a network", net) end
    if net.time ~= 0 then core.raise(FUNC, ("build must not run the network (it is at %g ms)"):format(net.time)) end
    if net.size == 0 then core.raise(FUNC, "the network has no neurons") end
    if not has_inhibition(net) then core.raise(FUNC, NONE) end
    if plan.over == "noise" then core.redraw(net, case.trial - 1) end
    if plan.over == "wiring" then core.redraw(net, (first - case.seed) & 0xFFFFFFFF) end -- seeds wrap around
    return net
  end
end

-- The network itself, at its start; from the second trial on with other noise.
local function restarter(net, start)
  return function(case)
    core.hush() -- what functions of the script print has been printed
    net:restore(start)
    core.redraw(net, case.trial - 1)
    return net
  end
end

-- A mask for core.scale_synapses of a pathway.
local function mask_of(net, pathway)
  if not pathway then return nil end
  local n, mask, place = #net.populations, {}, {}
  for k, population in ipairs(net.populations) do place[population.name] = k end
  for i = 1, 2 do
    if not place[pathway[i]] then core.raise(FUNC, ("pathway: there is no population %q"):format(pathway[i])) end
  end
  for k = 1, n * n do mask[k] = k == (place[pathway[1]] - 1) * n + place[pathway[2]] and 1 or 0 end
  return mask
end

-- Changes a network as a case says.
local function change(net, plan, value)
  if not plan.currents then
    core.scale_synapses(net, -1, value, mask_of(net, plan.pathway))
    return nil
  end
  local groups = cells_of(net)
  for k, population in ipairs(groups.inhibitory) do
    if value ~= 0 then net:stimulate(population, core.current{ amplitude = value, name = "explain: current to inhibitory cells " .. k }) end
  end
  return groups
end

local function run_case(plan, make, case, value)
  local net = make(case)
  local groups = change(net, plan, value)
  local known, beyond = #net.projections, range.watch(net)
  net:run(plan.duration)
  refuse_later(net, known)
  return net, groups, beyond()
end

-- What a burst is, in all runs: that of the network as it is. Nothing when it cannot be run: the sweep says why.
local function find_criterion(plan, make, first)
  local value = plan.currents and 0 or 1
  local ok, found = pcall(again.branch, FUNC, { seed = first }, { function()
    local net = run_case(plan, make, { trial = 1, seed = first, index = 1, inhibition = value }, value)
    local list = net:spikes{ of = report.neurons(net), from = plan.from }:bursts()
    return { bin = list.bin, threshold = list.threshold, end_threshold = list.end_threshold, min_gap = list.min_gap }
  end })
  return ok and found[1] or nil
end

local function sweep(plan, make, criterion)
  return require "izhlua.sweep".whole{
    over = { inhibition = plan.strengths }, trials = plan.trials, workers = plan.workers, seed = plan.seed,
    run = function(case)
      local net, groups, beyond = run_case(plan, make, case, case.inhibition)
      local got = measure(net, plan.from, criterion, groups)
      got.beyond = beyond and beyond.neurons or 0
      return got
    end,
  }
end

-- What it comes to -----------------------------------------------------------------------------------------------------

-- Results of a measure: values[i][trial] at the i-th strength.
local function values_of(result, plan, name)
  local at, values = {}, {}
  for i, strength in ipairs(plan.strengths) do at[strength], values[i] = i, {} end
  for i = 1, #plan.strengths do
    for trial = 1, plan.trials do values[i][trial] = 0 / 0 end
  end
  for _, row in ipairs(result.rows) do values[at[row.inhibition]][row.trial] = row[name] end
  return values
end

-- Are all trials the same: then they are one run.
local function are_one_run(all, plan)
  for _, values in ipairs(all) do
    for i = 1, #plan.strengths do
      for trial = 2, plan.trials do
        local a, b = values[i][1], values[i][trial]
        if a ~= b and (a == a or b == b) then return false end
      end
    end
  end
  return true
end

-- Of the differences of the trials between two strengths: their sign, how probable they are by chance, and their summary.
local function compare(values, i, j)
  local differences = {}
  for trial, value in ipairs(values[j]) do differences[trial] = value - values[i][trial] end
  local found = student.summary(differences)
  return { sign = found.mean > 0 and 1 or found.mean < 0 and -1 or 0, p = student.p_value(found), difference = found }
end

-- The interior strength whose mean is the highest (sign 1) or the lowest (-1) of all, if it is.
local function extreme(means, sign)
  local best
  for i, mean in ipairs(means) do
    if mean == mean and (not best or sign * mean > sign * means[best]) then best = i end
  end
  return best and best > 1 and best < #means and best or nil
end

-- What may be claimed of a measure, each with its p: { trend = "rises" … }, { trend = "peaks" …, at = }. That of a peak is the greater one
-- of its two sides, times the number of strengths at which it might have been.
local function claims_of(values)
  local means, last = {}, #values
  for i, trials in ipairs(values) do means[i] = student.summary(trials).mean end
  local ends, turn = compare(values, 1, last), { p = 1 }
  for _, sign in ipairs{ 1, -1 } do
    local k = extreme(means, sign)
    local left, right = k and compare(values, 1, k), k and compare(values, k, last)
    if k and left.sign == sign and right.sign == -sign then
      local p = math.min(1, math.max(left.p, right.p) * (last - 2))
      if p < turn.p then turn = { p = p, trend = sign == 1 and "peaks" or "dips", at = k } end
    end
  end
  return { p = ends.p, trend = ends.sign == 1 and "rises" or "falls", difference = ends.difference }, turn
end

-- For each measure { trend = "rises" | "falls" | "peaks" | "dips" | "none" | "unknown" | "one run", at =, difference = }: what holds at 95 % for
-- all of them together.
local function find_trends(all, plan)
  local one_run = plan.trials > 1 and are_one_run(all, plan)
  local claims, values, trends = {}, {}, {}
  for m, of in ipairs(all) do
    claims[2 * m - 1], claims[2 * m] = claims_of(of)
    values[2 * m - 1], values[2 * m] = claims[2 * m - 1].p, claims[2 * m].p
  end
  local holds = student.holm(values, 0.05)
  for m in ipairs(all) do
    local ends, turn = claims[2 * m - 1], claims[2 * m]
    local trend = holds[2 * m] and turn or holds[2 * m - 1] and ends or { trend = "none", difference = ends.difference }
    if one_run then trend = { trend = "one run" } end
    if not one_run and ends.difference.n < 2 then trend = { trend = "unknown" } end
    trends[m] = trend
  end
  return trends, one_run, #values
end

-- The text -------------------------------------------------------------------------------------------------------------

local function amount(value, of)
  return of.unit and ("%s %s"):format(report.number(value), of.unit) or report.number(value)
end

-- "×2", or "a current of 2".
local function at_strength(plan, i)
  return plan.currents and ("a current of %g"):format(plan.strengths[i]) or ("×%g"):format(plan.strengths[i])
end

local function sentence(of, found, plan, points)
  local function at(i)
    return ("%s at %s"):format(amount(points[i][of.name].mean, of), at_strength(plan, i))
  end
  local last, k = #plan.strengths, found.at
  if found.trend == "one run" then return ("%s: from %s to %s, in one run each"):format(of.word, at(1), at(last)) end
  if found.trend == "unknown" then return ("%s: there are too few trials with a number to tell"):format(of.word) end
  if found.trend == "none" then
    return ("%s: no change from %s to %s that holds for the whole report (%s)"):format(of.word, at_strength(plan, 1),
      at_strength(plan, last), report.mean_ci(found.difference.mean, found.difference.ci))
  end
  if found.trend == "peaks" then
    return ("%s is not monotonic: it rises from %s to %s, then falls to %s"):format(of.word, at(1), at(k), at(last))
  end
  if found.trend == "dips" then
    return ("%s is not monotonic: it falls from %s to %s, then rises to %s"):format(of.word, at(1), at(k), at(last))
  end
  return ("%s %s: from %s to %s"):format(of.word, found.trend, at(1), at(last))
end

local over_words = {
  noise = "Trials have the same wiring, and other noise: what is said holds for this wiring.",
  wiring = "Trials have other wiring, and the same noise.",
  both = "Trials have other wiring and other noise.",
}

local NOTE = "Every trial is the same at each strength but for that. Rises, falls and not monotonic are said where the differences, trial by "
  .. "trial, are not by chance at 95 %% for this whole report (Student's t, Holm, %d tests). %s CV: how irregular the intervals of a "
  .. "neuron are (0 a clock, 1 chance, more in bursts). chi: how much all do the same (0 nothing, 1 all). A burst: as without a change "
  .. "of inhibition, above %s Hz, as long as it is above %s Hz."

local ONE_RUN = "All trials are the same, to the bit: there is one run at each strength, and no interval. CV: how irregular the intervals of a "
  .. "neuron are (0 a clock, 1 chance, more in bursts). chi: how much all do the same (0 nothing, 1 all). A burst: as without a change "
  .. "of inhibition, above %s Hz, as long as it is above %s Hz."

-- A sentence about cells that are outside of the range that they were made for, where there are some.
local function beyond_sentence(found)
  local at, most = {}, 0
  for i, point in ipairs(found.result.points) do
    if point.beyond.mean > 0 then at[#at + 1] = at_strength(found.plan, i) end
  end
  for _, row in ipairs(found.result.rows) do most = math.max(most, row.beyond) end
  if #at == 0 then return nil end
  return ("Outside the range that cells were made for (see izh.cells), in trials at %s: up to %s u at the cap u_max, and %s in every step.")
    :format(table.concat(at, ", "), report.count(most, "neuron has", "neurons have"), most == 1 and "fires" or "fire")
end

-- A sentence about the rates of the two kinds of cells together: cells may fire less with more current because it blocks them, too; then
-- they inhibit the others less.
local function paradox(found)
  local falls = {}
  for m, of in ipairs(found.measures) do falls[of.name] = found.trends[m].trend == "falls" end
  if not (falls.rate_inh and falls.rate_others) then return nil end
  return "More current to the inhibitory cells makes them and the others fire less: the paradoxical response of a network that inhibition "
    .. "stabilises."
end

local function table_of(found)
  local plan, rows = found.plan, { { found.plan.currents and "current" or "inhibition" } }
  for m, of in ipairs(found.measures) do rows[1][m + 1] = of.unit and ("%s (%s)"):format(of.word, of.unit) or of.word end
  for i, strength in ipairs(plan.strengths) do
    rows[i + 1] = { plan.currents and ("%g"):format(strength) or ("×%g"):format(strength) }
    for m, of in ipairs(found.measures) do
      local got = found.result.points[i][of.name]
      rows[i + 1][m + 1] = found.one_run and report.number(got.mean) or report.mean_ci(got.mean, got.ci)
    end
  end
  return report.align(rows, { true, true, true, true, true, true, true, true })
end

local function text_of(found)
  local plan, result = found.plan, found.result
  local what = plan.currents and "currents to its inhibitory cells"
    or plan.pathway and ("strengths of %s → %s"):format(plan.pathway[1], plan.pathway[2]) or "strengths"
  local lines = { ("inhibition: %s at %d %s, %s, %g < t ≤ %g ms%s"):format(
    found.neurons and report.count(found.neurons, "neuron") or "a network", #plan.strengths, what,
    found.one_run and "one run each" or report.count(plan.trials, "trial") .. " each", plan.from, plan.to,
    found.one_run and "" or "; mean ± 95 % confidence interval") }
  lines = join(lines, { "" }, table_of(found), { "" })
  for m, of in ipairs(found.measures) do lines[#lines + 1] = report.wrap(sentence(of, found.trends[m], plan, result.points)) end
  for _, more in ipairs(join({ paradox(found) }, { beyond_sentence(found) })) do lines[#lines + 1] = report.wrap(more) end
  if #result.failures > 0 then lines[#lines + 1] = ("%s failed and are missing here"):format(report.count(#result.failures, "case")) end
  lines[#lines + 1] = ""
  local high, low = report.number(found.criterion.threshold), report.number(found.criterion.end_threshold)
  lines[#lines + 1] = report.wrap(found.one_run and ONE_RUN:format(high, low) or NOTE:format(found.tests, over_words[plan.over], high, low))
  return table.concat(lines, "\n")
end

local function draw(found)
  local izh = require "izhlua"
  local result, plan = found.result, found.plan
  local note = plan.trials > 1 and not found.one_run and ("%d trials, 95 %% interval"):format(plan.trials) or nil
  local makers = {}
  for m, of in ipairs(found.measures) do
    local y, ci = {}, {}
    for i = 1, #plan.strengths do
      local got = result.points[i][of.name]
      y[i], ci[i] = got.mean, got.ci
    end
    makers[m] = function(options)
      return izh.curve({ x = plan.strengths, y = y, error = note and ci or nil, band = note and true or nil },
        { xlabel = plan.currents and "Current to inhibitory cells" or "Strength of inhibition", ylabel = of.axis, note = note, title = options.title, span = options.span })
    end
  end
  return makers
end

-- izh.explain.inhibition(net or function(case), { strengths =, trials =, duration =, from =, workers =, seed = }) --------

return function(what, options, ...)
  core.no_more(FUNC, ...)
  local net = core.is_network(what) and report.network(FUNC, what) or nil
  if not net and type(what) ~= "function" then
    core.wrong(FUNC, "the first argument", "a network, or a function(case) that returns one", what)
  end
  local plan = read_options(options, net)
  local first = not net and core.seed(plan.seed or 1) or net.seed
  local make
  if net then
    if not has_inhibition(net) then core.raise(FUNC, NONE) end
    mask_of(net, plan.pathway) -- says so if there are no such populations
    refuse_later(net, core.projections_at(plan.start, net))
    make = restarter(net, plan.start)
  else
    make = builder(what, plan, first)
  end
  local found = { plan = plan, neurons = net and report.size(net), measures = plan.currents and join(measures, of_cells) or measures }
  found.criterion = find_criterion(plan, make, first)
  found.result = sweep(plan, make, found.criterion)
  local all, by_name = {}, {}
  for m, of in ipairs(found.measures) do all[m] = values_of(found.result, plan, of.name) end
  found.trends, found.one_run, found.tests = find_trends(all, plan)
  for m, of in ipairs(found.measures) do by_name[of.name] = found.trends[m].trend end
  return report.new("explanation of inhibition", found.result.points, {
    points = found.result.points, sweep = found.result, trends = by_name, strengths = plan.strengths, from = plan.from, to = plan.to,
    one_run = found.one_run,
  }, text_of(found), function() return draw(found) end, { page = { width = "double", columns = 3 } })
end
