. "$(dirname "$0")/lib.sh"

# --sandbox: each escape is tried, and what counts is what it did.
# A program in a build with LeakSanitizer cannot be traced in a sandbox.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" SOURCE_DATE_EPOCH=0
. "$(dirname "$0")/sandbox_tries.sh"

real=$IZHLUA
layer=none
files; race; programs; environment; through_hole
layer=both
files; race; programs; environment; limits; inside
layer=inside IZHLUA=$INSIDE
files; race; programs; environment; limits; inside
layer=outside IZHLUA=$OUTSIDE
files; race; programs; environment; limits; through_hole
IZHLUA=$real

# the command line
run --memory 2G -e 'print(1)'; status_is 2; err_begins 'izhlua: --sandbox is wanted by --memory'
run --time 5s -e 'print(1)'; status_is 2; err_begins 'izhlua: --sandbox is wanted by --time'
for option in -i --open; do
  run --sandbox $option -e 'print(1)'; status_is 2; err_begins "izhlua: --sandbox does not go with $option"
done
for value in 2T 99M 5 -1G 1.5G G 99999999999G; do
  run --sandbox --memory "$value" -e 'print(1)'; status_is 2
  err_begins "izhlua: bad value of --memory: $value (2G or 500M is wanted, from 100M on)"
done
for value in 0 0s 5d s 99999h; do
  run --sandbox --time "$value" -e 'print(1)'; status_is 2
  err_begins "izhlua: bad value of --time: $value (60s, 10m or 2h is wanted, up to a year)"
done
run --sandbox=missing -e 'print(1)'; status_is 1
err_is 'izhlua: cannot use the folder missing: No such file or directory'
run --sandbox -e 'print(_VERSION)'; status_is 0; out_is 'Lua 5.4'
echo 'io.open("made", "w"):write("x"):close() print(arg[0]:match("[^/]*$"))' >script.lua
run --sandbox=box script.lua; status_is 0; out_is script.lua
[ -e box/made ] || fail 'the folder is not box'

# figures, sweeps and explanations work as outside, to the byte
for example in seed what_if dose; do
  mkdir -p free closed
  cp "$EXAMPLES/$example.lua" free; cp "$EXAMPLES/$example.lua" closed
  (cd free && "$IZHLUA" $example.lua >$example.out) 2>err; status=$?; said=$example; status_is 0
  (cd closed && "$IZHLUA" --sandbox $example.lua >$example.out) 2>err; status=$?; said="--sandbox $example"; status_is 0
done
diff -r free closed >out || fail 'the outputs differ'
finish
