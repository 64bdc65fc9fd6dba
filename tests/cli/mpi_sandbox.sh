. "$(dirname "$0")/mpi_lib.sh"

# --sandbox on two ranks: the same escapes are tried on each, but for those that need one rank to see what another does
# not.
. "$(dirname "$0")/sandbox_tries.sh"
launcher='mpirun --mca odls_base_sigkill_timeout 0 --allow-run-as-root --oversubscribe -n 2'

layer=both
files; programs; environment; limits
said='two ranks in a sandbox'
cat >box/work.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
local E = net:population("E", 400, "E2003")
net:connect(E, E, { rule = "fixed_outdegree", n = 20, weight = 2 })
net:stimulate(E, izh.noise{ sd = 5 })
net:run(200)
net:raster("work.pdf")
net:spikes():save("work.csv")
local file = assert(io.open("text.txt", "w"))
file:write("written once\n"); file:close()
for line in io.lines "text.txt" do print(line) end
print(net, izh.sweep{ over = { k = { 1, 2 } }, run = function(case) return { twice = 2 * case.k } end })
print(select(2, pcall(os.execute, "ls")))
END
mkdir alone; cp box/work.lua alone
(cd alone && "$IZHLUA" --sandbox work.lua) >alone.out 2>err; status=$?; status_is 0
(cd box && IZHLUA_NEURONS_A_RANK=64 timeout 60 $launcher "$IZHLUA" --sandbox work.lua) >out 2>err; status=$?; status_is 0
cmp -s out alone.out || { diff out alone.out >err; fail 'it prints something else'; }
for file in alone/*; do cmp -s "$file" "box/${file##*/}" || fail "$file is not the same"; done

# MPI has threads: what holds for one holds for all of them
said='threads of two ranks in a sandbox'
cat >box/wait.lua <<'END'
local net = require "izhlua".network{}
io.open("begun", "w"):close()
net:run(1e9)
END
(cd box && exec timeout 60 $launcher "$IZHLUA" --sandbox wait.lua) >out 2>err &
job=$!
until [ -e box/begun ] || ! kill -0 $job 2>/dev/null; do sleep 0.05; done
launched=$(cut -d' ' -f1 /proc/$job/task/$job/children)
ranks=0
for child in $(cat /proc/"$launched"/task/*/children); do
  ranks=$((ranks + 1))
  for thread in /proc/"$child"/task/*/status; do
    for line in 'Seccomp:	2' 'NoNewPrivs:	1' 'CapEff:	0000000000000000'; do
      grep -qx "$line" "$thread" || fail "not $line: $(cat "$thread")"
    done
  done
done
[ $ranks = 2 ] || fail "$ranks ranks are found"
kill $job
wait $job

# the kernel alone
layer=outside IZHLUA=$OUTSIDE
files; programs; environment; through_hole

finish
