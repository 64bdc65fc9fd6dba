. "$(dirname "$0")/lib.sh"

# net:raster() without a path: the raster in characters.
unset COLUMNS
cat >three.lua <<'END'
local izh = require "izhlua"
local net = izh.network{}
local A = net:population("A", 2, "RS")
local B = net:population("second", 1, "FS")
net:stimulate(A, izh.current{ amplitude = 10, from = 20, to = 120 })
net:stimulate(B, izh.current(12))
net:run(200)
net:raster{ marks = { { 20, "on" }, { 120, "öff" }, { 121, "hidden" }, { 500, "late" } }, title = "three" }
END
export LC_ALL=C.UTF-8
COLUMNS=50 run three.lua
status_is 0; err_is ''
cat >wanted <<'END'
      three
         ▾on               ▾öff
Neuron
    3│⠸⠸ ⠇⠸ ⠸ ⠇⠇ ⠇⠸ ⠇⠸ ⠇⠸ ⠇⠸ ⠸ ⠸ ⠇⠸ ⠸ ⠇⠇ ⠇ second
     │    ⠇    ⠇       ⠸                   A
    1│    ⠇    ⠇       ⠸
Rate (Hz)                       bin 6.0 ms
  167│    █    █       █
     │    █    █       █
    0│███ █ ████ ██ ██ ████ ██ █ ██ ███  █
     └┬───────┬────────┬────────┬────────┬
      0      50       100      150      200 ms
END
cmp -s out wanted || fail "it is not as it was"

# a locale without these characters
LC_ALL=C COLUMNS=50 run three.lua
cat >wanted <<'END'
      three
         von               v?ff
Neuron
    3|:: :: : :: :: :: :: :: : : :: : :: : second
     |    :    :       :                   A
    1|    :    :       :
Rate (Hz)                       bin 6.0 ms
  167|    #    #       #
     |    #    #       #
    0|### # #### ## ## #### ## # ## ###  #
     ++-------+--------+--------+--------+
      0      50       100      150      200 ms
END
cmp -s out wanted || fail "it is not as it was in ASCII"

# widest: the length of the longest line, in characters
widest() { tr -d '\r' <out | wc -L; }
cat >many.lua <<'END'
local izh = require "izhlua"
local net = izh.network{}
local E = net:population("E", 300, "RS", { v0 = izh.uniform(-80, -40) })
net:population("a name of more columns than there are", 3, "RS")
net:stimulate(net, izh.current(10))
net:run(12000)
net:raster(nil, { order = "rate" })
END
run many.lua
[ "$(widest)" -le 80 ] && [ "$(widest)" -ge 70 ] || fail "$(widest) columns where nothing is known"
out_has '56 of 303 neurons'; out_has 'Neuron (by rate)'; out_has ' s'
for columns in 30 61 133; do
  TERM=dumb on_terminal many.lua </dev/null # no progress line
  status_is 0
  [ "$(widest)" -le "$columns" ] && [ "$(widest)" -ge $((columns - 10)) ] || fail "$(widest) columns, not $columns"
done
COLUMNS=100 run many.lua
[ "$(widest)" -le 100 ] && [ "$(widest)" -ge 90 ] || fail "$(widest) columns, not 100"
COLUMNS=1 run many.lua
[ "$(widest)" -le 30 ] || fail "$(widest) columns, not 30"

# nothing to show; the script's own print; mistakes
cat >empty.lua <<'END'
local izh = require "izhlua"
local net = izh.network{}
local ok, message = pcall(net.raster, net)
print(message)
net:population("E", 1, "RS")
ok, message = pcall(net.raster, net)
print(message)
net:run(10)
net:raster{ from = 10 }
net:raster{ rate = false }
local lines
print = function(text) lines = text end
net:raster{ of = net.populations.E, neurons = 1 }
io.write(select(2, lines:gsub("\n", "")), "\n")
net:raster{ widht = 3 }
END
run empty.lua
status_is 1; out_has 'raster: a raster needs at least one neuron'
out_has 'raster: the network has not run, so there is nothing to draw: net:run(1000)'; out_has 'window of length zero'; out_has 'no spikes'
[ "$(tail -n 1 out)" = 7 ] || fail 'print was not called once'
err_has 'empty.lua:15: raster: unknown option "widht" (known: from, to, rate'
finish
