-- What a script declares as JSON, for the page of the explorer. Values are texts, as on a command line.
local declaration = require "izhlua.parameters.declaration"

local function quoted(text)
  text = text:gsub('[%c"\\]', function(character) return ("\\u%04x"):format(character:byte()) end)
  return '"' .. text .. '"'
end

local function list(values)
  local texts = {}
  for i, value in ipairs(values) do texts[i] = quoted(declaration.text(value)) end
  return "[" .. table.concat(texts, ",") .. "]"
end

local kinds = { number = "number", string = "text", boolean = "flag", table = "list" }

local function one_text(one, value)
  local fields = {
    '"name":' .. quoted(one.name), '"kind":' .. quoted(kinds[type(one.default)]), '"about":' .. quoted(one.about),
    '"default":' .. quoted(declaration.text(one.default)), '"value":' .. quoted(declaration.text(value)),
  }
  for _, option in ipairs{ "min", "max", "step" } do
    if one[option] then fields[#fields + 1] = ('"%s":%s'):format(option, quoted(declaration.text(one[option]))) end
  end
  if one.choices then fields[#fields + 1] = '"choices":' .. list(one.choices) end
  return "{" .. table.concat(fields, ",") .. "}"
end

return function(all, values)
  local texts = {}
  for i, one in ipairs(all) do texts[i] = one_text(one, values[one.name]) end
  return "[" .. table.concat(texts, ",") .. "]"
end
