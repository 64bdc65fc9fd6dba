-- A network, and its clone in which something was changed.
local izh = require "izhlua"
local before = izh.network{ seed = 1 }
before:population("E", 50, "RS")
before:stimulate(before, izh.noise{ sd = 15 })
local after = before:clone()
before:run(300)
after:run(300)
