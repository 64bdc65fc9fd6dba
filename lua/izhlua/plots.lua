-- Panels of lines and points: izh.trace, izh.curve. Options are checked here; drawing is in C (src/figure/plot.h).
local core = require "izhlua.core"
local models = require "izhlua.models"
local panels = require "izhlua.panels"
local finite, text, flag, range = panels.finite, panels.text, panels.flag, panels.range

local plots = {}

local LOOK, INK, SERIES = panels.LOOK, panels.INK, panels.INK.series
local axes_options, read_frame, read_bars = panels.axes_options, panels.frame, panels.bars
local bar, column = panels.bar, panels.column

-- izh.trace ---------------------------------------------------------------------------------------------------------

local trace_options =
  panels.join(axes_options, { "variables", "neurons", "from", "to", "ylim", "peak", "units", "labels", "heights" })

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
    places[i] = place[id] or core.wrong(func, ("neurons[%d]"):format(i), ("the id of a neuron that was recorded, %s"):format(panels.recorded(ids)), id)
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
  return panels.join(names, rest)
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
local function read_each(func, what, given, names, check)
  if given == nil then return {} end
  if type(given) ~= "table" then core.wrong(func, what, ("a table such as { %s = … }"):format(names[1]), given) end
  core.options(func, given, names)
  for name, value in pairs(given) do check(func, ("%s.%s"):format(what, name), value) end
  return given
end

local function positive(func, what, value)
  panels.number(func, what, value, 1e-3, 1e3, "a number > 0")
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
  local from = panels.number(func, "from", options.from, -1e12, 1e12, "a finite number of ms") or first
  local to = panels.number(func, "to", options.to, -1e12, 1e12, "a finite number of ms") or math.max(last, from)
  if to < from then core.raise(func, ("to must not be before from (got %g and %g ms)"):format(to, from)) end
  return from, to
end

-- izh.trace(recording, options) or izh.trace({ t =, v =, … , spikes = }, options)
function plots.trace(source, options, ...)
  local func = "trace"
  panels.check_call(func, source, ...)
  options = panels.options(func, options, trace_options)
  local data
  if core.kind(source) == "recording" then
    data = from_recording(func, source, options)
  elseif type(source) == "table" then
    data = from_table(func, source, options)
  else
    core.wrong(func, "the first argument of izh.trace", "a recording or a table { t = {…}, v = {…} }", source)
  end
  local from, to = trace_window(func, data, options)
  panels.number(func, "peak", options.peak, -1e6, 1e6, "a number of mV")
  if options.labels ~= nil then
    local labels = read_names(func, "labels", options.labels, "a list of strings")
    for i, label in ipairs(labels) do text(func, ("labels[%d]"):format(i), label) end
  end
  local ylim = read_ylim(func, options.ylim, data.names)
  local units = read_each(func, "units", options.units, data.names, text)
  local heights = read_each(func, "heights", options.heights, data.names, positive)
  local bars = read_bars(func, options.bars, panels.join({ "time" }, data.names))
  local plot = {
    title = text(func, "title", options.title),
    span = panels.span(func, options.span),
    frame = read_frame(func, options),
    x = { title = "Time (ms)", unit = "ms", lo = from, hi = to, bar = bar(bars.time) },
    marks = panels.marks(func, options.marks),
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
  return panels.new(plot, ("trace panel: %s in %g … %g ms"):format(table.concat(data.names, ", "), from, to))
end

-- izh.curve ---------------------------------------------------------------------------------------------------------

local curve_options = panels.join(axes_options, { "xlabel", "ylabel", "log", "xlim", "ylim", "note" })
local series_options = { "x", "y", "error", "low", "high", "band", "label", "style" }
local styles = { "points", "line", "both" }
local FEW = 60 -- points that are worth a marker each

local function shifted(func, what, y, by, sign)
  local out = {}
  for k = 1, #y do
    if by[k] < 0 then core.raise(func, ("%s[%d] must not be negative (got %g)"):format(what, k, by[k])) end
    out[k] = y[k] + sign * by[k]
  end
  return core.numbers(func, what, out)
end

-- error = half widths, or low and high = ends.
local function read_limits(func, what, given, y)
  if given.error ~= nil then
    if given.low ~= nil or given.high ~= nil then
      core.raise(func, ("%s: give error, or low and high, not both"):format(what))
    end
    local by = column(func, what .. ".error", given.error, #y, "x")
    return shifted(func, what .. ".error", y, by, -1), shifted(func, what .. ".error", y, by, 1)
  end
  if (given.low == nil) ~= (given.high == nil) then
    core.raise(func, ("%s: low and high go together"):format(what))
  end
  if given.low == nil then return nil, nil end
  return column(func, what .. ".low", given.low, #y, "x"), column(func, what .. ".high", given.high, #y, "x")
end

local function read_series(func, what, given, i, many)
  if type(given) ~= "table" then core.wrong(func, what, "a table { x = {…}, y = {…} }", given) end
  core.options(func, given, series_options)
  for _, name in ipairs{ "x", "y" } do
    if given[name] == nil then core.raise(func, ("%s.%s is missing"):format(what, name)) end
  end
  local x = core.numbers(func, what .. ".x", given.x)
  local y = column(func, what .. ".y", given.y, #x, "x")
  local style = panels.word(func, "style", given.style, styles, #x <= FEW and "both" or "line")
  local below, above = read_limits(func, what, given, y)
  return {
    x = x, y = y, below = below, above = above, band = flag(func, what .. ".band", given.band, style == "line"),
    look = LOOK[style], label = text(func, what .. ".label", given.label),
    ink = many and SERIES or INK.neutral, shade = i - 1,
  }
end

-- izh.curve{ x =, y =, … } or izh.curve({ {…}, {…} }, options)
function plots.curve(given, options, ...)
  local func = "curve"
  panels.check_call(func, given, ...)
  options = panels.options(func, options, curve_options)
  if type(given) ~= "table" then
    core.wrong(func, "the first argument of izh.curve", "{ x = {…}, y = {…} } or a list of such tables", given)
  end
  local series = {}
  if given.x ~= nil or given.y ~= nil then
    series[1] = read_series(func, "series", given, 1, false)
  else
    local n = core.list(func, "the list of series", given)
    for i = 1, n do series[i] = read_series(func, ("series %d"):format(i), given[i], i, n > 1) end
    if n == 0 then core.raise(func, "a curve needs a series at least") end
  end
  local log = panels.word(func, "log", options.log, { "x", "y", "xy" }, "")
  local xlim, ylim = range(func, "xlim", options.xlim) or {}, range(func, "ylim", options.ylim) or {}
  local bars = read_bars(func, options.bars, { "x", "y" })
  local plot = {
    title = text(func, "title", options.title),
    span = panels.span(func, options.span),
    note = text(func, "note", options.note),
    frame = read_frame(func, options),
    x = {
      title = text(func, "xlabel", options.xlabel), lo = xlim[1], hi = xlim[2], bar = bar(bars.x),
      log = log:find("x", 1, true) ~= nil,
    },
    marks = panels.marks(func, options.marks),
    tracks = { {
      y = {
        title = text(func, "ylabel", options.ylabel), lo = ylim[1], hi = ylim[2], bar = bar(bars.y),
        log = log:find("y", 1, true) ~= nil, zero = true,
      },
      series = series,
    } },
  }
  return panels.new(plot, ("curve panel: %d series"):format(#series))
end

return plots
