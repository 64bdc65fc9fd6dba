-- izh.animate(net, { every = 5, positions = … }):save("wave.gif"): the spikes of neurons where these are, frame by frame;
-- izh.animate(recording, { variable = "v", … }): what was recorded of them.
local core = require "izhlua.core"
local check = require "izhlua.options"
local look = require "izhlua.figure.look"
local models = require "izhlua.models"
local page = require "izhlua.figure.page"
local panel = require "izhlua.figure.panel"
local provenance = require "izhlua.figure.provenance"
local rows = require "izhlua.figure.rows"
local seal = require "izhlua.seal"

local MOST_FRAMES = 10000
local MOST_LEVELS = 6 -- shades of a colour, for numbers of spikes
local SILENT, ONE = 0.16, 0.7 -- how much of its colour a neuron has without spikes, and with the fewest
local MARGIN = 0.06 -- around the positions, of their extent

-- Options of its own, and of all panels but these.
local without = { "marks", "span", "xscale", "yscale", "inset" }
local options = {
  panel.from, panel.to,
  { name = "every", unit = "ms", low = 0, above = true },
  { name = "window", unit = "ms", low = 0, above = true },
  { name = "of", kind = "given" },
  { name = "positions", kind = "given" },
  { name = "fps", low = 1, high = 50 },
  { name = "size", low = 0.3, high = 50 },
  { name = "variable", kind = "given" },
  { name = "clim", kind = "range" },
  { name = "colormap", kind = "word", words = panel.load("matrix").maps },
}
for _, option in ipairs(panel.common) do
  if not check.place(without, option.name) then options[#options + 1] = option end
end

-- Where neurons are ---------------------------------------------------------------------------------------------------

local ALLOWED = "a table or a function of ids that gives { x, y }"

local function position(func, positions, id)
  local what, x, y = ("positions[%d]"):format(id), nil, nil
  if type(positions) == "function" then
    what = ("positions(%d)"):format(id)
    x, y = positions(id)
    if type(x) == "table" then x, y = x[1], x[2] end
  else
    local at = positions[id]
    if type(at) ~= "table" then core.wrong(func, what, "{ x, y }", at) end
    x, y = at[1], at[2]
  end
  if not check.finite(x) then core.wrong(func, "x of " .. what, "a finite number", x) end
  if not check.finite(y) then core.wrong(func, "y of " .. what, "a finite number", y) end
  return x, y
end

local function ids_of(group)
  if group.ids then return group.ids:totable() end
  local ids = {}
  for k = 1, group.size do ids[k] = group.first + k - 1 end
  return ids
end

-- Without positions the neurons of each group are on a square of their own, row by row from the bottom.
local function on_squares(groups)
  local x, y, left = {}, {}, 0
  for _, group in ipairs(groups) do
    local side = math.ceil(math.sqrt(group.size))
    for k, id in ipairs(group.all) do
      x[id], y[id] = left + (k - 1) % side, (k - 1) // side
    end
    left = left + side + 1
  end
  return x, y
end

local function read_positions(func, positions, groups)
  if positions == nil then return on_squares(groups) end
  if type(positions) ~= "table" and type(positions) ~= "function" then core.wrong(func, "positions", ALLOWED, positions) end
  local x, y = {}, {}
  for _, group in ipairs(groups) do
    for _, id in ipairs(group.all) do x[id], y[id] = position(func, positions, id) end
  end
  return x, y
end

-- The range of the positions, with a margin.
local function extent(values, groups)
  local lo, hi = math.huge, -math.huge
  for _, group in ipairs(groups) do
    for _, id in ipairs(group.all) do lo, hi = math.min(lo, values[id]), math.max(hi, values[id]) end
  end
  return lo, hi
end

-- The axes, and how high the plot is for its width: a length is the same in both directions.
local function axes_of(x, y, groups)
  local x0, x1 = extent(x, groups)
  local y0, y1 = extent(y, groups)
  local margin = MARGIN * math.max(x1 - x0, y1 - y0)
  if margin == 0 then margin = 1 end
  local across = { lo = x0 - margin, hi = x1 + margin }
  local up = { lo = y0 - margin, hi = y1 + margin }
  return across, up
end

-- Frames --------------------------------------------------------------------------------------------------------------

-- The spikes of each frame, counts[k][id], and the largest count. Frame k is of the time t - window < spike ≤ t at
-- t = from + k × every.
local function count_spikes(spikes, shown, from, every, window, n)
  local counts, most = {}, 0
  for k = 1, n do counts[k] = {} end
  for t, id in spikes:each() do
    if shown[id] then
      local first = math.max(1, math.ceil((t - from) / every - 1e-9))
      local last = math.min(n, math.ceil((t - from + window) / every - 1e-9) - 1)
      for k = first, last do
        local count = (counts[k][id] or 0) + 1
        counts[k][id], most = count, math.max(most, count)
      end
    end
  end
  return counts, most
end

local function mixed(colour, part)
  local made = 0x1000000
  for shift = 0, 16, 8 do
    local value = colour >> shift & 0xFF
    made = made | math.floor(255 + part * (value - 255) + 0.5) << shift
  end
  return made
end

local function level_of(count, most)
  local levels = math.min(most, MOST_LEVELS)
  return math.ceil(count / most * levels)
end

local function series_at(func, ids, x, y, colour, size)
  local at_x, at_y = {}, {}
  for k, id in ipairs(ids) do at_x[k], at_y[k] = x[id], y[id] end
  return {
    x = core.numbers(func, "positions", at_x), y = core.numbers(func, "positions", at_y), look = panel.LOOK.points,
    ink = panel.INK.neutral, shade = 0, colour = colour, marker = 1, size = size,
  }
end

-- Of spikes: all neurons of all groups, pale; then those that have spikes.
local function spiking(func, movie, k)
  local list, counts = { table.unpack(movie.pale) }, movie.counts[k]
  for _, group in ipairs(movie.groups) do
    local levels = math.min(math.max(movie.most, 1), MOST_LEVELS)
    for level = 1, levels do
      local ids = {}
      for _, id in ipairs(group.all) do
        if counts[id] and level_of(counts[id], movie.most) == level then ids[#ids + 1] = id end
      end
      local part = levels == 1 and 1 or ONE + (1 - ONE) * (level - 1) / (levels - 1)
      list[#list + 1] = series_at(func, ids, movie.x, movie.y, mixed(group.colour, part), movie.size)
    end
    list[#list].label = group.label -- the key has the full colour
  end
  return list
end

-- The title of a frame: its time, in numbers of one width, so that nothing moves from frame to frame.
local function title_of(movie, k)
  local shown = panel.shown(movie.from + k * movie.every)
  local room = utf8.len(panel.shown(movie.from + movie.n * movie.every)) - utf8.len(shown)
  return ("%s<i>t</i> = %s%s ms"):format(movie.title and movie.title .. ", " or "", ("\u{2007}"):rep(room), shown)
end

local function with(table, fields)
  return setmetatable(fields, { __index = table })
end

local function frame_of(func, movie, k)
  local track = with(movie.base.tracks[1], { series = movie.series(func, movie, k) })
  return with(movie.base, { tracks = { track }, title = title_of(movie, k) })
end

local function colour_groups(groups, o)
  local before = {}
  for _, group in ipairs(groups) do
    before[group.ink] = (before[group.ink] or -1) + 1
    group.colour = o.colors and group.label and o.colors[group.label] or o.color or group.colour
      or core.ink_colour(group.ink, before[group.ink])
    group.all = ids_of(group)
  end
end

-- Markers nearly touch when neurons are on a grid, as far as the page is known before it is laid out. With large text all
-- is drawn smaller first, and then enlarged (src/figure/figure.h).
local function size_of(sheet, across, up, n)
  local enlarged = sheet.text_size > 8 and sheet.text_size / 7 or 1
  local width, height = across.hi - across.lo, up.hi - up.lo
  local pt = 72 / 25.4 / enlarged
  local scale = 0.8 * sheet.width * pt / width
  if sheet.height > 0 then scale = math.min(scale, 0.75 * sheet.height * pt / height) end
  return math.max(1, math.min(8, 0.7 * scale * math.sqrt(width * height / n)))
end

local function note_of(most, window)
  local time = ("in %s ms"):format(panel.shown(window))
  if most <= 1 then return "spikes " .. time end
  return ("up to %d spikes %s"):format(most, time)
end

-- What all frames share. own: what belongs to what is shown.
local function base_of(func, movie, o, own)
  local across, up = axes_of(movie.x, movie.y, movie.groups)
  local shown = o.positions ~= nil
  if o.axes ~= nil then shown = o.axes end
  local base = {
    x = across, tracks = { { y = up, series = {}, heat = own.heat } }, note = own.note,
    frame = panel.FRAME[shown], legend = panel.LEGEND[#movie.groups > 1 and "top" or false], marks = {}, seed = movie.seed,
  }
  look.apply(func, base, o, {})
  base.aspect = (up.hi - up.lo) / (across.hi - across.lo)
  movie.title, movie.size = o.title, o.size or size_of(movie.page, across, up, movie.count)
  return base
end

-- Options of only one of the two kinds of sources.
local function refuse(func, given, names, words)
  for _, name in ipairs(names) do
    if given[name] ~= nil then core.raise(func, name .. words) end
  end
end

-- Spikes ----------------------------------------------------------------------------------------------------------------

local of_spikes = {}

function of_spikes.read(func, source, o)
  refuse(func, o, { "variable", "clim", "colormap" }, " is for a recording: izh.animate(recording, { variable = \"v\" })")
  local from, to = panel.window(func, source, o)
  local is_network = core.is_network(source)
  local method, groups = is_network and source.spikes or source.slice, rows.groups(func, source, o.of)
  colour_groups(groups, o)
  return {
    groups = groups, from = from, to = to, spikes = method(source, { from = from, to = to }), series = spiking,
    seed = is_network and source.seed or nil,
  }
end

function of_spikes.prepare(func, movie, o)
  local shown, window = {}, o.window or movie.every
  for _, group in ipairs(movie.groups) do
    for _, id in ipairs(group.all) do shown[id] = true end
  end
  movie.counts, movie.most = count_spikes(movie.spikes, shown, movie.from, movie.every, window, movie.n)
  movie.base = base_of(func, movie, o, { note = note_of(movie.most, window) })
  movie.pale = {}
  for i, group in ipairs(movie.groups) do
    movie.pale[i] = series_at(func, group.all, movie.x, movie.y, mixed(group.colour, SILENT), movie.size)
  end
end

-- Recordings --------------------------------------------------------------------------------------------------------------

local of_recordings = {}

local function coloured(func, movie, k)
  local series = series_at(func, movie.groups[1].all, movie.x, movie.y, nil, movie.size)
  series.values = core.numbers(func, "values", movie.values[k])
  return { series }
end

function of_recordings.read(func, recording, o)
  refuse(func, o, { "of", "window", "color", "colors" }, " is for spikes; of a recording all its neurons are shown")
  if o.axes == "bars" then core.raise(func, "axes must be true or false beside a scale of colours (got \"bars\")") end
  local ids = recording.neurons
  if #ids == 0 or recording.of == "mean" then
    core.raise(func, ("%s has no neurons one by one: net:record(E, \"v\") has"):format(tostring(recording)))
  end
  local variable = o.variable == nil and recording.variables[1] or o.variable
  if not check.place(recording.variables, variable) then core.unknown(func, "variable", tostring(variable), recording.variables) end
  core.window(func, o, "recording", recording.from, recording.to)
  local t, all, models_of = recording:times(), {}, {}
  for k = 1, #ids do all[k] = ids[k] end
  local seed
  for k = 1, #ids do models_of[k], _, seed = core.recorded(recording, k) end
  return {
    groups = { { all = all, size = #all } }, from = o.from or t[1], to = o.to or t[#t], t = t, recording = recording,
    variable = variable, title_of_colours = panel.load("trace").variable_title(variable, models.units(models_of)),
    series = coloured, seed = seed,
  }
end

-- The values at each frame: those of the last sample that is not later.
function of_recordings.prepare(func, movie, o)
  local t, at, i, lo, hi = movie.t, {}, 1, math.huge, -math.huge
  movie.values = {}
  for k = 1, movie.n do
    local time = movie.from + k * movie.every
    while i < #t and t[i + 1] <= time + 1e-9 * math.max(1, time) do i = i + 1 end
    at[k], movie.values[k] = i, {}
  end
  for n = 1, movie.count do
    local values = movie.recording:values(movie.variable, n)
    for k = 1, movie.n do
      local value = values[at[k]]
      movie.values[k][n], lo, hi = value, math.min(lo, value), math.max(hi, value)
    end
  end
  if lo > hi then lo, hi = 0, 1 end -- all are NaN
  if lo == hi then lo, hi = lo - 1, hi + 1 end
  local clim = o.clim or { lo, hi }
  movie.base = base_of(func, movie, o, { heat = {
    values = core.numbers(func, "values", {}), rows = 0, columns = 0, lo = clim[1], hi = clim[2], title = movie.title_of_colours,
    map = check.place(panel.load("matrix").maps, o.colormap or "viridis") - 1,
  } })
end

-- Both --------------------------------------------------------------------------------------------------------------------

local kinds = { network = of_spikes, spikes = of_spikes, recording = of_recordings }

local function make(func, source, given)
  local o = check.read(func, options, given)
  if given.axes == nil then o.axes = nil end -- the default depends on positions
  panel.check_source(func, source)
  local kind = kinds[core.kind(source)]
  if not kind then core.wrong(func, "what izh.animate shows", "a network, spikes or a recording", source) end
  local movie = kind.read(func, source, o)
  local from, to = movie.from, movie.to
  movie.every, movie.fps = o.every or panel.round_up(math.max(to - from, 1e-3) / 100), o.fps or 20
  movie.page, movie.count = page.new(func, given, 1), 0
  movie.page.dpi = given.dpi or 150
  movie.n = math.floor((to - from) / movie.every + 1e-9)
  if movie.n < 1 then
    core.raise(func, ("every = %g ms is longer than what there is to show, %g … %g ms"):format(movie.every, from, to))
  elseif movie.n > MOST_FRAMES then
    core.raise(func, ("%d frames are too many; at most %d are drawn: a larger every, or from and to"):format(movie.n, MOST_FRAMES))
  end
  for _, group in ipairs(movie.groups) do movie.count = movie.count + group.size end
  if movie.count == 0 then core.raise(func, "there are no neurons to show") end
  movie.x, movie.y = read_positions(func, o.positions, movie.groups)
  kind.prepare(func, movie, o)
  return movie
end

-- The handle ----------------------------------------------------------------------------------------------------------

local held = setmetatable({}, { __mode = "k" })

local function save(self, path, ...)
  local movie = held[self]
  if not movie then core.no_self("save", "an animation", "animation", self) end
  core.no_more("save", ...)
  if type(path) ~= "string" then core.wrong("save", "the path", "a file name ending in .gif, or as \"frames/*.png\"", path) end
  core.came(movie.place, "animate")
  local sheet, base = movie.page, movie.base
  sheet.attach = false -- a GIF carries nothing, and of thousands of frames none needs to
  for key, value in pairs(provenance({ base }, sheet, path, movie.title)) do sheet[key] = value end
  local file = core.movie("save", path, movie.n, math.floor(100 / movie.fps + 0.5))
  for k = 1, movie.n do core.movie_add("save", file, sheet, { frame_of("save", movie, k) }) end
  core.movie_save("save", file, path)
end

local animation_type = seal("animation", { save = save }, function(self)
  local movie = held[self]
  return ("animation of %s: %s in %g < t ≤ %g ms"):format(check.count(movie.count, "neuron"), check.count(movie.n, "frame"),
    movie.from, movie.from + movie.n * movie.every)
end)

function animation_type.__gc(self)
  local movie = held[self]
  if movie then core.remark(movie.place, "animate", "the animation was not saved: animation:save(\"name.gif\") does that") end
end

local known = check.names(options, { "width", "height", "dpi", "author", "text_size", "style" })

return function(source, given, ...)
  check.call("animate", source, ...)
  local movie = make("animate", source, check.known("animate", given, known))
  movie.place = core.place()
  local handle = setmetatable({}, animation_type)
  held[handle] = movie
  return handle
end
