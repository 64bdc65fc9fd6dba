-- izh.sweep: what it computes, that it does not depend on how many workers there are, and what it refuses.
local izh = require "izhlua"
local check = require "check"
local equal, near, truth = check.equal, check.near, check.truth

local path = os.tmpname() .. ".csv"
os.remove((path:gsub("%.csv$", "")))

local function content(file) return check.content(file or path) end

local function write(text)
  local handle = assert(io.open(path, "wb"))
  handle:write(text)
  handle:close()
end

-- What f writes on the standard error is not for the reader of a test.
local function quietly(f, ...)
  local stderr = io.stderr
  local said = {}
  io.stderr = { write = function(_, ...) said[#said + 1] = table.concat{ ... } end }
  local results = table.pack(pcall(f, ...))
  io.stderr = stderr
  if not results[1] then error(results[2], 0) end
  return results[2], table.concat(said)
end

-- The message of the error that f raises, without its place.
local function message_of(f, ...)
  local ok, message = pcall(f, ...)
  truth(not ok, "an error")
  return (message:gsub("^[^:]*:%d+: ", ""))
end

local function network(seed, size)
  local net = izh.network{ seed = seed }
  local E = net:population("E", size or 40, "E2003")
  net:connect(E, net, { name = "e", rule = "pairwise_bernoulli", p = 0.2, weight = 3 })
  net:stimulate(E, izh.noise{ sd = 5 })
  return net
end

-- The same cases, the same results, in the same order, with any number of workers: 5 doses × 10 trials.
do
  local function sweep(workers)
    return izh.sweep{
      over = { dose = { 0, 0.5, 1, 2, 4 } }, trials = 10, workers = workers, reference = { dose = 1 },
      run = function(case)
        local net = network(case.seed)
        net.projections.e:scale(case.dose)
        net:run(200)
        return { spikes = net:spikes().size, last = net:spikes():times():max(), drawn = math.random() }
      end,
    }
  end
  local one = sweep(1)
  one:save(path)
  local text = content()
  for _, workers in ipairs{ 2, 3, 64, "auto" } do
    local other = sweep(workers)
    other:save(path)
    equal(content(), text, "the cases")
    equal(tostring(other), tostring(one), "the table")
  end
  local lines = 0
  for _ in text:gmatch("\n") do lines = lines + 1 end
  equal(lines, 51)
  equal(#one.rows, 50)
  -- a case is what the script would do by hand
  local row = one.rows[23]
  equal(row.dose, 1); equal(row.trial, 3); equal(row.seed, 3); equal(row.index, 23)
  local net = network(3)
  net:run(200)
  equal(row.spikes, net:spikes().size)
  -- common random numbers: the same at every dose, others in every trial
  local drawn = {}
  for _, r in ipairs(one.rows) do
    drawn[r.trial] = drawn[r.trial] or r.drawn
    equal(r.drawn, drawn[r.trial])
  end
  truth(drawn[1] ~= drawn[2], "trials draw other numbers")
end

-- Means, standard deviations, intervals and paired differences, against what a reader can compute.
do
  local numbers = { { 1, 2, 4 }, { 3, 3, 9 } }
  local sweep = izh.sweep{
    over = { k = { 1, 2 } }, trials = 3, reference = { k = 1 }, workers = 1, seed = 10,
    run = function(case) return { x = numbers[case.k][case.trial] } end,
  }
  local first, second = sweep.points[1].x, sweep.points[2].x
  near(first.mean, 7 / 3, 1e-14); near(first.sd, math.sqrt(7 / 3), 1e-14)
  near(first.ci, 4.302652729911275 * math.sqrt(7 / 3) / math.sqrt(3), 1e-9)
  equal(first.n, 3)
  near(second.difference.mean, 8 / 3, 1e-14); near(second.difference.sd, math.sqrt(13 / 3), 1e-14)
  near(second.difference.ci, 4.302652729911275 * math.sqrt(13 / 3) / math.sqrt(3), 1e-9)
  equal(first.difference.mean, 0); equal(first.difference.ci, 0)
  check.list(sweep:get("x"), { first.mean, second.mean })
  check.list(sweep:get("x", "n"), { 3, 3 })
  check.list(sweep:get("x", "difference"), { 0, second.difference.mean })
  check.list(sweep:get("x", "difference_ci"), { 0, second.difference.ci })
  check.list(sweep:get("k"), { 1, 2 })
  check.list(sweep.dimensions, { "k" }); check.list(sweep.results, { "x" })
  equal(sweep.trials, 3); equal(sweep.seed, 10); equal(#sweep.failures, 0)
  equal(tostring(sweep), [[
sweep: 2 points × 3 trials, seeds 10 … 12; mean ± 95 % confidence interval
k   x
1   2.3 ± 3.8
2   5.0 ± 8.6

difference to k = 1 in the same trials
k   x
1   0.0 ± 0.0
2   2.7 ± 5.2]])
  sweep:save(path, { summary = true })
  equal(content():match("^[^\n]*"), "k,x_mean,x_sd,x_ci,x_n,x_difference,x_difference_sd,x_difference_ci,x_difference_n")
end

-- The quantiles of Student's t, from tables.
do
  local student = check.own "izhlua.student"
  for n, want in pairs{ [1] = 12.7062, [2] = 4.3027, [5] = 2.5706, [9] = 2.2622, [30] = 2.0423, [120] = 1.9799,
                        [200] = 1.9719, [201] = 1.9718, [1000] = 1.9623, [1000000] = 1.9600 } do
    near(student.quantile(n), want, 5.1e-5, n .. " degrees of freedom")
  end
end

-- The interval holds the mean in 95 % of sweeps: of 400, all but 5 to 37 (a binomial at p = 0.05; significance level 1e-4).
do
  local outside = 0
  local student = check.own "izhlua.student"
  math.randomseed(1)
  for _ = 1, 400 do
    local x = {}
    for i = 1, 5 do x[i] = math.sqrt(-2 * math.log(1 - math.random())) * math.cos(2 * math.pi * math.random()) end
    local found = student.summary(x)
    if math.abs(found.mean) > found.ci then outside = outside + 1 end
  end
  truth(outside >= 5 and outside <= 37, outside .. " of 400 are outside")
end

-- Dimensions: in order of name, or in that of a list; the last one is the quickest. Values of any kind.
do
  local function order(over)
    local sweep = izh.sweep{ over = over, run = function(case) return { one = case.index } end }
    local seen = {}
    for i, row in ipairs(sweep.rows) do
      seen[i] = tostring(row.b) .. tostring(row.a) .. tostring(row.c)
      equal(row.index, i); equal(row.one, i)
    end
    return table.concat(seen, " ")
  end
  equal(order{ b = { 1, 2 }, a = { "x", "y" }, c = { true, false } },
    "1xtrue 1xfalse 2xtrue 2xfalse 1ytrue 1yfalse 2ytrue 2yfalse")
  equal(order{ { "b", { 1, 2 } }, { "a", { "x", "y" } }, { "c", { true } } }, "1xtrue 1ytrue 2xtrue 2ytrue")
  equal(order{ b = izh.network{}:population("E", 3, "RS", { a = { 3, 1, 2 } }):get("a"), a = { "x" }, c = { true } },
    "3.0xtrue 1.0xtrue 2.0xtrue")
end

-- A reference that does not name all dimensions is a point that shares the others.
do
  local sweep = izh.sweep{
    over = { { "g", { 0, 1, 2 } }, { "kind", { "a", "b" } } }, reference = { g = 1 }, trials = 2,
    run = function(case) return { x = case.g * case.g * (case.kind == "a" and 1 or 10) + case.trial } end,
  }
  check.list(sweep:get("x", "difference"), { -1, -10, 0, 0, 3, 30 })
  check.list(sweep:get("kind"), { "a", "b", "a", "b", "a", "b" })
  equal(tostring(sweep), [[
sweep: 6 points × 2 trials, seeds 1 … 2; mean ± 95 % confidence interval
g   kind   x
0   a       1.5 ± 6.4
0   b       1.5 ± 6.4
1   a       2.5 ± 6.4
1   b      11.5 ± 6.4
2   a       5.5 ± 6.4
2   b      41.5 ± 6.4

difference to g = 1 in the same trials
g   kind   x
0   a       -1.000 ± 0.000
0   b      -10.000 ± 0.000
1   a        0.000 ± 0.000
1   b        0.000 ± 0.000
2   a        3.000 ± 0.000
2   b       30.000 ± 0.000]])
end

-- NaN is a missing number; one trial has no interval.
do
  local sweep = izh.sweep{
    over = { k = { 1, 2, 3 } }, trials = 2,
    run = function(case)
      return { x = case.k == 2 and case.trial == 1 and 0 / 0 or case.k, none = case.k == 3 and 1 or 0 / 0 }
    end,
  }
  check.list(sweep:get("x", "n"), { 2, 1, 2 })
  equal(tostring(sweep), [[
sweep: 3 points × 2 trials, seeds 1 … 2; mean ± 95 % confidence interval
k   none                      x
1        –          (n = 0)   1.0000 ± 0.0000
2        –          (n = 0)   2.0000          (n = 1)
3   1.0000 ± 0.0000           3.0000 ± 0.0000]])
  sweep:save(path)
  equal(content(), "k,trial,seed,none,x\n1,1,1,nan,1\n1,2,2,nan,1\n2,1,1,nan,nan\n2,2,2,nan,2\n3,1,1,1,3\n3,2,2,1,3\n")
  equal(tostring(izh.sweep{ over = { k = { 1 } }, seed = 7, run = function() return { x = 0.25 } end }),
    "sweep: 1 point, seed 7\nk   x\n1   0.25000")
end

-- A worker begins as the script is, and leaves nothing behind: nor can one case see another.
do
  local counter, net = 5, network(1)
  net:run(20)
  local recording = net:record(net, "v", { to = "file" })
  net:run(3000)
  local samples = recording:values("v", 1)
  local sweep = izh.sweep{
    over = { k = { 1, 2, 3, 4 } }, workers = 2,
    run = function(case)
      counter = counter + 1
      net:stimulate(net, izh.current(case.k))
      net:run(1000)
      local v = recording:values("v", 1)
      return { counter = counter, size = #v, before = v[#samples] - samples[#samples], last = v[#v] }
    end,
  }
  check.list(sweep:get("counter"), { 6, 6, 6, 6 })
  check.list(sweep:get("before"), { 0, 0, 0, 0 })
  equal(counter, 5); equal(net.time, 3020)
  check.list(recording:values("v", 1), samples)
  net:stimulate(net, izh.current(3))
  net:run(1000)
  equal(recording:values("v", 1)[#samples + 1000], sweep.rows[3].last, "as in the worker")
end

-- A network of many threads in the script, before and after; workers of one thread and of many.
do
  local function big(seed, threads)
    local net = izh.network{ seed = seed, threads = threads }
    net:stimulate(net:population("E", 40000, "E2003"), izh.noise{ sd = 5 })
    net:run(10)
    return net
  end
  local spikes = check.spikes(big(3, 4))
  for _, workers in ipairs{ 1, 2 } do
    local sweep = izh.sweep{
      over = { threads = { 1, 4 } }, trials = 2, seed = 3, workers = workers,
      run = function(case)
        return { spikes = big(case.seed, case.threads):spikes().size, none = big(case.seed):spikes().size }
      end,
    }
    equal(sweep.rows[1].spikes, big(3, 4):spikes().size)
    equal(sweep.rows[3].spikes, sweep.rows[1].spikes)
    equal(sweep.rows[3].none, sweep.rows[1].spikes)
  end
  equal(check.spikes(big(3, 4)), spikes)
end

-- A sweep in a sweep, in a coroutine, and in a callback of a run.
do
  local function inner(case)
    local sweep = izh.sweep{ over = { j = { 1, 2 } }, seed = case.seed, run = function(c) return { x = c.j * c.seed } end }
    return { x = sweep:get("x"):sum() }
  end
  local outer = coroutine.wrap(function() return izh.sweep{ over = { k = { 1 } }, trials = 2, run = inner } end)()
  check.list({ outer.rows[1].x, outer.rows[2].x }, { 3, 6 })
  local net, found = network(1)
  net:at(1, function() found = izh.sweep{ over = { k = { 1 } }, run = function(case) return { x = case.seed } end } end)
  net:run(2)
  equal(found.rows[1].x, 1)
end

-- A case that fails says where and why, and the others go on; so with a worker that dies.
do
  local sweep, said = quietly(izh.sweep, {
    over = { { "k", { 1, 2, 3, 4 } } }, trials = 2,
    run = function(case)
      if case.k == 2 then error("a mistake") end
      if case.k == 3 and case.trial == 2 then os.exit(0) end
      if case.k == 4 and case.trial == 1 then error({}) end
      if case.k == 4 then io.popen("kill -KILL $PPID"):close() end
      return { x = case.k }
    end,
  })
  equal(#sweep.rows, 3); equal(#sweep.failures, 5)
  local line = debug.getinfo(1, "l").currentline - 8
  local where = ("%s:%d: "):format(debug.getinfo(1, "S").short_src, line)
  equal(sweep.failures[1].error, where .. "a mistake")
  equal(sweep.failures[1].k, 2); equal(sweep.failures[2].trial, 2); equal(sweep.failures[3].seed, 2)
  truth(sweep.failures[3].error:find("os.exit: a run in a process of its own cannot end the program", 1, true), sweep.failures[3].error)
  truth(sweep.failures[4].error:find("^table: "), sweep.failures[4].error)
  equal(sweep.failures[5].error, "the worker was ended by signal 9 (Killed)")
  truth(said:find("izhlua: case 3 of 8 (k = 2, trial 1, seed 1) failed: " .. where .. "a mistake\n", 1, true), said)
  truth(said:find("izhlua: case 8 of 8 (k = 4, trial 2, seed 2) failed: the worker was ended by signal 9 (Killed)\n", 1, true), said)
  check.list(sweep:get("x", "n"), { 2, 0, 1, 0 })
  truth(tostring(sweep):find("\n5 of 8 cases failed and are missing here$"), tostring(sweep))
end

-- Names that are not those of the first case which has any.
do
  local function names(first)
    return quietly(izh.sweep, {
      over = { k = { 1, 2, 3, 4 } }, workers = 4,
      run = function(case)
        if case.k == 1 then
          if first then error("no") end
          os.execute("sleep 0.2") -- not the first to finish
        end
        return case.k == 4 and { y = 1, x = 2 } or case.k == 3 and { y = 1 } or { x = 1 }
      end,
    })
  end
  local sweep = names(false)
  check.list(sweep.results, { "x" }); equal(#sweep.failures, 2)
  equal(sweep.failures[1].error, "run returned y, and in case 1 x")
  equal(sweep.failures[2].error, "run returned x, y, and in case 1 x")
  equal(names(true).failures[2].error, "run returned y, and in case 2 x")
end

-- The file of resume -------------------------------------------------------------------------------------------------

do
  local ran = path .. ".ran" -- a line for each case that is run
  local function count()
    local n = 0
    for _ in (content(ran) or ""):gmatch("\n") do n = n + 1 end
    os.remove(ran)
    return n
  end
  local function resume(options)
    options = options or {}
    return quietly(izh.sweep, {
      over = options.over or { { "k", { 0.1, 2 } }, { "kind", { "a,b", 'say "c"' } } }, trials = options.trials or 2,
      seed = options.seed, resume = path, workers = options.workers or 2,
      run = options.run or function(case)
        local file = io.open(ran, "a")
        file:write("x\n")
        file:close()
        return { x = case.k * case.seed / 3, ["y,z"] = case.trial == 1 and 0 / 0 or case.seed }
      end,
    })
  end
  os.remove(path)
  local whole = resume()
  equal(count(), 8)
  local text = content()
  equal(text:match("^[^\n]*"), 'k,kind,trial,seed,x,"y,z"')
  local again, said = resume()
  equal(count(), 0); equal(content(), text); equal(tostring(again), tostring(whole))
  equal(tostring(again.rows[6]["y,z"]), tostring(whole.rows[6]["y,z"])) -- 2.0, not 2
  equal(said, ("izhlua: 8 of 8 cases are in %q already\n"):format(path))
  -- what save writes can be gone on from, as well
  whole:save(path)
  equal(tostring(resume()), tostring(whole))
  equal(count(), 0)
  local rows = content()
  -- cut anywhere: what is whole is kept, and the end is the same
  for _, size in ipairs{ 0, 1, 5, 14, 20, #rows - 1, #rows - 3, #rows // 2 } do
    write(rows:sub(1, size))
    equal(tostring(resume()), tostring(whole), "cut at " .. size)
    local lines = select(2, rows:sub(1, size):gsub("\n", ""))
    equal(count(), 8 - math.max(lines - 1, 0), "cut at " .. size)
    equal(tostring(resume()), tostring(whole)); equal(count(), 0)
  end
  -- more trials and values are more cases
  write(rows)
  equal(#resume{ trials = 3 }.rows, 12); equal(count(), 4)
  equal(#resume{ trials = 3, over = { { "k", { 7, 0.1, 2 } }, { "kind", { "a,b", 'say "c"' } } } }.rows, 18); equal(count(), 6)

  -- a file that is not of this sweep, or damaged, stays as it is
  local function refused(text, want, options)
    write(text)
    local message = message_of(resume, options)
    equal(message, ("sweep: cannot resume from %q%s"):format(path, want))
    equal(content(), text); equal(count(), 0)
  end
  local header, first = rows:match("^([^\n]*\n)([^\n]*\n)")
  refused("a,b\n1,2\n", ", line 1: its columns must begin with k, kind, trial, seed (got a,b)")
  refused("print(1)", ", line 1: its columns must begin with k, kind, trial, seed (got print(1))")
  refused("k,kind,trial,seed\n", ", line 1: it has no column for a result")
  refused(header .. first .. "0.5,\"a,b\",1,1,2,3\n", ", line 3: k = 0.5 is not in this sweep")
  refused(header .. "0.1,b,1,1,2,3\n", ", line 2: kind = b is not in this sweep")
  refused(header .. "0.1,\"a,b\",3,3,2,3\n", ", line 2: trial 3 is not in this sweep, which has 2 trials")
  refused(header .. "0.1,\"a,b\",x,3,2,3\n", ", line 2: trial x is not in this sweep, which has 2 trials")
  refused(header .. "0.1,\"a,b\",2,3,2,3\n", ", line 2: trial 2 has seed 3 there and 2 in this sweep")
  refused(rows, ", line 2: trial 1 has seed 1 there and 5 in this sweep", { seed = 5 })
  refused(header .. "0.1,\"a,b\",2,2,2\n", ", line 2: it has 5 fields, and line 1 has 6")
  refused(header .. "0.1,\"a,b\",2,2,2,?\n", ", line 2: y,z is not a number (\"?\")")
  refused(header .. "0.1,\"a,b,2,2,2,3\n", ", line 2: its quotes do not match")
  refused(header .. first .. first, ", line 3: it is of the same case as line 2")
  -- other names than those of the file
  write(header .. first)
  equal(message_of(resume, { workers = 1, run = function() return { z = 1 } end }),
    ("sweep: run returned z, and in %q x, y,z"):format(path))
  equal(content(), header .. first)
  os.remove(path)
  -- one sweep at a time writes a file
  local inner
  local message = message_of(resume, { workers = 1, run = function() inner = inner or resume() return { x = 1 } end })
  equal(message:match("^(sweep: all 8 cases failed).*(: sweep: .*)"), "sweep: all 8 cases failed")
  equal(message:match(": sweep: (.*)"), ("%q is the file of another sweep, which is running"):format(path))
  equal(#resume{ workers = 1, run = function() return { x = 1 } end }.rows, 8)
  os.remove(path)
  for message, file in pairs{
    ['sweep: cannot read "/": Is a directory'] = "/",
    ['sweep: cannot write "/no/such/x.csv": No such file or directory'] = "/no/such/x.csv",
  } do
    equal(check.message(function() izh.sweep{ over = { k = { 1 } }, run = print, resume = file } end), message)
  end
  equal(check.message(function() izh.sweep{ over = { k = { 1 } }, run = print, resume = "/dev/zero" } end),
    'sweep: cannot resume from "/dev/zero", line 1: its columns must begin with k, trial, seed (got ' .. ("?"):rep(60) .. ")")
end

-- Figures of one dimension, of numbers in any order or of names, and of two.
for _, over in ipairs{ { k = { 3, 1, 2 } }, { k = { "a<b", "c" } }, { k = { 1, 2 }, kind = { "a", "b" } } } do
  local sweep = izh.sweep{ over = over, trials = 2, run = function(case) return { x = case.seed, y = case.index > 2 and 1 or 0 / 0 } end }
  local figure = path .. ".svg"
  sweep:plot(figure, { width = "onehalf", columns = 1 })
  truth(content(figure):find("<svg"), "a figure")
  os.remove(figure)
end

-- What is refused ----------------------------------------------------------------------------------------------------

local env = setmetatable({ izh = izh, one = function() return { x = 1 } end, path = path }, { __index = _G })
env.cube = izh.sweep{ over = { a = { 1 }, b = { 1 }, c = { 1 }, d = { 1 } }, run = env.one }
env.dose = izh.sweep{ over = { k = { 1, 2 } }, run = env.one }
local count = check.errors([[
izh.sweep()
  sweep: the argument must be a table such as { over = {…}, run = … } (got nothing)
izh:sweep{}
  sweep: call it with a dot: izh.sweep(…)
izh.sweep({}, 1)
  sweep: 1 argument too many
izh.sweep{ trails = 3 }
  sweep: unknown option "trails" (did you mean "trials"?)
izh.sweep{ run = one }
  sweep: over is missing, such as over = { inhibition = { 0, 1, 2 } }
izh.sweep{ over = { k = { 1 } } }
  sweep: run must be a function(case) that returns numbers by name (got nothing)
izh.sweep{ over = 3, run = one }
  sweep: over must be { name = { values … } } or a list of { "name", { values … } } (got 3)
izh.sweep{ over = {}, run = one }
  sweep: over must have at least one dimension, such as { inhibition = { 0, 1, 2 } }
izh.sweep{ over = { k = {} }, run = one }
  sweep: over.k must have at least one value
izh.sweep{ over = { k = 3 }, run = one }
  sweep: over.k must be a list of values (got 3)
izh.sweep{ over = { k = { 1, a = 2 } }, run = one }
  sweep: over.k must be a list without gaps or names (got one at "a")
izh.sweep{ over = { k = { 1, "a" } }, run = one }
  sweep: over.k[2] must be a number, as the first value is (got a string)
izh.sweep{ over = { k = { 1, 0 / 0 } }, run = one }
  sweep: over.k[2] must be a finite number, a string or a boolean (got NaN)
izh.sweep{ over = { k = { {} } }, run = one }
  sweep: over.k[1] must be a finite number, a string or a boolean (got a table)
izh.sweep{ over = { k = { 1, 2, 1.0 } }, run = one }
  sweep: over.k[3] is the same as over.k[1] (1)
izh.sweep{ over = { k = { "a\n" } }, run = one }
  sweep: over.k[1] must not contain control characters such as a line break
izh.sweep{ over = { k = { "" } }, run = one }
  sweep: over.k[1] must not be empty
izh.sweep{ over = { k = { "\xff" } }, run = one }
  sweep: over.k[1] must be UTF-8 text
izh.sweep{ over = { seed = { 1 } }, run = one }
  sweep: a dimension cannot be called "seed": every case has this field already
izh.sweep{ over = { { "k", { 1 } }, { "k", { 2 } } }, run = one }
  sweep: over has the name "k" twice
izh.sweep{ over = { { "k" } }, run = one }
  sweep: over[1] must be { "name", { values … } }
izh.sweep{ over = { 1, 2 }, run = one }
  sweep: over[1] must be { "name", { values … } } (got 1)
izh.sweep{ over = { [true] = { 1 } }, run = one }
  sweep: over must be { name = { values … } } or a list of { "name", { values … } } (got a table)
izh.sweep{ over = { k = { 1 } }, run = one, trials = 0 }
  sweep: trials must be a whole number 1 … 1000000 (got 0)
izh.sweep{ over = { k = { 1 } }, run = one, trials = 2.5 }
  sweep: trials must be a whole number 1 … 1000000 (got 2.5)
izh.sweep{ over = { k = { 1, 2 } }, run = one, trials = 500001 }
  sweep: these are more than 1000000 cases: every combination of values is run 500001 times
izh.sweep{ over = { k = { 1 } }, run = one, workers = 0 }
  sweep: workers must be a whole number 1 … 1024 (got 0)
izh.sweep{ over = { k = { 1 } }, run = one, workers = "all" }
  sweep: workers must be a whole number or "auto" (got "all")
izh.sweep{ over = { k = { 1 } }, run = one, seed = -1 }
  sweep: seed must be a whole number 0 … 4294967295 (got -1)
izh.sweep{ over = { k = { 1 } }, run = one, resume = 3 }
  sweep: resume must be a string (got 3)
izh.sweep{ over = { k = { 1 } }, run = one, reference = 1 }
  sweep: reference must be a table such as { inhibition = 1 } (got 1)
izh.sweep{ over = { k = { 1 } }, run = one, reference = {} }
  sweep: reference must name at least one value, as { inhibition = 1 }
izh.sweep{ over = { inhibition = { 1 } }, run = one, reference = { inhibtion = 1 } }
  sweep: unknown option "inhibtion" (did you mean "inhibition"?)
izh.sweep{ over = { k = { 1, 2.5 } }, run = one, reference = { k = 3 } }
  sweep: reference.k must be one of its values, 1, 2.5 (got 3)
dose.row
  sweep: unknown member "row" (did you mean "rows"?)
dose.rows = 1
  sweep: rows cannot be assigned to
dose.get("x")
  get: must be called on the result of a sweep, with a colon: dose:get(…) (got "x")
dose:get()
  get: the first argument must be the name of a result or of a dimension (got nothing)
dose:get("rate")
  get: unknown result "rate" (known: x, k)
dose:get("x", "men")
  get: unknown quantity "men" (did you mean "mean"?)
dose:get("x", "difference")
  get: unknown quantity "difference" (known: mean, sd, ci, n)
dose:get("k", "sd")
  get: k is a dimension, which has its values only
dose:get("x", "sd", 1)
  get: 1 argument too many
dose:save("x.txt")
  save: the path must be a file name ending in .csv (got "x.txt")
dose:save("x.csv", { sumary = true })
  save: unknown option "sumary" (did you mean "summary"?)
dose:save("/no/such/x.csv")
  save: cannot write "/no/such/x.csv": No such file or directory
dose:plot()
  save: the path must be a file name ending in .pdf, .svg, .png, .eps or .ps (got nothing)
dose:plot("x.pdf", { colums = 1 })
  plot: unknown option "colums" (did you mean "columns"?)
cube:plot("x.pdf")
  plot: a sweep of 4 dimensions cannot be drawn; up to three can
]], env, env, function() end)
equal(count, 48)

-- What run must not return. When no case has a result, that is the error.
local function first_error(run)
  local message
  quietly(function() message = check.message(function() izh.sweep{ over = { k = { 1 } }, run = run } end) end)
  return message
end
local all = "sweep: the only case, with k = 1, trial 1, seed 1, failed: "
local source = debug.getinfo(1, "S").short_src
for want, run in pairs{
  ["what run returns must be a table of numbers by name such as { rate = 5 } (got nothing)"] = function() end,
  ["what run returns must be a table of numbers by name such as { rate = 5 } (got 3)"] = function() return 3 end,
  ["what run returns must be a table of numbers by name such as { rate = 5 } (got an empty table)"] = function() return {} end,
  ["what run returns must be a table of numbers by name such as { rate = 5 } (got a table)"] = function() return { 1 } end,
  ["x must be a finite number, or NaN where there is none (got \"a\")"] = function() return { x = "a" } end,
  ["x must be a finite number, or NaN where there is none (got infinity)"] = function() return { x = 1 / 0 } end,
  ["run cannot return \"k\": a case has this field already"] = function() return { k = 1 } end,
  ["run cannot return \"trial\": a case has this field already"] = function() return { trial = 1 } end,
  ["a name that run returns must not contain control characters such as a line break"] = function() return { ["a\n"] = 1 } end,
  ["case: unknown member \"sed\" (did you mean \"seed\"?)"] = function(case) return { x = case.sed } end,
} do
  local message = first_error(run):gsub(source:gsub("%p", "%%%0") .. ":%d+: ", ""):gsub("sweep: sweep: ", "")
  truth(message:gsub(": sweep: ", ": ") == all .. want, message)
end

-- What a case has to read of our own files, those that come later find there. It changes nothing else here.
do
  assert(not check.loaded["izhlua.convergence"])
  local function find()
    local found = izh.sweep{ over = { k = { 1, 2 } }, workers = 1, run = function(case)
      local there = check.loaded["izhlua.convergence"] and 1 or 0
      return { there = there + 0 * (case.k == 1 and #tostring(izh.convergence) or 0), of = case.k }
    end }
    return table.concat(found:get("there"):totable(), " ")
  end
  truth(find():find "^0.0", "it was there before")
  equal(find(), "1.0 1.0")
  truth(not rawget(izh, "convergence"), "is a member")
end

for _, name in ipairs{ path, path .. ".ran" } do os.remove(name) end

-- Three dimensions: a panel for each value of the last one, with one range; series when a dimension is short.
do
  local three = izh.sweep{
    over = { { "a", { 1, 2, 3, 4, 5 } }, { "b", { 1, 2, 3, 4, 5, 6 } }, { "c", { 20, 10 }, unit = "ms" } },
    run = function(case) return { x = case.a * case.b + case.c, y = case.a - case.c } end,
  }
  equal(#three:panels(), 4, "two results at two values")
  equal(#three:panels{ of = "x" }, 2)
  equal(tostring(three:panels{ of = "x" }[1]), "matrix panel: 5 × 6 numbers")
  equal(tostring(three:panels{ of = "x", as = "series" }[1]), "curve panel: 5 series")
  local function plot(options)
    three:plot(path .. ".svg", options)
    local svg = check.content(path .. ".svg")
    os.remove(path .. ".svg")
    return svg
  end
  local svg = plot{ of = "x" }
  check.truth(svg ~= plot{ of = "x", clim = { 0, 100 } }, "clim")
  equal(svg, plot{ of = "x", clim = { 11, 50 } }, "the colours are of all numbers")
  check.raises("plot: the panels of a sweep of three dimensions have titles of their own", function() three:plot(path, { title = "a" }) end)
end
