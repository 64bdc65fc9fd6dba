-- What explanations can do to a network, beside what scripts can: stimuli at their mean, or of one sign; is the scheme stable.
local izh = require "izhlua"
local check = require "check"
local core = check.own "izhlua.core"
local equal, near, truth = check.equal, check.near, check.truth

-- A stimulus at its mean is what it would be on the average.
do
  local net = izh.network{ seed = 1 }
  local E = net:population("E", 2, "RS")
  local kernels = {
    { synapse = "pulse", width = 3, charge = 3 }, { synapse = "exp", tau = 7, charge = 7 }, { synapse = "alpha", tau = 4, charge = 4 * math.exp(1) },
  }
  for k, one in ipairs(kernels) do
    net:stimulate(E, izh.poisson{ rate = 40, n = 5, weight = 2, synapse = one.synapse, width = one.width, tau = one.tau, name = "p" .. k })
  end
  net:stimulate(E, izh.noise{ mean = 3, sd = 5, correlation = 0.5, name = "noise" })
  net:stimulate(E, izh.current{ amplitude = 1, name = "current" })
  net:run(10)
  for _, stimulus in ipairs(net.stimuli) do equal(core.calm(stimulus), stimulus.name ~= "current", stimulus.name) end
  net:run(300)
  for k, one in ipairs(kernels) do
    local current = net.stimuli["p" .. k]:get("current")
    near(current[1], 5 * 40 / 1000 * 2 * one.charge, 1e-9, one.synapse)
    near(current[2], current[1], 1e-9, "the same for all")
  end
  check.list(net.stimuli.noise:get("current"), { 3, 3 }, "noise")
  equal(net.stimuli.current:get("current")[1], 1, "a current")
end

-- Jumps of v are a drift.
do
  local function drift(weight)
    local net = izh.network{ seed = 1 }
    local E = net:population("E", 1, { model = "lif", tau = 20, vr = -70, vt = -50, c = -60 })
    if weight then
      net:stimulate(E, izh.poisson{ rate = 1000, weight = weight, synapse = "delta", name = "jumps" })
      core.calm(net.stimuli.jumps)
    end
    net:run(20)
    return E:get("v")[1]
  end
  truth(drift(0.1) > drift(nil) + 0.5, "up")
end

-- One sign of a stimulus; and a file keeps it.
do
  local scratch <close> = check.scratch()
  local net = izh.network{ seed = 3 }
  local E = net:population("E", 300, "RS")
  local noise = net:stimulate(E, izh.noise{ sd = 2, name = "noise" })
  net:stimulate(E, izh.current{ amplitude = -1, name = "current" })
  local whole = net:clone()
  core.keep_sign(noise, 1)
  net:run(5)
  whole:run(5)
  local kept, all = noise:get("current"), whole.stimuli.noise:get("current")
  for k = 1, 300 do equal(kept[k], math.max(all[k], 0), "positive part") end
  equal(net.stimuli.current:get("current")[1], -1, "the other one is whole")
  local recording = net:record(E, { "i_ext" })
  net:run(1)
  for k = 1, 300 do near(recording:values("i_ext", k)[2], noise:get("current")[k] - 1, 1e-12, "what acts") end
  net:save(scratch.path("net.izh"))
  local loaded = izh.load(scratch.path("net.izh"))
  net:run(20)
  loaded:run(20)
  equal(check.spikes(loaded), check.spikes(net), "spikes")
  check.list(loaded.stimuli.noise:get("current"), noise:get("current"), "after loading")
end

-- Neurons that went where the scheme is unstable: which, and in how many steps.
do
  local net = izh.network{ dt = 1 }
  local E = net:population("E", 3, "RS")
  equal(core.strayed(net), 0, "none")
  E{ 2 }:set{ v = -120, u = -14 }
  net:run(1)
  local steps, ids = core.strayed(net)
  truth(steps >= 1, "steps")
  check.list(ids, { 2 }, "ids")
  net = izh.network{} -- v goes down and comes up to the peak within one step
  E = net:population("E", 1, "RS")
  net:stimulate(E, izh.current(-2000))
  net:run(10)
  truth(E:get("v")[1] == -65 and net:spikes().size > 10, "it fires")
  truth(core.strayed(net) > 0, "by the scheme alone")
end

-- What is on its way along synapses is lost: currents, and spikes with a delay.
do
  -- The greatest v of a neuron after a spike was sent to it, beside that without.
  local function sent(synapse, delay, cut)
    local net = izh.network{}
    local A, B = net:population("A", 1, "RS"), net:population("B", 2, "RS")
    net:connect(A, B{ 1 }, { weight = 20, synapse = synapse, tau = synapse == "exp" and 5 or nil, delay = delay })
    A:set("v", 29)
    net:run(1)
    equal(net:spikes().size, 1, "a spike")
    local last = B:get("v")
    if synapse == "exp" and delay == 0 and cut then B:set("v", last[2]) end -- some has come
    if cut then core.forget(net) end
    local recording = net:record(B, { "v" }, { every = 0.5 })
    net:run(20)
    return recording:values("v", 1):max() - recording:values("v", 2):max()
  end
  for _, case in ipairs{ { "exp", 0 }, { "exp", 5 }, { "delta", 5 } } do
    truth(sent(case[1], case[2], false) > 1, case[1] .. " arrives")
    near(sent(case[1], case[2], true), 0, 1e-9, case[1] .. " is lost")
  end
end
