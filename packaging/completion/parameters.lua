-- What a script declares, for the completion of shells, a line each: the names of its parameters; with a name, the values
-- that this one may have when they are few. The script is read, not run: a Tab must have no effect.
--   izhlua parameters.lua script.lua [name]
local path, wanted = ...
local file = io.open(path or "")
local text = file and file:read "a" or ""
text = text:gsub("%-%-[^\n]*", "") -- comments
local declared = text:match "parameters%s*%(?%s*(%b{})" or "{}"

local function print_values(declaration)
  local values = declaration:match "choices%s*=%s*{([^}]*)}"
  if declaration:find "^{%s*true%f[^%w]" or declaration:find "^{%s*false%f[^%w]" then values = "true, false" end
  for value in (values or ""):gmatch "[^,]+" do print((value:gsub("^%s*[\"']?(.-)[\"']?%s*$", "%1"))) end
end

for name, declaration in declared:sub(2, -2):gmatch "([%a_][%w_]*)%s*=%s*(%b{})" do
  if not wanted then print(name) elseif name == wanted then print_values(declaration) end
end
