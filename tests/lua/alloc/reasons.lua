-- Explanations.
local izh = require "izhlua"
net = izh.network{ seed = 8, threads = 1 }
local P, Q = net:population("P", 4, "RS"), net:population("Q", 2, "FS")
net:connect(P, Q, { weight = 2 })
net:connect(Q, P, { weight = -2, name = "inhibition" })
net:stimulate(P, izh.current{ amplitude = { 0, 3, 5, 20 } })
net:run(40)
local silence = izh.explain.silence(net)
assert(#silence > 0 and tostring(silence) and #silence:panels() > 0)
