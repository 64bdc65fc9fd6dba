-- Copies: clones, snapshots, files, trials, calls.
local izh = require "izhlua"
net = izh.network{ seed = 6, dt = 0.5 }
local P = net:population("P", 4, "RS")
net:connect(P, P, { weight = izh.uniform(1, 3), delay = izh.uniform(0, 3), synapse = "exp", tau = 2, name = "PP" })
net:stimulate(P, izh.noise{ sd = 9, name = "noise" })
net:record(P, "v")
local every = net:every(1, function(n) n:spikes() end)
net:at(3, function(n) n.projections.PP:scale(1.5) end)
net:run(2)
local snapshot = net:snapshot()
local clone <close> = net:clone{ reseed = 2 }
clone:run(4)
net:run(2)
net:restore(snapshot, { reseed = 1 })
net:population("late", 1, "RS")
every:cancel()
net:restore(snapshot)
assert(net:run_until(function(n) return n.time >= 4 end, { max = 9 }))
local plain = izh.network{ seed = 1 }
plain:stimulate(plain:population("P", 3, "FS2007"), izh.poisson{ rate = 500, weight = 50 })
plain:record(plain, { "v", "u" })
plain:run(5)
plain:save "state.izh"
local again = izh.load "state.izh"
again:run(5)
plain:run(5)
assert(again:spikes().size == plain:spikes().size and tostring(again.recordings) == tostring(plain.recordings))
assert(tostring(net:profile()) and net:warnings().neurons == 0 and tostring(snapshot):find "snapshot")
clone:close()
