-- Rasters: net:raster(path, options) and net:raster(options), izh.raster. Drawing is in C (izhlua.core).
local core = require "izhlua.core"
local check = require "izhlua.options"
local join = require "izhlua.join"
local page = require "izhlua.figure.page"
local panel = require "izhlua.figure.panel"
local rows = require "izhlua.figure.rows"
local text, number, flag = check.text, check.number, check.flag

local panel_options = { "title", "marks", "from", "to", "rate", "bin", "dots", "of", "order", "neurons", "span" }
local page_options = { "width", "height", "dpi", "author", "text_size" }
local raster_options = join(panel_options, page_options)
local dot_forms = { "auto", "vector", "image" } -- in the order of izh_dot_form

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
    span = panel.span(func, options.span),
    marks = panel.marks(func, options.marks),
    rate = flag(func, "rate", options.rate, true),
    bin = read_bin(func, is_network and source.dt, options.bin),
    dots = word(func, "dots", options.dots == nil and "auto" or options.dots, dot_forms) - 1,
  }
end

-- Printed as characters, which tell some neurons apart only.
local function print_raster(net, options)
  options = check.known("raster", options, panel_options)
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
  options = check.known("raster", options, raster_options)
  page.save("raster", page.new("raster", options, 1), { make_panel("raster", net, options) }, path)
end

-- izh.raster(net [, options]): a panel for izh.figure; of spikes as well.
local function raster(source, options, ...)
  check.call("raster", source, ...)
  if not core.is_network(source) and not core.is_spikes(source) then
    core.wrong("raster", "the first argument of izh.raster", "a network or spikes", source)
  end
  local made = make_panel("raster", source, check.known("raster", options, panel_options))
  return panel.new(made, ("raster panel: %d spikes in %g < t ≤ %g ms"):format(made.size, made.from, made.to))
end

return { raster = raster, net_raster = net_raster }
