-- Figures as scripts make them: net:raster(path, options), izh.raster, izh.figure{…}:save(path).
-- Options are checked here, at the line of the script that gives them; drawing is in C (izhlua.core).
local core = require "izhlua.core"
local panels = require "izhlua.panels"
local provenance = require "izhlua.provenance"
local rows = require "izhlua.rows"

local panel_options = { "title", "marks", "from", "to", "rate", "bin", "dots", "of", "order", "neurons", "span" }
local page_options = { "width", "height", "dpi", "author", "text_size" }
local figure_options = { "width", "height", "dpi", "author", "text_size", "columns", "heights", "letters" }

-- mm, columns of journals; sources in docs/figures.md. The first three are Nature's.
local widths = {
  single = 89, onehalf = 120, double = 183,
  ["nature single"] = 89, ["nature onehalf"] = 120, ["nature double"] = 183,
  ["cell single"] = 85, ["cell onehalf"] = 114, ["cell double"] = 174,
  ["plos single"] = 132, ["plos double"] = 190.5,
  ["jneurosci single"] = 85, ["jneurosci onehalf"] = 116, ["jneurosci double"] = 176,
}
local dot_forms = { "auto", "vector", "image" } -- in the order of izh_dot_form
local width_names = {}
for name in pairs(widths) do width_names[#width_names + 1] = name end
table.sort(width_names)

local text, number, flag, seal = panels.text, panels.number, panels.flag, panels.seal
local join, check_call, read_options = panels.join, panels.check_call, panels.options

-- Position of a word in a list, or an error that names the nearest.
local function word(func, what, value, list)
  for i, known in ipairs(list) do
    if value == known then return i end
  end
  if type(value) ~= "string" then core.wrong(func, what, "one of " .. table.concat(list, ", "), value) end
  core.unknown(func, what, value, list)
end

-- Other bins than multiples of dt would hold now more, now fewer steps, and the rate would zigzag.
local function read_bin(func, dt, bin)
  if bin == nil then return 0 end
  number(func, "bin", bin, 1e-3, 1e9, "a number of ms > 0")
  local steps = dt and bin / dt or 1
  if steps < 0.5 or math.abs(steps - math.floor(steps + 0.5)) > 1e-6 then
    core.raise(func, ("bin must be a multiple of dt = %g ms (got %g ms)"):format(dt, bin))
  end
  return bin
end

local figures = setmetatable({}, { __mode = "k" }) -- what their handles hold

-- The window of a raster: within the time that the source, a network or spikes, knows of.
local function read_window(func, source, is_network, options)
  local first, last
  if is_network then
    first, last = 0, source.time
  else
    first, last = source.from, source.to
  end
  local from = number(func, "from", options.from, -math.huge, math.huge, "a finite number of ms") or first
  local to = number(func, "to", options.to, -math.huge, math.huge, "a finite number of ms") or math.max(from, last)
  if from < first or from > last or to > last then
    local where = is_network and ("between 0 and now, %g ms"):format(last) or ("in that of the spikes, %g … %g ms"):format(first, last)
    core.raise(func, ("the window must lie %s (got %g … %g)"):format(where, from, to))
  end
  if to < from then
    core.raise(func, ("to must not be before from (got %g and %g ms)"):format(to, from))
  end
  return from, to
end

-- What a raster shows, as it is now: later steps of the network do not change it.
local function make_panel(func, source, options)
  local is_network = core.is_network(source)
  local groups = rows.groups(func, source, options.of) -- says so if the network is closed
  local from, to = read_window(func, source, is_network, options)
  local spikes = is_network and source:spikes{ from = from, to = to } or source:slice{ from = from, to = to }
  local drawn, ids_title = rows.rows(func, spikes, groups, options)
  return {
    rows = drawn,
    size = #spikes,
    groups = groups,
    ids_title = ids_title,
    dt = is_network and source.dt or 0,
    seed = is_network and source.seed or nil,
    from = from,
    to = to,
    title = text(func, "title", options.title),
    span = panels.span(func, options.span),
    marks = panels.marks(func, options.marks),
    rate = flag(func, "rate", options.rate, true),
    bin = read_bin(func, is_network and source.dt, options.bin),
    dots = word(func, "dots", options.dots == nil and "auto" or options.dots, dot_forms) - 1,
  }
end

-- For each panel, from true, false, "upper", "lower" or a list. nil: a, b, c … when there are two or more.
local function read_letters(func, letters, n)
  if letters == nil or letters == true or letters == "lower" then return nil, true end
  if letters == false then return nil, false end
  if type(letters) == "table" then
    if core.list(func, "letters", letters) ~= n then
      core.raise(func, ("letters must have %d strings, one for each panel (got %d)"):format(n, #letters))
    end
    local read = {}
    for i = 1, n do read[i] = text(func, ("letters[%d]"):format(i), letters[i]) end
    return read, true
  end
  if letters ~= "upper" then
    core.wrong(func, "letters", "true, false, \"upper\", \"lower\" or a list of strings", letters)
  end
  local upper = {}
  for i = 1, n > 1 and n or 0 do
    local letter, rest = "", i
    while rest > 0 do
      letter, rest = string.char(65 + (rest - 1) % 26) .. letter, (rest - 1) // 26
    end
    upper[i] = letter
  end
  return upper, true
end

-- Of rows, relative.
local function read_heights(func, heights)
  if heights == nil then return nil end
  local numbers = core.numbers(func, "heights", heights)
  if #numbers == 0 then core.raise(func, "heights must not be empty") end
  for i = 1, #numbers do number(func, ("heights[%d]"):format(i), numbers[i], 1e-3, 1e3, "a number > 0") end
  return numbers
end

local function make_page(func, options, n)
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
  local list, lettered = read_letters(func, options.letters, n)
  return {
    width = width,
    height = number(func, "height", options.height, 20, 2000, "a number of mm, 20 … 2000") or 0,
    dpi = number(func, "dpi", options.dpi, 36, 2400, "a number 36 … 2400") or 300,
    columns = columns or 0,
    letters = list or lettered,
    heights = read_heights(func, options.heights),
    text_size = number(func, "text_size", options.text_size, 5, 8, "a number of points, 5 … 8") or 7,
    author = text(func, "author", options.author),
  }
end

local function save(func, page, list, path)
  if type(path) ~= "string" then core.wrong(func, "the path", "a file name ending in .pdf, .svg, .png, .eps or .ps", path) end
  local title = #list == 1 and list[1].title or nil
  for key, value in pairs(provenance(func, list, title, page.author)) do page[key] = value end
  core.save_figure(func, path, page, list)
end

local raster_options = join(panel_options, page_options)

-- Printed as characters, which tell some neurons apart only.
local function print_raster(net, options)
  options = read_options("raster", options, panel_options)
  local all = setmetatable({}, { __index = options })
  if options.neurons == nil and type(options.order) ~= "table" then all.neurons = core.text_rows end
  _G.print(core.raster_text("raster", make_panel("raster", net, all)))
end

-- net:raster(path [, options]): one raster on a page of its own; net:raster([options]): printed.
local function net_raster(net, path, options, ...)
  if not core.is_network(net) then core.no_self("raster", "a network", "net", net) end
  core.no_more("raster", ...)
  if path == nil or (type(path) == "table" and options == nil) then
    return print_raster(net, path == nil and options or path)
  end
  options = read_options("raster", options, raster_options)
  save("raster", make_page("raster", options, 1), { make_panel("raster", net, options) }, path)
end

-- izh.raster(net [, options]): a panel for izh.figure; of spikes as well.
local function raster(source, options, ...)
  check_call("raster", source, ...)
  if not core.is_network(source) and not core.is_spikes(source) then
    core.wrong("raster", "the first argument of izh.raster", "a network or spikes", source)
  end
  local panel = make_panel("raster", source, read_options("raster", options, panel_options))
  return panels.new(panel, ("raster panel: %d spikes in %g < t ≤ %g ms"):format(panel.size, panel.from, panel.to))
end

-- figure:save(path): .pdf, .svg, .png, .eps or .ps.
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
    list[i] = panels.get(options[i]) or core.wrong("figure", ("panel %d"):format(i), "made by izh.raster, izh.trace …", options[i])
  end
  return list, named
end

-- izh.figure{ width =, height =, columns =, letters =, dpi =, panel, panel, … }: panels row by row.
local function figure(options, ...)
  check_call("figure", options, ...)
  if type(options) ~= "table" then core.wrong("figure", "the argument", "a table of panels and options", options) end
  if panels.get(options) then core.raise("figure", "panels are given in a table: izh.figure{ panel, … }") end
  local list, named = split(options)
  core.options("figure", named, figure_options)
  if #list == 0 then core.raise("figure", "a figure needs at least one panel") end
  local handle = setmetatable({}, figure_type)
  figures[handle] = { page = make_page("figure", named, #list), panels = list }
  return handle
end

return { raster = raster, net_raster = net_raster, figure = figure }
