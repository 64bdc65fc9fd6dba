-- One workload of bench/compare: compared.lua NAME prints how long pieces of it took, in ns of the processor for each neuron and
-- step, one a line; or does the whole once, and prints nothing: then bench/compare takes the time of the process.
local izh = require "izhlua"

-- Runs a network in so many pieces of so many ms.
local function pieces(net, n, ms)
  net:run(200)
  local scale = 1e9 * net.dt / (net.size * ms)
  for _ = 1, n do
    local began = os.clock()
    net:run(ms)
    print(("%.4f"):format((os.clock() - began) * scale))
  end
end

local function noisy(options, size)
  options.seed, options.threads = 1, 1
  local net = izh.network(options)
  local E, I = net:population("E", size * 4 // 5, "E2003"), net:population("I", size // 5, "I2003")
  net:stimulate(E, izh.noise{ sd = 5, every = 1 })
  net:stimulate(I, izh.noise{ sd = 2, every = 1 })
  return net, E, I
end

local function dense(options)
  local net, E, I = noisy(options, 1000)
  net:connect(E, net, { weight = izh.uniform(0, 0.5), autapses = true })
  net:connect(I, net, { weight = izh.uniform(-1, 0), autapses = true })
  return net
end

local function sparse(size, outdegree, delays)
  local net, E, I = noisy({ dt = 1 }, size)
  local list = {}
  for d = 1, delays do list[d] = d - 1 end
  for _, path in ipairs{ { E, izh.uniform(0, 500 / outdegree) }, { I, izh.uniform(-1000 / outdegree, 0) } } do
    net:connect(path[1], net, { rule = "fixed_outdegree", n = outdegree, weight = path[2], delay = izh.choice(list) })
  end
  return net
end

local function driven(rate, size, seconds)
  local net = izh.network{ seed = 1, dt = 1, threads = 1 }
  net:population("P", size, "poisson", { rate = rate })
  net:run(1000 * seconds)
  return net
end

local workloads = {}

function workloads.w2() pieces(dense{ dt = 1 }, 60, 500) end
function workloads.w3() pieces(sparse(1000, 100, 20), 60, 500) end
function workloads.w4b() pieces(sparse(10000, 1000, 16), 60, 25) end
function workloads.w4() pieces(sparse(100000, 300, 16), 30, 10) end

-- Poisson sources with decaying synapses.
function workloads.w5()
  local net = izh.network{ seed = 1, dt = 0.5, threads = 1 }
  local E = net:population("E", 1000, "RS")
  net:stimulate(E, izh.poisson{ rate = 2000, weight = 0.1, synapse = "exp", tau = 3 })
  pieces(net, 60, 100)
end

function workloads.w6() pieces(dense{ dt = 0.5, integrator = "exact" }, 60, 25) end

-- Everything is recorded.
function workloads.w7()
  local net = dense{ dt = 0.5 }
  net:record(net, { "v", "u" }, { every = 0.5 })
  pieces(net, 60, 20)
end

-- Fifty neurons for a second.
local function small(seed, sd)
  local net = izh.network{ seed = seed, dt = 0.5 }
  local E, I = net:population("E", 40, "RS"), net:population("I", 10, "FS")
  net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.2, weight = 6 })
  net:connect(I, net, { rule = "pairwise_bernoulli", p = 0.2, weight = -5 })
  net:stimulate(E, izh.noise{ sd = sd })
  net:stimulate(I, izh.noise{ sd = 2 })
  net:run(1000)
  return net
end

function workloads.w1() small(1, 5):raster "w1.pdf" end

-- Two hundred short runs.
function workloads.w8()
  local values = {}
  for k = 1, 20 do values[k] = k / 2 end
  izh.sweep{ over = { { "sd", values } }, trials = 10, workers = 1, run = function(case)
    return { rate = small(case.seed, case.sd):spikes():mean_firing_rate() }
  end }
end

-- A million spikes are written and read.
function workloads.w9()
  local spikes = driven(100, 1000, 10):spikes()
  for _, name in ipairs{ "w9.npz", "w9.csv" } do
    spikes:save(name)
    izh.spikes(name)
  end
end

-- A raster of a million spikes.
function workloads.w10() driven(100, 1000, 10):raster "w10.pdf" end

workloads[arg[1]]()
