-- The page of a figure: its options, which are checked when they are given, and how it is saved.
local core = require "izhlua.core"
local check = require "izhlua.options"
local provenance = require "izhlua.figure.provenance"
local sorted_keys = require "izhlua.sorted_keys"
local text, number = check.text, check.number

local page = { options = { "width", "height", "dpi", "author", "text_size", "columns", "heights", "letters", "style", "attach" } }

-- Widths of the columns of journals, in mm; docs/figures.md has the sources. The first three are those of Nature.
local widths = {
  single = 89, onehalf = 120, double = 183,
  ["nature single"] = 89, ["nature onehalf"] = 120, ["nature double"] = 183,
  ["cell single"] = 85, ["cell onehalf"] = 114, ["cell double"] = 174,
  ["plos single"] = 132, ["plos double"] = 190.5,
  ["jneurosci single"] = 85, ["jneurosci onehalf"] = 116, ["jneurosci double"] = 176,
}
local width_names = sorted_keys(widths)

-- What pages are for: sizes in mm and the size of text in points. A slide is 16:9, as a projector is. Lines and markers
-- grow with the text.
local styles = {
  paper = { width = "single", text_size = 7 },
  slide = { width = 254, height = 142.875, text_size = 16 },
  poster = { width = 420, text_size = 24 },
}

-- Returns a list with a letter for each panel, or nil; and whether there are letters. Without a list they are a, b, c …
-- for two or more panels.
local function read_letters(func, letters, n)
  if letters == nil or letters == true or letters == "lower" then return nil, true end
  if letters == false then return nil, false end
  if type(letters) == "table" then
    if core.list(func, "letters", letters) ~= n then
      core.raise(func, ("letters must have %s, one for each panel (got %d)"):format(check.count(n, "string"), #letters))
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

-- The relative heights of the rows.
local function read_heights(func, heights)
  if heights == nil then return nil end
  local numbers = core.numbers(func, "heights", heights)
  if #numbers == 0 then core.raise(func, "heights must not be empty") end
  for i = 1, #numbers do number(func, ("heights[%d]"):format(i), numbers[i], 1e-3, 1e3, "a number > 0") end
  return numbers
end

-- The page for n panels.
function page.new(func, options, n)
  local style = styles[check.word(func, "style", options.style, { "paper", "slide", "poster" }, "paper")]
  local width = options.width
  if width == nil then width = style.width end
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
    height = number(func, "height", options.height, 20, 2000, "a number of mm, 20 … 2000") or style.height or 0,
    dpi = number(func, "dpi", options.dpi, 36, 2400, "a number 36 … 2400") or 300,
    columns = columns or 0,
    letters = list or lettered,
    heights = read_heights(func, options.heights),
    text_size = number(func, "text_size", options.text_size, 5, 32, "a number of points, 5 … 32") or style.text_size,
    author = text(func, "author", options.author),
    attach = check.flag(func, "attach", options.attach, true),
  }
end

-- One colour for each population ----------------------------------------------------------------------------------

-- The colours of the populations that a page shows, by name: those in which the first panel draws them.
local function colours_of(list)
  local colours = {}
  local function add(name, ink, shade, colour)
    if name and not colours[name] then colours[name] = colour or core.ink_colour(ink, shade) end
  end
  for _, one in ipairs(list) do
    for _, track in ipairs(one.tracks) do
      for _, series in ipairs(track.series) do
        add(series.of, series.ink, series.shade, series.colour)
      end
    end
  end
  return colours
end

local function with(table, key, value)
  return setmetatable({ [key] = value }, { __index = table })
end

-- The list with `change` for each of its entries, or the list itself if none changes.
local function changed(list, change)
  local new, any = {}, false
  for i, one in ipairs(list or {}) do
    new[i] = change(one)
    any = any or new[i] ~= one
  end
  return any and new or list
end

-- The panel with these colours for populations that have no other one. Panels themselves stay as they are, since they
-- may be on several pages.

local function coloured(one, colours)
  local tracks = changed(one.tracks, function(track)
    local series = changed(track.series, function(series)
      local name = series.of or series.label
      local colour = not series.colour and name and colours[name]
      return colour and with(series, "colour", colour) or series
    end)
    return series ~= track.series and with(track, "series", series) or track
  end)
  local inset = one.inset
  if inset then
    local plot = coloured(inset.plot, colours)
    if plot ~= inset.plot then inset = with(inset, "plot", plot) end
  end
  if tracks == one.tracks and inset == one.inset then return one end
  return with(with(one, "tracks", tracks), "inset", inset)
end

-- Draws the panels on the page, and saves it.
function page.save(func, made, list, path)
  if type(path) ~= "string" then core.wrong(func, "the path", "a file name ending in .pdf, .svg, .png, .eps or .ps", path) end
  local title = #list == 1 and list[1].title or nil
  for key, value in pairs(provenance(list, made, path, title)) do made[key] = value end
  local colours = colours_of(list)
  core.save_figure(func, path, made, changed(list, function(one) return coloured(one, colours) end))
end

return page
