-- Curve: points with error bars or bands, several series, linear or logarithmic axes. Left an f–I curve, right a dose–response.
local izh = require "izhlua"

local function rate(name, current)
  local net = izh.network{ dt = 0.25 }
  net:stimulate(net:population("cell", 1, name), izh.current(current))
  net:run(1200)
  return net:spikes{ from = 200 }.size
end

local series = {}
for i, name in ipairs{ "RS", "FS", "LTS" } do
  local x, y = {}, {}
  for current = 0, 20 do x[#x + 1], y[#y + 1] = current, rate(name, current) end
  series[i] = { x = x, y = y, label = name }
end

local dose = { x = { 0.1, 0.2, 0.5, 1, 2, 5 }, y = {}, error = {} }
for k, factor in ipairs(dose.x) do
  local rates = {}
  for trial = 1, 8 do
    local net = require "network"{ seed = trial }
    net.projections.inhibition:scale(factor)
    net:run(500)
    rates[trial] = net:spikes().size / net.size / 0.5
  end
  local v = izh.vector(rates)
  dose.y[k], dose.error[k] = v:mean(), v:sd() / math.sqrt(8)
end

izh.figure{ width = "double", columns = 2,
  izh.curve(series, { xlabel = "Current (a.u.)", ylabel = "Rate (Hz)" }),
  izh.curve(dose, { log = "x", xlabel = "Strength of inhibition", ylabel = "Rate (Hz)", note = "mean ± s.e.m., <i>n</i> = 8" }),
}:save("curve.pdf")
