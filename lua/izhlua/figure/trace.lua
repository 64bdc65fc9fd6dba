-- Variables over time: izh.trace, of a recording or of a table of numbers. Drawing is in C (src/figure/plot.h).
local core = require "izhlua.core"
local check = require "izhlua.options"
local join = require "izhlua.join"
local panel = require "izhlua.figure.panel"
local models = require "izhlua.models"
local finite, text, range = check.finite, check.text, check.range
local INK, SERIES = panel.INK, panel.INK.series
local axes_options, read_frame, read_bars = panel.axes_options, panel.frame, panel.bars
local bar, column = panel.bar, panel.column

local trace_options =
  join(axes_options, { "variables", "neurons", "from", "to", "ylim", "peak", "units", "labels", "heights" })

-- In this order, when a script gives none. height: of its track, next to that of the others.
local variables = { "v", "u", "i", "i_exc", "i_inh", "i_ext" }
local known = {
  v = { symbol = "<i>v</i>", unit = "mV", height = 3 },
  u = { symbol = "<i>u</i>", height = 1.5 },
  i = { symbol = "<i>I</i>" },
  i_exc = { symbol = "<i>I</i><sub>exc</sub>", ink = INK.excitatory },
  i_inh = { symbol = "<i>I</i><sub>inh</sub>", ink = INK.inhibitory },
  i_ext = { symbol = "<i>I</i><sub>ext</sub>" },
}
local PEAK = models[1].peak({}, 0) -- mV, of the model of 2003

-- Times of the samples must ascend, or a line would run back.
local function check_ascending(func, what, t)
  for k = 1, #t do
    if t[k] ~= t[k] then core.wrong(func, ("%s[%d]"):format(what, k), "a number", t[k]) end
    if k > 1 and t[k] < t[k - 1] then
      core.raise(func, ("%s must ascend, but %s[%d] = %g"):format(what, what, k, t[k]))
    end
  end
end

local function read_names(func, what, names, allowed)
  if type(names) == "string" then names = { names } end
  if type(names) ~= "table" then core.wrong(func, what, allowed or "a list such as { \"v\", \"i_ext\" }", names) end
  if core.list(func, what, names) == 0 then core.raise(func, what .. " must not be empty") end
  for i, name in ipairs(names) do
    if type(name) ~= "string" then core.wrong(func, ("%s[%d]"):format(what, i), "a string", name) end
  end
  return names
end

-- The places of neurons, given by id, among those recorded; the first one when none is given.
local function read_neurons(func, recording, neurons)
  local ids, places, given = recording.neurons, {}, neurons
  if #ids == 0 then core.raise(func, "this is a recording of synapses, not of neurons; draw it with izh.curve{ x = r:times(), y = r:values(\"weight\", k) }") end
  if given == nil then return { 1 } end
  if math.type(given) == "integer" then given = { given } end
  if type(given) ~= "table" then core.wrong(func, "neurons", "a list of ids", neurons) end
  if core.list(func, "neurons", given) == 0 then core.raise(func, "neurons must not be empty") end
  local place = {}
  for k = 1, #ids do place[ids[k]] = k end
  for i, id in ipairs(given) do
    places[i] = place[id] or core.wrong(func, ("neurons[%d]"):format(i), ("the id of a neuron that was recorded, %s"):format(panel.recorded(ids)), id)
  end
  return places
end

-- A current is that of the step which ended at the time of the sample: at 0 there is none.
local function samples(recording, name, k, t)
  local values = recording:values(name, k)
  if name:sub(1, 1) ~= "i" or #values == 0 or t[1] > 0 then return values end
  local list = values:totable()
  list[1] = 0 / 0
  return core.numbers("trace", name, list)
end

-- From either source: { t = vector, names = {…}, cells = { { label =, spikes =, values = { name = vector … } } … } }
local function from_recording(func, recording, options)
  local names = options.variables and read_names(func, "variables", options.variables) or recording.variables
  local data = { t = recording:times(), names = names, cells = {}, ids = recording.neurons }
  local kinds = {}
  for i, k in ipairs(read_neurons(func, recording, options.neurons)) do
    local cell = { values = {}, spikes = recording:spikes(k), label = ("neuron %d"):format(data.ids[k]) }
    local model
    model, cell.peak, data.seed = core.recorded(recording, k)
    kinds[i] = model
    for _, name in ipairs(names) do cell.values[name] = samples(recording, name, k, data.t) end
    data.cells[i] = cell
  end
  data.unit = models.units(kinds)
  return data
end

local function names_of(func, given, options)
  if options.variables then return read_names(func, "variables", options.variables) end
  local names, rest, seen = {}, {}, { t = true, spikes = true }
  for _, name in ipairs(variables) do
    if given[name] ~= nil then names[#names + 1] = name end
    seen[name] = true
  end
  for name in pairs(given) do
    if type(name) ~= "string" then core.raise(func, "numbers must have names: { t = {…}, v = {…} }") end
    if not seen[name] then rest[#rest + 1] = name end
  end
  table.sort(rest)
  return join(names, rest)
end

local function from_table(func, given, options)
  if options.neurons ~= nil then core.raise(func, "neurons can be given for a recording only") end
  if given.t == nil then core.raise(func, "the times are missing: { t = {…}, v = {…} }") end
  local data = { t = core.numbers(func, "t", given.t), names = names_of(func, given, options), cells = { { values = {} } } }
  check_ascending(func, "t", data.t)
  if #data.names == 0 then core.raise(func, "there is nothing to draw: { t = {…}, v = {…} }") end
  local cell = data.cells[1]
  for _, name in ipairs(data.names) do
    if given[name] == nil then core.raise(func, ("variable %q is not in the table"):format(name)) end
    text(func, "a name", name)
    cell.values[name] = column(func, name, given[name], #data.t, "t")
  end
  if given.spikes ~= nil then
    cell.spikes = core.numbers(func, "spikes", given.spikes)
    check_ascending(func, "spikes", cell.spikes)
  end
  return data
end

-- A table of one entry for each variable.
local function read_each(func, what, given, names, read)
  if given == nil then return {} end
  if type(given) ~= "table" then core.wrong(func, what, ("a table such as { %s = … }"):format(names[1]), given) end
  core.options(func, given, names)
  for name, value in pairs(given) do read(func, ("%s.%s"):format(what, name), value) end
  return given
end

local function positive(func, what, value)
  check.number(func, what, value, 1e-3, 1e3, "a number > 0")
end

-- The range of v may be given alone.
local function read_ylim(func, ylim, names)
  if type(ylim) == "table" and ylim[1] ~= nil then return { [names[1]] = range(func, "ylim", ylim) } end
  return read_each(func, "ylim", ylim, names, range)
end

local function trace_series(func, data, name, options)
  local series = {}
  for i, cell in ipairs(data.cells) do
    local many = #data.cells > 1
    local one = {
      x = data.t, y = cell.values[name], width = 0.5,
      ink = many and SERIES or known[name] and known[name].ink or INK.neutral, shade = i - 1,
    }
    if many and name == data.names[1] then one.label = options.labels and options.labels[i] or cell.label end
    if name == "v" and cell.spikes then
      one.spikes, one.peak = cell.spikes, options.peak or cell.peak or PEAK
    end
    series[i] = one
  end
  return series
end

local function axis_title(name, unit)
  local symbol = known[name] and known[name].symbol or name
  return unit == "" and symbol or ("%s (%s)"):format(symbol, unit)
end

local SECONDS_FROM = 10000 -- ms; longer windows are labelled in seconds, as those of rasters

local function scaled(vector, factor)
  local out = {}
  for k = 1, #vector do out[k] = vector[k] * factor end
  return core.numbers("trace", "t", out)
end

local function to_seconds(plot, data)
  local t = scaled(data.t, 1e-3)
  local x = plot.x
  x.title, x.unit, x.lo, x.hi = "Time (s)", "s", x.lo * 1e-3, x.hi * 1e-3
  if finite(x.bar) then x.bar = x.bar * 1e-3 end
  for _, mark in ipairs(plot.marks) do mark.from, mark.to = mark.from * 1e-3, mark.to * 1e-3 end
  for _, track in ipairs(plot.tracks) do
    for _, series in ipairs(track.series) do
      series.x = t
      if series.spikes then series.spikes = scaled(series.spikes, 1e-3) end
    end
  end
end

local function trace_window(func, data, options)
  local n = #data.t
  local first, last = n > 0 and data.t[1] or 0, n > 0 and data.t[n] or 1
  local from = check.number(func, "from", options.from, -1e12, 1e12, "a finite number of ms") or first
  local to = check.number(func, "to", options.to, -1e12, 1e12, "a finite number of ms") or math.max(last, from)
  if to < from then core.raise(func, ("to must not be before from (got %g and %g ms)"):format(to, from)) end
  return from, to
end

-- izh.trace(recording, options) or izh.trace({ t =, v =, … , spikes = }, options)
return function(source, options, ...)
  local func = "trace"
  check.call(func, source, ...)
  options = check.known(func, options, trace_options)
  local data
  if core.kind(source) == "recording" then
    data = from_recording(func, source, options)
  elseif type(source) == "table" then
    data = from_table(func, source, options)
  else
    core.wrong(func, "the first argument of izh.trace", "a recording or a table { t = {…}, v = {…} }", source)
  end
  local from, to = trace_window(func, data, options)
  check.number(func, "peak", options.peak, -1e6, 1e6, "a number of mV")
  if options.labels ~= nil then
    local labels = read_names(func, "labels", options.labels, "a list of strings")
    for i, label in ipairs(labels) do text(func, ("labels[%d]"):format(i), label) end
  end
  local ylim = read_ylim(func, options.ylim, data.names)
  local units = read_each(func, "units", options.units, data.names, text)
  local heights = read_each(func, "heights", options.heights, data.names, positive)
  local bars = read_bars(func, options.bars, join({ "time" }, data.names))
  local plot = {
    title = text(func, "title", options.title),
    span = panel.span(func, options.span),
    frame = read_frame(func, options),
    x = { title = "Time (ms)", unit = "ms", lo = from, hi = to, bar = bar(bars.time) },
    marks = panel.marks(func, options.marks),
    seed = data.seed,
    empty = from == to and "window of length zero" or "no samples",
    tracks = {},
  }
  for i, name in ipairs(data.names) do
    local of = known[name] or {}
    local unit = units[name] or of.unit or data.unit or "a.u."
    local limits = ylim[name] or {}
    plot.tracks[i] = {
      y = { title = axis_title(name, unit), unit = unit, lo = limits[1], hi = limits[2], bar = bar(bars[name]) },
      share = heights[name] or of.height or 1,
      series = trace_series(func, data, name, options),
    }
  end
  if to - from >= SECONDS_FROM then to_seconds(plot, data) end
  return panel.new(plot, ("trace panel: %s in %g … %g ms"):format(table.concat(data.names, ", "), from, to))
end
