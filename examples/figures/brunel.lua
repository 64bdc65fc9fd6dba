-- A map over the strength of inhibition g and the external rate, 72 networks: when is the activity regular, when synchronous?
local izh = require "izhlua"

local N_E, N_I, C = 160, 40, 0.1
local cell = { model = "lif", tau = 20, vr = 0, vt = 20, c = 10 }
local J = 1 -- mV; so a rate of 1 kHz from outside is enough to fire

local function build(case)
  local net = izh.network{ seed = case.seed }
  local E = net:population("E", N_E, cell)
  local I = net:population("I", N_I, cell)
  net:connect(E, net, { rule = "pairwise_bernoulli", p = C, weight = J, delay = 1.5, synapse = "delta" })
  net:connect(I, net, { rule = "pairwise_bernoulli", p = C, weight = -J * case.g, delay = 1.5, synapse = "delta" })
  net:stimulate(net, izh.poisson{ rate = 1000 * case.external, weight = J, synapse = "delta" })
  return net
end

local map = izh.sweep{
  over = {
    { "g", { 2, 3, 3.5, 4, 4.5, 5, 6, 7, 8 }, label = "<i>g</i>" },
    { "external", { 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.4 }, label = "External rate", unit = "kHz" },
  },
  run = function(case)
    local net = build(case)
    net:run(600)
    local s = net:spikes{ from = 100 }
    return { rate = s:mean_firing_rate(), cv = s:cv(), synchrony = s:synchrony() }
  end,
}
map:plot("brunel.pdf", {
  of = { "rate", "cv", "synchrony" }, labels = { rate = "Rate (Hz)", cv = "CV", synchrony = "Synchrony <i>χ</i>" },
  lines = { { y = 4, label = "balance", color = "white", dash = "dashed" } },
})
