-- patterns.lua: the twenty firing patterns of cortical neurons, after figure 1 of Izhikevich, "Which model to use for
-- cortical spiking neurons?" (2004). Each is one neuron, run under the scheme of the published program; the voltage is above
-- the current that makes it. The bar below each panel is 20 ms long.
local izh = require "izhlua"

local page = { width = "double", columns = 5, letters = "upper" }
for i, pattern in ipairs(izh.patterns) do
  local net, recording = izh.patterns.run(pattern.letter)
  page[i] = izh.trace(recording, {
    title = pattern.name,
    variables = { "v", "i_ext" },
    from = net.dt, -- the first current is that of the first step
    axes = "bars",
    bars = { time = 20, v = i == 1 and 50 or false, i_ext = false },
    ylim = { v = { -95, 35 } },
  })
end
izh.figure(page):save("patterns.pdf")
