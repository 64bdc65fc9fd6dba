-- The fifty neurons, after a while.
local recording = net:record(net, "v")
net:run(300)
