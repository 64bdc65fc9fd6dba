. "$(dirname "$0")/lib.sh"

# What only Linux has is asked for in files that know another way (src/base/system.h); that way compiles.
src=$(cd "$(dirname "$0")/../../src" && pwd)
: >out >err
said='what only Linux has'
files=$(grep -rl 'IZH_LINUX\|IZH_UNNAMED\|IZH_ONLY_PATH' "$src" --include='*.c')
[ "$(echo "$files" | wc -l)" -ge 10 ] || fail 'too few files ask for it'
grep -rnE '__linux__|<linux/|sys/(prctl|inotify|sysinfo|epoll|eventfd|signalfd)\.h|O_TMPFILE|O_PATH' "$src" --include='*.[ch]' |
  grep -v '/base/system\.h:' >elsewhere
for file in $files; do
  [ "$(grep -c "^$file:" elsewhere)" -eq 0 ] || grep -q '^#ifn\?def IZH_LINUX\|^#if defined(IZH_LINUX)' "$file" || fail "$file asks for it everywhere"
  grep -v "^$file:" elsewhere >rest
  mv rest elsewhere
  said="$CC -DIZHLUA_PORTABLE $file"
  "$CC" -std=gnu11 -fsyntax-only -Wall -Wextra -Werror -D_GNU_SOURCE -DIZHLUA_PORTABLE -DIZHLUA_VERSION='"0"' -I"$src" \
    $(pkg-config --cflags lua5.4) "$file" >out 2>err || fail 'it does not compile'
done
said='what only Linux has'
[ ! -s elsewhere ] || fail "$(cat elsewhere)"
finish
