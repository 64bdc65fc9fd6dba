. "$(dirname "$0")/lib.sh"

for option in -v --version; do
  run "$option"
  status_is 0; out_has "izhlua $VERSION (Lua 5.4."; err_is ''
done

for option in -h --help; do
  run "$option"
  status_is 0; out_has 'usage: izhlua [options] script.lua [arguments]'; err_is ''
done
for option in -e -i --seed --threads --shard --open --watch --explore --version --help --; do out_has " $option "; done

# statements
run -e 'x = 1' -e 'x = x + 1' '-ey = x * 10' -e 'print(x, y)'
status_is 0; out_is '2	20'
run -e 'print(1)' -e 'error("stop", 0)' -e 'print(2)'
status_is 1; out_is 1; err_begins stop
run -e 'print("-e does not read stdin", ...)' </dev/null
status_is 0; out_is '-e does not read stdin'
run -e '-- a comment'
status_is 0

# numbers
for seed in 0 1 4294967295; do
  run --seed "$seed" -e 'print(1)'; status_is 0
  run "--seed=$seed" -e 'print(1)'; status_is 0
done
for seed in '' -1 4294967296 99999999999999999999999 1.5 0x10 7x ' 7'; do
  run "--seed=$seed" -e 'print(1)'; status_is 2; out_is ''; err_has 'a whole number from 0 to 4294967295'
done
for threads in 1 1024 auto; do
  run --threads "$threads" -e 'print(1)'; status_is 0
  run "--threads=$threads" -e 'print(1)'; status_is 0
done
for threads in 0 1025 many; do
  run --threads "$threads" -e 'print(1)'; status_is 2; out_is ''; err_has 'a whole number from 1 to 1024, or auto'
done

# instruction sets: the same spikes, or a clear refusal
for isa in baseline avx2 avx512; do
  IZHLUA_ISA=$isa run -e 'n = require "izhlua".network{ seed = 3 } p = n:population("P", 9, "RS")
    n:stimulate(p, require "izhlua".noise{ sd = 20 }) n:run(500)
    print(table.concat(n:spikes():times():totable(), " "))'
  [ "$isa" = baseline ] && cp out baseline.out && { [ "$(wc -w <out)" -gt 5 ] || fail 'no spikes to compare'; }
  if [ "$status" = 0 ]; then cmp -s out baseline.out || fail "$isa gives other spikes"
  else err_has "IZHLUA_ISA: this processor has no $isa"; fi
done
IZHLUA_ISA=sse9 run -e 'require "izhlua"'
status_is 1; err_has 'IZHLUA_ISA: unknown instruction set "sse9" (known: baseline'

# misuse
run --sed 7
status_is 2; err_begins 'izhlua: unknown option --sed (did you mean --seed?)'; err_has 'usage: '
run --thread=7
status_is 2; err_begins 'izhlua: unknown option --thread=7 (did you mean --threads?)'
run -help
status_is 2; err_begins 'izhlua: unknown option -help (did you mean --help?)'
run --frobnicate
status_is 2; err_begins 'izhlua: unknown option --frobnicate'
run -x
status_is 2; err_begins 'izhlua: unknown option -x'
for option in -e --seed --threads; do
  run "$option"
  status_is 2; err_begins "izhlua: a value is missing after $option"
done
run --help=all
status_is 2; err_begins 'izhlua: no value is taken by --help'
run -e 'print(1)' --nonsense
status_is 2; out_is ''

# math.random: the same in every run, another with another seed
run -e 'print(math.random(), math.random(100))'
cp out first
run -e 'print(math.random(), math.random(100))'
cmp -s first out || fail 'math.random differs between runs'
run --seed 0 -e 'print(math.random(), math.random(100))'
cmp -s first out || fail 'seed 0 is not the default'
run --seed 1 -e 'print(math.random(), math.random(100))'
! cmp -s first out || fail 'math.random does not depend on --seed'

# options of ours after the script are a mistake, which is told; not so behind -- or other arguments
echo 'print(...)' >say.lua
run say.lua --seed 4
status_is 2; out_is ''
err_is 'izhlua: options come before the script: izhlua --seed 4 say.lua
(an argument --seed of the script is given by izhlua -- say.lua --seed)'
run say.lua x=3 --threads=2
status_is 2; err_begins 'izhlua: options come before the script: izhlua --threads=2 say.lua'
run say.lua --open
status_is 2; err_begins 'izhlua: options come before the script: izhlua --open say.lua'
run -- say.lua --seed 4
status_is 0; out_is "--seed	4"
run say.lua more --seed 4
status_is 0; out_is "more	--seed	4"
run say.lua --help
status_is 0; out_is "--help"

finish
