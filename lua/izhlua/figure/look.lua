-- The options that all panels have: their axes, colours and what explains the data. Each is checked here, and put into
-- what a panel has made (see panel.lua), so that a panel need not know of them. Options that a panel has of its own
-- under the same name come first.
local core = require "izhlua.core"
local check = require "izhlua.options"
local colours = require "izhlua.figure.colours"
local finite, text = check.finite, check.text

local look = {}

-- The values of izh_dash, izh_marker, izh_legend and izh_overlay_kind in src/figure/plot.h.
look.DASHES = { "solid", "dashed", "dotted", "dashdot" }
look.MARKERS = {
  "disc", "square", "triangle", "diamond", "circle", "open square", "open triangle", "open diamond",
}
local LEGEND = { [true] = 0, top = 1, right = 2, inside = 3, [false] = 4 }
look.LEGEND = LEGEND
local LINE, SLOPE, BAND, TEXT, ARROW = 0, 1, 2, 3, 4
local MOST_TICKS = 10000

-- Ticks -------------------------------------------------------------------------------------------------------------

local TICKS = "a list of positions, or of { position, label }"

local function read_tick(func, what, tick)
  if type(tick) ~= "table" then
    if not finite(tick) then core.wrong(func, what, "a finite number, or { position, label }", tick) end
    return tick, nil
  end
  if core.list(func, what, tick) ~= 2 then core.raise(func, what .. " must be { position, label }") end
  if not finite(tick[1]) then core.wrong(func, what .. "[1]", "a finite number", tick[1]) end
  local label = tick[2]
  if type(label) == "number" then label = ("%.14g"):format(label):gsub("^%-", "−") end
  return tick[1], text(func, what .. "[2]", label)
end

-- Returns { at = vector, labels = { [k] = text } }, in ascending order.
local function read_ticks(func, name, given)
  if type(given) ~= "table" and core.kind(given) ~= "vector" then core.wrong(func, name, TICKS, given) end
  local n = core.kind(given) == "vector" and #given or core.list(func, name, given)
  if n > MOST_TICKS then core.raise(func, ("%s has %d ticks; at most %d are drawn"):format(name, n, MOST_TICKS)) end
  local ticks, at, labels = {}, {}, {}
  for k = 1, n do
    local position, label = read_tick(func, ("%s[%d]"):format(name, k), given[k])
    ticks[k] = { position, label }
  end
  table.sort(ticks, function(a, b) return a[1] < b[1] end)
  for k, tick in ipairs(ticks) do at[k], labels[k] = tick[1], tick[2] end
  return { at = core.numbers(func, name, at), labels = labels }
end
look.read_ticks = read_ticks

-- The ticks of categories: the names at 1, 2, 3 …
function look.categories(func, names)
  local ticks = {}
  for k, name in ipairs(names) do ticks[k] = { k, name } end
  return read_ticks(func, "categories", ticks)
end

-- Gives an axis ticks that have been read.
function look.set_ticks(axis, ticks)
  axis.ticks, axis.tick_labels = ticks.at, ticks.labels
end

-- Lines, bands, texts and arrows ------------------------------------------------------------------------------------

local function list_of(func, name, given, such)
  if type(given) ~= "table" then core.wrong(func, name, "a list such as { " .. such .. " }", given) end
  local n = core.list(func, name, given)
  for i = 1, n do
    local what = ("%s[%d]"):format(name, i)
    if type(given[i]) ~= "table" then core.wrong(func, what, "a table such as " .. such, given[i]) end
  end
  return n
end

-- The named entries of a table whose list has been read: all must be known.
local function named(given, func, known)
  local rest = {}
  for key, value in pairs(given) do
    if type(key) ~= "number" then rest[key] = value end
  end
  core.options(func, rest, known)
end

local function styled(func, what, given, made)
  made.colour = colours.read(func, what .. ".color", given.color)
  local _, dash = check.word(func, what .. ".dash", given.dash, look.DASHES)
  made.dash = dash
  if given.label ~= nil then made.label = text(func, what .. ".label", given.label) end
  return made
end

local function coordinate(func, what, value)
  if not finite(value) then core.wrong(func, what, "a finite number", value) end
  return value
end

local function read_lines(func, name, given)
  local such, made = "{ y = 0 }, { x = 5 } or { slope = 1 }", {}
  for i = 1, list_of(func, name, given, such) do
    local what, line = ("%s[%d]"):format(name, i), given[i]
    core.options(func, line, { "x", "y", "slope", "intercept", "label", "color", "dash" })
    local n = (line.x ~= nil and 1 or 0) + (line.y ~= nil and 1 or 0) + (line.slope ~= nil and 1 or 0)
    if n ~= 1 then core.raise(func, ("%s must have one of x, y and slope, as %s"):format(what, such)) end
    if line.intercept ~= nil and line.slope == nil then core.raise(func, what .. ".intercept goes with slope") end
    local one = { kind = line.slope ~= nil and SLOPE or LINE }
    for _, key in ipairs{ "x", "y" } do
      if line[key] ~= nil then one[key] = coordinate(func, what .. "." .. key, line[key]) end
    end
    if line.slope ~= nil then
      one.x1 = coordinate(func, what .. ".slope", line.slope)
      one.y = coordinate(func, what .. ".intercept", line.intercept == nil and 0 or line.intercept)
    end
    made[i] = styled(func, what, line, one)
  end
  return made
end

local function read_bands(func, name, given)
  local such, made = "{ y = { 0, 5 } } or { x = { 200, 400 } }", {}
  for i = 1, list_of(func, name, given, such) do
    local what, band = ("%s[%d]"):format(name, i), given[i]
    core.options(func, band, { "x", "y", "label", "color" })
    if (band.x ~= nil) == (band.y ~= nil) then core.raise(func, ("%s must have x or y, as %s"):format(what, such)) end
    local key = band.x ~= nil and "x" or "y"
    local range = check.range(func, what .. "." .. key, band[key])
    made[i] = styled(func, what, band, { kind = BAND, [key] = range[1], [key .. "1"] = range[2] })
  end
  return made
end

local ALIGN = { left = 0, center = 0.5, right = 1 }

local function read_texts(func, name, given)
  local made = {}
  for i = 1, list_of(func, name, given, "{ x, y, \"words\" }") do
    local what, one = ("%s[%d]"):format(name, i), given[i]
    named(one, func, { "color", "align" })
    if rawlen(one) ~= 3 then core.raise(func, what .. " must be { x, y, \"words\" }") end
    local align = check.word(func, what .. ".align", one.align, { "left", "center", "right" }, "left")
    made[i] = styled(func, what, { color = one.color }, {
      kind = TEXT, x = coordinate(func, what .. "[1]", one[1]), y = coordinate(func, what .. "[2]", one[2]),
      label = text(func, what .. "[3]", one[3]), align = ALIGN[align],
    })
  end
  return made
end

local function read_arrows(func, name, given)
  local made = {}
  for i = 1, list_of(func, name, given, "{ x, y, to_x, to_y, \"words\" }") do
    local what, one = ("%s[%d]"):format(name, i), given[i]
    named(one, func, { "color" })
    if rawlen(one) < 4 or rawlen(one) > 5 then
      core.raise(func, what .. " must be { x, y, to_x, to_y } or { x, y, to_x, to_y, \"words\" }")
    end
    local at = {}
    for k = 1, 4 do at[k] = coordinate(func, ("%s[%d]"):format(what, k), one[k]) end
    made[i] = styled(func, what, { color = one.color }, {
      kind = ARROW, x = at[1], y = at[2], x1 = at[3], y1 = at[4], label = text(func, what .. "[5]", one[5]),
    })
  end
  return made
end

-- The options -------------------------------------------------------------------------------------------------------

local function read_legend(func, name, value)
  if not LEGEND[value] then core.wrong(func, name, "\"top\", \"right\", \"inside\", true or false", value) end
  return value
end

-- Colours by the labels of series, or by the names of populations.
local function read_colours(func, name, given)
  if type(given) ~= "table" then core.wrong(func, name, "a table such as { E = \"blue\" }", given) end
  local read = {}
  for label, colour in pairs(given) do
    if type(label) ~= "string" then core.wrong(func, name, "a table such as { E = \"blue\" }", given) end
    read[label] = colours.read(func, ("%s.%s"):format(name, label), colour)
  end
  return read
end

local function option(name, description)
  description.name = name
  return description
end

local scales = { "linear", "log" }
look.options = {
  option("xlabel", { kind = "text", help = "title of the horizontal axis; \"\" for none" }),
  option("ylabel", { kind = "text", help = "title of the vertical axis, of the first one if there are several" }),
  option("xlim", { kind = "range", help = "{ lo, hi } of the horizontal axis" }),
  option("ylim", { kind = "range", help = "{ lo, hi } of the vertical axis" }),
  option("xticks", { type = "(number|{ [1]: number, [2]: string })[]", check = read_ticks,
    help = "positions of ticks, or { position, label }" }),
  option("yticks", { type = "(number|{ [1]: number, [2]: string })[]", check = read_ticks, help = "the same" }),
  option("xscale", { kind = "word", words = scales, help = "log: a logarithmic axis" }),
  option("yscale", { kind = "word", words = scales, help = "log: a logarithmic axis" }),
  option("xminor", { low = 0, above = true, help = "small ticks at multiples of this" }),
  option("yminor", { low = 0, above = true, help = "small ticks at multiples of this" }),
  option("color", { type = "string", check = colours.read, help = "of all series: \"#d55e00\", or a name" }),
  option("colors", { type = "table<string, string>", check = read_colours,
    help = "colours by the labels of series or the names of populations, { E = \"blue\" }" }),
  option("legend", { type = "\"top\"|\"right\"|\"inside\"|boolean", check = read_legend,
    help = "where labels of series are, in their order; true: at the ends of lines, beside the rows of a raster; "
      .. "false: nowhere" }),
  option("lines", { type = "izhlua.Line[]", check = read_lines,
    help = "{ y = 0 }, { x = 5, label = \"…\" }, { slope = 1, intercept = 0 }; also color and dash" }),
  option("bands", { type = "izhlua.Band[]", check = read_bands,
    help = "{ y = { 0, 5 } } or { x = { 1, 2 } }; also label and color" }),
  option("text", { type = "izhlua.Text[]", check = read_texts, help = "{ x, y, \"words\" }; also color and align" }),
  option("arrows", { type = "izhlua.Arrow[]", check = read_arrows,
    help = "{ x, y, to_x, to_y, \"words\" }, the words at its tail" }),
  option("axis", { kind = "word", words = { "left", "right" }, help = "the side of the vertical axis" }),
  option("note", { kind = "text", help = "small text at the upper right" }),
}

-- Options that say the same as a panel's own, { xscale = "log" } for { log = "x" }: into one.
function look.log(own, o)
  if o.xscale == nil and o.yscale == nil then return own end
  local log = own or ""
  local x = o.xscale == nil and log:find("x", 1, true) or o.xscale == "log"
  local y = o.yscale == nil and log:find("y", 1, true) or o.yscale == "log"
  return (x and "x" or "") .. (y and "y" or "")
end

-- Values on a time axis are in ms, also when it shows seconds.
local function in_unit(axis, x) return x and x * (axis.per_ms or 1) end

local function set_axis(made, axis, name, o, own)
  local title, lim, ticks = o[name .. "label"], o[name .. "lim"], o[name .. "ticks"]
  if title then axis.title = title end
  if lim and not own[name .. "lim"] then axis.lo, axis.hi, axis.shared = in_unit(axis, lim[1]), in_unit(axis, lim[2]), false end
  if ticks then
    local at = ticks.at:totable()
    for k, x in ipairs(at) do at[k] = in_unit(axis, x) end
    ticks.at = core.numbers(made.kind or "figure", name .. "ticks", at)
    look.set_ticks(axis, ticks)
  end
  if o[name .. "minor"] then axis.minor = in_unit(axis, o[name .. "minor"]) end
  if o[name .. "scale"] and not own.log then axis.log = o[name .. "scale"] == "log" end
end

-- The options color and colors. They replace the colour that a population has; a series keeps a colour that was given for it.
local function set_colours(made, o)
  local function colour_of(label) return o.colors and label and o.colors[label] or o.color end
  for _, track in ipairs(made.tracks) do
    for _, series in ipairs(track.series) do
      local said = colour_of(series.label or series.of)
      if series.of then series.colour = said or series.colour else series.colour = series.colour or said end
    end
  end
end

-- The vertical axes of all tracks at the right side.
local function move_right(func, made)
  for _, track in ipairs(made.tracks) do
    if track.right then core.raise(func, "axis = \"right\" is for a panel without a second axis") end
    track.y.at_right = true
  end
end

-- Puts the options into what a panel has made. own: the names of the options that the panel reads itself.
function look.apply(func, made, o, own)
  local x, y = made.x, made.tracks[1].y
  set_axis(made, x, "x", o, own)
  set_axis(made, y, "y", o, own)
  set_colours(made, o)
  if o.axis == "right" then move_right(func, made) end
  if o.note and not own.note then made.note = o.note end
  if o.legend ~= nil and not own.legend then made.legend = LEGEND[o.legend] end
  local overlays = {}
  for _, name in ipairs{ "bands", "lines", "text", "arrows" } do
    for _, one in ipairs(o[name] or {}) do
      one.x = in_unit(x, one.x)
      one.x1 = one.kind == SLOPE and one.x1 / (x.per_ms or 1) or in_unit(x, one.x1)
      overlays[#overlays + 1] = one
    end
  end
  made.overlays = overlays
end

return look
