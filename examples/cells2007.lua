-- cells2007.lua: the cells of "Dynamical Systems in Neuroscience" (2007), each with a current that shows what it does. Thalamic
-- cells do two things: they fire one by one from rest, and in bursts when they are released from hyperpolarisation.
local izh = require "izhlua"

local shows = { -- cell, title, current (pA), duration (ms), current before the first 120 ms are over
  { "RS2007", "regular spiking", 100, 500 },
  { "IB2007", "intrinsically bursting", 500, 500 },
  { "CH2007", "chattering", 300, 250 },
  { "LTS2007", "low-threshold spiking", 200, 300 },
  { "FS2007", "fast spiking", 100, 250 },
  { "MSN2007", "medium spiny", 420, 500 },
  { "TC2007", "thalamo-cortical, from rest", 100, 500 },
  { "TC2007", "thalamo-cortical, released", 0, 500, -1200 },
  { "RTN2007", "reticular, released", 50, 500, -350 },
}

local page = { width = "double", columns = 3 }
for i, show in ipairs(shows) do
  local name, title, current, duration, before = table.unpack(show)
  local net = izh.network{ dt = 0.05, integrator = "exact" }
  local cell = net:population(name, 1, name)
  local times, values = { 0, 20 }, { 0, current }
  if before then times, values = { 0, 120 }, { before, current } end
  net:stimulate(cell, izh.current{ times = times, values = values })
  local recording = net:record(cell, { "v", "i_ext" }, { every = 0.1 })
  net:run(duration)
  page[i] = izh.trace(recording, {
    title = ("%s (%s)"):format(title, name),
    from = net.dt, -- the first current is that of the first step
    peak = izh.cells[name].vpeak,
    units = { i_ext = "pA" },
    axes = "bars",
    bars = { time = 50, v = 50, i_ext = before and 200 or 100 },
  })
end
izh.figure(page):save("cells2007.pdf")
