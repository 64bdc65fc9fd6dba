-- The options that all panels have: what they draw, and what they refuse, in whole messages.
local izh = require "izhlua"
local check = require "check"
local equal, raises = check.equal, check.raises

local net = izh.network{ seed = 2 }
local E = net:population("E", 8, "RS")
local I = net:population("I", 4, "FS")
net:connect(E, net, { weight = 1, p = 0.5, rule = "pairwise_bernoulli" })
net:connect(I, net, { weight = -1, p = 0.5, rule = "pairwise_bernoulli" })
net:stimulate(net, izh.current(10))
local recording = net:record(E, "v")
net:run(100)

local path = os.tmpname()
os.remove(path)

-- The SVG of a page with these panels.
local function once(...)
  local file = path .. ".svg"
  izh.figure{ ... }:save(file)
  local svg = check.content(file)
  os.remove(file)
  return svg
end

-- Twice the same.
local function draw(...)
  local svg = once(...)
  equal(once(...), svg, "the same bytes twice")
  return svg
end

local function count(text, pattern) return select(2, text:gsub(pattern, "")) end

local makers = {
  raster = function(o) return izh.raster(net, o) end,
  rate = function(o) return izh.rate(net, o) end,
  trace = function(o) return izh.trace(recording, o) end,
  phase = function(o) return izh.phase("RS", o) end,
  curve = function(o) return izh.curve({ x = { 1, 2, 4 }, y = { 1, 3, 2 } }, o) end,
  histogram = function(o) return izh.histogram({ 1, 2, 2, 3 }, o) end,
  spectrum = function(o) return izh.spectrum({ frequencies = { 1, 2 }, psd = { 2, 1 } }, o) end,
  matrix = function(o) return izh.matrix({ { 1, 2 }, { 3, 4 } }, o) end,
}

-- Every panel takes the options of all, and each of them changes the figure.
local places = { phase = { -60, -10 }, trace = { 50, -60 }, raster = { 50, 6 }, rate = { 50, 20 } }
local function everywhere(x, y)
  return {
    xlabel = "x", ylabel = "y", xticks = { x, { x + 1, "two" } }, yticks = { { y, "one" }, y + 1 },
    lines = { { y = y }, { x = x, label = "here" } }, bands = { { y = { y, y + 1 }, label = "b" } },
    inset = { izh.curve{ x = { 1, 2 }, y = { 1, 2 } }, width = 0.6, height = 0.6 }, axis = "right",
    text = { { x, y, "words" } }, arrows = { { x, y, x + 1, y + 1, "tail" } }, title = "a title", marks = { { x, "mark" } },
  }
end
for name, make in pairs(makers) do
  local plain, at = once(make{}), places[name] or { 1, 1 }
  for option, value in pairs(everywhere(at[1], at[2])) do
    local lacks = option == "axis" and name == "matrix"
    check.truth(lacks or once(make{ [option] = value }) ~= plain, name .. " has no " .. option)
  end
end

-- Colours: of series, of populations, of what all panels of a page show of one population.
local function has(svg, rgb) return svg:find("rgb(" .. rgb, 1, true) end
check.truth(has(draw(izh.curve({ x = { 1, 2 }, y = { 1, 2 } }, { color = "#ff0000" })), "100%,0%,0%"), "red")
check.truth(has(draw(izh.raster(net, { colors = { I = "lime" } })), "0%,100%,0%"), "lime")
check.truth(has(draw(izh.curve{ { x = { 1 }, y = { 1 }, color = "blue" }, { x = { 1 }, y = { 2 } } }), "0%,44.7"), "Okabe and Ito's blue")
do
  local E_spikes, I_spikes = net:spikes{ of = E }, net:spikes{ of = I }
  local function spectrum() return izh.rate({ E_spikes, I_spikes }, { labels = { "E", "I" } }) end
  local yellow = "90.196" -- the second colour of unrelated series
  check.truth(has(draw(spectrum()), yellow), "alone")
  check.truth(not has(draw(spectrum(), izh.raster(net)), yellow), "beside a raster I has its colour there")
end

-- Whole numbers have no ticks between them; large ones have their power in the title.
do
  local counts = draw(izh.curve{ x = { 1, 2, 3, 4 }, y = { 0, 1, 1, 2 }, style = "points" })
  local numbers = draw(izh.curve{ x = { 1, 2, 3, 4 }, y = { 0, 1.5, 1, 2 }, style = "points" })
  check.truth(count(counts, "<use") < count(numbers, "<use"), "fewer labels")
end

-- Categories, steps, bars, two axes.
for what, panel in pairs{
  ["categories"] = izh.curve{ x = { "none", "recurrent excitation", "E" }, y = { 1, 2, 3 }, error = { 1, 1, 1 } },
  ["steps"] = izh.curve{ x = { 1, 2, 4 }, y = { 1, 0 / 0, 3 }, style = "step" },
  ["one step"] = izh.curve{ x = { 1 }, y = { 1 }, style = "step" },
  ["no steps"] = izh.curve{ x = {}, y = {}, style = "step" },
  ["bars"] = izh.curve{ { x = { "a", "b" }, y = { 1, -2 }, style = "bars" }, { x = { "a", "b" }, y = { 2, 1 }, style = "bars", label = "more" } },
  ["stacked"] = izh.curve({ { x = { 1, 2 }, y = { 1, 2 }, style = "bars" }, { x = { 1, 2 }, y = { 2, 0 / 0 }, style = "bars" } }, { stacked = true }),
  ["two axes"] = izh.curve({ { x = { 1, 2 }, y = { 1, 2 } }, { x = { 1, 2 }, y = { 100, 300 }, axis = "right", label = "big" } }, { y2label = "Big", y2lim = { 0, 400 } }),
  ["looks"] = izh.curve{ x = { 1, 2 }, y = { 1, 2 }, marker = "open square", dash = "dotted", width = 2, size = 5 },
  ["long title"] = izh.curve({ x = { 1 }, y = { 1 } }, { title = ("words and more "):rep(20) }),
  ["many ticks"] = izh.curve({ x = { 1, 200 }, y = { 1, 2 } }, { xticks = izh.vector{ 1, 2, 3, 100, 150, 200, 1e9 } }),
  ["no ticks"] = izh.curve({ x = { 1, 2 }, y = { 1, 2 } }, { xticks = {}, yticks = {} }),
  ["log with ticks"] = izh.curve({ x = { 1, 200 }, y = { 1, 2 } }, { xscale = "log", yscale = "log", xticks = { 1, 10, { 100, "a hundred" } }, lines = { { slope = 1 }, { slope = 1, intercept = -1e5 } } }),
  ["far away"] = izh.curve({ x = { 1, 2 }, y = { 1, 2 } }, { text = { { 1e300, -1e300, "x" } }, arrows = { { 1, 1, 1, 1 }, { -1e300, 0, 1e300, 1 } }, lines = { { y = 1e300, label = "y" } } }),
  ["minor"] = izh.curve({ x = { 0, 10 }, y = { 0, 1 } }, { xminor = 1, yminor = 1e-9 }),
  ["time in seconds"] = izh.trace({ t = { 0, 60000 }, v = { 1, 2 } }, { xticks = { 0, 30000 }, text = { { 30000, 1, "half a minute" } }, xlim = { 0, 40000 } }),
  ["matrix of times"] = izh.matrix({ { 1, 2, 3 }, { 3, 0 / 0, 1 } }, { x = { 0, 10, 20 }, y = { 5, 6 }, colormap = "magma", clim = { 0, 2 }, origin = "upper" }),
  ["empty matrix"] = izh.matrix({}, { x = {}, y = {} }),
} do
  check.truth(#draw(panel) > 500, what)
end
for _, legend in ipairs{ "top", "right", "inside", true } do
  check.truth(#draw(izh.rate(net, { legend = legend })) > 500, tostring(legend))
end
check.truth(#draw(izh.rate(net, { legend = false })) < #draw(izh.rate(net, { legend = "right" })), "no legend")

-- Colours of two signs are for numbers of which both matter.
do
  local function matrix(rows, o) return draw(izh.matrix(rows, o)) end
  equal(matrix{ { -0.0002, 1 }, { 0.5, 0.2 } }, matrix({ { -0.0002, 1 }, { 0.5, 0.2 } }, { colormap = "viridis" }))
  equal(matrix{ { -0.5, 1 }, { 0.5, 0.2 } }, matrix({ { -0.5, 1 }, { 0.5, 0.2 } }, { colormap = "signs" }))
  check.truth(matrix{ { 1, 2 }, { 3, 4 } } ~= matrix({ { 1, 2 }, { 3, 4 } }, { origin = "upper" }))
  check.truth(matrix{ { 1, 2 }, { 3, 4 } } ~= matrix{ { 1, 2 }, { 3, 0 / 0 } })
end

-- Time axes above each other share their range, unless one is given.
do
  local short = { t = { 20, 50 }, v = { 1, 2 } }
  local function page(o) return draw(table.unpack{ izh.trace(short, o), izh.trace{ t = { 0, 100 }, v = { 1, 2 } } }) end
  equal(page{}, page{ xlim = { 0, 100 } })
  check.truth(page{} ~= page{ xlim = { 20, 50 } })
end
-- Of axes above each other with one title only the last one shows it, unless their numbers have different powers of ten.
do
  local late = { t = { 200000, 200100 }, v = { 1, 2 } }
  local spikes = izh.spikes{ times = { 200050 }, senders = { 1 }, neurons = 1, from = 200000, to = 200100 }
  local function above(of, below) return function(o) return draw(izh.trace(of, o), below) end end
  local both, early = above(late, izh.raster(spikes)), above({ t = { 0, 100 }, v = { 1, 2 } }, izh.trace(late, { to = 200100 }))
  equal(both{}, both{ xlabel = "" }, "a trace and a raster have the same numbers")
  check.truth(early{ to = 100 } ~= early{ to = 100, xlabel = "" }, "each has its title")
end

-- Styles of pages.
for style, size in pairs{ slide = "720pt", poster = "1190.5", paper = "252.2" } do
  local file = path .. ".svg"
  izh.figure{ style = style, izh.curve{ x = { 1 }, y = { 1 } } }:save(file)
  check.truth(check.content(file):find('width="' .. size, 1, true), style)
  os.remove(file)
end

local function curve(o) return function() izh.curve({ x = { 1 }, y = { 1 } }, o) end end
local function series(o)
  return function()
    local one = { x = { 1 }, y = { 1 } }
    for key, value in pairs(o) do one[key] = value end
    izh.curve(one)
  end
end
for message, f in pairs{
  ['xticks must be a list of positions, or of { position, label } (got 3)'] = curve{ xticks = 3 },
  ['xticks[2] must be a finite number, or { position, label } (got "a")'] = curve{ xticks = { 1, "a" } },
  ['xticks[1] must be { position, label }'] = curve{ xticks = { { 1 } } },
  ['yticks[1][1] must be a finite number (got NaN)'] = curve{ yticks = { { 0 / 0, "a" } } },
  ['xlim must ascend (got { 2, 1 })'] = curve{ xlim = { 2, 1 } },
  ['unknown xscale "lgo" (did you mean "log"?)'] = curve{ xscale = "lgo" },
  ['xminor must be a number > 0 (got 0)'] = curve{ xminor = 0 },
  ['unknown color "bleu" (did you mean "blue"?)'] = curve{ color = "bleu" },
  ['color must be a colour such as "#d55e00" or "blue" (got "#12345")'] = curve{ color = "#12345" },
  ['color must be a colour such as "#d55e00" or "blue" (got 3)'] = curve{ color = 3 },
  ['unknown colors.E "bleu" (did you mean "blue"?)'] = curve{ colors = { E = "bleu" } },
  ['legend must be "top", "right", "inside", true or false (got "left")'] = curve{ legend = "left" },
  ['lines[1] must have one of x, y and slope, as { y = 0 }, { x = 5 } or { slope = 1 }'] = curve{ lines = { { x = 1, y = 1 } } },
  ['lines[1].intercept goes with slope'] = curve{ lines = { { x = 1, intercept = 2 } } },
  ['lines[1].y must be a finite number (got "a")'] = curve{ lines = { { y = "a" } } },
  ['lines[1] must be a table such as { y = 0 }, { x = 5 } or { slope = 1 } (got 3)'] = curve{ lines = { 3 } },
  ['unknown option "z" (known: x, y, slope, intercept, label, color, dash)'] = curve{ lines = { { z = 1 } } },
  ['bands[1] must have x or y, as { y = { 0, 5 } } or { x = { 200, 400 } }'] = curve{ bands = { { x = { 1, 2 }, y = { 1, 2 } } } },
  ['bands[1].y must ascend (got { 2, 1 })'] = curve{ bands = { { y = { 2, 1 } } } },
  ['text[1] must be { x, y, "words" }'] = curve{ text = { { 1, 2 } } },
  ['text[1][2] must be a finite number (got infinity)'] = curve{ text = { { 1, math.huge, "a" } } },
  ['text[1][3] must be a string (got 5)'] = curve{ text = { { 1, 2, 5 } } },
  ['unknown text[1].align "middle" (known: left, center, right)'] = curve{ text = { { 1, 2, "a", align = "middle" } } },
  ['arrows[1] must be { x, y, to_x, to_y } or { x, y, to_x, to_y, "words" }'] = curve{ arrows = { { 1, 2, 3 } } },
  ['unknown series.marker "disk" (did you mean "disc"?)'] = series{ marker = "disk" },
  ['unknown series.dash "dash" (known: solid, dashed, dotted, dashdot)'] = series{ dash = "dash" },
  ['series.width must be a number of points, 0.1 … 20 (got 0)'] = series{ width = 0 },
  ['series.size must be a number of points, 0.3 … 50 (got 100)'] = series{ size = 100 },
  ['axis = "right" is for some of several series'] = series{ axis = "right" },
  ['y2label and y2lim are for series with axis = "right"'] = curve{ y2label = "a" },
  ['stacked is for series with style = "bars"'] = curve{ stacked = true },
  ['stacked bars must not be negative (got -1)'] = function() izh.curve({ x = { 1 }, y = { -1 }, style = "bars" }, { stacked = true }) end,
  ['series: steps have no error bars'] = series{ style = "step", error = { 1 } },
  ['series.x must ascend for steps, but x[2] = 1'] = function() izh.curve{ x = { 1, 1 }, y = { 1, 1 }, style = "step" } end,
  ['an axis of categories cannot be logarithmic'] = function() izh.curve({ x = { "a" }, y = { 1 } }, { xscale = "log" }) end,
} do
  raises("curve: " .. message, f)
end
do -- insets: at the place that is said, in one colour with the page; what is refused
  local small = izh.curve({ x = { 1, 2 }, y = { 1, 2 } }, { color = "#12ab34", note = "never seen" })
  local function host(o) return izh.curve({ x = { 1, 2 }, y = { 1, 2 } }, { inset = o }) end
  local svg = draw(host{ small })
  check.truth(has(svg, "7.058824%,67.058824%,20.392157%"), "the inset is there")
  check.truth(draw(host{ small, x = 0.1, y = 0.1 }) ~= svg, "its place")
  check.truth(draw(host{ small, width = 0.6, height = 0.6 }) ~= svg, "its size")
  local function refused(message, o) raises("curve: " .. message, function() host(o) end) end
  refused('inset must be a table such as { izh.curve(…), width = 0.4 } (got 3)', 3)
  refused('inset[1] must be a panel, made by izh.curve, izh.trace … (got nothing)', {})
  refused('a raster in an inset has no room for rates: izh.raster(…, { rate = false })', { izh.raster(net) })
  refused('an inset has no inset of its own', { host{ small } })
  refused('unknown option "wdith" (did you mean "width"?)', { small, wdith = 1 })
  refused('x and y of an inset go together', { small, x = 0.5 })
  refused('inset.width must be a part of the panel, 0 … 1 (got 2)', { small, width = 2 })
  refused('the inset leaves its panel: x + width = 1.2', { small, x = 0.8, y = 0 })
  raises("save: an inset has no room for its axes: give it a larger width or height, or a larger page",
    function() izh.figure{ host{ small, width = 0.1, height = 0.1 } }:save(path .. ".svg") end)
  raises("save: an inset has no room for its axes: give it a larger width or height, or a larger page",
    function() izh.figure{ host{ izh.matrix{ { 1, 2 } }, width = 0.1, height = 0.1 } }:save(path .. ".svg") end)
end

do -- the vertical axis at the right, and its labels
  local svg = draw(izh.curve({ x = { 0, 1 }, y = { 0, 1 } }, { axis = "right", ylabel = "Rate (Hz)" }))
  check.truth(svg ~= draw(izh.curve({ x = { 0, 1 }, y = { 0, 1 } }, { axis = "left", ylabel = "Rate (Hz)" })), "right")
  raises('curve: axis = "right" is for a panel without a second axis', function()
    izh.curve({ { x = { 1 }, y = { 1 } }, { x = { 1 }, y = { 1 }, axis = "right" } }, { axis = "right" })
  end)
end

do -- the range of the rates below a raster
  local chosen = draw(izh.raster(net))
  check.truth(draw(izh.raster(net, { ylim = { 0, 20 } })) ~= chosen, "ylim of a raster")
  check.truth(draw(izh.psth({ net:spikes() }, { ylim = { 10, 20 } })) ~= draw(izh.psth{ net:spikes() }), "ylim of a psth")
  raises("raster: ylim is the range of the rates, and rate is false", function() izh.raster(net, { rate = false, ylim = { 0, 1 } }) end)
  raises("raster: ylim is the range of the rates, from 0 Hz or more (got { -1, 1 })", function() izh.raster(net, { ylim = { -1, 1 } }) end)
end

do -- small ticks and a note of one's own, of rasters, too
  for option, value in pairs{ xminor = 5, yminor = 1, note = "a note", axes = false, legend = false } do
    check.truth(draw(izh.raster(net, { [option] = value })) ~= draw(izh.raster(net)), option .. " of a raster")
    local trials = { { "control", { net:spikes() } } }
    check.truth(draw(izh.psth(trials, { [option] = value })) ~= draw(izh.psth(trials)), option .. " of a psth")
  end
end

do -- scale bars of rasters: of time and of the rate
  local bars = draw(izh.raster(net, { axes = "bars" }))
  check.truth(bars ~= draw(izh.raster(net, { axes = false })), "bars")
  check.truth(bars ~= draw(izh.raster(net, { axes = "bars", bars = { time = 10 } })), "their length")
  check.truth(bars ~= draw(izh.raster(net, { axes = "bars", bars = { rate = false } })), "none of the rate")
  raises("save: a scale bar of 1000 ms is longer than its axis",
    function() izh.figure{ izh.raster(net, { axes = "bars", bars = { time = 1000 } }) }:save(path .. ".svg") end)
end

do -- rasters take what plots take: where names are, the side of the axes, insets, a logarithmic time
  local spikes = net:spikes()
  local trials = { { "control", { spikes, spikes, spikes, spikes, spikes, spikes } } }
  local makers = {
    raster = function(o) return izh.raster(net, o) end, psth = function(o) return izh.psth(trials, o) end,
    without_rates = function(o)
      o.rate = false
      return izh.raster(net, o)
    end,
  }
  for name, make in pairs(makers) do
    local seen = {}
    for _, options in ipairs{ {}, { legend = "top" }, { legend = "right" }, { legend = "inside" }, { legend = false }, { axis = "right" },
      { axis = "right", legend = "inside" }, { xlim = { 1, 50 } }, { xlim = { 1, 50 }, xscale = "log" },
      { inset = { izh.curve{ x = { 1, 2 }, y = { 1, 2 } }, width = 0.8, height = 0.9 } } } do
      local svg = once(make(options))
      check.truth(not seen[svg], name .. " is as before")
      seen[svg] = true
    end
  end
  local function dots(svg) return count(svg, "matrix%(0.015625") end
  local close = izh.raster(net, { from = 20, to = 40, rate = false, legend = false })
  equal(dots(once(izh.raster(net, { inset = { close, width = 0.8, height = 0.9 } }))), 2 * dots(once(izh.raster(net))), "a raster in a raster")
  equal(dots(once(izh.curve({ x = { 1, 2 }, y = { 1, 2 } }, { inset = { close, width = 0.8, height = 0.9 } }))), 2, "a raster in a curve")
  raises("psth: a psth has no yscale, as its rows are neurons or trials", function() izh.psth(trials, { yscale = "log" }) end)
  raises("raster: a raster has no yscale, as its rows are neurons or trials", function() net:raster("x.pdf", { yscale = "log" }) end)
  raises("image: an image has no legend, as the scale of its colours says what they are", function() izh.image({ { 1 } }, { legend = "top" }) end)
  raises("matrix: a matrix has no legend, as the scale of its colours says what they are", function() izh.matrix({ { 1 } }, { legend = "top" }) end)
  raises("save: the range of x, a logarithmic axis, must be > 0, not 0 … 100",
    function() izh.figure{ izh.raster(net, { xscale = "log" }) }:save(path .. ".svg") end)
end

do -- a slope is per ms, also on an axis in seconds
  local panel = debug.getregistry()["izhlua.require"] "izhlua.figure.panel"
  local made = panel.make("trace", { t = { 0, 60000 }, v = { 1, 2 } }, { lines = { { slope = 0.002 } } })
  equal(made.overlays[1].x1, 2)
end

do -- a line is seen, also beyond the data, unless the range is given
  local function curve(o) return draw(izh.curve({ x = { 1, 2 }, y = { 1, 2 } }, o)) end
  check.truth(select(2, curve{ lines = { { y = 5 } } }:gsub("<path", "")) > select(2, curve{ lines = { { y = 5 } }, ylim = { 0, 3 } }:gsub("<path", "")),
    "a line above the data")
  check.truth(curve{ lines = { { x = 9 } } } ~= curve{}, "a line right of the data")
end

do -- the dots of a raster, and its title, which takes more lines when it is long
  check.truth(draw(izh.raster(net, { size = 2 })) ~= draw(izh.raster(net)), "size of a raster")
  check.truth(draw(izh.psth({ net:spikes() }, { size = 2 })) ~= draw(izh.psth{ net:spikes() }), "size of a psth")
  raises("raster: size must be a number of pt, 0.3 … 20 (got 0)", function() izh.raster(net, { size = 0 }) end)
  local function height(title) return tonumber(once(izh.raster(net, { title = title })):match('height="([%d.]+)')) end
  local one = height("a title")
  check.truth(height(("a long title "):rep(8)) > one + 5, "a long title takes more lines")
  equal(height(nil) < one, true, "no title")
end

-- An image is a matrix.
equal(draw(izh.image({ { 1, 2 }, { 3, 4 } }, { label = "n" })), draw(izh.matrix({ { 1, 2 }, { 3, 4 } }, { label = "n" })))
raises('image: row 2 must have 2 numbers, as row 1 has (got 1)', function() izh.image{ { 1, 2 }, { 3 } } end)

for message, f in pairs{
  ['x must ascend in equal steps, as cells are equally large (x[1] = 0, x[2] = 1); for others, name the cells with xticks'] =
    function() izh.matrix({ { 1, 2, 3 } }, { x = { 0, 1, 3 } }) end,
  ['x must have 2 numbers, as many as columns (got 1)'] = function() izh.matrix({ { 1, 2 } }, { x = { 0 } }) end,
  ['give range or clim, not both: they are the same'] = function() izh.matrix({ { 1 } }, { range = { 0, 1 }, clim = { 0, 1 } }) end,
  ['give colours or colormap, not both'] = function() izh.matrix({ { 1 } }, { colours = "signed", colormap = "vik" }) end,
  ['unknown colormap "virdis" (did you mean "viridis"?)'] = function() izh.matrix({ { 1 } }, { colormap = "virdis" }) end,
} do
  raises("matrix: " .. message, f)
end
raises("save: a line, band, text or arrow on a logarithmic axis must be at numbers > 0",
  function() izh.figure{ izh.curve({ x = { 1 }, y = { 1 } }, { xscale = "log", lines = { { x = 0 } } }) }:save(path .. ".pdf") end)
raises("save: the range of y, a logarithmic axis, must be > 0, not -1 … 1",
  function() izh.figure{ izh.curve({ x = { 1 }, y = { 1 } }, { yscale = "log", ylim = { -1, 1 } }) }:save(path .. ".pdf") end)

-- The table for those who come from matplotlib names panels and options that there are.
do
  local inner = debug.getregistry()["izhlua.require"]
  local panel, page, core = inner "izhlua.figure.panel", inner "izhlua.figure.page", inner "izhlua.core"
  local known = { x = true, y = true, error = true, low = true, high = true, band = true, style = true, label = true, values = true,
    marker = true, dash = true, width = true, size = true, axis = true, slope = true, every = true, positions = true }
  for _, name in ipairs(core.own_files "figure/panels") do
    for _, option in ipairs(panel.options(name, page.options)) do known[option] = true end
  end
  local text, rows = check.content(arg[1] .. "/../docs/figures.md"), 0
  for here in text:match("## From matplotlib(.-)\n\n[^|\n]"):gmatch("\n| `[^\n]-` | ([^\n]*) |") do
    rows = rows + 1
    for name in here:gmatch "izh%.(%w+)" do check.truth(izh[name], name) end
    for code in here:gmatch "`([^`]*)`" do
      for option in code:gsub('"[^"]*"', ""):gmatch "([%w_]+) =" do
        check.truth(known[option] or option == "E", "no option " .. option)
      end
    end
  end
  check.truth(rows >= 30, rows .. " rows")
end

-- The gallery has each option of each panel; range is clim by another name, and attach shows nothing.
do
  local inner, text = debug.getregistry()["izhlua.require"], ""
  local panel, page, core = inner "izhlua.figure.panel", inner "izhlua.figure.page", inner "izhlua.core"
  for name in check.content(arg[1] .. "/../docs/gallery.md"):gmatch "```lua\n(.-)```" do text = text .. name end
  local function has_option(kind, name)
    local used = text:find("%f[%w]" .. name .. " =") or name == "range" or name == "attach"
    check.truth(used, ("the gallery has %s of %s"):format(name, kind))
  end
  for _, name in ipairs(core.own_files "figure/panels") do
    check.truth(text:find("izh." .. name .. "(", 1, true), "the gallery has " .. name)
    for _, option in ipairs(panel.options(name)) do has_option(name, option) end
  end
  for _, option in ipairs(page.options) do has_option("figure", option) end
end

-- One script, a page of twelve panels, uses each option: what it gives is noted while it runs. `bars` is one option, whatever
-- the axes of a panel are called; panels that share options (curve, bars, scatter; matrix, image) use them together.
do
  local inner, used = debug.getregistry()["izhlua.require"], {}
  local panel, page, core = inner "izhlua.figure.panel", inner "izhlua.figure.page", inner "izhlua.core"
  local function note(class, list)
    for _, one in ipairs(list or {}) do
      for name in pairs(one) do used[class .. "." .. name] = true end
    end
  end
  local noting = setmetatable({}, { __index = izh })
  for _, name in ipairs(core.own_files "figure/panels") do
    noting[name] = function(source, o)
      for _, option in ipairs(panel.load(name).all) do
        if o[option.name] ~= nil then used[option.name == "bars" and "bars" or option] = true end
      end
      used[name] = true
      if name == "curve" then note("CurveSeries", source) end
      note("Line", o.lines)
      note("Band", o.bands)
      note("Text", o.text)
      note("Arrow", o.arrows)
      note("Inset", { o.inset })
      return izh[name](source, o)
    end
  end
  function noting.figure(o)
    for name in pairs(o) do used[name] = true end
    equal(#o, 12, "panels")
    return { save = function()
      izh.figure(o):save(path .. ".svg")
      os.remove(path .. ".svg")
    end }
  end
  local script = check.content(arg[1] .. "/figures/options.lua")
  assert(load(script, "@options.lua", "t", setmetatable({ require = function() return noting end }, { __index = _G })))()

  for _, name in ipairs(core.own_files "figure/panels") do
    check.truth(used[name], "the page has " .. name)
    for _, option in ipairs(panel.load(name).options) do
      check.truth(used[option] or used.bars and option.name == "bars", ("the page has %s of %s"):format(option.name, name))
    end
  end
  for _, option in ipairs(panel.common) do check.truth(used[option], "the page has " .. option.name) end
  for _, name in ipairs(page.options) do check.truth(used[name], ("the page has %s of figures"):format(name)) end
  local meta = check.content(arg[1] .. "/../lua/izhlua/meta.lua")
  for _, class in ipairs{ "CurveSeries", "Line", "Band", "Text", "Arrow", "Inset" } do
    local fields = meta:match("%-%-%-@class izhlua%." .. class .. "\n(.*)")
    while fields:find "^%-%-%-@field" do
      local name, rest = fields:match "@field %[?(%w+)[^\n]*\n(.*)"
      check.truth(used[class .. "." .. name], ("the page has %s of izhlua.%s"):format(name, class))
      fields = rest
    end
  end
end

-- A population keeps the colour that it was given, in clones, too; it is no parameter.
do
  local painted = izh.network{ seed = 1 }
  local P = painted:population("P", 3, "RS", { color = "#12ab34", d = 4 })
  painted:stimulate(P, izh.current(10))
  painted:run(50)
  local green = "7.058824%,67.058824%,20.392157%"
  check.truth(has(draw(izh.raster(painted)), green), "raster")
  check.truth(has(draw(izh.rate(painted:clone())), green), "a clone")
  for _, name in ipairs{ "raster", "rate" } do
    check.truth(not has(draw(izh[name](painted, { colors = { P = "red" } })), green), "a panel says another one: " .. name)
  end
  equal(P:get("d")[1], 4)
  raises('population: unknown color "gren" (did you mean "green"?)', function() painted:population("Q", 1, "RS", { color = "gren" }) end)
  raises('population: color must be a colour such as "#d55e00" or "blue" (got 3)', function() painted:population("Q", 1, "RS", { color = 3 }) end)
  equal(#painted.populations, 1)
end
