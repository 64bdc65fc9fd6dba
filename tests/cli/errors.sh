. "$(dirname "$0")/lib.sh"

# the place comes first on the line, then a traceback without the program's own frames
cat >mistake.lua <<'END'
local function inner() error("oops") end
local function outer() inner() end
print("before")
outer()
END
run mistake.lua
status_is 1; out_is before
err_is "mistake.lua:1: oops
stack traceback:
	mistake.lua:1: in upvalue 'inner'
	mistake.lua:2: in local 'outer'
	mistake.lua:4: in main chunk"

echo 'x = = 1' >syntax.lua
run syntax.lua
status_is 1; err_begins "syntax.lua:1: unexpected symbol near '='"
echo 'error("x")' | run -
status_is 1; err_begins 'stdin:1: x'
run -e 'error("x")'
status_is 1; err_begins '(command line):1: x'
run -e 'local t = nil; t.x = 1'
status_is 1; err_begins "(command line):1: attempt to index a nil value (local 't')"
run -e 'local function f() return f() + 1 end f()'
status_is 1; err_has 'stack overflow'

# our own frames are shown on demand; of a deep stack the beginning and the end are
cat >ours.lua <<'END'
local izh = require "izhlua"
local function draw() izh.curve(3) end
draw()
END
run ours.lua
status_is 1; err_is "ours.lua:2: curve: the first argument of izh.curve must be { x = {…}, y = {…} } or a list of such tables (got 3)
stack traceback:
	ours.lua:2: in local 'draw'
	ours.lua:3: in main chunk"
IZHLUA_TRACE=1 run ours.lua
err_has "[C]: in field 'wrong'"; err_has 'panel.lua:'; err_has "ours.lua:2: in local 'draw'"
cat >deep.lua <<'END'
local function f(n)
  if n == 0 then error("deep") end
  f(n - 1)
  return n
end
f(100)
END
run deep.lua
[ "$(wc -l <err)" -lt 30 ] || fail 'a long traceback'
err_has '	…'; err_has 'deep.lua:2: in '; err_has 'deep.lua:6: in main chunk'

# what a beginner has forgotten
run -e 'net = izh.network{}'
status_is 1
err_begins '(command line):1: attempt to index a nil value (global '"'izh'"'): the script begins with local izh = require "izhlua"'
run -e 's = require "izhlua".spikes{ times = { 1 }, senders = { 1 } } print(#s.times)'
err_begins '(command line):1: attempt to get length of a function value (field '"'times'"'): a method is called with a colon and parentheses, as in spikes:times()'

# error objects
run -e 'error(setmetatable({}, { __tostring = function() return "my own words" end }))'
status_is 1; err_begins 'my own words'; err_has 'in main chunk'
run -e 'error({})'
status_is 1; err_begins '(error object is a table value)'
run -e 'error()'
status_is 1; err_begins '(error object is a nil value)'
run -e 'error(42)'
status_is 1; err_begins 42
run -e 'error(setmetatable({}, { __tostring = function() error "again" end }))'
status_is 1
run -e 'error(setmetatable({}, { __tostring = function() return {} end }))'
status_is 1; err_begins '(error object is a table value)'

# names that are longer than Lua shows
long=$(printf 'a-folder-with-a-long-name/%.0s' 1 2 3 4)
mkdir -p "$long"
printf 'error("far")\n' >"$long/script.lua"
run "$long/script.lua"
err_begins "$long/script.lua:1: far"
printf 'x = = 1\n' >"$long/script.lua"
run "$long/script.lua"
err_begins "$long/script.lua:1: unexpected symbol near '='"

# what is printed comes before the error, also where both go to one file
"$IZHLUA" -e 'io.write("first ")' -e 'error("second", 0)' >out 2>&1
[ "$(head -n 1 out)" = 'first second' ] || fail 'order of stdout and stderr'

finish
