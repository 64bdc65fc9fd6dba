-- What a sweep consists of: its dimensions with their values, trials, seed, and the cases that follow from these.
local core = require "izhlua.core"
local check = require "izhlua.options"
local join = require "izhlua.join"
local file = require "izhlua.sweep.file"

local known = {
  sweep = { "over", "trials", "run", "workers", "seed", "resume", "reference" },
  trials = { "n", "run", "workers", "seed", "resume" },
}
local reserved = { index = true, trial = true, seed = true }
local func = "sweep" -- what the script has called, for errors
local MOST_CASES = 1000000
local MOST_WORKERS = 1024

local plans = {}

-- The options -------------------------------------------------------------------------------------------------------

local function whole(what, value, lo, hi, otherwise)
  if value == nil then return otherwise end
  local allowed = ("a whole number %d … %d"):format(lo, hi)
  local number = type(value) == "number" and math.tointeger(value)
  if not number or number < lo or number > hi then core.wrong(func, what, allowed, value) end
  return number
end

-- Checks that a value is a string that fits into a line of a table or of a file.
local function label(what, value)
  if type(value) ~= "string" then core.wrong(func, what, "a string", value) end
  if value == "" then core.raise(func, what .. " must not be empty") end
  if value:find("%c") then core.raise(func, what .. " must not contain control characters such as a line break") end
  if not utf8.len(value) then core.raise(func, what .. " must be UTF-8 text") end
  return value
end

local function read_value(what, value, first)
  if type(value) == "string" then
    label(what, value)
  elseif type(value) ~= "boolean" and not check.finite(value) then
    core.wrong(func, what, "a finite number, a string or a boolean", value)
  end
  if type(value) ~= type(first) then
    core.raise(func, ("%s must be a %s, as the first value is (got a %s)"):format(what, type(first), type(value)))
  end
end

-- Checks the values of a dimension, and returns them as a new list.
local function read_values(what, given)
  local is_vector = core.kind(given) == "vector"
  if not is_vector and type(given) ~= "table" then core.wrong(func, what, "a list of values", given) end
  local n = is_vector and #given or core.list(func, what, given)
  if n == 0 then core.raise(func, what .. " must have at least one value") end
  local values, seen = {}, {}
  for i = 1, n do
    local value = given[i]
    read_value(("%s[%d]"):format(what, i), value, given[1])
    if seen[value] then
      core.raise(func, ("%s[%d] is the same as %s[%d] (%s)"):format(what, i, what, seen[value], file.text(value)))
    end
    values[i], seen[value] = value, i
  end
  return values
end

-- How a figure shows a dimension: { "g", { 3, 4, 5 }, label = "<i>g</i>", unit = "nS", log = true }.
local function read_look(what, entry)
  local given = {}
  for key, value in pairs(entry) do
    if type(key) ~= "number" then given[key] = value end
  end
  core.options(func, given, { "label", "unit", "log" })
  return {
    label = check.text(func, what .. ".label", given.label), unit = check.text(func, what .. ".unit", given.unit),
    log = check.flag(func, what .. ".log", given.log, false),
  }
end

local function add_dimension(plan, what, name, values, look)
  label("a name in over", name)
  if reserved[name] then
    core.raise(func, ("a dimension cannot be called %q: every case has this field already"):format(name))
  end
  if plan.position[name] then core.raise(func, ("over has the name %q twice"):format(name)) end
  plan.names[#plan.names + 1] = name
  plan.position[name] = #plan.names
  plan.values[#plan.names] = read_values(what, values)
  plan.looks[#plan.names] = look
  for _, value in ipairs(look.log and plan.values[#plan.names] or {}) do
    if type(value) ~= "number" or value <= 0 then
      core.raise(func, ("%s has log, so its values must be numbers > 0 (got %s)"):format(what, file.text(value)))
    end
  end
end

local LIST = '{ name = { values … } } or a list of { "name", { values … } }'

-- Reads over: { name = { values }, … } is taken in order of name, { { "name", { values } }, … } in its own order.
local function read_over(plan, over)
  if type(over) ~= "table" then core.wrong(func, "over", LIST, over) end
  if next(over) == nil then core.raise(func, "over must have at least one dimension, such as { inhibition = { 0, 1, 2 } }") end
  if rawlen(over) > 0 then
    for i = 1, core.list(func, "over", over) do
      local what, entry = ("over[%d]"):format(i), over[i]
      if type(entry) ~= "table" then core.wrong(func, what, '{ "name", { values … } }', entry) end
      local look = read_look(what, entry)
      if core.list(func, what, { table.unpack(entry, 1, rawlen(entry)) }) ~= 2 then
        core.raise(func, what .. ' must be { "name", { values … } }')
      end
      add_dimension(plan, what .. "[2]", entry[1], entry[2], look)
    end
    return
  end
  local names = {}
  for name in pairs(over) do
    if type(name) ~= "string" then core.wrong(func, "over", LIST, over) end
    names[#names + 1] = name
  end
  table.sort(names)
  for _, name in ipairs(names) do add_dimension(plan, "over." .. name, name, over[name], {}) end
end

-- Reads reference: values of some dimensions by name. In the other dimensions, the reference of a point has the values
-- of the point itself.
local function read_reference(plan, reference)
  if reference == nil then return nil end
  if type(reference) ~= "table" then core.wrong(func, "reference", "a table such as { inhibition = 1 }", reference) end
  core.options(func, reference, plan.names)
  if next(reference) == nil then core.raise(func, "reference must name at least one value, as { inhibition = 1 }") end
  local at, shown = {}, {}
  for i, name in ipairs(plan.names) do
    local texts = {}
    for k, value in ipairs(plan.values[i]) do
      texts[k] = file.text(value)
      if value == reference[name] then at[i] = k end
    end
    if reference[name] ~= nil then
      if not at[i] then
        core.wrong(func, "reference." .. name, "one of its values, " .. table.concat(texts, ", "), reference[name])
      end
      shown[#shown + 1] = ("%s = %s"):format(name, texts[at[i]])
    end
  end
  return { at = at, given = reference, shown = table.concat(shown, ", ") }
end

-- The parameters of the script, if it declares any. Cases with other parameters are not the same cases.
local function read_parameters(plan)
  plan.parameters = {}
  local parameters = package.loaded["izhlua.parameters"]
  for _, one in ipairs(parameters and parameters.used() or {}) do
    if not plan.position[one.name] and not reserved[one.name] then
      plan.parameters[#plan.parameters + 1] = one.name
      plan.parameters[one.name] = one.text
    end
  end
end

-- The cases -----------------------------------------------------------------------------------------------------------

local function count_points(plan)
  local points = 1
  for _, values in ipairs(plan.values) do
    points = points * #values
    if points * plan.trials > MOST_CASES then
      core.raise(func, ("these are more than %d cases: every combination of values is run %s"):format(
        MOST_CASES, check.count(plan.trials, "time")))
    end
  end
  return points
end

-- Whether two words differ by one letter too many, or by two neighbouring letters that changed places.
local function is_slip(a, b)
  if #a > #b then a, b = b, a end
  if #b < 4 or #b - #a > 1 then return false end
  for i = 1, #b do
    if #a < #b and a == b:sub(1, i - 1) .. b:sub(i + 1) then return true end
    if #a == #b and a == b:sub(1, i - 1) .. b:sub(i + 1, i + 1) .. b:sub(i, i) .. b:sub(i + 2) then return a ~= b end
  end
  return false
end

-- Adds what follows from dimensions, trials and seed.
local function complete(plan)
  plan.n_points = count_points(plan)
  plan.n_cases = plan.n_points * plan.trials

  -- A dimension that the sweep does not have is nil, so that `case.cell or "RS"` works with and without it. But a name
  -- that is nearly that of a member is a typing error, and raises.
  local members = join(plan.names, { "seed", "trial", "index" })
  local case_type = { __index = function(_, name)
    for _, member in ipairs(members) do
      if type(name) == "string" and is_slip(name, member) then core.unknown("case", "member", name, members) end
    end
  end }

  -- The positions of the values of a point. The last dimension changes fastest.
  function plan.coordinates(point)
    local at, rest = {}, point - 1
    for i = #plan.names, 1, -1 do
      at[i] = rest % #plan.values[i] + 1
      rest = rest // #plan.values[i]
    end
    return at
  end

  function plan.point_at(at)
    local point = 0
    for i, position in ipairs(at) do point = point * #plan.values[i] + position - 1 end
    return point + 1
  end

  function plan.point(point)
    local at, values = plan.coordinates(point), {}
    for i, name in ipairs(plan.names) do values[name] = plan.values[i][at[i]] end
    return values
  end

  -- The reference of a point.
  function plan.reference_of(point)
    local at = plan.coordinates(point)
    for i, position in pairs(plan.reference.at) do at[i] = position end
    return plan.point_at(at)
  end

  -- Trial k has the same seed at every point.
  function plan.case(index)
    local case = plan.point((index - 1) // plan.trials + 1)
    case.index, case.trial = index, (index - 1) % plan.trials + 1
    case.seed = (plan.seed + case.trial - 1) & 0xFFFFFFFF
    return setmetatable(case, case_type)
  end

  return plan
end

-- The options ---------------------------------------------------------------------------------------------------------

-- The options of izh.sweep or izh.trials.
function plans.read(called, options)
  func = called
  if type(options) ~= "table" then
    local such = func == "sweep" and "{ over = {…}, run = … }" or "{ n = 10, run = … }"
    core.wrong(func, "the argument", "a table such as " .. such, options)
  end
  if func == "sweep" and options.over == nil then
    for name, value in next, options do
      if type(value) == "table" and not check.place(known[func], name) then
        core.raise(func, "the values go into over, such as over = { inhibition = { 0, 1, 2 } }")
      end
    end
  end
  core.options(func, options, known[func])
  if func == "sweep" and options.over == nil then core.raise(func, "over is missing, such as over = { inhibition = { 0, 1, 2 } }") end
  if type(options.run) ~= "function" then
    core.wrong(func, "run", "a function(case) that returns numbers by name", options.run)
  end
  local plan = { func = func, names = {}, values = {}, position = {}, looks = {}, run = options.run }
  if func == "sweep" then
    plan.trials = whole("trials", options.trials, 1, MOST_CASES, 1)
    read_over(plan, options.over)
  else
    if options.n == nil then core.raise(func, "n is missing: how many trials there are, such as n = 10") end
    plan.trials = whole("n", options.n, 1, MOST_CASES)
  end
  if options.workers == nil or options.workers == "auto" then
    plan.workers = core.processors()
  elseif type(options.workers) ~= "number" then
    core.wrong(func, "workers", "a whole number or \"auto\"", options.workers)
  else
    plan.workers = whole("workers", options.workers, 1, MOST_WORKERS)
  end
  plan.reference = read_reference(plan, options.reference)
  plan.resume = options.resume ~= nil and label("resume", options.resume) or nil
  read_parameters(plan)
  plan.seed = core.seed(whole("seed", options.seed, 0, 0xFFFFFFFF, 1))
  return complete(plan)
end

-- The plan of a sweep that a file describes: told has its dimensions { "name", values, label =, unit =, log = }, trials,
-- seed, parameters { { name, text } } and reference.
function plans.told(name, told)
  func = name
  local plan = { func = func, names = {}, values = {}, position = {}, looks = {}, parameters = {} }
  plan.trials = whole("trials", told.trials, 1, MOST_CASES)
  plan.seed = whole("seed", told.seed, 0, 0xFFFFFFFF)
  if #told.dimensions > 0 then read_over(plan, told.dimensions) end
  plan.reference = read_reference(plan, told.reference)
  for i, one in ipairs(told.parameters) do
    plan.parameters[i], plan.parameters[one[1]] = one[1], one[2]
  end
  return complete(plan)
end

plans.label, plans.reserved = label, reserved
return plans
