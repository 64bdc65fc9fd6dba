-- Spectra: izh.spectrum(s:welch_psd()), izh.spectrum(spikes), izh.spectrum({ a, b }, { labels = { "a", "b" } }).
local core = require "izhlua.core"
local axes = require "izhlua.figure.axes"
local panel = require "izhlua.figure.panel"
local INK = panel.INK

local function spectrum_of(func, source)
  local kind = core.kind(source)
  if kind == "network" then source = source:spikes() end
  if kind == "network" or kind == "spikes" then source = source:welch_psd() end
  if type(source) ~= "table" or source.frequencies == nil or source.psd == nil then
    core.wrong(func, "what izh.spectrum shows", "spikes, a network, or a table such as welch_psd gives", source)
  end
  return source
end

-- The series of a spectrum, whether all its powers are positive, and the spectrum itself.
local function read_series(func, source)
  local spectrum, positive = spectrum_of(func, source), true
  local f = core.numbers(func, "frequencies", spectrum.frequencies)
  if spectrum.segments == 0 then core.raise(func, "there is nothing to draw: " .. tostring(spectrum)) end
  local psd = panel.column(func, "psd", spectrum.psd, #f, "frequencies")
  local x, y = {}, {}
  for k = 1, #f do -- without 0 Hz, the mean
    if f[k] > 0 then
      x[#x + 1], y[#y + 1] = f[k], psd[k]
      positive = positive and psd[k] > 0
    end
  end
  return { x = core.numbers(func, "frequencies", x), y = core.numbers(func, "psd", y) }, positive, spectrum
end

return {
  help = "power against frequency, of a result of welch_psd or of the rate of spikes; without 0 Hz, the mean",
  source = "table|izhlua.Spikes|izhlua.Network|table[]",
  options = {
    panel.bars{ "x", "y" }, panel.series_labels,
    { name = "log", kind = "word", words = { "none", "x", "y", "xy" },
      help = "logarithmic axes; default y, or none when a power is 0" },
  },
  make = function(self, given, o)
    local func, sources = self.name, axes.is_list(given) and given or { given }
    local series, positive, unit, resolution = {}, true, nil, nil
    local labels = panel.labels(func, o.labels, #sources)
    for i, source in ipairs(sources) do
      local one, above, spectrum = read_series(func, source)
      one.label, one.ink, one.shade = labels[i], #sources > 1 and INK.series or INK.neutral, i - 1
      series[i], positive = one, positive and above
      unit, resolution = unit or spectrum.unit, resolution or spectrum.frequency_resolution
    end
    local log = o.log or positive and "y" or "none"
    local plot = axes.plot(o, {
      title = "Frequency (Hz)", unit = "Hz", log = log == "x" or log == "xy", zero = true,
    }, {
      title = "Power" .. (type(unit) == "string" and (" (%s)"):format(unit) or ""),
      log = log == "y" or log == "xy", zero = true,
    }, series)
    if type(resolution) == "number" then
      plot.note = ("resolution %s Hz"):format(panel.shown(tonumber(("%.3g"):format(resolution))))
    end
    return plot, ("spectrum panel: %d spectra"):format(#series)
  end,
}
