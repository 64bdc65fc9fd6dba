-- Variables over time: izh.trace(recording, options), izh.trace({ t =, v =, … , spikes = }, options).
local core = require "izhlua.core"
local check = require "izhlua.options"
local join = require "izhlua.join"
local panel = require "izhlua.figure.panel"
local time = require "izhlua.figure.time"
local models = require "izhlua.models"
local text, range, column = check.text, check.range, panel.column
local INK, SERIES = panel.INK, panel.INK.series

-- The order of variables if a script gives none. height: the height of a track relative to others; 1 if not given.
local variables = { "v", "u", "i", "i_exc", "i_inh", "i_ext" }
local known = {
  v = { symbol = "<i>v</i>", unit = "mV", height = 3 },
  u = { symbol = "<i>u</i>", height = 1.5 },
  i = { symbol = "<i>I</i>" },
  i_exc = { symbol = "<i>I</i><sub>exc</sub>", ink = INK.excitatory },
  i_inh = { symbol = "<i>I</i><sub>inh</sub>", ink = INK.inhibitory },
  i_ext = { symbol = "<i>I</i><sub>ext</sub>" },
}
local PEAK = models[1].peak({}, 0) -- the peak of the model of 2003, in mV

-- The times of samples must ascend; otherwise the line would run back.
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

-- The positions, among the recorded neurons, of neurons given by id; the first one if none is given.
local function read_neurons(func, recording, neurons)
  local ids, places, given = recording.neurons, {}, neurons
  if #ids == 0 then
    core.raise(func, "this is a recording of synapses, not of neurons; "
      .. "draw it with izh.curve{ x = r:times(), y = r:values(\"weight\", k) }")
  end
  if given == nil then return { 1 } end
  if math.type(given) == "integer" then given = { given } end
  if core.kind(given) == "population" then given = given.ids:totable() end
  if type(given) ~= "table" then core.wrong(func, "neurons", "an id, a list of ids, or a population", neurons) end
  if core.list(func, "neurons", given) == 0 then core.raise(func, "neurons must not be empty") end
  local place = {}
  for k = 1, #ids do place[ids[k]] = k end
  for i, id in ipairs(given) do
    places[i] = place[id] or core.wrong(func, ("neurons[%d]"):format(i),
      "the id of a neuron that was recorded, " .. panel.recorded(ids), id)
  end
  return places
end

-- The samples of a variable. A current is that of the step which ends at the time of the sample, so at time 0 there is
-- none.
local function samples(recording, name, k, t)
  local values = recording:values(name, k)
  if name:sub(1, 1) ~= "i" or #values == 0 or t[1] > 0 then return values end
  local list = values:totable()
  list[1] = 0 / 0
  return core.numbers("trace", name, list)
end

-- The only line of a recording of a mean.
local function from_mean(func, recording, o, data)
  if o.neurons ~= nil then core.raise(func, "this is a recording of a mean: there are no neurons to choose from") end
  local cell, model = { values = {}, label = ("mean of %d neurons"):format(#data.ids) }, nil
  model, cell.peak, data.seed = core.recorded(recording)
  for _, name in ipairs(data.names) do cell.values[name] = samples(recording, name, nil, data.t) end
  data.cells[1], data.unit = cell, models.units{ model }
  return data
end

-- Both functions return { t = vector, names = {…}, cells = { { label =, spikes =, values = { name = vector … } } … } }.
local function from_recording(func, recording, o)
  local names = o.variables and read_names(func, "variables", o.variables) or recording.variables
  local data = { t = recording:times(), names = names, cells = {}, ids = recording.neurons }
  local kinds = {}
  if recording.of == "mean" then return from_mean(func, recording, o, data) end
  for i, k in ipairs(read_neurons(func, recording, o.neurons)) do
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

local function names_of(func, given, o)
  if o.variables then return read_names(func, "variables", o.variables) end
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

local function from_table(func, given, o)
  if o.neurons ~= nil then core.raise(func, "neurons can be given for a recording only") end
  if given.t == nil then core.raise(func, "the times are missing: { t = {…}, v = {…} }") end
  local data = { t = core.numbers(func, "t", given.t), names = names_of(func, given, o), cells = { { values = {} } } }
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

-- Checks a table with an entry for some variables.
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

-- ylim = { lo, hi } is the range of the first variable.
local function read_ylim(func, ylim, names)
  if type(ylim) == "table" and ylim[1] ~= nil then return { [names[1]] = range(func, "ylim", ylim) } end
  return read_each(func, "ylim", ylim, names, range)
end

local function trace_series(data, name, o, x)
  local series, t = {}, time.on(x, data.t)
  for i, cell in ipairs(data.cells) do
    local many = #data.cells > 1
    local one = {
      x = t, y = cell.values[name], width = 0.5,
      ink = many and SERIES or known[name] and known[name].ink or INK.neutral, shade = i - 1,
    }
    if many and name == data.names[1] then one.label = o.labels and o.labels[i] or cell.label end
    if name == "v" and cell.spikes then
      one.spikes, one.peak = time.on(x, cell.spikes), o.peak or cell.peak or PEAK
    end
    series[i] = one
  end
  return series
end

local function axis_title(name, unit)
  local symbol = known[name] and known[name].symbol or name
  return unit == "" and symbol or ("%s (%s)"):format(symbol, unit)
end

local function trace_window(func, source, data, o)
  local n = #data.t
  if core.kind(source) == "recording" then core.window(func, o, "recording", source.from, source.to) end
  local first, last = n > 0 and data.t[1] or 0, n > 0 and data.t[n] or 1
  local from = o.from or first
  local to = o.to or math.max(last, from)
  if to < from then core.raise(func, ("to must not be before from (got %g and %g ms)"):format(to, from)) end
  return from, to
end

local function read_source(func, source, o)
  if core.kind(source) == "recording" then return from_recording(func, source, o) end
  if type(source) == "table" then return from_table(func, source, o) end
  core.wrong(func, "the first argument of izh.trace", "a recording or a table { t = {…}, v = {…} }", source)
end

-- The unit of a variable, when that of the model's currents is known.
local function unit_of(name, of_currents)
  return known[name] and known[name].unit or of_currents or "a.u."
end

-- The tracks, from top to bottom.
local function trace_tracks(func, data, o, bars, x)
  local ylim = read_ylim(func, o.ylim, data.names)
  local units = read_each(func, "units", o.units, data.names, text)
  local heights = read_each(func, "heights", o.heights, data.names, positive)
  local tracks = {}
  for i, name in ipairs(data.names) do
    local of = known[name] or {}
    local unit = units[name] or unit_of(name, data.unit)
    local limits = ylim[name] or {}
    tracks[i] = {
      y = { title = axis_title(name, unit), unit = unit, lo = limits[1], hi = limits[2], bar = panel.bar(bars[name]) },
      share = heights[name] or of.height or 1,
      series = trace_series(data, name, o, x),
    }
  end
  return tracks
end

local function check_labels(func, what, labels)
  for i, label in ipairs(read_names(func, what, labels, "a list of strings")) do
    text(func, ("%s[%d]"):format(what, i), label)
  end
  return labels
end

return {
  variable_title = function(name, of_currents) return axis_title(name, unit_of(name, of_currents)) end,
  help = "variables over time, of a recording or of { t = {…}, v = {…}, … }; spikes go up to the peak",
  source = "izhlua.Recording|table",
  options = {
    { name = "bars", kind = "given", type = "table<string, number|false>",
      help = "lengths of the scale bars of time and of each variable; false for none" },
    { name = "variables", kind = "given", type = "string|string[]",
      help = "drawn above each other; default the recorded ones, or v, u, i, i_exc, i_inh, i_ext, then others by name" },
    { name = "neurons", kind = "given", type = "integer|integer[]",
      help = "ids of neurons, drawn over each other; default the first recorded neuron" },
    panel.from, panel.to,
    { name = "ylim", kind = "given", type = "number[]|table<string, number[]>",
      help = "{ lo, hi } of the first variable, or of each by name" },
    { name = "peak", unit = "mV", low = -1e6, high = 1e6, allowed = "a number of mV",
      help = "v at a spike; default the peak of the recorded cell, or 30" },
    { name = "units", kind = "given", type = "table<string, string>",
      help = "units of variables; default mV for v, and that of the model's currents for others" },
    { name = "labels", type = "string[]", check = check_labels, help = "labels of the neurons; default \"neuron 7\"" },
    { name = "heights", kind = "given", type = "table<string, number>",
      help = "relative heights of tracks; default v 3, u 1.5, others 1" },
  },
  make = function(self, source, o)
    local func, data = self.name, read_source(self.name, source, o)
    local from, to = trace_window(func, source, data, o)
    local bars = panel.read_bars(func, o.bars, join({ "time" }, data.names))
    local x = time.axis(from, to, o.marks, bars.time)
    x.shared = not o.from and not o.to
    local plot = {
      x = x, seed = data.seed, empty = from == to and "window of length zero" or "no samples",
      tracks = trace_tracks(func, data, o, bars, x),
    }
    return plot, ("trace panel: %s in %g … %g ms"):format(table.concat(data.names, ", "), from, to)
  end,
}
