-- The examples of the reference (scripts/reference.lua), for what no script of examples/ shows. Each comes after the lines
-- up to the first name, by itself; a test runs all.
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
local E, I = net:population("E", 40, "E2003"), net:population("I", 10, "I2003")
net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
local noise = net:stimulate(E, izh.noise{ sd = 5 })
local recording = net:record(E:slice(1, 3), { "v", "u" })
net:run(500)
local s = net:spikes()

--- analysis.spikes
local s = izh.analysis.spikes({ { 1, 4, 9 }, { 2, 3, 8 } })  -- a train each
print(s:cv())
--- call:cancel
local call = net:every(10, function(net) print(net.time) end)
net:at(600, function() call:cancel() end)
net:run(200)
--- explainedBursts:rerun
local report = izh.explain.bursts(net, { to = 100 })
report:rerun(1):raster("rerun.pdf")
--- izh.animate
izh.animate(net, { every = 5, to = 200 }):save("net.gif")
--- izh.bars
izh.figure{ izh.bars({ labels = { "control", "×3" }, { values = { 12.5, 4.1 }, label = "E" }, { values = { 30, 9 }, label = "I" } },
  { ylabel = "Rate (Hz)" }) }:save("bars.pdf")
--- izh.beta
net:connect(E, I, { name = "slow", rule = "fixed_indegree", n = 5, weight = izh.beta(2, 5) })
net:run(100)
--- izh.choice
E:set("d", izh.choice{ 2, 4, 8 })
--- izh.convergence
print(izh.convergence(function(case)
  local net = izh.network{ seed = 7, dt = case.dt }
  net:stimulate(net:population("E", 10, "RS"), izh.noise{ sd = 10 })
  return net
end, { duration = 500, halvings = 2 }))
--- izh.exponential
net:connect(E, I, { name = "slow", rule = "fixed_indegree", n = 5, weight = izh.exponential(0.5) })
net:run(100)
--- izh.gamma
net:connect(E, I, { name = "slow", rule = "fixed_indegree", n = 5, weight = izh.gamma(2, 0.3) })
net:run(100)
--- izh.image
izh.figure{ izh.image({ { 1, 2, 3 }, { 4, 5, 6 } }, { label = "Weight" }) }:save("image.pdf")
--- izh.integer
net:connect(E, I, { name = "slow", rule = "fixed_indegree", n = izh.integer(izh.normal(5, 2)), weight = 1 })
net:run(100)
--- izh.load
net:save("net.izh")
local again = izh.load("net.izh")
again:run(100)                                             -- goes on, with the same bits
--- izh.lognormal
net:connect(E, I, { name = "slow", rule = "fixed_indegree", n = 5, weight = izh.lognormal(0, 0.5) })
net:run(100)
--- izh.matrix
izh.figure{ izh.matrix(net.projections.inhibition, { label = "Weight" }) }:save("matrix.pdf")
--- izh.normal
E:set("d", izh.normal(8, 0.5))
--- izh.phase
izh.figure{ izh.phase("RS", { current = 5 }) }:save("phase.pdf")
--- izh.poisson
net:stimulate(E, izh.poisson{ rate = 8, n = 100, weight = 0.5 })
net:run(100)
--- izh.psth
local trials = {}
for k = 1, 20 do
  local trial = net:clone{ reseed = k }
  trial:run(100)
  trials[k] = trial:spikes{ of = 1, from = 500 }
end
izh.figure{ izh.psth(trials, { zero = 500 }) }:save("psth.pdf")
--- izh.read
s:save("spikes.npz")
local columns = izh.read("spikes.npz")
print(#columns.times)
--- izh.scatter
izh.figure{ izh.scatter({ x = E:get("c"), y = E:get("d") }, { xlabel = "c (mV)", ylabel = "d" }) }:save("scatter.pdf")
--- izh.spike_train
net:stimulate(E, izh.spike_train{ times = { 510, 520, 530 }, weight = 20 })
net:run(100)
--- izh.spikes
local s = izh.spikes{ times = { 1.5, 3, 4.5 }, senders = { 2, 1, 2 }, neurons = 3 }
print(s:mean_firing_rate())
--- izh.strip
izh.figure{ izh.strip({ { "E", { 1, 2, 4 } }, { "I", { 3, 5, 6 } } }, { ylabel = "Rate (Hz)" }) }:save("strip.pdf")
--- izh.sweep_merge
-- after: izhlua dose.lua --shard 1/2 and --shard 2/2
local files = { "dose.shard-1-of-2.csv", "dose.shard-2-of-2.csv" }
if io.open(files[1]) then print(izh.sweep_merge(files)) end
--- izh.trials
print(izh.trials{ n = 20, run = function(case)
  net:reseed(case.trial)
  net:run(200)
  return { rate = net:spikes{ from = 500 }:mean_firing_rate() }
end })
--- izh.truncated
E:set("d", izh.truncated(izh.normal(8, 2), 4, 12))
--- izh.uniform
E:set("d", izh.uniform(2, 8))
--- izh.vector
local x = izh.vector{ 1, 2, 4 }
print((2 * x + 1):mean())
--- izh.write
izh.write("columns.csv", { time = { 1, 2, 3 }, rate = { 5, 7, 6 } })
--- network:close
net:close()                                                -- frees its memory now, not when Lua collects it
--- network:every
net:every(100, function(net) print(net.time, net:spikes().size) end)
net:run(500)
--- network:profile
print(net:profile())
--- network:record_spikes
net:record_spikes(E)                                       -- from now on, only those of E are kept
net:run(100)
--- network:reseed
net:reseed(3)                                              -- goes on as trial 3: other noise, the same wiring
net:run(100)
--- network:restore
local start = net:snapshot()
net:run(100)
net:restore(start)
print(net.time)                                            --> 500.0
--- network:run_until
net:run_until(function(net) return net:spikes().size > 1000 end, { max = 2000 })
--- network:snapshot
local start = net:snapshot()
net:run(100)
net:restore(start)
--- network:step
net:step(10)                                               -- ten steps of dt
--- network:warnings
print(net:warnings().neurons)                              -- that went where the scheme is not stable
--- population:clamp
E:slice(1, 5):clamp{ v = -50 }
net:run(100)
--- population:get
print(E:get("d"):mean())
--- population:release
E:silence()
net:run(100)
E:release()
net:run(100)
--- population:set
E:set("d", 4)
E:slice(1, 10):set("c", -50)
--- population:silence
I:silence()                                                -- as after a lesion
net:run(100)
--- population:slice
E:slice(1, 10):set("d", 2)
--- projection:enable
net.projections.inhibition:disable()
net:run(100)
net.projections.inhibition:enable()
net:run(100)
--- projection:get
print(net.projections.inhibition:get("weight"):mean())
--- projection:set
net.projections.inhibition:set("weight", -4)
--- projection:synapses
local sum = 0
for pre, post, weight, delay in net.projections.inhibition:synapses() do sum = sum + weight end
--- recording:stop
recording:stop()
net:run(100)                                               -- is not recorded
--- recording:times
print(#recording:times())
--- recording:values
print(recording:values("v", 1):mean())                     -- of the first recorded neuron
--- rng:beta
net:population("X", 10, "RS", function(i, rng) return { d = 8 * rng:beta(2, 5) } end)
--- rng:exponential
net:population("X", 10, "RS", function(i, rng) return { d = rng:exponential(4) } end)
--- rng:gamma
net:population("X", 10, "RS", function(i, rng) return { d = rng:gamma(4, 2) } end)
--- rng:integer
net:population("X", 10, "RS", function(i, rng) return { d = rng:integer(2, 8) } end)
--- rng:lognormal
net:population("X", 10, "RS", function(i, rng) return { d = rng:lognormal(2, 0.3) } end)
--- rng:normal
net:population("X", 10, "RS", function(i, rng) return { d = rng:normal(8, 1) } end)
--- rng:uniform
net:population("X", 10, "RS", function(i, rng)             -- values that belong together
  local r = rng:uniform()
  return { c = -65 + 15 * r, d = 8 - 6 * r }
end)
--- spikes:autocorrelation
print(s:autocorrelation{ window = 50 })
--- spikes:avalanches
print(s:avalanches{ bin = 2 })
--- spikes:burst
print(s:burst{ beg_isi = 10, end_isi = 20 })
--- spikes:bursts
for _, burst in ipairs(s:bursts()) do print(burst.onset, burst.duration) end
--- spikes:cv2
print(s:cv2(), s:cv2{ of = E })
--- spikes:fanofactor
print(s:fanofactor{ bin = 50 })
--- spikes:instantaneous_rate
print(s:instantaneous_rate{ sigma = 5 })
--- spikes:isi_distance
print(s:isi_distance{ of = { 1, 2, 3 } })
--- spikes:lv
print(s:lv())
--- spikes:lvr
print(s:lvr{ R = 5 })
--- spikes:senders
print(s:times()[1], s:senders()[1])                        -- when, and who
--- spikes:silent
print(#s:silent())
--- spikes:slice
print(s:slice{ of = E, from = 100, to = 200 }.size)
--- spikes:spike_distance
print(s:spike_distance{ of = { 1, 2, 3 } })
--- spikes:spike_time_tiling_coefficient
print(s:spike_time_tiling_coefficient{ of = { 1, 2, 3 } })
--- spikes:time_histogram
print(s:time_histogram{ bin = 10, output = "rate" })
--- spikes:times
print(#s:times(), s:times():max())
--- spikes:triggered_average
print(s:triggered_average(recording, { window = { -20, 20 } }))
--- spikes:van_rossum_distance
print(s:van_rossum_distance{ time_constant = 20, of = { 1, 2, 3 } })
--- spikes:victor_purpura_distance
print(s:victor_purpura_distance{ cost_factor = 100, of = { 1, 2, 3 } })
--- stimulus:get
print(noise:get("sd"))
--- stimulus:set
noise:set("sd", 8)
net:run(100)
--- stimulus:stop
noise:stop()
net:run(100)
--- sweep:get
local dose = izh.sweep{ over = { k = { 1, 2 } }, trials = 3, run = function(case) return { x = case.k * case.seed } end }
print(dose:get("x"), dose:get("x", "ci"))
--- vector:cumsum
print(izh.vector{ 1, 2, 4 }:cumsum():totable()[3])         --> 7.0
--- vector:map
print(izh.vector{ 1, 2, 4 }:map(function(x) return x ^ 2 end):sum())
--- vector:max
print(s:times():max())
--- vector:median
print(izh.vector{ 1, 2, 4 }:median())
--- vector:min
print(s:times():min())
--- vector:quantile
print(E:get("v"):quantile(0.9))
--- vector:sd
print(E:get("v"):sd())
--- vector:slice
print(s:times():slice(1, 10):mean())
--- vector:sort
print(izh.vector{ 4, 1, 2 }:sort()[1])
--- vector:sum
print(izh.vector{ 1, 2, 4 }:sum())
--- vector:totable
for _, t in ipairs(s:times():slice(1, 3):totable()) do print(t) end
