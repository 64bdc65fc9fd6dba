-- W9: ten million spikes are written and read, as .npz and as .csv. W10: a raster of a million spikes. w9.lua [raster].
local izh = require "izhlua"
local report = require "report"
local net = izh.network{ seed = 1, dt = 1 }
net:population("P", 1000, "poisson", { rate = 100 })
net:run(arg[1] and 10000 or 100000)
local spikes = net:spikes()
report.built()
if arg[1] then
  net:raster "w10.pdf"
else
  for _, name in ipairs{ "w9.npz", "w9.csv" } do
    spikes:save(name)
    report.say(name .. " written")
    assert(#izh.spikes(name) == #spikes)
    report.say(name .. " read")
    os.remove(name)
  end
end
report.done()
report.say(('{"neurons": %d, "ms": %g, "spikes": %d}'):format(net.size, net.time, #spikes))
