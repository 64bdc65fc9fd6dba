. "$(dirname "$0")/lib.sh"

# watch arguments…: starts izhlua --watch in the background
watch() {
  said="izhlua --watch $*"
  : >out; : >err
  env --default-signal=INT,PIPE "$IZHLUA" --watch "$@" >out 2>err &
  watcher=$!
}
# waits until the file has so many lines with the text
wait_for() {
  for try in $(seq 200); do
    [ "$(grep -cF -- "$3" "$1")" -ge "$2" ] && return
    sleep 0.05
  done
  fail "$1 has not $2 times \"$3\""
}
end_watch() {
  kill -INT "$watcher"
  wait "$watcher"
  status=$?
}

# The script, a module, what dofile and loadfile load; by writing and by renaming, as editors do.
echo 'print("script 1", require("mod"), dofile("sub/part.lua"), loadfile("sub/more.lua")())' >watched.lua
mkdir sub
echo 'return "mod 1"' >mod.lua
echo 'return "part 1"' >sub/part.lua
echo 'return "more 1"' >sub/more.lua
watch watched.lua
wait_for err 1 'izhlua: watching watched.lua and 3 more files; Ctrl-C ends'
out_is 'script 1	mod 1	part 1	more 1'
echo 'return "mod 2"' >mod.lua
wait_for out 1 'mod 2'
wait_for err 2 'watching'
echo 'return "part 2"' >sub/new
mv sub/new sub/part.lua
wait_for out 1 'part 2'
wait_for err 3 'watching'
echo 'return "more 2"' >sub/more.lua
wait_for out 1 'more 2'
wait_for err 4 'watching'
mv watched.lua watched.lua~
echo 'print("script 2")' >watched.lua
wait_for out 1 'script 2'
wait_for err 5 'watching'
# now nothing but the script is loaded
echo 'return "mod 3"' >mod.lua
sleep 0.3
out_lacks 'mod 3'
end_watch
status_is 130
[ "$(grep -c 'script 2' out)" -eq 1 ] || fail 'it ran without a change'
pgrep -P "$watcher" >/dev/null && fail 'a run is left'

# An error ends nothing; what is missing is waited for.
rm -f mod.lua
echo 'require "mod"' >watched.lua
watch watched.lua
wait_for err 1 "module 'mod' not found"
wait_for err 1 'watching watched.lua; Ctrl-C ends'
echo 'error("broken", 0)' >mod.lua
wait_for err 1 'broken'
echo 'print "mended"' >mod.lua
wait_for out 1 mended
wait_for err 1 'watching watched.lua and 1 more file; Ctrl-C ends'
end_watch
status_is 130

rm -f later.lua
watch later.lua an argument
wait_for err 1 'cannot open later.lua'
echo 'print(...)' >later.lua
wait_for out 1 'an	argument'
end_watch
status_is 130

# A run that is not over when a file changes gives way, and tidies up.
cat >watched.lua <<'END'
local guard <close> = setmetatable({}, { __close = function() print("tidied") io.stdout:flush() end })
print("busy") io.stdout:flush()
while true do end
END
watch watched.lua
wait_for out 1 busy
echo 'print "idle"' >watched.lua
wait_for out 1 idle
out_is 'busy
tidied
idle'
end_watch
status_is 130

# Ctrl-C during a run stops it once: it may tidy up. A kill ends both.
cat >watched.lua <<'END'
local guard <close> = setmetatable({}, { __close = function() print("tidied") io.stdout:flush() end })
print("busy") io.stdout:flush()
while true do end
END
watch watched.lua
wait_for out 1 busy
end_watch
status_is 130; out_has tidied; err_has 'watched.lua:3: interrupted'
: >err
watch watched.lua
wait_for out 1 busy
kill -KILL "$watcher"
wait "$watcher"
wait_for out 1 tidied

# also where Ctrl-C is ignored, as in the background of a shell, and when the cleanup never ends
cat >watched.lua <<'END'
local guard <close> = setmetatable({}, { __close = function() while FOREVER do end print("tidied") io.stdout:flush() end })
print("busy") io.stdout:flush()
while true do end
END
for forever in '' 'FOREVER = true'; do
  { echo "$forever"; cat watched.lua; } >again.lua
  : >out; : >err
  env --ignore-signal=INT "$IZHLUA" --watch again.lua >out 2>err &
  watcher=$!
  wait_for out 1 busy
  runs=$(pgrep -P "$watcher")
  kill -KILL "$watcher"
  wait "$watcher"
  for try in $(seq 120); do
    kill -0 $runs 2>/dev/null || break
    sleep 0.05
  done
  kill -0 $runs 2>/dev/null && fail 'the run is left'
  [ -n "$forever" ] || out_has tidied
done

# On a terminal: the screen is cleared between runs, the figure is opened once, Ctrl-C ends.
mkdir bin
printf '#!/bin/sh\necho "$@" >>"$HOME/opened"\n' >bin/xdg-open
chmod +x bin/xdg-open
cat >watched.lua <<'END'
local izh = require "izhlua"
local net = izh.network{}
net:population("E", 2, "RS")
net:run(1)
net:raster("w.svg")
if not io.open("second") then io.open("second", "w"):close() os.execute("(sleep 1; echo 'print(123)' >>watched.lua) &") end
END
PATH="$work/bin:$PATH" on_terminal --watch --open watched.lua <<'END'
expect watching watched.lua; Ctrl-C ends
expect 123
expect watching watched.lua; Ctrl-C ends
send \^C
END
status_is 130
grep -qF "$(printf '\033[H\033[2J')" out || fail 'the screen is not cleared'
[ "$(cat opened)" = w.svg ] || fail "opened: $(cat opened)"

for arguments in '' '-' '-e print(1)'; do
  run --watch $arguments
  status_is 2; err_begins 'izhlua: a script file is wanted by --watch'
done
run --watch -i watched.lua
status_is 2; err_begins 'izhlua: there is no prompt with --watch'
run --wach watched.lua
status_is 2; err_begins 'izhlua: unknown option --wach (did you mean --watch?)'
finish
