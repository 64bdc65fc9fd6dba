. "$(dirname "$0")/lib.sh"

# Sweeps: their processes, what they print, what ends them.

# A case names its process in the folder pids. The first two are done at once, the others never.
cat >long.lua <<'END'
local izh = require "izhlua"
izh.sweep{
  over = { k = { 1, 2, 3, 4, 5, 6 } }, workers = 2, resume = "long.csv",
  run = function(case)
    local pid = io.popen("echo $PPID"):read("l")
    io.open("pids/" .. pid, "w"):close()
    if case.k <= 2 then return { x = case.k } end
    local cleanup <close> = setmetatable({}, { __close = function() print("tidy " .. case.k) end })
    io.open("begun", "a"):write(pid, "\n"):close()
    print("begun " .. case.k)
    if not QUICK then pcall(WAIT or function() while true do end end) end
    return { x = case.k }
  end,
}
print("after")
END
# No process that a case ran in is left; they may take a moment to notice.
none_left() {
  for pid in $(ls pids); do
    for _ in $(seq 50); do
      kill -0 "$pid" 2>/dev/null || continue 2
      sleep 0.1
    done
    fail "worker $pid is left"
  done
  rm -rf pids begun long.csv
}

# Ctrl-C: workers tidy up, what has finished is kept, and the next run goes on from there
mkdir pids
on_terminal long.lua <<'END'
expect begun
expect begun
send \^C
expect tidy
expect tidy
expect long.lua:2: interrupted
END
status_is 130; out_lacks after
[ "$(cat long.csv)" = 'k,trial,seed,x
1,1,1,1
2,1,1,2' ] || fail "the file is $(cat long.csv)"
run -e 'QUICK = true' long.lua
status_is 0; err_is 'izhlua: 2 of 6 cases are in "long.csv" already'; out_has after; out_lacks 'begun 2'
[ "$(wc -l <long.csv)" -eq 7 ] || fail "the file is $(cat long.csv)"
none_left

# begin options…: runs it until two cases have begun, as $program
begin() {
  mkdir pids
  : >begun
  env --default-signal=INT,PIPE "$IZHLUA" "$@" long.lua >out 2>err &
  program=$!
  for _ in $(seq 200); do
    [ "$(wc -l <begun)" -ge 2 ] && return
    sleep 0.1
  done
  fail 'it does not begin'
}
end() {
  wait $program 2>/dev/null
  status=$?
}

said='kill -INT of the program'
begin
kill -INT $program
end
status_is 130; err_is 'long.lua:2: interrupted'; out_has 'tidy 3'; out_has 'tidy 4'; out_lacks after
none_left

# workers that do not hear of it, since a command runs
said='kill -INT of the program, twice'
begin -e 'WAIT = function() os.execute("sleep 5") end'
kill -INT $program
sleep 0.3
kill -INT $program
end
status_is 130; err_is ''
none_left

said='kill -KILL of the program'
begin
kill -KILL $program
end
none_left

# a worker is killed: its case is named, the others go on
said='kill of the workers'
begin
for n in 1 2 3 4; do
  for _ in $(seq 100); do
    [ "$(wc -l <begun)" -ge $n ] && break
    sleep 0.1
  done
  signal=KILL
  [ $n = 2 ] && signal=TERM
  kill -$signal "$(sed -n ${n}p begun)"
done
end
status_is 0; out_has after
[ "$(grep -c 'failed: the worker was ended by signal 9 (Killed)' err)" -eq 3 ] || fail 'kill -KILL'
[ "$(grep -c 'failed: the worker was interrupted' err)" -eq 1 ] || fail 'kill -TERM'
err_has 'izhlua: case 6 of 6 (k = 6, trial 1, seed 1) failed: '
[ "$(wc -l <long.csv)" -eq 3 ] || fail "the file is $(cat long.csv)"
none_left

# Nothing of the script unwinds in a worker, whatever comes between the fork and its function: a debug hook here.
cat >hook.lua <<'END'
local izh = require "izhlua"
local function process() return io.open("/proc/self/stat"):read("n") end
local parent, outer <close> = process(), setmetatable({}, { __close = function() print("closed") end })
debug.sethook(function() if process() ~= parent then error("hooked") end end, "c")
izh.sweep{ over = { k = { 1, 2, 3 } }, workers = 2, run = function() return { x = 1 } end }
END
run hook.lua
status_is 1; out_is closed; err_has hooked

# What workers print comes in whole lines, however they write it, after what was printed before and before what is
# printed afterwards.
cat >lines.lua <<'END'
local izh = require "izhlua"
io.write("before ")
izh.sweep{
  over = { k = { 1, 2, 3, 4 } }, trials = 5, workers = 4,
  run = function(case)
    for i = 1, 20 do
      for part = 1, 100 do io.write((tostring(case.k)):rep(77)) end
      io.stdout:flush()
      io.write("\n")
      io.stdout:flush()
      io.stderr:write("e", case.k, "\n")
    end
    os.execute("echo command")
    print("last")
    return { x = 1 }
  end,
}
print("after")
END
run lines.lua
status_is 0
[ "$(head -c 7 out)" = 'before ' ] || fail 'it does not begin with what was printed before'
[ "$(tail -n 1 out)" = after ] || fail 'it does not end with what was printed afterwards'
sed 's/^before //' out | awk 'length($0) == 7700 { c = substr($0, 1, 1); gsub(c, ""); n += $0 == "" } END { exit n != 400 }' ||
  fail 'lines are not whole'
[ "$(grep -c '^command$' out)" -eq 20 ] || fail 'commands'
[ "$(grep -cE '^e[1-4]$' err)" -eq 400 ] || fail 'lines of stderr are not whole'

# without standard streams there is nothing to mix pipes up with
said='closed streams'
cat >closed.lua <<'END'
local izh = require "izhlua"
local run = function(case) print("x") io.stderr:write("y") return { x = case.k } end
izh.sweep{ over = { k = { 1, 2 } }, run = run }:save("closed.csv")
END
"$IZHLUA" closed.lua <&- >&- 2>&-
[ "$(cat closed.csv)" = 'k,trial,seed,x
1,1,1,1
2,1,1,2' ] || fail 'the cases are not those'

# Nothing is left: no open file, no process, no file.
cat >left.lua <<'END'
local izh = require "izhlua"
local function lines(command)
  local n, pipe = 0, io.popen(command)
  for _ in pipe:lines() do n = n + 1 end
  pipe:close()
  return n
end
local function sweep(run) return pcall(izh.sweep, { over = { k = { 1, 2, 3 } }, trials = 3, workers = 3, run = run }) end
local files, processes = lines("sleep 0.3; ls /proc/$PPID/fd"), lines("ps -o pid= --ppid $PPID")
assert(sweep(function(case) return { x = case.k } end))
assert(not sweep(function() error("no") end))
assert(not sweep(function() io.popen("kill -9 $PPID"):close() end))
assert(lines("sleep 0.3; ls /proc/$PPID/fd") == files, "files are left open")
assert(lines("ps -o pid= --ppid $PPID") == processes, "processes are left")
END
mkdir empty
cd empty
"$IZHLUA" ../left.lua >../out 2>../err
status=$?
cd ..
said='izhlua left.lua'
status_is 0
[ -z "$(ls -A empty)" ] || fail "files are left: $(ls -A empty)"

# The first trial has the seed of the sweep; --seed moves it as it moves those of networks, once.
cat >seeds.lua <<'END'
local izh = require "izhlua"
local first = NETWORK and izh.network{ seed = 3 }
local sweep = izh.sweep{
  over = { k = { 1 } }, seed = 5, trials = 2,
  run = function(case)
    return { case = case.seed, net = izh.network{ seed = case.seed }.seed, fixed = izh.network{ seed = 9 }.seed }
  end,
}
local row = sweep.rows[2]
print(("%d %d %d %d %d"):format(sweep.seed, row.case, row.net, row.fixed, izh.network{ seed = 5 }.seed))
END
run seeds.lua
out_is '5 6 6 9 5'
run --seed 20 seeds.lua
out_is '20 21 21 9 20'
run --seed 20 -e 'NETWORK = true' seeds.lua
out_is '22 23 23 9 22'

# As many workers as there are processors for the program, or as --threads says; one in a worker.
cat >auto.lua <<'END'
require "izhlua"
local processors = debug.getregistry()["izhlua.own"]["izhlua.core"].processors
local sweep = require "izhlua".sweep{
  over = { k = { 1, 2 } }, workers = 2, run = function() return { n = processors() } end,
}
print(("%d %d"):format(processors(), sweep.rows[1].n))
END
said='taskset izhlua auto.lua'
first=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
taskset -c "$first" "$IZHLUA" auto.lua >out 2>err
out_is '1 1'
run --threads 5 auto.lua
out_is '5 1'

# The progress line, which what is printed takes away.
cat >progress.lua <<'END'
local izh = require "izhlua"
izh.sweep{
  over = { k = { 1, 2, 3, 4, 5, 6, 7, 8 } }, workers = 1,
  run = function(case)
    os.execute("sleep 0.25")
    if case.k == 5 then print("hello") end
    return { x = 1 }
  end,
}
print("done")
END
on_terminal progress.lua <<'END'
expect  of 8 cases
expect  left
expect hello
expect done
END
status_is 0
grep -q "$(printf '\r\033\\[Khello')" out || fail 'the line is not taken away'

# So has an explanation, whose runs are in processes of processes.
cat >report.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
local E = net:population("E", 10, "RS")
net:stimulate(E, izh.current{ amplitude = 20, width = 10, period = 100, from = 50 })
net:run(300)
local e = izh.explain.bursts(net, { factors = { wait = function() os.execute("sleep 0.15") end } })
print(#e, "bursts")
print("done")
END
on_terminal report.lua <<'END'
expect  of 4 cuts
expect  left
expect 3	bursts
expect done
END
status_is 0
grep -q "$(printf '\r\033\\[K3')" out || fail 'the line of an explanation is not taken away'

# At the prompt, Ctrl-C ends the sweep and nothing else.
on_terminal <<'END'
expect > 
send izh = require "izhlua"\n
expect > 
send izh.sweep{ over = { k = { 1, 2 } }, workers = 2, run = function() print("be" .. "gun") while true do end end }\n
expect begun
send \^C
expect interrupted
expect > 
send print(izh.sweep{ over = { k = { 3 } }, run = function(case) return { x = 2 * case.k } end }.rows[1].x)\n
expect 6.0
expect > 
send \^D
END
status_is 0

finish
