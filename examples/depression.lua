-- depression.lua: bursts that end because synapses run out of resources. Two hundred integrate-and-fire cells excite each other
-- through depressing synapses (half of the resources for the first spike, back within 800 ms). Nothing inhibits and nothing adapts;
-- with resources held at full from its onset on, a burst does not end.
local izh = require "izhlua"

local net = izh.network{ seed = 1 }
local E = net:population("E", 200, { model = "lif", tau = 20, vr = -65, vt = -50, c = -60, refractory = 3 })
local excitation = net:connect(E, E, {
  name = "excitation", rule = "pairwise_bernoulli", p = 0.2, weight = 10, delay = 1.5, synapse = "exp", tau = 3,
  stp = { U = 0.5, tau_rec = 800 },
})
net:stimulate(E, izh.noise{ mean = 11, sd = 9 })

local times, resources = {}, {} -- the mean resources of the synapses, as the network runs
net:every(5, function()
  times[#times + 1], resources[#resources + 1] = net.time, excitation:get("x"):mean()
end)
net:run(2400)

local report = izh.explain.bursts(net, { from = 500 })
print(report)

-- The run in which the first burst after 500 ms found full resources, beside what happened.
local full = report:rerun(report[1].alone.depletion.run)

izh.figure{ width = "double", columns = 2,
  izh.raster(net, { title = "bursts end …", marks = { { report[1].onset, "onset" } } }),
  izh.raster(full, { title = "… but not with full resources from the onset on" }),
  izh.curve({ { x = times, y = resources, style = "line" } },
    { title = "resources of the synapses", xlabel = "Time (ms)", ylabel = "Mean of <i>x</i>", ylim = { 0, 1 } }),
}:save("depression.pdf")
