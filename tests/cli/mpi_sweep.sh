. "$(dirname "$0")/mpi_lib.sh"

# Sweeps on several ranks: each case runs on one of them, and what comes of it is what comes without.

cat >dealt.lua <<'END'
local izh = require "izhlua"
local shift, seen = 1, 0
local sweep = izh.sweep{
  over = { k = { 1, 2, 3, 4, 5, 6, 7 } }, trials = 2, resume = "cases.csv",
  run = function(case)
    shift, seen = shift * 2, seen + 1 -- which no other case sees
    assert(shift == 2 and seen == 1)
    print("case", case.index, case.k, math.random(1000))
    if case.index == 2 then os.execute "sleep 0.3" end -- it ends last
    io.write("no end of a line in ", case.index)
    io.stderr:write("on stderr: ", case.index, "\n")
    local path <const> = "of " .. case.index
    local file <close> = assert(io.open(path, "a+"))
    assert(file:write(case.index))
    os.execute(("echo a command of %d; echo more >>'%s'"):format(case.index, path))
    assert(io.popen("echo $((3 + 4))"):read "n" == 7)
    os.remove(os.tmpname())
    local net = izh.network{ seed = case.seed }
    net:stimulate(net:population("E", 600, "E2003"), izh.noise{ sd = 4 + case.k })
    net:run(60)
    net:raster(("raster %d.pdf"):format(case.index))
    net:spikes():save(("spikes %d.csv"):format(case.index))
    if case.index == 4 then error "this case fails" end
    if case.index == 9 then os.execute "kill -KILL $PPID" end
    return { spikes = net:spikes().size, first = net:spikes():times()[1] }
  end,
}
print()
print(sweep)
for _, row in ipairs(sweep.rows) do print(row.index, row.k, row.seed, row.spikes, row.first) end
for _, failure in ipairs(sweep.failures) do print(failure.index, failure.error) end
sweep:plot("dealt.pdf")
for index = 1, 14 do print(io.open("of " .. index):read "a") end -- which all ranks can read
print(izh.trials{ n = 3, run = function(case) return { x = case.seed + 0.1 } end })
END
for ranks in 0 2 3; do
  mkdir in$ranks; cd in$ranks || exit 1
  cp ../dealt.lua .
  # networks that cases make are whole, however small those are that are cut
  if [ $ranks = 0 ]; then run --threads 1 dealt.lua; else IZHLUA_NEURONS_A_RANK=64 mpi $ranks --threads 1 dealt.lua; fi
  status_is 0
  err_has 'case 4 of 14 (k = 2, trial 2, seed 2) failed: dealt.lua:23: this case fails'
  err_has 'case 9 of 14 (k = 5, trial 1, seed 1) failed: the worker was ended by signal 9'
  grep -v '^izhlua: case' err >../err$ranks
  cp out ../out$ranks
  { head -n 1 cases.csv; sed 1d cases.csv | sort -n; } >sorted && mv sorted cases.csv # in the order in which they ended
  rm -f out err all; cd ..
done
cp out0 out; : >err
out_has 'a command of 13'
for ranks in 2 3; do
  cmp -s out0 out$ranks || { diff out0 out$ranks >out; fail "$ranks ranks print something else"; }
  cmp -s err0 err$ranks || { diff err0 err$ranks >out; fail "$ranks ranks print other errors"; }
  diff -r in0 in$ranks >out || fail "the files of $ranks ranks are not the same"
done

# It goes on from the file, also after a line that was cut.
cd in3 || exit 1
sed '$d' cases.csv >cut; tail -n 1 cases.csv | head -c 10 >>cut; mv cut cases.csv
mpi 3 dealt.lua
status_is 0; err_has '11 of 14 cases are in "cases.csv" already'; out_has 'case	4	'; out_lacks 'case	5	'
{ head -n 1 cases.csv; sed 1d cases.csv | sort -n; } | cmp -s - ../in0/cases.csv || fail 'it did not go on'
cd ..

# A case runs on one rank, the k-th with the k-th in turn.
cat >which.lua <<'END'
require "izhlua".trials{ n = 5, run = function(case)
  local rank = io.open "/proc/self/environ":read "a":match "OMPI_COMM_WORLD_RANK=(%d+)"
  print(case.trial, rank)
  return { x = 1 }
end }
END
mpi 3 which.lua
status_is 0; err_is ''
out_is '1	0
2	1
3	2
4	0
5	1'
mpi 3 --shard 2/2 which.lua
status_is 0; err_is 'izhlua: shard 2/2: 2 of 5 cases are in "which.shard-2-of-2.csv"; the script ends here'
out_is '2	0
4	1'
mv which.shard-2-of-2.csv ranks.csv
run --shard 2/2 which.lua
cmp -s ranks.csv which.shard-2-of-2.csv || fail 'the file of a shard is not the same'

# All ranks run a case together that can use a network of the script that is cut, however it gets at it; other cases are
# dealt out. One that fails on a rank, or goes apart, has failed. A rank that is told to stop stops all.
cat >together.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
net:stimulate(net:population("A", 400, "E2003"), izh.noise{ sd = 5 })
local rank = io.open "/proc/self/environ":read "a":match "OMPI_COMM_WORLD_RANK=(%d+)"
local held = setmetatable({}, { __index = { net = coroutine.wrap(function() coroutine.yield(net) end) } })
local key, other = {}, {}
local weak = setmetatable({ [key] = 5, [other] = net }, { __mode = "k" })
local runs = {}
function runs.dealt(case)
  local _ = weak[key] -- but it cannot reach the other key
  print("dealt", rank)
  return { x = case.trial }
end
function runs.together(case)
  local own = held.net()
  print("together", rank)
  if case.trial == 2 and rank == "1" then print(#("x"):rep(1 << 60)) end
  if case.trial == 3 and rank == "1" then own:run(3) end
  if case.trial == 4 then
    own:at(5, function() os.execute "kill -TERM $(cut -d' ' -f4 /proc/$PPID/stat)" end)
    own:run(1e8)
  end
  own:run(10)
  return { x = case.trial }
end
for _, what in ipairs{ "dealt", "together" } do print(izh.trials{ n = 4, run = runs[what] }) end
END
# All have ended when it is seen what came of it, or one has and others have not.
cat >apart.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
net:stimulate(net:population("A", 400, "E2003"), izh.noise{ sd = 5 })
local rank = tonumber(io.open "/proc/self/environ":read "a":match "OMPI_COMM_WORLD_RANK=(%d+)")
local get = coroutine.wrap(function(...) coroutine.yield() while true do coroutine.yield((...)) end end)
get(net)
print(izh.trials{ n = 6, run = function(case)
  local own = get()
  own:run(10)
  if case.trial == 1 and rank == 1 then error "after all" end
  if case.trial == 2 and rank == 1 then own:run(3) end
  if case.trial == 3 and rank == 0 then own:run(3) end
  if case.trial == 5 and rank == 2 then print(#("x"):rep(1 << 60)) end
  return { x = case.trial == 4 and rank == 2 and 7 or case.trial }
end })
END
IZHLUA_NEURONS_A_RANK=64
export IZHLUA_NEURONS_A_RANK
mpi 3 together.lua
status_is 143
[ "$(grep -v '[^a-z	0-9]' out)" = 'dealt	0
dealt	1
dealt	2
dealt	0
x
together	0
together	0
together	0
together	0' ] || fail 'they run on other ranks'
err_begins 'izhlua: case 2 of 4 (trial 2, seed 2) failed: together.lua:17: resulting string too large'
err_has 'rank 0 is at together.lua:23: run, rank 1 at together.lua:18: run'
err_has 'case 3 of 4 (trial 3, seed 3) failed: the worker ended without a result (exit code 1)'
[ "$(grep -c interrupted err)" = 1 ] || fail 'it was not interrupted, or has more than one message'
mpi 3 apart.lua
unset IZHLUA_NEURONS_A_RANK
status_is 0
out_has '5 of 6 cases failed'
err_has 'case 1 of 6 (trial 1, seed 1) failed: apart.lua:10: after all'
err_has 'case 2 of 6 (trial 2, seed 2) failed: the ranks went apart: rank 0 had returned when rank 1 had not'
err_has 'case 3 of 6 (trial 3, seed 3) failed: the ranks went apart: rank 1 had returned when rank 0 had not'
err_has 'case 4 of 6 (trial 4, seed 4) failed: the ranks went apart: ranks 0 and 2 returned different values'
err_has 'case 5 of 6 (trial 5, seed 5) failed: apart.lua:13: resulting string too large'

# What is written to a file that was open before would come from some ranks only.
cat >shared.lua <<'END'
local izh = require "izhlua"
local file = io.open("shared.txt", "w")
local written, why = pcall(izh.trials, { n = 2, run = function() file:write "x"; return { x = 1 } end })
print(written, why)
io.output(file)
written, why = pcall(izh.trials, { n = 2, run = function() io.write "x"; return { x = 1 } end })
print(written, why)
io.write "of the script"
file:close()
io.output(io.stdout)
print(io.open "shared.txt":read "a")
END
mpi 2 shared.lua
status_is 0
said_so=$(grep -c 'a case of a sweep cannot write to a file that was opened before it' out)
[ "$said_so" = 2 ] || fail "it was said $said_so times"
out_has 'of the script'

# A rank that is told to stop stops the cases of all. What others printed comes out, though the second is before them.
cat >stopped.lua <<'END'
local izh = require "izhlua"
izh.trials{ n = 9, workers = 4, resume = "stopped.csv", run = function(case)
  print(case.trial)
  if case.trial == 6 then -- when the others are in the file
    repeat
      os.execute "sleep 0.1"
      local _, lines = io.open "stopped.csv":read "a":gsub("\n", "")
    until lines == 5
    local parent = io.open "/proc/self/stat":read "a":match "^%d+ %(.-%) %S (%d+)"
    os.execute("kill -TERM " .. parent)
  end
  local net = izh.network{}
  net:population("E", 5, "RS")
  net:run(case.trial < 6 and case.trial ~= 2 and 10 or 1e8)
  return { x = case.trial }
end }
END
mpi 2 stopped.lua
status_is 143; err_begins 'stopped.lua:2: interrupted'
out_is '1
3
4
5'
[ "$(grep -c interrupted err)" = 1 ] || fail 'not one message'
[ "$(sed 1d stopped.csv | sort)" = '1,1,1
3,3,3
4,4,4
5,5,5' ] || fail "the file has $(cat stopped.csv)"

# So it is after an error.
cat >raised.lua <<'END'
local izh = require "izhlua"
izh.trials{ n = 3, workers = 2, resume = "raised.csv", run = function(case)
  print(case.trial)
  if case.trial == 2 then izh.network{}:run(1e9) end
  return { y = 1 }
end }
END
{ head -n 1 stopped.csv; echo 1,1,1; } >raised.csv
mpi 2 raised.lua
status_is 1; err_has 'raised.lua:2: trials: run returned y, and in "raised.csv" x'; out_is 3

finish
