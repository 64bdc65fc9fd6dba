-- izh.figure{…}:save(path): panels on a page.
local core = require "izhlua.core"
local check = require "izhlua.options"
local page = require "izhlua.figure.page"
local panel = require "izhlua.figure.panel"
local seal = require "izhlua.seal"

local figures = setmetatable({}, { __mode = "k" }) -- the page and the panels of each handle

-- figure:save(path): .pdf, .svg, .png, .eps or .ps.
local function save_figure(self, path, ...)
  local figure = figures[self]
  if not figure then core.no_self("save", "a figure", "figure", self) end
  core.no_more("save", ...)
  core.came(figure.place, "figure")
  page.save("save", figure.page, figure.panels, path)
end

local figure_type = seal("figure", { save = save_figure }, function(self)
  return "figure of " .. check.count(#figures[self].panels, "panel")
end)

-- Called when the script has no reference to a figure any more. Then it can never be saved.
function figure_type.__gc(self)
  local figure = figures[self]
  if figure then core.remark(figure.place, "figure", "the figure was not saved: figure:save(\"name.pdf\") does that") end
end

-- Splits options into the list of panels and the named options.
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
    list[i] = panel.get(options[i]) or core.wrong("figure", ("panel %d"):format(i), "made by izh.raster, izh.trace …", options[i])
  end
  return list, named
end

-- izh.figure{ width =, height =, columns =, letters =, dpi =, panel, panel, … }: panels row by row.
return function(options, ...)
  check.call("figure", options, ...)
  if type(options) ~= "table" then core.wrong("figure", "the argument", "a table of panels and options", options) end
  if panel.get(options) then core.raise("figure", "panels are given in a table: izh.figure{ panel, … }") end
  local list, named = split(options)
  core.options("figure", named, page.options)
  if #list == 0 then core.raise("figure", "a figure needs at least one panel") end
  local handle = setmetatable({}, figure_type)
  for _, one in ipairs(list) do core.came(one.place, one.kind) end
  figures[handle] = { place = core.place(), page = page.new("figure", named, #list), panels = list }
  return handle
end
