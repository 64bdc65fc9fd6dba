-- Eight populations in four layers: shades of blue excite, shades of orange inhibit, the same in all panels.
local izh = require "izhlua"

local net = izh.network{ seed = 5 }
local layers = { "2/3", "4", "5", "6" }
for _, layer in ipairs(layers) do
  for _, kind in ipairs{ "E", "I" } do
    net:population(kind .. layer, kind == "E" and 40 or 10, kind .. "2003")
  end
end
for _, from in ipairs(net.populations) do
  local excites = from.name:sub(1, 1) == "E"
  net:connect(from, net, { rule = "pairwise_bernoulli", p = 0.1, weight = excites and 3.5 or -4 })
  net:stimulate(from, izh.noise{ sd = excites and 5 or 2 })
end
net:run(1000)

izh.figure{ width = "double", columns = 2, heights = { 3, 2 },
  izh.raster(net, { span = 2 }),
  izh.rate(net, { legend = "right", yscale = "linear" }),
  izh.rate({ net:spikes{ of = net.populations["E4"] }, net:spikes{ of = net.populations["I4"] } },
    { labels = { "E4", "I4" }, title = "layer 4 alone" }),
}:save("eight.pdf")
