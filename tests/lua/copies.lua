-- A hundred random networks, changed at random: a copy that is left alone (clone, snapshot, file, file in another process) goes on as the
-- network that never was copied, to the bit, for 1000 steps; one that is changed does so until it is changed. The seed is fixed.
local izh = require "izhlua"
local check = require "check"
local scratch <close> = check.scratch()
math.randomseed(20261123)

local function chance(p) return math.random() < p end
local function pick(list) return list[math.random(#list)] end

-- A network with some of everything. The same numbers make the same one.
local function build(seed)
  math.randomseed(seed)
  local integrator = pick{ "izhikevich2003", "izhikevich2003", "euler", "figure1", "rk4", "exact" }
  local cells = pick{ { "E2003", "I2003" }, { "RS", "FS" }, { "RS2007", "LTS2007" }, { "CH", "LTS" } }
  -- the others diverge with steps as long
  local coarse = integrator == "exact" or integrator == "izhikevich2003" and cells[1] ~= "RS2007"
  local net = izh.network{ seed = seed, dt = coarse and pick{ 0.5, 1 } or 0.125, integrator = integrator }
  local gain = cells[1] == "RS2007" and 20 or 1
  local E, I = net:population("E", math.random(5, 40), cells[1]), net:population("I", math.random(3, 10), cells[2])
  local function weight(sign, ms) -- so that the charge of a spike is that of a pulse of 1 ms
    local w = sign * gain * math.random(1, 4) / ms
    return pick{ w, izh.uniform(math.min(0, 2 * w), math.max(0, 2 * w)), function(pre, post) return w * ((pre + post) % 3) end }
  end
  local function options(sign)
    local o = pick{ { rule = "pairwise_bernoulli", p = 0.4 }, { rule = "fixed_indegree", n = 2, multapses = true }, {}, { rule = "fixed_total_number", n = 20, multapses = true } }
    o.delay = pick{ 0, 3, izh.uniform(0, 15), izh.exponential(4) }
    o.synapse = pick{ "pulse", "exp", "alpha", "pulse" }
    if o.synapse == "pulse" then o.width = pick{ 1, 2, 5 } else o.tau = pick{ 1.5, 4 } end
    o.weight = weight(sign, o.width or o.tau * (o.synapse == "alpha" and 3 or 1))
    return o
  end
  for _ = 1, math.random(3) do net:connect(E, pick{ net, I, E:slice(2, 5) }, options(1)) end
  for _ = 1, math.random(2) do net:connect(pick{ I, I{ 2, 1 } }, net, options(-1)) end
  net:stimulate(E, izh.noise{ sd = 6 * gain, mean = 2 * gain, every = pick{ 1, 2 }, correlation = pick{ 0, 0.3 } })
  if chance(0.5) then net:stimulate(I{ 2, 1 }, izh.noise{ sd = 5 * gain }) end
  if chance(0.5) then net:stimulate(E, izh.poisson{ rate = 400, weight = 3 * gain, synapse = "exp", tau = 2 }) end
  if chance(0.4) then net:stimulate(I, izh.spike_train{ times = { 3, 50, 130.5, 131, 400 }, weight = 20 * gain, width = 3 }) end
  if chance(0.4) then net:stimulate(E{ 3, 1 }, izh.current{ amplitude = izh.uniform(0, 5 * gain), frequency = 30 }) end
  if chance(0.4) then net:stimulate(I, izh.current{ from = 20, to = 400, slope = 0.01 * gain }) end
  if chance(0.4) then net:record(pick{ E, I, E{ 4, 2 } }, { "v", "i_ext" }, { every = pick{ 1, 2 } }) end
  if chance(0.3) then net:record(net.projections[1], "weight", { every = 5 }) end
  if chance(0.3) then net:record_spikes(E) end
  return net
end

-- Something done to a network, the same for the same numbers.
local function change(net, seed)
  math.randomseed(seed)
  local E, I = net.populations.E, net.populations.I
  local projection, stimulus = net.projections[math.random(#net.projections)], net.stimuli[1]
  pick{
    function() projection:scale(pick{ 0, 0.5, 1.5 }) end,
    function() projection:set("weight", izh.uniform(-1, 1)) end,
    function() projection:disable() end,
    function() E:set("d", izh.uniform(2, 8)) end,
    function() E:slice(1, 3):set("v", -70) end,
    function() E{ 2, 4 }:silence() end,
    function() I:clamp() end,
    function() if not tostring(stimulus):find("stopped") then stimulus:set{ sd = 3 } end end,
    function() stimulus:stop() end,
    function()
      for name, one in pairs(net.stimuli) do
        if name:find("poisson") then one:set{ rate = 250 } end
      end
    end,
    function() net:stimulate(E, izh.noise{ sd = 3 }) end,
    function()
      local X = net:population("X" .. #net.populations, 3, "RS")
      net:connect(X, E, { weight = 2 })
      net:stimulate(X, izh.noise{ sd = 9 })
    end,
    function() net:connect(E, I, { weight = 1, rule = "pairwise_bernoulli", p = 0.5, delay = izh.uniform(5, 20) }) end,
    function() net:record_spikes(I) end,
    function() net:record(I, "u") end,
  }()
end

local function numbers(list) return table.concat(list:totable(), " ") end

-- All that can be seen of a network, from a time on.
local function state(net)
  local out = { tostring(net) }
  for name, population in pairs(net.populations) do
    for _, q in ipairs{ "v", "u", "clamped", "lesioned" } do out[#out + 1] = name .. q .. numbers(population:get(q)) end
  end
  for name, projection in pairs(net.projections) do out[#out + 1] = name .. tostring(projection) .. numbers(projection:get("weight")) end
  for name, stimulus in pairs(net.stimuli) do out[#out + 1] = name .. tostring(stimulus) .. numbers(stimulus:get("current")) end
  for name, recording in pairs(net.recordings) do
    out[#out + 1] = name .. tostring(recording)
    local weights = recording.variables[1] == "weight"
    for k = 1, math.min(3, weights and 1 or #recording.neurons) do
      for _, variable in ipairs(recording.variables) do
        if not weights or net.projections[1].size > 0 then out[#out + 1] = numbers(recording:values(variable, k)) end
      end
    end
  end
  local ok, spikes = pcall(check.spikes, net)
  out[#out + 1] = ok and spikes or numbers(net:spikes{ of = net.populations.E, to = 1 }:times())
  return table.concat(out, "\n")
end

local script = scratch.write("go.lua", [[
  local path, to, steps = ...
  local net = require "izhlua".load(path)
  net:step(tonumber(steps))
  net:save(to)
]])
local interventions = 0
for seed = 1, 100 do
  local net, control = build(seed), build(seed)
  local before = math.random(40, 400)
  net:step(before)
  control:step(before)
  for k = 1, 3 do
    change(net, 1000 * seed + k)
    change(control, 1000 * seed + k)
    local steps = math.random(0, 20)
    net:step(steps)
    control:step(steps)
  end
  local path = scratch.path(seed .. ".izh")
  local snapshot, clone, changed = net:snapshot(), net:clone(), net:clone()
  net:save(path)
  -- changed copies: alike before the change
  local at = math.random(0, 200)
  changed:step(at)
  control:step(at)
  check.equal(state(changed), state(control), "before the change, network " .. seed)
  change(changed, -seed)
  changed:step(100)
  -- untouched ones: alike for ever
  control:step(1000 - at)
  local want = state(control)
  clone:step(1000)
  check.equal(state(clone), want, "clone of network " .. seed)
  net:step(math.random(50))
  change(net, -seed)
  net:step(math.random(50))
  net:restore(snapshot)
  net:step(1000)
  check.equal(state(net), want, "snapshot of network " .. seed)
  local loaded = izh.load(path)
  loaded:step(1000)
  check.equal(state(loaded), want, "file of network " .. seed)
  if seed % 10 == 0 then
    local far = scratch.path("far.izh")
    assert(os.execute(("%s %s %s %s 1000"):format(arg[-1], script, path, far)))
    check.equal(state(izh.load(far)), want, "network " .. seed .. " in another process")
  end
  if state(changed) ~= want then interventions = interventions + 1 end
  -- the same change makes the same of all
  for _, one in ipairs{ control, clone, net, loaded } do
    change(one, 10 * seed)
    one.projections[1]:set("weight", izh.uniform(0, 1)) -- drawn as never before
    one.populations.E:set("d", izh.uniform(2, 8))
    one:step(100)
  end
  want = state(control)
  check.equal(state(clone), want, "changed clone of network " .. seed)
  check.equal(state(net), want, "changed snapshot of network " .. seed)
  check.equal(state(loaded), want, "changed file of network " .. seed)
  for _, one in ipairs{ net, control, clone, changed, loaded } do one:close() end
end
check.truth(interventions > 90, "changes show")
