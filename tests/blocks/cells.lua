-- The populations of docs/language.md, and files to connect them by.
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
local E, X, Y = net:population("E", 80, "RS"), net:population("X", 20, "CH"), net:population("Y", 20, "RS")
local weights = {}
for post = 1, Y.size do -- columns
  weights[post] = {}
  for pre = 1, E.size do weights[post][pre] = pre + post end
end
local other = net:clone()
other:connect(other.populations.E, other.populations.Y, { rule = "fixed_total_number", n = 50, weight = 1 }):save("wiring.npz")
izh.write("weights.npy", { weights = weights })
