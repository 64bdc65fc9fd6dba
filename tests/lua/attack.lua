-- What no honest script does: closing, adding, connecting and running from inside every function that the library calls,
-- metamethods that err, finalizers at every allocation, deep recursion. Nothing may crash or corrupt; run it under
-- AddressSanitizer.
local izh = require "izhlua"
local check = require "check"
local equal, list, raises = check.equal, check.list, check.raises

local function build()
  local net = izh.network{ seed = 4 }
  local E = net:population("E", 6, "RS")
  net:connect(E, E, { name = "P", weight = 2 })
  net:stimulate(E, izh.noise{ sd = 8, name = "N" })
  net:run(5)
  return net, E
end

local reference = build()
reference:run(20)
local want = check.spikes(reference)

-- The call that f makes fails with the text, and the network goes on as if it had not been made.
local function harmless(text, f)
  local net, E = build()
  local ok, message = pcall(f, net, E)
  equal(ok, false)
  check.truth(tostring(message):find(text, 1, true), message)
  net:run(20)
  equal(check.spikes(net), want, text)
end

-- Closing inside every function that is called while something is being made or read.
do
  local closed = "the network is closed"
  local function inside(f)
    local net, E = build()
    local ok, message = pcall(f, net, E, function()
      net:close()
      return 1
    end)
    equal(ok, false)
    check.truth(tostring(message):find(closed, 1, true), message)
    equal(tostring(net), "network (closed)")
  end
  inside(function(net, _, close) net:population("A", 3, "RS", { a = close }) end)
  inside(function(net, _, close) net:population("A", 3, "RS", { a = close, b = izh.uniform(0, 1) }) end)
  inside(function(net, _, close) net:population("A", 3, "RS", { a = close, b = close }) end)
  inside(function(net, _, close) net:population("A", 3, "RS", { a = close, each = function() return {} end }) end)
  inside(function(net, _, close) net:population("A", 3, "RS", function() close() return {} end) end)
  inside(function(_, E, close) E:set("v", close) end)
  inside(function(_, E, close) E:set{ a = close, b = izh.uniform(0, 1) } end)
  inside(function(_, E, close) E{ 3, 1 }:set(function() close() return { a = 1 } end) end)
  inside(function(net, E, close) net:connect(E, E, { weight = close }) end)
  inside(function(net, E, close) net:connect(E{ 3, 1 }, E{ 2, 5, 4 }, { weight = close, delay = close }) end)
  inside(function(net, _, close) net.projections.P:set("weight", close) end)
  inside(function(net, _, close) for _ in net.projections.P:synapses() do close() end end)
  inside(function(net, E, close) for _ in pairs(net.populations) do close() end E:get("v") end)
  inside(function(net, E, close) net:run(20) for _ in net:spikes():each() do close() end E:get("v") end)
end

-- Adding inside them.
do
  local net, E = build()
  local function add()
    local name = "n" .. #net.populations
    local A = net:population(name, 50, "RS")
    net:connect(net, A, { weight = 1, delay = izh.uniform(0, 3) })
    net:stimulate(A, izh.current(1))
    return 0.1
  end
  net:population("A", 3, "RS", { a = add, b = izh.uniform(0, 1) })
  E:set("d", add)
  net:connect(E, E{ 5, 1 }, { weight = add, delay = function() add() return 1 end })
  net.projections.P:set("weight", add)
  equal(net.projections.P.size, 30)
  net:run(10)
end

-- The name that is being given is taken meanwhile, the given one and the default one.
do
  local net, E = build()
  raises('connect: the name "x" is taken by another projection', function()
    net:connect(E, E, { name = "x", weight = function(pre, post)
      if pre == 1 and post == 2 then net:connect(E, E, { name = "x", weight = 1 }) end
      return 1
    end })
  end)
  equal(#net.projections, 2)
  raises('population: the name "y" is taken by another population', function()
    net:population("y", 2, "RS", { a = function(i)
      if i == 1 then net:population("y", 3, "RS") end
      return 1
    end })
  end)
  equal(#net.populations, 2)
  equal(net.populations.y.size, 3)
  net:run(1)
end

-- Running inside them: time goes on, and what is being made begins then.
do
  local net, E = build()
  local P = net:connect(E, E, { name = "late", weight = function()
    net:step()
    return 1
  end })
  equal(net.time, 20.0)
  equal(P.size, 30)
  local A = net:population("A", 2, "RS", { a = function() net:step() return 0.02 end })
  equal(net.time, 21.0)
  A:set("v", function() net:step() return -65 end)
  net:run(5)
end

-- A network inside a network's functions.
do
  local net = izh.network()
  local depth = 0
  local function nest(i)
    if depth < 20 then
      depth = depth + 1
      net:population("p" .. depth, 1, "RS", { a = nest })
    end
    return i
  end
  net:population("top", 1, "RS", { a = nest })
  equal(#net.populations, 21)
  local function forever()
    net:population("q" .. #net.populations, 1, "RS", { a = forever })
    return 1
  end
  check.truth(not pcall(forever), "endless recursion is an error")
  net:run(1)
end

-- Networks that run in callbacks of networks, without end: an error before the stack is full.
do
  local depth = 0
  local function deeper()
    depth = depth + 1
    local net = izh.network()
    net:population("E", 3, "RS")
    net:at(0, deeper)
    net:run(1)
  end
  local ok, message = pcall(deeper)
  equal(ok, false)
  check.truth(message:find("C stack overflow", 1, true) and depth > 10, message)
end

-- Metamethods: options and cells are read without them, or refused.
do
  local function angry()
    error("metamethod called")
  end
  local meta = { __len = angry, __newindex = angry, __call = angry, __tostring = angry, __gc = nil, __lt = angry, __pairs = angry }
  local net, E = build()
  local function plain(t) return setmetatable(t, meta) end
  equal(net:connect(E, E, plain{ weight = 1 }).size, 30)
  equal(net:population("A", 2, plain{ a = plain{ 1, 2 }, b = 0, c = 0, d = 0 }).size, 2)
  equal(net:connect(E, E, plain{ rule = "pairs", pairs = plain{ plain{ 1, 2 } }, weight = plain{ 1 } }).size, 1)
  equal(E(plain{ 1, 2 }).size, 2)
  E:set(plain{ v = -60 })
  izh.choice(plain{ 1, 2 })
  raises("must be a number", function() E:set("v", true) end)
  raises("(got a table)", function() net:run(plain{}) end)
  local evil = setmetatable({ weight = 1 }, { __index = function() net:close() end })
  raises("options must be a plain table, without the metamethod __index", function() net:connect(E, E, evil) end)
  raises("options must be a plain table", function() net:population("B", 1, evil) end)
  raises("options must be a plain table", function() net:population("B", 1, "RS", function() return evil end) end)
  raises("options must be a plain table", function() izh.network(setmetatable({}, { __index = izh })) end)
  for _, length in ipairs{ -1, 2 ^ 61 // 1 - 1, math.maxinteger, math.mininteger } do
    local long = setmetatable({ 5 }, { __len = function() return length end })
    equal(tostring(izh.choice(long)), "choice of 1 number")
    izh.current{ times = long, values = long }
  end
end

-- Handles of other kinds in place of self, and in place of every argument.
do
  local net, E = build()
  local things = { net, E, E{ 2, 1 }, net.projections.P, net.stimuli.N, net:spikes(), E:get("v"), izh.uniform(0, 1),
    izh.noise{ sd = 1 }, izh.current(1), {}, "text", 5, 0 / 0, true, type, coroutine.create(type), io.stderr }
  local methods = {}
  for _, object in ipairs{ net, E, net.projections.P, net.stimuli.N, net:spikes(), E:get("v") } do
    for _, name in ipairs{ "population", "connect", "stimulate", "spikes", "step", "at", "every", "run_until", "raster", "slice",
      "get", "set", "scale", "synapses", "times", "senders", "each", "mean", "sd", "totable" } do
      local ok, method = pcall(function() return object[name] end)
      if ok then methods[#methods + 1] = method end
    end
  end
  for _, method in ipairs(methods) do
    pcall(method)
    for _, self in ipairs(things) do
      pcall(method, self)
      for _, one in ipairs(things) do
        if not (self == net and one == type) then -- run_until(type) would never end
          pcall(method, self, one)
          pcall(method, self, one, one)
        end
      end
    end
  end
  net:run(1)
end

-- Finalizers come at any allocation of any function of ours. They cannot use a network, whatever they call: what they would
-- change is what that function looks at.
do
  local net, E = build()
  local rec = net:record(E, "v")
  local S = net:snapshot()
  local tries = {
    run = function() net:run(1) end, step = function() net:step(3) end, at = function() net:at(net.time, print) end,
    population = function() net:population("late", 1000, "RS") end, connect = function() net:connect(E, E, { weight = 1 }) end,
    stimulate = function() net:stimulate(E, izh.current(function() return 0 end)) end, record = function() net:record(E, "u") end,
    record_spikes = function() net:record_spikes(E) end, restore = function() net:restore(S) end, close = function() net:close() end,
    clone = function() net:clone() end, size = function() return net.size end, get = function() E:get("v") end,
    set = function() E:set("v", -60) end, scale = function() net.projections.P:scale(2) end, values = function() rec:values("v", 1) end,
    spikes = function() net:spikes() end, stop = function() net.stimuli.N:stop() end, silence = function() E:silence() end,
    thread = function() assert(coroutine.resume(coroutine.create(function() net:step() end))) end,
  }
  for name, try in pairs(tries) do
    local ok, message
    setmetatable({}, { __gc = function() ok, message = pcall(try) end })
    collectgarbage()
    check.truth(not ok and message:find("a finalizer (__gc) cannot ", 1, true), name .. ": " .. tostring(message))
  end
  local finalizing, count = true, 0
  local function arm()
    setmetatable({}, { __gc = function()
      count = count + 1
      for _, try in pairs(tries) do pcall(try) end
      if finalizing then arm() end
    end })
  end
  collectgarbage("incremental", 1, 1000, 40) -- a whole collection each time that Lua asks whether it is time for a step
  collectgarbage() -- from now on
  arm()
  for k = 1, 3 do
    rec:values("v", 1)
    rec:times()
    rec:spikes(2)
    rec:save("attack.csv")
    rec:save("attack.npz")
    net:at(net.time + 1, function() end)
    net:population("A" .. k, 3, "RS", { v0 = izh.uniform(-70, -60), d = { 1, 2, 3 } })
    net:connect(E, E, { weight = izh.uniform(0, 0.1), delay = function() return 1 end })
    net:stimulate(E, izh.current(function() return 0.1 end))
    net:spikes{ of = E{ 2, 1 } }
    E:set("d", izh.uniform(7, 9))
    net.projections.P:get("weight")
    net:step()
    pcall(function() return net.populations.zzz end)
    pcall(net.population, net, "zzz", 1, "zzz")
  end
  finalizing = false
  collectgarbage("incremental", 200, 100, 13)
  check.truth(count > 50, "finalizers ran")
  equal(#net.populations, 4)
  equal(net.time, 6.5)
  os.remove("attack.csv")
  os.remove("attack.npz")
end

-- The debug hook comes between the instructions of Lua, and at each call, also of what our functions call: it closes the
-- network at the n-th of them, for each n that there is.
do
  local calls = {
    connect = function(net, E) net:connect(E, E, { name = "Q", weight = 1 }) end,
    record = function(net, E) net:record(E, { "v", "u" }, { name = "R" }) end,
    population = function(net) net:population("A", 3, "RS", { a = izh.uniform(0, 1) }) end,
    stimulate = function(net, E) net:stimulate(E, izh.current(function() return 1 end)) end,
    run = function(net) net:run(2) end,
    until_time = function(net) net:run_until(function() return net.time > 6 end) end,
    set = function(net, E) E:set("v", function() return -60 end) net.projections.P:set("weight", function() return 1 end) end,
    copies = function(net) net:restore(net:snapshot()) return net:clone().populations.E.name end,
    spikes = function(net) return net:spikes():cv() end,
    unknown = function(net) return net.populations.zzz end,
    pairs = function(net) for _ in pairs(net.projections) do end end,
    save = function(net) net:save("attack.izh") end,
    text = function(net, E) return tostring(net) .. tostring(E) .. tostring(net.projections) end,
    raster = function(net) return izh.raster(net) end,
  }
  for name, call in pairs(calls) do
    local n, came = 0, true
    while came and n < 200 do
      n, came = n + 1, false
      local net, E = build()
      local left = n
      debug.sethook(function()
        left = left - 1
        came = came or left == 0
        if left == 0 then pcall(net.close, net) end
      end, "cr", n % 2)
      pcall(call, net, E)
      debug.sethook()
    end
    check.truth(n > 3, name .. ": the hook came")
  end
  os.remove("attack.izh")
end

-- A finalizer on the way out sees closed networks, in whatever order things end.
do
  local net, E = build()
  _ENV.keep = setmetatable({ net = net, E = E, P = net.projections.P }, { __gc = function(self)
    pcall(self.net.run, self.net, 5)
    pcall(self.E.get, self.E, "v")
    pcall(self.P.scale, self.P, 2)
    tostring(self.net)
    tostring(self.E)
  end })
end

-- Names: long, in any script, but text.
do
  local net = izh.network()
  for _, name in ipairs{ ("n"):rep(200), ("é"):rep(100), "Körnerzellen", "神经元", "E I", "%s%d%n", "->", "1", "name", "items" } do
    local A = net:population(name, 3, "RS")
    equal(A.name, name)
    equal(net.populations[name], A)
    net:connect(A, A, { weight = 1 })
    net:stimulate(A, izh.current(1))
    tostring(A)
    raises("is taken by another population", function() net:population(name, 3, "RS") end)
    net:connect(A, A, { weight = 1, name = name })
    raises("is taken by another projection", function() net:connect(A, A, { weight = 1, name = name }) end)
  end
  raises("the name must not be longer than 200 bytes (got 201)", function() net:population(("n"):rep(201), 3, "RS") end)
  for _, name in ipairs{ "\xff", "a\xc3", "\xed\xa0\x80", "\xc0\x80" } do
    raises("population: the name must be UTF-8 text", function() net:population(name, 3, "RS") end)
  end
  for _, name in ipairs{ "a\nb", "\27[31m", "\127" } do
    raises("must not contain control characters", function() net:population(name, 3, "RS") end)
  end
  net:run(2)
end

-- What is in a stranger's file does not control the terminal that an error is shown on.
do
  local path = os.tmpname()
  os.rename(path, path .. ".csv")
  path = path .. ".csv"
  local file = io.open(path, "w")
  file:write("time,id,\27[31mred\n1,1,2\n")
  file:close()
  local message = select(2, pcall(izh.spikes, { file = path, columns = { times = "onset" } }))
  check.truth(message:find("\\x1b[31mred", 1, true) and not message:find("%c"), message)
  os.remove(path)
  raises('lo must be a finite number (got "\\x1b[2J\\x07\\x9b\\x7f")', function() izh.uniform("\27[2J\7\u{9b}\127", 1) end)
end

-- What scripts do to the libraries of Lua is nothing to our files, also to those that are read only then.
do
  local kept = {}
  for _, name in ipairs{ "table", "string", "math", "utf8", "io", "os", "coroutine" } do
    kept[name] = {}
    for key, value in pairs(_G[name]) do
      kept[name][key] = value
      if not (name == "io" and type(value) == "userdata") then _G[name][key] = nil end
    end
  end
  local net, E, ok, message, got = build(), nil, nil, nil, nil
  ok, message = pcall(function()
    net:spikes():cv()
    net:spikes():bursts()
    got = izh.sweep{ over = { x = { 1, 2 } }, trials = 2, run = function(case) return { y = case.x } end }
    got:save("attack.csv")
    got = { net:profile(), izh.raster(net), izh.rate(net), izh.explain.silence(net), izh.patterns.run("A"), ("x"):upper() }
    for _, one in ipairs(got) do got.text = tostring(one) end
    izh.figure{ izh.raster(net) }:save("attack.svg")
  end)
  for name, library in pairs(kept) do
    for key, value in pairs(library) do _G[name][key] = value end
  end
  os.remove("attack.csv")
  os.remove("attack.svg")
  check.truth(ok, message)
  string.shout = function(s) return s:upper() .. "!" end
  equal(("a"):shout(), "A!")
  string.shout = nil
end

-- Huge and sparse tables.
harmless("a must have 3 numbers", function(net) net:population("A", 3, "RS", { a = { [1] = 1, [2 ^ 40] = 1 } }) end)
harmless("more positions (100000) than neurons (6)", function(_, E)
  local t = {}
  for i = 1, 100000 do t[i] = i end
  return E(t)
end)
harmless("many", function(net)
  local options = { weight = 1 }
  for i = 1, 10000 do options["many" .. i] = i end
  net:connect(net, net, options)
end)

-- Error objects of any kind come through, from any depth.
for _, thrown in ipairs{ 42, {}, print, false } do
  local net, E = build()
  for _, f in ipairs{
    function() net:population("A", 1, "RS", { a = function() error(thrown) end }) end,
    function() E:set(function() error(thrown) end) end,
    function() net:connect(E, E, { weight = function() error(thrown) end }) end,
    function() net.projections.P:set("weight", function() error(thrown) end) end,
    function() net:run_until(function() error(thrown) end) end,
  } do
    local ok, got = pcall(f)
    equal(ok, false)
    equal(got, thrown)
  end
  net:run(20)
  equal(check.spikes(net), want)
end

-- The module changed under the library's feet.
do
  local net = izh.network()
  local cells, module = izh.cells, package.loaded.izhlua
  izh.cells = nil
  equal(pcall(net.population, net, "A", 1, "RS"), false)
  izh.cells = setmetatable({}, { __index = function() net:close() end })
  equal(pcall(net.population, net, "A", 1, "RS"), false)
  izh.cells = cells
  package.loaded.izhlua = nil
  izh.network():population("A", 1, "RS")
  package.loaded.izhlua = module
  local seed = math.randomseed
  math.randomseed = nil
  izh.network():population("A", 1, "RS")
  math.randomseed = seed
end
