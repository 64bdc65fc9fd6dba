-- Populations: cells of every model, values of every kind, slices, reading and setting, clamps and lesions.
local izh = require "izhlua"
net = izh.network{ seed = 2, integrator = "rk4", dt = 0.5, threads = 2 }
izh.cells.mine = { model = "lif", vr = -65, vt = -50, c = -65, tau = 10 }
local mine = net:population("mine", 3, "mine", { tau = izh.lognormal(2, 0.1) })
local FS = net:population("FS", 4, "FS2007", function(i, rng) return { k = 1 + rng:uniform() / 10, b = 0.02 * i } end)
local RS = net:population("RS", 5, { model = "izhikevich2003", a = 0.02, b = 0.2, c = izh.vector{ -65, -64, -63, -62, -61 }, d = 8 })
RS:set("v", izh.normal(-65, 1))
RS:slice(2, 4):set{ a = { 0.02, 0.03, 0.04 }, d = izh.choice{ 6, 8 } }
FS{ 4, 1 }:set(function(_, rng) return { v = rng:normal(-60, 1) } end)
net:stimulate(net, izh.current(10))
RS{ 1, 5 }:clamp{ v = { -50, -55 } }
mine{ 2 }:silence()
net:run(3)
RS:release()
net:step(2)
local told = { tostring(net), tostring(mine), tostring(RS{ 3 }), tostring(net.populations), tostring(izh.cells.RS) }
assert(#told == 5 and #FS:get("clamped") == 4 and mine:get("lesioned"):sum() == 1 and #RS.ids == 5)
assert(not pcall(RS.set, RS, "nothing", 1) and not pcall(net.population, net, "RS", 1, "RS"))
