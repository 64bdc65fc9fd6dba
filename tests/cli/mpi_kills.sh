. "$(dirname "$0")/mpi_lib.sh"

# A rank that is killed at any time ends all of them within 10 s, and workers, too; no file is half-written, and a sweep goes
# on from its file. `mpi_kills.sh 20` does it so often with each kind of work; CTest says 2.
times=${1:-2}
export IZHLUA_NEURONS_A_RANK=64

cat >begin.lua <<'END'
izh = require "izhlua"
function network(seed)
  local net = izh.network{ seed = seed }
  local E = net:population("E", 300, "E2003")
  net:connect(E, E, { rule = "fixed_indegree", n = 20, weight = 0.5, delay = izh.uniform(0, 3) })
  net:stimulate(E, izh.noise{ sd = 5 })
  return net
end
function begun() io.open("begun", "w"):close() end
END
cat >run.lua <<'END'
dofile "begin.lua"
local net = network(1)
begun()
net:run(1e7)
END
cat >write.lua <<'END'
dofile "begin.lua"
local net = network(1)
net:run(300)
begun()
for k = 1, 1e6 do
  net:run(1)
  net:raster "file.pdf"
  net:spikes():save "file.csv"
  izh.write("file.npy", { k, k, k })
end
END
cat >sweep.lua <<'END'
dofile "begin.lua"
local on_ranks = os.getenv "OMPI_COMM_WORLD_RANK"
local sweep = izh.trials{ n = 60, workers = 2, resume = "sweep.csv", run = function(case)
  if on_ranks then os.execute "sleep 0.15" end -- all cases take 1.5 s or more
  local net = izh.network{ seed = case.seed }
  net:stimulate(net:population("E", 300, "E2003"), izh.noise{ sd = 5 })
  net:run(case.trial % 7 * 100 + 100)
  net:spikes():save(("of %d.csv"):format(case.trial))
  return { spikes = net:spikes().size, last = net:spikes():times():max() }
end }
for _, row in ipairs(sweep.rows) do print(row.trial, row.spikes, row.last) end
END
cat >read.lua <<'END'
local izh = require "izhlua"
for _, path in ipairs(arg) do
  if path:find "npy$" then assert(#izh.read(path) == 3)
  elseif path:find "csv$" then assert(izh.spikes(path).size > 0)
  else
    local text = io.open(path, "rb"):read "a"
    assert(text:find "^%%PDF" and text:find "%%%%EOF%s*$")
  end
end
END
run sweep.lua
status_is 0
cp out whole; rm -f sweep.csv of*

# killed work rank delay: the delay is from when it has begun; of a sweep, from when it has results
killed() {
  said="mpirun -n 3 izhlua $1.lua, rank $2 killed after $3 s"
  rm -f begun
  timeout 60 mpirun --allow-run-as-root --oversubscribe -n 3 "$IZHLUA" "$work/$1.lua" >out 2>err &
  job=$!
  until [ -e begun ] || [ "$(cat sweep.csv 2>/dev/null | wc -l)" -gt 1 ]; do
    sleep 0.02
    kill -0 $job 2>/dev/null || { fail 'it has not begun'; return; }
  done
  sleep "$3"
  launcher=$(cut -d' ' -f1 "/proc/$job/task/$job/children")
  for child in $(cat /proc/"$launcher"/task/*/children); do
    tr '\0' '\n' <"/proc/$child/environ" | grep -qx "OMPI_COMM_WORLD_RANK=$2" && kill -KILL "$child"
  done
  at=$(date +%s)
  wait $job
  status=$?
  [ $(($(date +%s) - at)) -le 10 ] || fail 'it does not end'
  [ $status -ne 0 ] || fail 'its exit code is 0'
  for wait in 1 2 3 4 5 6 7 8 9 10; do
    pgrep -f "$work/$1.lua" >left || break
    sleep 0.2
  done
  [ ! -s left ] || fail "processes are left: $(cat left)"
}
# numbers 0 … 29 that look like chance, the same each time
random() { n=$((n * 1103515245 + 12345 & 0x7fffffff)); echo $((n / 65536 % 30)); }
n=1
for time in $(seq "$times"); do
  for what in run write sweep; do
    delay=$(random); n=$delay$time
    killed $what $((time % 3)) "0.$(printf %02d "$delay")"
    for file in file.*; do [ ! -e "$file" ] || "$IZHLUA" read.lua "$file" 2>>err || fail "$file is half-written"; done
    for file in of*.csv; do [ ! -e "$file" ] || "$IZHLUA" read.lua "$file" 2>>err || fail "$file is half-written"; done
    ls -A | grep '^[.]izhlua.*tmp$' >temporary && [ $((time % 3)) -ne 0 ] && fail "a temporary file is left: $(cat temporary)"
    rm -f .izhlua*tmp file.* of*
  done
  run sweep.lua
  status_is 0; err_has 'in "sweep.csv" already'
  cmp -s out whole || fail 'the sweep that went on has other results'
  rm -f sweep.csv of*
done
finish
