-- Numbers at the ends of what a double holds, and tables that are not what they should be: an error that says so, in a
-- moment, or a result.
local izh = require "izhlua"
local check = require "check"

local function refused(text, f) check.equal(check.message(f), text) end

-- An interval next to nothing is not rounded to no step.
do
  local net = izh.network{}
  local E = net:population("E", 2, "RS")
  refused("record: every (1 ms when not given) must be at least dt = 0.5 ms (got 1e-300)", function() net:record(E, "v", { every = 1e-300 }) end)
  check.equal(#net.recordings, 0)
end

-- Axes.
local path = "extremes.svg"
local function save(panel) izh.figure{ panel }:save(path) end
local function not_drawn(text, panel) check.equal(check.message(function() izh.figure{ panel }:save(path) end), text) end
local function read()
  local file = assert(io.open(path))
  local text = file:read("a")
  file:close()
  return text
end
not_drawn("save: x[1] of series 1 of track 1 is 4.940656458e-324: a logarithmic axis shows numbers 1e-150 … 1e150",
  izh.curve({ x = { 5e-324, 1 }, y = { 1, 2 } }, { log = "x" }))
not_drawn("save: y[2] of series 1 of track 1 is 1e+200: a logarithmic axis shows numbers 1e-150 … 1e150",
  izh.curve({ x = { 1, 2 }, y = { 1, 1e200 } }, { log = "y" }))
not_drawn("save: the range of x, a logarithmic axis, must lie in 1e-150 … 1e150, not be 1e-300 … 1",
  izh.curve({ x = { 1, 2 }, y = { 1, 2 } }, { log = "x", xlim = { 1e-300, 1 } }))
not_drawn("save: y[1] of series 1 of track 1 is 1e+301: it must lie within ±1e300",
  izh.curve{ x = { 1 }, y = { 1e301 } })
save(izh.curve({ x = { 1e-150, 1e150 }, y = { 1, 2 } }, { log = "x" }))
save(izh.curve{ x = { 0, 5e-324 }, y = { -5e-324, 5e-324 } })
save(izh.curve{ x = { -1e300, 1e300 }, y = { -1e300, 1e300 } })

-- Codes that no text has: neither XML nor cairo takes them.
for _, code in ipairs{ 0xFFFE, 0xFFFF, 0xFDD0, 0x1FFFE, 0x10FFFF } do
  refused(("curve: title must not contain U+%04X, which is no character"):format(code),
    function() izh.curve({ x = { 1 }, y = { 1 } }, { title = "a" .. utf8.char(code) }) end)
end

-- Bins.
refused("histogram: 1e+20 … 1e+20 cannot be divided into bins of 10: a number does not have enough digits",
  function() izh.histogram({ 1e20, 1e20 + 32768 }, { bin = 10 }) end)
refused("histogram: numbers must lie within ±1e299, but there is -1e+308", function() izh.histogram{ -1e308, 1e308 } end)
refused("histogram: a logarithmic axis shows numbers 1e-150 … 1e150, but there is 1e-300",
  function() izh.histogram({ 1e-300, 1 }, { log = "x" }) end)
refused("histogram: a logarithmic axis shows numbers > 0, but there is 0",
  function() izh.histogram({ 1, 2 }, { log = "x", xlim = { 0, 2 } }) end)
refused("histogram: 0 … 4.94066e-324 cannot be divided into bins of 0: a number does not have enough digits",
  function() izh.histogram({ 1, 2 }, { xlim = { 0, 5e-324 }, bins = 3 }) end)
for _, numbers in ipairs{ { 1, 1 + 3e-16 }, { 5e-324 }, { 1e15, 1e15 + 1 }, { -1e299, 1e299 }, { 1e299, 1e299 } } do
  save(izh.histogram(numbers))
end

-- A variable of a trace may have any name.
do
  local t = { 0, 1, 2 }
  local with = { t = t, v = { -65, -60, -65 }, spikes = { 1 }, peak = { 1, 2, 3 }, label = { 3, 2, 1 } }
  check.equal(tostring(izh.trace(with)), "trace panel: v, label, peak in 0 … 2 ms")
  save(izh.trace(with))
  local drawn = read()
  save(izh.trace(with, { peak = 30 }))
  check.equal(read(), drawn, "the peak is 30 mV")
  with.peak = nil
  refused('trace: labels must be a list of strings (got 3)', function() izh.trace(with, { labels = 3 }) end)
  refused('trace: ylim must be a table such as { v = … } (got 3)', function() izh.trace(with, { ylim = 3 }) end)
  refused('trace: units must be a table such as { v = … } (got "mV")', function() izh.trace(with, { units = "mV" }) end)
  refused('trace: heights must be a table such as { v = … } (got 2)', function() izh.trace(with, { heights = 2 }) end)
  refused('trace: bars must be a table such as { time = 10 } (got 2)', function() izh.trace(with, { bars = 2 }) end)
  refused('curve: bars must be a table such as { x = 10 } (got 2)', function() izh.curve({ x = t, y = t }, { bars = 2 }) end)
end

-- A cell whose optional parameters are no numbers.
for _, name in ipairs{ "vu", "vb", "b_below", "b3" } do
  local cell = { model = "izhikevich2007", C = 100, k = 0.7, vr = -60, vt = -40, vpeak = 35, a = 0.03, b = -2, c = -50, d = 100 }
  cell[name] = "x"
  refused(('phase: parameter %s must be a number (got "x")'):format(name), function() izh.phase(cell, { time = 0 }) end)
end

-- Convergence.
do
  local function build(case) return izh.network{ dt = case.dt } end
  local result = izh.convergence(build, { duration = 10, halvings = 1 })
  refused('plot: options must be a table (got "wide")', function() result:plot(path, "wide") end)
  refused('plot: unknown option "widht" (did you mean "width"?)', function() result:plot(path, { widht = 3 }) end)
  refused("plot: options are given by name (got a table without one)", function() result:plot(path, { izh.curve{ x = { 1 }, y = { 1 } } }) end)
  refused("plot: 1 argument too many", function() result:plot(path, {}, 3) end)
  refused("convergence: the name of a statistic must be UTF-8 text", function()
    izh.convergence(build, { duration = 10, halvings = 1, statistics = function() return { ["\xff"] = 1 } end })
  end)
end

os.remove(path)
