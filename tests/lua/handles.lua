-- What a script holds: lists of a network, closing, handles that keep their network alive, memory.
local izh = require "izhlua"
local check = require "check"
local equal, list, raises = check.equal, check.list, check.raises

local function build(seed)
  local net = izh.network{ seed = seed or 1 }
  local E, I = net:population("E", 20, "RS"), net:population("I", 5, "FS")
  net:connect(E, net, { name = "excitation", weight = izh.uniform(0, 1) })
  net:connect(I, net, { name = "inhibition", weight = -1, delay = 2 })
  net:stimulate(E, izh.noise{ sd = 5, name = "drive" })
  return net, E, I
end

-- Lists: by number, by name, in order of creation; pairs and ipairs.
do
  local net, E, I = build()
  equal(net.populations.E, E)
  equal(net.populations[2], I)
  equal(net.populations[3], nil)
  equal(net.populations[0], nil)
  equal(net.populations[1.5], nil)
  equal(#net.populations, 2)
  equal(#net.projections, 2)
  equal(net.projections.inhibition.name, "inhibition")
  equal(net.stimuli.drive, net.stimuli[1])
  equal(tostring(net.populations), 'populations: "E", "I"')
  equal(tostring(izh.network().stimuli), "stimuli:")
  for k = 1, 40 do net:population("z" .. (k * 7919 % 100), 1, "RS") end
  local names = {}
  for name, population in pairs(net.populations) do
    equal(population.name, name)
    names[#names + 1] = name
  end
  equal(#names, 42)
  for i, population in ipairs(net.populations) do equal(population.name, names[i]) end
  equal(names[3], "z19")
  equal(names[42], "z60")
  equal(select("#", table.unpack(net.populations)), 42)
  for _ in pairs(izh.network().projections) do error("an empty list has no items") end
end

-- Scripts cannot change the lists, whatever they try.
do
  local net, E = build()
  raises("populations: 1 cannot be assigned", function() net.populations[1] = 5 end)
  raises('populations: "E" cannot be assigned', function() net.populations.E = nil end)
  equal(pcall(table.insert, net.populations, E), false)
  equal(getmetatable(net.populations), false)
  equal(getmetatable(net), false)
  rawset(net.populations, 1, "mine")
  rawset(net.populations, "names", {})
  equal(#net.populations, 2)
  for name, population in pairs(net.populations) do equal(population.name, name) end
  equal(net.populations.I.size, 5)
  raises('populations: unknown name "X" (known: E, I)', function() return net.populations.X end)
end

-- tostring of everything.
do
  local net, E = build(7)
  net:run(1)
  equal(tostring(net), "network: 25 neurons, 600 synapses, t = 1 ms, dt = 0.5 ms, seed 7")
  equal(tostring(E), 'population "E": 20 × izhikevich2003')
  equal(tostring(net.projections.excitation), 'projection "excitation": 480 synapses, all_to_all, delay 0 ms')
  equal(tostring(net.stimuli.drive), 'stimulus "drive": noise on 20 neurons')
  for text, value in pairs{
    ["uniform(0, 1)"] = izh.uniform(0, 1), ["normal(-1, 2.5)"] = izh.normal(-1, 2.5), ["lognormal(0, 1)"] = izh.lognormal(0, 1),
    ["exponential(3)"] = izh.exponential(3), ["choice of 3 numbers"] = izh.choice{ 1, 2, 3 },
  } do
    equal(tostring(value), text)
  end
end

-- close: at once, twice, by <close>, and what is left then.
do
  local net, E = build()
  net:run(5)
  local P, s, spikes, v = net.projections[1], net.stimuli[1], net:spikes(), E:get("v")
  local synapses, names = P:synapses(), net.populations
  net:close()
  net:close()
  equal(tostring(net), "network (closed)")
  equal(tostring(E), "population of a closed network")
  equal(tostring(P), "projection of a closed network")
  equal(tostring(s), "stimulus of a closed network")
  raises("run: the network is closed", function() net:run(1) end)
  raises("get: the network is closed", function() E:get("v") end)
  raises("synapses: the network is closed", function() synapses() end)
  raises("time: the network is closed", function() return net.time end)
  equal(#names, 2)
  equal(#v, 20)
  equal(spikes.to, 5.0)

  local kept
  do
    local scoped <close> = izh.network()
    kept = scoped
  end
  raises("the network is closed", function() kept:run(1) end)
  local ok = pcall(function()
    local scoped <close> = izh.network()
    kept = scoped
    error("leave")
  end)
  equal(ok, false)
  raises("the network is closed", function() kept:run(1) end)
end

-- A handle keeps its network alive; so do an iterator and a slice.
do
  local E = select(2, build())
  collectgarbage()
  collectgarbage()
  equal(E:get("v")[20], -65.0)
  local slice = select(2, build()):slice(2, 3)
  collectgarbage()
  equal(slice:get("v")[2], -65.0)
  local synapses = build().projections.excitation:synapses()
  local drive = build().stimuli.drive
  collectgarbage()
  collectgarbage()
  equal(synapses(), 1)
  drive:set{ sd = 3 }
  equal(drive:get("sd"), 3.0)
end

-- A callback that refers to its network does not keep it alive.
do
  local weak = setmetatable({}, { __mode = "k" })
  do
    local net = build()
    weak[net] = true
    net:every(1, function() return net.time end)
    net:stimulate(net, izh.current(function() return net.time end))
    net:run(3)
  end
  collectgarbage()
  collectgarbage()
  equal(next(weak), nil)
end

-- A finalizer cannot pull a network from under a function that uses it.
do
  local net, E = build()
  local message
  setmetatable({}, { __gc = function() message = select(2, pcall(net.close, net)) end })
  collectgarbage()
  check.truth(message:find("close: a finalizer (__gc) cannot close a network", 1, true), message)
  equal(E:get("v")[1], -65.0)
end

-- No growth over 1000 networks that are dropped, and 1000 that are closed.
do
  local function rounds(n, close)
    for seed = 1, n do
      local net = build(seed)
      net:at(1, function() end)
      net:stimulate(net, izh.current(function() return 1 end))
      net:run(2)
      pcall(net.connect, net, net, net, { weight = "wrong" })
      if close then net:close() end
    end
    collectgarbage()
    collectgarbage()
    return collectgarbage("count"), check.resident_pages()
  end
  for _, close in ipairs{ false, true } do
    local kilobytes, pages = rounds(200, close)
    local kilobytes_after, pages_after = rounds(1000, close)
    check.truth(kilobytes_after < kilobytes + 16, ("Lua memory grew from %g to %g KB"):format(kilobytes, kilobytes_after))
    -- 1000 lost networks would be 6000 pages
    if pages then
      check.truth(pages_after < pages + 1500, ("resident memory grew from %d to %d pages"):format(pages, pages_after))
    end
  end
end

-- A function that was called once at its time is let go (but for those of the start, from which izh.explain runs again).
do
  local net = build()
  net:run(1)
  local weak = setmetatable({}, { __mode = "k" })
  local function schedule()
    local f = function() return weak end
    weak[f] = true
    net:at(net.time + 1, f)
  end
  schedule()
  collectgarbage()
  check.truth(next(weak), "kept until its time")
  net:run(1)
  collectgarbage()
  equal(next(weak), nil)
end

-- What fails again and again leaves nothing behind in a network that stays.
do
  local net, E = build()
  local function rounds(n)
    for _ = 1, n do
      pcall(net.stimulate, net, E, izh.current{ amplitude = 1, name = "drive" })
      pcall(net.at, net, 1, 5)
      pcall(net.population, net, "E", 10, "RS")
      pcall(net.connect, net, E, E, { name = "excitation", weight = 1 })
      pcall(E.set, E, "v", function() error("stop") end)
    end
    collectgarbage()
    return collectgarbage("count")
  end
  local before = rounds(100)
  check.truth(rounds(2000) < before + 16, "no growth")
end
