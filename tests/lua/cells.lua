-- The cells: their numbers against the tables of tests/data, and that they do what their class says.
local here = arg[0]:match("^(.*/)")
package.path = here .. "?.lua;" .. package.path
local check, tsv = require "check", require "tsv"
local izh = require "izhlua"

-- numbers -------------------------------------------------------------------------------------------------------------

for _, row in ipairs(tsv(here .. "../data/celltypes2003.tsv")) do
  local cell = izh.cells[row.cell:match("^%S+")]
  check.equal(cell.model, "izhikevich2003")
  for _, key in ipairs{ "a", "b", "c", "d" } do check.equal(cell[key], tonumber(row[key]), row.cell .. " " .. key) end
end

local in_table = { C = "C_pF", k = "k_nS_per_mV", vr = "vr_mV", vt = "vt_mV", vpeak = "vpeak_mV", a = "a_per_ms", c = "c_mV", d = "d_pA" }
local special = { -- the u equations and the spike rules of the table, in words there
  LTS = { peak_u = -0.1, reset_u = 0.04, u_max = 670 },
  FS = { vb = -55, b_below = 0, b3 = 0.025, b = 0 },
  TC = { peak_u = 0.1, reset_u = -0.1, vb = -65, b_below = 15, b = 0, vu = -65 },
  TI = { peak_u = -0.08, reset_u = 0.08, u_max = 530 },
  RTN = { vb = -65, b_below = 10, b = 2 },
}
local seen = 0
for _, row in ipairs(tsv(here .. "../data/celltypes2007.tsv")) do
  local cell = rawget(izh.cells, row.cell .. "2007")
  check.equal(cell == nil, row.cell == "LS", row.cell)
  if cell then
    seen = seen + 1
    for key, column in pairs(in_table) do check.equal(cell[key], tonumber(row[column]), row.cell .. " " .. key) end
    local rules = special[row.cell] or {}
    if not rules.b then check.equal(cell.b, tonumber(row.b_nS), row.cell .. " b") end
    local keys = 9
    for key, value in pairs(rules) do
      check.equal(cell[key], value, row.cell .. " " .. key)
      if key ~= "b" then keys = keys + 1 end
    end
    local n = 0
    for _ in pairs(cell) do n = n + 1 end
    check.equal(n, keys + 1, row.cell .. " has nothing else than that and its model")
  end
end
check.equal(seen, 9)

-- what is left out of a table is neutral; v0 is vr and u0 = b (v0 - vr)
local net = izh.network{ dt = 0.1 }
local P = net:population("P", 2, "RS2007")
local neutral = { v = -60, u = 0, peak_u = 0, reset_u = 0, u_max = 1e6, vb = 0, b_below = -2, b3 = 0, vu = -60 }
for key, value in pairs(neutral) do check.list(P:get(key), { value, value }, key) end
local Q = net:population("Q", 1, "RS2007", { v0 = -70 })
check.list(Q:get("u"), { 20 })
check.equal(tostring(Q), 'population "Q": 1 × izhikevich2007')
local text = check.message(function() P:get("vx") end)
check.equal(text, 'get: unknown quantity "vx" (did you mean "vr"?)')
check.equal(check.message(function() P:set("C", 0) end), "set: C of neuron 1 must be > 0 (got 0)")
check.equal(check.message(function() P:set("k", { 1, -1 }) end), "set: k of neuron 2 must be > 0 (got -1)")
check.equal(check.message(function() net:population("R", 1, "RS2007", { C = 0 }) end),
  'population: C of neuron 1 of population "R" must be > 0 (got 0)')
check.equal(check.message(function() net:population("R", 1, "RS", { k = 1 }) end),
  'population: "k" is a quantity of izhikevich2007, qif; the model here is izhikevich2003')
net:close()

-- behaviour, with the equations solved exactly ---------------------------------------------------------------------------

-- Spike times of a cell, with `I` from 0 on, or `before` until time `from`.
local function spikes(name, I, ms, before, from)
  local net = izh.network{ dt = 0.1, integrator = "exact" }
  local cell = net:population(name, 1, name)
  local current = net:stimulate(cell, izh.current(before or I))
  if before then net:at(from, function() current:set(I) end) end
  net:run(ms)
  local times = net:spikes():times():totable()
  net:close()
  return times
end

local function intervals(times)
  local list = {}
  for k = 2, #times do list[k - 1] = times[k] - times[k - 1] end
  return list
end

-- RS: Open Source Brain's reference has 7 spikes with 100 pA for 520 ms, the first at 47.03 and the last at 500.76 ms, where v
-- crosses 0 mV upward (as NEURON's detectors do): 1.15 ms before the peak.
do
  local net = izh.network{ dt = 0.001, integrator = "exact" }
  local cell = net:population("RS", 1, "RS2007")
  net:stimulate(cell, izh.current(100))
  local recording = net:record(cell, "v", { every = 0.01 })
  net:run(520)
  check.equal(net:spikes().size, 7)
  local crossings, t, v = {}, recording:times(), recording:values("v")
  for k = 2, #v do
    if v[k - 1] < 0 and v[k] >= 0 then crossings[#crossings + 1] = t[k] end
  end
  check.equal(#crossings, 7)
  check.near(crossings[1], 47.03, 0.02, "the first spike")
  check.near(crossings[7], 500.76, 0.02, "the last spike")
  net:close()
end

do -- RS adapts slightly, then is regular
  local isi = intervals(spikes("RS2007", 100, 1000))
  check.truth(isi[1] < isi[2], "RS adapts")
  check.near(isi[#isi], isi[#isi - 1], 1e-3, "RS is regular in the end")
end

do -- IB: a burst, then single spikes
  local isi = intervals(spikes("IB2007", 550, 600))
  check.truth(isi[1] < 20, "IB begins with a burst")
  for k = 3, #isi do check.truth(isi[k] > 60, "IB goes on with single spikes") end
end

do -- CH: bursts again and again
  local short, long = 0, 0
  for _, isi in ipairs(intervals(spikes("CH2007", 300, 1000))) do
    if isi < 15 then short = short + 1 end
    if isi > 35 then long = long + 1 end
    check.truth(isi < 15 or isi > 35, "CH has two kinds of intervals")
  end
  check.truth(short > 15 and long > 15, "CH bursts")
end

do -- LTS: adapts for long, and u is capped
  local isi = intervals(spikes("LTS2007", 300, 320))
  check.truth(isi[#isi] > 1.2 * isi[1], "LTS adapts")
  check.near(isi[#isi], isi[#isi - 1], 0.01, "LTS with u at its cap is regular")
end

do -- FS: no adaptation once running, and a jump to a high rate at its rheobase of 73.2 pA
  check.truth(#spikes("FS2007", 72, 1000) < #spikes("FS2007", 75, 1000), "FS has its rheobase there")
  local isi = intervals(spikes("FS2007", 400, 1000))
  for k = 6, #isi do check.near(isi[k], isi[3], 0.5, "FS does not adapt") end
  check.truth(1000 / isi[10] > 140, "FS fires fast")
end

do -- TC: tonic from rest, a burst on release from hyperpolarisation
  local isi = intervals(spikes("TC2007", 100, 650))
  check.truth(isi[#isi] > 50, "TC is tonic from rest")
  local burst = spikes("TC2007", 0, 650, -1200, 120)
  check.truth(#burst >= 2 and burst[2] - burst[1] < 20 and burst[#burst] < 300, "TC bursts on release, then is silent")
  check.equal(#spikes("TC2007", 0, 650), 0)
end

do -- RTN: the same
  local burst = spikes("RTN2007", 30, 650, -350, 120)
  check.truth(#burst >= 2 and burst[2] - burst[1] < 15, "RTN bursts on release")
  check.equal(#spikes("RTN2007", 30, 650), 0)
  check.truth(intervals(spikes("RTN2007", 110, 650))[6] > 50, "RTN is tonic from rest")
end

do -- TI fires fast and regularly; MSN is slow to begin
  local isi = intervals(spikes("TI2007", 100, 600))
  check.near(isi[#isi], isi[#isi - 1], 0.01, "TI is regular")
  check.equal(#spikes("MSN2007", 300, 500), 0)
  check.truth(spikes("MSN2007", 400, 500)[1] > 200, "MSN is slow to begin")
end
