-- What all panels share: how they are made, their handles, and the options of their look. Each file panels/NAME.lua is
-- a panel, izh.NAME(given, options). It returns a table:
--   help     one line of text
--   source   the type of `given`
--   options  its own, see izhlua.options; those that all panels have are in look.lua and below
--   without  options of all panels that it does not take, by name, and why: "as …"
--   make     function(self, given, o): o has the checked options. It returns what core.save_figure draws (see
--            src/bind/figure), and the text that the panel prints as. What the options of all panels say is put into
--            it afterwards.
local core = require "izhlua.core"
local check = require "izhlua.options"
local look = require "izhlua.figure.look"
local seal = require "izhlua.seal"
local finite, text = check.finite, check.text

local panel = {}

-- A mark: { time, label } is a line, { from, to, label } is a band. The label may be left out.
local function read_mark(func, what, mark)
  if type(mark) ~= "table" then core.wrong(func, what, "{ time, label } or { from, to, label }", mark) end
  local n = core.list(func, what, mark)
  local band = type(mark[2]) == "number"
  if n > (band and 3 or 2) then
    core.raise(func, what .. " must be { time, label } or { from, to, label }, with no more values")
  end
  for i = 1, band and 2 or 1 do
    if not finite(mark[i]) then core.wrong(func, ("%s[%d]"):format(what, i), "a time in ms", mark[i]) end
  end
  if band and mark[2] <= mark[1] then
    core.raise(func, ("%s must end after it begins (got %g … %g)"):format(what, mark[1], mark[2]))
  end
  local last = band and 3 or 2
  return {
    from = mark[1], to = band and mark[2] or mark[1],
    label = text(func, ("%s[%d]"):format(what, last), mark[last]),
  }
end

local function read_marks(func, _, marks)
  if type(marks) ~= "table" then core.wrong(func, "marks", "a list such as { { 500, \"label\" } }", marks) end
  local read = {}
  for i = 1, core.list(func, "marks", marks) do
    read[i] = read_mark(func, ("marks[%d]"):format(i), marks[i])
  end
  return read
end

-- The values of izh_look, izh_ink and izh_frame in src/figure/plot.h.
panel.LOOK = { line = 0, steps = 1, points = 2, both = 3, bars = 4, dots = 5 }
panel.INK = { neutral = 0, excitatory = 1, inhibitory = 2, series = 3 }
panel.LEGEND = look.LEGEND
panel.FRAME = { [true] = 0, bars = 1, [false] = 2 }
local FRAME = panel.FRAME

local function read_axes(func, _, axes)
  if FRAME[axes] == nil then core.wrong(func, "axes", "true, false or \"bars\"", axes) end
  return axes
end

-- Checks the lengths of scale bars by name. false: no scale bar; nil: a chosen length.
function panel.read_bars(func, bars, names)
  if bars == nil then return {} end
  if type(bars) ~= "table" then core.wrong(func, "bars", ("a table such as { %s = 10 }"):format(names[1]), bars) end
  core.options(func, bars, names)
  for _, name in ipairs(names) do
    local length = bars[name]
    if length ~= nil and length ~= false and not (finite(length) and length > 0) then
      core.wrong(func, "bars." .. name, "a length > 0 or false", length)
    end
  end
  return bars
end

function panel.bar(length)
  if length == false then return 0 / 0 end
  return length
end

-- A small panel in another one. Its note has no room.
local function read_inset(func, given)
  if type(given) ~= "table" then core.wrong(func, "inset", "a table such as { izh.curve(…), width = 0.4 }", given) end
  local named, inside = {}, panel.get(given[1])
  if not inside then core.wrong(func, "inset[1]", "a panel, made by izh.curve, izh.trace …", given[1]) end
  if inside.tracks[2] and inside.tracks[2].rates then
    core.raise(func, "a raster in an inset has no room for rates: izh.raster(…, { rate = false })")
  end
  if inside.inset then core.raise(func, "an inset has no inset of its own") end
  for key, value in pairs(given) do
    if key ~= 1 then named[key] = value end
  end
  core.options(func, named, { "x", "y", "width", "height" })
  if (named.x == nil) ~= (named.y == nil) then core.raise(func, "x and y of an inset go together") end
  local function part(name, default)
    return check.number(func, "inset." .. name, named[name], 0, 1, "a part of the panel, 0 … 1") or default
  end
  local read = { x = part "x", y = part "y", width = part("width", 0.4), height = part("height", 0.4) }
  for _, one in ipairs{ { "x", "width" }, { "y", "height" } } do
    local at, size = read[one[1]] or 0, read[one[2]]
    if at + size > 1 + 1e-9 then
      core.raise(func, ("the inset leaves its panel: %s + %s = %g"):format(one[1], one[2], at + size))
    end
  end
  core.came(inside.place, inside.kind)
  read.plot = setmetatable({ note = false }, { __index = inside })
  return read
end

-- Options that all panels have ----------------------------------------------------------------------------

panel.title = { name = "title", kind = "text", help = "above the panel" }
panel.marks = {
  name = "marks", type = "izhlua.Mark[]", check = read_marks,
  help = "{ time, \"label\" } is a line, { from, to, \"label\" } a band",
}
panel.axes = {
  name = "axes", type = "boolean|\"bars\"", default = true, check = read_axes,
  help = "false: no axes; \"bars\": scale bars in place of axes",
}
panel.span = { name = "span", kind = "whole", low = 1, high = 100, help = "how many columns of the page it takes" }
panel.common = table.move(look.options, 1, #look.options, 5, { panel.title, panel.marks, panel.axes, panel.span })
panel.common[#panel.common + 1] = {
  name = "inset", type = "izhlua.Inset", check = function(func, _, value) return read_inset(func, value) end,
  help = "{ panel, x = 0.5, y = 0.5, width = 0.4, height = 0.4 }: a small panel in this one, at parts of its width and height; "
    .. "default in the emptiest corner",
}
panel.series_labels = { name = "labels", type = "string[]", kind = "given", help = "a label for each series" }
panel.from = { name = "from", unit = "ms", help = "start of the window" }
panel.to = { name = "to", unit = "ms", help = "end of the window" }

-- The options from and to of a panel that shows a network or spikes, and the range that they may be in.
function panel.window(func, source, o)
  local kind = core.kind(source)
  local first, last
  if kind == "spikes" then first, last = source.from, source.to else first, last = 0, source.time end
  local from, to = core.window(func, o, kind, first, last)
  return from, to, first, last
end
function panel.bars(names)
  return {
    name = "bars", type = "table<string, number|false>", default = {},
    check = function(func, _, bars) return panel.read_bars(func, bars, names) end,
    help = ("lengths of scale bars, %s; false for none"):format(table.concat(names, " and ")),
  }
end

-- Checks a column of numbers: n of them, as many as the column `of` has.
function panel.column(func, what, value, n, of)
  local numbers = core.numbers(func, what, value)
  if n and #numbers ~= n then
    core.raise(func, ("%s must have %s, as many as %s (got %d)"):format(what, check.count(n, "number"), of, #numbers))
  end
  return numbers
end

-- Checks a list of n labels.
function panel.labels(func, labels, n)
  if labels == nil then return {} end
  if type(labels) ~= "table" then core.wrong(func, "labels", "a list of strings", labels) end
  if core.list(func, "labels", labels) ~= n then
    core.raise(func, ("labels must have %s (got %d)"):format(check.count(n, "string"), #labels))
  end
  local read = {}
  for i = 1, n do read[i] = text(func, ("labels[%d]"):format(i), labels[i]) end
  return read
end

-- The smallest of … 1, 2, 5, 10 … that is ≥ x; x > 0.
function panel.round_up(x)
  local power = 10 ^ math.floor(math.log(x, 10))
  for _, factor in ipairs{ 1, 2, 5 } do
    if factor * power >= x * (1 - 1e-9) then return factor * power end
  end
  return 10 * power
end

-- The text of a number on a figure, with markup.
function panel.shown(x)
  return (("%.6g"):format(x):gsub("^%-", "−"):gsub("e%+?(%-?)0*(%d+)", function(sign, digits)
    return ("·10<sup>%s%s</sup>"):format(sign == "-" and "−" or "", digits)
  end))
end

-- A script gets a handle of a panel. The panel itself is kept here, so that a script cannot change it after the checks.
local held = setmetatable({}, { __mode = "k" })

local panel_type = seal("panel", {}, function(self) return held[self].shown end)
local unknown_member = panel_type.__index
panel_type.__index = function(panel, name)
  if name == "save" then core.raise("panel", "only a figure is saved: izh.figure{ panel }:save(path)") end
  return unknown_member(panel, name)
end

-- The recorded ids as a text, for messages about other ids.
function panel.recorded(ids)
  local some = {}
  for k = 1, math.min(#ids, 5) do some[k] = ("%d"):format(ids[k]) end
  local last = ids[#ids]
  if #ids > 1 and last - ids[1] == #ids - 1 then return ("%d … %d"):format(ids[1], last) end
  return table.concat(some, ", ") .. (#ids > #some and ", …" or "")
end

-- Loads the file of a panel.
function panel.load(name)
  local self = require("izhlua.figure.panels." .. name)
  if self.name then return self end
  self.name, self.own, self.all = name, {}, {}
  for i, option in ipairs(self.options) do self.own[option.name], self.all[i] = true, option end
  for _, option in ipairs(panel.common) do
    local lacks = self.own[option.name] or self.without and self.without[option.name]
    if not lacks then self.all[#self.all + 1] = option end
  end
  return self
end

-- The names of the options of a panel, followed by the names in `more`, if given.
function panel.options(name, more)
  return check.names(panel.load(name).all, more)
end

-- The options that a script gives for a panel, and perhaps `more`: all must be known.
function panel.known(func, name, options, more)
  local without = panel.load(name).without or {}
  for _, option in ipairs(panel.common) do
    if type(options) == "table" and rawget(options, option.name) ~= nil and without[option.name] then
      local article = name:find "^[aeiou]" and "an" or "a"
      core.raise(func, ("%s %s has no %s, as %s"):format(article, name, option.name, without[option.name]))
    end
  end
  return check.known(func, options, panel.options(name, more))
end

-- Refuses a network that never ran, and a recording that began after the run: their figure would be empty.
local function check_source(func, source)
  if core.never_ran(source) then
    core.raise(func, "the network has not run, so there is nothing to draw: net:run(1000)")
  elseif core.kind(source) == "population" then
    core.raise(func, ("a population is drawn by its spikes: izh.%s(net:spikes{ of = E })"):format(func))
  elseif core.kind(source) == "recording" and #source < 2 then
    core.raise(func, ("%s cannot be drawn: net:record comes before net:run"):format(tostring(source)))
  elseif type(source) == "table" then
    for i = 1, rawlen(source) do check_source(func, rawget(source, i)) end
  end
end

panel.check_source = check_source

-- Makes a panel: returns what it holds, and what it prints as. The names of the options have been checked before.
function panel.make(name, given, options)
  local self = panel.load(name)
  check_source(name, given)
  check_source(name, options.recording)
  local o = check.read(name, self.all, options, given)
  if self.own.log then o.log = look.log(o.log, o) end
  local made, shown = self:make(given, o)
  made.title, made.span, made.marks = o.title, o.span, o.marks or {}
  made.frame = FRAME[o.axes == nil or o.axes]
  look.apply(name, made, o, self.own)
  made.inset = o.inset
  return made, shown
end

-- izh.NAME(given, options)
function panel.draw(name, given, options, ...)
  check.call(name, given, ...)
  if core.kind(options) == "vector" then
    core.raise(name, ("its numbers come in one table: izh.%s{ x = …, y = … }"):format(name))
  elseif type(options) == "string" and options:find("%.%w+$") then
    core.raise(name, ("a panel is saved in a figure: izh.figure{ izh.%s(…) }:save(%q)"):format(name, options))
  end
  return panel.new(name, panel.make(name, given, panel.known(name, name, options)))
end

function panel_type.__gc(handle)
  local panel = held[handle]
  if panel then
    core.remark(panel.place, panel.kind, "the panel is in no figure: izh.figure{ panel, … }:save(\"name.pdf\") draws it")
  end
end

-- Marks a panel that the script did not ask for: there is no remark if it is in no figure.
function panel.quiet(handle)
  held[handle].place = nil
  return handle
end

-- The handle of a panel, for izh.figure. kind: it was made by izh.KIND. shown: what tostring gives.
function panel.new(kind, panel, shown)
  panel.kind, panel.place, panel.shown = kind, core.place(), shown
  local handle = setmetatable({}, panel_type)
  held[handle] = panel
  return handle
end

-- The panel of a handle; nil for anything else.
function panel.get(handle)
  return held[handle]
end

return panel
