. "$(dirname "$0")/lib.sh"

cat >show.lua <<'END'
#!/usr/bin/env izhlua
local first, last = 0, #arg
while arg[first - 1] do first = first - 1 end
local words = {}
for i = first, last do words[#words + 1] = i .. "=" .. arg[i] end
print(table.concat(words, " "))
print(select("#", ...), ...)
END

# arg and ...
run show.lua a 'b c' --seed -e
status_is 0; out_is "-1=$IZHLUA 0=show.lua 1=a 2=b c 3=--seed 4=-e
4	a	b c	--seed	-e"
run --seed 3 -e 'x = 1' -- show.lua --help
out_is "-6=$IZHLUA -5=--seed -4=3 -3=-e -2=x = 1 -1=-- 0=show.lua 1=--help
1	--help"
run - x <show.lua
out_is "-1=$IZHLUA 0=- 1=x
1	x"
run <show.lua
out_is "0=$IZHLUA
0"
run -e 'print(arg[0], arg[1], #arg)'
out_is "$IZHLUA	-e	2"
cp show.lua ./-
run -- - x
out_is "-2=$IZHLUA -1=-- 0=- 1=x
1	x"
cp show.lua ./-odd.lua
run -- -odd.lua
out_has '0=-odd.lua'

# modules beside the script
mkdir -p deep elsewhere
echo 'return "beside"' >deep/module.lua
echo 'print((require "module"), (package.path:match "^[^;]*;[^;]*"))' >deep/script.lua
run deep/script.lua
out_is 'beside	deep/?.lua;deep/?/init.lua'
(cd elsewhere && "$IZHLUA" ../deep/script.lua >../out 2>../err) || fail 'from another folder'
out_is 'beside	../deep/?.lua;../deep/?/init.lua'
run "$work/deep/script.lua"
out_is "beside	$work/deep/?.lua;$work/deep/?/init.lua"
echo 'return "here"' >module.lua
run -e 'print((require "module"))'
out_is here
echo 'print((require "module"))' | run -
out_is here
echo 'print((require "module"))' >main.lua
run main.lua
out_is here

# dofile and loadfile look beside the script first, too; then where the program was started
mkdir -p beside
echo 'return "beside"' >beside/part.lua
echo 'return "here"' >part.lua
echo 'return "only here"' >other.lua
echo 'print(dofile("part.lua"), loadfile("part.lua")(), dofile("other.lua"), (loadfile("missing.lua")))' >beside/main.lua
run beside/main.lua
status_is 0; out_is "beside	beside	only here	nil"
echo 'dofile("broken.lua")' >beside/main.lua
echo 'error "broken"' >beside/broken.lua
run beside/main.lua
status_is 1; err_begins 'beside/broken.lua:1: broken'
rm part.lua other.lua

# our own files, whatever the script has beside it, or changes
mkdir -p shadow/izhlua
for name in izhlua izhlua/init izhlua/core izhlua/sweep izhlua/figure izhlua/figure/raster; do
  echo 'error "not ours"' >"shadow/$name.lua"
done
echo 'return "the script'"'"'s"' >shadow/izhlua/mine.lua
cat >shadow/script.lua <<'END'
package.preload["izhlua"] = function() error "not ours" end
package.preload["izhlua.sweep"] = package.preload["izhlua"]
package.path = package.path .. ";nowhere/?.lua"
local izh = require "izhlua"
type, math = nil, nil
print(izh.sweep{ over = { x = { 1 } }, run = function(case) return { y = case.x } end }:get("y")[1], tostring(izh.raster(izh.network{})))
print((require "izhlua.mine"), pcall(require, "izhlua.none"))
print(package.loaded["izhlua.core"], select(2, pcall(require, "izhlua.core")))
END
run shadow/script.lua
status_is 0; out_has "1.0	raster panel: 0 spikes in 0 < t ≤ 0 ms"; out_has "the script's	false	module 'izhlua.none' not found"
out_has 'nil	shadow/izhlua/core.lua:1: not ours'

# what a script can be
printf '#!only a first line' >shebang.lua
run shebang.lua
status_is 0; out_is ''; err_is ''
: >empty.lua
run empty.lua
status_is 0
run -e 'io.open("compiled.luac", "wb"):write(string.dump(function(...) print("compiled", ...) end)):close()'
run compiled.luac x
status_is 0; out_is 'compiled	x'
echo 'print("größer ≤ ")' >utf8.lua
run utf8.lua
out_is 'größer ≤ '

# files that cannot be run
run missing.lua
status_is 1; err_is 'izhlua: cannot open missing.lua: No such file or directory'
run deep
status_is 1; err_is 'izhlua: cannot read deep: Is a directory'

# exit codes
run -e 'os.exit()'; status_is 0
run -e 'os.exit(true)'; status_is 0
run -e 'os.exit(false)'; status_is 1
run -e 'os.exit(7)' -e 'print(1)'; status_is 7; out_is ''
run -e 'os.exit("x")'; status_is 1; err_has "bad argument #1 to 'exit'"
run -e 'setmetatable({}, { __gc = function() print "collected" end })' -e 'os.exit(3)'
status_is 3; out_is collected
run -e 'setmetatable({}, { __gc = function() error "lost" end })'
status_is 0; err_has 'Lua warning: error in __gc'; err_has lost
run -e 'local x <close> = setmetatable({}, { __close = function() print "closed" end }) os.exit(3)'
status_is 3; out_is closed
run -e 'coroutine.wrap(function() pcall(function() os.exit(4) end) end)()'
status_is 4

# coroutines are as Lua's own, though the program puts its functions in their place
cat >coroutine.lua <<'END'
local co = coroutine.create(function(a, b) local c = coroutine.yield(a + b) return c * 2, nil end)
print(coroutine.resume(co, 1, 2))
print(coroutine.resume(co, 5))
print(coroutine.resume(co))
print(coroutine.resume(coroutine.running()))
print(coroutine.resume(coroutine.create(function() error({}) end)) == false)
print(coroutine.resume(coroutine.create(function() error("bad") end)))
print(select("#", coroutine.resume(coroutine.create(function() end))))
print(pcall(coroutine.resume, 1))
local f = coroutine.wrap(function(...) for i = 1, select("#", ...) do coroutine.yield(i) end end)
print(f("a", "b"), f(), f())
print(pcall(f))
print(pcall(coroutine.wrap(function()
  local x <close> = setmetatable({}, { __close = function(_, e) print("closed for", e) end })
  error("inside")
end)))
local log = {}
for v in coroutine.wrap(function() for i = 1, 3 do pcall(coroutine.yield, i) end end) do log[#log + 1] = v end
print(table.concat(log, " "))
END
run coroutine.lua
status_is 0
out_is 'true	3
true	10	nil
false	cannot resume dead coroutine
false	cannot resume non-suspended coroutine
true
false	coroutine.lua:7: bad
1
false	bad argument #1 to '"'coroutine.resume'"' (coroutine expected, got number)
1	2
false	cannot resume dead coroutine
closed for	coroutine.lua:15: inside
false	coroutine.lua:15: inside
1 2 3'

finish
