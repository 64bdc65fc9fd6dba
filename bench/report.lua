-- What a workload prints, as a line of JSON: processor seconds of building and of running, neurons, synapses, spikes.
return function(net, built, done)
  local synapses = 0
  for _, projection in ipairs(net.projections) do synapses = synapses + projection.size end
  print(('{"build": %.6f, "run": %.6f, "neurons": %d, "synapses": %d, "spikes": %d, "ms": %g}')
    :format(built, done - built, net.size, synapses, net:spikes().size, net.time))
end
