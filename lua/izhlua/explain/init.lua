-- izh.explain: why neurons are silent, why bursts come, what inhibition does. Each answer comes from running again, with one
-- thing changed. How it is found, and where its limits are: docs/explain.md.
local core = require "izhlua.core"

local require = require
local function lazy(name)
  return function(...) return require("izhlua.explain." .. name)(...) end
end

local explain = { silence = lazy("silence"), bursts = lazy("bursts"), inhibition = lazy("inhibition") }

return setmetatable(explain, {
  __call = function() core.raise("izh.explain", "ask izh.explain.silence(net), bursts(net) or inhibition(net)") end,
  __index = function(_, name) core.unknown("izh.explain", "member", tostring(name), { "bursts", "inhibition", "silence" }) end,
})
