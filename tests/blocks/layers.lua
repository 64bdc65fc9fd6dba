-- A thousand neurons that fire, and spikes from elsewhere.
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
local E, I = net:population("E", 800, "E2003"), net:population("I", 200, "I2003")
net:stimulate(net, izh.noise{ sd = 5 })
net:run(100)
local t, id = net:spikes():times(), net:spikes():senders()
