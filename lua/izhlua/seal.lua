-- The type of a handle that a script can do nothing to: it has methods, and says which when another is asked for.
local core = require "izhlua.core"
local sorted_keys = require "izhlua.sorted_keys"

-- shown: what tostring says.
return function(type_name, methods, shown)
  local names = sorted_keys(methods)
  return {
    __name = type_name,
    __metatable = false,
    methods = methods, -- for completion at the prompt
    __index = function(_, name)
      return methods[name] or core.unknown(type_name, "member", tostring(name), names)
    end,
    __newindex = function(_, name) core.raise(type_name, ("%s cannot be assigned to"):format(tostring(name))) end,
    __tostring = shown,
  }
end
