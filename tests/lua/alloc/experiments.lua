-- Sweeps and trials in processes of their own, parameters, patterns, convergence.
local izh = require "izhlua"
local values = izh.parameters{ inhibition = { 3, "factor" }, T = { 10, "ms" }, list = { { 1, 2 }, "" } }
local function build(seed, dt)
  local n = izh.network{ seed = seed, dt = dt }
  n:stimulate(n:population("P", 3, "RS"), izh.noise{ sd = 5, mean = 9 })
  return n
end
local sweep = izh.sweep{ over = { current = { 0, 5 } }, trials = 2, workers = 1, resume = "resume.csv", reference = { current = 0 },
  run = function(case)
    local n = build(case.seed)
    n:stimulate(n, izh.current(case.current))
    n:run(values.T)
    return { spikes = n:spikes().size }
  end }
os.remove "resume.csv"
sweep:save "sweep.csv"
assert(#sweep:get("spikes") == 2 and tostring(sweep):find "current")
local net = build(1)
local trials = izh.trials{ n = 2, workers = 1, run = function(case) net:reseed(case.trial) net:run(5) return { t = net.time } end }
assert(#trials.rows == 2)
assert(izh.patterns.run("A").time > 0)
assert(#tostring(izh.convergence(function(case) return build(1, case.dt) end, { duration = 5, halvings = 1 })) > 0)
