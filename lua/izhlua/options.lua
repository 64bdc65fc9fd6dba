-- Checks of what a script gives, made at its line: `func` is the function that it has called, `what` the name of the value.
local core = require "izhlua.core"

local options = {}

function options.finite(x)
  return type(x) == "number" and x == x and x ~= math.huge and x ~= -math.huge
end
local finite = options.finite

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

return options
