. "$(dirname "$0")/lib.sh"

# Sweeps that are run in parts (--shard K/N), and joined again.
export SOURCE_DATE_EPOCH=1700000000

# The script joins the files that MERGE names: so it is the same script, and figures must have the same bytes.
cat >dose.lua <<'END'
local izh = require "izhlua"
local p = izh.parameters{ gain = { 2, "factor" } }
local files = {}
for path in (os.getenv "MERGE" or ""):gmatch("%S+") do files[#files + 1] = path end
local dose = #files > 0 and izh.sweep_merge(files) or izh.sweep{
  over = { { "k", { 0, 0.5, 1.0, 3, 2 }, label = "<i>k</i>\nof a cell", unit = "nS" }, { "kind", { "a,b", "#\\n" } } },
  trials = 3, seed = 4, reference = { k = 0.5 },
  run = function(case)
    if case.index == 8 then error("no,\n\"never\"") end
    local net = izh.network{ seed = case.seed }
    local E = net:population("E", 5, "RS")
    net:stimulate(E, izh.noise{ sd = 9, mean = case.k * p.gain + (case.kind == "a,b" and 1 or 0) })
    net:run(200)
    return { rate = net:spikes():mean_firing_rate(), v = E:get("v"):mean(), none = case.trial == 2 and 0 / 0 or 1 }
  end,
}
print(dose)
for _, row in ipairs(dose.rows) do print(row.index, row.k, row.kind, row.trial, row.seed, row.rate, row.v) end
for _, failure in ipairs(dose.failures) do print(failure.index, failure.error) end
dose:save("cases.csv")
dose:save("points.csv", { summary = true })
dose:plot("dose.pdf")
END

run dose.lua
status_is 0
mkdir whole
mv cases.csv points.csv dose.pdf out whole
for n in 1 4; do
  files=
  for k in $(seq $n -1 1); do
    run dose.lua --shard $k/$n
    status_is 0; out_is ''
    files="$files dose.shard-$k-of-$n.csv"
  done
  [ ! -e cases.csv ] || fail 'the script went on after the sweep'
  MERGE=$files run dose.lua
  status_is 0
  for file in cases.csv points.csv dose.pdf out; do
    cmp -s $file whole/$file || fail "$file differs from that of one run, $n shards"
  done
  rm -f cases.csv points.csv dose.pdf
done

# what a shard says; it goes on after what it has, and a case that failed is tried again
run --shard=3/4 dose.lua
status_is 0; err_is 'izhlua: 7 of 7 cases are in "dose.shard-3-of-4.csv" already
izhlua: shard 3/4: 7 of 30 cases are in "dose.shard-3-of-4.csv"; the script ends here'
run dose.lua --shard 4/4 gain=2
err_has '6 of 7 cases are in "dose.shard-4-of-4.csv" already'; err_has 'case 8 of 30 (k = 0.5, kind = a,b, trial 2, seed 5) failed: dose.lua:'
[ "$(grep -c failed dose.shard-4-of-4.csv)" -eq 2 ] || fail 'the failure was not written again'
cp dose.shard-2-of-4.csv two
same_as_two() { sort two >sorted; sort dose.shard-2-of-4.csv | cmp -s - sorted; } # cases are in the order in which they end
sed '$d' two >cut
printf 1.0 >>cut
cp cut dose.shard-2-of-4.csv
shards='dose.shard-1-of-4.csv dose.shard-2-of-4.csv dose.shard-3-of-4.csv dose.shard-4-of-4.csv'
MERGE=$shards run dose.lua
status_is 1; err_begins "dose.lua:5: sweep_merge: \"dose.shard-2-of-4.csv\" has 7 of the 8 cases of shard 2/4; run that again, and it goes on there: izhlua --shard 2/4 dose.lua"
run dose.lua --shard 2/4
same_as_two || fail 'it did not go on to the same file'

# cut within its first lines, and not begun
for size in 0 1 5 100; do
  head -c $size two >dose.shard-2-of-4.csv
  MERGE=$shards run dose.lua
  status_is 1; err_begins 'dose.lua:5: sweep_merge: "dose.shard-2-of-4.csv" is not the file of a shard, or was cut off in its first lines'
  run dose.lua --shard 2/4
  same_as_two || fail "it did not begin again after $size bytes"
done

# merge_is files message
merge_is() {
  MERGE=$1 run dose.lua
  status_is 1; err_begins "dose.lua:5: sweep_merge: $2"
}
one=dose.shard-1-of-4.csv two=dose.shard-2-of-4.csv three=dose.shard-3-of-4.csv four=dose.shard-4-of-4.csv
merge_is "$one $three" 'shards 2, 4 of 4 are missing'
merge_is "$one $three $four" 'shard 2 of 4 is missing'
cp $two copy.csv
merge_is "$one $two copy.csv" '"dose.shard-2-of-4.csv" and "copy.csv" are both shard 2/4'
merge_is "$one dose.shard-1-of-1.csv" '"dose.shard-1-of-1.csv" and "dose.shard-1-of-4.csv" are of different sweeps: shards is 1 and 4'
merge_is whole/cases.csv '"whole/cases.csv" is not the file of a shard (it begins with k,kind,gain,trial,seed,none,rate,v)'
merge_is missing.csv 'cannot read "missing.csv": No such file or directory'
merge_is / 'cannot read "/": Is a directory'
merge_is /dev/zero '"/dev/zero" is not the file of a shard (it begins with ????????????????????????????????????????????????????????????)'
# other K=V lines… has that in place of a line of the second shard
other() {
  said="other $1"
  sed "s/$1/$2/" $two >other.csv
  ! cmp -s $two other.csv || fail 'nothing was replaced'
}
tab=$(printf '\t')
other "^#${tab}seed,4" "#${tab}seed,5"
merge_is "$one other.csv $three $four" '"other.csv" and "dose.shard-1-of-4.csv" are of different sweeps: seed is 5 and 4'
other 'values of k,0,0.5' 'values of k,0,0.25'
merge_is "$one other.csv" '"other.csv" and "dose.shard-1-of-4.csv" are of different sweeps: values of k is 0, 0.25, 1.0, 3, 2 and 0, 0.5, 1.0, 3, 2'
other 'script,dose' 'script,other'
merge_is "$one other.csv" '"other.csv" and "dose.shard-1-of-4.csv" are of different sweeps: script is other.lua and dose.lua'
other 'none,rate,v' 'none,rate,w'
merge_is "$one other.csv $three $four" '"other.csv" has the results none, rate, w, and "dose.shard-1-of-4.csv" none, rate, v'
other '^0,"a,b",2,2,5' '0,"a,b",2,1,4'
merge_is "$one other.csv $three $four" '"other.csv" has case 1, which is not of shard 2/4'
other '^0,"a,b",2,2,5,.*' '0,"a,b",2,2,5,1,x,1'
at=$(sed -n '/^0,"a,b",2,2,5/=' other.csv)
merge_is "$one other.csv $three $four" "cannot merge \"other.csv\", line $at: rate is not a number (\"x\")"
other "^#${tab}shard of a sweep,2,4" "#${tab}shard of a sweep,9,4"
merge_is "$one other.csv" '"other.csv" is damaged in its first lines'

# what izh.sweep_merge is given
merge_says() {
  run -e "require('izhlua').sweep_merge$1"
  status_is 1; err_begins "(command line):1: sweep_merge: $2"
}
merge_says '()' 'the argument must be a list of files such as { "dose.shard-1-of-2.csv", "dose.shard-2-of-2.csv" } (got nothing)'
merge_says '{}' 'the list of files is empty'
merge_says '{ 3 }' 'file 1 must be a path (got 3)'
merge_says '({}, 1)' '1 argument too many'

# another script, seed or parameter does not go on in the file
said=changed
cp dose.lua before
echo '-- changed' >>dose.lua
run dose.lua --shard 2/4
status_is 1; err_has 'dose.lua:5: sweep: cannot resume from "dose.shard-2-of-4.csv": it is of another sweep: SHA-256 of the script is '
cp before dose.lua
run --seed 9 dose.lua --shard 2/4
status_is 1; err_has '"dose.shard-2-of-4.csv": it is of another sweep: seed is 4 there and 9 now'
run dose.lua --shard 2/4 gain=3
status_is 1; err_has '"dose.shard-2-of-4.csv": it is of another sweep: parameter gain is 2 there and 3 now'
cp $one $two
run dose.lua --shard 2/4
status_is 1; err_has '"dose.shard-2-of-4.csv": it is shard 1/4, and not 2/4'
echo hello >$two
run dose.lua --shard 2/4
status_is 1; err_has 'cannot resume from "dose.shard-2-of-4.csv": it is not the file of a shard (it begins with hello)'
[ "$(cat $two)" = hello ] || fail 'the file was changed'

# trials; the file is named after that of resume; a sweep within a case is whole; so is that of an explanation
cat >trials.lua <<'END'
local izh = require "izhlua"
local options = { n = 5, resume = "results.csv", run = function(case)
  local inner = izh.sweep{ over = { k = { 1, 2, 3 } }, run = function(c) return { x = c.k } end }
  return { x = case.seed, inner = #inner.rows }
end }
izh.trials(options):save("trials.csv")
END
for k in 1 2 3 4 5 6 7; do run trials.lua --shard $k/7; status_is 0; done
err_is 'izhlua: shard 7/7: 0 of 5 cases are in "results.shard-7-of-7.csv"; the script ends here'
echo 'require("izhlua").sweep_merge{ ... }:save("results.csv")' >merge.lua
run merge.lua results.shard-7-of-7.csv
status_is 1; err_begins 'merge.lua:1: sweep_merge: shards 1, 2, 3, 4, 5, 6 of 7 are missing'
run merge.lua results.shard-?-of-7.csv
status_is 0
run trials.lua
status_is 0; err_is 'izhlua: 5 of 5 cases are in "results.csv" already'
[ "$(cat trials.csv)" = 'trial,seed,inner,x
1,1,3,1
2,2,3,2
3,3,3,3
4,4,3,4
5,5,3,5' ] || fail "the trials are $(cat trials.csv)"

# all cases fail
echo 'require("izhlua").trials{ n = 2, run = function() error("no", 0) end }' >fails.lua
for k in 1 2; do
  run fails.lua --shard $k/2
  status_is 1; err_has "fails.lua:1: trials: the only case, with trial $k, seed $k, failed: no"
done
run -e 'require("izhlua").sweep_merge{ "fails.shard-1-of-2.csv", "fails.shard-2-of-2.csv" }'
status_is 1; err_begins '(command line):1: sweep_merge: all 2 cases failed; the first, with trial 1, seed 1: no'

# the command line
for value in 0/4 5/4 1/0 4 4/ /4 -1/4 1/4x 1.5/4 1/1000001 ''; do
  run "--shard=$value" dose.lua
  status_is 2; out_is ''; err_begins "izhlua: bad value of --shard: $value (K/N is wanted, the K-th of N parts, as 3/16)"
  run dose.lua --shard "$value"
  status_is 2; out_is ''; err_begins "izhlua: bad value of --shard: $value (K/N is wanted, the K-th of N parts, as 3/16)"
done
run dose.lua --shard
status_is 2; err_begins 'izhlua: a value is missing after --shard'
run -i --shard 1/2 dose.lua
status_is 2; err_begins 'izhlua: --shard does not go with -i'
run --shard 1/2 -e 'print(1)'
status_is 2; err_begins 'izhlua: a script file is wanted by --shard'
echo 'print(#arg, ...)' >arguments.lua
run arguments.lua a=1 --shard=1/2 b=2
status_is 1; out_is '2	a=1	b=2'; err_is 'izhlua: --shard 1/2: the script has no sweep'
run arguments.lua word --shard 1/2
status_is 0; out_is '3	word	--shard	1/2'
run -- arguments.lua --shard 1/2
status_is 0; out_is '2	--shard	1/2'

finish
