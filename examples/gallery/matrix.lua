-- Matrix: numbers as colours, from dark to light, or in two colours for two signs.
local izh = require "izhlua"
local net = require "network"()
net.projections.inhibition:scale(3)
net:run(4000)
local correlations = net:spikes{ from = 500 }:correlation_coefficient{ bin = 20, each = true }
for i = 1, #correlations do
  local row = correlations[i]:totable()
  row[i] = 0 / 0 -- a neuron with itself: always 1
  correlations[i] = row
end

izh.figure{ width = "double", columns = 2,
  izh.matrix(net.projections.excitation, { title = "weights" }),
  izh.matrix(correlations, {
    title = "correlations of spike counts", xlabel = "Neuron", ylabel = "Neuron", label = "Coefficient", colours = "signed",
  }),
}:save("matrix.pdf")
