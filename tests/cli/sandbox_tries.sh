# Escapes from a sandbox, for the tests of it. $layer: which of its layers there are (none, both, inside, outside);
# $launcher: what starts the program, if anything does.
export SECRET_IN_ENVIRONMENT='the secret'
mkdir box
echo 'the secret' >secret.txt
echo 'print("OUTSIDE RAN")' >outside.lua
ln -s ../secret.txt box/link.txt
ln -s .. box/up
ln -s "$work" box/absolute
mkdir box/inner

outside_is_changed() {
  [ "$(cat secret.txt 2>&1)" != 'the secret' ] || [ -n "$(ls made.* /tmp/izhlua-made.* 2>/dev/null)" ]
}

# The script on the standard input without a sandbox: it must get out, or it tries nothing.
try_free() {
  said="no sandbox: $1"
  (cd box && timeout 60 "$IZHLUA" "$1.lua") >out 2>err
  if ! outside_is_changed && ! grep -qE 'the secret|OUTSIDE RAN' out; then fail 'it does not get out'; fi
  echo 'the secret' >secret.txt
  rm -rf made.* /tmp/izhlua-made.* box/stolen.txt box/another.txt box/"$1.lua"
}

# try name: the script on the standard input runs in box, in a sandbox; nothing outside may be read or changed
try() {
  cat >box/"$1.lua"
  if [ "$layer" = none ]; then try_free "$1"; return; fi
  (cd box && env --default-signal=INT,PIPE timeout 60 ${launcher:-} "$IZHLUA" --sandbox ${options:-} "$1.lua") >out 2>err
  status=$?
  said="$layer: $1"
  out_lacks 'the secret'
  err_lacks 'the secret'
  out_lacks 'OUTSIDE RAN'
  ! outside_is_changed || fail 'a file outside was made or changed'
  rm -f box/"$1.lua"
}

files() {
  try reading <<'END'
local places = { "../secret.txt", "link.txt", "up/secret.txt", "absolute/secret.txt", "inner/../../secret.txt",
  "/proc/self/cwd/../secret.txt", "/proc/self/root" .. arg[0], "/proc/self/environ", "/proc/thread-self/environ" }
for _, place in ipairs(places) do
  local file = io.open(place)
  if file then print(place, file:read("a")) end
  pcall(function() for line in io.lines(place) do print(place, line) end end)
  pcall(function() io.input(place) print(place, io.read("a")) end)
  pcall(function() print(place, select(2, loadfile(place))) end)
end
for _, place in ipairs{ "../outside.lua", "up/outside.lua" } do pcall(dofile, place) end
pcall(function() package.path = "../?.lua" end)
pcall(require, "outside")
pcall(require, "up.outside")
END
  try writing <<'END'
for _, place in ipairs{ "../made.txt", "up/made.txt", "absolute/made.txt", "/tmp/izhlua-made.txt", "../secret.txt",
    "link.txt", "up/secret.txt" } do
  for _, mode in ipairs{ "w", "a", "r+" } do
    local file = io.open(place, mode)
    if file then file:write("written") file:close() end
  end
  pcall(function() io.output(place):write("written") end)
  os.remove(place)
  local inside = io.open("inside.txt", "w")
  if inside then inside:close() end
  os.rename("inside.txt", place)
  os.rename(place, "inside.txt")
  local copy = io.open("inside.txt")
  if copy then print(copy:read("a")) end
end
END
  try ours <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
local E = net:population("E", 5, "RS")
net:connect(E, E, { weight = 1 })
net:record(E, "v")
net:run(20)
for _, place in ipairs{ "../made", "up/made", "absolute/made", "/tmp/izhlua-made" } do
  pcall(function() net:save(place .. ".izh") end)
  for _, ending in ipairs{ ".csv", ".npy", ".npz", ".h5", ".tsv", ".json" } do
    pcall(function() net:spikes():save(place .. ending) end)
    pcall(function() net.projections[1]:save(place .. ending) end)
    pcall(izh.write, place .. ending, { x = { 1, 2 } })
  end
  for _, ending in ipairs{ ".pdf", ".svg", ".png" } do pcall(function() net:raster(place .. ending) end) end
  pcall(izh.sweep, { trials = 1, resume = place .. ".csv", run = function() return { x = 1 } end })
end
local secrets = { "../secret.txt", "link.txt", "up/secret.txt", "absolute/secret.txt" }
for _, place in ipairs(secrets) do
  pcall(function() print(izh.load(place)) end)
  print(pcall(izh.read, place))
  print(pcall(izh.spikes, { file = place }))
  print(pcall(net.connect, net, E, E, { rule = "matrix", matrix = place }))
end
END
}

# A link that changes all the time between what is inside and what is outside.
race() {
  mkdir -p box/good
  echo inside >box/good/secret.txt
  (while :; do ln -sfn good box/swap; ln -sfn .. box/swap; done) 2>/dev/null &
  swapper=$!
  try race <<'END'
local seen = {}
for _ = 1, 20000 do
  local file = io.open("swap/secret.txt")
  local line = file and file:read()
  if file then file:close() end
  seen[tostring(line)] = true
  if line == "the secret" then print(line) break end
  local out = io.open("swap/made.txt", "w")
  if out then out:close() end
end
END
  kill $swapper
  wait $swapper 2>/dev/null
  rm -rf box/swap box/good
}

programs() {
  try programs <<'END'
pcall(os.execute, "touch ../made.txt")
pcall(os.execute, "cat ../secret.txt")
pcall(function() print(io.popen("cat ../secret.txt"):read("a")) end)
pcall(function() print(package.loadlib("libc.so.6", "*")) end)
pcall(function() package.cpath = "../?.so" require "made" end)
pcall(function() print(require("os").execute("cat ../secret.txt")) end)
pcall(function() require "izhlua".figure{} end)
END
}

environment() {
  try environment <<'END'
print(pcall(os.getenv, "SECRET_IN_ENVIRONMENT"))
END
}

# ends status text: how the script before ended
ends() {
  status_is "$1"
  err_has "$2"
}

much_memory() {
  try memory <<'END'
local all = {}
pcall(string.rep, "y", 90000000)
pcall(function() for i = 1, 1e9 do all[i] = string.rep("z", 1e6) .. i end end)
print(#all < 300 and "stopped")
END
  out_is stopped
}

# What takes too much is ended. What the message is depends on the layer.
limits() {
  options='--memory=100M'
  # a sanitizer takes more memory than the kernel could be told of
  [ "$layer${SANITIZE:+ with a sanitizer}" = 'outside with a sanitizer' ] || much_memory
  try neurons <<'END'
print(pcall(function() require "izhlua".network():population("E", 1000000000, "RS") end))
END
  out_has ' are free'
  try disk <<'END'
local file = io.open("large", "w")
local block, n = string.rep("x", 1e6), 0
while n < 1000 and file:write(block) and file:flush() do n = n + 1 end
print(n <= 100 and "stopped")
file:close()
os.remove("large")
END
  out_is stopped
  rm -f box/large
  options='--time=1s'
  try find <<'END'
string.find(("a"):rep(40), ("a*"):rep(40) .. "b")
END
  [ $status -gt 128 ] || fail 'it was not ended'
  try collector <<'END'
setmetatable({}, { __gc = function() while true do end end })
END
  [ $status -gt 128 ] || fail 'it was not ended'
  try closing <<'END'
local co = coroutine.create(function()
  local x <close> = setmetatable({}, { __close = function() while true do end end })
  coroutine.yield()
end)
coroutine.resume(co)
coroutine.close(co)
END
  [ $status -gt 128 ] || fail 'it was not ended'
  try catching <<'END'
while true do pcall(function() while true do end end) end
END
  [ $status -gt 128 ] || fail 'it was not ended'
  try ours_long <<'END'
local izh = require "izhlua"
local net = izh.network()
net:population("E", 1000, "RS")
net:run(1e12)
END
  [ $status -gt 128 ] || fail 'it was not ended'
  options=
}

# Only the program itself can know about these.
inside() {
  try lua <<'END'
local function refused(f, ...) return not pcall(f, ...) end
assert(refused(os.exit, 0) and refused(string.dump, print) and refused(("").dump, print))
assert(package == nil and not pcall(require, "package") and not pcall(require, "izhlua.core"))
assert(require "os" == os and require "string" == string and require "_G" == _G)
for name, f in pairs(debug) do assert(name == "traceback" or refused(f)) end
assert(load("\27Lua") == nil and load(function() return nil end, "=x", "b"))
local chunk = io.open("chunk.lua", "w")
chunk:write("\27LuaS\0")
chunk:close()
assert(loadfile("chunk.lua") == nil and not pcall(dofile, "chunk.lua") and not pcall(require, "chunk"))
os.remove("chunk.lua")
print(select(2, pcall(os.execute, "ls")))
print((select(2, io.open("/etc/passwd"))))
print(select(2, pcall(function() require "izhlua".vector{ 1 }:save("../x.csv") end)))
END
  status_is 0
  out_is 'os.execute: not allowed in a sandbox
/etc/passwd: it is outside of the sandbox'"'"'s folder
lua.lua:14: save: cannot write "../x.csv": it is outside of the sandbox'"'"'s folder'
  try terminal <<'END'
print("\27[2J × \u{9b}1m\x9b1m\xc3\x97")
io.write("\27]0;title\a\r\t\n")
io.stderr:write("\27c\n")
error("\27[31m", 0)
END
  out_is '\x1b[2J × \x9b1m\x9b1m×
\x1b]0;title\x07\x0d	'
  err_has '\x1bc'
  err_has '\x1b[31m'
  options='--time=2s'
  try workers <<'END'
local izh = require "izhlua"
local function bomb()
  return izh.trials{ n = 64, workers = 1024, run = function() return { depth = 1 + bomb():mean("depth") } end }
end
print(pcall(bomb))
END
  options=
  err_has 'cannot start a worker: Resource temporarily unavailable'
}

# A hole in Lua: a library of the script does what it likes in this process.
cat >hole.c <<'END'
#define _GNU_SOURCE
#include <fcntl.h>
#include <lua.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int done;
static void must_fail(const char *what, long result) {
  if (result < 0) return;
  printf("OUTSIDE RAN: %s\n", what);
  done = 1;
}

int hole(lua_State *L) {
  char *const arguments[] = {"/bin/cat", "../secret.txt", NULL}, *const none[] = {NULL};
  struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
  must_fail("open to read", open("../secret.txt", O_RDONLY));
  must_fail("open to write", open("../secret.txt", O_WRONLY));
  must_fail("openat", syscall(SYS_openat, AT_FDCWD, "../secret.txt", O_RDONLY));
  must_fail("create", open("../made.txt", O_WRONLY | O_CREAT, 0666));
  must_fail("truncate", truncate("../secret.txt", 0));
  must_fail("unlink", unlink("../made.txt"));
  must_fail("rename", rename("../secret.txt", "stolen.txt"));
  must_fail("link", link("../secret.txt", "stolen.txt"));
  must_fail("symlink", symlink("../secret.txt", "another.txt"));
  must_fail("chmod", chmod("../secret.txt", 0777));
  must_fail("chown", chown("../secret.txt", 1, 1));
  must_fail("mkdir", mkdir("../made.txt", 0777));
  must_fail("execve", execve("/bin/cat", arguments, none));
  must_fail("socket", socket(AF_INET, SOCK_STREAM, 0));
  must_fail("unix socket", socket(AF_UNIX, SOCK_STREAM, 0));
  must_fail("ptrace", ptrace(PTRACE_TRACEME, 0, NULL, NULL));
  must_fail("kill", kill(getppid(), 0));
  must_fail("namespace", unshare(CLONE_NEWUSER));
  must_fail("clone", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
  must_fail("limit", setrlimit(RLIMIT_CPU, &more));
  if (!done) printf("nothing worked\n");
  (void)L;
  return 0;
}
END
through_hole() {
  $CC -shared -fPIC -I/usr/include/lua5.4 ${LUA_CFLAGS:-} -o box/hole.so hole.c 2>err || fail 'no library'
  try hole <<'END'
package.loadlib("./hole.so", "hole")()
END
  [ "$layer" = none ] || out_is 'nothing worked'
  rm box/hole.so
}
