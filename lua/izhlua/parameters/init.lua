-- izh.parameters{ inhibition = { 3, "factor" }, T = { 1000, "ms" } }: what `izhlua script.lua inhibition=2` may set. The
-- type of a parameter is that of its default: a number, a string, a boolean, or a list of numbers, written 0,0.5,1.
local core = require "izhlua.core"
local check = require "izhlua.options"
local declaration = require "izhlua.parameters.declaration"
local exit = os.exit

local used = {} -- name and text of what a script has got, in order of name, for figures and sweeps

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

-- What a value may be: as its type, or as its declaration says.
local function allowed_text(one, type_text)
  local allowed = declaration.allowed(one)
  if not allowed then return type_text end
  return one.choices and allowed or ("%s%s %s"):format(type_text, one.min and one.max and "" or ",", allowed)
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
  local one = all[name]
  local value, type_text = readers[type(one.default)](text)
  if value == nil or not declaration.allows(one, value) then
    misuse("%s must be %s (got %q)", name, allowed_text(one, type_text), text)
  end
  values[name], given[name] = value, true
end

local function pad(text, width)
  return text .. (" "):rep(width - utf8.len(text))
end

-- The unit or description, and what is allowed.
local function about(one)
  local parts = { one.about ~= "" and one.about or nil }
  parts[#parts + 1] = declaration.allowed(one)
  if one.step then parts[#parts + 1] = "in steps of " .. declaration.text(one.step) end
  return table.concat(parts, ", ")
end

-- What --help says: name, default, what it is.
local function help_text(all)
  local lines, widths = { ("usage: izhlua %s [name=value …]\n"):format(script_name()) }, { 0, 0 }
  for _, one in ipairs(all) do
    one.shown = declaration.text(one.default)
    widths[1] = math.max(widths[1], utf8.len(one.name))
    widths[2] = math.max(widths[2], utf8.len(one.shown))
  end
  for _, one in ipairs(all) do
    local line = ("  %s = %s   %s"):format(pad(one.name, widths[1]), pad(one.shown, widths[2]), about(one))
    lines[#lines + 1] = line:gsub(" +$", "") .. "\n"
  end
  return table.concat(lines)
end

-- The explorer makes controls of them.
local function tell(all, values)
  if core.declare then core.declare(require "izhlua.parameters.json"(all, values)) end
end

-- The table of values: its fields are those declared.
local function parameters(declared, ...)
  check.call("parameters", declared, ...)
  local all, names = declaration.read(declared)
  local values, given = {}, {}
  for _, one in ipairs(all) do values[one.name] = one.default end
  tell(all, values) -- also when an argument is refused
  local arguments = script_arguments()
  for _, argument in ipairs(arguments) do
    if argument == "--help" or argument == "-h" then
      io.stdout:write(help_text(all))
      exit(0)
    end
  end
  for _, argument in ipairs(arguments) do take(all, names, values, given, tostring(argument)) end
  tell(all, values)
  used = {}
  for i, one in ipairs(all) do
    used[i] = { name = one.name, text = declaration.text(values[one.name]), about = one.about }
  end
  return setmetatable(values, {
    __index = function(_, name) core.unknown("parameters", "parameter", tostring(name), names) end,
  })
end

return { parameters = parameters, used = function() return used end }
