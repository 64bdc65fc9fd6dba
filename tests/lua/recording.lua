-- net:record: what is sampled and when, files, members, what is refused.
local izh = require "izhlua"
local check = require "check"
local equal, list, raises = check.equal, check.list, check.raises

local function build(options)
  local net = izh.network(options or { seed = 3 })
  local E, I = net:population("E", 8, "RS", { v0 = izh.uniform(-70, -60) }), net:population("I", 4, "FS")
  net:connect(E, net, { name = "excitation", weight = izh.uniform(0, 4) })
  net:stimulate(net, izh.noise{ sd = 12 })
  return net, E, I
end

-- The samples are what get() gives at those times, from the first one on.
do
  local net, E, I = build()
  local got = { v = {}, u = {} }
  local function look()
    for q, values in pairs(got) do values[#values + 1] = I{ 3 }:get(q)[1] end
  end
  look()
  net:every(0.5, look)
  local rec = net:record(I{ 4, 3 }, { "v", "u" }, { every = 0.5, name = "two" })
  local whole = net:record(net, "v", { every = 2 })
  net:run(40)
  equal(rec.size, 81)
  equal(#rec, 81)
  equal(rec.every, 0.5)
  equal(rec.name, "two")
  list(rec.neurons, { 12, 11 })
  list(rec.variables, { "v", "u" })
  for j, t in ipairs(rec:times()) do equal(t, (j - 1) * 0.5) end
  list(rec:values("v", 2), got.v)
  list(rec:values("u", 2), got.u)
  check.truth(rec:values("v", 1)[50] ~= got.v[50], "the first neuron is another one")
  equal(whole.size, 21)
  for j = 1, 21 do equal(whole:values("v", 11)[j], got.v[4 * j - 3]) end
  equal(whole:values("v", 1)[21], E:get("v")[1])
  equal(tostring(rec), 'recording "two": v and u of 2 neurons every 0.5 ms, 81 samples in 0 ≤ t ≤ 40 ms')
  equal(tostring(whole), 'recording "all.v": v of 12 neurons every 2 ms, 21 samples in 0 ≤ t ≤ 40 ms')
  equal(tostring(net.recordings), 'recordings: "two", "all.v"')
  equal(net.recordings.two, rec)
  equal(net.recordings[2], whole)
  list(rec:spikes(2), net:spikes{ of = I{ 3 } }:times())
  check.truth(#rec:spikes(2) > 0, "it spikes")
end

-- Samples are at multiples of every; one is taken at once when now is one.
do
  local net, E = build()
  net:run(1.5)
  local rec = net:record(E, "v", { every = 1 })
  equal(tostring(rec), 'recording "E.v": v of 8 neurons every 1 ms, no samples yet')
  equal(#rec:times(), 0)
  equal(#rec:values("v", 1), 0)
  net:run(3)
  list(rec:times(), { 2, 3, 4 })
  rec:stop()
  rec:stop()
  equal(tostring(rec), 'recording "E.v": v of 8 neurons every 1 ms, 3 samples in 2 ≤ t ≤ 4 ms, stopped')
  local other = net:record(E, { "v" }, { every = 1.5 })
  equal(other.name, "E.v.2")
  net:run(3)
  list(rec:times(), { 2, 3, 4 })
  list(other:times(), { 4.5, 6, 7.5 })
  list(net:record(E{ 1 }, "u", { every = 7.5 }):values("u"), { E:get("u")[1] })
end

-- A sample is of the end of a step: before what is done at that time.
do
  local net, E = build()
  local rec = net:record(E{ 1 }, { "u" })
  net:at(1, function() E{ 1 }:set("u", 50) end)
  net:run(2)
  check.truth(rec:values("u")[2] < 0 and rec:values("u")[3] > 30, "at 1 ms before, at 2 ms after")
  local late = net:record(E{ 1 }, { "v" })
  E:set("v", -10)
  equal(net:record(E{ 1 }, "v"):values("v")[1], -10)
  check.truth(late:values("v")[1] ~= -10, "what a recording has does not change")
end

-- The input of the step that ended: nothing before the first step, also of neurons that came late.
do
  local net = izh.network{ dt = 1 }
  local E = net:population("E", 3, "RS")
  local rec = net:record(E, { "i" })
  net:stimulate(E, izh.current{ times = { 0, 1, 2 }, values = { 4, 5, 6 } })
  net:run(3)
  list(rec:values("i", 2), { 0, 4, 5, 6 })
  local X = net:population("X", 1, "RS")
  list(net:record(X, "i"):values("i"), { 0 })
end

-- The parts of the input, and their sum.
do
  local net, E, I = build()
  net:connect(I, E, { name = "inhibition", weight = -3 })
  local parts = net:record(net, { "i", "i_exc", "i_inh", "i_ext" }, { every = 0.5 })
  net:run(60)
  local exc, inh = 0, 0
  for k = 1, net.size do
    local i, e, h, x = parts:values("i", k), parts:values("i_exc", k), parts:values("i_inh", k), parts:values("i_ext", k)
    for j = 1, #i do
      equal(i[j], x[j] + e[j] + h[j])
      check.truth(e[j] >= 0 and h[j] <= 0, "the sign of each part")
    end
    exc, inh = exc + e:sum(), inh + h:sum()
    if k > E.size then equal(h:min(), 0) end
    equal(x[#x], net.stimuli[1]:get("current")[k])
  end
  check.truth(exc > 0 and inh < 0, "both arrive")
end

-- Weights, and that recording changes nothing.
do
  local net, E = build()
  local control = build()
  local p = net.projections.excitation
  local first = p:get("weight")
  local rec = net:record(p, "weight", { every = 10 })
  net:record(net, { "v", "u", "i" }, { every = 0.5, to = "file" })
  net:at(15, function() p:scale(2) end)
  control:at(15, function() control.projections.excitation:scale(2) end)
  net:run(20)
  control:run(20)
  equal(tostring(rec), 'recording "excitation.weight": weight of 88 synapses every 10 ms, 3 samples in 0 ≤ t ≤ 20 ms')
  for k = 1, p.size do list(rec:values("weight", k), { first[k], first[k], 2 * first[k] }) end
  equal(#rec.neurons, 0)
  equal(check.spikes(net), check.spikes(control))
  list(E:get("v"), control.populations.E:get("v"))
end

-- Memory that is bounded: the same numbers, whether in memory, in a file, or in both.
do
  local net = build()
  local recs = {}
  for i, memory in ipairs{ 1000, 0.5, 0 } do
    recs[i] = net:record(net, { "v", "u" }, { every = 0.5, memory = memory, name = "m" .. i })
  end
  recs[4] = net:record(net, { "v", "u" }, { every = 0.5, to = "file", name = "m4" })
  net:run(6000)
  for k = 1, 12, 11 do
    local v = recs[1]:values("u", k)
    equal(#v, 12001)
    for i = 2, 4 do list(recs[i]:values("u", k), v) end
  end
  equal(tostring(recs[1]), 'recording "m1": v and u of 12 neurons every 0.5 ms, 12001 samples in 0 ≤ t ≤ 6000 ms')
  for i = 2, 4 do check.truth(tostring(recs[i]):find("6000 ms, partly in a file", 1, true), tostring(recs[i])) end
end

-- Threads: the same samples on several.
do
  local function run(threads)
    local net = izh.network{ threads = threads }
    local E = net:population("E", 20000, "RS", { v0 = izh.uniform(-70, -60) })
    net:stimulate(E, izh.noise{ sd = 5 })
    local rec = net:record(E, { "v" }, { every = 5 })
    net:run(20)
    return rec
  end
  local a, b = run(1), run(2)
  for k = 1, 20000, 777 do list(a:values("v", k), b:values("v", k)) end
end

-- Whose spikes are kept: all, some, none, at any time; what was not kept is said.
do
  local net, E, I = build()
  local control = build()
  local rec = net:record(E, "v")
  for _, step in ipairs{ { true, 100 }, { false, 300 }, { E{ 2, 5 }, 300 }, { I, 100 }, { net, 200 } } do
    net:record_spikes(step[1])
    net:run(step[2])
    control:run(step[2])
  end
  local function text(spikes)
    local t = {}
    for time, id in spikes:each() do t[#t + 1] = time .. ":" .. id end
    return table.concat(t, " ")
  end
  for _, w in ipairs{ { 0, 100 }, { 50, 100 }, { 800, 1000 } } do
    equal(text(net:spikes{ from = w[1], to = w[2] }), text(control:spikes{ from = w[1], to = w[2] }))
  end
  local A, B = control.populations.E, control.populations.I
  equal(text(net:spikes{ of = E{ 2, 5 }, from = 400, to = 700 }), text(control:spikes{ of = A{ 2, 5 }, from = 400, to = 700 }))
  equal(text(net:spikes{ of = I, from = 700 }), text(control:spikes{ of = B, from = 700 }))
  check.truth(net:spikes{ of = E{ 5 }, from = 400, to = 700 }.size > 0, "it spikes")
  list(net.populations.E:get("v"), control.populations.E:get("v"))
  local hint = " ms were not recorded: net:record_spikes says which ones are"
  raises("spikes: the spikes of neuron 1 in 100 < t ≤ 400" .. hint, function() net:spikes() end)
  raises("spikes: the spikes of neuron 1 in 399 < t ≤ 400" .. hint, function() net:spikes{ from = 399 } end)
  raises("spikes: the spikes of neuron 3 in 400 < t ≤ 700" .. hint, function() net:spikes{ of = E:slice(2, 3), from = 400 } end)
  raises("spikes: the spikes of neuron 9 in 600 < t ≤ 650" .. hint, function() net:spikes{ of = I, from = 600, to = 650 } end)
  raises("spikes: the spikes of neuron 2 in 100 < t ≤ 400" .. hint, function() rec:spikes(2) end)
  raises('record_spikes: whose spikes must be true, false, a population, a slice of one, or the network (got nothing)', function()
    net:record_spikes()
  end)
  raises("record_spikes: the population belongs to another network", function() net:record_spikes(A) end)
end

-- Nothing to record, and many.
do
  local net, E = build()
  local none = net:record(E{}, { "v" })
  net:run(5000)
  equal(none.size, 5001)
  raises('values: there are no neurons in "E.v"', function() none:values("v", 1) end)
end

-- What is refused.
do
  local net, E = build()
  local other, X = build()
  local rec = net:record(E, { "v" })
  local p, weights = net.projections[1], net:record(net.projections[1], "weight")
  local function refuses(message, ...)
    local arguments = table.pack(...)
    equal(check.message(function() return net:record(table.unpack(arguments, 1, arguments.n)) end), message)
  end
  refuses('record: unknown variable "i_ex" (did you mean "i_exc"?)', E, { "v", "i_ex" })
  refuses('record: unknown variable "voltage" (did you mean "v"?)', E, "voltage")
  refuses('record: unknown variable "conductance" (known: v, u, i, i_exc, i_inh, i_ext)', E, "conductance")
  refuses('record: unknown variable "wieght" (did you mean "weight"?)', p, "wieght")
  refuses('record: unknown variable "v" (known: weight)', p, { "v" })
  refuses('record: unknown variable "weight" (known: v, u, i, i_exc, i_inh, i_ext)', E, { "weight" })
  refuses('record: variable "v" is given twice', E, { "v", "u", "v" })
  refuses('record: what to record must not be empty', E, {})
  refuses('record: what to record must be a list of variables such as { "v", "u" } (got nothing)', E)
  refuses('record: what to record must be "weight" (got 3)', p, 3)
  refuses('record: variable must be one of v, u, i, i_exc, i_inh, i_ext (got 3)', E, { 3 })
  refuses('record: what to record must be a list without gaps or names (got one at "v")', E, { v = true })
  refuses('record: the target must be a population, a slice of one, the network, or a projection (got nothing)')
  refuses('record: the target must be a population, a slice of one, the network, or a projection (got "E")', "E", "v")
  refuses('record: the target belongs to another network', X, "v")
  refuses('record: the target belongs to another network', other.projections[1], "weight")
  refuses('record: unknown option "evry" (did you mean "every"?)', E, "v", { evry = 1 })
  refuses('record: options must be a table (got 5)', E, "v", 5)
  refuses('record: 1 argument too many', E, "v", {}, 1)
  refuses('record: every must be a finite number (got "x")', E, "v", { every = "x" })
  refuses('record: every must be > 0 ms (got 0)', E, "v", { every = 0 })
  refuses('record: every must be > 0 ms (got -1)', E, "v", { every = -1 })
  refuses('record: every (1 ms when not given) must be a multiple of dt = 0.5 ms: 0.7 ms is not, 0.5 and 1 are', E, "v",
    { every = 0.7 })
  refuses('record: the name "E.v" is taken by another recording', E, "v", { name = "E.v" })
  refuses('record: name must not be empty', E, "v", { name = "" })
  refuses('record: unknown to "disk" (known: memory, file)', E, "v", { to = "disk" })
  refuses('record: memory must be a number 0 … 1000000000 (got -1)', E, "v", { memory = -1 })

  raises('values: unknown variable "w" (known: v)', function() rec:values("w", 1) end)
  raises('values: u was not recorded by "E.v": net:record(target, { "u" }) records it', function() rec:values("u", 1) end)
  raises('values: variable must be a string (got 1)', function() rec:values(1) end)
  raises('values: the position among the recorded neurons must be a whole number 1 … 8 (got 9)', function() rec:values("v", 9) end)
  raises('values: the position among the recorded neurons must be a whole number 1 … 8 (got nothing)', function() rec:values("v") end)
  raises('values: the position among the recorded synapses must be a whole number 1 … 88 (got 0)', function()
    weights:values("weight", 0)
  end)
  raises('spikes: "excitation.weight" is a recording of synapses', function() weights:spikes(1) end)
  raises('recording: unknown member "time" (did you mean "times"?)', function() return rec:time() end)
  raises('recording: "every" cannot be assigned', function() rec.every = 3 end)
  raises('times: must be called on a recording, with a colon: recording:times(…) (got nothing)', function() rec.times() end)
  equal(#net.recordings, 2)
  net:close()
  equal(tostring(rec), "recording of a closed network")
  raises("values: the network is closed", function() rec:values("v", 1) end)
  raises("size: the network is closed", function() return rec.size end)
  raises("record: the network is closed", function() net:record(E, "v") end)
end
