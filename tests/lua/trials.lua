-- Trials: net:reseed, the option reseed of clone and restore, izh.trials.
local here = arg[0]:match("^(.*/)")
package.path = here .. "?.lua;" .. package.path
local izh = require "izhlua"
local check = require "check"
local equal, list, raises, truth = check.equal, check.list, check.raises, check.truth

local path = os.tmpname() .. ".izh"

local function build(options)
  local net = izh.network(options or { seed = 7 })
  local E = net:population("E", 40, "E2003")
  local I = net:population("I", 10, "I2003")
  net:connect(E, net, { name = "exc", rule = "pairwise_bernoulli", p = 0.5, weight = izh.uniform(0, 6) })
  net:connect(I, net, { name = "inh", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
  net:stimulate(E, izh.noise{ name = "noise", sd = 5, correlation = 0.2 })
  net:stimulate(E, izh.poisson{ name = "poisson", rate = 300, weight = 3 })
  net:stimulate(I, izh.poisson{ name = "slow", rate = 50, n = 3, weight = 2, synapse = "exp", tau = 5 })
  return net
end

local function same(a, b, window)
  local x, y = a:spikes(window), b:spikes(window)
  list(x:times(), y:times())
  list(x:senders(), y:senders())
  for _, name in ipairs{ "E", "I" } do list(a.populations[name]:get("v"), b.populations[name]:get("v")) end
  truth(x.size > 20, "few spikes")
end

local function run(net, ms)
  net:run(ms)
  return net
end

-- Trial k from the beginning: of a fresh network, a clone, what is restored, what a file has, and after other trials.
do
  local fresh = build()
  fresh:reseed(4)
  run(fresh, 300)
  local plain = build()
  local snapshot = plain:snapshot()
  same(run(plain:clone{ reseed = 4 }, 300), fresh)
  local again = build()
  for _, k in ipairs{ 9, 0, 4 } do again:reseed(k) end
  same(run(again, 300), fresh)
  run(plain, 100)
  plain:restore(snapshot, { reseed = 4 })
  same(run(plain, 300), fresh)
  again = build()
  again:reseed(4)
  again:save(path)
  same(run(izh.load(path), 300), fresh)
  truth(run(build(), 300):spikes().size ~= fresh:spikes().size, "trial 4 is not trial 0")
end

-- And midway, also within a ms, after a change of a rate and from a file; trial 0 is as if nothing had been.
for _, at in ipairs{ 100, 100.5 } do
  local net = run(build(), at)
  net.stimuli.poisson:set{ rate = 500 }
  local clone = net:clone{ reseed = 2 }
  local snapshot = net:snapshot()
  net:save(path)
  local loaded = izh.load(path)
  loaded:reseed(2)
  run(clone, 200)
  same(run(loaded, 200), clone)
  local back = net:clone{ reseed = 3 }
  back:reseed(0)
  run(net, 200)
  same(run(back, 200), net)
  net:restore(snapshot, { reseed = 2 })
  same(run(net, 200), clone)
  net:restore(snapshot) -- which is of trial 0
  same(run(net, 200), back)
  clone:save(path)
  same(run(izh.load(path), 100), run(clone:clone(), 100), { from = at + 200 })
end

-- A trial is the same whenever it is entered: what comes from outside is, then, whatever was before.
do
  local function outside(reseed_at, dt)
    local net = izh.network{ seed = 5, dt = dt }
    local P = net:population("P", 30, { a = 0, b = 0, c = -65, d = 0, v0 = -65, u0 = 0 })
    net:stimulate(P, izh.poisson{ rate = 700, weight = 1, synapse = "pulse", width = 1 })
    net:stimulate(P:slice(3, 20), izh.noise{ sd = 3 })
    local rec = net:record(P, { "i_ext" })
    run(net, reseed_at)
    net:reseed(6)
    run(net, 60 - reseed_at)
    return rec
  end
  local early, late = outside(0, 0.5), outside(40, 0.5)
  for k = 1, 30 do list(early:values("i_ext", k):slice(42), late:values("i_ext", k):slice(42)) end
end

-- Wiring and parameters stay; a stimulus that comes later is of the trial, too.
do
  local a, b = build(), build()
  a:reseed(1)
  list(a.projections.exc:get("weight"), b.projections.exc:get("weight"))
  list(a.populations.E:get("d"), b.populations.E:get("d"))
  a:stimulate(a.populations.I, izh.noise{ name = "late", sd = 2 })
  b:stimulate(b.populations.I, izh.noise{ name = "late", sd = 2 })
  b:reseed(1)
  same(run(a, 200), run(b, 200))
end

-- Trials are independent: noise and spike counts of 20 trials, correlated over 2000 neurons. With 190 pairs of each, at
-- a level of 1e-4 in all |r| is below 5.1 / √2000.
do
  local N, TRIALS = 2000, 20
  local net = izh.network{ seed = 11 }
  local P = net:population("P", N, { a = 0, b = 0, c = -65, d = 0, v0 = -65, u0 = 0 })
  net:stimulate(P, izh.noise{ name = "noise", sd = 1 })
  net:stimulate(P, izh.poisson{ name = "poisson", rate = 2000, weight = 1, synapse = "pulse", width = 1 })
  local seen = { noise = {}, poisson = {} }
  for k = 1, TRIALS do
    local clone = net:clone{ reseed = k }
    run(clone, 1)
    for name, values in pairs(seen) do
      local x = clone.stimuli[name]:get("current")
      values[k] = (x - x:mean()) / x:sd()
    end
  end
  for name, values in pairs(seen) do
    for i = 1, TRIALS do
      for j = 1, i - 1 do
        local r = (values[i] * values[j]):sum() / (N - 1)
        truth(math.abs(r) < 5.1 / math.sqrt(N), ("%s of trials %d and %d: r = %g"):format(name, i, j, r))
      end
    end
  end
end

-- izh.trials is a sweep over nothing but trials.
do
  local net = run(build(), 50)
  local function trial(case)
    local clone = net:clone{ reseed = case.trial }
    clone:run(100)
    return { spikes = clone:spikes{ from = 50 }.size, seed = nil, number = case.trial }
  end
  local found = izh.trials{ n = 6, run = trial, workers = 2 }
  equal(#found.rows, 6)
  equal(#found.points, 1)
  equal(#found.dimensions, 0)
  for k, row in ipairs(found.rows) do
    equal(row.number, k + 0.0)
    equal(row.spikes, trial{ trial = k }.spikes + 0.0)
  end
  equal(found:get("number")[1], 3.5)
  equal(tostring(found):match("^[^\n]*"), "6 trials, seeds 1 … 6; mean ± 95 % confidence interval")
  equal(tostring(izh.trials{ n = 1, run = function() return { x = 2 } end }), "1 trial, seed 1\nx\n2.0000")
  raises("trials: n is missing: how many trials there are, such as n = 10", function() izh.trials{ run = trial } end)
  raises("trials: n must be a whole number 1 … 1000000 (got 0)", function() izh.trials{ n = 0, run = trial } end)
  raises('trials: unknown option "over" (known: n, run, workers, seed, resume)', function() izh.trials{ over = {}, n = 1 } end)
  raises("trials: run must be a function(case) that returns numbers by name (got nothing)", function() izh.trials{ n = 2 } end)
  raises("trials: the argument must be a table such as { n = 10, run = … } (got 3)", function() izh.trials(3) end)
  raises("trials: call it with a dot: izh.trials(…)", function() izh:trials{} end)
end

do
  local net = build()
  local shot = net:snapshot()
  raises("reseed: the trial must be a whole number 0 … 4294967295 (got -1)", function() net:reseed(-1) end)
  raises("reseed: the trial must be a whole number 0 … 4294967295 (got nothing)", function() net:reseed() end)
  raises("reseed: 1 argument too many", function() net:reseed(1, 2) end)
  raises("clone: reseed must be a whole number 0 … 4294967295 (got 1.5)", function() net:clone{ reseed = 1.5 } end)
  raises('clone: unknown option "seed" (known: reseed)', function() net:clone{ seed = 1 } end)
  raises("restore: reseed must be a whole number 0 … 4294967295 (got true)", function() net:restore(shot, { reseed = true }) end)
  net:close()
  raises("reseed: the network is closed", function() net:reseed(1) end)
end

os.remove(path)
