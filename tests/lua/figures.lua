-- Figures from scripts: what they take, what they refuse, what they leave on the disk.
local izh = require "izhlua"
local check = require "check"
local equal, raises = check.equal, check.raises

local net = izh.network{ seed = 2 }
local E = net:population("E", 8, "E2003")
local I = net:population("I", 2, "I2003")
net:connect(E, net, { rule = "all_to_all", weight = 1 })
net:connect(I, net, { rule = "all_to_all", weight = -1 })
net:stimulate(net, izh.noise{ sd = 6 })
net:run(100)

local path = os.tmpname()
os.remove(path)

local content = check.content

-- Each format begins as it must; nothing else is left beside it.
for ending, magic in pairs{ pdf = "%PDF-", svg = "<?xml", png = "\137PNG" } do
  local file = path .. "." .. ending
  net:raster(file, { title = "a title", marks = { { 50, "here ×2" }, { 60 } }, from = 10, to = 90, bin = 5, width = "double" })
  equal(content(file):sub(1, #magic), magic)
  os.remove(file)
end

-- A panel shows the network as it was.
do
  local panel = izh.raster(net)
  local shown = tostring(panel)
  equal(shown, ("raster panel: %d spikes in 0 < t ≤ 100 ms"):format(net:spikes().size))
  net:run(50)
  equal(tostring(panel), shown)
  equal(tostring(izh.figure{ columns = 2, panel, izh.raster(net, { rate = false }) }), "figure of 2 panels")
  izh.figure{ columns = 1, letters = false, height = 120, panel, izh.raster(net) }:save(path .. ".pdf")
  check.truth(content(path .. ".pdf"), "it is saved")
end

-- What cannot be drawn leaves an old figure as it was.
local file = path .. ".pdf"
local old = content(file)
for message, options in pairs{
  ['unknown option "tite" (did you mean "title"?)'] = { tite = "a" },
  ["title must be a string (got 3)"] = { title = 3 },
  ["title must be UTF-8 text"] = { title = "a\xff" },
  ["title must not contain a NUL byte"] = { title = "a\0b" },
  ["marks must be a list such as { { 500, \"label\" } } (got 5)"] = { marks = 5 },
  ["marks[1] must be { time, label } or { from, to, label } (got 5)"] = { marks = { 5 } },
  ['marks[1][1] must be a time in ms (got "a")'] = { marks = { { "a" } } },
  ["marks[1][1] must be a time in ms (got NaN)"] = { marks = { { 0 / 0 } } },
  ["marks[1][2] must be a string (got false)"] = { marks = { { 5, false } } },
  ["marks[1][3] must be a string (got false)"] = { marks = { { 5, 6, false } } },
  ["marks[1][2] must be a time in ms (got infinity)"] = { marks = { { 5, math.huge, "a" } } },
  ["marks[1] must end after it begins (got 7 … 5)"] = { marks = { { 7, 5 } } },
  ["marks[1] must be { time, label } or { from, to, label }, with no more values"] = { marks = { { 5, "a", 7 } } },
  ['marks must be a list without gaps or names (got one at "label")'] = { marks = { { 5 }, label = "x" } },
  ['marks[1] must be a list without gaps or names (got one at "label")'] = { marks = { { 5, label = "x" } } },
  ["marks must be a list without gaps"] = { marks = { { 5 }, nil, { 6 } } },
  ["from must be a finite number of ms (got infinity)"] = { from = math.huge },
  ["to must not be before from (got 10 and 20 ms)"] = { from = 20, to = 10 },
  ["to must not be after 150 ms, until which the network has run (got 151 ms)"] = { to = 151 },
  ["from must not be before 0 ms, when the run began (got -1 ms)"] = { from = -1 },
  ["rate must be true or false (got 1)"] = { rate = 1 },
  ["bin must be a number of ms > 0 (got 0)"] = { bin = 0 },
  ["bin must be a multiple of dt = 0.5 ms (got 0.7 ms)"] = { bin = 0.7 },
  ['unknown width "dobule" (did you mean "double"?)'] = { width = "dobule" },
  ['width must be "single", "onehalf", "double" or a number of mm, 20 … 2000 (got 3)'] = { width = 3 },
  ["height must be a number of mm, 20 … 2000 (got 1)"] = { height = 1 },
  ["the panels need a height of"] = { height = 21 },
  ["dpi must be a number 36 … 2400 (got 1)"] = { dpi = 1 },
} do
  raises("raster: " .. message, function() net:raster(file, options) end)
end
raises("raster: the path must be a file name ending in .pdf, .svg, .png, .eps or .ps (got 3)", function() net:raster(3) end)
raises('raster: the file name must end in .pdf, .svg, .png, .eps or .ps: "x.pfd"', function() net:raster("x.pfd") end)
raises("raster: the path must not contain a NUL byte", function() net:raster("x\0.pdf") end)
raises('raster: cannot write "/nowhere/at/all.pdf": No such file', function() net:raster("/nowhere/at/all.pdf") end)
raises("raster: 1 argument too many", function() net:raster(file, {}, 5) end)
raises("raster: options must be a table (got false)", function() net:raster(file, false) end)
raises("raster: must be called on a network, with a colon: net:raster(…)", function() net.raster(file) end)
raises("raster: a raster needs at least one neuron", function() izh.network{}:raster(file) end)
raises("raster: a population is drawn by its spikes: izh.raster(net:spikes{ of = E })", function() izh.raster(E) end)
raises("raster: the first argument of izh.raster must be a network", function() izh.raster(3) end)
raises("raster: call it with a dot: izh.raster(…)", function() izh:raster(net) end)
raises("figure: call it with a dot: izh.figure(…)", function() izh:figure{ izh.raster(net) } end)
raises("figure: the argument must be a table of panels and options (got 3)", function() izh.figure(3) end)
raises("figure: panels are given in a table: izh.figure{ panel, … }", function() izh.figure(izh.raster(net)) end)
raises("panel: only a figure is saved: izh.figure{ panel }:save(path)", function() izh.raster(net):save("a.pdf") end)
raises("figure: a figure needs at least one panel", function() izh.figure{} end)
raises("figure: panel 2 must be made by izh.raster, izh.trace … (got 3)", function() izh.figure{ izh.raster(net), 3 } end)
raises("figure: panel 2 is missing", function() izh.figure{ izh.raster(net), nil, izh.raster(net) } end)
raises('figure: unknown option "colums" (did you mean "columns"?)', function() izh.figure{ izh.raster(net), colums = 2 } end)
raises("figure: columns must be a whole number 1 … 100 (got 0)", function() izh.figure{ izh.raster(net), columns = 0 } end)
raises("figure: letters must be true, false, \"upper\", \"lower\" or a list of strings (got 3)", function() izh.figure{ izh.raster(net), letters = 3 } end)
raises("save: 1 argument too many", function() izh.figure{ izh.raster(net) }:save(file, 300) end)
raises("save: must be called on a figure, with a colon", function() izh.figure{ izh.raster(net) }.save(file) end)
raises('figure: unknown member "svae" (did you mean "save"?)', function() izh.figure{ izh.raster(net) }:svae(file) end)
raises("panel: title cannot be assigned to", function() izh.raster(net).title = "a" end)
equal(content(file), old, "the old figure")
os.remove(file)

-- A run without spikes, of one neuron, and a window without length are figures too.
do
  local quiet = izh.network{}
  quiet:population("alone", 1, "RS")
  raises("raster: the network has not run, so there is nothing to draw: net:run(1000)", function() quiet:raster(file) end)
  raises("rate: the network has not run, so there is nothing to draw: net:run(1000)",
    function() izh.rate({ net, quiet }, { labels = { "a", "b" } }) end)
  quiet:run(10)
  local late = quiet:record(quiet, "v")
  raises('trace: recording "all.v": v of 1 neuron every 1 ms, 1 sample in 10 ≤ t ≤ 10 ms cannot be drawn: '
    .. "net:record comes before net:run", function() izh.trace(late) end)
  quiet:raster(file)
  quiet:raster(file, { from = 5, to = 5 })
  check.truth(content(file), "it is saved")
  os.remove(file)
end
