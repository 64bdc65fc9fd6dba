-- Checks of what a script gives, made at its line: `func` is the function that it has called, `what` the name of the value.
local core = require "izhlua.core"

local options = {}

function options.finite(x)
  return type(x) == "number" and x == x and x ~= math.huge and x ~= -math.huge
end
local finite = options.finite

-- 1 neuron, 2 neurons
function options.count(n, what)
  return ("%d %s%s"):format(n, what, n == 1 and "" or "s")
end

function options.text(func, what, value)
  if value == nil then return nil end
  if type(value) ~= "string" then core.wrong(func, what, "a string", value) end
  if value:find("\0", 1, true) then core.raise(func, what .. " must not contain a NUL byte") end
  if not utf8.len(value) then core.raise(func, what .. " must be UTF-8 text") end
  for _, code in utf8.codes(value) do
    if code & 0xFFFE == 0xFFFE or code >= 0xFDD0 and code <= 0xFDEF then
      core.raise(func, ("%s must not contain U+%04X, which is no character"):format(what, code))
    end
  end
  return value
end

function options.number(func, what, value, lo, hi, allowed)
  if value == nil then return nil end
  if not finite(value) or value < lo or value > hi then core.wrong(func, what, allowed, value) end
  return value
end

function options.flag(func, what, value, otherwise)
  if value == nil then return otherwise end
  if type(value) ~= "boolean" then core.wrong(func, what, "true or false", value) end
  return value
end

-- One of some words, which a list names.
function options.word(func, what, value, words, otherwise)
  if value == nil then return otherwise end
  for i, word in ipairs(words) do
    if value == word then return word, i end
  end
  if type(value) == "string" then core.unknown(func, what, value, words) end
  local quoted = {}
  for i, word in ipairs(words) do quoted[i] = ("%q"):format(word) end
  core.wrong(func, what, table.concat(quoted, ", ", 1, #quoted - 1) .. " or " .. quoted[#quoted], value)
end

-- { lo, hi }, ascending.
function options.range(func, what, value)
  if value == nil then return nil end
  if type(value) ~= "table" then core.wrong(func, what, "a range { lo, hi }", value) end
  if core.list(func, what, value) ~= 2 then core.raise(func, what .. " must be a range { lo, hi }") end
  for i = 1, 2 do
    if not finite(value[i]) then core.wrong(func, ("%s[%d]"):format(what, i), "a finite number", value[i]) end
  end
  if value[1] >= value[2] then
    core.raise(func, ("%s must ascend (got { %g, %g })"):format(what, value[1], value[2]))
  end
  return value
end

-- A table of options, of which all are known; an empty one for none.
function options.known(func, given, known)
  if given == nil then return {} end
  core.options(func, given, known)
  return given
end

-- What follows the arguments that a function takes, and the izh of izh:figure{…}, are mistakes.
function options.call(func, first, ...)
  if first == package.loaded.izhlua then core.raise(func, ("call it with a dot: izh.%s(…)"):format(func)) end
  core.no_more(func, ...)
end

-- Options by their descriptions ------------------------------------------------------------------------------------
--
-- A description is { name =, kind =, unit =, default =, help =, … }. kind is "number" unless given, "whole", "flag",
-- "text", "range"; "word", one of words; or "given", which is checked where it is used; then type says what it is, for
-- the documentation. low … high is the range of a number; above: low itself is not allowed; allowed: what is, in words,
-- when it is said otherwise than of others. default may be a function of what the options are for. check(func, name,
-- value) reads an option of no kind; fit(func, subject, value, is_default) comes after that, and sees defaults, too.

-- What a number may be, in words.
local function allowed(option)
  local low, high, unit = option.low, option.high, option.unit
  if option.allowed then return option.allowed end
  if not low then return "a finite number" .. (unit and " of " .. unit or "") end
  local range = high and (" %g … %g"):format(low, high) or (option.above and " > %g" or " ≥ %g"):format(low)
  return "a number" .. range .. (unit and " in " .. unit or "")
end

local MOST, LEAST_ABOVE = 1e15, 1e-9 -- what is beyond, or nearer to a bound that is not allowed, is a mistake

-- The place of a word in a list, or nil.
function options.place(words, value)
  for i, word in ipairs(words) do
    if value == word then return i end
  end
end

local kinds = {}

function kinds.number(func, option, value)
  local low = option.low and option.above and option.low + LEAST_ABOVE or option.low or -MOST
  return options.number(func, option.name, value, low, option.high or MOST, allowed(option))
end

function kinds.whole(func, option, value)
  local whole = finite(value) and math.tointeger(value)
  local low, high = option.low, option.high
  if not whole or whole < low or high and whole > high then
    local range = high and ("%d … %d"):format(low, high) or ("≥ %d"):format(low)
    core.wrong(func, option.name, "a whole number " .. range, value)
  end
  return whole
end

function kinds.word(func, option, value)
  local words = option.words
  if options.place(words, value) then return value end
  if type(value) ~= "string" then core.wrong(func, option.name, "one of " .. table.concat(words, ", "), value) end
  core.unknown(func, option.name, value, words)
end

function kinds.given(_, _, value) return value end

for _, kind in ipairs{ "flag", "text", "range" } do
  kinds[kind] = function(func, option, value) return options[kind](func, option.name, value) end
end

-- The names, and perhaps more behind them.
function options.names(list, more)
  local names = {}
  for i, option in ipairs(list) do names[i] = option.name end
  return more and table.move(more, 1, #more, #names + 1, names) or names
end

-- The options with a description: as given or by default. That all that is given is known has been checked.
function options.read(func, list, given, subject)
  local read = {}
  for _, option in ipairs(list) do
    local value = given[option.name]
    local is_default = value == nil
    if is_default then
      value = option.default
      if type(value) == "function" then value = value(subject) end
      if option.kind == "flag" then value = value == true end
    elseif option.check then
      value = option.check(func, option.name, value)
    else
      value = kinds[option.kind or "number"](func, option, value)
    end
    if option.fit then value = option.fit(func, subject, value, is_default) end
    read[option.name] = value
  end
  return read
end

return options
