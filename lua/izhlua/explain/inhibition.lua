-- izh.explain.inhibition: what a network does at several strengths of inhibition, with the same noise.
local core = require "izhlua.core"
local check = require "izhlua.options"
local join = require "izhlua.join"
local again = require "izhlua.explain.again"
local report = require "izhlua.explain.report"
local student = require "izhlua.student"

local FUNC = "inhibition"
local known_options = { "strengths", "trials", "duration", "from", "workers", "seed", "start" }

-- What is measured: its name in the table of results, how texts call it, its unit, the title of its axis.
local measures = {
  { name = "rate", word = "rate", unit = "Hz", axis = "Rate (Hz)" },
  { name = "cv", word = "CV", axis = "CV of intervals" },
  { name = "chi", word = "chi", axis = "Synchrony χ" },
  { name = "burst_rate", word = "burst rate", unit = "1/s", axis = "Bursts (1/s)" },
  { name = "silent", word = "silent", unit = "%", axis = "Silent neurons (%)" },
}

local function measure(net, from)
  local s = net:spikes{ from = from }
  return {
    rate = s:mean_firing_rate(), cv = s:cv(), chi = s:synchrony(), burst_rate = 1000 * #s:bursts() / (net.time - from),
    silent = 100 * #s:silent() / net.size,
  }
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
  plan.strengths, plan.workers = read_strengths(options.strengths), workers
  plan.trials = report.whole(FUNC, "trials", options.trials, 1, 100000, 10)
  plan.seed = report.whole(FUNC, "seed", options.seed, 0, 0xFFFFFFFF)
  return plan
end

-- The runs -------------------------------------------------------------------------------------------------------------

-- Also if it is disabled, as it may be until a function of net:at enables it.
local function is_inhibitory(projection)
  return projection.size > 0 and projection:get("weight"):min() < 0
end

local function has_inhibition(net)
  for _, projection in ipairs(net.projections) do
    if is_inhibitory(projection) then return true end
  end
  return false
end

-- What the run makes after the first `known` projections keeps its strength: results would be of two kinds of inhibition.
local function refuse_later(net, known)
  for k = known + 1, #net.projections do
    local projection = net.projections[k]
    if is_inhibitory(projection) then
      core.raise(FUNC, ("projection \"%s\", which is made during the run, has inhibitory synapses, whose strength could not be changed: "
        .. "connect it before the run"):format(projection.name))
    end
  end
end

local NONE = "the network has no inhibitory synapses, of which the strength could be changed"

-- What makes the network of a case, from a function of the script.
local function builder(build)
  return function(case)
    local net = build(case)
    if not core.is_network(net) then core.wrong(FUNC, "what build returns", "a network", net) end
    if net.time ~= 0 then core.raise(FUNC, ("build must not run the network (it is at %g ms)"):format(net.time)) end
    if net.size == 0 then core.raise(FUNC, "the network has no neurons") end
    if not has_inhibition(net) then core.raise(FUNC, NONE) end
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

local function sweep(plan, make)
  return require "izhlua.sweep".sweep{
    over = { inhibition = plan.strengths }, trials = plan.trials, workers = plan.workers, seed = plan.seed,
    run = function(case)
      local net = make(case)
      core.scale_synapses(net, -1, case.inhibition)
      local known = #net.projections
      net:run(plan.duration)
      refuse_later(net, known)
      return measure(net, plan.from)
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

-- Of the differences of the trials between two strengths: 1 or -1 when their 95 % interval leaves out 0, else 0; and the
-- interval.
local function compare(values, i, j)
  local differences = {}
  for trial, value in ipairs(values[j]) do differences[trial] = value - values[i][trial] end
  local found = student.summary(differences)
  if not (found.n > 1 and math.abs(found.mean) > found.ci) then return 0, found end
  return found.mean > 0 and 1 or -1, found
end

-- The interior strength whose mean is the highest (sign 1) or the lowest (-1) of all, if it is.
local function extreme(means, sign)
  local best
  for i, mean in ipairs(means) do
    if mean == mean and (not best or sign * mean > sign * means[best]) then best = i end
  end
  return best and best > 1 and best < #means and best or nil
end

-- { trend = "rises" | "falls" | "peaks" | "dips" | "none" | "unknown", at =, difference = }
local function trend_of(values)
  local means = {}
  for i, trials in ipairs(values) do means[i] = student.summary(trials).mean end
  local last = #values
  for _, sign in ipairs{ 1, -1 } do
    local k = extreme(means, sign)
    if k and compare(values, 1, k) == sign and compare(values, k, last) == -sign then
      return { trend = sign == 1 and "peaks" or "dips", at = k }
    end
  end
  local sign, difference = compare(values, 1, last)
  if difference.n < 2 then return { trend = "unknown" } end
  return { trend = sign == 1 and "rises" or sign == -1 and "falls" or "none", difference = difference }
end

-- The text -------------------------------------------------------------------------------------------------------------

local function amount(value, of)
  return of.unit and ("%s %s"):format(report.number(value), of.unit) or report.number(value)
end

local function sentence(of, found, strengths, points)
  local function at(i)
    return ("%s at ×%g"):format(amount(points[i][of.name].mean, of), strengths[i])
  end
  local last, k = #strengths, found.at
  if found.trend == "unknown" then return ("%s: there are too few trials with a number to tell"):format(of.word) end
  if found.trend == "none" then
    return ("%s: no difference between ×%g and ×%g that these trials could show (%s)"):format(of.word, strengths[1], strengths[last],
      report.mean_ci(found.difference.mean, found.difference.ci))
  end
  if found.trend == "peaks" then
    return ("%s is not monotonic: it rises from %s to %s, then falls to %s"):format(of.word, at(1), at(k), at(last))
  end
  if found.trend == "dips" then
    return ("%s is not monotonic: it falls from %s to %s, then rises to %s"):format(of.word, at(1), at(k), at(last))
  end
  return ("%s %s: from %s to %s"):format(of.word, found.trend, at(1), at(last))
end

local function text_of(result, plan, trends, neurons)
  local rows = { { "inhibition" } }
  for m, of in ipairs(measures) do rows[1][m + 1] = of.unit and ("%s (%s)"):format(of.word, of.unit) or of.word end
  for i, strength in ipairs(plan.strengths) do
    rows[i + 1] = { ("×%g"):format(strength) }
    for m, of in ipairs(measures) do
      local found = result.points[i][of.name]
      rows[i + 1][m + 1] = report.mean_ci(found.mean, found.ci)
    end
  end
  local lines = { ("inhibition: %s at %s, %s each, %g < t ≤ %g ms; mean ± 95 %% confidence interval"):format(
    neurons and report.count(neurons, "neuron") or "a network", report.count(#plan.strengths, "strength"),
    report.count(plan.trials, "trial"), plan.from, plan.to) }
  lines = join(lines, { "" }, report.align(rows, { true, true, true, true, true, true }), { "" })
  for m, of in ipairs(measures) do lines[#lines + 1] = report.wrap(sentence(of, trends[m], plan.strengths, result.points)) end
  if #result.failures > 0 then lines[#lines + 1] = ("%s failed and are missing here"):format(report.count(#result.failures, "case")) end
  lines[#lines + 1] = ""
  lines[#lines + 1] = report.wrap("Every trial has the same noise at each strength. A trend is said when the 95 % interval of the differences, "
    .. "trial by trial, leaves out 0. CV: how irregular the intervals of a neuron are (0 a clock, 1 chance, more in bursts). chi: how much all do the "
    .. "same (0 nothing, 1 all).")
  return table.concat(lines, "\n")
end

local function draw(result, plan)
  local izh = require "izhlua"
  local note = plan.trials > 1 and ("%d trials, 95 %% interval"):format(plan.trials) or nil
  local makers = {}
  for m, of in ipairs(measures) do
    local y, ci = {}, {}
    for i = 1, #plan.strengths do
      local found = result.points[i][of.name]
      y[i], ci[i] = found.mean, found.ci
    end
    makers[m] = function(options)
      return izh.curve({ x = plan.strengths, y = y, error = ci, band = true },
        { xlabel = "Strength of inhibition", ylabel = of.axis, note = note, title = options.title, span = options.span })
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
  local make
  if net then
    if not has_inhibition(net) then core.raise(FUNC, NONE) end
    refuse_later(net, core.projections_at(plan.start, net))
    make = restarter(net, plan.start)
  else
    make = builder(what)
  end
  local result = sweep(plan, make)
  local trends, by_name = {}, {}
  for m, of in ipairs(measures) do
    trends[m] = trend_of(values_of(result, plan, of.name))
    by_name[of.name] = trends[m].trend
  end
  local text = text_of(result, plan, trends, net and net.size)
  return report.new("explanation of inhibition", result.points, {
    points = result.points, sweep = result, trends = by_name, strengths = plan.strengths, from = plan.from, to = plan.to,
  }, text, function() return draw(result, plan) end, { page = { width = "double", columns = 3 } })
end
