-- What a script says of its parameters, read and checked.
local core = require "izhlua.core"
local check = require "izhlua.options"

local NAME = "^[%a_][%w_]*$"
local DEFAULT = "a finite number, a string, a boolean or a list of numbers"
local LAYOUT = '{ default, "unit or what it is" }'
local options = { "min", "max", "step", "choices" }

local declaration = {}

-- The shortest text that reads as the same number, whatever the locale.
local function number_text(x)
  if math.type(x) == "integer" then return ("%d"):format(x) end
  for digits = 15, 17 do
    local text = ("%." .. digits .. "g"):format(x)
    if tonumber(text) == x then return (text:gsub(",", ".")) end
  end
end

-- As it is written on a command line.
function declaration.text(value)
  if type(value) == "number" then return number_text(value) end
  if type(value) ~= "table" then return tostring(value) end
  local texts = {}
  for i, x in ipairs(value) do texts[i] = number_text(x) end
  return table.concat(texts, ",")
end

local function texts(values)
  local all = {}
  for i, value in ipairs(values) do all[i] = declaration.text(value) end
  return all
end

-- What a value of this parameter must be; nil when anything of its type will do.
function declaration.allowed(one)
  if one.choices then return "one of " .. table.concat(texts(one.choices), ", ") end
  local min, max = one.min and number_text(one.min), one.max and number_text(one.max)
  if min and max then return ("from %s to %s"):format(min, max) end
  return min and ("at least %s"):format(min) or max and ("at most %s"):format(max)
end

function declaration.allows(one, value)
  if not one.choices then return (not one.min or value >= one.min) and (not one.max or value <= one.max) end
  for _, choice in ipairs(one.choices) do
    if choice == value then return true end
  end
  return false
end

local function read_default(what, value)
  if type(value) == "string" then return check.text("parameters", what, value) end
  if type(value) == "boolean" or check.finite(value) then return value end
  if type(value) ~= "table" then core.wrong("parameters", what, DEFAULT, value) end
  local list = {}
  for i = 1, core.list("parameters", what, value) do
    list[i] = value[i]
    if not check.finite(list[i]) then
      core.wrong("parameters", ("%s[%d]"):format(what, i), "a finite number", list[i])
    end
  end
  return list
end

-- min, max and step of a number.
local function read_range(one, given)
  for _, option in ipairs{ "min", "max", "step" } do
    local what, value = one.name .. "." .. option, given[option]
    if value ~= nil and type(one.default) ~= "number" then
      core.raise("parameters", ("%s is for a number, and the default of %s is none"):format(what, one.name))
    end
    if value ~= nil and not check.finite(value) then core.wrong("parameters", what, "a finite number", value) end
    one[option] = value
  end
  if one.min and one.max and one.min >= one.max then
    core.wrong("parameters", one.name .. ".min", ("below its max, %s"):format(number_text(one.max)), one.min)
  end
  if one.step and one.step <= 0 then core.wrong("parameters", one.name .. ".step", "above 0", one.step) end
end

local function read_choices(one, given)
  local what = one.name .. ".choices"
  if given == nil then return end
  local kind = ({ number = "number", string = "string" })[type(one.default)]
  if not kind then core.raise("parameters", what .. " are numbers or strings, as the default, which is neither") end
  if one.min or one.max or one.step then
    core.raise("parameters", ("%s has choices, and so neither min, max nor step"):format(one.name))
  end
  if type(given) ~= "table" then core.wrong("parameters", what, "a list, as { 1, 2, 5 }", given) end
  local known = {}
  for i = 1, core.list("parameters", what, given) do
    local place, value = ("%s[%d]"):format(what, i), given[i]
    if type(value) ~= kind or kind == "number" and not check.finite(value) then
      core.wrong("parameters", place, kind == "number" and "a finite number" or "a string", value)
    end
    if kind == "string" then check.text("parameters", place, value) end
    if known[value] then core.raise("parameters", ("%s is there twice"):format(place)) end
    known[value] = true
  end
  if #given == 0 then core.raise("parameters", what .. " must not be empty") end
  one.choices = { table.unpack(given) }
end

local function read_one(name, given)
  if type(name) ~= "string" or not name:find(NAME) then
    core.wrong("parameters", "a name", "letters, digits and _, such as T or noise_sd", name)
  end
  if type(given) ~= "table" then core.wrong("parameters", name, LAYOUT, given) end
  local values, named = {}, {}
  for key, value in next, given do
    if type(key) == "string" then named[key] = value else values[key] = value end
  end
  if core.list("parameters", name, values) > 2 then
    core.raise("parameters", ("%s must be %s, with no more values"):format(name, LAYOUT))
  end
  check.known("parameters", named, options)
  local one = {
    name = name, default = read_default(name .. "[1]", given[1]),
    about = check.text("parameters", name .. "[2]", given[2]) or "",
  }
  read_range(one, named)
  read_choices(one, named.choices)
  if not declaration.allows(one, one.default) then
    core.wrong("parameters", name .. "[1]", declaration.allowed(one), one.default)
  end
  return one
end

-- In order of name, and by name; and the names.
function declaration.read(declared)
  if type(declared) ~= "table" then
    core.wrong("parameters", "the argument", 'a table such as { T = { 1000, "ms" } }', declared)
  end
  local all, names = {}, {}
  for name, given in next, declared do
    all[#all + 1] = read_one(name, given)
    all[name] = all[#all]
  end
  table.sort(all, function(a, b) return a.name < b.name end)
  for i, one in ipairs(all) do names[i] = one.name end
  return all, names
end

return declaration
