-- The result of a sweep: means with their confidence intervals, as a table, a file or a figure.
local core = require "izhlua.core"
local check = require "izhlua.options"
local join = require "izhlua.join"
local file = require "izhlua.sweep.file"
local student = require "izhlua.student"

local held = setmetatable({}, { __mode = "k" }) -- the sweep of each handle

-- Statistics --------------------------------------------------------------------------------------------------------

local NONE = 0 / 0 -- the result of a case that failed

-- The k-th result at a point: a number for each trial.
local function trials_of(sweep, point, k)
  local numbers, n = {}, sweep.plan.trials
  for trial = 1, n do
    local values = sweep.results[(point - 1) * n + trial]
    numbers[trial] = values and values[k] or NONE
  end
  return numbers
end

-- The differences trial by trial; a trial has the same seed in both.
local function differences(numbers, reference)
  local paired = {}
  for trial, number in ipairs(numbers) do paired[trial] = number - reference[trial] end
  return paired
end

local function summarise(sweep)
  local points, plan = {}, sweep.plan
  for point = 1, plan.n_points do
    points[point] = plan.point(point)
    for k, name in ipairs(sweep.names) do
      local numbers = trials_of(sweep, point, k)
      local found = student.summary(numbers)
      if plan.reference then
        local reference = trials_of(sweep, plan.reference_of(point), k)
        found.difference = student.summary(differences(numbers, reference))
      end
      points[point][name] = found
    end
  end
  return points
end

-- A record for each case that has a result, in order.
local function make_rows(sweep)
  local rows = {}
  for index = 1, sweep.plan.n_cases do
    local values = sweep.results[index]
    if values then
      local row = setmetatable(sweep.plan.case(index), nil)
      for k, name in ipairs(sweep.names) do row[name] = values[k] end
      rows[#rows + 1] = row
    end
  end
  return rows
end

local function make_failures(sweep)
  local failures = {}
  for index = 1, sweep.plan.n_cases do
    if sweep.failures[index] then
      local failure = setmetatable(sweep.plan.case(index), nil)
      failure.error = sweep.failures[index]
      failures[#failures + 1] = failure
    end
  end
  return failures
end

-- As a table --------------------------------------------------------------------------------------------------------

local function digits_before(x)
  return x > 0 and x < math.huge and math.floor(math.log(x, 10) + 1e-12) + 1 or 1
end

-- How many decimals suit a column: they show two digits of its smallest interval, and five digits of its largest number
-- at most.
local function decimals_of(cells)
  local largest, smallest = 0, math.huge
  for _, cell in ipairs(cells) do
    if cell.n > 0 then largest = math.max(largest, math.abs(cell.mean)) end
    if cell.ci > 0 then smallest = math.min(smallest, cell.ci) end
  end
  local decimals = 5 - digits_before(largest)
  if smallest < math.huge then decimals = math.min(decimals, 2 - digits_before(smallest)) end
  return math.max(decimals, 0), largest
end

local function formatter(cells)
  local decimals, largest = decimals_of(cells)
  if largest > 0 and (largest < 1e-4 or largest >= 1e7) then return "%.4g" end
  return ("%%.%df"):format(decimals)
end

local function number_text(format, x)
  local text = format:format(x):gsub(",", ".")
  return text:find("^%-0%.?0*$") and text:sub(2) or text
end

local function pad(text, width, right)
  local space = (" "):rep(width - utf8.len(text))
  return right and space .. text or text .. space
end

-- Pads texts to the same width.
local function align(texts, right)
  local width = 0
  for _, text in ipairs(texts) do width = math.max(width, utf8.len(text)) end
  for i, text in ipairs(texts) do texts[i] = pad(text, width, right) end
  return texts
end

-- A column of means ± intervals, under its name.
local function column(name, cells, trials)
  local format, means, intervals, counts, texts = formatter(cells), {}, {}, {}, {}
  for i, cell in ipairs(cells) do
    means[i] = cell.n > 0 and number_text(format, cell.mean) or "–"
    intervals[i] = cell.n > 1 and number_text(format, cell.ci) or ""
    counts[i] = cell.n < trials and (" (n = %d)"):format(cell.n) or ""
  end
  align(means, true)
  align(intervals, true)
  for i, cell in ipairs(cells) do
    local between = cell.n > 1 and " ± " or intervals[i] ~= "" and "   " or ""
    texts[i] = means[i] .. between .. intervals[i] .. counts[i]
  end
  table.insert(texts, 1, name)
  return align(texts)
end

local function dimension_column(plan, i)
  local texts = {}
  for point = 1, plan.n_points do texts[point] = file.text(plan.point(point)[plan.names[i]]) end
  local right = type(plan.values[i][1]) == "number"
  align(texts, right)
  table.insert(texts, 1, plan.names[i])
  return align(texts)
end

-- The lines of a table. pick(found) gives the cell for what was found at a point.
local function table_lines(sweep, pick)
  local columns, lines = {}, {}
  for i in ipairs(sweep.plan.names) do columns[i] = dimension_column(sweep.plan, i) end
  for _, name in ipairs(sweep.names) do
    local cells = {}
    for point, found in ipairs(sweep.points) do cells[point] = pick(found[name]) end
    columns[#columns + 1] = column(name, cells, sweep.plan.trials)
  end
  for line = 1, sweep.plan.n_points + 1 do
    local cells = {}
    for i, texts in ipairs(columns) do cells[i] = texts[line] end
    lines[line] = table.concat(cells, "   "):gsub(" +$", "")
  end
  return lines
end

local function title(sweep)
  local plan = sweep.plan
  local last = (plan.seed + plan.trials - 1) & 0xFFFFFFFF
  local points = ("sweep: %d point%s × "):format(plan.n_points, plan.n_points == 1 and "" or "s")
  if #plan.names == 0 then points = "" end
  if plan.trials == 1 then return ("%s, seed %d"):format(points == "" and "1 trial" or points:sub(1, -5), plan.seed) end
  return ("%s%d trials, seeds %d … %d; mean ± 95 %% confidence interval"):format(points, plan.trials, plan.seed, last)
end

local function shown(self)
  local sweep = held[self]
  local lines = join({ title(sweep) }, table_lines(sweep, function(found) return found end))
  if sweep.plan.reference then
    lines = join(lines, { "", ("difference to %s in the same trials"):format(sweep.plan.reference.shown) },
      table_lines(sweep, function(found) return found.difference end))
  end
  if sweep.n_failures > 0 then
    lines[#lines + 1] = ("%d of %s failed and %s missing here"):format(sweep.n_failures,
      check.count(sweep.plan.n_cases, "case"), sweep.n_failures == 1 and "is" or "are")
  end
  return table.concat(lines, "\n")
end

-- The handle --------------------------------------------------------------------------------------------------------

local methods = {}

local function open(func, self)
  return held[self] or core.no_self(func, "the result of a sweep", "dose", self)
end

local quantities = { "mean", "sd", "ci", "n" }
local with_difference = { "mean", "sd", "ci", "n", "difference", "difference_sd", "difference_ci", "difference_n" }

local function has(list, name)
  for _, one in ipairs(list) do
    if one == name then return true end
  end
  return false
end

-- result:get(name, what): a number for each point, the mean of a result or what else is asked for; or the values of a
-- dimension.
function methods.get(self, name, what, ...)
  local sweep, values = open("get", self), {}
  core.no_more("get", ...)
  if type(name) ~= "string" then core.wrong("get", "the first argument", "the name of a result or of a dimension", name) end
  local dimension = sweep.plan.position[name]
  if not dimension and not has(sweep.names, name) then
    core.unknown("get", "result", name, join(sweep.names, sweep.plan.names))
  end
  if dimension and what ~= nil then core.raise("get", ("%s is a dimension, which has its values only"):format(name)) end
  what = check.word("get", "quantity", what, sweep.plan.reference and with_difference or quantities, "mean")
  local of_difference = what:match("^difference_?(.*)$")
  for i, found in ipairs(sweep.points) do
    local value = found[name]
    if not dimension then
      if of_difference then value = value.difference end
      value = value[of_difference == "" and "mean" or of_difference or what]
    end
    values[i] = value
  end
  return type(values[1]) == "number" and core.numbers("get", "values", values) or values
end

local function cases_text(sweep)
  local lines = { file.header(sweep.plan, sweep.names) }
  for index = 1, sweep.plan.n_cases do
    local values = sweep.results[index]
    if values then lines[#lines + 1] = file.row(sweep.plan, index, values) end
  end
  return table.concat(lines)
end

local function summary_text(sweep)
  local columns, names = sweep.plan.reference and with_difference or quantities, join(sweep.plan.names)
  for _, name in ipairs(sweep.names) do
    for _, what in ipairs(columns) do names[#names + 1] = name .. "_" .. what end
  end
  local lines = { file.line(names) }
  for _, found in ipairs(sweep.points) do
    local values = {}
    for i, name in ipairs(sweep.plan.names) do values[i] = found[name] end
    for _, name in ipairs(sweep.names) do
      for _, part in ipairs{ found[name], found[name].difference } do
        for _, what in ipairs(quantities) do values[#values + 1] = part[what] end
      end
    end
    lines[#lines + 1] = file.line(values)
  end
  return table.concat(lines)
end

-- result:save(path): a line for each case; with { summary = true }, a line for each point.
function methods.save(self, path, options, ...)
  local sweep = open("save", self)
  core.no_more("save", ...)
  if type(path) ~= "string" or not path:find("%.csv$") then
    core.wrong("save", "the path", "a file name ending in .csv", path)
  end
  options = check.known("save", options, { "summary" })
  local summary = check.flag("save", "summary", options.summary, false)
  core.write("save", path, summary and summary_text(sweep) or cases_text(sweep))
end

-- As a figure -------------------------------------------------------------------------------------------------------

-- result:panels(options): a panel for each result, for a page of one's own.
function methods.panels(self, options, ...)
  local sweep = open("panels", self)
  core.no_more("panels", ...)
  return require "izhlua.sweep.plot".panels("panels", sweep, make_rows, options)
end

-- result:plot(path, options): a panel for each result on a page. The options are those of panels and of izh.figure.
function methods.plot(self, path, options, ...)
  local sweep = open("plot", self)
  core.no_more("plot", ...)
  require "izhlua.sweep.plot".save("plot", sweep, make_rows, path, options)
end

local fields = {
  dimensions = function(sweep) return sweep.plan.names end,
  results = function(sweep) return sweep.names end,
  trials = function(sweep) return sweep.plan.trials end,
  seed = function(sweep) return sweep.plan.seed end,
  points = function(sweep) return sweep.points end,
  rows = make_rows,
  failures = make_failures,
}

local members = {}
for name in pairs(fields) do members[#members + 1] = name end
for name in pairs(methods) do members[#members + 1] = name end
table.sort(members)

local handle_type = {
  __name = "sweep",
  __metatable = false,
  methods = methods, fields = fields, -- for completion at the prompt
  __index = function(self, name)
    if methods[name] then return methods[name] end
    if not fields[name] and check.place(held[self].names, name) then
      core.raise("sweep", ("%s is a result: sweep:get(%q)"):format(name, name))
    end
    if not fields[name] then core.unknown("sweep", "member", tostring(name), members) end
    local made = held[self].made
    if made[name] == nil then made[name] = fields[name](held[self]) end
    return made[name]
  end,
  __newindex = function(_, name) core.raise("sweep", ("%s cannot be assigned to"):format(tostring(name))) end,
  __tostring = shown,
}

local result = {}

-- The handle of a sweep, from what init.lua has gathered: plan, names, results by case, failures by case.
function result.new(sweep)
  sweep.made = {}
  sweep.points = summarise(sweep)
  local handle = setmetatable({}, handle_type)
  held[handle] = sweep
  return handle
end

return result
