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
local function split(line)
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

local function refuse(path, line, format, ...)
  local place = line and (", line %d"):format(line) or ""
  core.raise("sweep", ("cannot resume from %q%s: "):format(path, place) .. format:format(...))
end

local function read_header(plan, path, line)
  local fields, want = split(line), columns(plan)
  for i, name in ipairs(want) do
    if not fields or fields[i] ~= name then
      refuse(path, 1, "its columns must begin with %s (got %s)", table.concat(want, ", "), line:sub(1, 60):gsub("%c", "?"))
    end
  end
  if #fields == #want then refuse(path, 1, "it has no column for a result") end
  return table.move(fields, #want + 1, #fields, 1, {})
end

-- The position of a field's value among the values of a dimension; nil when it is not one of them.
local function find_value(values, field)
  local number = type(values[1]) == "number" and tonumber(field)
  for i, value in ipairs(values) do
    if file.text(value) == field or value == number then return i end
  end
end

local function read_number(path, at, name, field)
  local number = field:lower() == "nan" and 0 / 0 or tonumber(field)
  if not number then refuse(path, at, "%s is not a number (%q)", name, field) end
  return number
end

-- The number of the case of a line.
local function read_case(plan, path, at, fields)
  local point, n = 0, #plan.names
  for i, name in ipairs(plan.names) do
    local position = find_value(plan.values[i], fields[i])
    if not position then refuse(path, at, "%s = %s is not in this sweep", name, fields[i]) end
    point = point * #plan.values[i] + position - 1
  end
  for i, name in ipairs(plan.parameters) do
    local now = file.text(plan.parameters[name])
    if fields[n + i] ~= now then
      refuse(path, at, "the parameter %s is %s there and %s now", name, fields[n + i], now)
    end
  end
  n = n + #plan.parameters
  local trial = math.tointeger(tonumber(fields[n + 1]))
  if not trial or trial < 1 or trial > plan.trials then
    refuse(path, at, "trial %s is not in this sweep, which has %s", fields[n + 1], check.count(plan.trials, "trial"))
  end
  local index = point * plan.trials + trial
  local seed = plan.case(index).seed
  if tonumber(fields[n + 2]) ~= seed then
    refuse(path, at, "trial %d has seed %s there and %d in this sweep", trial, fields[n + 2], seed)
  end
  return index
end

local function read_rows(plan, path, lines)
  local log = { names = read_header(plan, path, lines[1]), results = {}, count = 0 }
  local n, line_of = #columns(plan), {}
  for at = 2, #lines do
    local fields = split(lines[at])
    if not fields then refuse(path, at, "its quotes do not match") end
    if #fields ~= n + #log.names then
      refuse(path, at, "it has %s, and line 1 has %d", check.count(#fields, "field"), n + #log.names)
    end
    local index = read_case(plan, path, at, fields)
    if line_of[index] then refuse(path, at, "it is of the same case as line %d", line_of[index]) end
    local results = {}
    for i, name in ipairs(log.names) do results[i] = read_number(path, at, name, fields[n + i]) end
    log.results[index], line_of[index], log.count = results, at, log.count + 1
  end
  return log
end

local ENOENT = 2

-- Whether a text begins with the header of this sweep, or is a part of it, which a killed program may have left.
local function begins_header(plan, text)
  local begin = file.line(columns(plan)):gsub("\n", ",")
  return begin:sub(1, #text) == text or text:sub(1, #begin) == begin
end

-- The text of the file, "" when there is no file. If it does not begin as a file of this sweep, it is not read further:
-- a device may have no end.
local function slurp(plan, path)
  local handle <close>, message, code = io.open(path, "rb")
  if not handle and code == ENOENT then return "" end
  local text = ""
  if handle then text, message = handle:read(4096) end
  if message then core.raise("sweep", ("cannot read %q: %s"):format(path, (message:gsub("^.*: ", "")))) end
  if not text then return "" end
  if not begins_header(plan, text) then read_header(plan, path, text:match("^[^\n]*")) end
  return text .. handle:read("a")
end

-- Reads the file. Returns the names of results and the results of cases; and the size of the file, and of its whole
-- lines, in bytes.
local function read(plan, path)
  local text = slurp(plan, path)
  local whole = text:match("^.*\n") or ""
  local lines = {}
  for line in whole:gmatch("([^\n]*)\n") do lines[#lines + 1] = (line:gsub("\r$", "")) end
  local log = #lines > 0 and read_rows(plan, path, lines) or { results = {}, count = 0 }
  return log, #text, #whole
end

-- Adding ------------------------------------------------------------------------------------------------------------

local function append(log, text)
  local ok, message = log.handle:write(text)
  if ok then ok, message = log.handle:flush() end
  if not ok then core.raise("sweep", ("cannot write %q: %s"):format(log.path, message)) end
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

local log_type = { __close = function(log) log.handle:close() end }

-- Opens a file to go on from, or a new one: { path =, names =, results = { [case] = … }, count =, add = }. It is closed
-- when it goes out of scope.
function file.open(plan, path)
  read(plan, path) -- raises if it is another kind of file, before anything is changed
  local handle, message = io.open(path, "ab")
  if not handle then core.raise("sweep", ("cannot write %q: %s"):format(path, (message:gsub("^.*: ", "")))) end
  if not core.lock(handle) then
    handle:close()
    core.raise("sweep", ("%q is the file of another sweep, which is running"):format(path))
  end
  local ok, log, size, whole = pcall(read, plan, path) -- once more, now that nobody else writes it
  message = ok and whole < size and core.cut(handle, whole)
  if not ok or message then
    handle:close()
    if not ok then error(log, 0) end
    core.raise("sweep", ("cannot write %q: %s"):format(path, message))
  end
  handle:setvbuf("full", 1 << 16)
  log.handle, log.path, log.add = handle, path, add
  return setmetatable(log, log_type)
end

return file
