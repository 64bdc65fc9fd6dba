# For the tests of the program: run it, then say what is to be. Every test works in an empty folder of its own.
# What they take from the environment is set by CMakeLists.txt.
set -u
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export HOME="$work" XDG_STATE_HOME="$work/state" TERM=xterm
unset LUA_PATH LUA_PATH_5_4 LUA_CPATH LUA_CPATH_5_4 LUA_INIT
failures=0

# run arguments…: leaves $status and the files out and err. Signals are as in a user's shell, even where the
# tests were started with some of them ignored.
run() {
  said="izhlua $*"
  env --default-signal=INT,PIPE "$IZHLUA" "$@" >out 2>err
  status=$?
}

# on_terminal arguments…: the same on a terminal, by the dialog on the standard input (see pty.c); all goes to out.
on_terminal() {
  said="on a terminal: izhlua $*"
  env --default-signal=INT,PIPE "$PTY" -w "${columns:-80}" "$IZHLUA" "$@" >out 2>err
  status=$?
}

fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s: %s\n--- stdout\n%s\n--- stderr\n%s\n---\n' "$said" "$1" "$(cat out)" "$(cat err)"
}

status_is() { [ "$status" -eq "$1" ] || fail "status is $status, not $1"; }
out_is() { [ "$(cat out)" = "$1" ] || fail "stdout is not \"$1\""; }
err_is() { [ "$(cat err)" = "$1" ] || fail "stderr is not \"$1\""; }
out_has() { grep -qF -- "$1" out || fail "stdout has no \"$1\""; }
err_has() { grep -qF -- "$1" err || fail "stderr has no \"$1\""; }
out_lacks() { ! grep -qF -- "$1" out || fail "stdout has \"$1\""; }
err_lacks() { ! grep -qF -- "$1" err || fail "stderr has \"$1\""; }
# the first line of stderr
err_begins() { [ "$(head -n 1 err)" = "$1" ] || fail "stderr does not begin with the line \"$1\""; }

# Scripts send themselves the signal of Ctrl-C, so that no test depends on time. pclose waits for the signal to be
# sent; it is then delivered before the program goes on.
ctrl_c='function ctrl_c() io.popen("kill -INT $PPID"):close() end
function closing(f) return setmetatable({}, { __close = f }) end'

# script name: takes a script from the standard input and runs it, after these two lines
script() {
  { printf '%s\n' "$ctrl_c"; cat; } >"$1.lua"
  run "$1.lua"
}

# long name: as script; it must not go on for long (a minute: other programs may use the processors) after the signal,
# which comes half a second after it begins
long() {
  begin=$(date +%s)
  script "$1"
  status_is 130
  [ $(($(date +%s) - begin)) -lt 60 ] || fail 'Ctrl-C is not heard'
}

finish() {
  [ "$failures" -eq 0 ]
  exit
}
