. "$(dirname "$0")/lib.sh"

# What does not hear it ends after some seconds, and so does a cleanup without end
long hook_loop <<'END'
io.popen("sleep 0.5; kill -INT $PPID")
debug.sethook(function() while true do end end, "", 100)
while true do end
END
long in_lua <<'END'
io.popen("sleep 0.5; kill -INT $PPID")
string.find(("a"):rep(40), ("a*"):rep(40) .. "b")
END
long endless_close <<'END'
io.popen("sleep 0.5; kill -INT $PPID")
local co = coroutine.create(function()
  local x <close> = closing(function() while true do pcall(function() while true do end end) end end)
  coroutine.yield()
end)
coroutine.resume(co)
coroutine.close(co)
END
err_is 'endless_close.lua:5: interrupted'
long endless_cleanup <<'END'
local x <close> = closing(function() while true do end end)
ctrl_c()
END
err_is 'endless_cleanup.lua:1: interrupted'
long stroke <<'END'
local izh = require "izhlua"
local x, y = {}, {}
for i = 1, 3000000 do x[i], y[i] = (i * 0.7548) % 1, (i * 0.5698) % 1 end
local curve = izh.curve{ x = x, y = y }
io.popen("sleep 0.5; kill -INT $PPID")
izh.figure{ curve }:save("stroke.png")
END
[ ! -e stroke.png ] || fail 'the figure is there'
finish
