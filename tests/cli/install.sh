. "$(dirname "$0")/lib.sh"

said='cmake --install'
"$CMAKE" --install "$BUILD" --prefix "$work/first" >out 2>err || fail 'it fails'
[ -e first/share/doc/izhlua/copyright ] || fail 'there is no copyright'

# the whole can be moved, and be run from anywhere, also through a link
mkdir 'another place'
mv first 'another place/prefix'
IZHLUA="$work/another place/prefix/bin/izhlua"
cd / && said='the moved program' || exit 1
"$IZHLUA" -e 'print(require "izhlua".version)' >"$work/out" 2>"$work/err"
status=$?
cd "$work" || exit 1
status_is 0; out_is "$VERSION"
ln -s "$IZHLUA" link
IZHLUA=$work/link
run -e 'print(require "izhlua".version)'
status_is 0; out_is "$VERSION"

if [ -e "$BUILD/lib/izhlua/hdf5.so" ]; then
  run -e 'require "izhlua".spikes{ times = { 1 } }:save("x.h5")'
  status_is 0; [ -s x.h5 ] || fail 'there is no x.h5'
fi

# so does what draws, which is loaded when a script first needs it; without it, all else works
cat >figure.lua <<'END'
local net = require "izhlua".network{}
net:population("E", 10, "RS")
net:run(10)
net:raster "figure.pdf"
END
run figure.lua
status_is 0; [ -s figure.pdf ] || fail 'there is no figure.pdf'
rm 'another place/prefix/lib/izhlua/figure.so'
run figure.lua
status_is 1
err_has "figure.lua:4: raster: cannot load the module that draws figures: $work/another place/prefix/lib/izhlua/figure.so: \
cannot open shared object file: No such file or directory"
run -e 'local net = require "izhlua".network{} net:population("E", 10, "RS") net:run(10) print(net.time)'
status_is 0; out_is 10.0

# without its Lua files it says what is missing; and still tells its version
rm -r 'another place/prefix/share/izhlua/lua'
run -e 'print(1)'
status_is 1; out_is ''
err_is "izhlua: the Lua part of this program is missing: $work/another place/prefix/share/izhlua/lua/izhlua/init.lua: \
No such file or directory"
run --version
status_is 0

finish
