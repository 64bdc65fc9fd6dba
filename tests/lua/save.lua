-- Networks in files: what was loaded goes on with the same bits, in this process and in others; other files are refused.
local izh = require "izhlua"
local check = require "check"
local equal, raises = check.equal, check.raises
local scratch <close> = check.scratch()

local function build()
  local net = izh.network{ seed = 7 }
  local E, I = net:population("E", 40, "E2003"), net:population("I", 10, "I2003")
  net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6, delay = izh.uniform(0, 20) })
  net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5, synapse = "exp", tau = 2 })
  net:stimulate(E, izh.noise{ sd = 5 })
  net:stimulate(I, izh.poisson{ rate = 900, weight = 1 })
  return net, E, I
end

local path = scratch.path("a.izh")

-- In this process: everything is there, by name, and goes on alike; saved again, the file is the same.
do
  local net, E, I = build()
  net:stimulate(E{ 3, 1 }, izh.current{ amplitude = { 1, 2 }, frequency = 40 })
  net:record(E{ 5, 2 }, { "v", "i" }, { name = "r" })
  I{ 1 }:silence()
  net:run(300)
  net:save(path)
  local other = izh.load(path)
  equal(tostring(other), tostring(net))
  for _, kind in ipairs{ "populations", "projections", "stimuli", "recordings" } do
    equal(tostring(other[kind]), tostring(net[kind]))
    for i, thing in ipairs(other[kind]) do equal(tostring(thing), tostring(net[kind][i])) end
  end
  other:save(scratch.path("b.izh"))
  equal(check.content(scratch.path("b.izh")), check.content(path))
  net:run(300)
  other:run(300)
  equal(check.spikes(other), check.spikes(net))
  check.list(other.recordings.r:values("i", 2), net.recordings.r:values("i", 2))
  check.list(other.populations.E:get("v"), E:get("v"))
  other:population("X", 1, "RS")
end

-- In another process.
do
  local net = build()
  net:run(200)
  net:save(path)
  net:run(100)
  local program = arg[-1]
  local script = scratch.write("go.lua", ([[
    local net = require "izhlua".load(%q)
    net:run(100)
    for t, id in net:spikes():each() do print(("%%.17g %%d"):format(t, id)) end
  ]]):format(path))
  local pipe = io.popen(("%s %s"):format(program, script))
  equal(pipe:read("a"), check.spikes(net) .. "\n")
  pipe:close()
end

-- Functions cannot be saved.
do
  local net, E = build()
  net:at(500, function() end)
  net:every(20, function() end)
  raises("save: a function is still to be called at 20 ms (net:at, net:every), and functions cannot be saved",
    function() net:save(scratch.path("none.izh")) end)
  net = build()
  net:at(5, function() end)
  local wave = net:stimulate(net.populations.E, izh.current(function() return 1 end))
  net:run(5)
  raises('save: the current of stimulus "E.current" is a function, and functions cannot be saved; stop it first',
    function() net:save(scratch.path("none.izh")) end)
  wave:stop()
  net:save(scratch.path("none.izh"))
  equal(izh.load(scratch.path("none.izh")).time, 5)
  -- within a run, too
  net:at(8, function(n) n:save(scratch.path("none.izh")) end)
  net:run(5)
  equal(izh.load(scratch.path("none.izh")).time, 8)
end

-- What is refused, and why. The old file stays when the new one cannot be written.
do
  local net = build()
  net:save(path)
  local good = check.content(path)
  local function changed(at, bytes) return good:sub(1, at) .. bytes .. good:sub(at + #bytes + 1) end
  local env = {
    izh = izh, net = net, path = path,
    write = function(bytes) return scratch.write("bad.izh", bytes) end,
    good = good, changed = changed, folder = scratch.folder,
  }
  local cases = [[
izh.load(path, 1)
  load: 1 argument too many
izh.load()
  load: the path must be a string (got nothing)
izh.load("a.npz")
  load: the path must end in .izh (got "a.npz")
izh:load(path)
  load: call it with a dot: izh.load(…)
izh.load(folder .. "/none.izh/x.izh")
  load: cannot read "<any>/none.izh/x.izh": Not a directory
izh.load(folder .. "/missing.izh")
  load: cannot read "<any>/missing.izh": No such file or directory
izh.load(write(""))
  load: cannot read "<any>/bad.izh": it is not a network saved by izhlua
izh.load(write("time_ms,neuron\n"))
  load: cannot read "<any>/bad.izh": it is not a network saved by izhlua
izh.load(write(good:sub(1, 4)))
  load: cannot read "<any>/bad.izh": it is cut short
izh.load(write(good:sub(1, -2)))
  load: cannot read "<any>/bad.izh": it is cut short
izh.load(write(good .. "x"))
  load: cannot read "<any>/bad.izh": it is damaged: there is something after its end
izh.load(write(good:gsub("\r\n", "\n", 1)))
  load: cannot read "<any>/bad.izh": it is not a network saved by izhlua
izh.load(write(changed(8, good:sub(9, 12):reverse())))
  load: cannot read "<any>/bad.izh": it was saved on a machine with another order of bytes
izh.load(write(changed(8, "zzzz")))
  load: cannot read "<any>/bad.izh": it is damaged
izh.load(write(changed(12, "\10\0\0\0")))
  load: cannot read "<any>/bad.izh": it has version 10 of the format, of another izhlua (<any>): this one, <any>, reads version 9
izh.load(write(changed(1000, "\255\254")))
  load: cannot read "<any>/bad.izh": it is damaged: its checksum is wrong
net:save()
  save: the path must be a string (got nothing)
net:save("x.npz")
  save: the path must end in .izh (got "x.npz")
net:save(path, 1)
  save: 1 argument too many
net.save(path)
  save: must be called on a network, with a colon: net:save(…) (got "<any>")
net:save(folder .. "/no/x.izh")
  save: cannot write "<any>/no/x.izh": No such file or directory
]]
  local control = { net = build() }
  check.errors("\n" .. cases, env, control, function(e) e.net:run(1) end)
  equal(check.spikes(net), check.spikes(control.net))
  equal(check.content(path), good)
  net:close()
  raises("save: the network is closed", function() net:save(path) end)
end

-- Every bit of a small file, and every length: refused, or, for the name of the program's version, which the checksum
-- covers, too, never the wrong state.
do
  local net = izh.network{ dt = 1 }
  local E = net:population("E", 2, "RS")
  net:connect(E, E, { weight = 20, delay = izh.uniform(0, 3) })
  net:stimulate(E, izh.noise{ sd = 9 })
  net:record(E, "v", { every = 5 })
  net:run(20)
  net:save(path)
  local good, bad = check.content(path), scratch.write("bad.izh", check.content(path))
  local file <close> = assert(io.open(bad, "r+b"))
  local function put(at, byte)
    file:seek("set", at - 1)
    file:write(string.char(byte))
    file:flush()
  end
  local function refused()
    local ok, message = pcall(izh.load, bad)
    if ok then error("a damaged file was loaded") end
    check.truth(message:find("cannot read \"" .. bad .. "\": it ", 1, true), message)
  end
  for at = 1, #good do
    for bit = 0, 7 do
      put(at, good:byte(at) ~ 1 << bit)
      refused()
    end
    put(at, good:byte(at))
  end
  equal(izh.load(bad).time, 20)
  bad = scratch.path("short.izh")
  local short <close> = assert(io.open(bad, "wb"))
  for at = 1, #good do -- without its end, from `at` on
    short:flush()
    refused()
    short:write(good:sub(at, at))
  end
  short:flush()
  equal(izh.load(bad).time, 20)
end
