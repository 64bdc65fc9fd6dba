-- What the measures in lua/izhlua/measures share. Each file there is a measure of spikes, called as the file is, and in
-- recording/ one of recordings. It returns a table:
--   kind        "neurons", a number for each and the mean over them; "pairs", the same of pairs; "population"; "series"
--   help        one line; definition: its formula; undefined: when it is NaN or empty; source: who proposed it, one or
--               several. From these, and from gives, the documentation is made (scripts/describe.lua)
--   unit        of its number
--   gives       unless it is a number: its type, or a list { name, type, help } of what is in the table
--   options     beside from, to and of: see izhlua.options
--   late        true: it is right for neurons that were added within the window; other measures get the part of the
--               window in which all of them were there
--   other       true: it compares the spikes with others, its second argument
--   needs       of a recording: the variables that it must have
--   measure     function(self, s, o, given, other): s are the spikes that from, to and of have chosen, or the samples
--               of a recording; o the options, read; given those that the script gave. It returns a number, a list of
--               what it is of, in words, and the same for scripts, in which `each`, when asked for, is returned to the
--               script in place of the number; or something else and what describes it, which a table prints as
-- Those of neurons and pairs need no function: that of the same name in C (src/analysis/measure.h) is called with the
-- options in their order. says(o, s) is what there is to say of them, `counted` which neurons or pairs have a number.
local core = require "izhlua.core"
local options = require "izhlua.options"
local measures = core.measures

local measure = { c = measures, NAN = measures.nan } -- 0/0 would print as -nan on some machines

-- In words ---------------------------------------------------------------------------------------------------------

-- 0.831, 12.3, 1234, undefined
function measure.shown(value)
  if value ~= value then return "undefined" end
  if math.type(value) == "integer" or math.abs(value) >= 1000 and math.abs(value) < 1e15 then
    return ("%.0f"):format(value)
  end
  return ("%.3g"):format(value)
end

function measure.plural(n, what)
  return ("%s %s"):format(measure.shown(n), n == 1 and what or what .. "s")
end

function measure.n(n, what)
  return "n = " .. measure.plural(n, what)
end

function measure.window(s)
  local late = measures.late(s)
  return ("%.10g < t ≤ %.10g ms"):format(s.from, s.to)
    .. (late > 0 and (", %s added within"):format(measure.plural(late, "neuron")) or "")
end

-- Options ----------------------------------------------------------------------------------------------------------

-- Raises when the window has too many pieces of so many ms to be kept.
function measure.check_pieces(func, s, key, ms)
  if (s.to - s.from) / ms > 1e9 then
    local what = "%s must not cut the window of %g ms into over 10^9 pieces (got %g ms)"
    core.raise(func, what:format(key, s.to - s.from, ms))
  end
end

-- Bins that are no multiples of dt would hold now more, now fewer steps. A default is made one.
local function check_bin(func, s, bin, is_default)
  local dt = measures.dt(s)
  if is_default then
    bin = dt == 0 and bin or math.ceil(bin / dt - 1e-9) * dt
  elseif dt > 0 and (bin / dt < 0.5 or math.abs(bin / dt - math.floor(bin / dt + 0.5)) > 1e-6) then
    core.raise(func, ("bin must be a multiple of dt = %g ms (got %g ms)"):format(dt, bin))
  end
  measure.check_pieces(func, s, "bin", bin)
  return bin
end

-- An option bin; the default may be a function of the spikes.
function measure.bin(default, help)
  return {
    name = "bin", unit = "ms", default = default, low = 0, above = true, fit = check_bin,
    help = "a multiple of dt" .. (help and "; " .. help or ""),
  }
end

measure.each = {
  name = "each", kind = "flag", help = "a vector of one number for each neuron, or a matrix of one for each pair",
}

-- The greatest lag of a correlogram, and how many bins it is.
measure.reach = { name = "window", unit = "ms", default = 50, low = 0, help = "greatest lag" }
function measure.reach_in_bins(func, o, given)
  local reach = given.window or math.max(o.window, o.bin)
  local bins = math.floor(reach / o.bin + 1e-9)
  if bins > 1e7 then
    core.raise(func, ("window has %.0f bins of %g ms; at most 10000000 are allowed"):format(bins, o.bin))
  end
  return bins
end

-- Shapes -----------------------------------------------------------------------------------------------------------

-- Of all spikes in the bins of the window.
function measure.counts(s, bin)
  return measures.all("time_histogram", s, measures.bin_count(s.from, s.to, bin), bin)
end

-- The options as C takes them: a word is its place among the known ones, from 0.
function measure.numbers(self, o)
  local list = {}
  for _, option in ipairs(self.options) do
    local value, words = o[option.name], option.words
    if option ~= measure.each then list[#list + 1] = words and options.place(words, value) - 1 or value end
  end
  return table.unpack(list)
end

-- What a mean over n of `total` neurons or pairs is of.
local function described(self, s, o, n, total, of, each)
  local details, fields = { of }, { n = n, of = total, each = o.each and each or nil }
  if self.says then table.insert(details, 1, self.says(o, s)) end
  for _, option in ipairs(self.options) do
    if option ~= measure.each then fields[option.name] = o[option.name] end
  end
  return details, fields
end

function measure.neurons(self, s, o)
  local each = measures.neurons(self.name, s, measure.numbers(self, o))
  local value, n = measures.defined(each)
  local of = measure.n(n, "neuron")
  if n ~= #each then of = ("%s %s of %d"):format(of, self.counted, #each) end
  return value, described(self, s, o, n, #each, of, each)
end

local most_trains = 10000

function measure.pairs(self, s, o)
  local neurons = #s.neurons
  if neurons > most_trains then
    local what = "%d neurons make too many pairs; choose at most %d with of = …"
    core.raise(self.name, what:format(neurons, most_trains))
  end
  local matrix, value, n = measures.pairs(self.name, s, measure.numbers(self, o))
  local total = neurons * (neurons - 1) // 2
  local of = measure.n(n, "pair")
  if n ~= total then of = ("%s %s of %d"):format(of, self.counted, total) end
  return value, described(self, s, o, n, total, of, matrix)
end

-- Of the samples of a variable: the sum over the neurons, and of each its variance and mean.
function measure.gather(samples, variable)
  local sum, variances, means = measures.grid(0, 0, samples.n), 0, {}
  local of_mean = samples.recording.of == "mean" -- then it is one
  for k = 1, of_mean and 1 or #samples.recording.neurons do
    local values = samples.recording:values(variable, not of_mean and k or nil)
    local variance, mean = measures.add(sum, values, samples.before)
    variances, means[k] = variances + variance, mean
  end
  return sum, variances, means
end

-- The files --------------------------------------------------------------------------------------------------------

local loaded = {}

-- The measure of a file, when it is first asked for.
function measure.load(name, room)
  local path = "izhlua.measures." .. (room and room .. "." or "") .. name
  if not loaded[path] then
    local self = require(path)
    self.name, self.options, self.measure = name, self.options or {}, self.measure or measure[self.kind]
    if self.kind == "neurons" or self.kind == "pairs" then table.insert(self.options, 1, measure.each) end
    loaded[path] = self
  end
  return loaded[path]
end

return measure
