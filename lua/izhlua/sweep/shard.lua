-- The shards of a sweep: each is a file with every n-th case, which another process has run, on another machine perhaps.
-- Its first lines say of which sweep it is, so that the files alone can be joined.
local core = require "izhlua.core"
local check = require "izhlua.options"
local file = require "izhlua.sweep.file"
local plans = require "izhlua.sweep.plan"
local exit = os.exit

local shards = {}

local FIRST, LAST = "shard of a sweep", "cases" -- the names of the first line of a head, and of the last
local MOST_NAMED = 10

-- The head --------------------------------------------------------------------------------------------------------------

-- The shortest text that reads as the same value of the same type.
local function exact(value)
  local text = file.text(value)
  return math.type(value) == "float" and not text:find("[.e]") and text .. ".0" or text
end

local function dimension_lines(plan, add)
  add("dimensions", table.unpack(plan.names))
  for i, name in ipairs(plan.names) do
    local values, look = {}, plan.looks[i]
    for k, value in ipairs(plan.values[i]) do values[k] = exact(value) end
    add("type of " .. name, type(plan.values[i][1]))
    add("values of " .. name, table.unpack(values))
    if look.label then add("label of " .. name, look.label) end
    if look.unit then add("unit of " .. name, look.unit) end
    if look.log then add("scale of " .. name, "log") end
  end
end

-- What a file of this shard begins with. Two shards of a sweep differ in the first line alone.
local function head_of(plan, number, of)
  local lines, from = {}, core.provenance()
  local function add(...)
    local cells = { ... }
    for i, cell in ipairs(cells) do cells[i] = file.escape(tostring(cell)) end
    lines[#lines + 1] = file.MARK .. file.line(cells)
  end
  add(FIRST, number, of)
  add("shards", of)
  add("version of izhlua", core.version)
  add("script", (from.script:match("[^/]+$"):gsub("%c", "?")))
  add("SHA-256 of the script", from.bytes and core.sha256(from.bytes) or "unknown")
  add("trials", plan.trials)
  add("seed", plan.seed)
  for _, name in ipairs(plan.parameters) do add("parameter " .. name, plan.parameters[name]) end
  dimension_lines(plan, add)
  for _, name in ipairs(plan.names) do
    local value = plan.reference and plan.reference.given[name]
    if value ~= nil then add("reference for " .. name, exact(value)) end
  end
  add(LAST)
  return table.concat(lines)
end

-- The lines of the head that a text begins with, { name, cell … } each; and the head. Nil when it begins with none.
local function read_head(text)
  local lines, at = {}, 1
  while true do
    local stop = text:find("\n", at, true)
    local cells = stop and text:sub(at, at + #file.MARK - 1) == file.MARK and file.split(text:sub(at + #file.MARK, stop - 1))
    if not cells or #lines == 0 and (cells[1] ~= FIRST or #cells ~= 3) then return nil end
    for i, cell in ipairs(cells) do cells[i] = file.unescape(cell) end
    lines[#lines + 1] = cells
    if cells[1] == LAST then return lines, text:sub(1, stop) end
    at = stop + 1
  end
end

-- What the first difference of two heads is, and what each has there; nil when there is none.
local function difference(one, other)
  local function by_name(lines)
    local found = {}
    for i = 2, #lines do found[lines[i][1]] = table.concat(lines[i], ", ", 2) end
    return found
  end
  local function short(text) return #text > 70 and text:sub(1, 60):gsub("[\x80-\xff]+$", "") .. " …" or text end
  local a, b = by_name(one), by_name(other)
  for _, lines in ipairs{ one, other } do
    for i = 2, #lines do
      local name = lines[i][1]
      if a[name] ~= b[name] then return name, short(a[name] or "none"), short(b[name] or "none") end
    end
  end
end

-- Why a file that begins with this text is not the one with this head.
function shards.not_this(text, head)
  local lines, want = read_head(text), read_head(head)
  if not lines then return ("it is not the file of a shard (it begins with %s)"):format(
    #text == 0 and "nothing" or (text:match("^[^\n]*"):sub(1, 60):gsub("%c", "?"))) end
  local name, there, here = difference(lines, want)
  if not name then return ("it is shard %s/%s, and not %s/%s"):format(lines[1][2], lines[1][3], want[1][2], want[1][3]) end
  return ("it is of another sweep: %s is %s there and %s now"):format(name, there, here)
end

-- Running one -----------------------------------------------------------------------------------------------------------

-- The shard of a sweep that this run is to do: { number =, of =, path =, head = }. Its file is named after that of resume,
-- or after the script, and is in the folder of the former, or the current one.
function shards.new(plan, number, of)
  local base = plan.resume or core.provenance().script:match("[^/]+$")
  base = base:gsub("%.csv$", ""):gsub("%.lua$", "")
  return {
    number = number, of = of, head = head_of(plan, number, of),
    path = ("%s.shard-%d-of-%d.csv"):format(base, number, of),
  }
end

-- The shard has been run: the program ends, since the rest of the script is for a whole sweep.
function shards.finish(shard, state)
  io.stderr:write(("izhlua: shard %d/%d: %d of %s %s in %q; the script ends here\n"):format(shard.number, shard.of,
    state.n, check.count(state.plan.n_cases, "case"), state.n == 1 and "is" or "are", shard.path))
  exit(0)
end

-- Joining them ----------------------------------------------------------------------------------------------------------

local function raise(format, ...) core.raise("sweep_merge", format:format(...)) end

-- Opens what may be the file of a shard: { path =, number =, lines =, head = }.
local function open(path)
  local handle <close>, message = io.open(path, "rb")
  local text = handle and ""
  if handle then text, message = handle:read(1 << 16) end
  if message then raise("cannot read %q: %s", path, (message:gsub("^.*: ", ""))) end
  text = text or ""
  if text:sub(1, #file.MARK + #FIRST) == file.MARK .. FIRST then text = text .. (handle:read("a") or "") end
  local lines, head = read_head(text)
  if not lines then
    local begun = #text == 0 or text:sub(1, #file.MARK) == file.MARK:sub(1, #text)
    raise("%q is not the file of a shard%s", path, begun and ", or was cut off in its first lines" or
      (" (it begins with %s)"):format((text:match("^[^\n]*"):sub(1, 60):gsub("%c", "?"))))
  end
  return { path = path, number = math.tointeger(tonumber(lines[1][2])), lines = lines, head = head }
end

-- The cells of the line of a name, without it; the first of them.
local function cells(lines, name)
  for _, line in ipairs(lines) do
    if line[1] == name then return { table.unpack(line, 2) } end
  end
  return {}
end
local function cell(lines, name) return cells(lines, name)[1] end

local readers = { number = tonumber, string = tostring, boolean = function(text) return text == "true" end }

-- The plan that a head describes.
local function plan_of(part)
  local lines = part.lines
  local told = { trials = tonumber(cell(lines, "trials")), seed = tonumber(cell(lines, "seed")), dimensions = {}, parameters = {} }
  for _, line in ipairs(lines) do
    local parameter = line[1]:match("^parameter (.*)")
    if parameter then table.insert(told.parameters, { parameter, line[2] or "" }) end
  end
  for i, name in ipairs(cells(lines, "dimensions")) do
    local read, values = readers[cell(lines, "type of " .. name)], cells(lines, "values of " .. name)
    if not read then raise("%q is damaged in its first lines", part.path) end
    for k, text in ipairs(values) do values[k] = read(text) end
    told.dimensions[i] = {
      name, values, label = cell(lines, "label of " .. name), unit = cell(lines, "unit of " .. name),
      log = cell(lines, "scale of " .. name) == "log" or nil,
    }
    local reference = cell(lines, "reference for " .. name)
    if reference then
      told.reference = told.reference or {}
      told.reference[name] = read(reference)
    end
  end
  local plan = plans.told("sweep_merge", told)
  plan.is_told = true
  return plan
end

-- Opens all, and checks that they are the shards 1 … n of one sweep. Returns them in order of number.
local function open_all(files)
  local parts, of, first = {}, nil, nil
  for _, path in ipairs(files) do
    local part = open(path)
    first = first or part
    of = of or math.tointeger(tonumber(part.lines[1][3])) or 0
    local name, here, there = difference(part.lines, first.lines)
    if name then raise("%q and %q are of different sweeps: %s is %s and %s", path, first.path, name, here, there) end
    if not part.number or part.number < 1 or part.number > of then raise("%q is damaged in its first lines", path) end
    local other = parts[part.number]
    if other then raise("%q and %q are both shard %d/%d", other.path, path, part.number, of) end
    parts[part.number] = part
  end
  local missing = {}
  for number = 1, of do
    if not parts[number] then missing[#missing + 1] = #missing < MOST_NAMED and tostring(number) or "…" end
    if #missing > MOST_NAMED then break end
  end
  if #missing > 0 then
    raise("%s %s of %d %s missing", #missing == 1 and "shard" or "shards", table.concat(missing, ", "), of,
      #missing == 1 and "is" or "are")
  end
  return parts
end

-- Takes the cases of a shard.
local function take(state, part, of)
  local log = file.read(state.plan, part.path, part.head)
  local n, found = 0, 0
  for index = part.number, state.plan.n_cases, of do
    n = n + 1
    state.results[index] = log.results[index]
    if not log.results[index] and log.failures[index] then
      state.failures[index], state.n_failures = log.failures[index], state.n_failures + 1
    end
    if log.results[index] or log.failures[index] then found = found + 1 end
  end
  for index in pairs(log.results) do
    if (index - part.number) % of ~= 0 then raise("%q has case %d, which is not of shard %d/%d", part.path, index, part.number, of) end
  end
  if found < n then
    raise("%q has %d of the %s of shard %d/%d; run that again, and it goes on there: izhlua --shard %d/%d %s", part.path,
      found, check.count(n, "case"), part.number, of, part.number, of, cell(part.lines, "script"))
  end
  local names, want = table.concat(log.names or {}, ", "), state.names and table.concat(state.names, ", ")
  if log.names and want and names ~= want then
    raise("%q has the results %s, and %q %s", part.path, names, state.names_from, want)
  end
  if log.names and not want then state.names, state.names_from = log.names, part.path end
end

-- What the files hold together, as a sweep that has been run.
function shards.gather(files)
  if type(files) ~= "table" then
    core.wrong("sweep_merge", "the argument", 'a list of files such as { "dose.shard-1-of-2.csv", "dose.shard-2-of-2.csv" }', files)
  end
  if core.list("sweep_merge", "the list", files) == 0 then raise("the list of files is empty") end
  for i, path in ipairs(files) do
    if type(path) ~= "string" then core.wrong("sweep_merge", ("file %d"):format(i), "a path", path) end
  end
  local parts = open_all(files)
  local plan = plan_of(parts[1])
  local state = { plan = plan, results = {}, failures = {}, n_failures = 0, n = plan.n_cases }
  for _, part in ipairs(parts) do take(state, part, #parts) end
  return state
end

return shards
