-- short_term_plasticity.lua: one spike train at 20 Hz, and a last spike half a second later, through three kinds of synapse. The
-- parameters are those of pairs of cells in the cortex of the rat: depressing (pyramidal to pyramidal), facilitating (pyramidal to
-- interneuron), and both; Markram, Wang & Tsodyks, PNAS 95:5323, 1998. On the right, what a spike of a regular train brings in the
-- long run, measured (dots) and in closed form (lines).
local izh = require "izhlua"

local regimes = {
  { label = "depressing", U = 0.5, tau_rec = 800, tau_fac = 0 },
  { label = "facilitating", U = 0.03, tau_rec = 130, tau_fac = 530 },
  { label = "both", U = 0.25, tau_rec = 300, tau_fac = 300 },
}
local rates = { 1, 2, 3, 5, 7, 10, 14, 20, 30, 40, 50, 60, 80, 100 }

-- Spikes at given times through the regimes: the current of each; of one that brings 1 of its weight, the peak is 1.
local function currents(times, duration)
  local net = izh.network{ dt = 0.1, integrator = "exact" }
  local source = net:population("source", 1, { model = "lif", tau = 1, vr = 0, vt = 1, c = 0 })
  net:stimulate(source, izh.spike_train{ times = times, weight = 2, synapse = "delta" })
  local recordings = {}
  for i, stp in ipairs(regimes) do
    local cell = net:population(stp.label, 1, "RS")
    net:connect(source, cell, {
      weight = 1, synapse = "exp", tau = 4, stp = { U = stp.U, tau_rec = stp.tau_rec, tau_fac = stp.tau_fac },
    })
    recordings[i] = net:record(cell, { "i_exc" }, { every = 0.1 })
  end
  net:run(duration)
  return recordings
end

-- The part of its weight that a spike at time t brings: what the current has more than it would have without it.
local function part_at(recording, t)
  local values, at, decay = recording:values("i_exc"), math.floor(10 * t + 0.5) + 3, math.exp(-0.1 / 4)
  return (values[at] - decay * values[at - 1]) * (0.1 / 4) / (1 - decay)
end

local train, series = {}, {}
for k = 1, 10 do train[k] = 50 * k end
train[11] = 1050
for i, recording in ipairs(currents(train, 1200)) do
  local parts = {}
  for k, t in ipairs(train) do parts[k] = part_at(recording, t) end
  series[i] = { x = train, y = parts, label = regimes[i].label, style = "both" }
end

-- What the last of many spikes at a rate brings.
local function measured(rate)
  local times, n, parts = {}, math.max(20, math.ceil(8 * rate)), {}
  for k = 1, n do times[k] = math.floor(1e4 * k / rate + 0.5) / 10 end
  for i, recording in ipairs(currents(times, math.ceil(times[n]) + 20)) do parts[i] = part_at(recording, times[n]) end
  return parts
end

local function closed_form(stp, rate)
  local interval = 1000 / rate
  local a = stp.tau_fac > 0 and math.exp(-interval / stp.tau_fac) or 0
  local b = math.exp(-interval / stp.tau_rec)
  local u = stp.U / (1 - (1 - stp.U) * a)
  return u * (1 - b) / (1 - (1 - u) * b)
end

-- The lines come first, so that each has the colour of its regime in the other panel.
local curves, worst = {}, 0
for i, stp in ipairs(regimes) do
  curves[i] = { x = rates, y = {}, label = stp.label, style = "line" }
  curves[i + 3] = { x = rates, y = {}, style = "points" }
end
for k, rate in ipairs(rates) do
  local parts = measured(rate)
  for i, stp in ipairs(regimes) do
    curves[i].y[k], curves[i + 3].y[k] = closed_form(stp, rate), parts[i]
    worst = math.max(worst, math.abs(parts[i] / curves[i].y[k] - 1))
  end
end
print(("the measured parts differ from the closed form by %.1g %% at most"):format(100 * worst))

izh.figure{ width = "double", columns = 2,
  izh.curve(series, { title = "a train at 20 Hz", xlabel = "Time (ms)", ylabel = "Part of the weight" }),
  izh.curve(curves, { title = "in the long run", xlabel = "Rate of the source (Hz)", ylabel = "Part of the weight" }),
}:save("short_term_plasticity.pdf")
