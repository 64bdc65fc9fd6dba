. "$(dirname "$0")/lib.sh"

# require "izhlua" in Debian's lua5.4, from an installed tree.

command -v lua5.4 >/dev/null || exit 77
"$CMAKE" --install "$BUILD" --prefix "$work/prefix" >out 2>err || fail 'cmake --install fails'
program=$IZHLUA
IZHLUA=$(command -v lua5.4)
if [ "$SANITIZE" ]; then # its runtime comes first in a program that was built without
  printf '#!/bin/sh\nLD_PRELOAD=%s exec %s "$@"\n' "$("$CC" -print-file-name=libasan.so)" "$IZHLUA" >lua
  chmod +x lua
  IZHLUA=$work/lua
fi
export LUA_CPATH="$work/prefix/lib/lua/5.4/?.so;;"

# the same spikes as in the program, and the same figure but for its metadata; files of its own, wherever they are
cat >same.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
local E = net:population("E", 40, "E2003")
net:connect(E, E, { rule = "pairwise_bernoulli", p = 0.5, weight = 3, delay = izh.uniform(0, 5) })
net:stimulate(E, izh.noise{ sd = 5 })
net:run(1000)
net:spikes():save("same.csv")
net:raster("same.png")
print(net:spikes():cv(), arg[1], izh.version, izh.patterns.run("A"))
END
"$program" same.lua x >theirs 2>&1
mv same.csv theirs.csv && mv same.png theirs.png
run same.lua x
status_is 0; err_is ''; out_is "$(cat theirs)"
cmp same.csv theirs.csv || fail 'the spikes differ'
cmp same.png theirs.png || fail 'the figures differ'
mv prefix elsewhere
LUA_CPATH="elsewhere/lib/lua/5.4/?.so" # relative to where it runs
run same.lua x
status_is 0; out_is "$(cat theirs)"

# mistakes name the line of the script; parameters; HDF5
run -e 'require "izhlua".network{ sed = 1 }'
status_is 1; err_has '(command line):1: network: unknown option "sed" (did you mean "seed"?)'
cat >parameters.lua <<'END'
print(require "izhlua".parameters{ T = { 1000, "ms" } }.T)
END
run parameters.lua T=5
status_is 0; out_is 5
if [ -e "elsewhere/lib/izhlua/hdf5.so" ]; then
  run -e 'require "izhlua".spikes{ times = { 1 } }:save("x.h5")'
  status_is 0; [ -s x.h5 ] || fail 'there is no x.h5'
fi

# Ctrl-C ends a run, and a connect, by an error; a line of the script is the interpreter's to end, also in a function
# that a run calls. $PPID of the shell that sends the signal is the interpreter.
cat >interrupt.lua <<'END'
local izh = require "izhlua"
local function forever() while true do end end
local net = izh.network{}
local E = net:population("E", 20000, "RS")
local what = {
  run = function() net:run(1e9) end,
  connect = function() net:connect(E, E, { weight = 1, rule = "fixed_indegree", n = 4000 }) end,
  script = forever,
  callback = function() net:at(net.time, forever) net:run(1) end,
}
for _, name in ipairs(arg) do
  local sender <close> = io.popen("sleep 0.2; kill -INT $PPID")
  print(select(2, pcall(what[name])))
end
END
run interrupt.lua run connect run script
status_is 0; err_is ''
out_is 'interrupt.lua:6: run: interrupted
interrupt.lua:7: connect: interrupted
interrupt.lua:6: run: interrupted
interrupted!'
run interrupt.lua connect callback run
status_is 0; err_is ''
out_is 'interrupt.lua:7: connect: interrupted
interrupted!
interrupt.lua:6: run: interrupted'

# a sweep, which is as in the program; Ctrl-C ends its workers
cat >sweep.lua <<'END'
local izh = require "izhlua"
local result = izh.sweep{
  over = { k = { 1, 2, 3 } }, workers = 2,
  run = function(case)
    local net = izh.network{ seed = case.seed }
    net:stimulate(net:population("E", 20, "E2003"), izh.noise{ sd = 5 })
    if arg[1] then io.popen("echo $PPID >>pids"):close() end
    net:run(arg[1] and 1e9 or 500)
    return { spikes = net:spikes().size }
  end,
}
result:save(arg[2] or "sweep.csv")
END
"$program" sweep.lua && mv sweep.csv theirs.csv
run sweep.lua
status_is 0; cmp sweep.csv theirs.csv || fail 'the results differ'
: >pids
env --default-signal=INT "$IZHLUA" sweep.lua long >out 2>err &
for _ in $(seq 100); do
  [ "$(wc -l <pids)" -ge 2 ] && break
  sleep 0.1
done
kill -INT $!
wait $!
status=$?
status_is 1; [ "$(head -n 1 err)" = "$(command -v lua5.4): sweep.lua:2: sweep: interrupted" ] || fail 'it was not interrupted'
for pid in $(cat pids); do
  ! kill -0 "$pid" 2>/dev/null || fail "worker $pid is left"
done

finish
