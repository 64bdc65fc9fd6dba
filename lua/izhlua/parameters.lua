-- izh.parameters{ inhibition = { 3, "factor" }, T = { 1000, "ms" } }: what `izhlua script.lua inhibition=2` may set. The
-- type of a parameter is that of its default: a number, a string, a boolean, or a list of numbers, written 0,0.5,1.
local core = require "izhlua.core"
local check = require "izhlua.options"
local exit = os.exit

local NAME = "^[%a_][%w_]*$"
local used = {} -- name and text of what a script has got, in order of name, for figures and sweeps

-- The shortest text that reads as the same number, whatever the locale.
local function number_text(x)
  if math.type(x) == "integer" then return ("%d"):format(x) end
  for digits = 15, 17 do
    local text = ("%." .. digits .. "g"):format(x)
    if tonumber(text) == x then return (text:gsub(",", ".")) end
  end
end

local function value_text(value)
  if type(value) == "number" then return number_text(value) end
  if type(value) ~= "table" then return tostring(value) end
  local texts = {}
  for i, x in ipairs(value) do texts[i] = number_text(x) end
  return table.concat(texts, ",")
end

-- The declaration --------------------------------------------------------------------------------------------------

local DEFAULT = "a finite number, a string, a boolean or a list of numbers"

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

local function read_one(name, given)
  if type(name) ~= "string" or not name:find(NAME) then
    core.wrong("parameters", "a name", "letters, digits and _, such as T or noise_sd", name)
  end
  if type(given) ~= "table" then core.wrong("parameters", name, '{ default, "unit or what it is" }', given) end
  if core.list("parameters", name, given) > 2 then
    core.raise("parameters", name .. ' must be { default, "unit or what it is" }, with no more values')
  end
  return {
    name = name, default = read_default(name .. "[1]", given[1]),
    about = check.text("parameters", name .. "[2]", given[2]) or "",
  }
end

-- In order of name, and by name.
local function read_all(declared)
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

-- The command line -------------------------------------------------------------------------------------------------

local function script_name()
  return arg and type(arg[0]) == "string" and arg[0]:match("[^/]+$") or "the script"
end

-- Without a script, at a prompt or in -e, what arg has is the program's.
local function script_arguments()
  if type(arg) ~= "table" or not (core.provenance().script or arg[0] == "-") then return {} end
  return arg
end

-- A mistake of the command line, not of the script: no traceback.
local function misuse(format, ...)
  local script = script_name()
  io.stderr:write(("izhlua: %s: %s\nusage: izhlua %s [name=value …]; izhlua %s --help lists the names\n"):format(
    script, format:format(...), script, script))
  exit(2)
end

local readers = {}

function readers.number(text)
  local number = tonumber(text)
  return check.finite(number) and number or nil, "a number"
end

function readers.boolean(text)
  return ({ ["true"] = true, ["false"] = false })[text], "true or false"
end

function readers.string(text)
  return utf8.len(text) and text or nil, "UTF-8 text"
end

function readers.table(text)
  local list = {}
  for part in (text == "" and "" or text .. ","):gmatch("([^,]*),") do
    local number = readers.number(part)
    if not number then return nil, "numbers such as 0,0.5,1" end
    list[#list + 1] = number
  end
  return list
end

-- Sets what one argument says.
local function take(all, names, values, given, argument)
  local name, text = argument:match("^([^=]*)=(.*)$")
  if not name then misuse("%q is not of the form name=value", argument) end
  if not all[name] then
    local nearest = core.nearest(name:gsub("^%-+", ""), names)
    misuse("unknown parameter %q%s", name, nearest and (" (did you mean %q?)"):format(nearest) or "")
  end
  if given[name] then misuse("%s is given twice", name) end
  local value, allowed = readers[type(all[name].default)](text)
  if value == nil then misuse("%s must be %s (got %q)", name, allowed, text) end
  values[name], given[name] = value, true
end

local function pad(text, width)
  return text .. (" "):rep(width - utf8.len(text))
end

-- What --help says: name, default, unit or description.
local function help_text(all)
  local lines, widths = { ("usage: izhlua %s [name=value …]\n"):format(script_name()) }, { 0, 0 }
  for _, one in ipairs(all) do
    one.shown = value_text(one.default)
    widths[1] = math.max(widths[1], utf8.len(one.name))
    widths[2] = math.max(widths[2], utf8.len(one.shown))
  end
  for _, one in ipairs(all) do
    local line = ("  %s = %s   %s"):format(pad(one.name, widths[1]), pad(one.shown, widths[2]), one.about)
    lines[#lines + 1] = line:gsub(" +$", "") .. "\n"
  end
  return table.concat(lines)
end

-- The table of values: its fields are those declared.
local function parameters(declared, ...)
  check.call("parameters", declared, ...)
  local all, names = read_all(declared)
  local values, given = {}, {}
  for _, one in ipairs(all) do values[one.name] = one.default end
  local arguments = script_arguments()
  for _, argument in ipairs(arguments) do
    if argument == "--help" or argument == "-h" then
      io.stdout:write(help_text(all))
      exit(0)
    end
  end
  for _, argument in ipairs(arguments) do take(all, names, values, given, tostring(argument)) end
  used = {}
  for i, one in ipairs(all) do
    used[i] = { name = one.name, text = value_text(values[one.name]), about = one.about }
  end
  return setmetatable(values, {
    __index = function(_, name) core.unknown("parameters", "parameter", tostring(name), names) end,
  })
end

return { parameters = parameters, used = function() return used end }
