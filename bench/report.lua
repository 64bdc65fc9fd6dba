-- What a workload says: that it begins, that it is built, that it has run, when these happen; and at its end what it was, as
-- a line of JSON.
local report = {}

function report.say(what)
  io.write(what, "\n"):flush()
end

function report.built() report.say "built" end
function report.done() report.say "done" end

function report.finish(net)
  local p, synapses = net:profile(), 0
  for _, projection in ipairs(p.projections) do synapses = synapses + projection.synapses end
  report.say(('{"neurons": %d, "synapses": %d, "spikes": %d, "ms": %g, "events": %d, "updates": %d, "run": %.6f, '
    .. '"delivery": %.6f, "update": %.6f, "bytes": %.0f, "threads": %d}'):format(net.size, synapses, p.spikes, net.time,
    p.synaptic_events, p.neuron_updates, p.ms.total / 1000, p.ms.delivery / 1000,
    (p.ms.noise + p.ms.stimuli + p.ms.currents + p.ms.update) / 1000, p.bytes.projections, p.threads))
end

report.say "begun"
return report
