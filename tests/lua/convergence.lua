-- izh.convergence: what it says of experiments whose convergence is known, and of bad input. Draws convergence.pdf.
local here = arg[0]:match("^(.*/)")
package.path = here .. "?.lua;" .. package.path
local check = require "check"
local izh = require "izhlua"

-- Neurons without noise that are solved exactly do not depend on the step.
local function tonic(integrator)
  return function(case)
    local net = izh.network{ dt = case.dt, integrator = integrator }
    net:population("P", 50, "RS", { d = izh.uniform(6, 10) })
    net:stimulate(net, izh.current(10))
    return net
  end
end

local exact = izh.convergence(tonic("exact"), { duration = 1000 })
check.equal(#exact, 5)
check.list(exact.names, { "CV", "rate (Hz)" })
for k = 1, #exact do
  check.equal(exact[k].dt, 1 / 2 ^ (k - 1))
  check.equal(exact[k].agree, 1000)
  check.near(exact[k].statistics["rate (Hz)"].value, 23, 2)
  if k < #exact then check.equal(exact[k].statistics["rate (Hz)"].changed, false) end
end
check.equal(exact[5].statistics["rate (Hz)"].difference, nil)

-- Euler's method is of first order: its spikes drift away, the later the finer the step; the rate of regular spikes is another.
local euler = izh.convergence(tonic("euler"), { duration = 2000, halvings = 6 })
check.truth(euler[1].statistics["rate (Hz)"].changed, "the rate at dt = 1 differs")
for k = 2, 6 do check.truth(euler[k].agree >= euler[k - 1].agree, "finer steps agree for longer") end
check.truth(euler[1].agree < 200 and euler[6].agree > 400, "agreement grows")
local text = tostring(euler)
check.truth(text:find("convergence of euler over 2000 ms, against dt = 0.015625 ms", 1, true), text)
check.truth(text:find("rate (Hz) is another at dt = 1, ", 1, true), text)
euler:plot("convergence.pdf", { width = "double" })
check.truth(os.remove("convergence.pdf"))

-- The thousand neurons of 2003, with noise, solved exactly: halving dt leaves the mean rate unchanged within its interval, since
-- noise and pulses are defined in ms. Level: 99 %, paired by tenths of the run.
local function net2003(case)
  local net = izh.network{ seed = 5, dt = case.dt, integrator = "exact" }
  local E, I = net:population("E", 800, "E2003"), net:population("I", 200, "I2003")
  net:connect(E, net, { weight = izh.uniform(0, 0.5) })
  net:connect(I, net, { weight = izh.uniform(-1, 0) })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  return net
end
local paper = izh.convergence(net2003, { duration = 1000, halvings = 2 })
check.truth(tostring(paper):find("rate (Hz): no difference is larger than its interval; one of up to ", 1, true))
local rates = {}
for k, row in ipairs{ paper[1], paper[2], paper[3] } do
  local rate = row.statistics["rate (Hz)"]
  rates[k] = rate.value
  check.truth(rate.value > 4 and rate.value < 12, "the rate is that of the paper's network")
  if rate.half then
    check.truth(rate.half < 2, "the interval is narrow enough to see a change")
    check.equal(rate.changed, false, ("%.2f Hz at dt = %g"):format(rate.value, row.dt))
  end
end

-- statistics of one's own
local own = izh.convergence(tonic("exact"), { duration = 100, dt = 0.5, halvings = 1, tolerance = 0.5,
  statistics = function(spikes) return { spikes = spikes.size, nothing = 0 / 0 } end })
check.list(own.names, { "nothing", "spikes" })
check.equal(own[1].statistics.spikes.difference, 0)
check.equal(own[1].statistics.nothing.difference, nil)
check.truth(tostring(own):find("spikes: no difference is larger than its interval$"))
check.truth(tostring(own):find("nothing: too few windows have a value to tell", 1, true))

-- what still moves in the end is said
local level = 0
local moving = izh.convergence(function(case)
  level = level + 1
  return tonic("exact")(case)
end, { duration = 10, halvings = 1, statistics = function() return { x = 100 * level } end })
check.truth(tostring(moving):find("x is another at dt = 1 ms: there it is a result of the time step; the last halving still moves it by 50 %", 1, true), tostring(moving))

-- no neurons, no spikes
local empty = izh.convergence(function(case) return izh.network{ dt = case.dt } end, { duration = 10 })
check.equal(empty[1].size, 0)
check.equal(empty[1].agree, 10)
check.truth(tostring(empty))

-- bad input
local function message(text, f) check.equal(check.message(f), text) end
local build = tonic("euler")
message("convergence: the first argument must be a function(case) that returns a network (got 3)", function() izh.convergence(3, {}) end)
message("convergence: the options must be a table such as { duration = 1000 } (got nothing)", function() izh.convergence(build) end)
message("convergence: duration must be a number of ms > 0 (got nothing)", function() izh.convergence(build, {}) end)
message("convergence: duration must be a number of ms > 0 (got NaN)", function() izh.convergence(build, { duration = 0 / 0 }) end)
message('convergence: unknown option "durration" (did you mean "duration"?)', function() izh.convergence(build, { durration = 1 }) end)
message("convergence: dt must be a number 0.001 … 1 (ms) (got 2)", function() izh.convergence(build, { duration = 1, dt = 2 }) end)
message("convergence: halvings must be a whole number 1 … 10 (got 0)", function() izh.convergence(build, { duration = 1, halvings = 0 }) end)
message("convergence: halvings must be a whole number 1 … 10 (got 1.5)", function() izh.convergence(build, { duration = 1, halvings = 1.5 }) end)
message("convergence: dt / 2^halvings must be at least 0.001 ms (it is 0.000976562)", function() izh.convergence(build, { duration = 1, halvings = 10 }) end)
message("convergence: tolerance must be a number of ms ≥ 0 (got -1)", function() izh.convergence(build, { duration = 1, tolerance = -1 }) end)
message("convergence: statistics must be a function of spikes that returns a table of numbers (got 1)", function() izh.convergence(build, { duration = 1, statistics = 1 }) end)
message("convergence: what statistics returns must be a table of numbers (got 1)",
  function() izh.convergence(build, { duration = 1, statistics = function() return 1 end }) end)
message('convergence: statistic "x" must be a number (got "a")',
  function() izh.convergence(build, { duration = 1, statistics = function() return { x = "a" } end }) end)
message("convergence: the name of a statistic must be a string (got 1)",
  function() izh.convergence(build, { duration = 1, statistics = function() return { 5 } end }) end)
message("convergence: what build returns must be a network (got nothing)", function() izh.convergence(function() end, { duration = 1 }) end)
message("convergence: build must make its network with dt = case.dt (it has 0.5 ms in place of 1)",
  function() izh.convergence(function() return izh.network() end, { duration = 1 }) end)
message("convergence: build must not run the network (it is at 3 ms)", function()
  izh.convergence(function(case)
    local net = izh.network{ dt = case.dt }
    net:run(3)
    return net
  end, { duration = 1 })
end)
message("convergence: build must make the same neurons at every dt (1 at 1 ms, 2 at 0.5 ms)", function()
  izh.convergence(function(case)
    local net = izh.network{ dt = case.dt }
    net:population("P", math.tointeger(1 / case.dt), "RS")
    return net
  end, { duration = 1, halvings = 1 })
end)
message("convergence: 1 argument too many", function() izh.convergence(build, { duration = 1 }, 3) end)
message('convergence: unknown member "plott" (did you mean "plot"?)', function() exact.plott() end)
message('save: the path must be a file name ending in .pdf, .svg, .png, .eps or .ps (got nothing)', function() exact:plot() end)
