-- izh.explain.silence: why neurons gave no spike. Each gets its own input again, alone, with one thing changed.
local core = require "izhlua.core"
local models = require "izhlua.models"
local join = require "izhlua.join"
local again = require "izhlua.explain.again"
local replay = require "izhlua.explain.replay"
local report = require "izhlua.explain.report"

local FUNC = "silence"
local known_options = { "from", "to", "of", "start" }
local parts = { "exc", "inh", "ext" }
local currents = { "i_exc", "i_inh", "i_ext" }

-- What must be recorded of neurons of a model.
local function needed(model)
  return join(models[model].state, currents)
end

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

-- Of these ids, or all, those that there are now: a list of slices of populations, in order.
local function slices_of(net, ids)
  if not ids then return { net } end
  local wanted, slices = {}, {}
  for _, id in ipairs(ids) do wanted[id] = true end
  for _, population in ipairs(net.populations) do
    local numbers = {}
    for k, id in ipairs(population.ids) do
      if wanted[id] then numbers[#numbers + 1] = k end
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
  for _, name in ipairs(needed(model)) do
    if not has[name] then return false end
  end
  return true
end

-- The part of a vector from number `first` to number `last`.
local function part(values, first, last)
  local list = {}
  for k = first, last do list[#list + 1] = values[k] end
  return core.numbers(FUNC, "samples", list)
end

-- What the k-th neuron of a recording got in the steps of the window, and its state before and after.
local function input_of(recording, k, model, from, steps)
  local times, first = recording:times(), 1
  local every = recording.every
  first = math.floor((from - times[1]) / every + 0.5) + 1
  local function get(name) return recording:values(name, k) end
  return {
    ext = part(recording:values("i_ext", k), first + 1, first + steps),
    exc = part(recording:values("i_exc", k), first + 1, first + steps),
    inh = part(recording:values("i_inh", k), first + 1, first + steps),
    v = part(get("v"), first + 1, first + steps),
    before = replay.state(model, get, first), after = replay.state(model, get, first + steps),
  }
end

-- The experiments ------------------------------------------------------------------------------------------------------

local COARSE, FINE = 1.05, 1.01
local MOST = { exc = 1000, ext = 100 } -- factors above them are not tried
local LEAST = 0.05                     -- nor below this

-- A list of copies of a neuron, each with a factor for each part of its input.
local function copies_new()
  return { n = 0, ext = {}, exc = {}, inh = {}, what = {} }
end

local function add(copies, what, name, factor)
  local n = copies.n + 1
  copies.n, copies.what[n] = n, what
  for _, other in ipairs(parts) do copies[other][n] = other == name and factor or 1 end
end

-- Factors 1 ratio, 1 ratio², … up to limit, of a part of the input.
local function add_factors(copies, name, ratio, limit)
  local factor = ratio
  local up = ratio > 1
  while up and factor <= limit * 1.0000001 or not up and factor >= limit * 0.9999999 do
    add(copies, { part = name, up = up, factor = factor }, name, factor)
    factor = factor * ratio
  end
end

-- The first factor in a direction that makes the neuron fire.
local function first_factor(copies, fired, name, up)
  for k, what in ipairs(copies.what) do
    if fired[k] and what.part == name and what.up == up then return what.factor end
  end
  return nil
end

-- The factor nearest to 1 that makes it fire, right to 1 %: found in steps of 5 %, then all up to there in steps of 1 %.
local function refine(scheme, cell, input, name, up, coarse)
  if not coarse then return nil end
  local copies = copies_new()
  add_factors(copies, name, up and FINE or 1 / FINE, up and coarse * FINE or coarse / FINE)
  local fired = replay.fires(scheme, cell, copies.n, input, copies)
  return first_factor(copies, fired, name, up) or coarse
end

local function is_zero(values)
  return values:min() == 0 and values:max() == 0
end

local function share_above(values, level)
  local count = 0
  for k = 1, #values do
    if values[k] > level then count = count + 1 end
  end
  return count / #values
end

-- What becomes of a neuron with its input changed: fills the record.
local function experiment(scheme, cell, input, record)
  local copies = copies_new()
  add(copies, "unchanged", nil, 1)
  add(copies, "no inhibition", "inh", 0)
  local has = { exc = not is_zero(input.exc), ext = not is_zero(input.ext) }
  for _, name in ipairs{ "exc", "ext" } do
    if has[name] then
      add_factors(copies, name, COARSE, MOST[name])
      add_factors(copies, name, 1 / COARSE, LEAST)
    end
  end
  local fired, state = replay.fires(scheme, cell, copies.n, input, copies)
  record.reproduced = not fired[1] and state.v == input.after.v and state.u == input.after.u
  if not record.reproduced then return end
  record.fires_without_inhibition = fired[2]
  for _, name in ipairs{ "exc", "ext" } do
    local prefix = name == "exc" and "factor" or "ext_factor"
    record[prefix] = refine(scheme, cell, input, name, true, first_factor(copies, fired, name, true))
    record[prefix .. "_down"] = refine(scheme, cell, input, name, false, first_factor(copies, fired, name, false))
  end
  record.above_knee = share_above(input.v, models.of(cell).knee(cell))
end

-- The verdicts ---------------------------------------------------------------------------------------------------------

local HELD, BLOCK, CUT, WEAK = "held down by inhibition", "depolarisation block", "disconnected", "underdriven"
local NOT = "not reproduced"
local verdicts = { HELD, BLOCK, CUT, WEAK, "clamped", "lesioned", NOT }

local function judge(record, hold)
  if hold then return hold end
  if not record.reproduced then return NOT end
  if record.fires_without_inhibition then return HELD end
  if record.above_knee >= 0.5 and (record.factor_down or record.ext_factor_down) then return BLOCK end
  if record.exc_in == 0 and (record.ext_zero or record.peers_excited) then return CUT end
  return WEAK
end

local function statistics(record, input)
  for _, name in ipairs(parts) do
    local sd = input[name]:sd()
    record[name .. "_mean"] = input[name]:mean()
    record[name .. "_sd"] = #input[name] == 1 and 0 or sd
  end
  record.ext_zero = is_zero(input.ext)
end

-- Facts about the network that verdicts need.
local function survey(net)
  local exc_in, inh_in = core.in_degrees(net)
  local excited = {} -- by population: do most of its neurons have excitatory synapses
  for name, population in pairs(net.populations) do
    local count = 0
    for _, id in ipairs(population.ids) do
      if exc_in[id] > 0 then count = count + 1 end
    end
    excited[name] = count > population.size / 2
  end
  return { exc_in = exc_in, inh_in = inh_in, excited = excited, rheobases = {}, scheme = core.scheme(net) }
end

local NOTHING = { ext = core.numbers(FUNC, "none", {}), exc = core.numbers(FUNC, "none", {}), inh = core.numbers(FUNC, "none", {}), before = {} }

-- A record of a neuron. at: { recording, k } of the window; nil when it was not there yet when that began.
local function examine(net, facts, at, id, window)
  local cell, population, place, hold = core.cell(net, id)
  local input = at and input_of(at[1], at[2], cell.model, window.from, window.steps) or NOTHING
  local record = {
    id = id, population = population, place = place, model = cell.model,
    exc_in = math.tointeger(facts.exc_in[id]), inh_in = math.tointeger(facts.inh_in[id]),
    peers_excited = facts.excited[population],
  }
  statistics(record, input)
  record.rheobase = replay.rheobase(facts.scheme, cell, facts.rheobases)
  cell.v0, cell.u0 = input.before.v, input.before.u
  if not hold and at then experiment(facts.scheme, cell, input, record) end
  record.verdict = judge(record, hold)
  return record, input, cell
end

-- One that shows what a verdict means: what it is changed to, and in words.
local function showcase(record)
  if record.verdict == HELD then return { inh = 0 }, "without inhibition" end
  if record.verdict == BLOCK then
    local name = record.factor_down and "exc" or "ext"
    local factor = record.factor_down or record.ext_factor_down
    return { [name] = factor }, ("%s × %s"):format(name == "exc" and "excitation" or "external input", report.number(factor))
  end
  local exc, ext = record.factor or math.huge, record.ext_factor or math.huge
  if math.min(exc, ext) == math.huge then return nil end
  if exc <= ext then return { exc = exc }, ("excitation × %s"):format(report.number(exc)) end
  return { ext = ext }, ("external input × %s"):format(report.number(ext))
end

-- Records of silent neurons, which are in recordings: place[id] = { recording, k }. And for each verdict what is needed to
-- draw one of its neurons.
local function examine_all(net, silent, place, window)
  local facts, records, examples = survey(net), {}, {}
  for _, id in ipairs(silent) do
    id = math.tointeger(id)
    local record, input, cell = examine(net, facts, place[id], id, window)
    records[#records + 1] = record
    local change, words = showcase(record)
    if change and not examples[record.verdict] then
      examples[record.verdict] = {
        id = id, cell = cell, change = change, words = words,
        input = { ext = input.ext:totable(), exc = input.exc:totable(), inh = input.inh:totable() },
      }
    end
  end
  return { records = records, examples = examples }
end

-- Where the input is from ----------------------------------------------------------------------------------------------

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
    if not place[math.tointeger(id)] then return nil end
  end
  return place
end

-- Records the silent neurons from now on.
local function record_silent(net, silent)
  local place = {}
  for _, slice in ipairs(slices_of(net, silent)) do
    local recording = net:record(slice, needed(slice.model), { every = net.dt, name = "silence of " .. slice.name })
    for k, id in ipairs(recording.neurons) do place[math.tointeger(id)] = { recording, k } end
  end
  return place
end

-- Runs the network again from its start, to where it is now.
local function run_again(net, start, ids, silent, window)
  local spikes = again.compared(net, function() return spikes_of(net, ids, window) end)
  local before = again.state(net, spikes)
  return again.run(FUNC, net, start, function()
    net:run(window.from - net.time)
    local place = record_silent(net, silent)
    net:run(before.time - net.time)
    if not again.same(before, again.state(net, spikes)) then return { differs = true } end
    return examine_all(net, silent, place, window)
  end)
end

-- The text -------------------------------------------------------------------------------------------------------------

local MOST_ROWS = 20

local meanings = {
  [HELD] = "with the same input, but no inhibition, they fire",
  [BLOCK] = "they got so much that v stayed up and never came back to fire; with less, they fire",
  [CUT] = "no excitatory synapse ends at them",
  [WEAK] = "their input is too weak, inhibition or not; the last column says what would have been enough",
  clamped = "their voltage was clamped",
  lesioned = "population:silence() was called for them",
  [NOT] = "alone, with the same input, they did not do the same: no verdict (see docs/explain.md)",
}

local function times(what, factor)
  return ("%s × %s"):format(what, report.number(factor))
end

-- What would have made a neuron fire.
local function remedy(record)
  local texts = {}
  if record.verdict == BLOCK then
    if record.factor_down then texts[1] = times("excitation", record.factor_down) end
    if record.ext_factor_down then texts[#texts + 1] = times("external", record.ext_factor_down) end
    return table.concat(texts, "; ")
  end
  if not record.reproduced then return "" end
  if record.verdict == HELD then texts[1] = "no inhibition" end
  if record.factor then texts[#texts + 1] = times("excitation", record.factor) end
  if record.ext_factor then texts[#texts + 1] = times("external", record.ext_factor) end
  if #texts == 0 and record.exc_in > 0 and record.exc_sd == 0 and record.exc_mean == 0 then
    return "nothing came: its sources were silent"
  end
  if #texts == 0 then return "nothing that was tried" end
  return table.concat(texts, "; ")
end

local function rheobase_text(record)
  if record.rheobase == math.huge then return "none" end
  return record.rheobase == 0 and "fires alone" or report.number(record.rheobase)
end

local function row_of(record)
  return {
    ("%d"):format(record.id), record.population, ("%d + %d"):format(record.exc_in, record.inh_in),
    report.mean_sd(record.exc_mean, record.exc_sd), report.mean_sd(record.inh_mean, record.inh_sd),
    report.mean_sd(record.ext_mean, record.ext_sd), rheobase_text(record), remedy(record),
  }
end

local headings = { "neuron", "population", "synapses", "excitation", "inhibition", "external", "rheobase", "would have fired with" }
local right = { true, false, true, true, true, true, true, false }

local function unit_of(records)
  local names = {}
  for i, record in ipairs(records) do names[i] = record.model end
  return models.units(names)
end

-- One table, so that columns are aligned, cut into verdicts.
local function tables(records, counts)
  local rows, titles = { headings }, {}
  local function title(text) -- before the next row
    local k = #rows + 1
    titles[k] = titles[k] and titles[k] .. "\n" .. text or text
  end
  for _, verdict in ipairs(verdicts) do
    if counts[verdict] then
      title(("%s (%d): %s"):format(verdict, counts[verdict], meanings[verdict]))
      local shown = 0
      for _, record in ipairs(records) do
        if record.verdict == verdict and shown < MOST_ROWS then
          rows[#rows + 1] = row_of(record)
          shown = shown + 1
        end
      end
      if counts[verdict] > shown then title(("  … and %d more"):format(counts[verdict] - shown)) end
    end
  end
  return rows, titles
end

local function text_of(found)
  local window = ("%g < t ≤ %g ms"):format(found.from, found.to)
  if found.size == 0 then return ("silence: every neuron of %s fired in %s"):format(report.count(found.of, "neuron"), window) end
  local lines = { ("silence: %d of %s did not fire in %s"):format(found.size, report.count(found.of, "neuron"), window) }
  if not found.trusted then
    lines[2] = report.wrap(found.reason)
    return table.concat(lines, "\n")
  end
  lines[2] = report.wrap("Each was put into a network of its own, where it got exactly its own input again, with one thing changed.")
  lines[3] = ""
  local rows, titles = tables(found.neurons, found.counts)
  for k, line in ipairs(report.align(rows, right)) do
    lines[#lines + 1] = titles[k]
    lines[#lines + 1] = line
  end
  lines[#lines + 1] = titles[#rows + 1]
  lines[#lines + 1] = ""
  lines[#lines + 1] = report.wrap(("Synapses: excitatory + inhibitory ones that end at the neuron. Excitation, inhibition, external: the currents "
    .. "that it got, mean ± sd over time (%s). Rheobase: the smallest constant current that makes the cell, at rest before, fire "
    .. "within 1 s. Factors are the smallest that do, right to 1 %%."):format(unit_of(found.neurons)))
  return table.concat(lines, "\n")
end

-- The figure -----------------------------------------------------------------------------------------------------------

local function numbers_panel(izh, found, options)
  local series = { exc = {}, inh = {}, ext = {}, rheobase = {} }
  local x = {}
  for k, record in ipairs(found.neurons) do
    x[k] = record.id
    for _, name in ipairs(parts) do series[name][k] = record[name .. "_mean"] end
    series.rheobase[k] = record.rheobase < math.huge and record.rheobase or 0 / 0
  end
  local function one(name, label) return { x = x, y = series[name], label = label, style = "points" } end
  return izh.curve({ one("exc", "excitation"), one("inh", "inhibition"), one("ext", "external"), one("rheobase", "rheobase") },
    { xlabel = "Silent neuron", ylabel = ("Mean current (%s)"):format(unit_of(found.neurons)), title = options.title or "What silent neurons got, and would need", span = options.span })
end

-- v of a neuron as it was, and with one thing changed.
local function example_panel(izh, found, verdict, example, options)
  local input = {}
  for _, name in ipairs(parts) do input[name] = core.numbers(FUNC, name, example.input[name]) end
  local factors = {}
  for _, name in ipairs(parts) do factors[name] = { 1, example.change[name] or 1 } end
  local times, v = replay.traces(found.scheme, example.cell, 2, input, factors)
  local x = {}
  for k = 1, #times do x[k] = found.from + times[k] end
  return izh.curve({
    { x = x, y = v[2], label = example.words, style = "line" },
    { x = x, y = v[1], label = "as it was", style = "line" },
  }, {
    xlabel = "Time (ms)", ylabel = "<i>v</i> (mV)", xlim = { found.from, found.to },
    title = options.title or ("Neuron %d: %s"):format(example.id, verdict), span = options.span,
  })
end

local function draw(found, func)
  local izh = require "izhlua"
  if found.size == 0 then core.raise(func, "no neuron was silent: there is nothing to draw") end
  if not found.trusted then core.raise(func, "there is nothing to draw: " .. found.reason) end
  local makers = { function(options) return numbers_panel(izh, found, options) end }
  for _, verdict in ipairs(verdicts) do
    local example = found.examples[verdict]
    if example then makers[#makers + 1] = function(options) return example_panel(izh, found, verdict, example, options) end end
  end
  return makers
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
    of, silent = of + #spikes.neurons, join(silent, spikes:silent():totable())
  end
  local place = find_recordings(net, silent, window)
  local got
  if #silent == 0 then
    got = { records = {}, examples = {} }
  elseif place then
    got = examine_all(net, silent, place, window)
  else
    again.check_start(FUNC, net, start, from)
    got = run_again(net, start, ids, silent, window)
  end
  local counts = {}
  for _, record in ipairs(got.records or {}) do counts[record.verdict] = (counts[record.verdict] or 0) + 1 end
  local found = {
    from = from, to = to, of = of, size = #silent, neurons = got.records or {}, counts = counts,
    trusted = not got.differs, reason = got.differs and DIFFERS or false, examples = got.examples, scheme = core.scheme(net),
  }
  local text = text_of(found)
  return report.new("explanation of silence", found.neurons, {
    from = from, to = to, of = found.of, size = found.size, neurons = found.neurons, counts = counts, trusted = found.trusted,
  }, text, function(func) return draw(found, func) end, { page = { width = "double", columns = 2 } })
end
