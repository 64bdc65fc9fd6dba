-- Cells outside the range that they were made for: izh.explain names them, in the network itself and in its runs.
local izh = require "izhlua"
local check = require "check"
local core = check.own "izhlua.core"
local equal, truth = check.equal, check.truth

-- When a cell with a constant current fires twice at its cap, and in what share of the steps it fires from then on.
local function watch(cell, current, integrator)
  local net = izh.network{ dt = 0.1, integrator = integrator }
  local X = net:population("X", 1, cell)
  net:stimulate(X, izh.current(current))
  local first, before
  net:every(net.dt, function()
    local now = #core.capped(net) > 0
    if now and before then first = first or net.time end
    before = now
  end)
  net:run(1000)
  return first, first and net:spikes{ from = first }.size * net.dt / (net.time - first)
end

-- The ranges of izh.cells.
for _, case in ipairs{ { "LTS2007", 765, 800 }, { "TI2007", 250, 260 } } do
  local name, most, more = table.unpack(case)
  truth(tostring(izh.cells):find(("%s [^\n]*%%(up to %d pA: above, u comes to u_max"):format(name, most)), name .. " has its range")
  equal(watch(name, most), nil, name .. " within its range")
  local first, share = watch(name, more)
  truth(first and share > 0.95, name .. " fires in every step above it")
  equal(watch(name, most, "exact"), nil, name .. " within its range, exactly")
end
do
  local first, share = watch("TI2007", 260, "exact")
  truth(first and share > 0.95, "also exactly")
end

-- Pulses make cells fire together; with `amplitude` they are within their range or not. One neuron gets nothing.
local function pulsed(amplitude, inhibition)
  return function()
    local net = izh.network{ seed = 1 }
    local X, I, Y = net:population("X", 8, "LTS2007"), net:population("I", 2, "FS"), net:population("Y", 2, "RS2007")
    net:stimulate(X, izh.current{ amplitude = amplitude, width = 60, period = 300, from = 100, name = "pulses" })
    net:stimulate(I, izh.current{ amplitude = 20, width = 60, period = 300, from = 100, name = "pulses of I" })
    if inhibition then net:connect(I, X, { name = "stop", weight = -inhibition, synapse = "exp", tau = 10 }) end
    net:stimulate(Y, izh.current(10))
    return net
  end
end

local WORDS = "Outside the range that cells were made for (see izh.cells): 8 neurons have u at the cap u_max, and fire in every step"

local function says(report, words)
  return tostring(report):gsub("%s+", " "):find(words, 1, true) ~= nil
end

-- The network itself.
for _, case in ipairs{ { 1800, true }, { 500, false } } do
  local net = pulsed(case[1])()
  net:run(600)
  local seen = false -- by hand
  local again = pulsed(case[1])()
  again:every(again.dt, function() seen = seen or again.populations.X:get("u"):max() == 670 end)
  again:run(600)
  equal(seen, case[2], "u at its cap")
  local b = izh.explain.bursts(net)
  equal(b.size, 2, "bursts")
  equal(says(b, WORDS), case[2], "bursts say so")
  equal(says(izh.explain.silence(net), WORDS), case[2], "silence says so")
  truth(not b[1].alone["stimulus pulses"].void, "the runs are no worse than the network")
end

-- A run of one that keeps to it: without inhibition it does not, which says nothing.
do
  local net = pulsed(1800, 150)()
  net:run(600)
  local b = izh.explain.bursts(net)
  truth(b.size > 0 and not says(b, "Outside the range"), "the network is within its range")
  equal(b[1].alone["recurrent inhibition"].void, "u of a cell comes to its cap u_max there, and it fires in every step", "the run is void")
  truth(says(b, "u of a cell comes to its cap u_max there, and it fires in every step"), "and the report says why")
  local e = izh.explain.inhibition(net, { strengths = { 0, 1, 2 }, trials = 1 })
  truth(says(e, "in trials at ×0: up to 8 neurons have u at the cap u_max, and fire in every step."), tostring(e))
  for _, row in ipairs(e.sweep.rows) do equal(row.beyond, row.inhibition == 0 and 8 or 0, "neurons") end
end
