-- Figures as scripts make them: net:raster(path, options), izh.raster, izh.figure{…}:save(path).
-- Options are checked here, at the line of the script that gives them; drawing is in C (izhlua.core).
local core = require "izhlua.core"
local provenance = require "izhlua.provenance"

local panel_options = { "title", "marks", "from", "to", "rate", "bin", "dots" }
local page_options = { "width", "height", "dpi", "author" }
local figure_options = { "width", "height", "dpi", "author", "columns", "letters" }

local widths = { single = 89, onehalf = 120, double = 183 } -- mm, columns of a journal
local dot_forms = { "auto", "vector", "image" } -- in the order of izh_dot_form
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

-- Position of a word in a list, or an error that names the nearest.
local function word(func, what, value, list)
  for i, known in ipairs(list) do
    if value == known then return i end
  end
  if type(value) ~= "string" then core.wrong(func, what, "one of " .. table.concat(list, ", "), value) end
  core.unknown(func, what, value, list)
end

local function read_mark(func, what, mark)
  if type(mark) ~= "table" then core.wrong(func, what, "{ time, label }", mark) end
  if core.list(func, what, mark) > 2 then core.raise(func, what .. " must be { time, label }, with no more values") end
  if not finite(mark[1]) then core.wrong(func, what .. "[1]", "a time in ms", mark[1]) end
  return { time = mark[1], label = text(func, what .. "[2]", mark[2]) }
end

local function read_marks(func, marks)
  if marks == nil then return {} end
  if type(marks) ~= "table" then core.wrong(func, "marks", "a list such as { { 500, \"label\" } }", marks) end
  local read = {}
  for i = 1, core.list(func, "marks", marks) do
    read[i] = read_mark(func, ("marks[%d]"):format(i), marks[i])
  end
  return read
end

-- Other bins than multiples of dt would hold now more, now fewer steps, and the rate would zigzag.
local function read_bin(func, net, bin)
  if bin == nil then return 0 end
  number(func, "bin", bin, 1e-3, 1e9, "a number of ms > 0")
  local steps = bin / net.dt
  if steps < 0.5 or math.abs(steps - math.floor(steps + 0.5)) > 1e-6 then
    core.raise(func, ("bin must be a multiple of dt = %g ms (got %g ms)"):format(net.dt, bin))
  end
  return bin
end

-- Panels and figures are handles: what they hold is here, where a script cannot change it after the checks.
local panels = setmetatable({}, { __mode = "k" })
local figures = setmetatable({}, { __mode = "k" })

local function seal(type_name, methods, shown)
  local names = {}
  for name in pairs(methods) do names[#names + 1] = name end
  table.sort(names)
  return {
    __name = type_name,
    __metatable = false,
    __index = function(_, name)
      return methods[name] or core.unknown(type_name, "member", tostring(name), names)
    end,
    __newindex = function(_, name) core.raise(type_name, ("%s cannot be assigned to"):format(tostring(name))) end,
    __tostring = shown,
  }
end

local panel_type = seal("panel", {}, function(self)
  local panel = panels[self]
  return ("raster panel: %d spikes in %g < t ≤ %g ms"):format(panel.spikes.size, panel.from, panel.to)
end)

-- What a raster shows, as it is now: later steps of the network do not change it.
local function make_panel(func, net, options)
  local groups = core.raster_groups(net) -- says so if the network is closed
  local from = number(func, "from", options.from, -math.huge, math.huge, "a finite number of ms") or 0
  local to = number(func, "to", options.to, -math.huge, math.huge, "a finite number of ms") or math.max(from, net.time)
  if from < 0 or from > net.time or to > net.time then
    core.raise(func, ("the window must lie between 0 and now, %g ms (got %g … %g)"):format(net.time, from, to))
  end
  if to < from then
    core.raise(func, ("to must not be before from (got %g and %g ms)"):format(to, from))
  end
  return {
    spikes = net:spikes{ from = from, to = to },
    groups = groups,
    dt = net.dt,
    seed = net.seed,
    from = from,
    to = to,
    title = text(func, "title", options.title),
    marks = read_marks(func, options.marks),
    rate = flag(func, "rate", options.rate, true),
    bin = read_bin(func, net, options.bin),
    dots = word(func, "dots", options.dots == nil and "auto" or options.dots, dot_forms) - 1,
  }
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
    author = text(func, "author", options.author),
  }
end

local function save(func, page, list, path)
  if type(path) ~= "string" then core.wrong(func, "the path", "a file name ending in .pdf, .svg or .png", path) end
  local title = #list == 1 and list[1].title or nil
  for key, value in pairs(provenance(list, title, page.author)) do page[key] = value end
  core.save_figure(func, path, page, list)
end

-- What follows the arguments that a function takes, and the izh of izh:figure{…}, are mistakes.
local function check_call(func, first, ...)
  if first == package.loaded.izhlua then core.raise(func, ("call it with a dot: izh.%s(…)"):format(func)) end
  core.no_more(func, ...)
end

local function join(...)
  local all = {}
  for _, list in ipairs{ ... } do table.move(list, 1, #list, #all + 1, all) end
  return all
end

local function read_options(func, options, known)
  if options == nil then return {} end
  core.options(func, options, known)
  return options
end

local raster_options = join(panel_options, page_options)

-- net:raster(path [, options]): one raster on a page of its own.
core.method("raster", function(net, path, options, ...)
  if not core.is_network(net) then core.no_self("raster", "a network", "net", net) end
  core.no_more("raster", ...)
  options = read_options("raster", options, raster_options)
  save("raster", make_page("raster", options), { make_panel("raster", net, options) }, path)
end)

-- izh.raster(net [, options]): a panel for izh.figure.
local function raster(net, options, ...)
  check_call("raster", net, ...)
  if not core.is_network(net) then core.wrong("raster", "the first argument of izh.raster", "a network", net) end
  local panel = make_panel("raster", net, read_options("raster", options, panel_options))
  local handle = setmetatable({}, panel_type)
  panels[handle] = panel
  return handle
end

-- figure:save(path): .pdf, .svg or .png.
local function save_figure(self, path, ...)
  local figure = figures[self]
  if not figure then core.no_self("save", "a figure", "figure", self) end
  core.no_more("save", ...)
  save("save", figure.page, figure.panels, path)
end

local figure_type = seal("figure", { save = save_figure }, function(self)
  return ("figure of %d panels"):format(#figures[self].panels)
end)

-- The panels of the list part of options, and its named part.
local function split(options)
  local list, named, n = {}, {}, 0
  for key, value in pairs(options) do
    if math.type(key) == "integer" then
      n = math.max(n, key)
    else
      named[key] = value
    end
  end
  for i = 1, n do
    if options[i] == nil then core.raise("figure", ("panel %d is missing"):format(i)) end
    list[i] = panels[options[i]] or core.wrong("figure", ("panel %d"):format(i), "made by izh.raster", options[i])
  end
  return list, named
end

-- izh.figure{ width =, height =, columns =, letters =, dpi =, panel, panel, … }: panels row by row.
local function figure(options, ...)
  check_call("figure", options, ...)
  if type(options) ~= "table" then core.wrong("figure", "the argument", "a table of panels and options", options) end
  local list, named = split(options)
  core.options("figure", named, figure_options)
  if #list == 0 then core.raise("figure", "a figure needs at least one panel") end
  local handle = setmetatable({}, figure_type)
  figures[handle] = { page = make_page("figure", named), panels = list }
  return handle
end

return { raster = raster, figure = figure }
