-- population:clamp, release and silence, of a whole population or a slice, now or scheduled.
local izh = require "izhlua"
local check = require "check"
local equal, list = check.equal, check.list

local function build()
  local net = izh.network{ seed = 2 }
  local E, I = net:population("E", 8, "RS"), net:population("I", 4, "FS")
  net:connect(E, I, { weight = 3, delay = 2 })
  net:stimulate(net, izh.noise{ mean = 4, sd = 5 })
  return net, E, I
end

for _, cell in ipairs{ "RS", "RS2007" } do
  if rawget(izh.cells, cell) then
    local net = izh.network{}
    local P = net:population("P", 3, cell)
    net:stimulate(P, izh.current(cell == "RS" and 15 or 300))
    P:slice(2, 3):clamp{ v = { -62, -58 } }
    list(P:get("clamped"), { 0, 1, 1 })
    net:run(300)
    list({ P:get("v")[2], P:get("v")[3] }, { -62, -58 })
    check.truth(net:spikes{ of = P:slice(1, 1) }.size > 0 and net:spikes{ of = P:slice(2, 3) }.size == 0, "only the free one")
    P:release()
    net:run(300)
    check.truth(net:spikes{ of = P:slice(2, 3), from = 300 }.size > 0, "released")
    list(P:get("clamped"), { 0, 0, 0 })
  end
end

do
  local net, E, I = build()
  net:at(100, function(n) n.populations.E:silence() end)
  net:at(200, function(n) n.populations.I:slice(1, 2):clamp() end)
  net:run(400)
  check.truth(net:spikes{ of = E, to = 100 }.size > 0 and net:spikes{ of = E, from = 100 }.size == 0, "silent")
  check.truth(net:spikes{ of = I, from = 200 }.size > 0 and net:spikes{ of = I:slice(1, 2), from = 200 }.size == 0, "clamped")
  list(E:get("lesioned"), { 1, 1, 1, 1, 1, 1, 1, 1 })
  list(I:get("clamped"), { 1, 1, 0, 0 })
  I:clamp{ v = izh.uniform(-70, -60) }
  net:run(10)
  check.truth(I:get("v")[1] ~= I:get("v")[2], "drawn")
  I{ 2 }:clamp{ v = function(i) return -50 - i end }
  equal(I:get("v")[2], -51.0)
  -- a lesion is undone: v and u go on from where they were
  E:slice(1, 4):clamp{ v = -60 }
  list(E:get("lesioned"), { 1, 1, 1, 1, 1, 1, 1, 1 }, "a clamp does not end a lesion")
  E{ 2, 7 }:release()
  list(E:get("lesioned"), { 1, 0, 1, 1, 1, 1, 0, 1 })
  local v, before = E:get("v"), net.time
  net:run(100)
  for _, k in ipairs{ 1, 3, 4, 5, 6, 8 } do equal(E:get("v")[k], v[k]) end
  check.truth(net:spikes{ of = E{ 2, 7 }, from = before }.size > 0 and net:spikes{ of = E, from = before }.size ==
    net:spikes{ of = E{ 2, 7 }, from = before }.size, "the released ones alone fire")
  E:release()
  net:run(100)
  check.truth(#net:spikes{ of = E, from = before + 100 }:silent() == 0, "all fire")
  equal(check.message(function() E:release() end),
    'release: no neuron of this population "E" is clamped or silenced: there is nothing to release')
  I:release()
  equal(check.message(function() I:slice(1, 2):release() end), 
    'release: no neuron of this slice of population "I" is clamped or silenced: there is nothing to release')
end

local function env()
  local net, E = build()
  return setmetatable({ net = net, E = E }, { __index = setmetatable({ izh = izh }, { __index = _G }) })
end
local victim, control = env(), env()
check.errors([==[

E.clamp{ v = 3 }
  clamp: must be called on a population, with a colon: E:clamp(…) (got a table)
E:clamp(-65)
  clamp: options must be a table (got -65)
E:clamp{ V = -65 }
  clamp: unknown option "V" (did you mean "v"?)
E:clamp{ v = 30 }
  clamp: v of neuron 1 must be above -1000 and below its peak of 30 mV (got 30)
E:clamp{ v = { 1, 2 } }
  clamp: v must have 8 numbers (got an array of 2)
E:clamp{ v = "x" }
  clamp: v must be a number, a distribution, an array or a function (got "x")
E:clamp({ v = -65 }, 3)
  clamp: 1 argument too many
E:release(3)
  release: 1 argument too many
E:silence(true)
  silence: 1 argument too many
E.silence()
  silence: must be called on a population, with a colon: E:silence(…) (got nothing)
E:get("lesion")
  get: unknown quantity "lesion" (did you mean "lesioned"?)]==], victim, control, function(e) e.net:run(5) end)
equal(check.spikes(victim.net), check.spikes(control.net), "spikes after the errors")
