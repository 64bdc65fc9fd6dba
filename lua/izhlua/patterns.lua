-- The twenty firing patterns of Izhikevich, "Which model to use for cortical spiking neurons?", IEEE Trans. Neural
-- Networks 15:1063-1070, 2004, figure 1: parameters, stimulus and scheme of the program figure1.m that drew it.
--
-- The scheme is part of a pattern: with a step of 0.001 ms in place of the published ones, nine (C D E H N P Q S T) have
-- other numbers of spikes, and T's u has no bound. The original program was not at hand; the numbers are those on which its public copies agree.
-- Where copies differ: C's b is 0.25 in one; D's v0 is -70 in one; F's b is 0.22 in one; G runs with RS parameters and the
-- standard equation in PyNN's examples, which say that they will not match; I's amplitude is 6.71 (smaller dt) or 7
-- elsewhere; K's stimulus is drawn 8 ms wide though it is 4; L's last pulse is 4 ms in ModelDB 39948; P's second pulse is at 208 ms in Open
-- Source Brain's version, since at small dt the one at 216 does not switch the cell off; Q's b is 0.18 there; R runs with
-- the standard equation in some, and does not work so; S's and T's signs of a and b are lost in one; T's d is -0.7 or 0
-- elsewhere.
local core = require "izhlua.core"

local equations = {
  standard = "izhikevich2003",
  class1 = "izhikevich2004class1",
  accommodation = "izhikevich2004accommodation",
}

-- A current that is `base` but for pulses { from, to, value }, open at both ends as in figure1.m.
local function pulses(base, list)
  return function(t)
    for _, pulse in ipairs(list) do
      if t > pulse[1] and t < pulse[2] then return pulse[3] end
    end
    return base
  end
end

local function step(from, value)
  return pulses(0, { { from, math.huge, value } })
end

local function ramp(base, from, slope)
  return function(t) return t > from and base + slope * (t - from) or base end
end

local function slow_then_fast_ramp(t) -- R
  if t < 200 then return t / 25 end
  if t < 300 then return 0 end
  if t < 312.5 then return (t - 300) / 12.5 * 4 end
  return 0
end

local function inhibition(t) -- S and T
  return (t < 50 or t > 250) and 80 or 75
end

local function pattern(letter, name, abcd, v0, dt, duration, current, equation, u0)
  local a, b, c, d = table.unpack(abcd)
  return {
    letter = letter, name = name, dt = dt, duration = duration, integrator = "figure1", current = current,
    cell = { model = equations[equation or "standard"], a = a, b = b, c = c, d = d, v0 = v0, u0 = u0 or b * v0 },
  }
end

local T1 = 100 / 11 -- of L, a fraction of its duration

local patterns = {
  pattern("A", "tonic spiking", { 0.02, 0.2, -65, 6 }, -70, 0.25, 100, step(10, 14)),
  pattern("B", "phasic spiking", { 0.02, 0.25, -65, 6 }, -64, 0.25, 200, step(20, 0.5)),
  pattern("C", "tonic bursting", { 0.02, 0.2, -50, 2 }, -70, 0.25, 220, step(22, 15)),
  pattern("D", "phasic bursting", { 0.02, 0.25, -55, 0.05 }, -64, 0.2, 200, step(20, 0.6)),
  pattern("E", "mixed mode", { 0.02, 0.2, -55, 4 }, -70, 0.25, 160, step(16, 10)),
  pattern("F", "spike frequency adaptation", { 0.01, 0.2, -65, 8 }, -70, 0.25, 85, step(8.5, 30)),
  pattern("G", "class 1 excitable", { 0.02, -0.1, -55, 6 }, -60, 0.25, 300, ramp(0, 30, 0.075), "class1"),
  pattern("H", "class 2 excitable", { 0.2, 0.26, -65, 0 }, -64, 0.25, 300, ramp(-0.5, 30, 0.015)),
  pattern("I", "spike latency", { 0.02, 0.2, -65, 6 }, -70, 0.2, 100, pulses(0, { { 10, 13, 7.04 } })),
  pattern("J", "subthreshold oscillations", { 0.05, 0.26, -60, 0 }, -62, 0.25, 200, pulses(0, { { 20, 25, 2 } })),
  pattern("K", "resonator", { 0.1, 0.26, -60, -1 }, -62, 0.25, 400,
    pulses(0, { { 40, 44, 0.65 }, { 60, 64, 0.65 }, { 280, 284, 0.65 }, { 320, 324, 0.65 } })),
  pattern("L", "integrator", { 0.02, -0.1, -55, 6 }, -60, 0.25, 100,
    pulses(0, { { T1, T1 + 2, 9 }, { T1 + 5, T1 + 7, 9 }, { 70, 72, 9 }, { 80, 82, 9 } }), "class1"),
  pattern("M", "rebound spike", { 0.03, 0.25, -60, 4 }, -64, 0.2, 200, pulses(0, { { 20, 25, -15 } })),
  pattern("N", "rebound burst", { 0.03, 0.25, -52, 0 }, -64, 0.2, 200, pulses(0, { { 20, 25, -15 } })),
  pattern("O", "threshold variability", { 0.03, 0.25, -60, 4 }, -64, 0.25, 100,
    pulses(0, { { 10, 15, 1 }, { 70, 75, -6 }, { 80, 85, 1 } })),
  pattern("P", "bistability", { 0.1, 0.26, -60, 0 }, -61, 0.25, 300,
    pulses(0.24, { { 37.5, 42.5, 1.24 }, { 216, 221, 1.24 } })),
  pattern("Q", "depolarizing afterpotential", { 1, 0.2, -60, -21 }, -70, 0.1, 50, pulses(0, { { 9, 11, 20 } })),
  pattern("R", "accommodation", { 0.02, 1, -55, 4 }, -65, 0.5, 400, slow_then_fast_ramp, "accommodation", -16),
  pattern("S", "inhibition-induced spiking", { -0.02, -1, -60, 8 }, -63.8, 0.5, 350, inhibition),
  pattern("T", "inhibition-induced bursting", { -0.026, -1, -45, -2 }, -63.8, 0.5, 350, inhibition),
}

local function find(name)
  if type(name) ~= "string" then core.wrong("run", "the pattern", "a letter \"A\" … \"T\" or a name", name) end
  local names = {}
  for _, p in ipairs(patterns) do
    if p.letter == name:upper() or p.name == name:lower() then return p end
    names[#names + 1] = p.name
  end
  core.unknown("run", "pattern", name, names)
end

-- What is to be said of a pattern that is run otherwise than published; nil when there is nothing.
local function note_of(p, integrator, dt)
  if integrator == p.integrator and dt == p.dt then return nil end
  return ("pattern %s, %s: run with %s at dt = %g ms; the published figure is %s at %g ms, and need not look the same")
    :format(p.letter, p.name, integrator, dt, p.integrator, p.dt)
end

-- patterns.run(name [, { integrator =, dt = }]): the network after the pattern, the recording of v, u and i_ext at every
-- step, and what is to be said when the scheme is not its own (also written to the standard error).
local function run(name, options, ...)
  if name == patterns then core.raise("run", "call it with a dot: izh.patterns.run(…)") end
  core.no_more("run", ...)
  local p = find(name)
  if options == nil then options = {} end
  core.options("run", options, { "integrator", "dt" })
  local dt, integrator = options.dt or p.dt, options.integrator or p.integrator
  local net = core.network{ dt = dt, integrator = integrator }
  local cell = net:population(p.name, 1, p.cell)
  net:stimulate(cell, core.current(p.current))
  local recording = net:record(cell, { "v", "u", "i_ext" }, { every = dt })
  local note = note_of(p, integrator, dt)
  if note then io.stderr:write("izhlua: ", note, "\n") end
  net:run(p.duration)
  return net, recording, note
end

patterns.run = run

-- A list, and one function.
return setmetatable(patterns, {
  __call = function() core.raise("izh.patterns", "a pattern is run by izh.patterns.run(\"A\")") end,
  __index = function(_, name)
    if type(name) ~= "string" then return nil end
    core.raise("izh.patterns", ("a pattern is run by its letter or its name: izh.patterns.run(\"A\") (got .%s)"):format(name))
  end,
})
