-- Neurons that go where their scheme is not stable: who, when, and which spikes; nothing else changes.
-- (What the program says of it at the end is in tests/cli/warnings.sh; here it would be the output of a test.)
local izh = require "izhlua"
local check = require "check"
local core = check.own "izhlua.core"
local equal, near, truth = check.equal, check.near, check.truth

local RS2007 = izh.cells.RS2007

-- Where each scheme stops being stable: for the published one at dt 0.5 and 1 ms, and by the formula for all.
do
  local function bound(integrator, dt, cell)
    local net = izh.network{ dt = dt, integrator = integrator }
    local P = net:population("P", 1, cell)
    P:set("v", -900)
    pcall(net.step, net) -- it diverges
    return net:warnings().stable_above
  end
  equal(bound("izhikevich2003", 0.5, "RS"), -162.5)
  equal(bound("izhikevich2003", 1, "RS"), -112.5)
  for integrator, reach in pairs{ izhikevich2003 = 4, figure1 = 2, euler = 2, rk4 = 2.785293563405282 } do
    for _, dt in ipairs{ 0.25, 0.5 } do
      near(bound(integrator, dt, "RS"), -62.5 - reach / dt / 0.08, 1e-9, integrator)
    end
    near(bound(integrator, 1, RS2007), (RS2007.vr + RS2007.vt) / 2 - reach * RS2007.C / (2 * RS2007.k), 1e-9, integrator)
    local lif = { model = "lif", tau = 0.9 / reach, vr = -65, vt = -50, c = -65 }
    equal(bound(integrator, 1, lif), math.huge, "v' of lif is as steep everywhere")
    lif.tau = 1.1 / reach
    equal(bound(integrator, 1, lif), nil)
  end
  equal(bound("exact", 1, "RS"), nil)
end

-- Near that v the map of a step of Euler's method turns its neighbours around and begins to spread them: by -1.
for _, integrator in ipairs{ "figure1", "euler" } do
  local net = izh.network{ dt = 0.5, integrator = integrator }
  local P = net:population("P", 2, { a = 0, b = 0, c = -65, d = 0 }, { v0 = { -112.5 - 1e-4, -112.5 + 1e-4 }, u0 = 0 })
  net:step()
  local v = P:get("v")
  near((v[2] - v[1]) / 2e-4, -1, 1e-6, integrator)
  equal(net:warnings().neurons, 1, "the lower one")
  equal(net:warnings().neuron, 1)
end

-- A pulse of -200 at dt 1 throws a resting RS cell below, within the step, and then lets it fire; at dt 0.5 it does not.
local function inhibited(options, size)
  local net = izh.network(options)
  local P = net:population("P", size or 3, "RS")
  net:run(10)
  net:stimulate(P:slice(2, 2), izh.current{ amplitude = -200, from = 50, to = 51 })
  net:run(90)
  return net, P
end
do
  local net = inhibited{ dt = 1 }
  local w = net:warnings()
  equal(net:spikes().size, 1)
  equal(w.neurons, 1)
  equal(w.steps, 1)
  equal(w.spikes, 1)
  equal(w.neuron, 2)
  equal(w.time, 51.0)
  equal(w.stable_above, -112.5)
  equal(#w, 1)
  equal(w[1], "1 neuron went where the scheme is not stable, and 1 spike after that may be artefacts; the first was neuron 2 at "
    .. "t = 51 ms: izhikevich2003 with dt = 1 ms is stable above v = -112.5 mV; a smaller dt or integrator = \"exact\" helps")
  for _, options in ipairs{ { dt = 0.5 }, { dt = 1, integrator = "exact" } } do
    local fine = inhibited(options)
    equal(fine:spikes().size, 0)
    equal(fine:warnings().neurons, 0)
    equal(fine:warnings().neuron, nil)
    equal(#fine:warnings(), 0)
  end
end

-- The scheme's other v within a step count, too; clamped neurons do not; a jump does.
do
  local net, P = inhibited{ dt = 1, integrator = "rk4" }
  equal(net:warnings().neurons, 1)
  net = izh.network{ dt = 1 }
  P = net:population("P", 2, "RS")
  P:slice(1, 1):clamp{ v = -150 }
  net:run(5)
  equal(net:warnings().neurons, 0)
  P:slice(1, 1):release()
  net:run(5)
  equal(net:warnings().neuron, 1)
  net = izh.network{ dt = 1, integrator = "euler" }
  P = net:population("P", 2, "RS")
  P:set("v", { 100, -65 })
  net:connect(P, P, { rule = "pairs", pairs = { { 1, 2 } }, weight = -60, synapse = "delta" })
  net:run(5)
  equal(net:warnings().neuron, 2)
end

-- Copies, snapshots and files have the count; other threads, other cells beside them do not matter.
do
  local net = izh.network{ dt = 1 }
  local P = net:population("P", 3, "RS")
  net:stimulate(P, izh.current{ amplitude = { 0, -200, 0 }, from = 50, to = 51 })
  local start = net:snapshot()
  net:run(100)
  local file = os.tmpname() .. ".izh"
  net:save(file)
  for _, other in ipairs{ net:clone(), izh.load(file) } do
    equal(other:warnings()[1], net:warnings()[1])
    other:run(100)
    equal(other:warnings().steps, 1)
  end
  os.remove(file)
  net:restore(start)
  equal(net:warnings().neurons, 0)
  net:run(100)
  equal(net:warnings().neurons, 1)
end
for _, threads in ipairs{ 1, 3 } do
  local net = izh.network{ dt = 1, threads = threads }
  local P = net:population("P", 15000, "RS")
  local amplitude = {}
  for k = 1, 15000 do amplitude[k] = k % 1000 == 999 and -200 or 0 end
  net:stimulate(P, izh.current{ amplitude = amplitude, from = 5, to = 6 })
  net:run(30)
  local w = net:warnings()
  equal(w.neurons, 15)
  equal(w.spikes, 15)
  equal(w.neuron, 999)
end

check.raises("warnings: 1 argument too many", function() izh.network{}:warnings(1) end)
truth(core.take_strays() > 0, "all of that was counted, and is forgotten now")
equal(core.take_strays(), nil)
