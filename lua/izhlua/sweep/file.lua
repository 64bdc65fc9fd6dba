-- The cases of a sweep as CSV. Each case is a line with the values of its dimensions, the parameters of the script,
-- trial, seed and results. Lines are added to the file as cases finish, and a later sweep can go on from it.
local core = require "izhlua.core"
local check = require "izhlua.options"

local file = {}

-- The shortest text that reads as the same number, whatever the locale.
local function number_text(x)
  if x ~= x then return "nan" end
  if math.type(x) == "integer" then return ("%d"):format(x) end
  local text
  for digits = 15, 17 do
    text = ("%." .. digits .. "g"):format(x)
    if tonumber(text) == x then break end
  end
  return (text:gsub(",", "."))
end

function file.text(value)
  if type(value) == "number" then return number_text(value) end
  return tostring(value)
end

local function quoted(text)
  if not text:find('[",]') then return text end
  return '"' .. text:gsub('"', '""') .. '"'
end

-- A line of CSV from a list of values.
function file.line(values)
  local cells = {}
  for i, value in ipairs(values) do cells[i] = quoted(file.text(value)) end
  return table.concat(cells, ",") .. "\n"
end

-- Reads a quoted field whose text begins at `at`. Returns the text and the position after the closing quote; nil when
-- there is no closing quote.
local function quoted_field(line, at)
  local parts = {}
  while true do
    local stop = line:find('"', at, true)
    if not stop then return nil end
    parts[#parts + 1] = line:sub(at, stop - 1)
    if line:sub(stop + 1, stop + 1) ~= '"' then return table.concat(parts, '"'), stop + 1 end
    at = stop + 2
  end
end

-- The fields of a line, or nil when its quotes are damaged.
function file.split(line)
  local fields, at = {}, 1
  repeat
    local text, after
    if line:sub(at, at) == '"' then
      text, after = quoted_field(line, at + 1)
    else
      text, after = line:match("^([^,]*)()", at)
    end
    local stop = text and line:sub(after, after)
    if stop ~= "," and stop ~= "" then return nil end
    fields[#fields + 1], at = text, after + 1
  until stop == ""
  return fields
end

local split = file.split

-- The names of the columns before the results.
local function columns(plan)
  local names = {}
  table.move(plan.names, 1, #plan.names, 1, names)
  table.move(plan.parameters, 1, #plan.parameters, #names + 1, names)
  names[#names + 1], names[#names + 2] = "trial", "seed"
  return names
end

local function case_values(plan, index)
  local case, values = plan.case(index), {}
  for i, name in ipairs(plan.names) do values[i] = case[name] end
  for _, name in ipairs(plan.parameters) do values[#values + 1] = plan.parameters[name] end
  values[#values + 1], values[#values + 2] = case.trial, case.seed
  return values
end

function file.header(plan, names)
  return file.line(table.move(names, 1, #names, #columns(plan) + 1, columns(plan)))
end

function file.row(plan, index, results)
  local values = case_values(plan, index)
  return file.line(table.move(results, 1, #results, #values + 1, values))
end

-- Reading -----------------------------------------------------------------------------------------------------------

local function refuse(plan, path, line, format, ...)
  local place = line and (", line %d"):format(line) or ""
  core.raise(plan.func, ("cannot %s %q%s: "):format(plan.is_told and "merge" or "resume from", path, place)
    .. format:format(...))
end

local function read_header(plan, path, at, line)
  local fields, want = split(line), columns(plan)
  for i, name in ipairs(want) do
    if not fields or fields[i] ~= name then
      refuse(plan, path, at, "its columns must begin with %s (got %s)", table.concat(want, ", "), line:sub(1, 60):gsub("%c", "?"))
    end
  end
  if #fields == #want then refuse(plan, path, at, "it has no column for a result") end
  return table.move(fields, #want + 1, #fields, 1, {})
end

-- The position of a field's value among the values of a dimension; nil when it is not one of them.
local function find_value(values, field)
  local number = type(values[1]) == "number" and tonumber(field)
  for i, value in ipairs(values) do
    if file.text(value) == field or value == number then return i end
  end
end

local function read_number(plan, path, at, name, field)
  local number = field:lower() == "nan" and 0 / 0 or tonumber(field)
  if not number then refuse(plan, path, at, "%s is not a number (%q)", name, field) end
  return number + 0.0 -- as run's results are
end

-- The number of the case of a line.
local function read_case(plan, path, at, fields)
  local point, n = 0, #plan.names
  for i, name in ipairs(plan.names) do
    local position = find_value(plan.values[i], fields[i])
    if not position then refuse(plan, path, at, "%s = %s is not in this sweep", name, fields[i]) end
    point = point * #plan.values[i] + position - 1
  end
  for i, name in ipairs(plan.parameters) do
    local now = file.text(plan.parameters[name])
    if fields[n + i] ~= now then
      refuse(plan, path, at, "the parameter %s is %s there and %s now", name, fields[n + i], now)
    end
  end
  n = n + #plan.parameters
  local trial = math.tointeger(tonumber(fields[n + 1]))
  if not trial or trial < 1 or trial > plan.trials then
    refuse(plan, path, at, "trial %s is not in this sweep, which has %s", fields[n + 1], check.count(plan.trials, "trial"))
  end
  local index = point * plan.trials + trial
  local seed = plan.case(index).seed
  if tonumber(fields[n + 2]) ~= seed then
    refuse(plan, path, at, "trial %d has seed %s there and %d in this sweep", trial, fields[n + 2], seed)
  end
  return index
end

-- Adds a line of results to what has been read.
local function read_row(plan, path, at, fields, log)
  local n = #columns(plan)
  if not fields then refuse(plan, path, at, "its quotes do not match") end
  if #fields ~= n + #log.names then
    refuse(plan, path, at, "it has %s, and line %d has %d", check.count(#fields, "field"), log.header_at, n + #log.names)
  end
  local index = read_case(plan, path, at, fields)
  if log.line_of[index] then refuse(plan, path, at, "it is of the same case as line %d", log.line_of[index]) end
  local results = {}
  for i, name in ipairs(log.names) do results[i] = read_number(plan, path, at, name, fields[n + i]) end
  log.results[index], log.line_of[index], log.count = results, at, log.count + 1
end

-- The lines of a shard that are not of CSV begin with this: no value has a tab.
file.MARK = "#\t"
local FAILED = file.MARK .. "failed,"

local escapes = { ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r" }
local escaped = { ["\\"] = "\\", n = "\n", r = "\r" }

-- A text as one of a line, and back.
function file.escape(text) return (text:gsub("[\\\n\r]", escapes)) end
function file.unescape(text) return (text:gsub("\\(.)", escaped)) end

-- A line of a shard that says that a case failed.
local function read_failure(plan, path, at, line, log)
  local fields = split(line)
  local index = fields and #fields == 3 and math.tointeger(tonumber(fields[2]))
  if not index or index < 1 or index > plan.n_cases then refuse(plan, path, at, "it names no case of this sweep") end
  log.failures[index] = file.unescape(fields[3])
end

-- before: how many lines have been read before these.
local function read_lines(plan, path, lines, before)
  local log = { results = {}, failures = {}, count = 0, line_of = {} }
  for i, line in ipairs(lines) do
    local at = before + i
    if before > 0 and line:sub(1, #FAILED) == FAILED then
      read_failure(plan, path, at, line, log)
    elseif log.names then
      read_row(plan, path, at, split(line), log)
    else
      log.names, log.header_at = read_header(plan, path, at, line), at
    end
  end
  return log
end

local ENOENT = 2

-- Whether a text begins as a file of this sweep, or is a part of its beginning, which a killed program may have left.
local function begins_well(plan, text, head)
  local begin = head ~= "" and head or file.line(columns(plan)):gsub("\n", ",")
  return begin:sub(1, #text) == text or text:sub(1, #begin) == begin
end

-- The text of the file, "" when there is no file. If it does not begin as a file of this sweep, it is not read further:
-- a device may have no end.
local function slurp(plan, path, head)
  local handle <close>, message, code = io.open(path, "rb")
  if not handle and code == ENOENT and not plan.is_told then return "" end
  local text = ""
  if handle then text, message = handle:read(math.max(#head, 4096)) end
  if message then core.raise(plan.func, ("cannot read %q: %s"):format(path, (message:gsub("^.*: ", "")))) end
  if not text then return "" end
  if not begins_well(plan, text, head) then
    if head ~= "" then refuse(plan, path, nil, "%s", require "izhlua.sweep.shard".not_this(text, head)) end
    read_header(plan, path, 1, text:match("^[^\n]*"))
  end
  return text .. handle:read("a")
end

-- Reads the file. Returns the names of results, and the results and failures of cases; and the size of the file, and of
-- its whole lines, in bytes. head: what it begins with, if it is that of a shard.
function file.read(plan, path, head)
  local text = slurp(plan, path, head)
  local whole = text:match("^.*\n") or ""
  if #whole < #head then whole = "" end
  local lines, before = {}, select(2, head:gsub("\n", ""))
  for line in whole:sub(#head + 1):gmatch("([^\n]*)\n") do lines[#lines + 1] = (line:gsub("\r$", "")) end
  return read_lines(plan, path, lines, before), #text, #whole
end
local read = file.read

-- Adding ------------------------------------------------------------------------------------------------------------

local function append(log, text)
  local ok, message = log.handle:write(text)
  if ok then ok, message = log.handle:flush() end
  if not ok then core.raise(log.func, ("cannot write %q: %s"):format(log.path, message)) end
end

-- Adds a case in one write: whatever ends the program, at most the last line is cut short.
local function add(log, plan, index, names, results)
  if not log.names then
    log.names = names
    append(log, file.header(plan, names) .. file.row(plan, index, results))
  else
    append(log, file.row(plan, index, results))
  end
end

-- Adds that a case failed, to the file of a shard: another run has to know that it is not missing.
local function fail(log, index, message)
  if log.head ~= "" then append(log, file.MARK .. file.line{ "failed", index, file.escape(message) }) end
end

local log_type = { __close = function(log) log.handle:close() end }

-- Opens a file to go on from, or a new one: { path =, names =, results = { [case] = … }, count =, add =, fail = }. It is
-- closed when it goes out of scope. head: what the file of a shard begins with; "" for another.
function file.open(plan, path, head)
  read(plan, path, head) -- raises if it is another kind of file, before anything is changed
  local handle, message = io.open(path, "ab")
  if not handle then core.raise(plan.func, ("cannot write %q: %s"):format(path, (message:gsub("^.*: ", "")))) end
  if not core.lock(handle) then
    handle:close()
    core.raise(plan.func, ("%q is the file of another sweep, which is running"):format(path))
  end
  local ok, log, size, whole = pcall(read, plan, path, head) -- once more, now that nobody else writes it
  message = ok and whole < size and core.cut(handle, whole)
  if not ok or message then
    handle:close()
    if not ok then error(log, 0) end
    core.raise(plan.func, ("cannot write %q: %s"):format(path, message))
  end
  handle:setvbuf("full", 1 << 16)
  log.handle, log.path, log.head, log.func, log.add, log.fail = handle, path, head, plan.func, add, fail
  if whole == 0 and head ~= "" then append(log, head) end
  return setmetatable(log, log_type)
end

return file
