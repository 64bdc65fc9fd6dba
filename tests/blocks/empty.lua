-- A network of nothing.
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
