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
print(s:describe())
print(s:correlation_coefficient())
print(izh.analysis.synchrony(state, { from = 500 }))        -- of voltages; that of spike counts is above
print(izh.analysis.ei_ratio(state, { from = 500 }))
local spectrum = s:welch_psd()
print(spectrum)

-- How many numbers there are in each of `bins` bins between lo and hi, as a share of all.
local function histogram(numbers, lo, hi, bins)
  local x, y, width = {}, {}, (hi - lo) / bins
  for k = 1, bins do x[k], y[k] = lo + (k - 0.5) * width, 0 end
  local n = 0
  for _, value in ipairs(numbers) do
    local k = (value - lo) // width + 1
    if k >= 1 and k <= bins then y[k // 1] = y[k // 1] + 1 end
    if value == value then n = n + 1 end                    -- undefined ones are NaN
  end
  for k = 1, bins do y[k] = 100 * y[k] / n end
  return { x = x, y = y, style = "line" }
end

local intervals = s:isi()
local matrix, pairwise = s:correlation_coefficient{ each = true }, {}
for i = 1, #matrix do
  for j = 1, i - 1 do pairwise[#pairwise + 1] = matrix[i][j] end
end
local rate = s:instantaneous_rate{ sigma = 5, to = 1500 }
local cross = net:spikes{ of = E, from = 500 }:cross_correlation_histogram(net:spikes{ of = I, from = 500 },
  { window = 30, cross_correlation_coefficient = true })

local function note(text, ...) return text:format(...) end

izh.figure{ width = "double", columns = 3,
  izh.raster(net, { from = 500, to = 1500, rate = false, span = 3,
    title = note("Synchrony χ = %.2f of spike counts in 5 ms, %.2f of voltages", s:synchrony(),
      (izh.analysis.synchrony(state, { from = 500 }))) }),
  izh.curve({ x = rate.times, y = rate.values }, { xlabel = "Time (ms)", ylabel = "Rate (Hz)",
    title = note("Rate: mean %.1f Hz", (s:mean_firing_rate())) }),
  izh.curve(histogram(intervals, 0, 300, 60), { xlabel = "Interval (ms)", ylabel = "Share (%)",
    title = note("Intervals: n = %d", #intervals) }),
  izh.curve(histogram(s:cv{ each = true }, 0, 1.5, 50), { xlabel = "CV of intervals", ylabel = "Neurons (%)",
    title = note("Variability: mean CV %.2f", (s:cv())) }),
  izh.curve(histogram(pairwise, -0.1, 0.5, 60), { xlabel = "Correlation coefficient", ylabel = "Pairs (%)",
    title = note("Correlation: mean %.3f", (s:correlation_coefficient())) }),
  izh.curve({ x = spectrum.frequencies, y = spectrum.psd, style = "line" }, { xlabel = "Frequency (Hz)", log = "y", xlim = { 0, 100 },
    ylabel = "Density (Hz²/Hz)", title = note("Spectrum: peak at %.0f Hz", spectrum.peak) }),
  izh.curve({ x = cross.lags, y = cross.values, style = "line" }, { xlabel = "I after E (ms)", ylabel = "Coefficient",
    title = "Cross-correlation" }),
}:save("analysis.pdf")
