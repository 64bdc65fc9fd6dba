-- Writes what is made from the descriptions of measures: tables in docs/measures.md, and their part of
-- lua/izhlua/meta.lua.
--   build/release/bin/izhlua scripts/describe.lua          writes them
--   build/release/bin/izhlua scripts/describe.lua --check  fails when they are not as they would be written
local core = require "izhlua.core"
require "izhlua"
local measure = require "izhlua.measure"

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

local function all(folder, room)
  local names, list = core.own_files(folder), {}
  table.sort(names)
  for i, name in ipairs(names) do list[i] = measure.load(name, room) end
  return list
end

-- What a default is, in words; nil: there is none that one can write.
local function default_of(option)
  local default = option.default
  if option.kind == "flag" then return "false" end
  if type(default) == "string" then return ("%q"):format(default) end
  local unit = option.unit and " " .. option.unit:gsub("^1/", "/") or ""
  return type(default) == "number" and ("%g%s"):format(default, unit) or nil
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
  for i, cell in ipairs(cells) do cells[i] = cell:gsub("|", "\\|") end
  return ("| `%s` | %s |"):format(m.name, table.concat(cells, " | "))
end

local function measures_table()
  local list, lines = all "measures", {}
  local kinds = {
    { "neurons", "Of each neuron, and their mean" }, { "pairs", "Of each pair of neurons, and their mean" },
    { "population", "Of the population" }, { "series", "Series and lists" }, { "recording", "Of recordings" },
  }
  for _, m in ipairs(all("measures/recording", "recording")) do
    m.kind = "recording"
    list[#list + 1] = m
  end
  for _, kind in ipairs(kinds) do
    lines[#lines + 1] = ("\n### %s\n\n%s\n|---|---|---|---|---|"):format(kind[2],
      "| measure | what it is | definition | options | undefined |")
    for _, m in ipairs(list) do
      if m.kind == kind[1] then lines[#lines + 1] = row(m) end
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

-- lua/izhlua/meta.lua ---------------------------------------------------------------------------------------------

local types = { number = "number", whole = "integer", flag = "boolean" }

local function type_of(option)
  if option.type then return option.type end
  if option.words then return "\"" .. table.concat(option.words, "\"|\"") .. "\"" end
  return types[option.kind or "number"]
end

local function options_class(class, parent, list)
  local lines = { ("---@class %s%s"):format(class, parent and ": " .. parent or "") }
  for _, option in ipairs(list) do
    local words, default = { option.help }, default_of(option)
    if option.unit and not (default and type(option.default) == "number") then words[#words + 1] = option.unit end
    if default and option.kind ~= "flag" then words[#words + 1] = "default " .. default end
    lines[#lines + 1] = ("---@field %s? %s %s"):format(option.name, type_of(option), table.concat(words, "; "))
  end
  return lines
end

local results = { neurons = "number|izhlua.Vector", pairs = "number|izhlua.Vector[]" }

-- What a measure returns, and the class of that, appended to lines.
local function returned(m, lines)
  local gives = m.gives
  if gives == nil then return results[m.kind] or "number", true end
  if type(gives) == "string" then return gives, false end
  local class = ("izhlua.%s.%s"):format(m.name, gives.list and "Item" or "Result")
  lines[#lines + 1] = "---@class " .. class
  for _, field in ipairs(gives) do
    lines[#lines + 1] = ("---@field %s %s"):format(field[1], field[2]) .. (field[3] and " " .. field[3] or "")
  end
  return gives.list and class .. "[]" or class, false
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
  local result, explained = returned(m, lines)
  lines[#lines + 1] = "---" .. m.help .. (m.unit and ", " .. m.unit or "")
  for _, param in ipairs(before) do lines[#lines + 1] = "---@param " .. param end
  lines[#lines + 1] = "---@param options? " .. (options or "table")
  lines[#lines + 1] = "---@return " .. result
  if explained then lines[#lines + 1] = "---@return izhlua.Explanation?" end
  local names = {}
  for i, param in ipairs(before) do names[i] = param:match("^%w+") end
  names[#names + 1] = "options"
  lines[#lines + 1] = ("function %s%s(%s) end"):format(self, m.name, table.concat(names, ", "))
end

local function methods()
  local lines = {}
  for _, m in ipairs(all "measures") do
    signature(m, "Spikes:", m.other and { "other izhlua.Spikes of the same window" } or {},
      not m.other and "izhlua.MeasureOptions" or nil, lines)
  end
  return table.concat(lines, "\n") .. "\n"
end

local function of_recordings()
  local lines = {}
  for _, m in ipairs(all("measures/recording", "recording")) do
    local recording = "recording izhlua.Recording of " .. table.concat(m.needs, " and ")
    signature(m, "analysis.", { recording }, "izhlua.WindowOptions", lines)
  end
  return table.concat(lines, "\n") .. "\n"
end

replace("docs/measures.md", "measures", measures_table())
replace("docs/measures.md", "sources", sources_list())
replace("lua/izhlua/meta.lua", "measures of spikes", methods())
replace("lua/izhlua/meta.lua", "measures of recordings", of_recordings())
