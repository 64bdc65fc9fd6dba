# Part of mpi.sh. net:profile() is the same on all ranks, and says how long they wait for the slowest.

cat >profile.lua <<'END'
dofile "which.lua"
local izh = require "izhlua"
local function build(size)
  local net = izh.network{ seed = 1 }
  local A = net:population("A", size or 400, "E2003")
  net:connect(A, A, { rule = "fixed_outdegree", n = 5, weight = 1 })
  net:stimulate(A, izh.noise{ sd = 5 })
  return net
end
-- ranks meet at a call with its arguments: they would end here if these were not the same
local function compare(net, p)
  local numbers = { p.imbalance, p.bytes.total, p.exchanged_bytes, p.timed_steps, p.threads }
  for _, ms in pairs(p.ms) do numbers[#numbers + 1] = ms end
  for _, x in ipairs(numbers) do pcall(net.stimulate, net, x) end
  pcall(net.stimulate, net, tostring(p))
end

if ... then -- ranks with other numbers of threads
  local net = build(20000)
  net:run(20)
  local p = net:profile()
  compare(net, p)
  assert(p.threads == 2)
  return
end

local net = build()
net:run(200)
local p = net:profile()
compare(net, p)
assert(p.ranks == 2 and p.imbalance >= 1 and p.imbalance <= 2)
assert(p.steps == 400 and p.exchanged_bytes >= 400 * 2 * 64 + 4 * p.spikes) -- both ranks tell theirs
local sum = 0
for phase, ms in pairs(p.ms) do sum = sum + (phase == "total" and 0 or ms) end
assert(math.abs(sum - p.ms.total) <= 1e-9 * p.ms.total and p.ms.exchange > 0)
assert(tostring(p):find "on 2 ranks of 1 thread\n" and tostring(p):find "byte of all ranks %(%d+%)\n")

-- the second rank does more than the first, which waits. Another program may take the processor at any time: one of
-- some runs shows it
net = build()
local busy, mine = 0, rank()
net:every(1, function()
  for i = 1, mine * 3000000 do busy = busy + i end
end)
for try = 1, 10 do
  net:run(15)
  p = net:profile()
  compare(net, p)
  if p.imbalance > 1.3 and p.ms.waiting > 0.2 * p.ms.total then break end
  assert(try < 10, "no imbalance is seen")
end
END
IZHLUA_NEURONS_A_RANK=64 mpi 2 --threads 1 profile.lua
status_is 0; err_is ''; out_is ''
mpi 1 --threads 1 profile.lua threads : -n 1 "$IZHLUA" --threads 2 profile.lua threads
status_is 0; err_is ''; out_is ''

# without ranks there is nothing of it
cat >alone.lua <<'END'
local izh = require "izhlua"
local net = izh.network{}
net:population("A", 10, "E2003")
net:run(10)
local p = net:profile()
assert(p.ranks == nil and p.imbalance == nil and p.exchanged_bytes == nil and not tostring(p):find "rank")
END
run alone.lua
status_is 0; err_is ''
