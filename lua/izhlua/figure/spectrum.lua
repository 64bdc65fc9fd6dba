-- Spectra: izh.spectrum.
local core = require "izhlua.core"
local axes = require "izhlua.figure.axes"
local check = require "izhlua.options"
local join = require "izhlua.join"
local panel = require "izhlua.figure.panel"
local text = check.text
local INK = panel.INK

local spectrum_options = join(panel.axes_options, { "labels", "log", "xlim", "ylim", "xlabel", "ylabel" })

local function spectrum_of(func, source)
  local kind = core.kind(source)
  if kind == "network" then source = source:spikes() end
  if kind == "network" or kind == "spikes" then return source:welch_psd() end
  if type(source) ~= "table" or source.frequencies == nil or source.psd == nil then
    core.wrong(func, "what izh.spectrum shows", "spikes, a network, or a table such as welch_psd gives", source)
  end
  return source
end

-- izh.spectrum(s:welch_psd()), izh.spectrum(spikes), izh.spectrum({ a, b }, { labels = { "a", "b" } })
return function(given, options, ...)
  local func = "spectrum"
  check.call(func, given, ...)
  options = check.known(func, options, spectrum_options)
  local sources = axes.is_list(given) and given or { given }
  local series, positive, unit, resolution = {}, true, nil, nil
  local labels = panel.labels(func, options.labels, #sources)
  for i, source in ipairs(sources) do
    local spectrum = spectrum_of(func, source)
    local f = core.numbers(func, "frequencies", spectrum.frequencies)
    local psd = panel.column(func, "psd", spectrum.psd, #f, "frequencies")
    local x, y = {}, {}
    for k = 1, #f do -- the mean is no rhythm
      if f[k] > 0 then
        x[#x + 1], y[#y + 1] = f[k], psd[k]
        positive = positive and psd[k] > 0
      end
    end
    unit, resolution = unit or spectrum.unit, resolution or spectrum.frequency_resolution
    series[i] = {
      x = core.numbers(func, "frequencies", x), y = core.numbers(func, "psd", y), label = labels[i],
      ink = #sources > 1 and INK.series or INK.neutral, shade = i - 1,
    }
  end
  local log = check.word(func, "log", options.log, { "none", "x", "y", "xy" }, positive and "y" or "none")
  local ytitle = options.ylabel or "Power" .. (type(unit) == "string" and (" (%s)"):format(unit) or "")
  local plot = axes.plot(func, options,
    { title = text(func, "xlabel", options.xlabel) or "Frequency (Hz)", unit = "Hz", log = log == "x" or log == "xy", zero = true },
    { title = text(func, "ylabel", ytitle), log = log == "y" or log == "xy", zero = true }, series)
  if type(resolution) == "number" then
    plot.note = ("resolution %s Hz"):format(panel.shown(tonumber(("%.3g"):format(resolution))))
  end
  return panel.new(plot, ("spectrum panel: %d spectra"):format(#series))
end
