-- require "izhlua": what is written in C (izhlua.core), completed by what is better said in Lua.
local core = require "izhlua.core"

-- A function of a file that is read when it is first called: most scripts need few of them.
local require = require
local function lazy(module, name)
  return function(...)
    local got = require(module)
    return (name and got[name] or got)(...)
  end
end

local izh = {
  version = core.version,
  network = core.network,
  load = core.load,
  cells = require "izhlua.cells",
  -- distributions
  uniform = core.uniform,
  normal = core.normal,
  lognormal = core.lognormal,
  exponential = core.exponential,
  gamma = core.gamma,
  beta = core.beta,
  truncated = core.truncated,
  integer = core.integer,
  choice = core.choice,
  -- data
  read = core.read,
  write = core.write_table,
  vector = core.vector,
  spikes = core.spikes,
  -- figures
  figure = lazy "izhlua.figure",
  animate = lazy "izhlua.figure.animate",
  -- experiments
  sweep = lazy("izhlua.sweep", "sweep"),
  trials = lazy("izhlua.sweep", "trials"),
  sweep_merge = lazy("izhlua.sweep", "merge"),
  parameters = lazy("izhlua.parameters", "parameters"),
}

for _, name in ipairs(core.makers) do izh[name] = core[name] end -- of stimuli: noise, current …

-- the panels: izh.raster, izh.curve …
for _, name in ipairs(core.own_files "figure/panels") do
  izh[name] = function(...) return require "izhlua.figure.panel".draw(name, ...) end
end

core.method("raster", lazy "izhlua.figure.net_raster")
core.spikes_later(function() require "izhlua.analysis" end)
core.method("profile", lazy("izhlua.profile", "profile"))

-- what is loaded when it is first used
local later = {
  analysis = "izhlua.analysis", patterns = "izhlua.patterns", convergence = "izhlua.convergence", explain = "izhlua.explain",
}

local names = {}
for name in pairs(izh) do names[#names + 1] = name end
for name in pairs(later) do names[#names + 1] = name end
table.sort(names)

return setmetatable(izh, {
  fields = later, -- for completion at the prompt
  __module = true, -- by which izh:network{…}, a colon in place of a dot, is found out
  __index = function(_, name)
    if later[name] then
      izh[name] = require(later[name])
      return izh[name]
    end
    core.unknown("izhlua", "member", tostring(name), names)
  end,
})
