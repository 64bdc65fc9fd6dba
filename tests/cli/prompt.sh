. "$(dirname "$0")/lib.sh"

# the prompt without a terminal: what is typed comes from a file
greeting="izhlua $VERSION, Lua 5.4"

run -i <<'END'
1 + 1
x = 20
x, nil, "b"
for i = 1, 2 do
  print("line " .. i)
end
{ 10,
  20 }
local y = 1
y
-- a comment
return "returned"
("größer"):len()
type(izh)
END
status_is 0; err_is ''
out_has "$greeting"; out_has '> 2'; out_has '> 20	nil	b'; out_has '> >> >> line 1'; out_has 'line 2'
out_has '> >> table: '; out_has '> nil'; out_has '> returned'; out_has '> 8'; out_has '> table'

# errors are told, and end nothing
run -i <<'END'
error("mine")
x = = 1
local function f() error(nil) end f()
print("still here")
if true then
END
status_is 0; out_has 'still here'
err_begins 'stdin:1: mine'; err_has 'stack traceback:'; err_has "stdin:1: unexpected symbol near '='"
err_has '(error object is a nil value)'; err_has 'near <eof>'

# after a script and statements; not after an error
echo 'x = (x or 0) + 5' >add.lua
run -i -e 'x = 1' add.lua <<'END'
x
END
status_is 0; out_has '> 6'
echo 'error("broken")' >broken.lua
run -i broken.lua <<'END'
print("not reached")
END
status_is 1; out_is ''; err_begins 'broken.lua:1: broken'

# it sees the local variables of the script as they were at its end, and the globals behind them
cat >locals.lua <<'END'
local x, gone = 1, 2
local function f() return x end
do local inner = 3 end
for i = 1, 2 do local loop = i end
global = "g"
local x = 5
local gone = nil
local t = setmetatable({}, { __index = function() error "asked" end })
END
run -i locals.lua <<'END'
x
gone
f()
inner
global
x = 7
x, _G.x
new = 8
_G.new
select("#", t)
END
status_is 0; err_is ''
[ "$(sed 's/^> //' out | tail -n +3 | tr '\n' ' ')" = '5 nil 1 nil g > 7	nil > 8 1  ' ] || fail 'the variables'
echo 'local y = 3 if y then return y end' >returns.lua
run -i returns.lua <<'END'
y
END
out_has '> 3'

# Ctrl-C ends a statement, not the prompt
run -i <<'END'
io.popen("kill -INT $PPID"):close() print("not reached")
print("next")
pcall(function() io.popen("kill -INT $PPID"):close() end) print("not reached")
print("last")
END
status_is 0; out_has '> next'; out_has '> last'; out_lacks 'not reached'; err_is 'stdin:1: interrupted
stdin:1: interrupted'

run -i <<'END'
os.exit(6)
END
status_is 6

# the statement's own print, and objects that cannot be printed
run -i <<'END'
setmetatable({}, { __tostring = function() error("unprintable") end })
print = nil
5
"after"
END
status_is 0; err_has 'unprintable'; err_has 'attempt to call a nil value'

finish
