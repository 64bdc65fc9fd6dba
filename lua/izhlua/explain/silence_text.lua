-- The report of izh.explain.silence: its tables, by verdict, and its figure.
local core = require "izhlua.core"
local models = require "izhlua.models"
local join = require "izhlua.join"
local panel = require "izhlua.figure.panel"
local neuron = require "izhlua.explain.neuron"
local range = require "izhlua.explain.range"
local replay = require "izhlua.explain.replay"
local report = require "izhlua.explain.report"

local parts = { "exc", "inh", "ext" }
local MOST_ROWS = 20

local meanings = {
  [neuron.HELD] = "with the same input, but no inhibition, they fire",
  [neuron.OUTSIDE] = "without a negative input from outside, which the last column names, they fire",
  [neuron.TIRED] = "with u at rest when the window began, they fire at the same input",
  [neuron.OTHER] = "without what the last column names, they fire",
  [neuron.BLOCK] = "v stayed up; less input makes them fire, as much more does not",
  [neuron.CUT] = "no excitatory synapse ends at them",
  [neuron.WEAK] = "more input makes them fire, and taking anything away does not",
  [neuron.NONE] = "nothing that was tried",
  clamped = "their voltage was clamped",
  lesioned = "population:silence() was called for them",
  [neuron.NOT] = "alone, with the same input, they did not do the same: no verdict (see docs/explain.md)",
}

local function times(what, factor)
  return ("%s × %s"):format(what, report.number(factor))
end

-- More input that makes it fire.
local function stronger(record)
  local texts = {}
  if record.factor then texts[1] = times("excitation", record.factor) end
  if record.ext_factor then texts[#texts + 1] = times("external", record.ext_factor) end
  if #texts == 0 and record.more then texts[1] = ("a current of %s more"):format(report.number(record.more)) end
  return texts
end

-- With what a neuron would have fired.
local function remedy(record)
  local texts = {}
  if not record.reproduced then return "" end
  for i, set in ipairs(record.fires_with) do
    local needs = record.needs_fluctuations[i] and " (but with fluctuations)" or ""
    if i <= 3 then texts[i] = "no " .. report.set_words(set) .. needs end
  end
  if record.verdict == neuron.TIRED then table.insert(texts, 1, "u at rest") end
  if record.verdict == neuron.BLOCK then
    if record.factor_down then texts[1] = times("excitation", record.factor_down) end
    if record.ext_factor_down then texts[#texts + 1] = times("external", record.ext_factor_down) end
  end
  texts = join(texts, stronger(record))
  if record.exc_in > 0 and record.exc_sd == 0 and record.exc_mean == 0 and not record.jumps and #record.fires_with == 0 then
    texts = join({ "nothing came: its sources were silent" }, texts)
  end
  return #texts > 0 and table.concat(texts, "; ") or "nothing that was tried"
end

local function rheobase_text(record)
  if record.rheobase == math.huge then return "none" end
  if record.rheobase == 0 then return "fires alone" end
  return report.number(record.rheobase)
end

local function row_of(record)
  return {
    ("%d"):format(record.id), record.population, ("%d + %d"):format(record.exc_in, record.inh_in),
    report.mean_sd(record.exc_mean, record.exc_sd), report.mean_sd(record.inh_mean, record.inh_sd),
    report.mean_sd(record.ext_mean, record.ext_sd), rheobase_text(record),
    record.steady_rheobase and report.number(record.steady_rheobase) or "–", remedy(record),
  }
end

local headings = { "neuron", "population", "synapses", "excitation", "inhibition", "external", "rheobase", "steady", "would have fired with" }
local right = { true, false, true, true, true, true, true, true, false }

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
  for _, verdict in ipairs(neuron.verdicts) do
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

local LEGEND = "Synapses: excitatory + inhibitory ones that end at the neuron. Excitation, inhibition, external: the currents "
  .. "that it got, mean ± sd over time (%s)%s. Rheobase: the smallest constant current that makes the cell, at rest before, fire "
  .. "within 1 s; steady: the one at which it has no stable rest. Factors are the smallest that do, right to 1 %%, on excitation and on the "
  .. "positive part of what comes from outside.%s"

local function legend(found)
  local jumps, unstable = false, false
  for _, record in ipairs(found.neurons) do
    jumps, unstable = jumps or record.jumps, unstable or record.unstable
  end
  return LEGEND:format(unit_of(found.neurons), jumps and ", beside jumps of v by delta synapses" or "",
    unstable and " Runs in which v came to where the scheme is unstable say nothing, and are left out." or "")
end

local function text_of(found, counts)
  local window = ("%g < t ≤ %g ms"):format(found.from, found.to)
  if found.size == 0 then return ("silence: every neuron of %s fired in %s"):format(report.count(found.of, "neuron"), window) end
  local lines = { ("silence: %d of %s did not fire in %s"):format(found.size, report.count(found.of, "neuron"), window) }
  if not found.trusted then
    lines[2] = report.wrap(found.reason)
    return table.concat(lines, "\n")
  end
  lines[2] = report.wrap("Each was put into a network of its own, where it got exactly its own input again, with something taken away, "
    .. "in all sets, or made stronger or weaker.")
  if found.beyond then lines[3] = report.wrap(range.text(found.beyond)) end
  lines[#lines + 1] = ""
  local rows, titles = tables(found.neurons, counts)
  for k, line in ipairs(report.align(rows, right)) do
    lines[#lines + 1] = titles[k]
    lines[#lines + 1] = line
  end
  lines[#lines + 1] = titles[#rows + 1]
  lines[#lines + 1] = ""
  lines[#lines + 1] = report.wrap(legend(found))
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

-- v of a neuron as it was, and with something changed.
local function example_panel(izh, found, verdict, example, options)
  local function vector(list) return list and core.numbers("plot", "samples", list) end
  local given = example.input
  local input = { steps = given.steps, begin = vector(given.begin), jumps = vector(given.jumps), g = vector(given.g) }
  for i, part in ipairs(given) do
    input[i] = { name = part.name, instead = part.instead, values = vector(part.values), jumps = vector(part.jumps), g = vector(part.g) }
  end
  local from_rest, v = replay.traces(found.scheme, example.cell, input, { {}, example.change })
  local x = {}
  for k = 1, #from_rest do x[k] = found.from + from_rest[k] end
  return izh.curve({
    { x = x, y = v[2], label = example.words, style = "line" },
    { x = x, y = v[1], label = "as it was", style = "line" },
  }, {
    xlabel = "Time (ms)", ylabel = "<i>v</i> (mV)", xlim = { found.from, found.to },
    title = options.title or ("Neuron %d: %s"):format(example.id, verdict), span = options.span,
  })
end

-- A page for when there is nothing to show but the raster.
local function raster_panel(found, title, options)
  local copy = {}
  for key, value in pairs(panel.get(found.raster)) do copy[key] = value end
  copy.title, copy.span = options.title or title, options.span
  return panel.new("raster", copy, tostring(found.raster))
end

local function draw(found)
  local izh = require "izhlua"
  if found.size == 0 or not found.trusted then
    local title = found.size == 0 and "No neuron was silent" or "Not the same when run again: nothing can be said"
    return { function(options) return raster_panel(found, title, options) end }
  end
  local makers = { function(options) return numbers_panel(izh, found, options) end }
  for _, verdict in ipairs(neuron.verdicts) do
    local example = found.examples[verdict]
    if example then makers[#makers + 1] = function(options) return example_panel(izh, found, verdict, example, options) end end
  end
  return makers
end

return function(net, found)
  local counts = {}
  for _, record in ipairs(found.neurons) do counts[record.verdict] = (counts[record.verdict] or 0) + 1 end
  found.raster = (found.size == 0 or not found.trusted) and panel.quiet(panel.draw("raster", net, { from = found.from, to = found.to }))
  return report.new("explanation of silence", found.neurons, {
    from = found.from, to = found.to, of = found.of, size = found.size, neurons = found.neurons, counts = counts, trusted = found.trusted,
  }, text_of(found, counts), function() return draw(found) end, { page = { width = "double", columns = 2 } })
end
