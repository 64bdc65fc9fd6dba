-- What theory says beside explanations: its numbers are found otherwise, and its sentences hold in simulations.
local izh = require "izhlua"
local check = require "check"
local core = check.own "izhlua.core"
local theory = check.own "izhlua.explain.theory"
local equal, near, truth = check.equal, check.near, check.truth

-- The greatest real part of eigenvalues.
for _, case in ipairs{
  { { { 2, 0 }, { 0, 1 } }, 2 }, { { { 0, 1 }, { -1, 0 } }, 0 }, { { { 1, 2 }, { 3, 4 } }, (5 + math.sqrt(33)) / 2 }, { { { -1, 0 }, { 0, -3 } }, -1 },
  { { { 1, -5, 0 }, { 5, 1, 0 }, { 0, 0, -2 } }, 1 }, { { { 0, 0 }, { 0, 0 } }, 0 },
} do
  near(theory.abscissa(case[1]), case[2], 1e-3, "real part")
end

-- A network with bursts, of which something is said. drive: of E; loop: weight of E to E.
local function build(options)
  local net = izh.network{ seed = options.seed or 1 }
  local E, I = net:population("E", 60, "RS"), net:population("I", 15, "FS")
  net:connect(E, E, { name = "loop", rule = "pairwise_bernoulli", p = 0.4, weight = options.loop, synapse = "exp", tau = 4 })
  net:connect(E, I, { name = "E to I", rule = "pairwise_bernoulli", p = 0.4, weight = izh.uniform(0.1, 0.5), synapse = "alpha", tau = 2 })
  net:connect(I, E, { name = "stop", rule = "pairwise_bernoulli", p = 0.4, weight = -0.5, width = 2 })
  net:stimulate(E, izh.current{ amplitude = options.drive, name = "drive" })
  net:stimulate(E, izh.current{ amplitude = 20, width = 10, period = 200, from = 100, name = "pulses" })
  net:stimulate(net, izh.noise{ sd = options.sd, name = "noise" })
  return net
end

-- The balance: the means are those of the currents; of these alone, a cell rests or fires.
for _, case in ipairs{ { drive = 1, loop = 0.1, sd = 3, below = true }, { drive = 8, loop = 0.2, sd = 1, below = false } } do
  local net = build(case)
  net:run(600)
  local b = izh.explain.bursts(net, { redraws = 0, from = 100 })
  truth(b.size > 0 and b.trusted, "bursts")
  local E = b.theory.balance[1]
  equal(E.population, "E", "the first population")
  local again = build(case)
  local recording = again:record(again.populations.E, { "i" }, { every = again.dt })
  again:run(600)
  local sum, n, times = 0, 0, recording:times()
  for k = 1, 60 do
    for j, value in ipairs(recording:values("i", k)) do
      if times[j] > 100 then sum, n = sum + value, n + 1 end
    end
  end
  near(E.mean, sum / n, 1e-9, "the mean input")
  near(E.low, (5 - 0.2) ^ 2 / 0.16 - 140 - 0.2, 0.05, "the steady rheobase")
  local alone = izh.network{}
  local X = alone:population("X", 1, "RS")
  alone:run(1000)
  alone:stimulate(X, izh.current{ start = 0, stop = E.mean, to = 2000 })
  alone:stimulate(X, izh.current{ amplitude = E.mean, from = 3000 })
  alone:run(5000)
  equal(alone:spikes().size == 0, case.below, "of the mean alone")
  truth(tostring(b):gsub("%s+", " "):find(case.below and "3.80: of that alone, a cell at rest would stay so." or "3.80: of that alone, its cells would fire.", 1, true),
    tostring(b))
end

-- The weights: blocks are sums over synapses; the eigenvalue and the radius are about those of the whole matrix.
do
  local net = build{ drive = 1, loop = 0.1, sd = 3 }
  local sums, squares = core.blocks(net)
  local charges, want, want2 = { loop = 4, ["E to I"] = 2 * math.exp(1), stop = 2 }, { 0, 0, 0, 0 }, { 0, 0, 0, 0 }
  for _, projection in ipairs(net.projections) do
    local at = ({ loop = 1, ["E to I"] = 2, stop = 3 })[projection.name]
    for _, _, weight in projection:synapses() do
      local q = weight * charges[projection.name]
      want[at], want2[at] = want[at] + q, want2[at] + q * q
    end
  end
  for k = 1, 4 do
    near(sums[k], want[k], 1e-9, "sum")
    near(squares[k], want2[k], 1e-9, "squares")
  end
end

-- The matrix of what spikes bring, per Hz, and its leading eigenvalue by its powers, which is real here or complex: as a modulus.
local function modulus(net, size)
  local rows, x = {}, {}
  for k = 1, size do rows[k], x[k] = {}, math.sin(k * k) end
  for _, projection in ipairs(net.projections) do
    for pre, post, weight in projection:synapses() do table.insert(rows[post], { pre, weight * 4e-3 }) end
  end
  local log, n = 0, 300
  for step = 1, n do
    local y, norm = {}, 0
    for k = 1, size do
      local sum = 0
      for _, synapse in ipairs(rows[k]) do sum = sum + synapse[2] * x[synapse[1]] end
      y[k], norm = sum, norm + sum * sum
    end
    norm = math.sqrt(norm)
    for k = 1, size do x[k] = y[k] / norm end
    if step > 100 then log = log + math.log(norm) end
  end
  return math.exp(log / (n - 100))
end

do
  local function random(weight, mean)
    local net = izh.network{ seed = 2 }
    local E = net:population("E", 200, "RS")
    net:connect(E, E, { name = "loop", rule = "pairwise_bernoulli", p = 0.2, weight = weight, synapse = "exp", tau = 4 })
    net:stimulate(E, izh.current{ amplitude = 20, width = 10, period = 200, from = 100, name = "pulses" })
    net:run(300)
    return izh.explain.bursts(net, { redraws = 0 }), modulus(net, 200), mean
  end
  local b, whole = random(0.05)
  near(b.theory.weights.outlier, whole, 0.02 * whole, "the outlier of a network that excites")
  truth(b.theory.weights.outlier > 3 * b.theory.weights.radius, "outside of the bulk")
  truth(tostring(b):gsub("%s+", " "):find("outside of the bulk, of radius", 1, true), "and the text says so")
  b, whole = random(izh.normal(0, 0.05))
  near(b.theory.weights.radius, whole, 0.15 * whole, "the radius of one that is balanced")
  truth(b.theory.weights.outlier < b.theory.weights.radius, "no outlier")
  truth(tostring(b):gsub("%s+", " "):find("have no eigenvalue outside of the bulk of the weights", 1, true), "and the text says so")
end

-- What the eigenvalue x means: with a gain g of single cells, a small current to all has an effect of g / (1 - g x).
do
  local N, cell = 400, { model = "lif", tau = 20, vr = -70, vt = -50, c = -60 }
  local weight, p = 0.11, 0.2
  local function rate(current, coupled)
    local net = izh.network{ seed = 5 }
    local E = net:population("E", N, cell)
    if coupled then net:connect(E, E, { rule = "pairwise_bernoulli", p = p, weight = weight, synapse = "exp", tau = 5 }) end
    net:stimulate(E, izh.noise{ mean = current, sd = 25, name = "noise" })
    net:run(4500)
    return net:spikes{ from = 500 }:mean_firing_rate(), net
  end
  local r0, net = rate(14, true)
  local sums = core.blocks(net)
  local x = theory.abscissa{ { 1e-3 * sums[1] / N } }
  near(x, 1e-3 * N * p * weight * 5, 0.03 * x, "the eigenvalue")
  local g = (rate(14 + x * r0 + 1, false) - rate(14 + x * r0 - 1, false)) / 2
  local effect = (rate(15, true) - rate(13, true)) / 2
  truth(g * x > 0.1 and g * x < 0.9, ("recurrence matters: g x = %.3g"):format(g * x))
  near(effect, g / (1 - g * x), 0.1 * effect, "the effect of a small current")
end

-- Where currents are not all of the input, nothing is said.
do
  local net = izh.network{ seed = 1 }
  local E = net:population("E", 20, "RS")
  net:connect(E, E, { weight = 0.1, synapse = "delta" })
  net:stimulate(E, izh.current{ amplitude = 20, width = 10, period = 200, from = 100, name = "pulses" })
  net:run(300)
  local b = izh.explain.bursts(net)
  equal(#b.theory.balance, 0, "no balance")
  equal(b.theory.weights, nil, "no weights")
  truth(not tostring(b):find("What theory says", 1, true), "no sentence")
end
