-- izh.sweep runs a function of the script for every combination of values and every trial. Each such case runs in a
-- process of its own, forked from the script's process. So no case can see what another case did, and the results
-- cannot depend on how many cases run at a time.
local core = require "izhlua.core"
local check = require "izhlua.options"
local file = require "izhlua.sweep.file"
local plans = require "izhlua.sweep.plan"
local result = require "izhlua.sweep.result"
local workers = require "izhlua.workers"
local sorted_keys = require "izhlua.sorted_keys"

local func = "sweep" -- what the script has called
local MOST_MESSAGES = 10

-- In a worker -------------------------------------------------------------------------------------------------------

local RETURNS = "a table of numbers by name such as { rate = 5 }"

-- Checks what run returned, and returns it as { names =, values = }, in order of name.
local function checked(plan, results)
  if type(results) ~= "table" then core.wrong(func, "what run returns", RETURNS, results) end
  local names, values = {}, {}
  for name, value in next, results do
    if type(name) ~= "string" then core.wrong(func, "what run returns", RETURNS, results) end
    names[#names + 1] = plans.label("a name that run returns", name)
    if plan.position[name] or plan.parameters[name] or plans.reserved[name] then
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

local divides = true -- does --shard divide the sweeps of this process; not those within a case

local function case_text(plan, index)
  local case, parts = plan.case(index), {}
  for i, name in ipairs(plan.names) do parts[i] = ("%s = %s"):format(name, file.text(case[name])) end
  parts[#parts + 1] = ("trial %d, seed %d"):format(case.trial, case.seed)
  return table.concat(parts, ", ")
end

local function fail(state, index, message)
  state.failures[index] = message
  if state.log then state.log:fail(index, message) end
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
    local index = state.todo[state.first]
    if state.finished[index] then
      state.names, state.names_from = state.finished[index].names, ("case %d"):format(index)
    elseif not state.failures[index] then
      return false
    end
    state.first = state.first + 1
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

local function run_cases(state)
  local plan, todo = state.plan, state.todo
  workers{
    n = #todo, most = plan.workers, strays = true, progress = function(ended) return ended, #todo, "cases" end,
    seed = function(k) return plan.case(todo[k]).seed end,
    work = function(k)
      divides = false
      return checked(plan, plan.run(plan.case(todo[k])))
    end,
    done = function(k, got, message)
      if got then state.finished[todo[k]] = got else fail(state, todo[k], message) end
      accept_finished(state)
    end,
  }
end

local function say_failures(state)
  local plan, n = state.plan, state.n
  if n > 0 and state.n_failures == n then
    local first = sorted_keys(state.failures)[1]
    local all = n == 1 and "the only case" or ("all %d cases failed; the first"):format(n)
    core.raise(func, ("%s, with %s%s: %s"):format(
      all, case_text(plan, first), n == 1 and ", failed" or "", state.failures[first]))
  end
  if state.n_failures > MOST_MESSAGES then
    io.stderr:write(("izhlua: %d of %s failed\n"):format(state.n_failures, check.count(n, "case")))
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
    local at = plan.coordinates((index - 1) // plan.trials + 1)
    local other = at[i] ~= 1
    at[i] = 1
    local first = (plan.point_at(at) - 1) * plan.trials + (index - 1) % plan.trials + 1
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

-- Runs the cases that are to be run here: of this shard, or all.
local function run_share(plan, log, shard)
  local state = {
    plan = plan, log = log, names = log and log.names, names_from = log and ("%q"):format(log.path),
    results = log and log.results or {}, finished = {}, failures = {}, n_failures = 0, first = 1, todo = {}, n = 0,
  }
  for index = shard.number, plan.n_cases, shard.of do
    state.n = state.n + 1
    if not state.results[index] then state.todo[#state.todo + 1] = index end
  end
  if log and log.count > 0 then
    io.stderr:write(("izhlua: %d of %s %s in %q already\n"):format(log.count, check.count(state.n, "case"),
      log.count == 1 and "is" or "are", log.path))
  end
  if #state.todo > 0 then run_cases(state) end
  say_failures(state)
  return state
end

local function run(name, divided, options, ...)
  func = name
  local place = core.place()
  check.call(func, options, ...)
  local plan = plans.read(name, options)
  if divided and core.shard() then
    local shards = require "izhlua.sweep.shard"
    local shard = shards.new(plan, core.shard())
    local log <close> = file.open(plan, shard.path, shard.head)
    shards.finish(shard, run_share(plan, log, shard))
  end
  local log <close> = plan.resume and file.open(plan, plan.resume, "") or nil
  local state = run_share(plan, log, { number = 1, of = 1 })
  say_idle(state, place)
  return result.new(state)
end

local function merge(files, ...)
  func = "sweep_merge"
  local place = core.place()
  check.call(func, files, ...)
  local state = require "izhlua.sweep.shard".gather(files)
  say_failures(state)
  say_idle(state, place)
  return result.new(state)
end

return {
  -- izh.sweep{ over =, run = function(case) return { name = number, … } end, trials = 1, … }
  sweep = function(...) return run("sweep", divides, ...) end,
  -- izh.trials{ n =, run = function(case) return { name = number, … } end, … }
  trials = function(...) return run("trials", divides, ...) end,
  -- izh.sweep_merge{ "dose.shard-1-of-4.csv", … }
  merge = merge,
  -- The same as sweep, whatever --shard says: for our own files.
  whole = function(...) return run("sweep", false, ...) end,
}
