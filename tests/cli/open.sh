. "$(dirname "$0")/lib.sh"

# A viewer that writes down what it is given, or does what $viewer says.
mkdir bin
cat >bin/xdg-open <<'END'
#!/bin/sh
eval "${viewer:-}"
echo "$@" >>"$HOME/opened"
END
chmod +x bin/xdg-open
export PATH="$work/bin:$PATH"

cat >one.lua <<'END'
local izh = require "izhlua"
local net = izh.network{}
net:population("E", 2, "RS")
net:run(1)
for _, path in ipairs(arg) do net:raster(path) end
END

# opened names…: what the viewer was given, in any order; it may come a little later
opened_are() {
  for try in $(seq 100); do
    [ "$(sort opened 2>/dev/null | tr '\n' ' ')" = "$*${1:+ }" ] && break
    sleep 0.1
  done
  [ "$(sort opened 2>/dev/null | tr '\n' ' ')" = "$*${1:+ }" ] || fail "opened: $(cat opened), not $*"
  rm -f opened
}

run one.lua a.pdf
status_is 0
opened_are
run --open one.lua a.pdf b.svg a.pdf
status_is 0; err_is ''; opened_are a.pdf b.svg
run --open -- one.lua -a.pdf
status_is 0; opened_are ./-a.pdf
run --open one.lua
status_is 0; err_is ''; opened_are
run --open -e 'error("stop", 0)' one.lua a.pdf
status_is 1; opened_are

# what was saved before an error is shown too
cat >fails.lua <<'END'
dofile "one.lua"
error("stop", 0)
END
run --open fails.lua a.png
status_is 1; err_begins stop; opened_are a.png
run --open one.lua 01.svg 02.svg 03.svg 04.svg 05.svg 06.svg 07.svg 08.svg 09.svg 10.svg 11.svg 12.svg
status_is 0; err_is 'izhlua: only the last 10 of 12 figures are opened'
opened_are 03.svg 04.svg 05.svg 06.svg 07.svg 08.svg 09.svg 10.svg 11.svg 12.svg

# a viewer that stays, that fails, and none
start=$(date +%s)
viewer='sleep 5' run --open one.lua a.pdf
status_is 0; err_is ''
[ $(($(date +%s) - start)) -lt 4 ] || fail 'it waits for the viewer'
# a busy computer may take longer to fail than the program waits
for try in $(seq 20); do
  viewer='exit 3' run --open one.lua a.pdf
  [ -s err ] && break
done
status_is 0; err_is 'izhlua: xdg-open could not open a.pdf (exit code 3)'
said='izhlua --open without a viewer'
PATH="$work/nowhere" "$IZHLUA" --open one.lua a.pdf >out 2>err
status=$?
status_is 0; err_is 'izhlua: cannot open a.pdf: there is no xdg-open here'

# at the prompt, after each statement
rm -f opened
on_terminal --open <<'END'
expect > 
send net = izh.network{} net:population("E", 1, "RS") net:run(1) net:raster("p.svg")\n
expect > 
send for i = 1, 100 do if io.open("opened") then print(6 * 7) break end os.execute("sleep 0.1") end\n
expect 42
expect > 
send \^D
END
status_is 0

run --open=yes one.lua
status_is 2; err_begins 'izhlua: no value is taken by --open'
finish
