-- The twenty patterns against a transcription of figure1.m that reads their table, tests/data/patterns2004.tsv.
local here = arg[0]:match("^(.*/)")
package.path = here .. "?.lua;" .. package.path
local check, tsv = require "check", require "tsv"
local izh = require "izhlua"

-- "base 0; t>10: 14; T1=100/11; T1<t<T1+2: 9": a function of t
local function stimulus(description)
  local code = { "local t, T1 = ...", "local I = 0" }
  for part in description:gmatch("[^;]+") do
    part = part:gsub("^%s+", "")
    local condition, value = part:match("^(.-): (.*)$")
    if part:match("^base") then
      code[2] = "local I = " .. part:match("^base (.*)$")
    elseif part:match("^T1=") then
      table.insert(code, 2, "T1 = " .. part:match("=(.*)$"))
    else
      -- a < t < b is two comparisons
      local a, op1, op2, b = condition:match("^(.-)(<=?)t(<=?)(.*)$")
      if a and a ~= "" then condition = ("%s%st and t%s%s"):format(a, op1, op2, b) end
      code[#code + 1] = ("if %s then I = %s end"):format(condition, value)
    end
  end
  code[#code + 1] = "return I"
  return assert(load(table.concat(code, "\n")))
end

-- figure1.m: for t = 0, dt, …: V = V + dt f(V, u, I); u = u + dt g(u, V); if V > 30: V = c, u = u + d
local function figure1(row)
  local a, b, c, d, dt = row.a, row.b, row.c, row.d, tonumber(row.dt_ms)
  local V = tonumber(row.v0)
  local u = row.pattern:sub(1, 1) == "R" and -16 or b * V
  local I = stimulus(row.stimulus_description)
  local steps = {}
  for k = 0, math.floor(row.tmax_ms / dt + 0.5) - 1 do
    local t = k / math.floor(1 / dt + 0.5)
    if row.equation_variant == "class1" then
      V = V + dt * (0.04 * V ^ 2 + 4.1 * V + 108 - u + I(t))
    else
      V = V + dt * (0.04 * V ^ 2 + 5 * V + 140 - u + I(t))
    end
    u = row.equation_variant == "accommodation" and u + dt * a * (b * (V + 65)) or u + dt * a * (b * V - u)
    if V > 30 then
      steps[#steps + 1] = k + 1
      V, u = tonumber(c), u + d
    end
  end
  return steps
end

local rows = tsv(here .. "../data/patterns2004.tsv")
check.equal(#rows, 20)
check.equal(#izh.patterns, 20)
local counts = {}
for i, row in ipairs(rows) do
  for _, key in ipairs{ "a", "b", "c", "d" } do row[key] = tonumber(row[key]) end
  local letter, name = row.pattern:match("^(%u) (.*)$")
  local pattern = izh.patterns[i]
  check.equal(pattern.letter, letter)
  check.equal(pattern.name, name)
  check.equal(pattern.dt, tonumber(row.dt_ms))
  check.equal(pattern.duration, tonumber(row.tmax_ms))
  local net, recording, note = izh.patterns.run(i % 2 == 0 and letter or name)
  check.equal(note, nil)
  check.equal(net.dt, pattern.dt)
  check.equal(net.time, pattern.duration)
  local steps = {}
  for t in net:spikes():each() do steps[#steps + 1] = math.floor(t / net.dt + 0.5) end
  check.list(steps, figure1(row), row.pattern)
  counts[i] = #steps
  -- the recording has the stimulus that the table says
  local I, times, given = stimulus(row.stimulus_description), recording:times(), recording:values("i_ext")
  for k = 2, #times do check.near(given[k], I(times[k - 1]), 1e-12, row.pattern .. ": stimulus") end
  net:close()
end
for i, count in ipairs(counts) do check.truth(count > 0, rows[i].pattern .. ": spikes") end

-- another scheme says so, and nine patterns then have other numbers of spikes
local stderr, said = io.stderr, {}
io.stderr = { write = function(_, ...) said[#said + 1] = table.concat{ ... } end }
local changed = {}
for i, pattern in ipairs(izh.patterns) do
  local done, net, _, note = pcall(izh.patterns.run, pattern.letter, { dt = 0.001 })
  check.truth(done or pattern.letter == "T" and net:find("diverged"), pattern.letter .. " can be run") -- T's u has no bound
  if done then check.equal(note, ("pattern %s, %s: run with figure1 at dt = 0.001 ms; the published figure is figure1 at %g ms, and need not look the same")
    :format(pattern.letter, pattern.name, pattern.dt)) end
  check.truth(said[i]:find("pattern " .. pattern.letter, 1, true), "a note was written")
  if not done or net:spikes().size ~= counts[i] then changed[#changed + 1] = pattern.letter end
end
check.equal(table.concat(changed, " "), "C D E H N P Q S T")
local net, _, note = izh.patterns.run("a", { integrator = "exact" })
check.equal(note, "pattern A, tonic spiking: run with exact at dt = 0.25 ms; the published figure is figure1 at 0.25 ms, and need not look the same")
net:close()
io.stderr = stderr

local function message(text, f) check.equal(check.message(f), text) end
message('run: the pattern must be a letter "A" … "T" or a name (got 3)', function() izh.patterns.run(3) end)
message('run: unknown pattern "tonic spikng" (did you mean "tonic spiking"?)', function() izh.patterns.run("tonic spikng") end)
message('run: unknown option "dy" (did you mean "dt"?)', function() izh.patterns.run("A", { dy = 1 }) end)
message("run: call it with a dot: izh.patterns.run(…)", function() izh.patterns:run("A") end)
message("run: 1 argument too many", function() izh.patterns.run("A", {}, 3) end)
message("network: dt must be a number 0.001 … 1 (got 2)", function() izh.patterns.run("A", { dt = 2 }) end)
