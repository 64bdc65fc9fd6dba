-- Parts of documents that scripts of this folder make: made(path, script, name, text), the path from the root, puts text
-- between the lines that hold "made by scripts/SCRIPT: NAME" and "end of NAME". With --check it fails when it is not there.
local root = arg[0]:match("^(.*)scripts/[^/]*$") or "../"
local check = arg[1] == "--check"

return function(path, script, name, text)
  local file = assert(io.open(root .. path))
  local old = file:read "a"
  file:close()
  local begins = ("[^\n]*made by scripts/%s: %s[^\n]*\n"):format(script:gsub("%.", "%%."), name)
  local from, first = old:find(begins)
  local last = from and old:find("[^\n]*end of " .. name .. "[^\n]*\n", first)
  assert(last, path .. " has no place for " .. name)
  local new = old:sub(1, first) .. text .. old:sub(last)
  if new == old then return end
  assert(not check, ("%s is not as scripts/%s writes it: %s"):format(path, script, name))
  file = assert(io.open(root .. path, "w"))
  assert(file:write(new))
  assert(file:close())
end
