-- What a network does without one of its parts: categories by name, never joined, with intervals over trials.
local izh = require "izhlua"

local parts = { "intact", "recurrent excitation", "recurrent inhibition", "noise" }

local lesions = izh.sweep{
  over = { { "removed", parts, label = "Removed" } }, trials = 8,
  run = function(case)
    local net = izh.network{ seed = case.seed }
    local E, I = net:population("E", 80, "E2003"), net:population("I", 20, "I2003")
    local excitation = net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.5, weight = 3 })
    local inhibition = net:connect(I, net, { rule = "pairwise_bernoulli", p = 0.5, weight = -3 })
    local noise = { net:stimulate(E, izh.noise{ sd = 5 }), net:stimulate(I, izh.noise{ sd = 2 }) }
    if case.removed == "recurrent excitation" then excitation:disable() end
    if case.removed == "recurrent inhibition" then inhibition:disable() end
    if case.removed == "noise" then for _, one in ipairs(noise) do one:stop() end end
    net:run(1000)
    local s = net:spikes{ from = 200 }
    return { rate = s:mean_firing_rate() }
  end,
}

local rates = {}
for i, part in ipairs(parts) do
  local values = {}
  for _, row in ipairs(lesions.rows) do
    if row.removed == part then values[#values + 1] = row.rate end
  end
  rates[i] = { part, values }
end

izh.figure{ width = "double", columns = 2,
  lesions:panels{ ylabel = "Rate (Hz)", lines = { { y = 0 } } }[1],
  izh.strip(rates, { ylabel = "Rate (Hz)", title = "each trial" }),
}:save("lesion.pdf")
