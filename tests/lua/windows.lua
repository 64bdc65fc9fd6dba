-- Neurons that were added while the network ran: rates are over the time they were there, and what compares neurons is
-- over the time in which all of them were.
local izh = require "izhlua"
local check = require "check"
local equal, near, list, truth = check.equal, check.near, check.list, check.truth
local analysis = izh.analysis

local net = izh.network{}
net:run(100)
local A = net:population("A", 4, "RS")
net:stimulate(A, izh.current(10))
net:run(400)
local B = net:population("B", 3, "FS")
net:stimulate(B, izh.current(10))
net:run(500)

-- By hand: the spikes of a population over the seconds it was there.
local rate_a, rate_b = net:spikes{ of = A }.size / 4 / 0.9, net:spikes{ of = B }.size / 3 / 0.5

local function rates(of)
  local late, all = of:spikes{ of = of.populations.B }, of:spikes()
  equal(late.from, 500)
  near(of:spikes{ of = of.populations.A }:mean_firing_rate(), rate_a, 1e-9)
  near(late:mean_firing_rate(), rate_b, 1e-9)
  near(all:mean_firing_rate(), (4 * rate_a + 3 * rate_b) / 7, 1e-9)
  local each = all:mean_firing_rate{ each = true }
  near(each[1], rate_a, 1e-9)
  near(each[7], rate_b, 1e-9)
end
rates(net)
rates(net:clone())
local path = os.tmpname() .. ".izh"
net:save(path)
rates(izh.load(path))
os.remove(path)

local all = net:spikes()
local sentence = "mean_firing_rate %.3g Hz (n = 7 neurons, 100 < t ≤ 1000 ms, 3 neurons added within)"
equal(tostring(all:describe("mean_firing_rate")), sentence:format(all:mean_firing_rate()))

-- Rates over time, by the neurons that were there; one that came within a bin counts with its share of it.
do
  local counts = all:time_histogram{ bin = 200 }.values
  local rate = all:time_histogram{ bin = 200, output = "rate" }.values
  for k, neurons in ipairs{ 4, 4, 7, 7 } do near(rate[k], counts[k] / neurons / 0.2, 1e-9) end
  counts = all:time_histogram{ bin = 300 }.values
  near(all:time_histogram{ bin = 300, output = "mean" }.values[2], counts[2] / (4 + 3 * 2 / 3), 1e-12)
  local smooth, of_a = all:instantaneous_rate{ sigma = 5 }, net:spikes{ of = A }:instantaneous_rate{ sigma = 5 }
  equal(smooth.values[300], of_a.values[300], "before B was there")
  near(smooth.values[800], (4 * of_a.values[800] + 3 * net:spikes{ of = B }:instantaneous_rate{ sigma = 5 }.values[400]) / 7, 1e-9)
end

-- A slice of spikes, and a window before the last or after all were added.
do
  near(all:slice{ of = B }:mean_firing_rate(), rate_b, 1e-9)
  equal(all:slice{ of = { 5, 6 } }.from, 500)
  equal(all:slice{ from = 300 }.from, 300)
  equal(all:slice{ from = 300, of = 6 }.from, 500)
  list(all:slice{ to = 500 }.neurons, { 1, 2, 3, 4 })
  list(net:spikes{ to = 400 }.neurons, { 1, 2, 3, 4 })
  list(net:spikes{ to = 400 }:silent(), {})
  equal(#net:spikes{ of = B, to = 400 }.neurons, 0)
  equal(tostring(net:spikes{ from = 600 }:describe("cv")):match("n = .*"), "n = 7 neurons, 600 < t ≤ 1000 ms)")
end

-- What compares neurons: as with from = 500.
for _, name in ipairs{ "synchrony", "fanofactor", "correlation_coefficient", "isi_distance", "welch_psd", "autocorrelation" } do
  local whole, part = all:describe(name), net:spikes{ from = 500 }:describe(name)
  equal(tostring(whole), tostring(part))
  truth(tostring(whole):find("500 < t ≤ 1000 ms", 1, true), name .. " says which time that is")
end
equal(tostring(all:cross_correlation_histogram(all)), tostring(net:spikes{ from = 500 }:cross_correlation_histogram(net:spikes{ from = 500 })))

-- A recording begins when it began.
do
  local v = net:record(B, { "v" })
  net:run(50)
  equal(v.from, 1000)
  equal(v.to, 1050)
  v:stop()
  net:run(50)
  equal(v.to, 1050)
  truth(analysis.synchrony(v) > 0, "all of it")
end

-- Rasters and rates draw no rate where there was no neuron: the same as that of the population alone, moved.
net:raster("windows.svg", { of = B })
izh.figure{ izh.raster(net), izh.raster(all), izh.rate(net), izh.rate(all) }:save("windows.pdf")
os.remove("windows.svg")
os.remove("windows.pdf")
