-- Figures as scripts make them: net:raster(path, options), izh.raster, izh.figure{…}:save(path).
-- Options are checked here, at the line of the script that gives them; drawing is in C (izhlua.core).
local core = require "izhlua.core"

local panel_options = { "title", "marks", "from", "to", "rate", "bin" }
local page_options = { "width", "height", "dpi" }
local figure_options = { "width", "height", "dpi", "columns", "letters" }

local widths = { single = 89, onehalf = 120, double = 183 } -- mm, columns of a journal
local width_names = { "double", "onehalf", "single" }

local function finite(x)
  return type(x) == "number" and x == x and x ~= math.huge and x ~= -math.huge
end

local function text(func, what, value)
  if value == nil then return nil end
  if type(value) ~= "string" then core.wrong(func, what, "a string", value) end
  if value:find("\0", 1, true) then core.raise(func, what .. " must not contain a NUL byte") end
  if not utf8.len(value) then core.raise(func, what .. " must be UTF-8 text") end
  return value
end

local function number(func, what, value, lo, hi, allowed)
  if value == nil then return nil end
  if not finite(value) or value < lo or value > hi then core.wrong(func, what, allowed, value) end
  return value
end

local function flag(func, what, value, otherwise)
  if value == nil then return otherwise end
  if type(value) ~= "boolean" then core.wrong(func, what, "true or false", value) end
  return value
end

local function read_marks(func, marks)
  if marks == nil then return {} end
  if type(marks) ~= "table" then core.wrong(func, "marks", "a list such as { { 500, \"label\" } }", marks) end
  local read = {}
  for i, mark in ipairs(marks) do
    local what = ("marks[%d]"):format(i)
    if type(mark) ~= "table" then core.wrong(func, what, "{ time, label }", mark) end
    if not finite(mark[1]) then core.wrong(func, what .. "[1]", "a time in ms", mark[1]) end
    read[i] = { time = mark[1], label = text(func, what .. "[2]", mark[2]) }
  end
  return read
end

local Panel = { __name = "raster panel" }

-- What a raster shows, as it is now: later steps of the network do not change it.
local function make_panel(func, net, options)
  local groups = core.raster_groups(net) -- first: it says so when the network is closed
  local from = number(func, "from", options.from, -math.huge, math.huge, "a finite number of ms") or 0
  local to = number(func, "to", options.to, -math.huge, math.huge, "a finite number of ms") or net.time
  if to < from then
    core.raise(func, ("to must not be before from (got %g and %g ms)"):format(to, from))
  end
  return setmetatable({
    spikes = net:spikes{ from = from, to = to },
    groups = groups,
    size = net.size,
    from = from,
    to = to,
    title = text(func, "title", options.title),
    marks = read_marks(func, options.marks),
    rate = flag(func, "rate", options.rate, true),
    bin = number(func, "bin", options.bin, 1e-3, 1e9, "a number of ms > 0") or 0,
  }, Panel)
end

local function make_page(func, options)
  local width = options.width
  if width == nil then width = "single" end
  if type(width) == "string" then
    if not widths[width] then core.unknown(func, "width", width, width_names) end
    width = widths[width]
  end
  number(func, "width", width, 20, 2000, "\"single\", \"onehalf\", \"double\" or a number of mm, 20 … 2000")
  local columns = options.columns
  if columns ~= nil and not (math.type(columns) == "integer" and columns >= 1 and columns <= 100) then
    core.wrong(func, "columns", "a whole number 1 … 100", columns)
  end
  return {
    width = width,
    height = number(func, "height", options.height, 20, 2000, "a number of mm, 20 … 2000") or 0,
    dpi = number(func, "dpi", options.dpi, 36, 2400, "a number 36 … 2400") or 300,
    columns = columns or 0,
    letters = flag(func, "letters", options.letters, true),
    -- for the metadata of the document, which must be UTF-8; a file name need not be
    title = core.script and utf8.len(core.script) and core.script:match("[^/]+$") or nil,
  }
end

local function save(func, page, panels, path)
  if type(path) ~= "string" then core.wrong(func, "the path", "a file name ending in .pdf, .svg or .png", path) end
  core.save_figure(func, path, page, panels)
end

local function join(...)
  local all = {}
  for _, list in ipairs{ ... } do table.move(list, 1, #list, #all + 1, all) end
  return all
end

local raster_options = join(panel_options, page_options)

-- net:raster(path [, options]): one raster on a page of its own.
core.method("raster", function(net, path, options)
  if not core.is_network(net) then core.wrong("raster", "self", "a network (call it with a colon)", net) end
  options = options or {}
  core.options("raster", options, raster_options)
  save("raster", make_page("raster", options), { make_panel("raster", net, options) }, path)
end)

-- izh.raster(net [, options]): a panel for izh.figure.
local function raster(net, options)
  if not core.is_network(net) then core.wrong("raster", "the first argument", "a network", net) end
  options = options or {}
  core.options("raster", options, panel_options)
  return make_panel("raster", net, options)
end

local Figure = { __name = "figure" }
Figure.__index = Figure

-- izh.figure{ width =, height =, columns =, letters =, dpi =, panel, panel, … }: panels row by row.
local function figure(options)
  if type(options) ~= "table" then core.wrong("figure", "the argument", "a table of panels and options", options) end
  local panels, named = {}, {}
  for i, panel in ipairs(options) do
    if getmetatable(panel) ~= Panel then
      core.wrong("figure", ("panel %d"):format(i), "made by izh.raster", panel)
    end
    panels[i] = panel
  end
  for key, value in pairs(options) do
    if not (math.type(key) == "integer" and panels[key]) then named[key] = value end
  end
  core.options("figure", named, figure_options)
  if #panels == 0 then core.raise("figure", "a figure needs at least one panel") end
  return setmetatable({ page = make_page("figure", named), panels = panels }, Figure)
end

-- figure:save(path): .pdf, .svg or .png.
function Figure:save(path)
  if getmetatable(self) ~= Figure then core.wrong("save", "self", "a figure (call it with a colon)", self) end
  save("save", self.page, self.panels, path)
end

return { raster = raster, figure = figure }
