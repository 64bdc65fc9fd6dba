-- izh.explain.silence: networks whose silence has a known cause. What the report says of each neuron is also found without it: the
-- network is made again, run to the start of the window, and something is switched off by hand for that neuron.
local izh = require "izhlua"
local check = require "check"
local equal, truth = check.equal, check.truth

-- Each makes a network; from, to: the window; X is what is asked about. All that acts on X has a name.
local function with_source(options)
  return function()
    local net = izh.network{ seed = 2, dt = options.dt, integrator = options.integrator }
    local S, X = net:population("S", 5, "FS"), net:population("X", 2, options.cell or "RS")
    net:stimulate(S, izh.current{ amplitude = 15, name = "source" })
    net:connect(S, X, { name = "synapses", weight = options.weight, synapse = options.synapse, tau = options.tau, delay = options.delay })
    net:stimulate(X, izh.current{ amplitude = options.drive, name = "drive" })
    return net
  end
end

local function currents(cell, list)
  return function()
    local net = izh.network{ seed = 2 }
    local X = net:population("X", 2, cell)
    for name, current in pairs(list) do
      local options = { name = name }
      for key, value in pairs(current) do options[key] = value end
      net:stimulate(X, izh.current(options))
    end
    return net
  end
end

local function poisson(options)
  return function()
    local net = izh.network{ seed = 2 }
    local X = net:population("X", 2, "RS")
    net:stimulate(X, izh.current{ amplitude = options.drive, name = "drive" })
    net:stimulate(X, izh.poisson{ rate = 1000, weight = options.weight, synapse = options.synapse, tau = options.tau, name = "barrage" })
    return net
  end
end

-- One neuron of ten has no synapses of the others', which bring currents or jumps.
local function cut_off(synapse)
  local net = izh.network{ seed = 2 }
  local S, P = net:population("S", 5, "FS"), net:population("P", 9, "RS")
  local X = net:population("X", 10, "RS")
  net:stimulate(S, izh.current{ amplitude = 15, name = "source" })
  local jumps = synapse == "delta"
  net:connect(S, X:slice(2, 10), { name = "synapses", weight = jumps and 3 or 1, synapse = synapse or "exp", tau = not jumps and 10 or nil })
  net:stimulate(X, izh.current{ amplitude = 1, name = "drive" })
  net:connect(P, X{ 1 }, { name = "none", weight = -1e-9 })
  return net
end

local function held_in_network() -- a Brunel network: delta synapses, with delays; inhibition of a few is cut by hand below
  local net = izh.network{ seed = 5 }
  local E, I = net:population("E", 40, "RS"), net:population("X", 2, "RS")
  local S = net:population("S", 20, "FS")
  net:stimulate(S, izh.current{ amplitude = izh.uniform(15, 25), name = "source" })
  net:stimulate(E, izh.current{ amplitude = izh.uniform(6, 10), name = "drive of E" })
  net:connect(E, I, { name = "excitation", rule = "fixed_indegree", n = 20, weight = 0.3, synapse = "delta", delay = 1.5 })
  net:connect(S, I, { name = "synapses", rule = "fixed_indegree", n = 10, weight = -2, synapse = "delta", delay = 2.5 })
  net:stimulate(I, izh.poisson{ rate = 3500, weight = 1, synapse = "delta", name = "outside" })
  return net
end

local block = {
  model = "izhikevich2007", C = 4000, k = 1, vr = -55, vt = -40, vpeak = -25, a = 1, b = 0, c = 15, d = 3000,
  vb = -55, b_below = 0, b3 = 0.025, peak_u = 0.005,
}
-- A draw of noise lasts so long that a neuron may be silent because of it. One below -8 holds X, where its mean would make it fire.
local function held_by_a_draw()
  local net = izh.network{ seed = 5 }
  local X = net:population("X", 8, "RS")
  net:stimulate(X, izh.noise{ mean = 6, sd = 10, every = 400, name = "slow" })
  return net
end

-- Noise alone makes X fire where inhibition does not hold it.
local function fires_by_noise()
  local net = izh.network{ seed = 2 }
  local S, X = net:population("S", 5, "FS"), net:population("X", 2, "RS")
  net:stimulate(S, izh.current{ amplitude = 15, name = "source" })
  net:connect(S, X, { name = "synapses", weight = -5, synapse = "exp", tau = 10 })
  net:stimulate(X, izh.noise{ sd = 7, name = "noise" })
  return net
end

local slow = { a = 0.002, b = 0.2, c = -65, d = 8 }

-- name, build, { from, to }, verdict, what makes it fire: names of what is stopped, or a factor on drive.
local cases = {
  { "held by a current", currents("RS", { hold = { amplitude = -30 }, drive = { amplitude = 10 } }), { 0, 400 }, "held down from outside", { "stimulus hold" } },
  { "held at rest by a current", currents("TC", { hold = { amplitude = -30 } }), { 50, 400 }, "held down from outside", { "stimulus hold" } },
  { "held by two currents", currents("RS", { a = { amplitude = -4 }, b = { amplitude = -4 }, drive = { amplitude = 6 } }), { 0, 400 }, "held by what they got", { "stimulus a", "stimulus b" } },
  { "held by one that changes sign", currents("RS", { wave = { times = { 0, 243 }, values = { -20, 0.5 } }, drive = { amplitude = 5 } }), { 0, 245 }, "held down from outside", { "stimulus wave-" } },
  { "held by Poisson spikes", poisson{ drive = 6, weight = -3, synapse = "exp", tau = 5 }, { 0, 400 }, "held down from outside", { "stimulus barrage" } },
  { "held by Poisson jumps", poisson{ drive = 5, weight = -3, synapse = "delta" }, { 0, 400 }, "held down from outside", { "stimulus barrage" } },
  { "held by synapses", with_source{ weight = -5, synapse = "exp", tau = 10, drive = 10 }, { 50, 400 }, "held down by inhibition", { "recurrent inhibition" } },
  { "held by pulses", with_source{ weight = -6, synapse = "pulse", drive = 5, delay = 2 }, { 60, 400 }, "held down by inhibition", { "recurrent inhibition" } },
  { "held by jumps", with_source{ weight = -5, synapse = "delta", drive = 5, delay = 2 }, { 60, 400 }, "held down by inhibition", { "recurrent inhibition" } },
  { "held by synapses, exactly", with_source{ weight = -5, synapse = "exp", tau = 10, drive = 10, integrator = "exact" }, { 50, 400 }, "held down by inhibition", { "recurrent inhibition" } },
  { "held by jumps, exactly", with_source{ weight = -5, synapse = "delta", drive = 5, delay = 2, integrator = "exact" }, { 60, 400 }, "held down by inhibition", { "recurrent inhibition" } },
  { "held in a network", held_in_network, { 60, 300 }, "held down by inhibition", { "recurrent inhibition" } },
  { "held, of 2007", with_source{ cell = "RS2007", weight = -50, synapse = "exp", tau = 10, drive = 150 }, { 50, 400 }, "held down by inhibition", { "recurrent inhibition" } },
  { "tired", currents(slow, { drive = { times = { 0, 300 }, values = { 15, 5 } } }), { 300, 500 }, "tired", { "state" } },
  { "weak", currents("RS", { drive = { amplitude = 2 } }), { 0, 400 }, "underdriven", {} },
  { "weak, of 2007", currents("RS2007", { drive = { amplitude = 40 } }), { 0, 400 }, "underdriven", {} },
  { "weak synapses", with_source{ weight = 0.01, synapse = "exp", tau = 5, drive = 1 }, { 0, 400 }, "underdriven", {} },
  { "weak Poisson jumps", poisson{ drive = 0.5, weight = 0.3, synapse = "delta" }, { 0, 400 }, "underdriven", {} },
  { "held, but weak", with_source{ weight = -1, synapse = "exp", tau = 10, drive = 2 }, { 0, 400 }, "underdriven", {} },
  { "a resonator", currents("RZ", { drive = { times = { 0, 60, 120 }, values = { -1, -0.6, -0.25 } } }), { 120, 500 }, "underdriven", {} },
  { "held by a draw", held_by_a_draw, { 0, 400 }, "held by what they got", { "fluctuations" } },
  { "held, fires by noise", fires_by_noise, { 50, 400 }, "held down by inhibition", { "recurrent inhibition" } },
  { "blocked", currents(block, { drive = { amplitude = 5000 } }), { 100, 500 }, "depolarisation block", false },
  { "cut off", cut_off, { 0, 400 }, "disconnected", false },
  { "cut off from jumps", function() return cut_off("delta") end, { 0, 400 }, "disconnected", false },
}

-- Does a neuron fire in the window when things are switched off at its start, for it alone.
local function fires_without(build, window, id, set, factor)
  local net = build()
  net:run(window[1])
  local X = net.populations.X
  for _, name in ipairs(set) do
    local stimulus = name:match("^stimulus ([^+-]*)[+-]?$")
    if name == "recurrent inhibition" then net.projections.synapses:disable()
    elseif name == "fluctuations" then
      for _, one in ipairs(net.stimuli) do
        if tostring(one):find("noise on", 1, true) then one:set("sd", 0) end
      end
    elseif name == "state" then
      local rest = izh.network{ dt = net.dt }
      rest:population("R", 1, slow)
      rest:run(1000)
      X:set{ v = rest.populations.R:get("v")[1], u = rest.populations.R:get("u")[1] }
    else
      net.stimuli[stimulus]:stop() -- the positive part of "wave" comes too late to matter
    end
  end
  if factor then
    local drive = net.stimuli.drive
    local amount = drive:get("current")[1]
    if window[1] == 0 then net:step(1) amount = drive:get("current")[1] end
    net:stimulate(X, izh.current(amount * (factor - 1)))
  end
  net:run(window[2] - net.time)
  return net:spikes{ of = X, from = window[1] }:mean_firing_rate() > 0 and net:spikes{ from = window[1] }:slice{ of = id }.size > 0
end

local confirmed, by_noise = 0, 0
for _, case in ipairs(cases) do
  local name, build, window, verdict, set = table.unpack(case)
  local net = build()
  net:run(window[2])
  local e = izh.explain.silence(net, { from = window[1], of = net.populations.X })
  truth(e.trusted and e.size >= 1, name .. ": silent neurons")
  equal(tostring(e):find("  u at rest", 1, true) ~= nil, verdict == "tired", name .. ": what a tired one needs")
  for _, one in ipairs(e) do
    equal(one.verdict, verdict, ("%s: verdict of %d"):format(name, one.neuron))
    if set and #set > 0 then
      local found = false
      for _, got in ipairs(one.fires_with) do found = found or table.concat(got, " + ") == table.concat(set, " + ") end
      truth(found, name .. ": fires without " .. table.concat(set, " + "))
      truth(fires_without(build, window, one.neuron, set), name .. ": it does, by hand")
      for k = 1, #set > 1 and #set or 0 do truth(not fires_without(build, window, one.neuron, { set[k] }), name .. ": not without one of them") end
    elseif set then
      equal(#one.fires_with, 0, name .. ": nothing that is taken away makes it fire")
      if #net.projections > 0 then truth(not fires_without(build, window, one.neuron, { "recurrent inhibition" }), name .. ": by hand") end
    end
    if one.ext_factor and #net.stimuli == 1 and net.stimuli[1].name == "drive" and window[1] ~= 120 then
      truth(fires_without(build, window, one.neuron, {}, one.ext_factor * 1.03), name .. ": fires with more, by hand")
    end
    for k, got in ipairs(one.fires_with) do
      if one.needs_fluctuations[k] and got[1] == "recurrent inhibition" then
        truth(not fires_without(build, window, one.neuron, { "recurrent inhibition", "fluctuations" }), name .. ": not without fluctuations")
        by_noise = by_noise + 1
      end
    end
    if verdict == "depolarisation block" then
      truth(fires_without(build, window, one.neuron, {}, one.ext_factor_down), name .. ": fires with less")
      truth(not fires_without(build, window, one.neuron, {}, 1.2), name .. ": not with more")
    end
    confirmed = confirmed + 1
  end
end
truth(confirmed > 2 * 20 and by_noise >= 2, "neurons")

-- The resonator of the last case is above its turning point; 5 % less does not make it fire, so it is not blocked. One that is
-- driven from outside by both signs: the remedy is never more of the negative part.
do
  local net = currents("RS", { hold = { amplitude = -30 } })()
  net:run(300)
  local e = izh.explain.silence(net)
  equal(e[1].ext_factor, nil, "no factor on what is negative")
  equal(e[1].verdict, "underdriven", "with 0 it does not fire")
  truth(e[1].more > 30, "it needs more")
  truth(tostring(e):find("a current of", 1, true), "and says so")
end

-- The steady rheobase: below it a cell rests for ever, above it does not, in a slow ramp.
do
  for _, cell in ipairs{ "RS", "FS", "TC", "RZ", "RS2007", "IB2007", "CH2007" } do
    local net = izh.network{ dt = 0.1, integrator = "rk4" }
    local X = net:population("X", 1, cell)
    net:run(1)
    local steady = izh.explain.silence(net).neurons[1].steady_rheobase
    local scale = izh.cells[cell].model == "izhikevich2007" and 10 or 0.3
    local function last_at(factor)
      local one = izh.network{ dt = 0.1, integrator = "rk4" }
      local Y = one:population("Y", 1, cell)
      one:stimulate(Y, izh.current{ start = steady - 2 * scale, stop = steady + factor * scale, from = 0, to = 8000 })
      one:run(8000)
      return one:spikes{ from = 1000 }.size
    end
    equal(last_at(-0.3), 0, cell .. " rests below")
    truth(last_at(1) > 0, cell .. " fires above")
    X:silence()
  end
end

-- No neuron is silent: a page that says so.
do
  local scratch <close> = check.scratch()
  local net = currents("RS", { drive = { amplitude = 10 } })()
  net:run(300)
  izh.explain.silence(net):plot(scratch.path("none.pdf"))
  truth(check.content(scratch.path("none.pdf")), "a page")
end

-- A refractory period that began before the window is part of the state.
do
  local function build()
    local net = izh.network{ seed = 1 }
    local X = net:population("X", 1, { model = "lif", tau = 20, vr = -70, vt = -50, c = -65, refractory = 200 })
    net:stimulate(X, izh.current{ amplitude = 40, name = "drive" })
    return net, X
  end
  local net, X = build()
  net:run(150)
  truth(net:spikes().size == 1 and net:spikes():times()[1] < 50, "one spike before the window")
  local one = izh.explain.silence(net, { from = 50 })[1]
  equal(one.reproduced, true, "it is repeated")
  equal(one.verdict, "held by what they got", "verdict")
  equal(table.concat(one.fires_with[1], " "), "state", "it fires without its state")
  equal(one.ext_factor, nil, "not with more")
  net, X = build()
  net:run(50)
  local again = net:clone()
  X:set{ v = -70, refractory_left = 0 }
  net:run(100)
  again:stimulate(again.populations.X, izh.current(4000))
  again:run(100)
  equal(net:spikes{ from = 50 }.size, 1, "by hand, without")
  equal(again:spikes{ from = 50 }.size, 0, "by hand, with more")
end

-- A lesion and a clamp: released at the start of the window, the neuron fires. One that is cut off: with the synapses of the others it does.
do
  for _, case in ipairs{
    { "lesioned", function(X) X:silence() end }, { "clamped", function(X) X:clamp{ v = -70 } end },
  } do
    local verdict, hold = table.unpack(case)
    local net = currents("RS", { drive = { amplitude = 10 } })()
    hold(net.populations.X)
    net:run(200)
    for _, one in ipairs(izh.explain.silence(net, { from = 50 })) do equal(one.verdict, verdict, verdict) end
    local free = currents("RS", { drive = { amplitude = 10 } })()
    hold(free.populations.X)
    free:run(50)
    free.populations.X:release()
    free:run(150)
    truth(free:spikes().size > 0, "released, it fires")
  end
  for _, jumps in ipairs{ false, true } do
    local net = cut_off(jumps and "delta" or nil)
    net:connect(net.populations.S, net.populations.X{ 1 }, {
      name = "its own", weight = jumps and 3 or 1, synapse = jumps and "delta" or "exp", tau = not jumps and 10 or nil,
    })
    net:run(400)
    truth(net:spikes():slice{ of = net.populations.X{ 1 }.ids }.size > 0, "connected, it fires")
  end
end
