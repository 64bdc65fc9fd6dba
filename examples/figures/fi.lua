-- f–I curves on a logarithmic axis, with a reference line and words in the plot.
local izh = require "izhlua"

local function rate(name, current)
  local net = izh.network{ dt = 0.25 }
  net:stimulate(net:population("cell", 1, name), izh.current(current))
  net:run(1200)
  return net:spikes{ from = 200 }.size
end

local series = {}
for i, name in ipairs{ "RS", "FS" } do
  local x, y = {}, {}
  for k = 0, 12 do
    local current = 2 * 1.25 ^ k
    local hz = rate(name, current)
    if hz > 0 then x[#x + 1], y[#y + 1] = current, hz end
  end
  series[i] = { x = x, y = y, label = name, marker = ({ "disc", "open square" })[i], color = ({ "blue", "vermillion" })[i] }
end

izh.figure{
  izh.curve(series, {
    xlabel = "Current (a.u.)", ylabel = "Rate (Hz)", xscale = "log", yscale = "log", xticks = { 2, 5, 10, 20 },
    lines = { { slope = 5, dash = "dashed", label = "5 Hz a unit" } }, legend = "inside",
    text = { { 12, 12, "class 1" } }, arrows = { { 7, 5, 4.1, 5.8, "RS begins" } }, ylim = { 3, 500 },
  }),
}:save("fi.pdf")
