-- analysis.lua: a network in numbers. A thousand neurons whose excitation and inhibition make a rhythm, and what one reports of them: rate,
-- intervals, variability, correlation, spectrum, synchrony. Every number says what it is of; docs/measures.md says how it is defined.
local izh = require "izhlua"
local net = izh.network{ seed = 3 }

local E = net:population("E", 800, "E2003")
local I = net:population("I", 200, "I2003")
net:connect(E, net, { name = "excitation", rule = "fixed_indegree", n = 80, weight = 3, delay = izh.uniform(1, 5) })
net:connect(I, net, { name = "inhibition", rule = "fixed_indegree", n = 20, weight = -6, delay = 1 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
local state = net:record(net, { "v", "i_exc", "i_inh" }, { every = 2 })
net:run(4500)

local s = net:spikes{ from = 500 }                          -- without the beginning
print(s:summary())
print(s:describe("correlation_coefficient"))
print(izh.analysis.describe(state, "synchrony", { from = 500 })) -- of voltages; that of spike counts is above
print(izh.analysis.ei_ratio(state, { from = 500 }))
local spectrum = s:welch_psd()
print(spectrum)

-- the coefficients of all pairs, each once
local matrix, pairwise = s:correlation_coefficient{ each = true }, {}
for i = 1, #matrix do
  for j = 1, i - 1 do pairwise[#pairwise + 1] = matrix[i][j] end
end
local cross = net:spikes{ of = E, from = 500 }:cross_correlation_histogram(net:spikes{ of = I, from = 500 },
  { window = 30, cross_correlation_coefficient = true })

izh.figure{ width = "double", columns = 3,
  izh.raster(net, { from = 500, to = 1500, rate = false, span = 3,
    title = ("Synchrony χ = %.2f of spike counts in 5 ms, %.2f of voltages"):format(s:synchrony(),
      izh.analysis.synchrony(state, { from = 500 })) }),
  izh.rate(net, { from = 500, to = 1500, sigma = 5, title = ("Rate: mean %.1f Hz"):format(s:mean_firing_rate()) }),
  izh.histogram(s, { of = "isi", xlim = { 0, 300 }, title = ("Intervals: mean %.0f ms"):format(s:isi():mean()) }),
  izh.histogram(s, { of = "cv", bin = 0.05, title = ("Variability: mean CV %.2f"):format(s:cv()) }),
  izh.histogram(pairwise, { xlabel = "Correlation coefficient", title = ("Correlation: mean %.3f"):format(s:correlation_coefficient()) }),
  izh.spectrum(spectrum, { xlim = { 0, 100 }, title = ("Spectrum: peak at %.0f Hz"):format(spectrum.peak) }),
  izh.curve({ x = cross.lags, y = cross.values, style = "line" },
    { xlabel = "Lag of I behind E (ms)", ylabel = "Coefficient", title = "Cross-correlation of E and I" }),
}:save("analysis.pdf")
