-- izhlua collect.lua test.lua …: runs a test with a whole collection each time that Lua asks whether it is time for a step of
-- one, that is at nearly each allocation. What is not on the stack then is gone. In each of these collections a finalizer
-- tries to step, and to add to, every network that is a local variable of what runs in Lua.
local script = table.remove(arg, 1)
package.path = script:match("^(.*)/") .. "/?.lua;" .. package.path

local function disturb(level)
  for i = 1, 200 do
    local name, value = debug.getlocal(level + 1, i)
    if not name or name:sub(1, 1) == "(" then return end -- a temporary value may be a dead one
    if type(value) == "userdata" and tostring(value):sub(1, 8) == "network:" then
      pcall(value.step, value, 3)
      pcall(value.population, value, "late", 1000, "RS")
    end
  end
end

local function arm()
  setmetatable({}, { __gc = function()
    for level = 2, 6 do
      local frame = debug.getinfo(level, "S")
      if frame and frame.what ~= "C" then disturb(level) end
    end
    arm()
  end })
end

require "check".resident_pages = function() end -- what is held back for the collector says nothing of leaks

local test = assert(loadfile(script))
collectgarbage("incremental", 1, 1000, 40) -- a cycle begins where the last one ended, and is done in one step
collectgarbage()
arm()
return test(table.unpack(arg))
