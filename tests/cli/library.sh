. "$(dirname "$0")/lib.sh"

# libizhlua as a program in C meets it: from an installed tree, by pkg-config.

"$CMAKE" --install "$BUILD" --prefix "$work/prefix" >out 2>err || fail 'cmake --install fails'
mv prefix moved # the whole can be moved
export PKG_CONFIG_PATH="$work/moved/lib/pkgconfig" LD_LIBRARY_PATH="$work/moved/lib"
izhlua_flags=$(pkg-config --cflags --libs izhlua)

# compile source.c…: as the reader of the example does
compile() {
  said="$CC $*"
  "$CC" "$@" -std=c11 -Wall -Wextra -Werror ${SANITIZE:+"-fsanitize=$SANITIZE"} -pthread $izhlua_flags -o program \
    >out 2>err || fail 'it does not compile'
}

# two networks in two threads, with the spikes of the same two in Lua
cat >what_if.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
local E, I = net:population("E", 40, "RS"), net:population("I", 10, "FS")
net:stimulate(E, izh.noise{ sd = 5 })
net:stimulate(I, izh.noise{ sd = 2 })
net:connect(E, net, { name = "excitation", rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
net:connect(I, net, { name = "inhibition", rule = "pairwise_bernoulli", p = 0.5, weight = -5 })
net:run(500)
local control = net:clone()
net.projections.inhibition:scale(3)
for _, one in ipairs{ { "control", control }, { "inhibition x 3", net } } do
  one[2]:run(500)
  print(("%s: %d spikes before 500 ms, %d after"):format(one[1], one[2]:spikes{ to = 500 }.size,
    one[2]:spikes{ from = 500 }.size))
end
END
run what_if.lua
status_is 0; mv out expected
compile "$work/moved/share/izhlua/examples/c/what_if.c"
./program >out 2>err
status=$?
status_is 0; err_is ''; out_is "$(cat expected)"

# every function that a header declares is there, and no symbol that is not ours
said='the symbols of libizhlua'
functions=$(sed -n 's/^[a-z].* \**\(izh_[a-z0-9_]*\)(.*/\1/p' $(find moved/include -name '*.h') | sort -u)
{
  echo '#include <izhlua.h>'
  echo 'typedef void any(void);'
  echo 'any *const functions[] = {'
  for function in $functions; do
    [ "$function" = izh_transfer ] || echo "  (any *)$function," # which is a type
  done
  echo '};'
  echo 'int main(void) { return !functions[0]; }'
} >all.c
compile all.c -Wno-cast-function-type
[ "$(echo "$functions" | wc -l)" -gt 100 ] || fail 'these are few functions'
for symbol in $(nm -D --defined-only "$work/moved/lib/libizhlua.so" | cut -d ' ' -f 3); do
  echo "$functions" | grep -qx "$symbol" || fail "$symbol is in no header"
done

finish
