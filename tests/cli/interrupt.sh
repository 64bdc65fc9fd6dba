. "$(dirname "$0")/lib.sh"

stopped_at() {
  status_is 130; err_is "$1.lua:$2: interrupted"
}

script plain <<'END'
print("before")
ctrl_c()
print("after")
END
out_is before; stopped_at plain 1

script loop <<'END'
io.popen("sleep 0.1; kill -INT $PPID")
while true do end
END
stopped_at loop 4

script protected <<'END'
io.popen("sleep 0.1; kill -INT $PPID")
local function forever() while true do end end
while true do
  pcall(forever)
  xpcall(forever, function() print("a message handler runs") while true do end end)
end
END
out_is ''; stopped_at protected 4

script handler <<'END'
print(xpcall(function() ctrl_c() end, function(e) print("a message handler runs") return e end))
print(select(2, pcall(error)))
END
out_is ''; stopped_at handler 1

script coroutines <<'END'
io.popen("sleep 0.1; kill -INT $PPID")
while true do
  local co = coroutine.create(function() pcall(function() while true do end end) while true do end end)
  pcall(coroutine.resume, co)
  pcall(coroutine.wrap(function() pcall(coroutine.wrap(function() while true do end end)) end))
end
END
stopped_at coroutines 5

script wraps <<'END'
io.popen("sleep 0.1; kill -INT $PPID")
local generate = coroutine.wrap(function() while true do pcall(coroutine.yield, 1) end end)
while true do
  for _ in pcall, coroutine.wrap(function() while true do pcall(generate) end end) do end
end
END
status_is 130; err_has ': interrupted'

# what was to be closed is closed, in order, wherever it is, and is told why
script cleanup <<'END'
local outer <close> = closing(function(_, e) for i = 1, 2 do print("outer", i, e) end end)
pcall(function()
  local inner <close> = closing(function() print("inner", pcall(error, "its own error")) error("and one that it lets out") end)
  local co = coroutine.create(function()
    local own <close> = closing(function() print("coroutine", coroutine.wrap(function() return "may call others" end)()) end)
    ctrl_c()
    print("after")
  end)
  coroutine.resume(co)
  print("after")
end)
print("after")
END
out_is 'coroutine	may call others
inner	false	its own error
outer	1	cleanup.lua:1: interrupted
outer	2	cleanup.lua:1: interrupted'
stopped_at cleanup 1

script wrapped_cleanup <<'END'
coroutine.wrap(function()
  local own <close> = closing(function() print("closed") end)
  ctrl_c()
end)()
END
out_is closed; stopped_at wrapped_cleanup 1

# the second error of a handler that has failed does not set the script free
script failing_cleanup <<'END'
pcall(function()
  local a <close> = closing(function() error("first") end)
  local b <close> = closing(function() error("second") end)
  ctrl_c()
end)
while true do end
END
stopped_at failing_cleanup 1

script collected <<'END'
setmetatable({}, { __gc = function() for i = 1, 2 do print("collected", i) end end })
ctrl_c()
END
out_is 'collected	1
collected	2'
status_is 130

# Ctrl-C while something is being closed: that is finished first
script in_close <<'END'
do
  local x <close> = closing(function() ctrl_c() for i = 1, 2 do print("closing", i) end end)
end
print("after")
END
out_is 'closing	1
closing	2'
status_is 130; err_has ': interrupted'

script in_close_after_error <<'END'
pcall(function()
  local x <close> = closing(function(x) ctrl_c() for i = 1, 2 do print("closing", i) end end)
  error("an error")
end)
print("after")
END
out_is 'closing	1
closing	2'
status_is 130

# after the script, while what is left is collected
script in_the_end <<'END'
at_end = setmetatable({}, { __gc = function() ctrl_c() print("collected") end })
END
out_is collected; status_is 130

script recursion <<'END'
io.popen("sleep 0.1; kill -INT $PPID")
local function down(n) if n > 0 then return 1 + down(n - 1) end return 0 end
while true do pcall(down, 150000) end
END
status_is 130; err_has ': interrupted'

script hook <<'END'
debug.sethook(function() end, "l")
ctrl_c()
print("after")
END
out_is ''; stopped_at hook 1

script command <<'END'
print(os.execute("exit 2"))
os.execute("kill -INT $$")
print("after")
END
out_is 'nil	exit	2'; stopped_at command 5

script ended_command <<'END'
print(os.execute("kill -TERM $$"))
END
status_is 0; out_is 'nil	signal	15'

# nothing else on the command line runs
run -e 'io.popen("kill -INT $PPID"):close()' -e 'print("after")' -i </dev/null
status_is 130; out_is ''

# the second one ends the program at once, by the signal: nothing is said
script twice <<'END'
local x <close> = closing(function() print("closing") ctrl_c() print("after") end)
ctrl_c()
END
status_is 130; out_is closing; err_is ''

# what a batch system sends is like a first Ctrl-C; the same signal a second time is like a second
for signal in TERM HUP; do
  case $signal in TERM) ends=143 ;; HUP) ends=129 ;; esac
  script ended_by_$signal <<END
local x <close> = closing(function() print("closing") end)
local function ended() io.popen("kill -$signal \$PPID"):close() end
ended()
print("after")
END
  status_is $ends; out_is closing; err_is "ended_by_$signal.lua:4: interrupted"
  script ended_twice_by_$signal <<END
local x <close> = closing(function() print("closing") io.popen("kill -$signal \$PPID"):close() print("after") end)
io.popen("kill -$signal \$PPID"):close()
END
  status_is $ends; out_is closing; err_lacks interrupted
done

# the two that a system sends together when it ends are one
script both <<'END'
local x <close> = closing(function() io.popen("kill -HUP $PPID"):close() print("closed") end)
io.popen("kill -TERM $PPID"):close()
END
status_is 143; out_is closed

# what takes long in C hears it, too
long pairs <<'END'
local izh = require "izhlua"
local times, senders = {}, {}
for i = 1, 2000000 do times[i], senders[i] = i * 0.001, i % 400 + 1 end
local s = izh.spikes{ times = times, senders = senders, to = 2000 }
io.popen("sleep 0.5; kill -INT $PPID")
s:victor_purpura_distance{ cost_factor = 10 }
END
long one_pair <<'END'
local izh = require "izhlua"
local times, senders = {}, {}
for i = 1, 1000000 do times[i], senders[i] = i * 0.001, i % 2 + 1 end
local s = izh.spikes{ times = times, senders = senders, to = 1000 }
io.popen("sleep 0.5; kill -INT $PPID")
s:victor_purpura_distance{ cost_factor = 0.01 }
END
long dots <<'END'
local izh = require "izhlua"
local net = izh.network()
net:population("P", 80000, "RS")
net:stimulate(net, izh.current(1000))
net:run(40)
local raster = izh.raster(net, { dots = "vector" })
io.popen("sleep 0.1; kill -INT $PPID")
izh.figure{ raster }:save("dots.pdf")
END
[ ! -e dots.pdf ] || fail 'the figure is there'
# closing says what it said before
script closes <<'END'
local co = coroutine.create(function()
  local x <close> = closing(function() error("in closing", 0) end)
  coroutine.yield()
end)
coroutine.resume(co)
print(coroutine.close(co))
print(coroutine.close(co), coroutine.status(co))
print(pcall(coroutine.close, coroutine.running()))
print(pcall(coroutine.close))
END
status_is 0
out_is 'false	in closing
true	dead
false	cannot close a running coroutine
false	bad argument #1 to '"'coroutine.close'"' (thread expected, got no value)'
mkfifo fifo.csv
long reading <<'END'
io.popen("sleep 0.5; kill -INT $PPID")
require "izhlua".read("fifo.csv")
END
long writing <<'END'
io.popen("sleep 0.5; kill -INT $PPID")
require "izhlua".vector{ 1, 2, 3 }:save("fifo.csv")
END

# a program started to ignore Ctrl-C, as by nohup, does
said='izhlua with SIGINT ignored'
env --ignore-signal=INT "$IZHLUA" -e 'io.popen("kill -INT $PPID"):close()' -e 'print("after")' >out 2>err
status=$?
status_is 0; out_is after

# a run may return: what there is can still be drawn; the program says that it was cut
script returns <<'END'
local izh = require "izhlua"
local net = izh.network{}
local E = net:population("E", 10, "RS")
net:stimulate(E, izh.current(10))
local calls = 0
net:every(10, function() calls = calls + 1 if calls == 5 then ctrl_c() end end)
print(net:run(1e9, { on_interrupt = "return" }), net.time, net:spikes().size > 0)
print(net:run(5, { on_interrupt = "return" }), net.time)
print(net:run(5), net.time)
END
status_is 0; out_is 'false	50.5	true
true	55.5
nil	60.5'
err_is 'izhlua: returns.lua:9: run: Ctrl-C ended the run at 50.5 ms, before 1000000000 ms'

# Ctrl-C beside such a run is as ever
script beside <<'END'
local net = require "izhlua".network{}
net:population("E", 10, "RS")
net:run(10, { on_interrupt = "return" })
ctrl_c()
print("not reached")
END
out_is ''; stopped_at beside 1

# a word that is unknown
script unknown <<'END'
local net = require "izhlua".network{}
print(pcall(net.run, net, 10, { on_interrupt = "stop" }))
print(pcall(net.run, net, 10, { on_interupt = "return" }))
END
status_is 0; out_is 'false	unknown.lua:4: run: unknown on_interrupt "stop" (known: error, return)
false	unknown.lua:5: run: unknown option "on_interupt" (did you mean "on_interrupt"?)'

# with -i the prompt opens on the network as it is, with the local variables of the script
cat >stays.lua <<'END'
local function ctrl_c() io.popen("kill -INT $PPID"):close() end
local izh = require "izhlua"
local net = izh.network{}
local E = net:population("E", 10, "RS")
net:at(30, ctrl_c)
net:run(1e9)
print("not reached")
END
run -i stays.lua <<'END'
net.time, E.size
net:run(10)
net.time
END
status_is 0; out_lacks 'not reached'; err_has 'interrupted'; out_has '30.'; out_has '40.'

finish

# A function that is called for each pair is heard, and many calls are announced.
script pairs <<'END'
local izh = require "izhlua"
local net = izh.network{}
local A = net:population("A", 3200, "RS")
net:connect(A, A, { rule = "pairwise_bernoulli", weight = 1, p = function() ctrl_c() return 0 end })
END
status_is 130
err_is "izhlua: pairs.lua:6: connect: calls the function for p 10240000 times
pairs.lua:6: interrupted"
