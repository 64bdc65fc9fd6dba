-- Writes what is made from the descriptions of measures and panels: tables in docs/measures.md and docs/figures.md, and
-- their part of lua/izhlua/meta.lua.
--   build/release/bin/izhlua scripts/describe.lua          writes them
--   build/release/bin/izhlua scripts/describe.lua --check  fails when they are not as they would be written
local core = require "izhlua.core"
require "izhlua"
local measure = require "izhlua.measure"
local panel = require "izhlua.figure.panel"

local root = arg[0]:match("^(.*)scripts/[^/]*$") or "../"
local check = arg[1] == "--check"

-- The file with what is between the lines that hold `begin` and `end` of a name replaced by text.
local function replace(path, name, text)
  local file = assert(io.open(root .. path))
  local old = file:read "a"
  file:close()
  local from, first = old:find("[^\n]*made by scripts/describe%.lua: " .. name .. "[^\n]*\n")
  local last = from and old:find("[^\n]*end of " .. name .. "[^\n]*\n", first)
  assert(last, path .. " has no place for " .. name)
  local new = old:sub(1, first) .. text .. old:sub(last)
  if new == old then return end
  assert(not check, path .. " is not as scripts/describe.lua writes it: " .. name)
  file = assert(io.open(root .. path, "w"))
  assert(file:write(new))
  assert(file:close())
end

-- What the files of a folder describe, in order of name.
local function all(folder, load, room)
  local names, list = core.own_files(folder), {}
  table.sort(names)
  for i, name in ipairs(names) do list[i] = load(name, room) end
  return list
end

local of_spikes = all("measures", measure.load)
local of_recordings = all("measures/recording", measure.load, "recording")
local panels = all("figure/panels", panel.load)

-- What a default is, in words; nil: there is none that one can write.
local function default_of(option)
  local default = option.default
  if option.kind == "flag" then return tostring(default == true) end
  if type(default) == "string" then return ("%q"):format(default) end
  local unit = option.unit and " " .. option.unit:gsub("^1/", "/") or ""
  return type(default) == "number" and ("%g%s"):format(default, unit) or nil
end

local function table_row(...)
  local cells = { ... }
  for i, cell in ipairs(cells) do cells[i] = cell:gsub("|", "\\|") end
  return ("| %s |"):format(table.concat(cells, " | "))
end

-- docs/measures.md ------------------------------------------------------------------------------------------------

local sources, places = {}, {}

-- [3], the place of a source in the list of all.
local function reference(source)
  if not places[source] then
    sources[#sources + 1] = source
    places[source] = #sources
  end
  return ("[%d]"):format(places[source])
end

local function options_cell(m)
  local cells = {}
  for i, option in ipairs(m.options) do
    local default = option ~= measure.each and default_of(option)
    cells[i] = ("`%s`"):format(option.name) .. (default and default ~= "false" and " = " .. default or "")
  end
  return table.concat(cells, ", ")
end

local function row(m)
  local cells = { m.help, m.definition or "", options_cell(m), m.undefined or "" }
  for _, source in ipairs(type(m.source) == "table" and m.source or { m.source }) do
    cells[2] = cells[2] .. (cells[2] == "" and "" or " ") .. reference(source)
  end
  return table_row(("`%s`"):format(m.name), table.unpack(cells))
end

local function measures_table()
  local lines = {}
  local kinds = {
    { "neurons", "Of each neuron, and their mean" }, { "pairs", "Of each pair of neurons, and their mean" },
    { "population", "Of the population" }, { "series", "Series and lists" }, { "recording", "Of recordings" },
  }
  for _, kind in ipairs(kinds) do
    lines[#lines + 1] = ("\n### %s\n\n%s\n|---|---|---|---|---|"):format(kind[2],
      "| measure | what it is | definition | options | undefined |")
    for _, m in ipairs(kind[1] == "recording" and of_recordings or of_spikes) do
      if (m.kind or "recording") == kind[1] then lines[#lines + 1] = row(m) end
    end
  end
  lines[#lines + 1] = ""
  return table.concat(lines, "\n") .. "\n"
end

local function sources_list()
  local lines = {}
  for i, source in ipairs(sources) do lines[i] = ("%d. %s.\n"):format(i, source) end
  return "\n" .. table.concat(lines) .. "\n"
end

-- docs/figures.md --------------------------------------------------------------------------------------------------

-- What is to be said of an option, with its unit and default.
local function described(option)
  local default = default_of(option)
  local unit = option.unit and type(option.default) ~= "number" and (" (%s)"):format(option.unit) or ""
  return option.help .. unit .. (default and default ~= "false" and "; default " .. default or "")
end

-- Of each panel its options, but for those of the look, which are said once.
local function panels_text()
  local look, lines = { panel.title, panel.marks, panel.axes, panel.span }, {}
  local common = {}
  local function options_table(heading, text, list)
    lines[#lines + 1] = ("\n### %s\n\n%s.\n\n| option | |\n|---|---|"):format(heading, text)
    for _, option in ipairs(list) do
      local name, words = ("`%s`"):format(option.name), ""
      if option.words then words = ("`\"%s\"`: "):format(table.concat(option.words, "\"`, `\"")) end
      if not common[option] then lines[#lines + 1] = table_row(name, words .. described(option)) end
    end
  end
  options_table("Options that most panels have", "Rasters have no `axes`, matrices only `title` and `span`", look)
  for _, option in ipairs(look) do common[option] = true end
  for _, self in ipairs(panels) do
    options_table(("`%s`"):format(self.name), self.help:gsub("^%l", string.upper), self.options)
  end
  return table.concat(lines, "\n") .. "\n\n"
end

-- lua/izhlua/meta.lua ---------------------------------------------------------------------------------------------

local types = { number = "number", whole = "integer", flag = "boolean", text = "string", range = "number[]" }

local function type_of(option)
  if option.type then return option.type end
  if option.words then return "\"" .. table.concat(option.words, "\"|\"") .. "\"" end
  return types[option.kind or "number"]
end

local function options_class(class, parent, list)
  local lines = { ("---@class %s%s"):format(class, parent and ": " .. parent or "") }
  for _, option in ipairs(list) do
    lines[#lines + 1] = ("---@field %s? %s %s"):format(option.name, type_of(option), described(option))
  end
  return lines
end

local results = { neurons = "number|izhlua.Vector", pairs = "number|izhlua.Vector[]" }

-- What a measure returns, whose class is appended to lines.
local function returned(m, lines)
  local gives = m.gives
  if gives == nil then return results[m.kind] or "number" end
  if type(gives) == "string" then return gives end
  local class = ("izhlua.%s.%s"):format(m.name, gives.list and "Item" or "Result")
  lines[#lines + 1] = "---@class " .. class
  for _, field in ipairs(gives) do
    lines[#lines + 1] = ("---@field %s %s"):format(field[1], field[2]) .. (field[3] and " " .. field[3] or "")
  end
  return gives.list and class .. "[]" or class
end

local function signature(m, self, before, parent, lines)
  local own = m.options
  local options = parent
  if own[1] == measure.each then own, options = table.move(own, 2, #own, 1, {}), "izhlua.EachOptions" end
  if #own > 0 then
    local class = ("izhlua.%s.Options"):format(m.name)
    table.move(options_class(class, options, own), 1, #own + 1, #lines + 1, lines)
    options = class
  end
  local result = returned(m, lines)
  lines[#lines + 1] = "---" .. m.help .. (m.unit and ", " .. m.unit or "")
  for _, param in ipairs(before) do lines[#lines + 1] = "---@param " .. param end
  lines[#lines + 1] = "---@param options? " .. (options or "table")
  lines[#lines + 1] = "---@return " .. result
  local names = {}
  for i, param in ipairs(before) do names[i] = param:match("^%w+") end
  names[#names + 1] = "options"
  lines[#lines + 1] = ("function %s%s(%s) end"):format(self, m.name, table.concat(names, ", "))
end

local function methods()
  local lines = {}
  for _, m in ipairs(of_spikes) do
    signature(m, "Spikes:", m.other and { "other izhlua.Spikes of the same window" } or {},
      not m.other and "izhlua.MeasureOptions" or nil, lines)
  end
  return table.concat(lines, "\n") .. "\n"
end

local function functions_of_recordings()
  local lines = {}
  for _, m in ipairs(of_recordings) do
    local recording = "recording izhlua.Recording of " .. table.concat(m.needs, " and ")
    signature(m, "analysis.", { recording }, "izhlua.WindowOptions", lines)
  end
  return table.concat(lines, "\n") .. "\n"
end

local function functions_of_panels()
  local lines = {}
  for _, self in ipairs(panels) do
    local class = ("izhlua.%s.Options"):format(self.name)
    table.move(options_class(class, nil, self.options), 1, #self.options + 1, #lines + 1, lines)
    lines[#lines + 1] = ("---%s\n---@param source %s\n---@param options? %s\n---@return izhlua.Panel"):format(
      self.help, self.source, class)
    lines[#lines + 1] = ("function izh.%s(source, options) end"):format(self.name)
  end
  return table.concat(lines, "\n") .. "\n"
end

replace("docs/measures.md", "measures", measures_table())
replace("docs/measures.md", "sources", sources_list())
replace("lua/izhlua/meta.lua", "measures of spikes", methods())
replace("lua/izhlua/meta.lua", "measures of recordings", functions_of_recordings())
replace("docs/figures.md", "panels", panels_text())
replace("lua/izhlua/meta.lua", "panels", functions_of_panels())
