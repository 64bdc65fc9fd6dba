-- Writes the table of docs/numerics.md: how much it matters that a spike of `exact` travels on the grid.
--   build/release/bin/izhlua scripts/arrivals.lua          writes it
--   build/release/bin/izhlua scripts/arrivals.lua --check  fails when it is not as it would be written
local izh = require "izhlua"
local made = require "made"

local N, MS, WEIGHT, DELAY, WIDTH = 20, 1000, 3, 2, 1
local steps, finest = { 1, 0.5, 0.25, 0.125, 1 / 16 }, 1 / 512

-- Sources that fire at constant rates, and targets near their threshold.
local function build(dt)
  local net = izh.network{ seed = 4, dt = dt, integrator = "exact", threads = 1 }
  local sources, targets = net:population("sources", N, "RS"), net:population("targets", N, "RS")
  for k = 1, N do
    net:stimulate(sources{ k }, izh.current(8 + 0.3 * k))
    net:stimulate(targets{ k }, izh.current(3 + 0.05 * k))
  end
  local wiring = { rule = "pairwise_bernoulli", p = 0.3, weight = WEIGHT, delay = DELAY }
  return net, sources, targets, net:connect(sources, targets, wiring)
end

-- The times of the targets' spikes, a list for each.
local function trains(net, targets)
  net:run(MS)
  local all = {}
  for k = 1, N do all[k] = net:spikes{ of = targets{ k } }:times() end
  return all
end

-- The same with arrivals that are located, too: a pulse that begins within a step gives each step its share.
local function shared(dt)
  local net, sources, targets, projection = build(dt)
  net:run(MS)
  local n, current = math.floor(MS / dt), {}
  for k = 1, N do current[k] = {} for step = 1, n do current[k][step] = 0 end end
  for pre, post in projection:synapses() do
    for _, t in ipairs(net:spikes{ of = pre }:times()) do
      local from, to = (t + DELAY) / dt, (t + DELAY + WIDTH) / dt
      for step = math.floor(from), math.min(math.ceil(to), n) - 1 do
        local share = math.min(to, step + 1) - math.max(from, step)
        local own = current[post - N]
        own[step + 1] = own[step + 1] + WEIGHT * share
      end
    end
  end
  local times = {}
  for step = 1, n do times[step] = (step - 1) * dt end
  local other, _, others, idle = build(dt)
  idle:disable()
  for k = 1, N do other:stimulate(others{ k }, izh.current{ times = times, values = current[k] }) end
  return trains(other, others)
end

-- The differences of the k-th spikes of each.
local function differences(trains, reference)
  local list = {}
  for k = 1, N do
    for i = 1, math.min(#trains[k], #reference[k]) do list[#list + 1] = trains[k][i] - reference[k][i] end
  end
  return izh.vector(list)
end

local function grid(dt)
  local net, _, targets = build(dt)
  return trains(net, targets)
end

local function rms(x) return math.sqrt((x * x):mean()) end

local reference, count = grid(finest), 0
for k = 1, N do count = count + #reference[k] end
local lines = { ("\nThe times of their %d spikes in a second, against those of steps of 1/512 ms:\n"):format(count),
  "| dt | spike times: mean | root mean square | greatest | charge shared: root mean square |",
  "|---|---:|---:|---:|---:|" }
for _, dt in ipairs(steps) do
  local late, share = differences(grid(dt), reference), differences(shared(dt), reference)
  lines[#lines + 1] = ("| %g ms | %.2g ms | %.2g ms | %.2g ms | %.2g ms |"):format(dt, late:mean(), rms(late),
    math.max(late:max(), -late:min()), rms(share))
end
made("docs/numerics.md", "arrivals.lua", "arrivals", table.concat(lines, "\n") .. "\n\n")
