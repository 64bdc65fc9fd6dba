-- luarocks make: require "izhlua" in a Lua 5.4 of one's own. What it is built with is in scripts/setup.sh.
rockspec_format = "3.0"
package = "izhlua"
version = "0.1.0-1"
source = { url = "." } -- luarocks make, in a checkout
description = {
  summary = "Experiments on networks of Izhikevich neurons",
  detailed = "Networks of spiking neurons, what-if experiments, and figures for a paper.",
  license = "MIT",
}
dependencies = { "lua ~> 5.4" }
build = {
  type = "command",
  build_command = "cmake -S . -B build/rock -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF && cmake --build build/rock -j",
  -- The tree stays whole in the rock, since the module finds its Lua files beside it; what Lua finds only loads it.
  install_command = "cmake --install build/rock --prefix '$(PREFIX)/tree' && mkdir -p '$(LUADIR)' && "
    .. "printf 'return package.loadlib([[%s/tree/lib/lua/5.4/izhlua.so]], \"luaopen_izhlua\")(...)\\n' '$(PREFIX)' "
    .. "> '$(LUADIR)/izhlua.lua'",
}
