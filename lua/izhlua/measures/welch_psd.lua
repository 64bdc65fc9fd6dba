-- The rhythms of a population.
local core = require "izhlua.core"
local measure = require "izhlua.measure"
local options = require "izhlua.options"
local measures, plural, shown = measure.c, measure.plural, measure.shown

local function check_band(func, what, band)
  local is_pair = type(band) == "table" and #band == 2
  if is_pair and options.finite(band[1]) and options.finite(band[2]) and band[1] < band[2] then return band end
  core.wrong(func, what, "{ lowest, highest } in Hz", band)
end

-- How many samples a segment has, or nil and why there is none.
local function segment_length(s, o, samples)
  local bin, resolution = o.bin, o.frequency_resolution
  local wanted = resolution and math.floor(1000 / bin / resolution + 1e-9)
    or math.floor(samples / (o.n_segments - o.overlap * (o.n_segments - 1)))
  local length = measures.fast_length(math.max(wanted, 0))
  if length < 4 or length > samples then
    return nil, ("%s has no segment of %g ms: %s"):format(measure.window(s), wanted * bin,
      resolution and "choose a larger frequency_resolution" or "run longer, or choose fewer n_segments")
  end
  return length
end

-- The place of the greatest density, in the band.
local function find_peak(frequencies, psd, band)
  local best
  for k = 2, #psd do -- 0 Hz holds what subtracting the mean has left
    local inside = not band or frequencies[k] >= band[1] and frequencies[k] <= band[2]
    if inside and psd[k] > 0 and (not best or psd[k] > psd[best]) then best = k end
  end
  return best
end

local function nothing(bin)
  return {
    frequencies = measures.vector{}, psd = measures.vector{}, peak = measure.NAN, peak_psd = measure.NAN,
    frequency_resolution = measure.NAN, segments = 0, bin = bin, unit = "Hz²/Hz",
  }
end

return {
  kind = "series",
  help = "power spectral density of the population rate in Hz a neuron, by the method of Welch",
  undefined = "peak: no spikes; all: no segment fits into the window",
  options = {
    measure.bin(1),
    { name = "n_segments", kind = "whole", default = 8, low = 1, high = 1 << 30, help = "that the window is cut into" },
    { name = "frequency_resolution", unit = "Hz", low = 0, above = true, help = "in place of n_segments" },
    { name = "overlap", default = 0.5, low = 0, high = 0.95, help = "of segments" },
    { name = "band", type = "number[]", unit = "Hz", check = check_band,
      help = "{ lowest, highest } frequency for the peak" },
  },
  gives = {
    { "frequencies", "izhlua.Vector", "Hz" },
    { "psd", "izhlua.Vector", "Hz²/Hz" },
    { "peak", "number", "Hz, where the greatest density is" },
    { "peak_psd", "number" },
    { "frequency_resolution", "number", "Hz" },
    { "segments", "integer" },
    { "bin", "number", "ms" },
    { "unit", "string" },
  },
  source = "P. D. Welch, *The use of fast Fourier transform for the estimation of power spectra*, IEEE Trans. Audio "
    .. "Electroacoust. 15:70, 1967",
  measure = function(self, s, o, given)
    if o.frequency_resolution and given.n_segments then
      core.raise(self.name, "n_segments and frequency_resolution exclude each other")
    end
    local bin, neurons, band = o.bin, #s.neurons, o.band
    local rates = measures.scale(measure.counts(s, bin), 1000 / bin / math.max(neurons, 1))
    local length, lacks = segment_length(s, o, #rates)
    if not length then return nothing(bin), ("welch_psd undefined (%s)"):format(lacks) end
    local hop = math.max(1, length - math.floor(length * o.overlap))
    local psd, segments = measures.psd(self.name, rates, bin / 1000, length, hop)
    local step = 1000 / bin / length
    local frequencies = measures.grid(0, step, #psd)
    local best = find_peak(frequencies, psd, band)
    local peak = best and frequencies[best] or measure.NAN
    return {
      frequencies = frequencies, psd = psd, peak = peak, peak_psd = best and psd[best] or measure.NAN,
      frequency_resolution = step, segments = segments, bin = bin, unit = "Hz²/Hz",
    }, ("welch_psd of the rate of %s: peak at %s%s%s (resolution %.3g Hz, %s, bins of %g ms, %s)"):format(
      plural(neurons, "neuron"), shown(peak), best and " Hz" or "",
      band and (" in %g … %g Hz"):format(band[1], band[2]) or "", step, plural(segments, "segment"), bin,
      measure.window(s))
  end,
}
