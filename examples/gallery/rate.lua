-- Rate: smoothed rates of several networks over each other; the kernel and its width are said on the figure.
local izh = require "izhlua"
local control, net = require "network"(), require "network"()

net:at(300, function() net.projections.inhibition:scale(3) end)
net:run(1000)
control:run(1000)

izh.figure{
  izh.rate({ control, net }, { labels = { "control", "inhibition ×3" }, marks = { { 300, "change" } } }),
}:save("rate.pdf")
