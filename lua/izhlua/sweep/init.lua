-- izh.sweep runs a function of the script for every combination of values and every trial. Each such case runs in a
-- process of its own, forked from the script's process. So no case can see what another case did, and the results
-- cannot depend on how many cases run at a time.
local core = require "izhlua.core"
local check = require "izhlua.options"
local join = require "izhlua.join"
local file = require "izhlua.sweep.file"
local result = require "izhlua.sweep.result"
local workers = require "izhlua.workers"
local sorted_keys = require "izhlua.sorted_keys"

local known = {
  sweep = { "over", "trials", "run", "workers", "seed", "resume", "reference" },
  trials = { "n", "run", "workers", "seed", "resume" },
}
local reserved = { index = true, trial = true, seed = true }
local func = "sweep" -- what the script has called: that or "trials"
local MOST_CASES = 1000000
local MOST_WORKERS = 1024
local MOST_MESSAGES = 10

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

-- The positions of the values of a point. The last dimension changes fastest.
local function coordinates(plan, point)
  local at, rest = {}, point - 1
  for i = #plan.names, 1, -1 do
    at[i] = rest % #plan.values[i] + 1
    rest = rest // #plan.values[i]
  end
  return at
end

local function point_at(plan, at)
  local point = 0
  for i, position in ipairs(at) do point = point * #plan.values[i] + position - 1 end
  return point + 1
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
  return { at = at, shown = table.concat(shown, ", ") }
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

local function read_plan(options)
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
  local plan = { names = {}, values = {}, position = {}, looks = {}, run = options.run }
  if func == "sweep" then
    plan.trials = whole("trials", options.trials, 1, MOST_CASES, 1)
    read_over(plan, options.over)
  else
    if options.n == nil then core.raise(func, "n is missing: how many trials there are, such as n = 10") end
    plan.trials = whole("n", options.n, 1, MOST_CASES)
  end
  plan.n_points = count_points(plan)
  plan.n_cases = plan.n_points * plan.trials
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

  -- A dimension that the sweep does not have is nil, so that `case.cell or "RS"` works with and without it. But a name
  -- that is nearly that of a member is a typing error, and raises.
  local members = join(plan.names, { "seed", "trial", "index" })
  local case_type = { __index = function(_, name)
    for _, member in ipairs(members) do
      if type(name) == "string" and is_slip(name, member) then core.unknown("case", "member", name, members) end
    end
  end }

  function plan.point(point)
    local at, values = coordinates(plan, point), {}
    for i, name in ipairs(plan.names) do values[name] = plan.values[i][at[i]] end
    return values
  end

  -- The reference of a point.
  function plan.reference_of(point)
    local at = coordinates(plan, point)
    for i, position in pairs(plan.reference.at) do at[i] = position end
    return point_at(plan, at)
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

-- In a worker -------------------------------------------------------------------------------------------------------

local RETURNS = "a table of numbers by name such as { rate = 5 }"

-- Checks what run returned, and returns it as { names =, values = }, in order of name.
local function checked(plan, results)
  if type(results) ~= "table" then core.wrong(func, "what run returns", RETURNS, results) end
  local names, values = {}, {}
  for name, value in next, results do
    if type(name) ~= "string" then core.wrong(func, "what run returns", RETURNS, results) end
    names[#names + 1] = label("a name that run returns", name)
    if plan.position[name] or plan.parameters[name] or reserved[name] then
      core.raise(func, ("run cannot return %q: a case has this field already"):format(name))
    end
    if type(value) ~= "number" or value == math.huge or value == -math.huge then
      core.wrong(func, name, "a finite number, or NaN where there is none", value)
    end
  end
  if #names == 0 then core.raise(func, ("what run returns must be %s (got an empty table)"):format(RETURNS)) end
  table.sort(names)
  for i, name in ipairs(names) do values[i] = results[name] + 0.0 end
  return { names = names, values = values }
end

-- Running -----------------------------------------------------------------------------------------------------------

local function case_text(plan, index)
  local case, parts = plan.case(index), {}
  for i, name in ipairs(plan.names) do parts[i] = ("%s = %s"):format(name, file.text(case[name])) end
  parts[#parts + 1] = ("trial %d, seed %d"):format(case.trial, case.seed)
  return table.concat(parts, ", ")
end

local function fail(state, index, message)
  state.failures[index] = message
  state.n_failures = state.n_failures + 1
  if state.n_failures <= MOST_MESSAGES then
    io.stderr:write(("izhlua: case %d of %d (%s) failed: %s\n"):format(
      index, state.plan.n_cases, case_text(state.plan, index), message))
  end
end

-- Finds the names of results. The first case, in order, that has results decides, so that it does not matter which case
-- finishes first. Returns false when that case has not finished.
local function find_names(state)
  while not state.names do
    local index = state.first
    if state.finished[index] then
      state.names, state.names_from = state.finished[index].names, ("case %d"):format(index)
    elseif not state.failures[index] then
      return false
    end
    state.first = index + 1
  end
  return true
end

local function accept(state, index)
  local got = state.finished[index]
  state.finished[index] = nil
  local names, want = table.concat(got.names, ", "), table.concat(state.names, ", ")
  if names == want then
    state.results[index] = got.values
    if state.log then state.log:add(state.plan, index, state.names, got.values) end
    return
  end
  local message = ("run returned %s, and in %s %s"):format(names, state.names_from, want)
  if state.log and state.log.count > 0 then core.raise(func, message) end
  fail(state, index, message)
end

-- Accepts, in order of case, the finished cases that have waited for the names of results.
local function accept_finished(state)
  if not find_names(state) then return end
  local waiting = sorted_keys(state.finished)
  for _, index in ipairs(waiting) do accept(state, index) end
end

local function run_cases(state, todo)
  local plan = state.plan
  workers{
    n = #todo, most = plan.workers, progress = true, strays = true,
    seed = function(k) return plan.case(todo[k]).seed end,
    work = function(k) return checked(plan, plan.run(plan.case(todo[k]))) end,
    done = function(k, got, message)
      if got then state.finished[todo[k]] = got else fail(state, todo[k], message) end
      accept_finished(state)
    end,
  }
end

local function say_failures(state)
  local plan = state.plan
  if state.n_failures == plan.n_cases then
    local all = plan.n_cases == 1 and "the only case" or ("all %d cases failed; the first"):format(plan.n_cases)
    core.raise(func, ("%s, with %s%s: %s"):format(
      all, case_text(plan, 1), plan.n_cases == 1 and ", failed" or "", state.failures[1]))
  end
  if state.n_failures > MOST_MESSAGES then
    io.stderr:write(("izhlua: %d of %s failed\n"):format(state.n_failures, check.count(plan.n_cases, "case")))
  end
end

-- Are the results of two cases the same, NaN too; nil: one of them failed.
local function same(a, b)
  if not (a and b) then return nil end
  for k, x in ipairs(a) do
    local y = b[k]
    if x ~= y and (x == x or y == y) then return false end
  end
  return true
end

-- Does every case have the results of the one with the first value of the i-th dimension.
local function changes_nothing(state, i)
  local plan, compared = state.plan, false
  for index = 1, plan.n_cases do
    local at = coordinates(plan, (index - 1) // plan.trials + 1)
    local other = at[i] ~= 1
    at[i] = 1
    local first = (point_at(plan, at) - 1) * plan.trials + (index - 1) % plan.trials + 1
    local is = other and same(state.results[index], state.results[first])
    if other and is == false then return false end
    compared = compared or is == true
  end
  return compared
end

-- A dimension that run does not read is a mistake that nothing else shows.
local function say_idle(state, place)
  for i, name in ipairs(state.plan.names) do
    local about = ("%s of %q"):format(func, name)
    if changes_nothing(state, i) then
      core.remark(place, about, ("its values made no difference to any result: does run use case.%s?"):format(name))
    else
      core.came(place, about)
    end
  end
end

local function run(name, options, ...)
  func = name
  local place = core.place()
  check.call(func, options, ...)
  local plan = read_plan(options)
  local log <close> = plan.resume and file.open(plan, plan.resume) or nil
  local state = {
    plan = plan, log = log, names = log and log.names, names_from = log and ("%q"):format(plan.resume),
    results = log and log.results or {}, finished = {}, failures = {}, n_failures = 0, first = 1,
  }
  local todo = {}
  for index = 1, plan.n_cases do
    if not state.results[index] then todo[#todo + 1] = index end
  end
  if log and log.count > 0 then
    io.stderr:write(("izhlua: %d of %s %s in %q already\n"):format(log.count, check.count(plan.n_cases, "case"),
      log.count == 1 and "is" or "are", plan.resume))
  end
  if #todo > 0 then run_cases(state, todo) end
  say_failures(state)
  say_idle(state, place)
  return result.new(state)
end

return {
  -- izh.sweep{ over =, run = function(case) return { name = number, … } end, trials = 1, … }
  sweep = function(...) return run("sweep", ...) end,
  -- izh.trials{ n =, run = function(case) return { name = number, … } end, … }
  trials = function(...) return run("trials", ...) end,
}
