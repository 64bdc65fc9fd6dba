-- The network of conductances.py: izhlua conductances.lua FOLDER INTEGRATOR DT MS NEURONS. It writes into the folder what Brian2
-- needs to build the same network, and the spikes that came.
local izh = require "izhlua"
local folder, integrator, dt, ms, n = arg[1], arg[2], tonumber(arg[3]), tonumber(arg[4]), tonumber(arg[5])
local net = izh.network{ seed = 5, dt = dt, integrator = integrator }
local E, I = net:population("E", n * 4 // 5, "E2003"), net:population("I", n // 5, "I2003")
local wiring = { rule = "pairwise_bernoulli", p = 100 / n, synapse = "exp" }
local function connect(from, tau, reversal, weight, delay)
  wiring.tau, wiring.reversal, wiring.weight, wiring.delay = tau, reversal, weight, delay
  net:connect(from, net, wiring):save(("%s/%s.npz"):format(folder, from.name))
end
connect(E, 3, 0, izh.uniform(0, 0.01), izh.choice{ 1, 2, 3, 5 })
connect(I, 6, -75, izh.uniform(0, 0.04), izh.choice{ 0.5, 1 })
local current = net:stimulate(net, izh.current{ amplitude = izh.uniform(2, 6) })
net:step()
local spread = current:get("current")
net:run(ms - dt)
local cells = {}
for _, name in ipairs{ "a", "b", "c", "d" } do cells[name] = {} end
for _, P in ipairs{ E, I } do
  for name, x in pairs(cells) do
    for _, value in ipairs(P:get(name)) do x[#x + 1] = value end
  end
end
cells.current = spread
izh.write(folder .. "/cells.npz", cells)
net:spikes():save(folder .. "/spikes.npz")
