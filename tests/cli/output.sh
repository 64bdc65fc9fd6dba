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

# Libraries that end the program when they get no memory or no thread: a script hears of it, whatever they do.
if [ -z "${SANITIZE:-}" ]; then
  cat >low.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
net:population("E", 50, "RS")
net:connect(net, net, { weight = 1 })
net:stimulate(net, izh.current(10))
net:run(100)
for _, ending in ipairs{ "pdf", "png", "svg" } do print(pcall(net.raster, net, "low." .. ending)) end
for _, ending in ipairs{ "npz", "h5" } do print(pcall(net.projections[1].save, net.projections[1], "low." .. ending)) end
END
  chmod 777 .
  chmod 644 low.lua
  for room in 36 45 54 120 171 330 500; do
    said="ulimit -v ${room}000; izhlua low.lua"
    (ulimit -v "${room}000"; "$IZHLUA" low.lua >out 2>err)
    status=$?
    status_is 0
  done
  out_has 'true'
  said='ulimit -u 1; izhlua low.lua'
  if [ "$(id -u)" -eq 0 ] && setpriv --reuid 65534 --regid 65534 --clear-groups "$IZHLUA" -e 'x = 1' >out 2>err; then
    setpriv --reuid 65534 --regid 65534 --clear-groups prlimit --nproc=1 "$IZHLUA" low.lua >out 2>err
    status=$?
    status_is 0; out_has 'drawing needs a thread, and none can be started'
  fi
  [ -z "$(ls -A | grep 'tmp$')" ] || fail "$(ls -A) is there"
fi

said='izhlua into a pipe that nobody reads'
{ env --default-signal=PIPE "$IZHLUA" -e 'for i = 1, 1e6 do print(i) end' 2>err; echo $? >status; } | head -n 1 >out
status=$(cat status)
status_is 141; out_is 1; err_is ''
{ env --ignore-signal=PIPE "$IZHLUA" -e 'for i = 1, 1e5 do print(i) end' 2>err; echo $? >status; } | head -n 1 >out
status=$(cat status)
status_is 1; err_has 'izhlua: cannot write the standard output'

finish
