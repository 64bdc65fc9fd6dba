-- What the tests of the script language share. A test is silent when all is well; a failed check is an error, so
-- that the program ends with exit code 1.
local check = {}

local function show(value)
  if type(value) == "string" then return ("%q"):format(value) end
  if math.type(value) == "float" then return ("%.17g"):format(value) end
  return tostring(value)
end

local function fail(level, message, ...)
  error(message:format(...), level + 1)
end

function check.equal(got, want, what)
  if got ~= want then fail(2, "%s: got %s, want %s", what or "value", show(got), show(want)) end
end

function check.near(got, want, tolerance, what)
  if not (math.abs(got - want) <= tolerance) then
    fail(2, "%s: got %s, want %s ± %g", what or "value", show(got), show(want), tolerance)
  end
end

function check.truth(condition, what)
  if not condition then fail(2, "%s does not hold", what or "the condition") end
end

-- Two sequences (tables or vectors), item for item.
function check.list(got, want, what)
  what = what or "list"
  for i = 1, math.max(#got, #want) do
    if got[i] ~= want[i] then fail(2, "%s: item %d is %s, want %s", what, i, show(got[i]), show(want[i])) end
  end
end

-- The message of the error that f raises, without its place: which must be this file, and a line of f.
function check.message(f)
  local ok, message = pcall(f)
  if ok then fail(2, "no error was raised") end
  if type(message) ~= "string" then fail(2, "the error is not a string: %s", show(message)) end
  local info = debug.getinfo(f, "S")
  local file, line, rest = message:match("^(.-):(%d+): (.*)$")
  if file ~= info.short_src then fail(2, "the error does not name the script: %s", message) end
  line = tonumber(line)
  if line < info.linedefined or line > info.lastlinedefined then
    fail(2, "the error is not at lines %d … %d: %s", info.linedefined, info.lastlinedefined, message)
  end
  return rest
end

-- f raises an error in which the plain text occurs.
function check.raises(text, f)
  local ok, message = pcall(check.message, f)
  if not ok then error(message, 2) end
  if not message:find(text, 1, true) then fail(2, "the error is %s, want %s", show(message), show(text)) end
end

local function plain(message)
  return (message:gsub("%p", "%%%0"):gsub("%%<any%%>", ".-"))
end

-- Snippets, each on a line, with the whole message of its error on the next, indented; <any> stands for what depends on
-- the machine or the time. They see the names in victim. After each, go_on(env, k) changes victim, and control, which
-- saw no error, in the same way, so that the two can be compared at the end. Returns how many there were.
function check.errors(cases, victim, control, go_on)
  local count = 0
  for snippet, want in cases:gmatch("\n([^\n ][^\n]*)\n  ([^\n]*)") do
    count = count + 1
    local f = load(snippet, "=script", "t", victim) or assert(load("local _ = " .. snippet, "=script", "t", victim))
    local ok, got = pcall(f)
    if ok then error("no error: " .. snippet, 0) end
    if not tostring(got):find("^script:1: " .. plain(want) .. "$") then
      error(("%s\n  got  %s\n  want script:1: %s"):format(snippet, got, want), 0)
    end
    go_on(victim, count)
    go_on(control, count)
  end
  return count
end

-- All spikes up to now as text, to compare networks.
function check.spikes(net)
  local lines = {}
  for t, id in net:spikes():each() do lines[#lines + 1] = ("%.17g %d"):format(t, id) end
  return table.concat(lines, "\n")
end

-- A new folder that is gone when the value is closed: its name, path(name) in it, and write(name, text), which returns that path.
function check.scratch()
  local folder = os.tmpname()
  os.remove(folder)
  assert(os.execute("mkdir " .. folder))
  local function path(name) return folder .. "/" .. name end
  local function write(name, text)
    local file <close> = assert(io.open(path(name), "wb"))
    file:write(text)
    return path(name)
  end
  return setmetatable({ folder = folder, path = path, write = write }, { __close = function() os.execute("rm -rf " .. folder) end })
end

-- All bytes of a file, or nil when there is none.
function check.content(file)
  local handle = io.open(file, "rb")
  if not handle then return nil end
  local bytes = handle:read("a")
  handle:close()
  return bytes
end

-- The lines of a file that a system keeps about this process, or nil where there is none.
function check.resident_pages()
  local file = io.open("/proc/self/statm")
  if not file then return nil end
  local _, resident = file:read("n", "n")
  file:close()
  return resident
end

-- What the program's own files require, and have required, which scripts cannot.
check.own, check.loaded = debug.getregistry()["izhlua.require"], debug.getregistry()["izhlua.own"]

return check
