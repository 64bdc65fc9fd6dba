-- Writes what is made from descriptions of models, integrators, stimuli, synapses, rules, measures and panels: tables
-- in docs/models.md, docs/measures.md and docs/figures.md, and their part of lua/izhlua/meta.lua.
--   build/release/bin/izhlua scripts/describe.lua          writes them
--   build/release/bin/izhlua scripts/describe.lua --check  fails when they are not as they would be written
require "izhlua"
local made = require "made"
local require = debug.getregistry()["izhlua.require"] -- that of the program's own files
local core = require "izhlua.core"
local measure = require "izhlua.measure"
local panel = require "izhlua.figure.panel"

local function replace(path, name, text) made(path, "describe.lua", name, text) end

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

-- A sentence a line, each of at most 100 characters.
local function wrapped(text, indent)
  local lines, line = {}, ""
  for word in text:gmatch "%S+" do
    if utf8.len(line) + utf8.len(word) > 98 - #(indent or "") then lines[#lines + 1], line = line, "" end
    line = line == "" and word or line .. " " .. word
  end
  lines[#lines + 1] = line
  return table.concat(lines, "\n" .. (indent or ""))
end

local function sources_list()
  local lines = {}
  for i, source in ipairs(sources) do lines[i] = ("%d. %s.\n"):format(i, wrapped(source, "    ")) end
  return "\n" .. table.concat(lines) .. "\n"
end

-- docs/figures.md --------------------------------------------------------------------------------------------------

-- What is to be said of an option, with its unit and default.
local function described(option)
  local default = default_of(option)
  local unit = option.unit and type(option.default) ~= "number" and (" (%s)"):format(option.unit) or ""
  return option.help .. unit .. (default and default ~= "false" and "; default " .. default or "")
end

-- The options of all panels, said once, then of each panel its own.
local function panels_text()
  local lines = {}
  local function options_table(heading, text, list)
    lines[#lines + 1] = ("\n### %s\n\n%s.\n\n| option | |\n|---|---|"):format(heading, text)
    for _, option in ipairs(list) do
      local name, words = ("`%s`"):format(option.name), ""
      if option.words then words = ("`\"%s\"`: "):format(table.concat(option.words, "\"`, `\"")) end
      lines[#lines + 1] = table_row(name, words .. described(option))
    end
  end
  local without = {}
  for _, self in ipairs(panels) do
    local names = {}
    for _, option in ipairs(panel.common) do
      if self.without and self.without[option.name] then names[#names + 1] = ("`%s`"):format(option.name) end
    end
    if #names > 0 then without[#without + 1] = ("`%s` has no %s"):format(self.name, table.concat(names, ", ")) end
  end
  options_table("Options of all panels", wrapped("But " .. table.concat(without, "; ")), panel.common)
  for _, self in ipairs(panels) do
    options_table(("`%s`"):format(self.name), wrapped((self.help:gsub("^%l", string.upper))), self.options)
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
  local lines = options_class("izhlua.PanelOptions", nil, panel.common)
  for _, self in ipairs(panels) do
    local class = ("izhlua.%s.Options"):format(self.name)
    table.move(options_class(class, "izhlua.PanelOptions", self.options), 1, #self.options + 1, #lines + 1, lines)
    lines[#lines + 1] = ("---%s\n---@param source %s\n---@param options? %s\n---@return izhlua.Panel"):format(
      self.help, self.source, class)
    lines[#lines + 1] = ("function izh.%s(source, options) end"):format(self.name)
  end
  return table.concat(lines, "\n") .. "\n"
end

-- docs/models.md, and what meta.lua says of cells, integrators, stimuli, synapses and rules ------------------------

local models, integrators, sources = core.describe_models()
local stimuli = core.describe_stimuli()
local kernels, rules, stp = core.describe_synapses()

-- "≥ 0", "> 0", "0 … 1"; nil: any number. Limits beyond what anybody would write are not said.
local function range_of(q)
  local low, high = q.low, q.high and q.high < 1e9 and q.high or nil
  if low and high then return ("%g … %g"):format(low, high) end
  return low and ("%s %g"):format(q.above and ">" or "≥", low) or high and ("≤ %g"):format(high)
end

local function default_of_quantity(q)
  if q.required then return "required" end
  if q.like then return ("`%s`"):format(q.like) end
  return q.default and q.name ~= "synapse" and ("%g"):format(q.default) or ""
end

-- A cell gives the state at the start.
local function shown_name(q) return (q.name == "v" or q.name == "u") and q.name .. "0" or q.name end

local function quantities_table(lines, quantities)
  if #quantities == 0 then return end
  lines[#lines + 1] = "\n| name | what it is | unit | range | default |\n|---|---|---|---|---|"
  for _, q in ipairs(quantities) do
    lines[#lines + 1] = table_row(("`%s`"):format(shown_name(q)), q.help, q.unit or "", range_of(q) or "",
      q.later and "only to set" or default_of_quantity(q))
  end
end

-- The first letter of a word, not of a symbol.
local function capital(letters) return letters:sub(1, 1):upper() .. letters:sub(2) end

local function sections(list, heading)
  local lines = {}
  for _, kind in ipairs(list) do
    lines[#lines + 1] = ("\n### %s\n\n%s."):format(heading(kind), wrapped((kind.help:gsub("^%l%l[%l,%- ]", capital))))
    quantities_table(lines, kind.quantities or {})
  end
  return table.concat(lines, "\n") .. "\n\n"
end

local function named(kind) return ("`%s`"):format(kind.name) end
local function made(kind)
  return ("`izh.%s`"):format(kind.maker) .. (kind.form and ": " .. kind.form or "")
end

-- A quantity in words, with its unit, range and default.
local function told(q)
  local parts = { q.help }
  local default = default_of_quantity(q)
  if q.unit and q.unit ~= "" then parts[#parts + 1] = q.unit end
  parts[#parts + 1] = range_of(q)
  if default ~= "required" and default ~= "" then parts[#parts + 1] = "default " .. default:gsub("`", "") end
  return table.concat(parts, ", ")
end

-- What the quantities of one name are in several kinds, and in how many there is one. Kinds that differ are named.
local function told_of_all(kinds, name, name_of)
  local texts, of, n = {}, {}, 0
  for _, kind in ipairs(kinds) do
    for _, q in ipairs(kind.quantities) do
      if q.name == name and not q.later then
        local text = told(q)
        if not of[text] then texts[#texts + 1], of[text] = text, {} end
        table.insert(of[text], name_of and name_of(kind) or kind.name)
        n = n + 1
      end
    end
  end
  if #texts == 1 and n == #kinds then return texts[1], n end
  for i, text in ipairs(texts) do texts[i] = table.concat(of[text], ", ") .. ": " .. text end
  return table.concat(texts, "; "), n
end

-- Appends a field for each name of a quantity of several kinds.
local function fields(lines, kinds, values, name_of)
  local seen = {}
  for _, kind in ipairs(kinds) do
    for _, q in ipairs(kind.quantities) do
      if not seen[q.name] and not q.later then
        seen[q.name] = true
        local text, n = told_of_all(kinds, q.name, name_of)
        local optional = not q.required or n < #kinds or q.name == "times" -- or a file of times
        lines[#lines + 1] = ("---@field %s%s %s %s"):format(shown_name(q), optional and "?" or "",
          q.type or q.whole and "integer" or values, text)
      end
    end
  end
end

local function alias(name, list)
  local lines = { "---@alias " .. name }
  for i, kind in ipairs(list) do lines[i + 1] = ("---| %q %s"):format(kind.name, kind.help) end
  return table.concat(lines, "\n") .. "\n"
end

local function cell_class()
  local lines = { "---@class izhlua.Cell numbers of a neuron; each one for all, a distribution, an array or a function",
    "---@field model? izhlua.Model default " .. models[1].name }
  fields(lines, models, "izhlua.Values", function(model) return model.name end)
  return alias("izhlua.Model", models) .. alias("izhlua.SourceModel", sources) .. table.concat(lines, "\n") .. "\n"
end

local function stimulus_classes()
  local lines, makers, order = {}, {}, {}
  for _, kind in ipairs(stimuli) do
    if not makers[kind.maker] then makers[kind.maker], order[#order + 1] = {}, kind.maker end
    table.insert(makers[kind.maker], kind)
  end
  for _, maker in ipairs(order) do
    local class = maker:gsub("^%l", string.upper):gsub("_(%l)", string.upper)
    local parent = ""
    for _, quantity in ipairs(makers[maker][1].quantities) do
      if quantity.name == "synapse" then parent = ": izhlua.SynapseOptions" end
    end
    lines[#lines + 1] = ("---@class izhlua.%sOptions%s"):format(class, parent)
    fields(lines, makers[maker], "number", function(kind) return kind.form or kind.name end)
    if maker == "spike_train" then
      lines[#lines + 1] = "---@field file? string in place of times: spikes that izh.spikes reads"
    end
    lines[#lines + 1] = "---@field name? string\n"
  end
  return table.concat(lines, "\n") .. "\n"
end

local function kind_class(class, name, list)
  local lines = { ("---@class izhlua.%sOptions"):format(class),
    ("---@field %s? izhlua.%s default %s"):format(name, class, list[1].name) }
  fields(lines, list, "number", function(kind) return kind.name end)
  return alias("izhlua." .. class, list) .. "\n" .. table.concat(lines, "\n") .. "\n\n"
end

local function options_of_stp()
  local lines = {}
  quantities_table(lines, stp)
  return table.concat(lines, "\n") .. "\n\n"
end

local function class_of_stp()
  local lines = { "---@class izhlua.StpOptions" }
  fields(lines, { { name = "stp", quantities = stp } }, "number")
  return table.concat(lines, "\n") .. "\n\n"
end

replace("docs/measures.md", "measures", measures_table())
replace("docs/measures.md", "sources", sources_list())
replace("lua/izhlua/meta.lua", "measures of spikes", methods())
replace("lua/izhlua/meta.lua", "measures of recordings", functions_of_recordings())
replace("docs/figures.md", "panels", panels_text())
replace("lua/izhlua/meta.lua", "panels", functions_of_panels())
replace("docs/models.md", "models", sections(models, named))
replace("docs/models.md", "sources", sections(sources, named))
replace("docs/models.md", "integrators", sections(integrators, named))
replace("docs/models.md", "stimuli", sections(stimuli, made))
replace("docs/models.md", "synapses", sections(kernels, named))
replace("docs/models.md", "rules", sections(rules, named))
replace("docs/models.md", "stp", options_of_stp())
replace("lua/izhlua/meta.lua", "cells", cell_class())
replace("lua/izhlua/meta.lua", "integrators", alias("izhlua.Integrator", integrators))
replace("lua/izhlua/meta.lua", "synapses", kind_class("Synapse", "synapse", kernels))
replace("lua/izhlua/meta.lua", "stp", class_of_stp())
replace("lua/izhlua/meta.lua", "rules", kind_class("Rule", "rule", rules))
replace("lua/izhlua/meta.lua", "stimuli", stimulus_classes())
