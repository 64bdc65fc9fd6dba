-- izh.noise{ tau = }: an Ornstein–Uhlenbeck process on the grid of draws; windows of noise and Poisson sources.
local izh = require "izhlua"
local check = require "check"
local equal, near = check.equal, check.near
local scratch <close> = check.scratch()

local function build(options)
  local net = izh.network{ seed = 3, dt = options.dt or 0.5, threads = options.threads }
  local E = net:population("E", options.n or 20, "RS")
  net:stimulate(E, izh.noise{ mean = options.mean, sd = 2, tau = 5, every = 1, correlation = options.correlation })
  if options.n then net:stimulate(E{ 1, 4, 7 }, izh.noise{ sd = 1, tau = 20 }) end
  net:record(E, { "i_ext" }, { every = 1 })
  return net
end
local function currents(net) -- of all neurons, in one list
  local list, recording = {}, net.recordings[1]
  for k = 1, #recording.neurons do
    for _, x in ipairs(recording:values("i_ext", k)) do list[#list + 1] = x end
  end
  return list
end
local function same(a, b)
  local x, y = currents(a), currents(b)
  equal(#x, #y)
  for i = 1, #x do equal(x[i], y[i]) end
end

-- Mean, variance, and correlation at lags over 4000 neurons, each at a level of 1e-4 (3.9 standard errors).
do
  local n = 4000
  local net = izh.network{ seed = 5, dt = 1 }
  local E = net:population("E", n, "RS")
  net:stimulate(E, izh.noise{ mean = 3, sd = 2, tau = 5 })
  net:record(E, { "i_ext" })
  net:run(60)
  local function moment(t, lag)
    local sum = 0
    for k = 1, n do
      local x = net.recordings[1]:values("i_ext", k)
      sum = sum + (x[t] - 3) / 2 * (x[t + lag] - 3) / 2
    end
    return sum / n
  end
  for _, t in ipairs{ 3, 30 } do -- from the beginning on, it is stationary
    near(moment(t, 0), 1, 3.9 * math.sqrt(2 / n))
    for _, lag in ipairs{ 1, 5, 20 } do
      local r = math.exp(-lag / 5)
      near(moment(t, lag), r, 3.9 * math.sqrt((1 + r * r) / n))
    end
  end
end

-- The spectrum is the Lorentzian 2 sd² tau / (1 + (2π f tau)²). A periodogram of a finite time is smeared: what it is in the mean
-- follows from the autocorrelation e^(-t/tau), and is within 6 % of the Lorentzian here. Over 400 neurons, the mean of
-- periodogram / expectation, which are exponential, has the standard error 1/20; eight frequencies, each at a level of 1e-5.
do
  local n, tau, sd, dt, N = 400, 8, 3, 0.5, 1024
  local net = izh.network{ seed = 11, dt = dt, integrator = "euler" }
  local E = net:population("E", n, { model = "lif", tau = 20, vr = -65, vt = 1e6, c = -65 })
  net:stimulate(E, izh.noise{ sd = sd, tau = tau, every = dt })
  local recording = net:record(E, { "i_ext" }, { every = dt })
  net:run(N * dt)
  for _, k in ipairs{ 2, 5, 10, 20, 30, 40, 60, 80 } do
    local f, omega = k / (N * dt), 2 * math.pi * k / N -- 1/ms; radians for each sample
    local expected = 1
    for m = 1, N - 1 do expected = expected + 2 * (1 - m / N) * math.exp(-m * dt / tau) * math.cos(omega * m) end
    expected = expected * sd ^ 2 * dt
    near(expected / (2 * sd ^ 2 * tau / (1 + (2 * math.pi * f * tau) ^ 2)), 1, 0.06, ("%g Hz"):format(1000 * f))
    local cosine, sine = {}, {}
    for t = 1, N do cosine[t], sine[t] = math.cos(omega * t), math.sin(omega * t) end
    cosine, sine = izh.vector(cosine), izh.vector(sine)
    local sum = 0
    for i = 1, n do
      local x = recording:values("i_ext", i):slice(2, N + 1) -- the first sample is of time 0
      sum = sum + ((x * cosine):sum() ^ 2 + (x * sine):sum() ^ 2) * dt / N
    end
    near(sum / n / expected, 1, 4.42 / math.sqrt(n), ("%g Hz"):format(1000 * f))
  end
end

-- Two neurons have the correlation that is asked for, over time (one seed; the bound is that of 400 independent times).
do
  local net = izh.network{ seed = 2, dt = 1 }
  local E = net:population("E", 2, "RS")
  net:stimulate(E, izh.noise{ sd = 1, tau = 2, correlation = 0.6 })
  net:record(E, { "i_ext" }, { every = 10 })
  net:run(4000)
  local x, y = net.recordings[1]:values("i_ext", 1), net.recordings[1]:values("i_ext", 2)
  near((x * y):sum() / #x, 0.6, 3.9 * math.sqrt((1 + 0.6 ^ 2) / 400))
end

-- The same at every dt, with any number of threads, and for slices.
do
  local net = build{ n = 10000, threads = 1 }
  net:run(20)
  local other = build{ n = 10000, threads = 3 }
  other:run(20)
  same(net, other)
  local coarse, fine = build{ dt = 1, correlation = 0.3 }, build{ dt = 0.25, correlation = 0.3 }
  coarse:run(20)
  fine:run(20)
  local x, y = coarse.recordings[1], fine.recordings[1]
  for k = 1, 20 do
    for t = 2, 21 do equal(x:values("i_ext", k)[t], y:values("i_ext", k)[t]) end
  end
end

-- A clone, a snapshot and a file go on with the same numbers, also within a draw; a trial is as if it had been so from the
-- beginning.
do
  local net = build{ correlation = 0.3 }
  net:run(10.5)
  local clone, snapshot = net:clone(), net:snapshot()
  net:save(scratch.path "ou.izh")
  local loaded = izh.load(scratch.path "ou.izh")
  net:run(20)
  clone:run(20)
  loaded:run(20)
  same(net, clone)
  same(net, loaded)
  net:restore(snapshot)
  net:run(20)
  same(net, clone)

  local trial = build{ correlation = 0.3 }
  trial:reseed(4)
  trial:run(30.5)
  net:restore(snapshot, { reseed = 4 })
  net:run(20)
  local x, y = trial.recordings[1], net.recordings[1]
  for k = 1, 20 do
    for t = 12, 31 do equal(x:values("i_ext", k)[t], y:values("i_ext", k)[t]) end
  end
end

-- A window only cuts: what is given in it is what would be given without it.
for _, make in ipairs{
  function(window) return izh.noise{ mean = 1, sd = 2, from = window.from, to = window.to } end,
  function(window) return izh.noise{ sd = 2, tau = 5, correlation = 0.2, from = window.from, to = window.to } end,
  function(window) return izh.poisson{ rate = 900, weight = 2, from = window.from, to = window.to } end,
} do
  local function run(window)
    local net = izh.network{ seed = 8 }
    local E = net:population("E", 5, "RS")
    net:stimulate(E, make(window))
    net:record(E, { "i_ext" }, { every = 0.5 })
    net:run(40)
    return net.recordings[1]
  end
  local whole, part = run{}, run{ from = 10, to = 25.5 }
  local given = 0
  for k = 1, 5 do
    local x, y = whole:values("i_ext", k), part:values("i_ext", k)
    for i, t in ipairs(whole:times()) do
      -- a pulse that came in the window lasts 1 ms; what came before it is not there
      local inside = t > 11 and t <= 25.5
      if inside then equal(y[i], x[i]) given = given + math.abs(y[i]) end
      if t <= 10 or t > 26.5 then equal(y[i], 0.0) end
    end
  end
  check.truth(given > 0)
end

-- A window lets in the same spikes of Poisson sources at every dt: each lifts v of a cell that does nothing else.
do
  local function lifted(dt)
    local net = izh.network{ seed = 4, dt = dt, integrator = "euler" }
    local E = net:population("E", 500, { model = "lif", tau = 1e6, vr = 0, vt = 1e6, c = 0, v0 = 0 })
    net:stimulate(E, izh.poisson{ rate = 100, weight = 1, synapse = "delta", from = 50, to = 60 })
    net:run(70)
    local v, counts = E:get("v"), {}
    for k = 1, #v do counts[k] = math.floor(v[k] + 0.5) end
    return counts
  end
  local coarse = lifted(1)
  local sum = 0
  for _, n in ipairs(coarse) do sum = sum + n end
  check.truth(sum > 300 and sum < 700)
  for _, dt in ipairs{ 0.5, 0.125 } do check.list(lifted(dt), coarse) end
end

equal(tostring(izh.noise{ sd = 1, from = 5 }), "noise: mean 0, sd 1, every 1 ms, from 5 ms on")
equal(tostring(izh.noise{ sd = 1, from = 5, to = 9 }), "noise: mean 0, sd 1, every 1 ms, from 5 to 9 ms")
equal(tostring(izh.poisson{ rate = 9, weight = 1, to = 9 }), "poisson: 1 × 9 Hz, weight 1, from 0 to 9 ms")
check.raises("noise: to must be after from (got 5 and 9 ms)", function() izh.noise{ sd = 1, from = 9, to = 5 } end)
check.raises("poisson: to must be after from (got 5 and 9 ms)",
  function() izh.poisson{ rate = 1, weight = 1, from = 9, to = 5 } end)
equal(tostring(izh.noise{ sd = 1, tau = 5 }), "noise: mean 0, sd 1, every 1 ms, tau 5 ms")
check.raises("noise: tau must be a number 0 … 1000000 (got -1)", function() izh.noise{ sd = 1, tau = -1 } end)
