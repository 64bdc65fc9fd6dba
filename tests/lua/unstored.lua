-- storage = "none": how it is said, refused, seen and kept; that the bits are those of stored synapses is tested for every
-- rule, kernel and number of threads in tests/core/unstored_test.c.
local izh = require "izhlua"
local check = require "check"
local equal = check.equal
local scratch <close> = check.scratch()

local function build(storage, threads)
  local net = izh.network{ seed = 3, threads = threads }
  local E, I = net:population("E", 80, "RS"), net:population("I", 20, "FS")
  net:connect(E, net, { name = "e", rule = "fixed_outdegree", n = izh.integer(izh.uniform(5, 40)), weight = izh.uniform(0, 3),
    delay = izh.uniform(0, 20), storage = storage, stp = { U = 0.5, tau_rec = 300 } })
  net:connect(I, E, { name = "i", rule = "pairwise_bernoulli", p = 0.4, weight = -2, synapse = "exp", tau = 3, delay = 2,
    storage = storage })
  net:connect(E, I, { name = "one", rule = "all_to_all", weight = izh.exponential(0.02), synapse = "exp", tau = 3, reversal = 0,
    storage = storage })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  return net
end

local function list(projection)
  local rows = {}
  for pre, post, weight, delay in projection:synapses() do rows[#rows + 1] = ("%d %d %a %a"):format(pre, post, weight, delay) end
  return table.concat(rows, "\n")
end

-- What can be read is the same, but for the word that it is not stored.
do
  local stored, none = build("memory"), build("none")
  for _, name in ipairs{ "e", "i", "one" } do
    local a, b = stored.projections[name], none.projections[name]
    equal(b.size, a.size)
    equal(list(b), list(a), name)
    check.list(b:get("weight"), a:get("weight"), name)
    check.list(b:get("delay"), a:get("delay"), name)
    equal(tostring(b), tostring(a) .. ", not stored")
    b:save(scratch.path("b.csv"))
    a:save(scratch.path("a.csv"))
    equal(check.content(scratch.path("b.csv")), check.content(scratch.path("a.csv")))
    b:disable()
    equal(tostring(b), tostring(a) .. ", not stored, disabled")
    b:enable()
  end
  for _, net in ipairs{ stored, none } do
    net.projections.e:scale(0.5)
    net.projections.i:set("weight", izh.uniform(-3, -1))
    net.projections.one:set("weight", 0.01)
  end
  for _, name in ipairs{ "e", "i", "one" } do
    equal(list(none.projections[name]), list(stored.projections[name]), name)
  end
end

-- Clones, snapshots and files go on with the bits of stored synapses; so do other threads.
local function change(net)
  net.projections.e:scale(1.2)
  net.projections.i:disable()
  net:run(5)
  net.projections.i:enable()
  net.projections.one:set("weight", izh.exponential(0.01))
  net:run(195)
  return check.spikes(net)
end
do
  local stored, none = build("memory"), build("none", 4)
  for _, net in ipairs{ stored, none } do net:run(200) end
  local want = change(stored)
  local clone, snapshot = none:clone(), none:snapshot()
  none:save(scratch.path("n.izh"))
  local loaded = izh.load(scratch.path("n.izh"))
  equal(tostring(loaded.projections.e), tostring(none.projections.e))
  for _, net in ipairs{ none, clone, loaded } do equal(change(net), want) end
  none:restore(snapshot)
  equal(change(none), want)
  check.truth(#want > 0, "there are spikes")
end

-- Spikes that are not kept, and a recording of weights.
do
  local stored, none = build("memory"), build("none")
  none:record_spikes(false)
  local w, v = none:record(none.projections.i, "weight", { every = 10 }), stored:record(stored.projections.i, "weight", { every = 10 })
  for _, net in ipairs{ stored, none } do net:run(100) end
  check.list(none.populations.E:get("v"), stored.populations.E:get("v"))
  check.list(w:values("weight", 7), v:values("weight", 7))
end

-- What the explanations and the raster read of synapses.
do
  local stored, none = build("memory"), build("none")
  for _, net in ipairs{ stored, none } do net:run(100) end
  equal(tostring(izh.explain.bursts(none, { redraws = 0 })), tostring(izh.explain.bursts(stored, { redraws = 0 })))
end

local cases = [==[

net:connect(E, E, { weight = 1, storage = "nothing" })
  connect: unknown storage "nothing" (known: memory, none)
net:connect(E, E, { weight = 1, storge = "none" })
  connect: unknown option "storge" (did you mean "storage"?)
net:connect(E, E, { weight = 1, storage = "none", rule = "fixed_indegree", n = 3 })
  connect: rule fixed_indegree needs the synapses of all sources to find those of one, so they must be stored: storage = "none" goes with all_to_all, one_to_one, pairwise_bernoulli and fixed_outdegree
net:connect(E, E, { weight = 1, storage = "none", rule = "fixed_total_number", n = 3 })
  connect: rule fixed_total_number needs the synapses of all sources to find those of one, so they must be stored: storage = "none" goes with all_to_all, one_to_one, pairwise_bernoulli and fixed_outdegree
net:connect(E, E, { weight = 1, storage = "none", rule = "pairs", pairs = { { 1, 2 } } })
  connect: rule pairs needs the synapses of all sources to find those of one, so they must be stored: storage = "none" goes with all_to_all, one_to_one, pairwise_bernoulli and fixed_outdegree
net:connect(E, E, { weight = 1, storage = "none", rule = "pairwise_bernoulli", p = function() return 1 end })
  connect: p as a function chooses all pairs beforehand, so these must be stored: storage = "none" goes with p as a number
net:connect(E, E, { weight = function() return 1 end, storage = "none" })
  connect: synapses that are not stored (storage = "none") are drawn again whenever a spike comes, so weight must be a number or a distribution, not numbers given for each
net:connect(E, E, { weight = 1, delay = function() return 1 end, storage = "none" })
  connect: synapses that are not stored (storage = "none") are drawn again whenever a spike comes, so delay must be a number or a distribution, not numbers given for each
net:connect(E, E, { weight = 1, delay = izh.normal(0, 1), storage = "none" })
  connect: delays must be ≥ 0 ms (got <any>)
net:connect(E, E, { weight = 1, delay = izh.uniform(0, 1e8), storage = "none" })
  connect: delay <any> ms is too long for synapses that are not stored (storage = "none"): it must be below 4194304 steps
net:connect(E, E, { weight = izh.normal(0, 1), synapse = "exp", tau = 2, reversal = 0, storage = "none" })
  connect: the weight of a conductance must be ≥ 0 (got <any>): its reversal says if it inhibits
N:set("weight", function() return 1 end)
  set: synapses that are not stored (storage = "none") are drawn again whenever a spike comes, so weight must be a number or a distribution, not numbers given for each
N:set("weight", { 1, 2 })
  set: synapses that are not stored (storage = "none") are drawn again whenever a spike comes, so weight must be a number or a distribution, not numbers given for each]==]

local function stage()
  local net = build("none")
  return setmetatable({ net = net, E = net.populations.E, N = net.projections.i },
    { __index = setmetatable({ izh = izh }, { __index = _G }) })
end
local victim, control = stage(), stage()
equal(check.errors(cases, victim, control, function(env) env.net:run(5) end), 13)
equal(check.spikes(victim.net), check.spikes(control.net), "spikes after the errors")
