-- Panels of lines and points: what they take, what they refuse.
local izh = require "izhlua"
local check = require "check"
local equal, raises = check.equal, check.raises

local net = izh.network{ seed = 2 }
local A = net:population("A", 3, "RS")
net:stimulate(A, izh.current(10))
local rec = net:record(A{ 2, 3 }, { "v", "u", "i_ext" }, { every = 0.5 })
local apart = net:record(A{ 1, 3 }, "v")
local weights = net:record(net:connect(A, A, { weight = 0 }), "weight")
net:run(100)

local path = os.tmpname()
os.remove(path)

local content = check.content

-- The SVG of a page with these panels.
local function draw(...)
  local file = path .. ".svg"
  izh.figure{ ... }:save(file)
  local svg = content(file)
  os.remove(file)
  return svg
end

equal(tostring(izh.trace(rec)), "trace panel: v, u, i_ext in 0 … 100 ms")
equal(tostring(izh.trace(rec, { variables = "v", from = 10, to = 20 })), "trace panel: v in 10 … 20 ms")
equal(tostring(izh.trace{ t = { 0, 1 }, z = { 1, 2 }, v = { 1, 2 } }), "trace panel: v, z in 0 … 1 ms")
equal(tostring(izh.curve{ { x = { 1 }, y = { 1 } }, { x = {}, y = {} } }), "curve panel: 2 series")

-- What is odd is drawn all the same.
for what, panel in pairs{
  ["no samples"] = izh.trace{ t = {}, v = {} },
  ["one sample"] = izh.trace{ t = { 5 }, v = { -65 } },
  ["no time"] = izh.trace({ t = { 0, 5 }, v = { -65, -60 } }, { from = 3, to = 3 }),
  ["a gap"] = izh.trace{ t = { 0, 1, 2 }, v = { 1, 0 / 0, 2 }, spikes = { 0.5, 1.5 } },
  ["gaps only"] = izh.trace{ t = { 0, 1 }, v = { 0 / 0, 0 / 0 } },
  ["long"] = izh.trace({ t = { 0, 60000 }, v = { 1, 2 } }, { marks = { { 500, 1000, "a" } }, axes = "bars" }),
  ["huge"] = izh.trace{ t = { 0, 1 }, v = { -1e200, 1e200 } },
  ["tiny"] = izh.trace{ t = { 0, 1 }, v = { 1e-200, 2e-200 } },
  ["constant"] = izh.trace{ t = { 0, 1 }, v = { 0, 0 } },
  ["no points"] = izh.curve{ x = {}, y = {} },
  ["one point"] = izh.curve{ x = { 1 }, y = { 2 }, error = { 3 } },
  ["logarithmic"] = izh.curve({ x = { 1, 10 }, y = { 1e-9, 1e9 } }, { log = "xy" }),
  ["no range"] = izh.curve({ x = { 1, 1 }, y = { 1, 1 } }, { log = "xy" }),
} do
  check.truth(#draw(panel) > 500, what)
end

-- Data are copied.
do
  local t, v = { 0, 1 }, { 1, 2 }
  local panel = izh.trace{ t = t, v = v }
  local before = draw(panel)
  t[2], v[1] = nil, 1e9
  equal(draw(panel), before)
end

-- The unit of currents is that of the cells that are drawn, both when there are both.
do
  local mixed = izh.network()
  mixed:population("A", 1, "RS2007")
  mixed:population("B", 1, "RS")
  local both = mixed:record(mixed, "i_ext")
  mixed:run(10)
  local function same(neurons, unit)
    local options = { neurons = neurons, labels = { "A", #neurons > 1 and "B" or nil } }
    local drawn = draw(izh.trace(both, options))
    for _, word in ipairs{ "pA", "a.u.", "pA; a.u." } do
      options.units = { i_ext = word }
      check.truth((draw(izh.trace(both, options)) == drawn) == (word == unit), word)
    end
  end
  same({ 1 }, "pA")
  same({ 2 }, "a.u.")
  same({ 1, 2 }, "pA; a.u.")
end

-- A trace of many points takes no more room on the page than can be seen.
do
  local t, v = {}, {}
  for i = 1, 100000 do t[i], v[i] = i, math.sin(i) end
  check.truth(#draw(izh.trace{ t = t, v = v }) < 500000, "a long trace is thinned")
end

local data = { t = { 0, 1 }, v = { 1, 2 } }
for message, f in pairs{
  ['the first argument of izh.trace must be a recording or a table { t = {…}, v = {…} } (got 3)'] = function() izh.trace(3) end,
  ["call it with a dot: izh.trace(…)"] = function() izh:trace(rec) end,
  ["1 argument too many"] = function() izh.trace(rec, {}, 1) end,
  ['unknown option "tite" (did you mean "title"?)'] = function() izh.trace(rec, { tite = "a" }) end,
  ["the times are missing: { t = {…}, v = {…} }"] = function() izh.trace{ v = { 1 } } end,
  ["there is nothing to draw: { t = {…}, v = {…} }"] = function() izh.trace{ t = { 1 } } end,
  ["v must have 2 numbers, as many as t (got 1)"] = function() izh.trace{ t = { 0, 1 }, v = { 1 } } end,
  ["v must be numbers in a table or a vector (got 3)"] = function() izh.trace{ t = { 0, 1 }, v = 3 } end,
  ['v[2] must be a number (got "a")'] = function() izh.trace{ t = { 0, 1 }, v = { 1, "a" } } end,
  ["v[2] must be finite, or NaN where there is none (got infinity)"] = function() izh.trace{ t = { 0, 1 }, v = { 1, math.huge } } end,
  ["t must ascend, but t[2] = 0"] = function() izh.trace{ t = { 1, 0 }, v = { 1, 2 } } end,
  ["t[1] must be a number (got NaN)"] = function() izh.trace{ t = { 0 / 0 }, v = { 1 } } end,
  ["spikes must ascend, but spikes[2] = 0"] = function() izh.trace{ t = { 1 }, v = { 1 }, spikes = { 1, 0 } } end,
  ["neurons can be given for a recording only"] = function() izh.trace(data, { neurons = 1 }) end,
  ["neurons[1] must be the id of a neuron that was recorded, 2 … 3 (got 1)"] = function() izh.trace(rec, { neurons = { 1 } }) end,
  ["neurons[1] must be the id of a neuron that was recorded, 1, 3 (got 2)"] = function() izh.trace(apart, { neurons = 2 }) end,
  ['this is a recording of synapses, not of neurons; draw it with izh.curve{ x = r:times(), y = r:values("weight", k) }'] = function() izh.trace(weights) end,
  ["neurons must be an id, a list of ids, or a population (got true)"] = function() izh.trace(rec, { neurons = true }) end,
  ['variable "w" is not in the table'] = function() izh.trace(data, { variables = { "w" } }) end,
  ["variables must be a list such as { \"v\", \"i_ext\" } (got 3)"] = function() izh.trace(data, { variables = 3 }) end,
  ["variables must not be empty"] = function() izh.trace(data, { variables = {} }) end,
  ["axes must be true, false or \"bars\" (got 3)"] = function() izh.trace(data, { axes = 3 }) end,
  ['unknown option "tim" (did you mean "time"?)'] = function() izh.trace(data, { bars = { tim = 3 } }) end,
  ["bars.time must be a length > 0 or false (got 0)"] = function() izh.trace(data, { bars = { time = 0 } }) end,
  ["ylim must ascend (got { 2, 1 })"] = function() izh.trace(data, { ylim = { 2, 1 } }) end,
  ["ylim.v must be a range { lo, hi } (got 3)"] = function() izh.trace(data, { ylim = { v = 3 } }) end,
  ["heights.v must be a number > 0 (got 0)"] = function() izh.trace(data, { heights = { v = 0 } }) end,
  ["units.v must be a string (got 3)"] = function() izh.trace(data, { units = { v = 3 } }) end,
  ["to must not be before from (got 1 and 2 ms)"] = function() izh.trace(data, { from = 2, to = 1 }) end,
} do
  raises("trace: " .. message, f)
end
for message, f in pairs{
  ["the first argument of izh.curve must be { x = {…}, y = {…} } or a list of such tables (got 3)"] = function() izh.curve(3) end,
  ["a curve needs at least one series"] = function() izh.curve{} end,
  ["series.y is missing"] = function() izh.curve{ x = { 1 } } end,
  ["series 2 must be a table { x = {…}, y = {…} } (got 3)"] = function() izh.curve{ { x = {}, y = {} }, 3 } end,
  ['unknown option "lable" (did you mean "label"?)'] = function() izh.curve{ { x = {}, y = {}, lable = 3 } } end,
  ['unknown style "lines" (did you mean "line"?)'] = function() izh.curve{ x = {}, y = {}, style = "lines" } end,
  ['style must be "points", "line", "both", "step" or "bars" (got 3)'] = function() izh.curve{ x = {}, y = {}, style = 3 } end,
  ["series.y must have 2 numbers, as many as x (got 1)"] = function() izh.curve{ x = { 1, 2 }, y = { 1 } } end,
  ["series.error[1] must not be negative (got -1)"] = function() izh.curve{ x = { 1 }, y = { 1 }, error = { -1 } } end,
  ["series: low and high go together"] = function() izh.curve{ x = { 1 }, y = { 1 }, low = { -1 } } end,
  ["series: give error, or low and high, not both"] = function() izh.curve{ x = { 1 }, y = { 1 }, low = { -1 }, error = { 1 } } end,
  ['unknown log "z" (known: x, y, xy)'] = function() izh.curve({ x = { 1 }, y = { 1 } }, { log = "z" }) end,
} do
  raises("curve: " .. message, f)
end
raises("save: x[1] of series 1 of track 1 is 0: a logarithmic axis shows numbers > 0",
  function() izh.figure{ izh.curve({ x = { 0 }, y = { 1 } }, { log = "x" }) }:save(path .. ".pdf") end)
raises("save: a scale bar of 50 mV is longer than its axis",
  function() izh.figure{ izh.trace(data, { axes = "bars", bars = { v = 50 } }) }:save(path .. ".pdf") end)
raises("save: the range of x, a logarithmic axis, must be > 0, not -1 … 1",
  function() izh.figure{ izh.curve({ x = { 1 }, y = { 1 } }, { log = "x", xlim = { -1, 1 } }) }:save(path .. ".pdf") end)
equal(content(path .. ".pdf"), nil, "no figure is left")
