-- A matrix of one's own, by the name that it has elsewhere: izh.image({ { 1, 2 }, { 3, 4 } }, options).
local panel = require "izhlua.figure.panel"

local matrix = panel.load "matrix"

return {
  help = "the same as matrix, for a matrix of your own",
  source = "(number[]|izhlua.Vector)[]",
  options = matrix.options,
  without = matrix.without,
  make = matrix.make,
}
