. "$(dirname "$0")/lib.sh"

# What a run shows on a terminal while it goes on: net:run(ms, { show = true }) and --live.
cat >net.lua <<'END'
izh = require "izhlua"
net = izh.network{ seed = 7 }
local E, I = net:population("E", 80, "E2003"), net:population("I\u{9b}31m", 20, "I2003")
net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:stimulate(net, izh.noise{ sd = 5 })
-- ms of simulated time a few times per call, until the clock of the machine has gone on for s seconds
function wait(s) local t = os.clock() return function() return os.clock() - t > s end end
END

esc=$(printf '\033')
# what is on the screen in the last line: what comes after the last erasing
last_line() { tail -n 1 out | LC_ALL=C sed "s/.*$esc\[J//" | tr -d '\r'; }

# It leaves nothing behind, and what is printed meanwhile stands by itself.
cat >shown.lua <<'END'
dofile "net.lua"
net:at(1, function() print("printed first") end)
net:run_until(wait(0.6), { show = true })
net:run(1, { show = false })
print("printed last")
END
on_terminal shown.lua </dev/null
status_is 0
out_has ' of 100 neurons'; out_has 'Rate (Hz)'; out_has 'E '; out_has 'I?31m '
[ "$(last_line)" = 'printed last' ] || fail 'something is left'
grep -aq "$esc\[22A$esc\[J" out || fail 'it was not erased'
tr -d '\n' <out | grep -aq "printed first" || fail 'what is printed is lost'
# nothing is set: no other escape sequence than up, and erasing
left=$(LC_ALL=C sed "s/$esc\[[0-9]*A//g; s/$esc\[[KJ]//g" out | grep -ac "$esc")
[ "$left" -eq 0 ] || fail 'other escape sequences'

# --live: every run; an error; both erase
cat >fails.lua <<'END'
dofile "net.lua"
net:run_until(wait(0.4))
net:at(net.time + 1, function() error("no more") end)
net:run(5)
END
on_terminal --live fails.lua </dev/null
status_is 1
grep -aq '^t = [0-9]* ms' out || fail 'nothing was shown'
LC_ALL=C sed "s/.*$esc\[J//" out | tr -d '\r' | tail -n 5 | grep -aq '^fails.lua:3: no more' || fail 'the error does not stand by itself'
on_terminal --live shown.lua </dev/null
status_is 0

# Ctrl-C: the end of the run is erased, and the line of the terminal is as any after it
cat >endless.lua <<'END'
dofile "net.lua"
net:run(1e9, { show = true })
END
printf 'expect Rate (Hz)\nexpect Rate (Hz)\nexpect Rate (Hz)\nsend \\^C\n' >dialog # again and again
on_terminal endless.lua <dialog
status_is 130
[ "$(last_line)" = 'endless.lua:2: interrupted' ] || fail 'Ctrl-C leaves something'
# twice, while a function of C hears nothing
cat >deaf.lua <<'END'
dofile "net.lua"
local long, pid = wait(0.3), io.popen("echo $PPID"):read("n")
net:every(1, function()
  if not long() then return end
  os.execute(("(sleep 0.1; kill -INT %d; sleep 0.2; kill -INT %d) >/dev/null 2>&1 &"):format(pid, pid))
  string.find(("a"):rep(300), (".-"):rep(20) .. "b")
end)
net:run(1e9, { show = true })
END
on_terminal deaf.lua </dev/null
grep -aq 'Rate (Hz)' out || fail 'nothing was shown'
[ "$(last_line)" = '' ] || fail 'a second Ctrl-C leaves something'

# a run that goes on after Ctrl-C has nothing of it on the screen either
cat >returns.lua <<'END'
dofile "net.lua"
print(net:run(1e9, { show = true, on_interrupt = "return" }))
END
printf 'expect Rate (Hz)\nsend \\^C\n' >dialog
on_terminal returns.lua <dialog
LC_ALL=C sed "s/.*$esc\[J//" out | tr -d '\r' | grep -aq '^false$' || fail 'print after Ctrl-C'

# without a terminal, and with one that can do nothing: silent, and the same results
for value in true false; do
  echo "dofile 'net.lua' net:run(2000, { show = $value }) net:raster('$value.svg') print(net:spikes().size)" >$value.lua
  run --live $value.lua
  status_is 0; err_is ''
  mv out out.$value
done
cmp -s out.true out.false || fail 'the spikes differ'
TERM=dumb on_terminal --live true.lua </dev/null
[ "$(tr -d '\r' <out)" = "$(cat out.true)" ] || fail 'something on a dumb terminal'

# what cannot be shown is said in its place; workers show nothing; a figure does not say that it was shown
cat >unkept.lua <<'END'
dofile "net.lua"
net:record_spikes(false)
net:run_until(wait(0.3))
izh.trials{ n = 2, run = function() dofile "net.lua" net:run_until(wait(0.2)) return { x = 1 } end }
print "end"
END
on_terminal --live unkept.lua </dev/null
status_is 0
[ "$(grep -ac '^t = ' out)" -eq 0 ] || fail 'a worker shows something'

run -e 'net = require("izhlua").network{} net:run(1, { show = 1 })'
status_is 1; err_begins '(command line):1: run: show must be true or false (got 1)'
run -e 'net = require("izhlua").network{} net:run(1, { sho = true })'
status_is 1; err_begins '(command line):1: run: unknown option "sho" (did you mean "show"?)'
finish
