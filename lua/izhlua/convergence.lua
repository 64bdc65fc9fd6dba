-- izh.convergence(build, options): the same experiment at dt, dt/2, dt/4, …; how long the spikes agree with those of the
-- finest step, and which statistics differ from theirs. Noise and pulses are defined in ms, so that they are the same at
-- every dt, and what differs is the work of the step.
local core = require "izhlua.core"
local check = require "izhlua.options"
local sorted_keys = require "izhlua.sorted_keys"

local WINDOWS = 10
-- Student's t, two-sided 99 %, for 1 … 9 degrees of freedom
local T99 = { 63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250 }

local known = { "dt", "halvings", "duration", "tolerance", "statistics" }

local function number(options, name, otherwise, lo, hi, allowed)
  local value = options[name]
  if value == nil then value = otherwise end
  if type(value) ~= "number" or not (value >= lo and value <= hi) then
    core.wrong("convergence", name, allowed, value)
  end
  return value
end

local function read_options(options)
  if type(options) ~= "table" then
    core.wrong("convergence", "the options", "a table such as { duration = 1000 }", options)
  end
  core.options("convergence", options, known)
  local read = {
    dt = number(options, "dt", 1, 0.001, 1, "a number 0.001 … 1 (ms)"),
    halvings = number(options, "halvings", 4, 1, 10, "a whole number 1 … 10"),
    duration = number(options, "duration", nil, 1e-3, 1e9, "a number of ms > 0"),
    tolerance = number(options, "tolerance", 1, 0, 1e9, "a number of ms ≥ 0"),
    statistics = options.statistics,
  }
  if math.type(read.halvings) ~= "integer" then
    core.wrong("convergence", "halvings", "a whole number 1 … 10", read.halvings)
  end
  if read.statistics ~= nil and type(read.statistics) ~= "function" then
    core.wrong("convergence", "statistics", "a function of spikes that returns a table of numbers", read.statistics)
  end
  if read.dt / 2 ^ read.halvings < 0.001 then
    core.raise("convergence", ("dt / 2^halvings must be at least 0.001 ms (it is %g)"):format(read.dt / 2 ^ read.halvings))
  end
  return read
end

local function usual_statistics(spikes)
  return { ["rate (Hz)"] = spikes:mean_firing_rate(), CV = spikes:cv() }
end

-- one level ------------------------------------------------------------------------------------------------------------

local function run_level(build, options, dt)
  local net = build{ dt = dt }
  if not core.is_network(net) then core.wrong("convergence", "what build returns", "a network", net) end
  if net.dt ~= dt then
    core.raise("convergence", ("build must make its network with dt = case.dt (it has %g ms in place of %g)"):format(net.dt, dt))
  end
  if net.time ~= 0 then
    core.raise("convergence", ("build must not run the network (it is at %g ms)"):format(net.time))
  end
  net:run(options.duration)
  return net
end

local function statistics_of(options, spikes)
  local values = (options.statistics or usual_statistics)(spikes)
  if type(values) ~= "table" then core.wrong("convergence", "what statistics returns", "a table of numbers", values) end
  local copy = {}
  for name, value in pairs(values) do
    if type(name) ~= "string" then core.wrong("convergence", "the name of a statistic", "a string", name) end
    check.text("convergence", "the name of a statistic", name)
    if type(value) ~= "number" then core.wrong("convergence", ("statistic %q"):format(name), "a number", value) end
    copy[name] = value
  end
  return copy
end

local function measure(build, options, dt)
  local net = run_level(build, options, dt)
  local spikes = net:spikes()
  local level = {
    dt = dt, size = spikes.size, integrator = net.integrator, neurons = net.size,
    times = spikes:times(), senders = spikes:senders(),
    whole = statistics_of(options, spikes), windows = {},
  }
  for k = 1, WINDOWS do
    level.windows[k] = statistics_of(options,
      spikes:slice{ from = options.duration * (k - 1) / WINDOWS, to = options.duration * k / WINDOWS })
  end
  net:close()
  return level
end

-- comparison -----------------------------------------------------------------------------------------------------------

local function trains_of(level)
  local trains = {}
  for id = 1, level.neurons do trains[id] = {} end
  for k, id in ipairs(level.senders) do
    local train = trains[id]
    train[#train + 1] = level.times[k]
  end
  return trains
end

-- Until when each neuron's k-th spikes are within the tolerance; the duration when all are.
local function agree_until(options, coarse, fine)
  local a, b, until_ms = trains_of(coarse), trains_of(fine), options.duration
  for id = 1, math.min(#a, #b) do
    for k = 1, math.max(#a[id], #b[id]) do
      local s, t = a[id][k] or math.huge, b[id][k] or math.huge
      -- a spike that is due just after the end may be missing in one
      if math.abs(s - t) > options.tolerance and math.min(s, t) <= options.duration - options.tolerance then
        until_ms = math.min(until_ms, s, t)
        break
      end
    end
  end
  return until_ms
end

-- The mean of the differences in the windows in which both have a value, and the half width of its 99 % interval.
local function difference(coarse, fine, name)
  local n, sum, squares = 0, 0, 0
  for k = 1, WINDOWS do
    local d = (coarse.windows[k][name] or 0 / 0) - (fine.windows[k][name] or 0 / 0)
    if d == d then
      n, sum, squares = n + 1, sum + d, squares + d * d
    end
  end
  if n < 3 then return nil end
  local mean = sum / n
  local variance = math.max(0, squares - n * mean * mean) / (n - 1)
  return mean, T99[n - 1] * math.sqrt(variance / n)
end

-- the result -----------------------------------------------------------------------------------------------------------

local results = setmetatable({}, { __mode = "k" })

-- Two digits, and no power of ten where people write none.
local function two_digits(x)
  return x >= 100 and x < 1e6 and ("%.0f"):format(tonumber(("%.1e"):format(x))) or ("%.2g"):format(x)
end

-- 30.96 (-25.9 ± 31.1): the difference from the finest step and its 99 % interval; a star when that leaves out 0.
local function shown_statistic(s)
  local text = ("%.4g"):format(s.value)
  if not s.difference then return text end
  return ("%s (%+.3g ± %s)%s"):format(text, s.difference, two_digits(s.half), s.changed and " *" or "  ")
end

local function align(rows)
  local width = {}
  for _, row in ipairs(rows) do
    for k, cell in ipairs(row) do width[k] = math.max(width[k] or 0, utf8.len(cell)) end
  end
  local lines = {}
  for i, row in ipairs(rows) do
    local cells = {}
    for k, cell in ipairs(row) do cells[k] = (" "):rep(width[k] - utf8.len(cell)) .. cell end
    lines[i] = table.concat(cells, "  ")
  end
  return table.concat(lines, "\n")
end

-- That the last halving still moves a statistic by more than a twentieth, whatever the intervals, is said too.
local function drift(result, name)
  local last, before = result[#result].statistics[name].value, result[#result - 1].statistics[name].value
  local share = math.abs(last - before) / math.abs(last)
  return share > 0.05 and ("; the last halving still moves it by %.0f %%"):format(100 * share) or ""
end

local function verdict(result, name)
  local changed, known, widest = {}, false, 0
  for _, row in ipairs(result) do
    local s = row.statistics[name]
    known = known or s.difference ~= nil
    widest = math.max(widest, s.half or 0)
    if s.changed then changed[#changed + 1] = ("%g"):format(row.dt) end
  end
  if not known then return ("%s: too few windows have a value to tell"):format(name) end
  if #changed == 0 then
    local text = ("%s: no difference is larger than its interval"):format(name)
    if widest > 0 then text = ("%s; one of up to %s could not be seen"):format(text, two_digits(widest)) end
    return text .. drift(result, name)
  end
  return ("%s is another at dt = %s ms: there it is a result of the time step%s")
    :format(name, table.concat(changed, ", "), drift(result, name))
end

local function shown(self)
  local result = results[self]
  local finest = result[#result]
  local rows = { { "dt (ms)", "spikes", "agree until (ms)", table.unpack(result.names) } }
  for i, row in ipairs(result) do
    local cells = { ("%g"):format(row.dt), tostring(row.size), i < #result and ("%g"):format(row.agree) or "-" }
    for _, name in ipairs(result.names) do cells[#cells + 1] = shown_statistic(row.statistics[name]) end
    rows[#rows + 1] = cells
  end
  local lines = {
    ("convergence of %s over %g ms, against dt = %g ms (spikes agree within %g ms; differences with 99 %% intervals)")
      :format(result.integrator, result.duration, finest.dt, result.tolerance),
    align(rows),
  }
  for _, name in ipairs(result.names) do lines[#lines + 1] = verdict(result, name) end
  return table.concat(lines, "\n")
end

local result_type = {
  __name = "convergence",
  __metatable = false,
  __len = function(self) return #results[self] end,
  __tostring = shown,
}

-- convergence:plot(path [, page options]): until when the spikes agree, and how far each statistic is from that at the finest
-- step, with its interval, against dt.
local function plot(self, path, options, ...)
  local result = results[self]
  if not result then core.no_self("plot", "a convergence", "convergence", self) end
  core.no_more("plot", ...)
  options = check.known("plot", options, require "izhlua.figure.page".options)
  local izh, finest = require "izhlua", result[#result].dt
  local function curve(series, label)
    return izh.curve(series,
      { xlabel = "Time step (ms)", ylabel = label, log = "x", xlim = { 0.9 * finest, 1.1 * result[1].dt } })
  end
  local dts, agree = {}, {}
  for i = 1, #result - 1 do
    dts[i], agree[i] = result[i].dt, result[i].agree
  end
  local page = { curve({ x = dts, y = agree }, "Spikes agree until (ms)") }
  for _, name in ipairs(result.names) do
    local x, y, half = {}, {}, {}
    for i, row in ipairs(result) do
      local statistic = row.statistics[name]
      x[i], y[i], half[i] = row.dt, statistic.difference or 0, statistic.half or 0
    end
    page[#page + 1] = curve({ x = x, y = y, error = half }, ("Difference of %s"):format(name))
  end
  for key, value in pairs(options) do page[key] = value end
  izh.figure(page):save(path)
end

local methods = { plot = plot }
result_type.methods = methods
result_type.fields = { names = true, duration = true, tolerance = true, integrator = true }
result_type.__index = function(self, key)
  if math.type(key) == "integer" then return results[self][key] end
  local field = methods[key] or (key == "names" or key == "duration" or key == "tolerance" or key == "integrator") and results[self][key]
  return field or core.unknown("convergence", "member", tostring(key), { "duration", "integrator", "names", "plot", "tolerance" })
end

-- izh.convergence(build, { duration =, dt = 1, halvings = 4, tolerance = 1, statistics = f }): build(case) returns a network
-- with dt = case.dt that has not run. The result prints as a table; result[k] is { dt =, size =, agree =, statistics =
-- { name = { value =, difference =, half =, changed = } } }, from the coarsest to the finest.
return function(build, options, ...)
  core.no_more("convergence", ...)
  if type(build) ~= "function" then
    core.wrong("convergence", "the first argument", "a function(case) that returns a network", build)
  end
  options = read_options(options)
  local levels = {}
  for k = 0, options.halvings do levels[k + 1] = measure(build, options, options.dt / 2 ^ k) end
  local fine = levels[#levels]
  local result = {
    names = sorted_keys(fine.whole), duration = options.duration, tolerance = options.tolerance, integrator = fine.integrator,
  }
  for k, level in ipairs(levels) do
    if level.neurons ~= fine.neurons then
      core.raise("convergence", ("build must make the same neurons at every dt (%d at %g ms, %d at %g ms)")
        :format(level.neurons, level.dt, fine.neurons, fine.dt))
    end
    local row = { dt = level.dt, size = level.size, agree = agree_until(options, level, fine), statistics = {} }
    for _, name in ipairs(result.names) do
      local s = { value = level.whole[name] or 0 / 0 }
      if level ~= fine then
        s.difference, s.half = difference(level, fine, name)
        -- more than the interval, and than what another order of additions does
        s.changed = s.difference and math.abs(s.difference) > math.max(s.half, 1e-9 * math.abs(s.value)) or false
      end
      row.statistics[name] = s
    end
    result[k] = row
  end
  local handle = setmetatable({}, result_type)
  results[handle] = result
  return handle
end
