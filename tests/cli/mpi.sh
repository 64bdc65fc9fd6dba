. "$(dirname "$0")/mpi_lib.sh"

# One script on several ranks.

# --- the same as without: what is printed, files, figures, commands ---

cat >same.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
local E = net:population("E", 40, "E2003")
local I = net:population("I", 10, "I2003")
net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
net:at(500, function(n) n.projections.inhibition:scale(3) end)
net:run(1000)
net:raster("same.pdf")
net:save("same.izh")
for _, ending in ipairs{ "csv", "npz", "npy", "json", "h5" } do
  if ending ~= "h5" or pcall(net.spikes(net).save, net:spikes(), "probe.h5") then
    if ending == "npy" or ending == "json" then
      izh.write("same." .. ending, { a = net:spikes():times() })
    else
      net:spikes():save("same." .. ending)
    end
  end
end
local file = assert(io.open("text.txt", "w"))
file:write("written once\n"); file:close()
file = assert(io.open("text.txt", "a"))
file:write("and again\n"); file:close()
for line in io.lines "text.txt" do print(line) end
os.execute "echo from a command"
print(os.rename("text.txt", "moved.txt"), os.remove "text.txt")
print(io.open("nowhere/x.txt", "w"))
print(pcall(net.save, net, "nowhere/same.izh"))
for i = 1, 20 do -- what has just been written is read on all ranks
  net:spikes():save("again.csv")
  assert(izh.spikes{ file = "again.csv" }.size == net:spikes().size)
  os.remove "again.csv"
end
os.execute "ln -sf /dev/full full.h5"
local _, why = pcall(net.spikes(net).save, net:spikes(), "full.h5")
print(why) -- on all ranks, or on none; and what it says decides what they do
if why:find "No space left" then net:step(2) else net:step(1) end
os.remove "full.h5"
local large = {}
for i = 1, 1000 do large["k" .. i] = i end
assert(not pcall(net.connect, net, net, net, large)) -- tables have no order, but are compared
print(net, izh.load "same.izh", net:spikes().size)
-- populations in the order of pairs, which differs from process to process
local cells, count = { RS = 1, FS = 2, CH = 3, IB = 4, LTS = 5, [2.5] = 6, [1] = 7 }, 0
for name, size in pairs(cells) do
  net:population("of " .. name, size, type(name) == "string" and name or "RS")
  cells[name] = nil -- a key that is there may be taken away meanwhile
  count = count + 1
end
assert(count == 7 and next(cells) == nil)
for key in pairs(setmetatable({}, { __pairs = function() return next, { own = 1 } end })) do print(key) end
local sweep = izh.sweep{
  over = { k = { 1, 2, 3 } }, resume = "sweep.csv",
  run = function(case)
    print("case " .. case.k)
    local log = io.open("cases.log", "a")
    log:write("case\n")
    log:close()
    return { twice = 2 * case.k }
  end,
}
print(sweep)
END
for ranks in 0 1 3; do
  mkdir in$ranks; cd in$ranks || exit 1
  cp ../same.lua .
  if [ $ranks = 0 ]; then run --threads 1 same.lua; else mpi $ranks --threads 1 same.lua; fi
  status_is 0; err_is ''
  sort out >../out$ranks # cases of a sweep end in any order
  sort sweep.csv >sorted && mv sorted sweep.csv
  rm -f out err all; cd ..
done
cp out0 out; : >err
out_has 'and again'; out_has 'from a command'
for ranks in 1 3; do
  cmp -s out0 out$ranks || { diff out0 out$ranks >out; fail "$ranks ranks print something else"; }
  diff -r in0 in$ranks >out || fail "the files of $ranks ranks are not the same"
done

# --- errors: of all ranks, of one, of the command line ---

cat >all.lua <<'END'
local izh = require "izhlua"
izh.network{}:population("E", 40, "E2004")
END
mpi 2 all.lua
status_is 1; err_begins 'all.lua:2: population: unknown cell "E2004" (did you mean "E2003"?)'
[ "$(grep -c unknown err)" = 1 ] || fail 'an error of all ranks is said more than once'

# which rank it is, a script can only find out by what the system says of its process
cat >which.lua <<'END'
function rank()
  return tonumber(io.open "/proc/self/environ":read "a":match "OMPI_COMM_WORLD_RANK=(%d+)")
end
END
cat >one.lua <<'END'
dofile "which.lua"
local izh = require "izhlua"
local net = izh.network{}
net:run(5)
if rank() == 1 then error "on this rank only" end
net:run(5)
END
mpi 2 one.lua
status_is 1; err_begins 'izhlua: rank 1 ended with an error: one.lua:5: on this rank only'

cat >apart.lua <<'END'
dofile "which.lua"
local izh = require "izhlua"
local net, mine = izh.network{}, rank()
if mine == 1 then
  net:run(5)
end
net:step(3)
END
mpi 3 apart.lua
status_is 1
err_has 'izhlua: the script does not do the same on all ranks: rank 0 is at apart.lua:7: step, rank 1 at apart.lua:5: run'

# a script that asks the clock: the ranks do not run equally often
cat >clock.lua <<'END'
dofile "which.lua"
local izh = require "izhlua"
local net, longest = izh.network{}, rank() == 1 and 0.1 or 0.05
local begun = os.clock()
while os.clock() < begun + longest do net:run(1) end
net:run(7)
END
mpi 2 clock.lua
status_is 1; err_has 'the script does not do the same on all ranks'; err_has 'clock.lua:'

# numbers that differ, at the same place
cat >number.lua <<'END'
dofile "which.lua"
local izh = require "izhlua"
izh.network{ seed = 1 + rank() }
END
mpi 2 number.lua
status_is 1; err_has 'rank 0 is at number.lua:3: network, rank 1 at number.lua:3: network'

mpi 2 -i all.lua
status_is 2; err_is 'izhlua: a prompt (-i) does not go with several ranks (mpirun)'
mpi 2 - </dev/null
status_is 2; err_is 'izhlua: a script from the standard input does not go with several ranks (mpirun)'

# --- signals: all end, with one message, and nothing half-written ---

cat >long.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
net:stimulate(net:population("E", 400, "E2003"), izh.noise{ sd = 5 })
io.open("begun", "w"):close()
for i = 1, 1000000 do
  net:run(100)
  izh.write("whole.npy", { i, i, i })
end
END
echo 'assert(#require "izhlua".read "whole.npy" == 3)' >read.lua

# the first process that a process has started
child_of() { cut -d' ' -f1 /proc/"$1"/task/"$1"/children; }

# signalled which signal delay: sends it to the launcher or to a rank; all end within 10 s
signalled() {
  rm -f begun
  said="mpirun -n 2 izhlua long.lua, signal $2 to $1"
  env --default-signal=INT,PIPE timeout 60 mpirun --allow-run-as-root --oversubscribe -n 2 "$IZHLUA" long.lua >out 2>all &
  job=$!
  until [ -e begun ]; do
    sleep 0.05
    kill -0 $job 2>/dev/null || { fail 'it has not begun'; return; }
  done
  launcher=$(child_of $job)
  of=$launcher
  for child in $(cat /proc/"$launcher"/task/*/children); do
    tr '\0' '\n' </proc/"$child"/environ | grep -qx "OMPI_COMM_WORLD_RANK=$1" && of=$child
  done
  sleep "0.$3"
  begun=$(date +%s)
  kill "-$2" "$of"
  wait $job
  status=$?
  [ $(($(date +%s) - begun)) -le 10 ] || fail 'it does not end'
  sed '/^-----/,/^-----/d' all >err
  [ "$status" -ne 0 ] || fail 'its exit code is 0'
  if [ -e whole.npy ]; then "$IZHLUA" read.lua || fail 'a file is half-written'; fi
  ! ls -a | grep '[.]tmp$' || fail 'a temporary file is left'
}
signalled 1 TERM 1
status_is 143; [ "$(grep -c interrupted err)" = 1 ] || fail 'not one message'
signalled 0 INT 2
status_is 130; [ "$(grep -c interrupted err)" = 1 ] || fail 'not one message'
signalled launcher INT 1
for delay in 0 2; do
  signalled 0 KILL $delay
  signalled 1 KILL $delay
done

# --- without a launcher nothing of MPI is loaded ---

echo 'for line in io.lines "/proc/self/maps" do assert(not line:find "mpi[.]so") end' >maps.lua
run maps.lua
status_is 0; err_is ''
run --mpi maps.lua
status_is 1; err_has 'assertion failed'

. "$(dirname "$0")/mpi_profile.sh"
. "$(dirname "$0")/mpi_net.sh"

finish
