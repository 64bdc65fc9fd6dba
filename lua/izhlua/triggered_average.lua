-- s:triggered_average(recording, { window = { -20, 20 } }): the mean of what was recorded around spikes.
local core = require "izhlua.core"
local options = require "izhlua.options"
local sorted_keys = require "izhlua.sorted_keys"
local measures = core.measures

local FUNC = "triggered_average"
local MOST = 1e6 -- lags

-- The window in samples: the first and the last lag that it has.
local function read_window(given, every)
  local window = given.window
  if type(window) ~= "table" or #window ~= 2 then core.wrong(FUNC, "window", "two numbers of ms, such as { -20, 20 }", window) end
  local lo = options.number(FUNC, "window[1]", window[1], -1e9, 1e9, "a finite number of ms")
  local hi = options.number(FUNC, "window[2]", window[2], -1e9, 1e9, "a finite number of ms")
  if lo > hi then core.raise(FUNC, ("window must not end before it begins (got %g … %g ms)"):format(lo, hi)) end
  local first, last = math.ceil(lo / every - 1e-9), math.floor(hi / every + 1e-9)
  if first > last then core.raise(FUNC, ("no sample is in the window %g … %g ms: there is one every %g ms"):format(lo, hi, every)) end
  if last - first >= MOST then core.raise(FUNC, ("the window has more than %g samples"):format(MOST)) end
  return first, last
end

-- counts[key][j]: how many spikes are nearest to sample j. The key is the id, or 1 for all together.
local function nearest(s, recording, together)
  local start, every, counts = recording:times()[1] or 0, recording.every, {}
  local times, senders = s:times():totable(), s:senders():totable()
  for k, t in ipairs(times) do
    local key, j = together and 1 or senders[k], math.floor((t - start) / every + 0.5) + 1
    counts[key] = counts[key] or {}
    counts[key][j] = (counts[key][j] or 0) + 1
  end
  return counts, #times
end

-- Adds what the spikes of one series see, where the whole window was recorded; how many these are. In order of samples,
-- so that the sum is the same in every run.
local function add(sum, counts, values, first, last)
  local used = 0
  for _, j in ipairs(sorted_keys(counts)) do
    if j + first >= 1 and j + last <= #values then
      used = used + counts[j]
      for lag = first, last do
        local k = lag - first + 1
        sum[k] = sum[k] + counts[j] * values[j + lag]
      end
    end
  end
  return used
end

local function average(recording, name, counts, together, first, last)
  local sum, used = {}, 0
  for k = 1, last - first + 1 do sum[k] = 0 end
  local ids = recording.neurons
  for i = 1, together and 1 or #ids do
    local of = counts[together and 1 or ids[i]]
    if of then used = used + add(sum, of, recording:values(name, not together and i or nil):totable(), first, last) end
  end
  for k = 1, #sum do sum[k] = sum[k] / used end -- 0/0, NaN, where there are none
  return core.numbers(FUNC, name, sum), used
end

return function(s, recording, given, ...)
  core.no_more(FUNC, ...)
  if not measures.is_recording(recording) or #recording.neurons == 0 then
    core.wrong(FUNC, "the first argument", "a recording of neurons, made by net:record(target, { \"v\" })", recording)
  end
  given = core.options(FUNC, given or {}, { "window" }) or given or {}
  local first, last = read_window(given, recording.every)
  local together = recording.of == "mean" or #recording.neurons == 1
  local counts, all = nearest(s, recording, together)
  local found = { lags = measures.grid(first * recording.every, recording.every, last - first + 1) }
  for _, name in ipairs(recording.variables) do
    found[name], found.n = average(recording, name, counts, together, first, last)
  end
  found.left_out = all - found.n
  return found
end
