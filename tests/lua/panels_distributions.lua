-- Panels of distributions, phase planes and matrices: what they take, what they refuse.
local izh = require "izhlua"
local check = require "check"
local equal, raises = check.equal, check.raises

local path = os.tmpname()
os.remove(path)

local function draw(...)
  local file = path .. ".svg"
  izh.figure{ ... }:save(file)
  local handle = assert(io.open(file, "rb"))
  local svg = handle:read("a")
  handle:close()
  os.remove(file)
  return svg
end

local net = izh.network{ seed = 2 }
local E = net:population("E", 8, "E2003")
local I = net:population("I", 2, "I2003")
net:connect(E, net, { name = "excitation", weight = 1 })
net:stimulate(net, izh.noise{ sd = 6 })
local rec = net:record(E, { "v", "u" })
net:run(300)
local spikes = net:spikes()

equal(tostring(izh.histogram({ 1, 2, 0 / 0 })), "histogram panel: 2 numbers")
equal(tostring(izh.phase("RS", { time = 0 })), "phase panel: 2 fixed points at I = 0")
equal(tostring(izh.phase("RS", { current = 10, time = 0 })), "phase panel: 0 fixed points at I = 10")
equal(tostring(izh.phase("RS2007", { time = 0 })), "phase panel: 2 fixed points at I = 0")
equal(tostring(izh.matrix{ { 1, 2, 3 }, { 4, 5, 6 } }), "matrix panel: 2 × 3 numbers")
equal(tostring(izh.matrix(net.projections.excitation)), "matrix panel: 10 × 8 numbers")

for what, panel in pairs{
  numbers = izh.histogram(izh.vector{ 1, 2, 2, 5 }),
  ["several"] = izh.histogram({ { 1, 2 }, { 2, 3 } }, { labels = { "a", "b" }, density = true }),
  ["nothing"] = izh.histogram({}),
  ["undefined only"] = izh.histogram({ 0 / 0 }),
  ["one number"] = izh.histogram({ 5 }),
  ["equal numbers"] = izh.histogram({ 5, 5, 5 }, { bins = 3 }),
  ["logarithmic"] = izh.histogram({ 1, 10, 100 }, { log = "xy" }),
  ["one logarithmic"] = izh.histogram({ 3 }, { log = "x" }),
  ["phase"] = izh.phase("CH", { current = 10, time = 100 }),
  ["phase of a table"] = izh.phase({ a = 0.02, b = 0.2, c = -65, d = 8 }),
  ["phase of a recording"] = izh.phase("RS", { recording = rec, neuron = 3, legend = false, axes = "bars" }),
  ["fast spiking"] = izh.phase("FS2007", { current = 100, vlim = { -80, 30 }, ulim = { -100, 500 } }),
  ["no rows"] = izh.matrix{},
  ["empty rows"] = izh.matrix{ {}, {} },
  ["one cell"] = izh.matrix{ { 0 } },
  ["undefined cells"] = izh.matrix{ { 0 / 0, -1 }, { 0 / 0, 1 } },
  ["a range"] = izh.matrix({ { 1, 2 } }, { range = { 0, 1 }, colours = "signed", label = "r" }),
} do
  check.truth(#draw(panel) > 500, what)
end

for message, f in pairs{
  ["histogram: what izh.histogram shows must be numbers, spikes, or a list of such (got 3)"] = function() izh.histogram(3) end,
  ['histogram: values[1] must be a number (got "a")'] = function() izh.histogram{ "a" } end,
  ["histogram: values[2] must be finite, or NaN where there is none (got infinity)"] = function() izh.histogram{ 1, math.huge } end,
  ["histogram: give bin or bins, not both"] = function() izh.histogram({ 1 }, { bin = 1, bins = 2 }) end,
  ["histogram: bins must be a whole number 1 … 10000 (got 0)"] = function() izh.histogram({ 1 }, { bins = 0 }) end,
  ["histogram: bin must be a width > 0 (got 0)"] = function() izh.histogram({ 1 }, { bin = 0 }) end,
  ["histogram: bin 1e-09 makes 1000000000 bins; at most 10000 are allowed"] = function() izh.histogram({ 0, 1 }, { bin = 1e-9 }) end,
  ["histogram: a logarithmic axis shows numbers > 0, but there is -1"] = function() izh.histogram({ -1, 1 }, { log = "x" }) end,
  ['histogram: unknown of "isis" (did you mean "isi"?)'] = function() izh.histogram(spikes, { of = "isis" }) end,
  ["histogram: with the option of, what izh.histogram shows must be spikes or a network (got a table)"] = function() izh.histogram({ 1 }, { of = "isi" }) end,
  ['histogram: spikes need the option of: of = "isi", "rate", "cv", "cv2" or "lv"'] = function() izh.histogram(spikes) end,
  ["histogram: labels must have 1 string (got 2)"] = function() izh.histogram({ 1 }, { labels = { "a", "b" } }) end,
  ["phase: the cell must be a name in izh.cells or a table (got 3)"] = function() izh.phase(3) end,
  ['phase: unknown cell "RSS" (did you mean "RS"?)'] = function() izh.phase("RSS") end,
  ["phase: this cell is a family (it has `each`); give the parameters of one: { a =, b =, c =, d = }"] = function() izh.phase("E2003") end,
  ["phase: parameter b must be a number (got nothing)"] = function() izh.phase{ a = 1 } end,
  ["phase: current must be a finite number (got infinity)"] = function() izh.phase("RS", { current = math.huge }) end,
  ["phase: recording must be a recording of v and u (got 3)"] = function() izh.phase("RS", { recording = 3 }) end,
  ["phase: neuron must be the id of a neuron that was recorded, 1 … 8 (got 9)"] = function() izh.phase("RS", { recording = rec, neuron = 9 }) end,
  ["phase: time must be a number of ms, 0 … 1000000 (got -1)"] = function() izh.phase("RS", { time = -1 }) end,
  ["matrix: what izh.matrix shows must be a list of rows, or a projection (got 3)"] = function() izh.matrix(3) end,
  ["matrix: row 1 must be numbers in a table or a vector (got 3)"] = function() izh.matrix{ 3 } end,
  ["matrix: row 2 must have 2 numbers, as row 1 has (got 1)"] = function() izh.matrix{ { 1, 2 }, { 3 } } end,
  ['matrix: unknown colours "jet" (known: sequential, signed)'] = function() izh.matrix({ { 1 } }, { colours = "jet" }) end,
  ["matrix: range must ascend (got { 2, 1 })"] = function() izh.matrix({ { 1 } }, { range = { 2, 1 } }) end,
  ["spectrum: what izh.spectrum shows must be spikes, a network, or a table such as welch_psd gives (got 3)"] = function() izh.spectrum(3) end,
  ["spectrum: psd must have 2 numbers, as many as frequencies (got 1)"] = function() izh.spectrum{ frequencies = { 1, 2 }, psd = { 1 } } end,
  ["rate: what izh.rate shows must be a network, spikes, or a list of them (got 3)"] = function() izh.rate(3) end,
  ["rate: to must not be after 300 ms, until which the network has run (got 301 ms)"] = function() izh.rate(net, { to = 301 }) end,
  ['rate: unknown kernel "gausian" (did you mean "gaussian"?)'] = function() izh.rate(net, { kernel = "gausian" }) end,
  ["rate: sigma must be a number of ms > 0 (got 0)"] = function() izh.rate(net, { sigma = 0 }) end,
} do
  raises(message, f)
end
check.truth(#draw(izh.spectrum{ frequencies = { 0, 1, 2 }, psd = { 0, 1, 2 }, unit = "Hz²/Hz" }) > 500, "a spectrum")
check.truth(#draw(izh.spectrum({ { frequencies = { 1 }, psd = { 0 } }, { frequencies = {}, psd = {} } }, { labels = { "a", "b" } })) > 500, "odd spectra")

-- Where only multiples of a number occur, such as rates k/duration and intervals k dt, the chosen bins hold as many of these each.
do
  local rates, intervals = {}, {}
  for k = 0, 999 do
    rates[k + 1] = (k % 8 + k // 8 % 8) / 1.8
    intervals[k + 1] = 20 + k % 10
  end
  local function same(values, options, bin)
    local with = { bin = bin }
    for key, value in pairs(options) do with[key] = value end
    check.truth(draw(izh.histogram(values, options)) == draw(izh.histogram(values, with)), "bin " .. bin)
  end
  same(rates, { xlim = { 0, 15 / 1.8 } }, 1 / 1.8)
  same(table.move(rates, 1, 64, 1, {}), { xlim = { 0, 16 / 1.8 } }, 4 / 1.8)
  same(intervals, { log = "x" }, 0.1)
  equal(draw(izh.histogram({ 1, 1, 2, 3, 3, 3 }, { bins = 3, xlim = { 1, 4 } })), draw(izh.histogram{ 1, 1, 2, 3, 3, 3 }))
  -- 3 * 0.1 is more than 0.3
  equal(draw(izh.histogram({ 0.3, 0.3, 0.35 }, { bin = 0.1 })), draw(izh.histogram({ 0.31, 0.32, 0.35 }, { bin = 0.1 })))
end

-- A phase plane of a cell that does not fire shows where it is, not the way to a peak: here 30 % around the fixed points,
-- -70 and -50 mV.
do
  local function rounded(options)
    return (draw(izh.phase("RS", options)):gsub("%d+%.%d+", function(x) return ("%.2f"):format(x) end))
  end
  check.truth(rounded{ time = 0.1 } == rounded{ time = 0.1, vlim = { -76, -44 } }, "the range of a quiet cell")
  check.truth(rounded{ time = 0.1 } ~= rounded{ time = 0.1, vlim = { -76, 30 } }, "another range")
end

-- A rate in a window counts the spikes around it: there is no slope at its ends.
do
  local times = {}
  for k = 1, 1000 do times[k] = k end
  local all, window = izh.spikes{ times = times, to = 1000 }, { from = 400, to = 600, sigma = 10 }
  local inside = draw(izh.rate(all, window))
  check.truth(inside == draw(izh.rate(all:slice{ from = 200, to = 800 }, window)), "spikes further away do not matter")
  check.truth(inside ~= draw(izh.rate(all:slice{ from = 400, to = 600 }, window)), "spikes outside do")

  local partly = izh.network{ seed = 2 }
  partly:population("P", 2, "RS")
  partly:record_spikes(false)
  partly:run(100)
  partly:record_spikes(true)
  partly:run(100)
  equal(tostring(izh.rate(partly, { from = 100 })), "rate panel: 1 rate in 100 < t ≤ 200 ms")
  raises("spikes: the spikes of neuron 1 in 50 < t ≤ 100 ms were not recorded: net:record_spikes says which ones are",
    function() izh.rate(partly, { from = 50 }) end)
end
