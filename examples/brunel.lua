-- brunel.lua: four states of a sparsely connected network of 12 500 integrate-and-fire neurons, those of figure 8 of Brunel,
-- "Dynamics of sparsely connected networks of excitatory and inhibitory spiking neurons", J. Comput. Neurosci. 8:183, 2000.
-- What changes is g, how much stronger inhibition is than excitation, and the rate of the input, as a multiple of the one that
-- brings a neuron to its threshold. S: synchronous, A: asynchronous; R: regular, I: irregular.
local izh = require "izhlua"

local J, THRESHOLD_RATE = 0.1, 10 -- mV; Hz, from each of 1000 sources: threshold / (J sources tau)

-- rate and oscillation: Hz, as simulated in the paper. (The CV is that of a short window, too low where rates are.)
local states = {
  { name = "SR", g = 3, input = 2 },
  { name = "SI, fast", g = 6, input = 4, rate = 60.7, oscillation = 180 },
  { name = "AI", g = 5, input = 2, rate = 37.7 },
  { name = "SI, slow", g = 4.5, input = 0.9, rate = 5.5, oscillation = 22 },
}

local function build(g, input)
  local net = izh.network{ seed = 1, dt = 0.1, integrator = "euler" }
  local cell = { model = "lif", tau = 20, vr = 0, vt = 20, c = 10, refractory = 2, v0 = izh.uniform(0, 20) }
  local E, I = net:population("E", 10000, cell), net:population("I", 2500, cell)
  for _, path in ipairs{ { E, 1000, J }, { I, 250, -g * J } } do
    net:connect(path[1], net, { rule = "fixed_indegree", n = path[2], weight = path[3], synapse = "delta", delay = 1.5 })
  end
  net:stimulate(net, izh.poisson{ rate = input * THRESHOLD_RATE, n = 1000, weight = J, synapse = "delta" })
  return net
end

print "state     rate (Hz)  paper     CV    chi  peak (Hz)  paper"
local panels = { width = "double", columns = 2 }
for _, state in ipairs(states) do
  local net = build(state.g, state.input)
  net:run(700)
  local s = net:spikes{ from = 200 }
  print(("%-9s %9.1f %6s %6.2f %6.2f %10.0f %6s"):format(state.name, s:mean_firing_rate(), state.rate or "–", s:cv(),
    s:synchrony{ bin = 1 }, s:welch_psd{ bin = 1 }.peak, state.oscillation or "–"))
  panels[#panels + 1] = izh.raster(net, {
    title = ("%s: g = %g, input %g"):format(state.name, state.g, state.input), from = 300, to = 400, bin = 1, neurons = 50,
  })
  net:close()
end
izh.figure(panels):save("brunel.pdf")
