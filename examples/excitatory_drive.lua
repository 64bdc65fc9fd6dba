-- excitatory_drive.lua: more excitatory drive synchronises a network. The same 200 neurons, the same synapses and the
-- same noise, with more and more constant current into the excitatory ones.
local izh = require "izhlua"

local function run(drive)
  local net = izh.network{ seed = 1 }
  local E = net:population("E", 160, "E2003")
  local I = net:population("I", 40, "I2003")
  net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.2, weight = 3 })
  net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.2, weight = -5 })
  net:stimulate(E, izh.noise{ mean = drive, sd = 5 })
  net:stimulate(I, izh.noise{ sd = 2 })
  net:run(1200)
  return net
end

-- How much the neurons do together: the standard deviation of the mean spike count in bins of 5 ms, against that of
-- single neurons (Golomb and Rinzel 1993). About 1/√N when they are independent, 1 when they are one.
local function synchrony(net, from, bin)
  local bins = math.floor((net.time - from) / bin)
  local all, each = {}, {}
  for id = 1, net.size do each[id] = {} end
  for t, id in net:spikes{ from = from, to = from + bins * bin }:each() do
    local k = math.ceil((t - from) / bin)
    all[k] = (all[k] or 0) + 1
    each[id][k] = (each[id][k] or 0) + 1
  end
  local function variance(counts)
    local sum, squares = 0, 0
    for k = 1, bins do
      local count = counts[k] or 0
      sum, squares = sum + count, squares + count * count
    end
    return squares / bins - (sum / bins) ^ 2
  end
  local single = 0
  for id = 1, net.size do single = single + variance(each[id]) / net.size end
  return math.sqrt(variance(all) / net.size ^ 2 / single)
end

local page = { columns = 1 }
print("drive  rate (Hz)  synchrony")
for i, drive in ipairs{ 0, 4, 8 } do
  local net = run(drive)
  local rate = net:spikes{ from = 200 }.size / net.size
  local chi = synchrony(net, 200, 5)
  print(("%5g  %9.1f  %9.2f"):format(drive, rate, chi))
  page[i] = izh.raster(net, {
    title = ("drive %g: %.0f Hz, synchrony %.2f"):format(drive, rate, chi), from = 200, bin = 5,
  })
end
izh.figure(page):save("excitatory_drive.pdf")
