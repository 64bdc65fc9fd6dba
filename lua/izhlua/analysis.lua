-- The measures of spikes, as methods (s:cv()) and, for spikes and for times from elsewhere, as functions
-- (izh.analysis.cv(trains)). Options are checked here, at the line of the script that gives them; what takes long is in C.
-- Definitions, formulas and sources: docs/measures.md.
--
-- Every measure takes the options from, to and of. One that is a number returns it, and after it what it is of:
--   print(s:cv())   --> 0.83128   cv 0.831 (n = 37 neurons with ≥ 3 spikes of 50, 0 < t ≤ 1000 ms)
-- With each = true it returns a vector of one number for each neuron, in the order of s.neurons, or for measures of pairs a
-- matrix (a list of vectors). Undefined numbers are NaN.
local core = require "izhlua.core"
local measures = core.measures

local analysis = {}
local NAN = measures.nan -- 0/0 would print as -nan on some machines

-- Checking ---------------------------------------------------------------------------------------------------------

local function finite(x)
  return type(x) == "number" and x == x and x ~= math.huge and x ~= -math.huge
end

-- An option that is a number lo … hi, or its default. `allowed` says what is.
local function number(func, options, key, otherwise, lo, hi, allowed)
  local value = options[key]
  if value == nil then return otherwise end
  if not finite(value) or value < lo or value > hi then core.wrong(func, key, allowed, value) end
  return value
end

local function positive(func, options, key, otherwise, unit)
  return number(func, options, key, otherwise, 1e-9, 1e15, ("a number > 0%s"):format(unit and " in " .. unit or ""))
end

local function whole(func, options, key, otherwise, lo, hi)
  local value = options[key]
  if value == nil then return otherwise end
  local is = finite(value) and math.tointeger(value)
  if not is or is < lo or is > hi then core.wrong(func, key, ("a whole number %d … %d"):format(lo, hi), value) end
  return is
end

local function flag(func, options, key)
  local value = options[key]
  if value == nil then return false end
  if type(value) ~= "boolean" then core.wrong(func, key, "true or false", value) end
  return value
end

-- The word, and which of the known ones it is, from 0.
local function word(func, options, key, otherwise, known)
  local value = options[key]
  if value == nil then value = otherwise end
  if type(value) ~= "string" then core.wrong(func, key, "one of " .. table.concat(known, ", "), value) end
  for i, one in ipairs(known) do
    if one == value then return value, i - 1 end
  end
  core.unknown(func, key, value, known)
end

-- Raises when the window has too many pieces of so many ms to be kept.
local function check_count(func, s, key, ms)
  if (s.to - s.from) / ms > 1e9 then
    core.raise(func, ("%s must not cut the window of %g ms into over 10^9 pieces (got %g ms)"):format(key, s.to - s.from, ms))
  end
end

-- Bins that are no multiples of dt would hold now more, now fewer steps. A default is made one.
local function read_bin(func, s, options, otherwise)
  local dt = measures.dt(s)
  local bin = positive(func, options, "bin", nil, "ms")
  if bin == nil then
    bin = dt == 0 and otherwise or math.ceil(otherwise / dt - 1e-9) * dt
  elseif dt > 0 and (bin / dt < 0.5 or math.abs(bin / dt - math.floor(bin / dt + 0.5)) > 1e-6) then
    core.raise(func, ("bin must be a multiple of dt = %g ms (got %g ms)"):format(dt, bin))
  end
  check_count(func, s, "bin", bin)
  return bin
end

-- Of all spikes in the bins of the window.
local function counts(s, bin)
  return measures.all("time_histogram", s, measures.bin_count(s.from, s.to, bin), bin)
end

-- Results ----------------------------------------------------------------------------------------------------------

-- 0.831, 12.3, 1234, undefined
local function shown(value)
  if value ~= value then return "undefined" end
  if math.type(value) == "integer" or math.abs(value) >= 1000 and math.abs(value) < 1e15 then
    return ("%.0f"):format(value)
  end
  return ("%.3g"):format(value)
end

local function plural(n, what, many)
  return ("%s %s"):format(shown(n), n == 1 and what or many or what .. "s")
end

local function window(s)
  return ("%.10g < t ≤ %.10g ms"):format(s.from, s.to)
end

local explained = {
  __name = "explanation", __metatable = false,
  __tostring = function(self) return self.text end,
}

-- What a number is of: text for readers, fields for scripts.
local function explain(name, value, unit, details, fields)
  fields = fields or {}
  fields.name, fields.value, fields.unit = name, value, unit
  fields.text = ("%s %s%s (%s)"):format(name, shown(value), unit and value == value and " " .. unit or "",
    table.concat(details, ", "))
  return setmetatable(fields, explained)
end

-- A result of several parts is a plain table that prints as a sentence.
local function result(fields, text)
  return setmetatable(fields, { __name = "result", __metatable = false, __tostring = function() return text end })
end

-- n = 37 neurons with ≥ 3 spikes of 50
local function of_neurons(n, total, condition)
  if n == total then return "n = " .. plural(n, "neuron") end
  return ("n = %s %s of %s"):format(plural(n, "neuron"), condition, shown(total))
end

-- Spikes, or what becomes some ------------------------------------------------------------------------------------

-- The least and the greatest time of an array. What is no time is told of later, by name.
local function range(train)
  if type(train) == "userdata" then return #train > 0 and train:min() or math.huge, #train > 0 and train:max() or 0 end
  local least, most = math.huge, 0
  for k = 1, #train do
    local t = train[k]
    if finite(t) then least, most = math.min(least, t), math.max(most, t) end
  end
  return least, most
end

-- The window of times from elsewhere: from 0 to the last spike unless given.
local function read_window(func, list, options)
  local from = number(func, options, "from", nil, -1e300, 1e300, "a finite number of ms")
  local to = number(func, options, "to", nil, -1e300, 1e300, "a finite number of ms")
  local last = from or 0
  for i = 1, from and to and 0 or #list do
    local least, most = range(list[i])
    if not from and least <= 0 then
      core.raise(func, ("trains[%d] has a spike at %g ms; windows are from < t, and from is 0 unless given"):format(i, least))
    end
    last = math.max(last, most)
  end
  from, to = from or 0, to or last
  if to < from then core.raise(func, ("to must not be before from (got %g and %g ms)"):format(to, from)) end
  return from, to
end

-- Spikes of neurons 1, 2, … from a list of arrays of times, or from one array.
local function make(func, trains, options)
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
  return measures.make_spikes(func, list, read_window(func, list, options))
end

-- The spikes that options from, to and of choose.
local function choose(func, s, options)
  if options.from == nil and options.to == nil and options.of == nil then return s end
  return measures.slice(func, s, options)
end

local common = { "from", "to", "of" }

-- Defines a measure: f(func, s, options) of spikes that are chosen already. `known` are its own options.
local function define(name, known, f)
  known = table.move(common, 1, #common, #known + 1, known)
  local function check(options, ...)
    core.no_more(name, ...)
    if options == nil then return {} end
    core.options(name, options, known)
    return options
  end
  core.spikes_method(name, function(s, options, ...)
    if not measures.is_spikes(s) then core.no_self(name, "spikes", "s", s) end
    options = check(options, ...)
    return f(name, choose(name, s, options), options)
  end)
  analysis[name] = function(data, options, ...)
    if data == analysis then core.raise(name, ("call it with a dot: izh.analysis.%s(…)"):format(name)) end
    options = check(options, ...)
    if measures.is_spikes(data) then return f(name, choose(name, data, options), options) end
    return f(name, choose(name, make(name, data, options), { of = options.of }), options)
  end
end

-- izh.analysis.spikes(trains, { from =, to = }): times from elsewhere as spikes, which have all the measures.
function analysis.spikes(trains, options, ...)
  if trains == analysis then core.raise("spikes", "call it with a dot: izh.analysis.spikes(…)") end
  core.no_more("spikes", ...)
  if options ~= nil then core.options("spikes", options, { "from", "to" }) end
  return make("spikes", trains, options or {})
end

-- Single trains ----------------------------------------------------------------------------------------------------

define("mean_firing_rate", { "each" }, function(func, s, options)
  local seconds, total = (s.to - s.from) / 1000, #s.neurons
  if flag(func, options, "each") then
    return measures.scale(measures.neurons("count", s), seconds > 0 and 1 / seconds or NAN)
  end
  local value = total > 0 and seconds > 0 and s.size / seconds / total or NAN
  return value, explain(func, value, "Hz", { "n = " .. plural(total, "neuron"), window(s) }, { n = total, of = total })
end)

define("isi", { "each" }, function(func, s, options)
  return measures.isi(s, flag(func, options, "each"))
end)

-- A measure of each neuron's intervals, and its mean over those that have one.
local function of_intervals(name, known, parameter)
  define(name, known, function(func, s, options)
    local r, detail
    if parameter then r, detail = parameter(func, options) end
    local each = measures.neurons(name, s, table.unpack{ r })
    if flag(func, options, "each") then return each end
    local value, n = measures.defined(each)
    local details = { of_neurons(n, #each, "with ≥ 3 spikes"), window(s) }
    if detail then table.insert(details, 1, detail) end
    return value, explain(func, value, nil, details, { n = n, of = #each })
  end)
end

of_intervals("cv", { "each" })
of_intervals("cv2", { "each" })
of_intervals("lv", { "each" })
of_intervals("lvr", { "each", "R" }, function(func, options)
  local r = number(func, options, "R", 5, 0, 1e9, "a number ≥ 0 in ms")
  return r, ("R = %g ms"):format(r)
end)

define("fanofactor", { "each", "bin", "over" }, function(func, s, options)
  local over = word(func, options, "over", "time", { "time", "trains" })
  if over == "trains" then
    if options.bin ~= nil or options.each ~= nil then
      core.raise(func, "over = \"trains\" compares the counts of whole trains, without bin and each")
    end
    local value, trains = measures.all(func, s, 1)[1], #s.neurons
    return value, explain(func, value, nil, { "over trains", "n = " .. plural(trains, "train"), window(s) },
      { n = trains, of = trains })
  end
  local bin = read_bin(func, s, options, 100)
  local each = measures.neurons(func, s, bin)
  if flag(func, options, "each") then return each end
  local value, n = measures.defined(each)
  local bins = measures.bin_count(s.from, s.to, bin)
  return value, explain(func, value, nil,
    { ("%s of %g ms"):format(plural(bins, "bin"), bin), of_neurons(n, #each, "that spike"), window(s) },
    { n = n, of = #each, bin = bin })
end)

define("time_histogram", { "bin", "output" }, function(func, s, options)
  local bin = read_bin(func, s, options, 5)
  local output = word(func, options, "output", "counts", { "counts", "mean", "rate" })
  local values, neurons = counts(s, bin), #s.neurons
  if output ~= "counts" then
    values = measures.scale(values, neurons > 0 and 1 / neurons * (output == "rate" and 1000 / bin or 1) or NAN)
  end
  local unit = ({ counts = "spikes", mean = "spikes a neuron", rate = "Hz" })[output]
  return result({
    times = measures.grid(s.from + bin / 2, bin, #values), values = values, bin = bin, output = output, unit = unit,
  }, ("time_histogram of %s of %g ms in %s (%s, %s)"):format(plural(#values, "bin"), bin, unit, plural(neurons, "neuron"), window(s)))
end)

define("instantaneous_rate", { "kernel", "sigma", "every" }, function(func, s, options)
  local kernel, kernel_number = word(func, options, "kernel", "gaussian", measures.kernels)
  local sigma = positive(func, options, "sigma", 10, "ms")
  local every = positive(func, options, "every", 1, "ms")
  check_count(func, s, "every", every)
  local n, neurons = measures.bin_count(s.from, s.to, every), #s.neurons
  local values = measures.scale(measures.all(func, s, n, kernel_number, sigma, every), neurons > 0 and 1 / neurons or NAN)
  return result({
    times = measures.grid(s.from + every, every, n), values = values, kernel = kernel, sigma = sigma, every = every, unit = "Hz",
  }, ("instantaneous_rate in Hz every %g ms (%s kernel, sigma %g ms, mean of %s, %s)"):format(every, kernel, sigma,
    plural(neurons, "neuron"), window(s)))
end)

-- How many bins of lag `window` is.
local function read_reach(func, options, bin, otherwise)
  local reach = number(func, options, "window", math.max(otherwise, bin), 0, 1e9, "a number ≥ 0 in ms")
  local bins = math.floor(reach / bin + 1e-9)
  if bins > 1e7 then core.raise(func, ("window has %.0f bins of %g ms; at most 10000000 are allowed"):format(bins, bin)) end
  return bins
end

define("autocorrelation", { "bin", "window" }, function(func, s, options)
  local bin = read_bin(func, s, options, 1)
  local reach = read_reach(func, options, bin, 50)
  local pairs = measures.all(func, s, 2 * reach + 1, bin)
  local bins, spikes, rates = measures.bin_count(s.from, s.to, bin), counts(s, bin):sum(), {}
  -- spikes a second, seen from a spike; those near the ends of the window have no bin at this lag
  for k = 1, #pairs do
    local overlap = bins - math.abs(k - 1 - reach)
    rates[k] = spikes > 0 and overlap > 0 and pairs[k] / (spikes * overlap / bins) * 1000 / bin or NAN
  end
  return result({
    lags = measures.grid(-reach * bin, bin, #pairs), values = measures.vector(rates), counts = pairs, bin = bin, unit = "Hz",
  }, ("autocorrelation in Hz, lags of ±%g ms in bins of %g ms (%s of %s, %s)"):format(reach * bin, bin,
    plural(spikes, "spike"), plural(#s.neurons, "neuron"), window(s)))
end)

local max_interval = { { "beg_isi", 170 }, { "end_isi", 300 }, { "min_ibi", 200 }, { "min_durn", 10 } }

define("burst", { "method", "beg_isi", "end_isi", "min_ibi", "min_durn", "min_spikes", "cutoff" }, function(func, s, options)
  local method = word(func, options, "method", "maxinterval", { "maxinterval", "logisi" })
  local list, in_bursts, bursting, how
  if method == "logisi" then
    for _, key in ipairs{ "beg_isi", "end_isi", "min_ibi", "min_durn", "min_spikes" } do
      if options[key] ~= nil then core.raise(func, key .. " goes with method = \"maxinterval\"") end
    end
    local cutoff = positive(func, options, "cutoff", 100, "ms")
    list, in_bursts, bursting = measures.burst(s, method, cutoff)
    how = ("logISI, cutoff %g ms"):format(cutoff)
  else
    if options.cutoff ~= nil then core.raise(func, "cutoff goes with method = \"logisi\"") end
    local rule = {}
    for i, one in ipairs(max_interval) do rule[i] = number(func, options, one[1], one[2], 0, 1e15, "a number ≥ 0 in ms") end
    rule[5] = whole(func, options, "min_spikes", 3, 2, 1 << 53)
    list, in_bursts, bursting = measures.burst(s, method, table.unpack(rule))
    how = ("MaxInterval: beg_isi %g, end_isi %g, min_ibi %g, min_durn %g ms, min_spikes %d"):format(table.unpack(rule))
  end
  return result(list, ("burst: %s of %s of %d, with %s of %d (%s; %s)"):format(plural(#list, "burst"), plural(bursting, "neuron"),
    #s.neurons, plural(in_bursts, "spike"), s.size, how, window(s)))
end)

-- Populations ------------------------------------------------------------------------------------------------------

define("silent", {}, function(_, s)
  local counts, ids, silent = measures.neurons("count", s), s.neurons, {}
  for i = 1, #ids do
    if counts[i] == 0 then silent[#silent + 1] = ids[i] end
  end
  return measures.vector(silent)
end)

define("synchrony", { "bin" }, function(func, s, options)
  local bin = read_bin(func, s, options, 5)
  local value, neurons = measures.all(func, s, 1, bin)[1], #s.neurons
  return value, explain(func, value, nil,
    { ("chi of spike counts in bins of %g ms"):format(bin), "n = " .. plural(neurons, "neuron"), window(s) },
    { n = neurons, of = neurons, bin = bin, quantity = "counts" })
end)

local most_trains = 10000

-- A measure of all pairs: its mean over them, or the matrix.
local function of_pairs(name, known, undefined, parameters)
  define(name, known, function(func, s, options)
    local each = flag(func, options, "each")
    local measure, parameter, detail, fields = parameters(func, s, options)
    local neurons = #s.neurons
    if neurons > most_trains then
      core.raise(func, ("%d neurons make too many pairs; choose at most %d with of = …"):format(neurons, most_trains))
    end
    local matrix, value, n = measures.pairs(func, s, measure, parameter)
    if each then return matrix end
    local total = neurons * (neurons - 1) // 2
    local of = n == total and "n = " .. plural(n, "pair") or ("n = %s %s of %d"):format(plural(n, "pair"), undefined, total)
    fields = fields or {}
    fields.n, fields.of = n, total
    return value, explain(func, value, nil, detail and { detail, of, window(s) } or { of, window(s) }, fields)
  end)
end

local that_spike, of_any_length = "of neurons that spike and vary", "in a window that has a length"

of_pairs("correlation_coefficient", { "each", "bin", "binary" }, that_spike, function(func, s, options)
  local bin, binary = read_bin(func, s, options, 5), flag(func, options, "binary")
  return binary and "binary" or "correlation", bin, ("%s in bins of %g ms"):format(binary and "whether there is a spike" or "counts", bin), { bin = bin }
end)

of_pairs("spike_time_tiling_coefficient", { "each", "dt" }, "of neurons that spike", function(func, _, options)
  local dt = positive(func, options, "dt", 5, "ms")
  return "sttc", dt, ("dt = ±%g ms"):format(dt), { dt = dt }
end)

of_pairs("victor_purpura_distance", { "each", "cost_factor" }, of_any_length, function(func, _, options)
  local q = number(func, options, "cost_factor", 1, 0, 1e12, "a number ≥ 0 in 1/s")
  return "victor_purpura", q / 1000, ("cost_factor = %g /s"):format(q), { cost_factor = q }
end)

of_pairs("van_rossum_distance", { "each", "time_constant" }, of_any_length, function(func, _, options)
  local tau = positive(func, options, "time_constant", 1000, "ms")
  return "van_rossum", tau, ("time_constant = %g ms"):format(tau), { time_constant = tau }
end)

of_pairs("isi_distance", { "each" }, of_any_length, function() return "isi_distance" end)
of_pairs("spike_distance", { "each" }, of_any_length, function() return "spike_distance" end)

define("avalanches", { "bin" }, function(func, s, options)
  local dt = measures.dt(s)
  local default = s.size > 1 and (s:times()[s.size] - s:times()[1]) / (s.size - 1) or 1
  local bin = read_bin(func, s, options, math.max(default, dt > 0 and dt or 1e-6))
  local sizes, lengths, ratio = measures.avalanches(s, bin)
  return result({
    sizes = sizes, durations = measures.scale(lengths, bin), branching_ratio = ratio, bin = bin,
  }, ("avalanches: %s, branching ratio %s (bins of %g ms%s, %s)"):format(plural(#sizes, "avalanche"), shown(ratio), bin,
    options.bin == nil and ", the mean interval of all spikes" or "", window(s)))
end)

define("bursts", { "bin", "threshold", "end_threshold", "min_gap", "participation", "leaders" }, function(func, s, options)
  local bin = read_bin(func, s, options, 5)
  local neurons = #s.neurons
  local hz = 1000 / bin / math.max(neurons, 1) -- of one spike in a bin
  local mean, sd = measures.levels(counts(s, bin))
  if mean ~= mean then mean, sd = 0, 0 end -- there is no bin
  -- neurons that fire on their own do not reach the latter
  local default = mean + math.max(2 * sd, 5 * math.sqrt(mean))
  local high = number(func, options, "threshold", default * hz, 0, 1e15, "a rate ≥ 0 in Hz")
  local low = number(func, options, "end_threshold", math.min(mean * hz, high), 0, 1e15, "a rate ≥ 0 in Hz")
  if low > high then core.raise(func, ("end_threshold must not be above threshold (got %g and %g Hz)"):format(low, high)) end
  local gap = number(func, options, "min_gap", 2 * bin, 0, 1e15, "a number ≥ 0 in ms")
  local share = number(func, options, "participation", 0.25, 0, 1, "a number 0 … 1")
  local leaders = whole(func, options, "leaders", 5, 0, 1000)
  local list = {}
  -- above, so that a rate that never changes is no burst; a bin without spikes belongs to none
  if s.size > 0 and neurons > 0 then
    list = measures.network_bursts(s, bin, high / hz + 1e-9, math.max(low / hz - 1e-9, 1e-9), gap, share, leaders)
  end
  list.bin, list.threshold, list.end_threshold, list.min_gap = bin, high, low, gap
  local text = ("bursts: %s with ≥ %g %% of %s (bins of %g ms, above %.3g Hz, as long as ≥ %.3g Hz, %s)"):format(plural(#list, "network burst"),
    100 * share, plural(neurons, "neuron"), bin, high, low, window(s))
  local lines = { text }
  for i, one in ipairs(list) do
    if i > 20 then
      lines[#lines + 1] = "  …"
      break
    end
    lines[#lines + 1] = ("  %8.1f ms for %5.1f ms: %3.0f %% of the neurons, %d spikes, peak %.0f Hz, first %s"):format(one.onset, one.duration,
      100 * one.participation, one.spikes, one.peak_rate, table.concat(one.leaders, " "))
  end
  return result(list, table.concat(lines, "\n"))
end)

-- Spectra ----------------------------------------------------------------------------------------------------------

define("welch_psd", { "bin", "n_segments", "frequency_resolution", "overlap", "band" }, function(func, s, options)
  local bin = read_bin(func, s, options, 1)
  local overlap = number(func, options, "overlap", 0.5, 0, 0.95, "a number 0 … 0.95")
  local n_segments = whole(func, options, "n_segments", 8, 1, 1 << 30)
  local resolution = positive(func, options, "frequency_resolution", nil, "Hz")
  if resolution and options.n_segments then core.raise(func, "n_segments and frequency_resolution exclude each other") end
  local neurons = #s.neurons
  local rates = measures.scale(counts(s, bin), 1000 / bin / math.max(neurons, 1))
  local wanted = resolution and math.floor(1000 / bin / resolution + 1e-9)
    or math.floor(#rates / (n_segments - overlap * (n_segments - 1)))
  local length = measures.fast_length(math.max(wanted, 0))
  if length < 4 or length > #rates then
    core.raise(func, ("a window of %g ms has no segment of %g ms: %s"):format(s.to - s.from, wanted * bin,
      resolution and "choose a larger frequency_resolution" or "run longer, or choose fewer n_segments"))
  end
  local band = options.band
  if band ~= nil and not (type(band) == "table" and finite(band[1]) and finite(band[2]) and band[1] < band[2] and #band == 2) then
    core.wrong(func, "band", "{ lowest, highest } in Hz", band)
  end
  local hop = math.max(1, length - math.floor(length * overlap))
  local psd, segments = measures.psd(func, rates, bin / 1000, length, hop)
  local step = 1000 / bin / length
  local frequencies, best = measures.grid(0, step, #psd), nil
  for k = 2, #psd do -- 0 Hz holds what subtracting the mean has left
    local inside = not band or frequencies[k] >= band[1] and frequencies[k] <= band[2]
    if inside and psd[k] > 0 and (not best or psd[k] > psd[best]) then best = k end
  end
  local peak = best and frequencies[best] or NAN
  return result({
    frequencies = frequencies, psd = psd, peak = peak, peak_psd = best and psd[best] or NAN, frequency_resolution = step,
    segments = segments, bin = bin, unit = "Hz²/Hz",
  }, ("welch_psd of the rate of %s: peak at %s%s%s (resolution %.3g Hz, %s, bins of %g ms, %s)"):format(plural(neurons, "neuron"),
    shown(peak), best and " Hz" or "", band and (" in %g … %g Hz"):format(band[1], band[2]) or "", step, plural(segments, "segment"), bin, window(s)))
end)

-- Two sets of spikes -----------------------------------------------------------------------------------------------

local cross_options = { "bin", "window", "border_correction", "cross_correlation_coefficient" }

local function cross_correlation(func, a, b, options)
  if not measures.is_spikes(b) then core.wrong(func, "the other spikes", "spikes", b) end
  if a.from ~= b.from or a.to ~= b.to then
    core.raise(func, ("both must have one window (got %s and %s)"):format(window(a), window(b)))
  end
  local bin = read_bin(func, a, options, 1)
  local reach = read_reach(func, options, bin, 50)
  local border, coefficient = flag(func, options, "border_correction"), flag(func, options, "cross_correlation_coefficient")
  if border and coefficient then
    core.raise(func, "border_correction and cross_correlation_coefficient exclude each other")
  end
  local values = measures.cross_correlation(a, b, bin, reach, border, coefficient)
  return result({
    lags = measures.grid(-reach * bin, bin, #values), values = values, bin = bin, unit = coefficient and "coefficient" or "pairs",
  }, ("cross_correlation_histogram in %s, lags of ±%g ms in bins of %g ms (%s of %s, then %s of %s, %s)"):format(
    coefficient and "coefficients" or "pairs of spikes", reach * bin, bin, plural(a.size, "spike"), plural(#a.neurons, "neuron"),
    plural(b.size, "spike"), plural(#b.neurons, "neuron"), window(a)))
end

core.spikes_method("cross_correlation_histogram", function(a, b, options, ...)
  local func = "cross_correlation_histogram"
  if not measures.is_spikes(a) then core.no_self(func, "spikes", "s", a) end
  core.no_more(func, ...)
  if options ~= nil then core.options(func, options, cross_options) end
  return cross_correlation(func, a, b, options or {})
end)

function analysis.cross_correlation_histogram(a, b, options, ...)
  local func = "cross_correlation_histogram"
  if a == analysis then core.raise(func, ("call it with a dot: izh.analysis.%s(…)"):format(func)) end
  core.no_more(func, ...)
  if options ~= nil then core.options(func, options, cross_options) end
  if not measures.is_spikes(a) then core.wrong(func, "the first argument", "spikes", a) end
  return cross_correlation(func, a, b, options or {})
end

-- Recordings -------------------------------------------------------------------------------------------------------

-- Which samples lie in from < t ≤ to: how many come before, and how many they are.
local function samples(func, recording, options)
  local times = recording:times()
  local from = number(func, options, "from", -math.huge, -1e300, 1e300, "a finite number of ms")
  local to = number(func, options, "to", math.huge, -1e300, 1e300, "a finite number of ms")
  if to < from then core.raise(func, ("to must not be before from (got %g and %g ms)"):format(to, from)) end
  if #times > 0 and (options.from ~= nil and from < times[1] - recording.every or options.to ~= nil and to > times[#times] + recording.every) then
    core.raise(func, ("the window must lie within what was recorded, %g … %g ms"):format(times[1], times[#times]))
  end
  local before, n = 0, 0
  for k = 1, #times do
    if times[k] <= from then before = k elseif times[k] <= to then n = n + 1 end
  end
  return before, n, n > 0 and ("%s every %g ms in %.10g … %.10g ms"):format(plural(n, "sample"), recording.every,
    times[before + 1], times[before + n]) or "no samples"
end

local function check_recorded(func, recording, variables, like)
  local has = {}
  for _, name in ipairs(recording.variables) do has[name] = true end
  for _, name in ipairs(variables) do
    if not has[name] then
      core.raise(func, ("%s was not recorded by \"%s\": net:record(target, %s) records it"):format(name, recording.name, like))
    end
  end
end

-- The sum over the neurons, and of each its variance and mean.
local function gather(recording, variable, before, n)
  local sum, variances, means = measures.grid(0, 0, n), 0, {}
  for k = 1, #recording.neurons do
    local variance, mean = measures.add(sum, recording:values(variable, k), before)
    variances, means[k] = variances + variance, mean
  end
  return sum, variances, means
end

-- chi of voltages, for a recording of v.
local of_spikes = analysis.synchrony
function analysis.synchrony(data, options, ...)
  if not measures.is_recording(data) then return of_spikes(data, options, ...) end
  core.no_more("synchrony", ...)
  if options ~= nil then core.options("synchrony", options, { "from", "to" }) end
  check_recorded("synchrony", data, { "v" }, "{ \"v\" }")
  local before, n, text = samples("synchrony", data, options or {})
  local sum, apart = gather(data, "v", before, n)
  local neurons = #data.neurons
  local value = measures.chi_of_sums(sum, apart, neurons)
  return value, explain("synchrony", value, nil, { "chi of voltages", "n = " .. plural(neurons, "neuron"), text },
    { n = neurons, of = neurons, quantity = "v" })
end

-- The ratio of the excitatory to the inhibitory synaptic current, of a recording of i_exc and i_inh.
function analysis.ei_ratio(recording, options, ...)
  local func = "ei_ratio"
  if recording == analysis then core.raise(func, "call it with a dot: izh.analysis.ei_ratio(…)") end
  core.no_more(func, ...)
  if not measures.is_recording(recording) then
    core.wrong(func, "the first argument", "a recording of i_exc and i_inh, made by net:record(target, { \"i_exc\", \"i_inh\" })", recording)
  end
  if options ~= nil then core.options(func, options, { "from", "to", "each" }) end
  options = options or {}
  check_recorded(func, recording, { "i_exc", "i_inh" }, "{ \"i_exc\", \"i_inh\" }")
  local before, n, text = samples(func, recording, options)
  local _, _, excitation = gather(recording, "i_exc", before, n)
  local _, _, inhibition = gather(recording, "i_inh", before, n)
  local each, sum_e, sum_i = {}, 0, 0
  for k = 1, #excitation do
    each[k] = inhibition[k] < 0 and excitation[k] / -inhibition[k] or NAN
    sum_e, sum_i = sum_e + excitation[k], sum_i - inhibition[k]
  end
  if flag(func, options, "each") then return measures.vector(each) end
  local value = sum_i > 0 and sum_e / sum_i or NAN
  return value, explain(func, value, nil, { "mean i_exc / mean -i_inh", "n = " .. plural(#excitation, "neuron"), text },
    { n = #excitation, of = #excitation })
end

-- All at once ------------------------------------------------------------------------------------------------------

-- s:describe(): the measures people ask for first, each on a line that explains itself.
define("describe", {}, function(_, s)
  local lines = {}
  local function add(_, explanation) lines[#lines + 1] = tostring(explanation) end
  add(s:mean_firing_rate())
  lines[#lines + 1] = ("silent %d (of %s, %s)"):format(#s:silent(), plural(#s.neurons, "neuron"), window(s))
  add(s:cv())
  add(s:lv())
  add(s:fanofactor())
  add(s:synchrony())
  lines[#lines + 1] = tostring(s:bursts()):match("^[^\n]*")
  return table.concat(lines, "\n")
end)

local names = {}
for name in pairs(analysis) do names[#names + 1] = name end
table.sort(names)

return setmetatable(analysis, {
  __index = function(_, name) core.unknown("izh.analysis", "member", tostring(name), names) end,
})
