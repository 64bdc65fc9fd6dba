. "$(dirname "$0")/lib.sh"

cat >exp.lua <<'END'
local izh = require "izhlua"
local p = izh.parameters{
  inhibition = { 3, "factor" }, T = { 1000.5, "ms" }, name = { "a b", "of the figure" }, plot = { false }, doses = { { 0, 0.5 } },
}
print(p.inhibition, p.T, p.name, p.plot, table.concat(p.doses, " "))
if p.plot then
  local net = izh.network{}
  net:population("E", 2, "RS")
  net:run(1)
  net:raster("exp.svg")
end
END
tab=$(printf '\t')
run exp.lua
status_is 0; out_is "3${tab}1000.5${tab}a b${tab}false${tab}0 0.5"
run exp.lua inhibition=-2.5e1 T=7 name=x=y plot=true doses=1,2,3
status_is 0; out_is "-25.0${tab}7${tab}x=y${tab}true${tab}1 2 3"
grep -qF 'doses = 1,2,3, inhibition = -25.0, name = x=y, plot = true<' exp.svg ||
  grep -qF 'T = 7, doses = 1,2,3, inhibition = -25, name = x=y, plot = true<' exp.svg || fail 'the figure does not say so'
run exp.lua name= doses=
status_is 0; out_is "3${tab}1000.5${tab}${tab}false${tab}"

run exp.lua inhibition=2 --help
status_is 0; err_is ''
out_is 'usage: izhlua exp.lua [name=value …]
  T          = 1000.5   ms
  doses      = 0,0.5
  inhibition = 3        factor
  name       = a b      of the figure
  plot       = false'

# refused text arguments…: the first line of what is said, and the exit code of a wrong command line
refused() {
  want=$1
  shift
  run exp.lua "$@"
  status_is 2; out_is ''
  err_is "izhlua: exp.lua: $want
usage: izhlua exp.lua [name=value …]; izhlua exp.lua --help lists the names"
}
refused 'unknown parameter "inhibtion" (did you mean "inhibition"?)' inhibtion=2
refused 'unknown parameter "--inhibition" (did you mean "inhibition"?)' --inhibition=2
refused 'unknown parameter "speed"' speed=2
refused '"inhibition" is not of the form name=value' inhibition
refused 'inhibition must be a number (got "two")' inhibition=two
refused 'inhibition must be a number (got "")' inhibition=
refused 'T must be a number (got "1e999")' T=1e999
refused 'plot must be true or false (got "yes")' plot=yes
refused 'doses must be numbers such as 0,0.5,1 (got "1,,2")' doses=1,,2
refused 'T is given twice' T=1 T=2
refused "name must be UTF-8 text (got \"$(printf '\377')\")" name="$(printf '\377')"

# a range, a step, choices
cat >ranges.lua <<'END'
local izh = require "izhlua"
local p = izh.parameters{
  gain = { 3, "factor", min = 0, max = 10, step = 0.5 }, up = { 1, min = 0 }, down = { 1, "mV", max = 1.5 }, fine = { 1, step = 1 },
  cell = { "RS", "of Allen's", choices = { "RS", "FS", "a b" } }, n = { 5, choices = { 1, 5 } },
}
print(p.gain, p.up, p.down, p.fine, p.cell, p.n)
END
run ranges.lua --help
status_is 0; out_is "usage: izhlua ranges.lua [name=value …]
  cell = RS   of Allen's, one of RS, FS, a b
  down = 1    mV, at most 1.5
  fine = 1    in steps of 1
  gain = 3    factor, from 0 to 10, in steps of 0.5
  n    = 5    one of 1, 5
  up   = 1    at least 0"
run ranges.lua gain=10 up=0 down=1.5 fine=1.5 cell='a b' n=1
status_is 0; out_is "10${tab}0${tab}1.5${tab}1.5${tab}a b${tab}1"
out_of_range() {
  want=$1
  shift
  run ranges.lua "$@"
  status_is 2; out_is ''; err_begins "izhlua: ranges.lua: $want"
}
out_of_range 'gain must be a number from 0 to 10 (got "10.01")' gain=10.01
out_of_range 'gain must be a number from 0 to 10 (got "x")' gain=x
out_of_range 'up must be a number, at least 0 (got "-1")' up=-1
out_of_range 'down must be a number, at most 1.5 (got "2")' down=2
out_of_range 'cell must be one of RS, FS, a b (got "rs")' cell=rs
out_of_range 'n must be one of 1, 5 (got "2")' n=2

# a name that is not declared, in the script; and what cannot be declared
line='(command line):1: parameters:'
mistake() {
  run -e "local izh = require 'izhlua' $1"
  status_is 1; err_begins "$line $2"
}
mistake 'print(izh.parameters{ rate = { 1 } }.rat)' 'unknown parameter "rat" (did you mean "rate"?)'
mistake 'izh.parameters()' 'the argument must be a table such as { T = { 1000, "ms" } } (got nothing)'
mistake 'izh:parameters{}' 'call it with a dot: izh.parameters(…)'
mistake 'izh.parameters{ T = 3 }' 'T must be { default, "unit or what it is" } (got 3)'
mistake 'izh.parameters{ T = {} }' 'T[1] must be a finite number, a string, a boolean or a list of numbers (got nothing)'
mistake 'izh.parameters{ T = { 1, 2 } }' 'T[2] must be a string (got 2)'
mistake 'izh.parameters{ T = { 1, "ms", 3 } }' 'T must be { default, "unit or what it is" }, with no more values'
mistake 'izh.parameters{ T = { { 1, "x" } } }' 'T[1][2] must be a finite number (got "x")'
mistake 'izh.parameters{ ["a b"] = { 1 } }' 'a name must be letters, digits and _, such as T or noise_sd (got "a b")'
mistake 'izh.parameters{ T = { 1, mn = 1 } }' 'unknown option "mn" (did you mean "min"?)'
mistake 'izh.parameters{ T = { 1, min = "a" } }' 'T.min must be a finite number (got "a")'
mistake 'izh.parameters{ T = { 1, min = 1, max = 1 } }' 'T.min must be below its max, 1 (got 1)'
mistake 'izh.parameters{ T = { 3, min = 5 } }' 'T[1] must be at least 5 (got 3)'
mistake 'izh.parameters{ T = { 3, step = 0 } }' 'T.step must be above 0 (got 0)'
mistake 'izh.parameters{ T = { "a", max = 5 } }' 'T.max is for a number, and the default of T is none'
mistake 'izh.parameters{ T = { 3, choices = { 1, 2 } } }' 'T[1] must be one of 1, 2 (got 3)'
mistake 'izh.parameters{ T = { 3, choices = 3 } }' 'T.choices must be a list, as { 1, 2, 5 } (got 3)'
mistake 'izh.parameters{ T = { 3, choices = {} } }' 'T.choices must not be empty'
mistake 'izh.parameters{ T = { 3, choices = { 3, "x" } } }' 'T.choices[2] must be a finite number (got "x")'
mistake 'izh.parameters{ T = { 3, choices = { 3, 3 } } }' 'T.choices[2] is there twice'
mistake 'izh.parameters{ T = { 3, min = 1, choices = { 3 } } }' 'T has choices, and so neither min, max nor step'
mistake 'izh.parameters{ T = { true, choices = { true } } }' 'T.choices are numbers or strings, as the default, which is neither'

# without a declaration arguments are the script's own
run -e 'x = 1' /dev/stdin --help a=b <<'END'
print(arg[1], arg[2])
END
status_is 0; out_is "--help${tab}a=b"

# in a sweep they make a case what it is: a file of other parameters is not gone on from
cat >swept.lua <<'END'
local izh = require "izhlua"
local p = izh.parameters{ k = { 1 }, T = { 5, "ms" } }
izh.sweep{ over = { k = { 1, 2 } }, resume = "swept.csv", run = function(case) return { x = case.k * p.T } end }
END
run swept.lua T=6
status_is 0
[ "$(cat swept.csv)" = 'k,T,trial,seed,x
1,6,1,1,6
2,6,1,1,12' ] || fail "the file is $(cat swept.csv)"
run swept.lua
status_is 1
err_begins 'swept.lua:3: sweep: cannot resume from "swept.csv", line 2: the parameter T is 6 there and 5 now'

# A full disk ends a sweep, with what was written before.
said='a file that cannot grow'
echo 'local izh = require "izhlua"
izh.sweep{ over = { k = { 1, 2, 3 } }, resume = "full.csv", run = function(case) return { x = case.k } end }
print("after")' >full.lua
(trap '' XFSZ; ulimit -f 0; "$IZHLUA" full.lua 2>&1; echo "status $?") | cat >out
: >err
out_has 'full.lua:2: sweep: cannot write "full.csv": File too large'; out_has 'status 1'; out_lacks after
finish
