-- Recordings of the mean of a population.
local izh = require "izhlua"
local check = require "check"
local equal, near = check.equal, check.near
local scratch <close> = check.scratch()

local function build()
  local net = izh.network{ seed = 1 }
  local E, I = net:population("E", 80, "RS"), net:population("I", 20, "FS")
  net:connect(E, net, { weight = 0.5 })
  net:connect(I, net, { weight = -1, synapse = "exp", tau = 3, name = "i" })
  net:stimulate(E, izh.noise{ sd = 7 })
  net:stimulate(I, izh.noise{ sd = 4 })
  return net, E, I
end

local names = { "v", "u", "i", "i_exc", "i_inh", "i_ext" }

-- It is the mean of what a recording of each has: in order of neuron, to the bit; also of slices and of the network.
do
  local net, E = build()
  for _, target in ipairs{ E, E:slice(3, 5), E{ 9, 2, 2 + 3 }, E{ 7 }, net } do
    net:record(target, names, { name = tostring(target) .. " each", every = 2 })
    net:record(target, names, { name = tostring(target) .. " mean", every = 2, of = "mean" })
  end
  net:run(100)
  net:run(200)
  for k = 1, #net.recordings, 2 do
    local each, mean = net.recordings[k], net.recordings[k + 1]
    equal(#mean, 151)
    check.list(mean:times(), each:times())
    for _, name in ipairs(names) do
      local sum = each:values(name, 1)
      for i = 2, #each.neurons do sum = sum + each:values(name, i) end
      check.list(mean:values(name), sum / #each.neurons, name)
    end
    check.list(mean.neurons, each.neurons)
    equal(mean.of, "mean")
    equal(each.of, "each")
  end
end

-- What it says; nobody's mean is NaN; clones and files go on.
do
  local net, E = build()
  local mean = net:record(E, { "v", "i" }, { of = "mean" })
  local nobody = net:record(net:population("N", 0, "RS"), "v", { of = "mean" })
  equal(tostring(mean), 'recording "E.mean v+i": v and i, the mean of 80 neurons every 1 ms, 1 sample in 0 ≤ t ≤ 0 ms')
  net:run(50)
  check.truth(nobody:values("v"):mean() ~= nobody:values("v"):mean(), "NaN")
  net:save(scratch.path("m.izh"))
  local clone, loaded = net:clone(), izh.load(scratch.path("m.izh"))
  for _, other in ipairs{ net, clone, loaded } do other:run(5000) end
  equal(#mean, 5051) -- more than a block
  for _, other in ipairs{ clone, loaded } do
    check.list(other.recordings["E.mean v+i"]:values("i"), mean:values("i"))
    equal(other.recordings["E.mean v+i"].of, "mean")
  end
  mean:save(scratch.path("m.csv"))
  equal(check.content(scratch.path("m.csv")):match("[^\n]*"), "time_ms,v,i")
  mean:save(scratch.path("m.npz"))
  local read = izh.read(scratch.path("m.npz"))
  equal(read.neurons, nil)
  near(izh.analysis.ei_ratio(net:record(E, { "i_exc", "i_inh" }, { of = "mean" })), 0, 1e9)
end

local cases = [==[

R:values("v", 1)
  values: "E.mean v" is a recording of a mean, which is asked for without a number (got 1)
R:spikes()
  spikes: "E.mean v" is a recording of a mean, which has no spikes
net:record(E, "v", { of = "median" })
  record: unknown of "median" (did you mean "mean"?)
net:record(net.projections.i, "weight", { of = "mean" })
  record: of = "mean" is of neurons, not of weights
izh.analysis.synchrony(R)
  synchrony: χ needs the v of each neuron; this recording has their mean
izh.trace(R, { neurons = 3 })
  trace: this is a recording of a mean: there are no neurons to choose from]==]

local function stage()
  local net, E = build()
  local R = net:record(E, "v", { of = "mean" })
  net:run(5)
  return setmetatable({ net = net, E = E, R = R }, { __index = setmetatable({ izh = izh }, { __index = _G }) })
end
local victim, control = stage(), stage()
equal(check.errors(cases, victim, control, function(env) env.net:run(5) end), 6)
equal(check.spikes(victim.net), check.spikes(control.net), "spikes after the errors")
izh.figure{ izh.trace(victim.R) }:save(scratch.path("mean.pdf"))
