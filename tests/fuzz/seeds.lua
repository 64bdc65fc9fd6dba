-- Writes small networks, of every kind of thing, into the folder that is the first argument.
local izh = require "izhlua"
local folder = ...

for k, integrator in ipairs{ "izhikevich2003", "euler", "figure1", "rk4", "exact" } do
  local net = izh.network{ dt = 1, integrator = integrator }
  local E, I = net:population("E", 3, k % 2 == 0 and "RS2007" or "RS"), net:population("I", 2, "FS2007")
  net:connect(E, net, { weight = izh.uniform(0, 9), delay = izh.uniform(0, 4), synapse = k % 2 == 0 and "exp" or nil, tau = k % 2 == 0 and 3 or nil })
  net:connect(I{ 2, 1 }, E, { weight = -2, synapse = "alpha", tau = 2, name = "alpha" })
  net:connect(E, I, { weight = function(pre, post) return pre - post end, width = 3, name = "wide" })
  net:connect(I, I, { weight = 3, synapse = "delta", name = "delta" })
  net:stimulate(E, izh.noise{ sd = 9 })
  net:stimulate(I{ 2, 1 }, izh.current{ amplitude = { 4, 2 }, frequency = 40 })
  net:stimulate(I, izh.current{ times = { 2, 5 }, values = { 30, 0 } })
  net:stimulate(E, izh.poisson{ rate = 500, weight = 5, synapse = "exp", tau = 3 })
  net:stimulate(I, izh.spike_train{ times = { { 1, 2 }, { 3 } }, weight = 20, width = 2 })
  if k > 2 then I{ 1 }:clamp() end
  if k > 3 then E{ 2 }:silence() end
  net:record(E{ 3, 1 }, { "v", "i" })
  net:record(net.projections.alpha, "weight", { every = 2 })
  net:record_spikes(k % 2 == 0 and E or true)
  net:run(3 * k)
  net:save(("%s/%d.izh"):format(folder, k))
end
-- recordings of nothing, whose samples take no bytes
local nothing = izh.network{ dt = 1 }
local P = nothing:population("P", 2, "RS")
nothing:connect(P, P, { rule = "pairs", pairs = {}, weight = 1, name = "none" })
nothing:record(nothing.projections.none, "weight")
nothing:record(P{}, "v")
nothing:run(5)
nothing:save(folder .. "/6.izh")
local empty = izh.network()
empty:save(folder .. "/0.izh")
