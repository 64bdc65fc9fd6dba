-- Runs a script of examples/ as it stands, but for what it prints, and gives the first network that it made.
-- prepare(net), if any, is called when the network has been made. The examples see no arguments.
local izh = require "izhlua"

local folder = assert(table.remove(arg, 1), "usage: izhlua test.lua <folder of the examples>")

return function(name, prepare)
  local made
  local network = izh.network
  izh.network = function(options)
    local net = network(options)
    if not made then
      made = net
      if prepare then prepare(net) end
    end
    return net
  end
  local silent = setmetatable({ print = function() end }, { __index = _G })
  local run = assert(loadfile(("%s/%s.lua"):format(folder, name), "t", silent))
  local ok, message = pcall(run)
  izh.network = network
  if not ok then error(message, 0) end
  local figure = name .. ".pdf" -- in the folder where the tests run
  assert(io.open(figure), "no " .. figure):close()
  os.remove(figure)
  return made
end
