-- The horizontal axis of a panel over time: in ms, or in s when its window is long.
local core = require "izhlua.core"
local panel = require "izhlua.figure.panel"

local time = {}

local SECONDS_FROM = 10000 -- ms

-- The axis of a window in ms, with a scale bar as panel.read_bars gives it. Converts the marks to its unit.
function time.axis(from, to, marks, bar)
  local per_ms = to - from >= SECONDS_FROM and 1e-3 or 1
  bar = panel.bar(bar)
  for _, mark in ipairs(marks or {}) do mark.from, mark.to = mark.from * per_ms, mark.to * per_ms end
  return {
    title = per_ms == 1 and "Time (ms)" or "Time (s)", unit = per_ms == 1 and "ms" or "s",
    lo = from * per_ms, hi = to * per_ms, per_ms = per_ms, bar = bar and bar * per_ms,
  }
end

-- A vector of times in ms, in the unit of an axis.
function time.on(axis, vector)
  if axis.per_ms == 1 then return vector end
  local times = vector:totable()
  for k = 1, #times do times[k] = times[k] * axis.per_ms end
  return core.numbers("figure", "times", times)
end

return time
