. "$(dirname "$0")/lib.sh"

# How many threads there are: no more than processors, than --threads says, than a sweep has workers.

# The network and the measures are large enough for several threads; its synapses are made by several, too.
cat >threads.lua <<'END'
local izh = require "izhlua"

function count_threads(process)
  local file = io.open("/proc/" .. process .. "/status")
  return file and tonumber(file:read("a"):match("Threads:%s*(%d+)")) or 0
end

function work(options, watch)
  local net = izh.network(options)
  local E = net:population("E", 13000, "RS")
  net:connect(E, E, { rule = "fixed_outdegree", n = 40, weight = 0.1 })
  watch()
  net:stimulate(E, izh.noise{ sd = 9 })
  net:at(5, watch)
  net:run(20)
  watch()
  local s = net:spikes{ of = E:slice(1, 100) }
  for _, measure in ipairs{ "correlation_coefficient", "victor_purpura_distance", "spike_distance" } do
    s[measure](s)
    watch()
  end
  return net
end
END
cat >one.lua <<'END'
dofile "threads.lua"
local most = 0
work({}, function() most = math.max(most, count_threads "self") end)
print(most)
END
run --threads 3 one.lua
status_is 0; out_is 3
run --threads 1 one.lua
status_is 0; out_is 1
processor=$(sed -n 's/^Cpus_allowed_list:[^0-9]*\([0-9]*\).*/\1/p' /proc/self/status)
taskset -c "$processor" "$IZHLUA" one.lua >out 2>err
status=$?
said="taskset -c $processor izhlua one.lua"
status_is 0; out_is 1

# In a sweep all workers together, while the program itself only waits; also with a network of more threads, which it
# has used before.
cat >sweep.lua <<'END'
dofile "threads.lua"
local izh = require "izhlua"
local parent = io.open("/proc/self/stat"):read("a"):match("^%d+")
local before = work({ threads = 3 }, function() end)
assert(count_threads "self" == 3)

local function count_workers()
  local sum = 0
  for child in io.open("/proc/" .. parent .. "/task/" .. parent .. "/children"):read("a"):gmatch("%d+") do
    sum = sum + count_threads(child)
  end
  return sum
end

local result = izh.sweep{
  over = { k = { 1, 2, 3, 4, 5, 6 } }, workers = 2,
  run = function()
    local most = 0
    local function watch() most = math.max(most, count_workers()) end
    work({}, watch)
    before:run(5)
    watch()
    return { of_workers = most, of_parent = count_threads(parent) }
  end,
}
result:save("threads.csv")
END
run sweep.lua
status_is 0
[ "$(tail -n +2 threads.csv | cut -d , -f 4- | sort | tail -n 1)" = 1,2 ] ||
  fail "threads of program and workers: $(cat threads.csv)"

finish
