-- Fifty trials of a stimulus, and fifty with stronger inhibition: the same network, other noise in each trial.
local izh = require "izhlua"

local function trials(inhibition)
  local net = izh.network{ seed = 3 }
  local E, I = net:population("E", 40, "E2003"), net:population("I", 10, "I2003")
  net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.5, weight = 2 })
  net:connect(I, net, { rule = "pairwise_bernoulli", p = 0.5, weight = -3 * inhibition })
  net:stimulate(E, izh.noise{ sd = 4 })
  net:stimulate(I, izh.noise{ sd = 2 })
  net:stimulate(E, izh.current{ amplitude = 4, from = 200, to = 250 })
  local start, list = net:snapshot(), {}
  for trial = 1, 50 do
    net:restore(start, { reseed = trial })
    net:run(400)
    list[trial] = net:spikes{ of = E{ 7 } }
  end
  return list
end

izh.figure{ width = "onehalf",
  izh.psth({ { "control", trials(1) }, { "inhibition ×3", trials(3) } },
    { bin = 10, zero = 200, xlabel = "Time from stimulus (ms)", title = "One neuron, 50 trials each", marks = { { 0, 50, "stimulus" } } }),
}:save("psth.pdf")
