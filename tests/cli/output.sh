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
