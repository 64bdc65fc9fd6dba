-- pacemaker.lua: a rhythm that neither cell has alone. Two neurons that burst when they are released from inhibition
-- (rebound) inhibit each other: while one bursts it holds the other down, falls silent, and thereby releases it. A short kick
-- starts them; nothing drives them afterwards. Brown (1911) thought of this half-centre as the origin of walking. When one of
-- the two connections is cut, the rhythm ends with the burst that is on its way.
local izh = require "izhlua"

local net = izh.network{ dt = 0.1, integrator = "exact" }
local rebound = { a = 0.03, b = 0.25, c = -52, d = 0, v0 = -64 } -- the cell of "rebound burst", pattern N of 2004
local left, right = net:population("left", 1, rebound), net:population("right", 1, rebound)

net:connect(left, right, { name = "left to right", synapse = "exp", tau = 10, weight = -5 })
net:connect(right, left, { name = "right to left", synapse = "exp", tau = 10, weight = -5 })
net:stimulate(left, izh.current{ amplitude = -15, from = 20, to = 25 }) -- the kick

local recording = net:record(net, { "v", "i_inh" }, { every = 0.5 })
net:at(1200, function() net.projections["left to right"]:disable() end)
net:run(1800)

local marks = { { 20, "kick" }, { 1200, "left → right cut" } }
local function trace(id, title)
  return izh.trace(recording, { title = title, neurons = id, marks = marks })
end
izh.figure{ columns = 1, trace(1, "left"), trace(2, "right") }:save("pacemaker.pdf")
