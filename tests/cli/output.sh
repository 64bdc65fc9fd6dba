. "$(dirname "$0")/lib.sh"

said='izhlua onto a full disk'
[ -c /dev/full ] || exit 77
: >out
for action in 'print(1)' 'io.write(1)' 'io.write(1) os.exit(0)' 'print(1) os.exit()'; do
  "$IZHLUA" -e "$action" >/dev/full 2>err
  status=$?
  status_is 1; err_has 'izhlua: cannot write the standard output'
done
"$IZHLUA" -e 'io.write(1) os.exit(3)' >/dev/full 2>err
status=$?
status_is 3; err_has 'cannot write the standard output: No space left on device'
for option in --help --version; do
  "$IZHLUA" "$option" >/dev/full 2>err
  status=$?
  status_is 1; err_has 'izhlua: cannot write the standard output: No space left on device'
done
"$IZHLUA" -e 'x = 1' >&- 2>err
status=$?
status_is 0; err_is ''
"$IZHLUA" -e 'io.write(1)' >&- 2>err
status=$?
status_is 1; err_has 'cannot write the standard output'

said='izhlua with a closed stream'
cat >closed.lua <<'END'
local izh = require "izhlua"
local net = izh.network()
net:population("E", 40, "RS")
local rec = net:record(net, "v", { to = "file" })
net:run(10000)
io.write(("noise"):rep(10000))
io.stdout:flush()
local sweep = izh.sweep{ over = { k = { 1, 2 } }, trials = 2, workers = 2, resume = "closed.csv", run = function(case)
  print("noise")
  io.stderr:write("noise\n")
  return { y = case.k }
end }
sweep:save("saved.csv")
io.open("sum", "w"):write(rec:values("v", 1):sum()):close()
END
for closed in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
  rm -f closed.csv saved.csv sum
  eval '"$IZHLUA" closed.lua >out 2>err '"$closed"
  [ "$(cat sum)" = "${sum:=$(cat sum)}" ] || fail "$closed: the recording is $(cat sum), not $sum"
  [ "$(grep -c noise closed.csv saved.csv | tr '\n' ' ')" = 'closed.csv:0 saved.csv:0 ' ] || fail "$closed: noise in a file"
done
status=0

said='izhlua over the limit of file sizes'
many='local izh = require "izhlua" local t = {} for i = 1, 1e5 do t[i] = i / 7 end'
rm -f big.csv big.eps
for action in 'izh.vector(t):save("big.csv")' 'izh.figure{ izh.curve{ x = t, y = t } }:save("big.eps")'; do
  (ulimit -f 32; "$IZHLUA" -e "$many $action" >out 2>err)
  status=$?
  status_is 1; err_has ': cannot write '
  [ ! -e big.csv ] && [ ! -e big.eps ] || fail 'left a part of a file'
done

said='izhlua into a pipe that nobody reads'
{ env --default-signal=PIPE "$IZHLUA" -e 'for i = 1, 1e6 do print(i) end' 2>err; echo $? >status; } | head -n 1 >out
status=$(cat status)
status_is 141; out_is 1; err_is ''
{ env --ignore-signal=PIPE "$IZHLUA" -e 'for i = 1, 1e5 do print(i) end' 2>err; echo $? >status; } | head -n 1 >out
status=$(cat status)
status_is 1; err_has 'izhlua: cannot write the standard output'

finish
