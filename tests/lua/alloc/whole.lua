-- Every kind of call that allocates. `net` stays for the inspection afterwards.
local izh = require 'izhlua'
net = izh.network{ seed = 3, dt = 0.5 }
local E = net:population('excitatory cells whose name is a long string', 8, 'E2003')
local I = net:population('I', 4, 'RS', { a = izh.uniform(0.02, 0.1), d = { 1, 2, 3, 4 },
  c = function(i, rng) return -65 + rng:uniform() end })
net:connect(E, net, { rule = 'pairwise_bernoulli', p = 0.5, weight = izh.uniform(0, 1),
  delay = izh.uniform(0, 3) })
net:connect(I, E, { rule = 'fixed_indegree', n = 2, weight = function() return -1 end, name = 'inhibition' })
net:connect(E{ 5, 2 }, I, { rule = 'fixed_total_number', n = 3, weight = izh.choice{ 1, 2 }, width = 2 })
net:connect(E, I, { rule = 'pairs', pairs = { { 2, 9 }, { 1, 10 } }, weight = { 1, 2 } })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I{ 3, 1 }, izh.noise{ sd = 5, name = 'n' })
net:stimulate(I, izh.current{ times = { 1, 2 }, values = { 3, 4 } })
net:stimulate(I, izh.current(function(t) return t end))
net:at(2, function(net) net.projections.inhibition:scale(2) end)
net:every(1, function(net) return net:spikes().size end)
net:record_spikes(E)
net:record_spikes(true)
local rec = net:record(E{ 5, 2 }, { 'v', 'u' }, { every = 0.5, to = 'file' })
net:record(net.projections.inhibition, 'weight')
net:run(4)
net:run_until(function(net) return net.time >= 5 end)
net.projections.inhibition:set('weight', izh.normal(0, 1))
net.projections.inhibition:set('weight', function() return 1 end)
for pre, post in net.projections.inhibition:synapses() do assert(pre > 8 and post <= 8) end
I:set{ v = izh.uniform(-70, -60) }
net.stimuli.n:set{ sd = 3 }
local data = izh.spikes{ times = { 2, 1 }, senders = { 1, 2 }, neurons = { 5, 1, 2 } }
data:save('alloc.csv')
assert(izh.spikes('alloc.csv').size == 2)
rec:save('alloc.npz')
assert(#izh.read('alloc.npz').times == rec.size and #rec:values('v', 2) == rec.size and #rec:spikes(1) >= 0)
net.projections.inhibition:save('alloc.npz')
net:connect(net, net, { rule = 'pairs', pairs = 'alloc.npz', name = 'again' })
net:connect(net, net, { rule = 'pairs', pairs = { pre = { 1 }, post = { 2 } }, weight = 1, name = 'columns' })
net:stimulate(I{ 1, 2, 3 }, izh.spike_train{ times = data, weight = 1 })
local clone = net:clone()
clone:run(1)
assert(clone.time == 6 and clone.projections.inhibition.size == net.projections.inhibition.size)
local snapshot = net:snapshot()
net:population('late', 2, 'RS')
net:restore(snapshot)
assert(#net.populations == 2 and E.name and tostring(snapshot):find('snapshot at t = 5 ms', 1, true))
local plain = izh.network{ dt = 1 }
plain:connect(plain:population('P', 3, 'RS'), plain, { weight = izh.uniform(0, 1), delay = izh.uniform(0, 3) })
plain:stimulate(plain, izh.poisson{ rate = 100, weight = 5 })
plain:record(plain, 'v')
plain:run(5)
plain:save('alloc.izh')
assert(izh.load('alloc.izh').recordings[1].size == 6)
local core = debug.getregistry()['izhlua.own']['izhlua.core']
core.scale_synapses(net, -1, 2, { 1, 1, 0, 1 })
assert(#core.pathways(net) > 0 and #core.in_degrees(net) == 12 and core.cell(net, 9).a and core.redraw(net, 2) == 2)
local s = net:spikes{ of = I{ 2, 1 }, from = 1 }
for _, m in ipairs{ 'isi', 'synchrony', 'victor_purpura_distance', 'burst', 'bursts', 'avalanches' } do
  s[m](s)
end
s:welch_psd{ n_segments = 1, bin = 0.5, from = 1 }
s:cross_correlation_histogram(s)
izh.analysis.cv({ { 1, 3, 2 }, {} }, { of = 1 })
return #s:times() + #s:senders() + #s:slice{ to = 2 } + #E:get('v'), tostring(E), tostring(net.populations)
