-- The names of the parameters that a script declares, a line each, for the completion of shells. The script is read,
-- not run: a Tab must have no effect.
--   izhlua parameters.lua script.lua
local file = io.open(... or "")
local text = file and file:read "a" or ""
text = text:gsub("%-%-[^\n]*", "") -- comments
local declared = text:match "parameters%s*%(?%s*(%b{})" or "{}"
declared = declared:sub(2, -2):gsub("%b{}", "{}") -- the declarations without what is in them
for name in declared:gmatch "([%a_][%w_]*)%s*=%s*{}" do print(name) end
