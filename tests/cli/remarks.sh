. "$(dirname "$0")/lib.sh"

# What came to nothing is said at the end, with the line of the script; what came to something is not.
cat >figures.lua <<'END'
local izh = require "izhlua"
local net = izh.network{}
local E = net:population("E", 10, "RS")
net:run(10)
local figure = izh.figure{ izh.raster(net) }
local panel = izh.rate(net)
for i = 1, 3 do
  local one = izh.figure{ izh.raster(net) }
  if i == 2 then one:save("saved.svg") end
end
END
run figures.lua
status_is 0; out_is ''; err_is 'izhlua: figures.lua:5: figure: the figure was not saved: figure:save("name.pdf") does that
izhlua: figures.lua:6: rate: the panel is in no figure: izh.figure{ panel, … }:save("name.pdf") draws it'

cat >late.lua <<'END'
local izh = require "izhlua"
local function build()
  local net = izh.network{}
  return net, net:population("E", 10, "RS")
end
local net, E = build()
net:at(50, print)
net:every(20, print)
net:at(5, function() end)
net:every(2, function() end)
local during = net:record(E, "v")
local stopped = net:record(E, "v", { name = "stopped" })
stopped:stop()
net:run(10)
local after = net:record(E, "v")
local copy = net:clone()
for _, ms in ipairs{ 3, 30 } do
  local other = build()
  other:at(20, function() end)
  other:run(ms)
  other:close()
end
local idle = build()
idle:at(1, print)
END
run late.lua
status_is 0; out_is ''
err_is 'izhlua: late.lua:7: at: the function was not called: 50 ms was never reached, the network ran until 10 ms
izhlua: late.lua:8: every: the function was not called: 20 ms was never reached, the network ran until 10 ms
izhlua: late.lua:12: record: the recording has but the sample of that time: it began at 0 ms, and the network did not run after that
izhlua: late.lua:15: record: the recording has but the sample of that time: it began at 10 ms, and the network did not run after that
izhlua: late.lua:24: at: the function was not called: 1 ms was never reached, the network did not run'

cat >never.lua <<'END'
local izh = require "izhlua"
local net = izh.network{}
local E = net:population("E", 10, "RS")
net:stimulate(E, izh.current{ amplitude = 5, from = 500, to = 600 })
net:stimulate(E, izh.current{ amplitude = 5, from = 50, to = 60 })
net:connect(E, E, { rule = "pairwise_bernoulli", p = 1e-6, weight = 1 })
for _, p in ipairs{ 0, 1 } do net:connect(E, E, { rule = "pairwise_bernoulli", p = p, weight = 1 }) end
net:run(100)
END
run never.lua
status_is 0; out_is ''
err_is 'izhlua: never.lua:4: stimulate: the stimulus never acted: it begins at 500 ms, the network ran until 100 ms
izhlua: never.lua:6: connect: the projection has no synapses'

# Times that the run did not reach, or that had gone by; what was made after the last run, unless it is kept in a
# copy; no neurons.
cat >gone.lua <<'END'
local izh = require "izhlua"
local function build() local net = izh.network{} return net, net:population("E", 2, "RS") end
local net, E = build()
net:stimulate(E, izh.spike_train{ times = { 200, 300 }, weight = 20 })
net:stimulate(E, izh.spike_train{ times = { { 200 }, { 20 } }, weight = 20 })
net:stimulate(E, izh.spike_train{ times = {}, weight = 20 })
net:stimulate(E, izh.current{ times = { 500 }, values = { 10 } })
net:run(100)
net:stimulate(E, izh.spike_train{ times = { 20 }, weight = 20 })
net:stimulate(E, izh.current(10))
net:connect(E, E, { weight = 5 })
for _, keep in ipairs{ "clone", "snapshot", function(net) net:save("kept.izh") end } do
  local kept, A = build()
  kept:run(100)
  kept:stimulate(A, izh.current(10))
  kept:connect(A, A, { weight = 5 })
  if type(keep) == "string" then keep = kept[keep] end
  keep(kept)
end
izh.network{}:run(100)
for size = 0, 1 do
  local some = izh.network{}
  if size > 0 then some:population("E", size, "RS") end
  some:run(1)
end
END
run gone.lua
status_is 0; out_is ''
err_is 'izhlua: gone.lua:4: stimulate: the stimulus never acted: it begins at 200 ms, the network ran until 100 ms
izhlua: gone.lua:7: stimulate: the stimulus never acted: it begins at 500 ms, the network ran until 100 ms
izhlua: gone.lua:9: stimulate: the stimulus never acted: its times had gone by when it was applied
izhlua: gone.lua:10: stimulate: the stimulus never acted: it begins at 100 ms, the network ran until 100 ms
izhlua: gone.lua:11: connect: the projection carried nothing: it was made at 100 ms, and the network did not run after that
izhlua: gone.lua:20: network: it ran, and has no neurons'

# What acted before time went back has acted.
cat >back.lua <<'END'
local izh = require "izhlua"
local net = izh.network{}
local E = net:population("E", 10, "RS")
net:stimulate(E, izh.current{ amplitude = 10, from = 50 })
local start = net:snapshot()
net:run(100)
net:restore(start)
END
run back.lua
status_is 0; out_is ''; err_is ''

# A dimension of a sweep that makes no difference.
cat >idle.lua <<'END'
local izh = require "izhlua"
local over = { a = { 1, 2 }, b = { 1, 2, 3 } }
izh.sweep{ over = over, trials = 2, run = function(case) return { n = case.a, nan = 0 / 0 } end }
izh.sweep{ over = over, run = function(case) return { n = case.a + case.b } end }
izh.sweep{ over = { a = { 1 } }, run = function(case) return { n = 1 } end }
izh.trials{ n = 2, run = function(case) return { n = 1 } end }
END
run idle.lua
status_is 0; out_is ''
err_is 'izhlua: idle.lua:3: sweep of "b": its values made no difference to any result: does run use case.b?'

# ten at most
{
  cat figures.lua
  for i in $(seq 12); do echo "local f$i = izh.figure{ panel }"; done
} >many.lua
run many.lua
[ "$(wc -l <err)" -eq 11 ] || fail 'not eleven lines'
[ "$(tail -n 1 err)" = 'izhlua: and 3 more of this kind' ] || fail 'how many more there are'

# an error says enough, and the end of a script by os.exit is like any other
{
  cat figures.lua
  echo 'os.exit(3)'
} >fails.lua
run fails.lua
status_is 3; err_is ''
{
  cat figures.lua
  echo 'os.exit()'
} >ends.lua
run ends.lua
status_is 0; err_has 'ends.lua:5: figure: the figure was not saved'

# what runs in a process of its own, and what is tried at a prompt
cat >sweep.lua <<'END'
local izh = require "izhlua"
izh.sweep{
  over = { x = { 1, 2 } }, trials = 2,
  run = function(case)
    local net = izh.network{ seed = case.seed }
    net:at(50, print)
    net:run(10)
    return { size = net:spikes().size + case.x }
  end,
}
END
run sweep.lua
status_is 0; err_is ''
echo 'net = izh.network{} net:at(5, print)' | run -i
status_is 0; err_is ''
finish
