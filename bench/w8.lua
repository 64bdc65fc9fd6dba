-- W8: a thousand runs of the network of W1 without its figure, as a sweep. As many at a time as there are threads.
local izh = require "izhlua"
local report = require "report"
report.built()
local sweep = izh.sweep{
  over = { { "sd", { 4, 4.5, 5, 5.5, 6 } } }, trials = 200,
  run = function(case)
    local net = izh.network{ seed = case.seed, dt = 0.5 }
    local E, I = net:population("E", 40, "RS"), net:population("I", 10, "FS")
    net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.2, weight = 6 })
    net:connect(I, net, { rule = "pairwise_bernoulli", p = 0.2, weight = -5 })
    net:stimulate(E, izh.noise{ sd = case.sd })
    net:stimulate(I, izh.noise{ sd = 2 })
    net:run(1000)
    return { spikes = #net:spikes() }
  end,
}
report.done()
local spikes = 0
for _, row in ipairs(sweep.rows) do spikes = spikes + row.spikes end
report.say(('{"neurons": 50, "ms": 1e6, "spikes": %d}'):format(spikes))
