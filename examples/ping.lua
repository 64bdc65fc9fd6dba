-- ping.lua: gamma oscillations of pyramidal cells and interneurons by conductances (PING). Excitation makes the interneurons fire,
-- their inhibition silences both, and when it has decayed the next cycle begins. So the period follows the decay of inhibition:
-- the slower it is, the lower the frequency.
local izh = require "izhlua"

local function build(tau)
  local net = izh.network{ seed = 1, dt = 0.25, integrator = "rk4" }
  local E, I = net:population("E", 200, "RS"), net:population("I", 50, "FS")
  net:connect(E, I, { name = "E to I", weight = 0.012, synapse = "exp", tau = 2, reversal = 0, delay = 1 })
  net:connect(E, E, { name = "E to E", weight = 0.0005, synapse = "exp", tau = 2, reversal = 0, delay = 1 })
  net:connect(I, E, { name = "I to E", weight = 0.03, synapse = "exp", tau = tau, reversal = -75, delay = 1 })
  net:connect(I, I, { name = "I to I", weight = 0.01, synapse = "exp", tau = tau, reversal = -75, delay = 1 })
  net:stimulate(E, izh.current{ amplitude = izh.normal(14, 1) })
  net:stimulate(E, izh.noise{ sd = 3 })
  net:stimulate(I, izh.noise{ sd = 2 })
  return net, E, I
end

local net, E = build(8)
local mean = net:record(E, { "v", "i_exc", "i_inh" }, { of = "mean", every = 0.25 })
net:run(1000)

local taus, frequencies = { 4, 6, 8, 10, 12, 16, 20 }, {}
for k, tau in ipairs(taus) do
  local other = build(tau)
  other:run(1200)
  frequencies[k] = other:spikes{ of = other.populations.E, from = 200 }:welch_psd{ bin = 1 }.peak
end
for k, tau in ipairs(taus) do print(("inhibition that decays within %2g ms: %2.0f Hz"):format(tau, frequencies[k])) end

izh.figure{ width = "double", columns = 2,
  izh.raster(net, { from = 700, to = 1000, title = "pyramidal cells and interneurons" }),
  izh.trace(mean, { from = 700, to = 1000, title = "mean of the pyramidal cells" }),
  izh.curve({ { x = taus, y = frequencies, style = "both" } },
    { title = "slower inhibition, slower gamma", xlabel = "Decay of inhibition (ms)", ylabel = "Frequency (Hz)", ylim = { 0, 80 } }),
}:save("ping.pdf")
