-- izh.analysis: the measures, as methods of spikes (s:cv()) and, for spikes and for times from elsewhere, as functions
-- (izh.analysis.cv(trains)). Each is a file in measures/, found by its name; izhlua.measure says what is in one.
-- Options are checked at the line of the script that gives them; what takes long is in C.
--
-- Every measure of spikes takes the options from, to and of. It returns one value; what a number is of is asked apart:
--   print(s:describe("cv"))   --> cv 0.831 (n = 37 neurons with ≥ 3 spikes of 50, 0 < t ≤ 1000 ms)
local core = require "izhlua.core"
local measure = require "izhlua.measure"
local options = require "izhlua.options"
local measures, window = measure.c, measure.window

local analysis = {}

-- Results ----------------------------------------------------------------------------------------------------------

local explanation = { __name = "explanation", __metatable = false, __tostring = function(self) return self.text end }

-- What is said of a value, text for readers and fields for scripts; `where` is the window, in words.
local function explain(m, where, value, said, fields)
  fields = fields or {}
  if type(said) == "table" then
    said[#said + 1] = where
    local unit = m.unit and value == value and " " .. m.unit or ""
    said = ("%s %s%s (%s)"):format(m.name, measure.shown(value), unit, table.concat(said, ", "))
  end
  fields.name, fields.value, fields.unit, fields.text = m.name, value, m.unit, said or tostring(value)
  return setmetatable(fields, explanation)
end

-- What a script gets of what a measure returns: the value, a table as one that prints as a sentence; or what describes
-- it, which such a table does itself.
local function answer(m, describes, where, value, said, fields)
  if type(value) == "table" and said then
    return setmetatable(value, { __name = "result", __metatable = false, __tostring = function() return said end })
  end
  if describes then return explain(m, where, value, said, fields) end
  return fields and fields.each or value
end

-- Spikes, or what becomes some ------------------------------------------------------------------------------------

-- The options from and to, when they are given.
local function read_ends(func, given)
  for _, key in ipairs{ "from", "to" } do
    local value = given[key]
    if value ~= nil and not (options.finite(value) and math.abs(value) <= 1e300) then
      core.wrong(func, key, "a finite number of ms", value)
    end
  end
  return given.from, given.to
end

local function check_order(func, from, to)
  if to < from then core.raise(func, ("to must not be before from (got %g and %g ms)"):format(to, from)) end
end

-- The least and the greatest time of an array. What is no time is told of later, by name.
local function range(train)
  if type(train) == "userdata" then return #train > 0 and train:min() or math.huge, #train > 0 and train:max() or 0 end
  local least, most = math.huge, 0
  for k = 1, #train do
    local t = train[k]
    if options.finite(t) then least, most = math.min(least, t), math.max(most, t) end
  end
  return least, most
end

-- The window of times from elsewhere: from 0 to the last spike unless given.
local function read_window(func, list, given)
  local from, to = read_ends(func, given)
  local last = from or 0
  for i = 1, from and to and 0 or #list do
    local least, most = range(list[i])
    if not from and least <= 0 then
      local what = "trains[%d] has a spike at %g ms; windows are from < t, and from is 0 unless given"
      core.raise(func, what:format(i, least))
    end
    last = math.max(last, most)
  end
  from, to = from or 0, to or last
  check_order(func, from, to)
  return from, to
end

-- Spikes of neurons 1, 2, … from a list of arrays of times, or from one array.
local function make(func, trains, given)
  if not measures.is_array(trains) then
    core.wrong(func, "the first argument", "spikes, a list of arrays of times, or one array of times", trains)
  end
  if not measures.is_array(trains[1]) and (trains[1] ~= nil or getmetatable(trains) ~= nil) then trains = { trains } end
  local list = {}
  for i = 1, #trains do
    if not measures.is_array(trains[i]) then
      core.wrong(func, ("trains[%d]"):format(i), "an array of times in ms", trains[i])
    end
    list[i] = trains[i]
  end
  return measures.make_spikes(func, list, read_window(func, list, given))
end

-- The spikes that options from, to and of choose.
local function choose(func, data, given)
  if not measures.is_spikes(data) then
    data, given = make(func, data, given), { of = given.of }
  end
  if given.from == nil and given.to == nil and given.of == nil then return data end
  return measures.slice(func, data, given)
end

-- izh.analysis.spikes(trains, { from =, to = }): times from elsewhere as spikes, which have all the measures.
function analysis.spikes(trains, given, ...)
  if trains == analysis then core.raise("spikes", "call it with a dot: izh.analysis.spikes(…)") end
  core.no_more("spikes", ...)
  if given ~= nil then core.options("spikes", given, { "from", "to" }) end
  return make("spikes", trains, given or {})
end

-- Measures of spikes -----------------------------------------------------------------------------------------------

local function read_known(m, given, more, ...)
  core.no_more(m.name, ...)
  if given ~= nil then core.options(m.name, given, options.names(m.options, more)) end
  return given or {}
end

-- The spikes of the time in which all neurons of these and of others were there.
local function of_common_time(func, s, other)
  local late, since = measures.late(s)
  if other then
    local others, begun = measures.late(other)
    late, since = late + others, math.max(since, begun)
  end
  return late > 0 and measures.slice(func, s, { from = since }) or s
end

local function of_spikes(m, describes, data, given, ...)
  given = read_known(m, given, { "from", "to", "of" }, ...)
  local s = choose(m.name, data, given)
  if not m.late then s = of_common_time(m.name, s) end
  return answer(m, describes, window(s), m:measure(s, options.read(m.name, m.options, given, s), given))
end

local function of_two(m, describes, a, b, given, ...)
  given = read_known(m, given, {}, ...)
  if not measures.is_spikes(a) then core.wrong(m.name, "the first argument", "spikes", a) end
  if not measures.is_spikes(b) then core.wrong(m.name, "the other spikes", "spikes", b) end
  if a.to == b.to then a, b = of_common_time(m.name, a, b), of_common_time(m.name, b, a) end
  return answer(m, describes, window(a), m:measure(a, options.read(m.name, m.options, given, a), given, b))
end

local function ask(name, describes, ...)
  local m = measure.load(name)
  return (m.other and of_two or of_spikes)(m, describes, ...)
end

-- Measures of recordings -------------------------------------------------------------------------------------------

-- Which samples lie in from < t ≤ to: how many come before, how many they are, and these, in words.
local function read_samples(func, recording, given)
  local times, every = recording:times(), recording.every
  local _, to = core.window(func, given, "recording", recording.from, recording.to)
  local from = given.from -- else the first sample, which may be at the very beginning, counts
  local before, n = 0, 0
  for k = 1, #times do
    if from and times[k] <= from then before = k elseif times[k] <= to then n = n + 1 end
  end
  local text = n > 0 and ("%s every %g ms in %.10g … %.10g ms"):format(measure.plural(n, "sample"), every,
    times[before + 1], times[before + n]) or "no samples"
  return { recording = recording, before = before, n = n, text = text }
end

local function quoted(names)
  return "{ \"" .. table.concat(names, "\", \"") .. "\" }"
end

local function check_recorded(m, recording)
  local has = {}
  for _, name in ipairs(recording.variables) do has[name] = true end
  for _, name in ipairs(m.needs) do
    if not has[name] then
      local what = "%s was not recorded by \"%s\": net:record(target, %s) records it"
      core.raise(m.name, what:format(name, recording.name, quoted(m.needs)))
    end
  end
end

local function of_recording(name, describes, recording, given, ...)
  local m = measure.load(name, "recording")
  core.no_more(name, ...)
  if not measures.is_recording(recording) then
    core.wrong(name, "the first argument", ("a recording of %s, made by net:record(target, %s)"):format(
      table.concat(m.needs, " and "), quoted(m.needs)), recording)
  end
  given = read_known(m, given, { "from", "to" })
  check_recorded(m, recording)
  local samples = read_samples(name, recording, given)
  return answer(m, describes, samples.text, m:measure(samples, options.read(name, m.options, given, samples)))
end

-- All of them ------------------------------------------------------------------------------------------------------

local asks, names = {}, {} -- for spikes, for recordings; of all
for _, name in ipairs(core.own_files("measures")) do asks[name] = { spikes = ask } end
for _, name in ipairs(core.own_files("measures/recording")) do
  asks[name] = asks[name] or {}
  asks[name].recording = of_recording
end
for name in pairs(asks) do names[#names + 1] = name end
table.sort(names)

local function call(name, describes, data, ...)
  local of = asks[name]
  local by = of.recording and (measures.is_recording(data) or not of.spikes) and of.recording or of.spikes
  return by(name, describes, data, ...)
end

-- describe(data, name, …): what the measure of that name, called with the same, is of.
local function describe(data, name, ...)
  if type(name) ~= "string" then core.wrong("describe", "the measure", "a name, such as \"cv\"", name) end
  if not asks[name] then core.unknown("describe", "measure", name, names) end
  return call(name, true, data, ...)
end

local function no_colon(name, data)
  if data == analysis then core.raise(name, ("call it with a dot: izh.analysis.%s(…)"):format(name)) end
end

local function method(name, of)
  core.spikes_method(name, function(s, ...)
    if not measures.is_spikes(s) then core.no_self(name, "spikes", "s", s) end
    return of(s, ...)
  end)
end

for _, name in ipairs(names) do
  if asks[name].spikes then method(name, function(s, ...) return ask(name, false, s, ...) end) end
  analysis[name] = function(data, ...)
    no_colon(name, data)
    return call(name, false, data, ...)
  end
end
method("describe", describe)
method("triggered_average", function(...) return require "izhlua.triggered_average"(...) end)
function analysis.describe(data, ...)
  no_colon("describe", data)
  return describe(data, ...)
end

table.insert(names, "describe")
table.insert(names, "spikes")

return setmetatable(analysis, {
  __index = function(_, name) core.unknown("izh.analysis", "member", tostring(name), names) end,
})
