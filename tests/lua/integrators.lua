-- The integrators as a script sees them: their names, their spikes, what "exact" adds.
local here = arg[0]:match("^(.*/)")
package.path = here .. "?.lua;" .. package.path
local check = require "check"
local izh = require "izhlua"

local function tonic(options, ms)
  local net = izh.network(options)
  net:population("P", 3, "RS", { v0 = { -65, -60, -70 } })
  net:stimulate(net, izh.current(10))
  net:run(ms or 1000)
  return net
end

-- all of them give the same picture at a fine step, and "exact" at a coarse one too
local reference = tonic{ dt = 0.01, integrator = "exact" }:spikes()
check.equal(reference.size, 69)
for _, integrator in ipairs{ "izhikevich2003", "figure1", "euler", "rk4" } do
  check.near(tonic{ dt = 0.01, integrator = integrator }:spikes().size, reference.size, 3, integrator)
end
for _, dt in ipairs{ 1, 0.5, 0.1 } do
  local spikes = tonic{ dt = dt, integrator = "exact" }:spikes()
  local t, want = spikes:times(), reference:times()
  check.equal(#t, #want)
  for k = 1, #t do check.near(t[k], want[k], 1e-6, "spike " .. k) end
  check.list(spikes:senders(), reference:senders())
end

-- neurons side by side are moved together, and get the bits that they get one by one
do
  local function run(cell, sizes, steps)
    local net = izh.network{ seed = 3, dt = steps and 1 or 0.5, integrator = "exact" }
    for k, size in ipairs(sizes) do net:population("P" .. k, size, cell) end
    net:stimulate(net, izh.noise{ name = "noise", sd = 6, mean = 4 })
    net:stimulate(net, izh.current{ name = "steps", times = { 0, 40, 60 }, values = { 0, 25, -30 } })
    net:run(150)
    local v, u = {}, {}
    for _, P in ipairs(net.populations) do
      for k = 1, P.size do
        v[#v + 1] = P:get("v")[k]
        u[#u + 1] = cell.model ~= "lif" and cell.model ~= "qif" and P:get("u")[k] or 0
      end
    end
    return v, u, net:spikes()
  end
  local ones = {}
  for k = 1, 19 do ones[k] = 1 end
  for name, cell in pairs{
    RS = { a = 0.02, b = 0.2, c = -65, d = 8 }, FS = { a = 0.1, b = 0.2, c = -65, d = 2 },
    class1 = { model = "izhikevich2004class1", a = 0.02, b = -0.1, c = -55, d = 6 },
    plain2007 = { model = "izhikevich2007", C = 100, k = 0.7, vr = -60, vt = -40, vpeak = 35, a = 0.03, b = -2, c = -50, d = 100 },
    lif = { model = "lif", tau = 20, vr = -65, vt = -61.5, c = -65 },
    qif = { model = "qif", C = 1, k = 0.04, vr = -65, vt = -55, vpeak = 30, c = -60 },
  } do
    for _, steps in ipairs{ false, true } do
      local v, u, spikes = run(cell, ones, steps)
      check.truth(name == "plain2007" or spikes.size > 20, name .. " does not fire")
      for _, sizes in ipairs{ { 19 }, { 8, 11 }, { 3, 16 } } do
        local v2, u2, spikes2 = run(cell, sizes, steps)
        check.list(v2, v)
        check.list(u2, u)
        check.list(spikes2:times(), spikes:times())
        check.list(spikes2:senders(), spikes:senders())
      end
    end
  end
end

-- located spikes come in order of time, and windows cut between them, not between steps
local net = tonic({ dt = 1, integrator = "exact" }, 400)
local all = net:spikes()
local t, ids = all:times(), all:senders()
for k = 2, #t do check.truth(t[k - 1] < t[k] or (t[k - 1] == t[k] and ids[k - 1] < ids[k]), "ascending") end
for k = 2, #t - 1 do
  local before, after = net:spikes{ to = t[k] }, net:spikes{ from = t[k] }
  check.equal(before.size, k)
  check.equal(after.size, #t - k)
  check.equal(after:times()[1], t[k + 1])
  local sliced = all:slice{ from = t[k - 1], to = t[k] }
  check.list(sliced:times(), net:spikes{ from = t[k - 1], to = t[k] }:times())
  check.equal(sliced.size, 1)
end
check.equal(net:spikes{ of = net.populations.P{ 2 } }:senders()[1], 2)

-- and are drawn where they are
net:raster("integrators.pdf", { from = 100.5, to = 300.25 })
check.truth(os.remove("integrators.pdf"))

-- a spike still travels from the end of its step, whole delays later
local relay = izh.network{ dt = 0.5, integrator = "exact" }
local A, B = relay:population("A", 1, "RS", { v0 = 29 }), relay:population("B", 1, "RS")
relay:connect(A, B, { weight = 400, delay = 2 })
relay:run(10)
local spikes = relay:spikes()
check.truth(spikes:times()[1] > 0 and spikes:times()[1] < 0.1, "A spikes at once")
check.truth(spikes:times()[2] > 2.5 and spikes:times()[2] < 4, "B spikes after 0.5 + 2 ms")

-- bad input
local function message(text, f) check.equal(check.message(f), text) end
message('network: tolerance is for integrator = "exact" (this one is "izhikevich2003")', function() izh.network{ tolerance = 1e-6 } end)
message("network: tolerance must be a number 1e-15 … 1 (got 0)", function() izh.network{ integrator = "exact", tolerance = 0 } end)
message("network: tolerance must be a number 1e-15 … 1 (got NaN)", function() izh.network{ integrator = "exact", tolerance = 0 / 0 } end)
message('network: tolerance must be a number 1e-15 … 1 (got "x")', function() izh.network{ integrator = "exact", tolerance = "x" } end)
message('network: unknown integrator "figure2" (did you mean "figure1"?)', function() izh.network{ integrator = "figure2" } end)
local wild = izh.network{ integrator = "exact" }
wild:population("P", 2, "RS", { d = { 8, -1e6 }, v0 = { -65, 40 } }) -- a spike drives it on
message('run: neuron 2 (population "P": a = 0.02, b = 0.2, c = -65, d = -1e+06) diverged at t = 0.5 ms: v = -65, u = -1.99999e+06, input 0; a smaller dt than 0.5 ms or a weaker input may help',
  function() wild:run(1) end)

-- under "exact" a spike acts from the end of its step on: it arrives 0 … dt later than its time and delay say
for _, dt in ipairs{ 1, 0.5 } do
  local net = izh.network{ dt = dt, integrator = "exact" }
  local P, Q = net:population("P", 1, "RS"), net:population("Q", 1, "RS")
  net:stimulate(P, izh.current(10))
  net:connect(P, Q, { weight = 1, delay = 2 })
  local current = net:record(Q, { "i_exc" }, { every = dt })
  net:run(1000)
  local t, i = current:times(), current:values("i_exc", 1)
  local k, late, n = 1, 0, 0
  for spike in net:spikes{ of = P, to = 990 }:each() do
    while t[k] <= spike or i[k] == 0 do k = k + 1 end -- the first sample is that of the end of the step
    local by = t[k] - dt - (spike + 2)
    check.truth(by >= 0 and by < dt, "it arrives in time")
    late, n = late + by, n + 1
  end
  check.truth(n > 20, "there are spikes")
  check.near(late / n, dt / 2, dt / 4, "by half a step in the mean")
end
