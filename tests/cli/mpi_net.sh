# Part of mpi.sh. Networks that are cut among ranks: the same spikes, states, recordings and files as without, to the bit.
export IZHLUA_NEURONS_A_RANK=64 # so that small ones are cut, too

. "$(dirname "$0")/mpi_scenes.sh"

# Threads beside ranks: so many neurons that each has some thousands.
cat >large.lua <<'END'
dofile "tools.lua"
local net = izh.network{ seed = 5 }
local E = net:population("E", 16000, "E2003")
local I = net:population("I", 6000, "I2003")
net:connect(E, net, { name = "e", rule = "fixed_outdegree", n = 10, weight = 3, delay = izh.uniform(0, 2) })
net:connect(I, E, { name = "i", rule = "fixed_indegree", n = 5, weight = -2 })
net:stimulate(E, izh.noise{ sd = 6 })
net:stimulate(I, izh.noise{ sd = 3 })
net:run(10)
E:set{ v = 29.9 } -- all give a spike at once, which are more than a meeting carries along
net:run(3)
report("large", net)
END

# same script ranks threads: what it prints and saves on ranks is what it does without
same() {
  rm -rf ranks; mkdir ranks; cd ranks || exit 1
  cp ../*.lua .
  mpi "$2" --threads "$3" "$1.lua"
  cmp -s out "../$1.out" || { diff "../$1.out" out | head -n 20 >../out; cp err ..; cd ..; fail 'it prints something else'; return; }
  grep -v '^izhlua: [0-9]* neurons went' err >../err # strays, which are said without ranks, too
  rm -f out err all
  cd ..
  status_is 0; err_is ''
  for file in ranks/*; do
    cmp -s "$file" "one/${file##*/}" || fail "$file is not the same"
  done
}
mkdir one; cd one || exit 1
cp ../*.lua .
for script in rules scenes large; do
  run --threads 1 $script.lua
  status_is 0
  [ "$(wc -l <out)" -ge 1 ] || fail 'it prints nothing'
  mv out ../$script.out
done
rm -f err; cd ..
same rules 2 1
same scenes 3 1
if [ -z "$SANITIZE" ]; then # which makes all of this ten times as slow
  same large 1 2; same large 2 2; same large 4 1
fi

# What does not know of cut networks yet says so.
cat >refused.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
local A = net:population("A", 400, "E2003")
local p = net:connect(A, A, { rule = "fixed_outdegree", n = 5, weight = 1 })
net:stimulate(A, izh.noise{ sd = 5 })
net:run(5)
os.execute "ln -sf /dev/full full.izh" -- a full disk is an error on all ranks
print(pcall(net.save, net, "full.izh"))
for name, call in ipairs{
  function() p:save "x.npz" end,
  function() p:synapses() end,
  function() p:get "weight" end,
  function() p:set("weight", izh.uniform(0, 1)) end,
  function() net:record(p, { "weight" }) end,
  function() izh.explain.silence(net) end,
  function() izh.sweep{ over = { k = { 1 } }, run = function() net:run(1); return { k = 1 } end } end,
} do print(select(2, pcall(call))) end
-- one that a case makes is whole there
print(izh.sweep{ over = { k = { 1, 2 } }, run = function(case)
  local own = izh.network{ seed = case.k }
  own:stimulate(own:population("A", 400, "E2003"), izh.noise{ sd = 5 })
  own:run(50)
  return { spikes = own:spikes().size }
end })
END
mpi 2 refused.lua
status_is 0; err_has 'case 1 of 1'
out_has 'cannot write "full.izh": No space left on device'
[ "$(grep -c 'cut among ranks' out)" = 7 ] || fail 'something is not refused'
tail -n 4 out >tail
run refused.lua
tail -n 4 out | cmp -s - tail || fail 'a case of a sweep gives something else'
