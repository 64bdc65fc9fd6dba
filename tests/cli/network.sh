. "$(dirname "$0")/lib.sh"

# What the program and a running network have to do with each other.
cat >network.lua <<'END'
local izh = require "izhlua"
net = izh.network{ seed = 1 }
net:population("E", 10, "E2003")
function pause(s) local until_s = os.clock() + s while os.clock() < until_s do end end
END

# Ctrl-C ends the step, and the run
cat network.lua - >endless.lua <<'END'
local done <close> = setmetatable({}, { __close = function() print("closed", net.time > 0) end })
io.popen("sleep 0.2; kill -INT $PPID")
while true do
  xpcall(function() net:run(1e6) end, function(e) print("a message handler runs", e) end)
end
END
run endless.lua
status_is 130; out_is 'closed	true'; err_is 'endless.lua:8: interrupted'

# and the making of synapses, of which nothing is left
cat network.lua - >connect.lua <<'END'
local E = net:population("many", 20000, "RS")
local said <close> = setmetatable({}, { __close = function() print(#net.projections) end })
io.popen("sleep 0.2; kill -INT $PPID")
while true do pcall(net.connect, net, E, E, { rule = "pairwise_bernoulli", p = 0.5, weight = 1 }) end
END
run connect.lua
status_is 130; out_is '0'; err_has 'connect.lua:8: interrupted'

cat network.lua - >callback.lua <<'END'
net:at(10, function() io.popen("kill -INT $PPID"):close() while true do end end)
net:run(20)
END
run callback.lua
status_is 130; err_has 'callback.lua:5: interrupted'

cat network.lua - >exit.lua <<'END'
net:at(10, function() os.exit(9) end)
net:run(20)
END
run exit.lua
status_is 9; err_is ''

# A network seeds math.random, but not where the script or the command line has.
cat >random.lua <<'END'
local izh = require "izhlua"
if ... then math.randomseed(42) end
local before = math.random(1, 1 << 40)
izh.network{ seed = 5 }
print(before, math.random(1, 1 << 40))
END
"$IZHLUA" -e 'math.randomseed(42) print(math.random(1, 1 << 40), math.random(1, 1 << 40))' >chosen
"$IZHLUA" -e 'math.randomseed(9) print(math.random(1, 1 << 40), math.random(1, 1 << 40))' >given
run random.lua chosen; out_is "$(cat chosen)"
run --seed 9 random.lua; out_is "$(cat given)"
run random.lua; ! cmp -s out given || fail 'it does not depend on the seed'

# A script may have the name of the library, and LUA_PATH an old one: ours is loaded.
mkdir old
echo 'return { version = "old" }' >old/izhlua.lua
echo 'print(require "izhlua".version)' >izhlua.lua
run izhlua.lua; out_is "$VERSION"
LUA_PATH="$PWD/old/?.lua;;"; export LUA_PATH
run izhlua.lua; out_is "$VERSION"
unset LUA_PATH

# --seed
echo 'print(izh.network{ seed = 5 }.seed)' | sed 's/izh/require("izhlua")/' >seed.lua
run seed.lua; out_is 5
run --seed 12 seed.lua; out_is 12

# the progress line: of a long run on a terminal, one line, gone before anything else is written and in the end
cat network.lua - >long.lua <<'END'
net:every(10, function() pause(0.015) if net.time == 500 then print("half") end end)
net:run(1000)
print("end")
END
erase=$(printf '\r\033[K')
on_terminal long.lua </dev/null
status_is 0; out_has ' of 1000 ms  '; out_has "${erase}half"; out_has "${erase}end"
tr '\r' '\n' <out | awk 'length($0) > 82 { wide = 1 } END { exit wide }' || fail 'the line is too long'
updates=$(tr '\r' '\n' <out | grep -c ' ms  ')
[ "$updates" -le 40 ] || fail "$updates updates in less than 4 s"
columns=30 on_terminal long.lua </dev/null
tr '\r' '\n' <out | awk 'length($0) > 32 { wide = 1 } END { exit wide }' || fail 'the line does not fit in'
run long.lua
out_is 'half
end'; err_is ''
TERM=dumb on_terminal long.lua </dev/null
out_lacks ' ms'

cat network.lua - >late.lua <<'END'
net:every(10, function() pause(0.015) if net.time == 700 then error("late") end end)
net:run(1000)
END
on_terminal late.lua </dev/null
status_is 1; out_has "${erase}late.lua:5: late"

cat network.lua - >quick.lua <<'END'
net:run(1000)
END
on_terminal quick.lua </dev/null
status_is 0; out_is ''

finish
