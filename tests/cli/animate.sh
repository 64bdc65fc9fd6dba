. "$(dirname "$0")/lib.sh"

# Animations: nothing half-written, whenever it ends; and what the program says when one was not saved.
setup='local izh = require "izhlua"
local net = izh.network()
net:population("E", 100, "RS")
net:run(1000)'

script saved <<END
$setup
izh.animate(net, { every = 100 }):save("a.gif")
END
status_is 0; err_is ''
[ -s a.gif ] || fail 'there is no a.gif'
[ "$(tail -c 1 a.gif)" = ';' ] || fail 'a.gif has no end'

# Ctrl-C while frames are drawn
for name in wave.gif 'frame*.png'; do
  script stopped <<END
$setup
local animation = izh.animate(net, { every = 1, positions = function(id) return id, id end })
local frames, add = 0, debug.getregistry()["izhlua.require"] "izhlua.core"
local movie_add = add.movie_add
add.movie_add = function(...) frames = frames + 1 if frames == 3 then ctrl_c() end return movie_add(...) end
animation:save("$name")
END
  status_is 130; err_is 'stopped.lua:1: interrupted' # where ctrl_c is
  for file in wave.gif frame*.png .izhlua*; do [ ! -e "$file" ] || fail "$file is there"; done
done

# an old file stays
echo old >kept.gif
script kept <<END
$setup
local animation = izh.animate(net, { every = 1 })
ctrl_c()
animation:save("kept.gif")
END
status_is 130
[ "$(cat kept.gif)" = old ] || fail 'the old file is gone'

# a full disk
if [ -c /dev/full ]; then
  ln -s /dev/full full.gif
  script full <<END
$setup
izh.animate(net, { every = 500 }):save("full.gif")
END
  status_is 1; err_has 'full.lua:7: save: cannot write "full.gif": No space left on device'
fi

script unsaved <<END
$setup
izh.animate(net)
END
status_is 0
err_is 'izhlua: unsaved.lua:7: animate: the animation was not saved: animation:save("name.gif") does that'

# the example: the same bytes twice; as many frames as it says
cp "$EXAMPLES/figures/wave.lua" .
run wave.lua
status_is 0; err_is ''
mv wave.gif first.gif
run wave.lua
cmp -s wave.gif first.gif || fail 'wave.gif is not the same twice'
[ "$(wc -c <wave.gif)" -lt 300000 ] || fail 'wave.gif is large'

finish
