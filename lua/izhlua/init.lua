-- require "izhlua": what is written in C (izhlua.core), completed by what is better said in Lua.
local core = require "izhlua.core"
local figure = require "izhlua.figure"

local izh = {
  version = core.version,
  network = core.network,
  cells = require "izhlua.cells",
  -- distributions
  uniform = core.uniform,
  normal = core.normal,
  lognormal = core.lognormal,
  exponential = core.exponential,
  choice = core.choice,
  -- stimuli
  noise = core.noise,
  current = core.current,
  -- data
  spikes = core.spikes,
  -- figures
  raster = figure.raster,
  figure = figure.figure,
}

local names = {}
for name in pairs(izh) do names[#names + 1] = name end
table.sort(names)

return setmetatable(izh, {
  __module = true, -- by which izh:network{…}, a colon in place of a dot, is found out
  __index = function(_, name)
    core.unknown("izhlua", "member", tostring(name), names)
  end,
})
