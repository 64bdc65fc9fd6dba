-- Pages of panels: letters, heights, spans, widths, formats.
local izh = require "izhlua"
local check = require "check"
local equal, raises = check.equal, check.raises

local path = os.tmpname()
os.remove(path)

local content = check.content

local function panel(options) return izh.curve({ x = { 1, 2 }, y = { 1, 2 } }, options) end

local function draw(ending, figure)
  local file = path .. ending
  izh.figure(figure):save(file)
  local bytes = content(file)
  os.remove(file)
  return bytes
end

-- The width of a page in points, as an SVG says it.
local function width_of(width)
  return tonumber(draw(".svg", { width = width, panel() }):match('viewBox="0 0 ([%d.]+)'))
end
for name, mm in pairs{
  single = 89, onehalf = 120, double = 183, ["cell single"] = 85, ["cell double"] = 174, ["plos single"] = 132,
  ["plos double"] = 190.5, ["jneurosci single"] = 85, ["jneurosci onehalf"] = 116, ["jneurosci double"] = 176,
  ["nature single"] = 89, ["nature double"] = 183,
} do
  check.near(width_of(name) / 72 * 25.4, mm, 0.01, name)
end

-- Letters, spans and heights change what is drawn.
local plain = draw(".svg", { panel(), panel() })
for what, figure in pairs{
  upper = { letters = "upper", panel(), panel() },
  list = { letters = { "i", "ii" }, panel(), panel() },
  none = { letters = false, panel(), panel() },
  small = { text_size = 5, panel(), panel() },
  heights = { columns = 1, heights = { 3, 1 }, panel(), panel() },
} do
  check.truth(draw(".svg", figure) ~= plain, what)
end
equal(draw(".svg", { letters = "lower", panel(), panel() }), plain)
equal(draw(".svg", { columns = 1, panel{ span = 7 }, panel() }), draw(".svg", { columns = 1, panel(), panel() }))
check.truth(#draw(".svg", { columns = 3, panel{ span = 2 }, panel(), panel(), panel{ span = 2 } }) > 0, "spans")

equal(draw(".eps", { panel() }):sub(1, 23), "%!PS-Adobe-3.0 EPSF-3.0")
equal(draw(".eps", { width = 100, height = 100, panel() }):match("%%%%BoundingBox: ([%d ]+)"), "0 0 284 284")
check.truth(not draw(".ps", { panel() }):find("CreationDate", 1, true), "no date")

for message, options in pairs{
  ['letters must be true, false, "upper", "lower" or a list of strings (got 3)'] = { letters = 3 },
  ["letters must have 2 strings, one for each panel (got 1)"] = { letters = { "a" } },
  ["letters[2] must be a string (got 3)"] = { letters = { "a", 3 } },
  ["heights must be numbers in a table or a vector (got 3)"] = { heights = 3 },
  ["heights[1] must be a number > 0 (got 0.0)"] = { heights = { 0 } },
  ["heights must not be empty"] = { heights = {} },
  ["text_size must be a number of points, 5 … 32 (got 33)"] = { text_size = 33 },
  ['unknown style "slides" (did you mean "slide"?)'] = { style = "slides" },
  ['unknown width "cell singel" (did you mean "cell single"?)'] = { width = "cell singel" },
} do
  options[1], options[2] = panel(), panel()
  raises("figure: " .. message, function() izh.figure(options) end)
end
raises("curve: span must be a whole number 1 … 100 (got 0)", function() panel{ span = 0 } end)
raises("save: the panels take 2 rows, but there are 3 heights",
  function() izh.figure{ columns = 1, heights = { 1, 2, 3 }, panel(), panel() }:save(path .. ".pdf") end)
