-- The four states of figure 8 of Brunel, J. Comput. Neurosci. 8:183, 2000, in a network of a fifth of the size in which each neuron
-- has as many synapses, so that its mean and its variance of input are the same. The paper simulates 60.7, 37.7 and 5.5 Hz for the
-- last three; the seed is fixed, and the tolerances are those of the smaller network, whose neurons share more of their input.
local izh = require "izhlua"
local check = require "check"

local function state(g, input)
  local net = izh.network{ seed = 1, dt = 0.1, integrator = "euler" }
  local cell = { model = "lif", tau = 20, vr = 0, vt = 20, c = 10, refractory = 2, v0 = izh.uniform(0, 20) }
  local E, I = net:population("E", 2000, cell), net:population("I", 500, cell)
  for _, path in ipairs{ { E, 1000, 0.1 }, { I, 250, -0.1 * g } } do
    net:connect(path[1], net, { rule = "fixed_indegree", n = path[2], weight = path[3], synapse = "delta", delay = 1.5 })
  end
  net:stimulate(net, izh.poisson{ rate = 10 * input, n = 1000, weight = 0.1, synapse = "delta" })
  net:run(700)
  local s = net:spikes{ from = 200 }
  net:close()
  return s:mean_firing_rate(), s:cv(), s:synchrony{ bin = 1 }, s:welch_psd{ bin = 1 }.peak
end

local function within(value, lo, hi, what)
  if not (value >= lo and value <= hi) then error(("%s: %g is not in %g … %g"):format(what, value, lo, hi), 2) end
end

-- SR: nearly the highest rate that the refractory period allows, as clockwork, in step.
local rate, cv, regular_chi, peak = state(3, 2)
within(rate, 280, 350, "rate of SR")
within(cv, 0, 0.02, "CV of SR")
within(regular_chi, 0.45, 1, "χ of SR")

-- SI, fast: irregular neurons, and a population that oscillates faster than they fire.
local fast_chi
rate, cv, fast_chi, peak = state(6, 4)
within(rate, 55, 70, "rate of SI, fast")
within(cv, 0.8, 1.3, "CV of SI, fast")
within(peak, 140, 220, "oscillation of SI, fast")

-- AI: less in step than the others.
local chi
rate, cv, chi = state(5, 2)
within(rate, 35, 44, "rate of AI")
within(cv, 0.3, 1.2, "CV of AI")
check.truth(chi < 0.85 * fast_chi and chi < 0.85 * regular_chi, "AI is asynchronous")

-- SI, slow: low rates.
local slow_chi
rate, cv, slow_chi, peak = state(4.5, 0.9)
within(rate, 2, 9, "rate of SI, slow")
within(peak, 10, 35, "oscillation of SI, slow")
check.truth(slow_chi > chi, "SI, slow is synchronous")
