-- izh.explain.bursts: more networks whose bursts have a known cause, beside those of explain_bursts. Each claim of a report is confirmed by
-- an experiment that does not use its engine (by_hand.lua).
local izh = require "izhlua"
local check = require "check"
local by_hand = require "by_hand"
local equal, truth = check.equal, check.truth

local bernoulli = "pairwise_bernoulli"

-- Synapses that excite run out of resources.
local function depletion()
  local net = izh.network{ seed = 1 }
  local E = net:population("E", 80, { model = "lif", tau = 20, vr = -65, vt = -50, c = -60, refractory = 3 })
  net:connect(E, E, { name = "loop", rule = bernoulli, p = 0.4, weight = 12, delay = 1.5, synapse = "exp", tau = 3, stp = { U = 0.5, tau_rec = 500 } })
  net:stimulate(E, izh.noise{ mean = 11, sd = 9, name = "noise" })
  return net
end

-- Spikes of sources drive the cells, and nothing else does.
local function sources()
  local net = izh.network{ seed = 1 }
  local times = {}
  for k = 0, 4 do
    for j = 0, 5 do times[#times + 1] = 100 + 180 * k + 2 * j end
  end
  local S, E = net:population("S", 5, "spike_source", { times = times }), net:population("E", 40, "RS")
  net:connect(S, E, { name = "from outside", weight = 4, synapse = "exp", tau = 3 })
  net:connect(E, E, { name = "loop", rule = bernoulli, p = 0.3, weight = 0.05, synapse = "exp", tau = 3 })
  return net
end

-- Cells fire as they are released from a current that holds them down.
local function release()
  local net = izh.network{ seed = 1 }
  net:stimulate(net:population("T", 40, "TC"), izh.current{ amplitude = -20, width = 60, period = 250, from = 50, name = "hold" })
  return net
end

-- A population that inhibits is driven, and its own adaptation ends what it does; that of the others does not matter.
local function adaptation_of_I()
  local net = izh.network{ seed = 1 }
  local E, I = net:population("E", 30, "RS"), net:population("I", 30, { a = 0.01, b = 0.2, c = -55, d = 12 })
  net:connect(I, E, { name = "stop", rule = bernoulli, p = 0.3, weight = -0.2, synapse = "exp", tau = 5 })
  net:stimulate(I, izh.current{ amplitude = 9, width = 120, period = 300, from = 50, name = "pulses" })
  net:stimulate(E, izh.noise{ mean = 2, sd = 2, name = "noise" })
  return net
end

-- The same of the cells that excite: those that inhibit adapt, too, but do not end it.
local function adaptation_of_E()
  local net = izh.network{ seed = 1 }
  local E, I = net:population("E", 40, { a = 0.02, b = 0.2, c = -65, d = 30 }), net:population("I", 4, { a = 0.1, b = 0.2, c = -65, d = 2 })
  net:connect(E, E, { name = "loop", rule = bernoulli, p = 0.5, weight = 3, synapse = "exp", tau = 3 })
  net:connect(E, I, { name = "E to I", rule = bernoulli, p = 0.5, weight = 0.3, synapse = "exp", tau = 4 })
  net:connect(I, E, { name = "stop", rule = bernoulli, p = 0.5, weight = -0.01, synapse = "exp", tau = 5 })
  net:stimulate(E, izh.noise{ mean = 1.5, sd = 4, name = "noise" })
  return net
end

-- One burst that comes of the state in which the cells begin.
local function beginning(alone)
  local net = izh.network{ seed = 1 }
  local E = net:population("E", 40, "RS", not alone and { v0 = -40, u0 = -14 } or nil)
  net:connect(E, E, { name = "loop", rule = bernoulli, p = 0.3, weight = 0.5, synapse = "exp", tau = 3 })
  return net
end

-- What excites itself goes on until the script ends it.
local function ended_by(act)
  return function(alone)
    local net = izh.network{ seed = 1 }
    local E = net:population("E", 60, "RS", { d = 0.5 })
    net:connect(E, E, { name = "loop", rule = bernoulli, p = 0.4, weight = 0.8, synapse = "exp", tau = 10, delay = 1 })
    net:stimulate(E, izh.current{ amplitude = 20, from = 200, to = 210, name = "start" })
    if alone ~= "alone" and act then net:at(300, function(n) act(n.populations.E) end) end
    return net
  end
end

-- Nothing ends it: it is not over.
local endless = ended_by(nil)

-- Fluctuations light what excites itself.
local function fluctuations()
  local net = izh.network{ seed = 3 }
  local E = net:population("E", 60, "RS")
  net:connect(E, E, { name = "loop", rule = bernoulli, p = 0.4, weight = 2, synapse = "exp", tau = 3 })
  net:stimulate(E, izh.noise{ mean = 2, sd = 3, name = "noise" })
  return net
end

-- Two populations that inhibit each other in turn, each until it is tired.
local function escape()
  local net = izh.network{ seed = 1 }
  local cell = { a = 0.005, b = 0.2, c = -60, d = 3 }
  local A, B = net:population("A", 20, cell), net:population("B", 20, cell)
  net:connect(A, B, { name = "stop B", weight = -1, synapse = "exp", tau = 10 })
  net:connect(B, A, { name = "stop A", weight = -1, synapse = "exp", tau = 10 })
  net:stimulate(net, izh.current{ amplitude = 12, name = "drive" })
  net:stimulate(A, izh.current{ amplitude = 10, to = 20, name = "kick" })
  return net
end

for _, role in ipairs{ "E", "I" } do
  by_hand.switches["adaptation of " .. role] = function(net) net.populations[role]:set{ a = 0, d = 0 } end
end

-- The adaptation of one role makes bursts last, that of the other does not: as the report says, and by hand.
local function only(role, build)
  return function(b)
    for k = 1, b.examined do
      local seen = 0
      for _, part in ipairs(b[k].parts) do
        if part.list == "prolonged_by" and #part.set == 1 and part.factor == "adaptation" then
          equal(part.holds, part.part == "adaptation of " .. role, ("%s of burst %d"):format(part.part, k))
          local longer = by_hand.bursts_without(build, b, b[k].cut, { part.part }, b[k].onset, b[k].watched)[1]
          equal(longer.duration >= 1.5 * math.max(b[k].duration, 1), part.holds, part.part .. " by hand")
          seen = seen + 1
        end
      end
      equal(seen, 2, "parts")
    end
  end
end

-- A function of the script ended it, which no factor takes away: the report says that functions act in each run. Without it, it goes on.
local function by_the_script(b)
  equal(b[1].never_longer, true, "nothing that is cut makes it last")
  truth(b[1].duration < 110, "it ended at 300 ms")
  truth(tostring(b):gsub("%s+", " "):find("What functions of the script do is done in every run, and is never taken away", 1, true), tostring(b))
  local other = endless()
  other:run(500)
  truth(other:spikes{ from = 400 }.size > 100, "without it, it goes on")
end

local function not_over(b)
  equal(b[1].open, true, "it is not over")
  equal(#b[1].shortened_by, 0, "nothing keeps it up once it has begun but itself")
end

local networks = {
  { "depletion", depletion, 900, { abolished_by = "recurrent excitation", prolonged_by = "depletion" }, {} },
  { "sources", sources, 900, { abolished_by = "source S" }, {} },
  { "release", release, 700, { abolished_by = "stimulus hold", prolonged_by = "adaptation" }, {} },
  { "ended by adaptation of I", adaptation_of_I, 900, { abolished_by = "stimulus pulses", prolonged_by = "adaptation" }, {}, more = only("I", adaptation_of_I) },
  { "ended by adaptation of E", adaptation_of_E, 900, { abolished_by = "recurrent excitation", prolonged_by = "adaptation" }, {}, more = only("E", adaptation_of_E) },
  { "of the state", beginning, 300, { abolished_by = "state" }, { "prolonged_by" }, least = 1 },
  { "ended by a lesion", ended_by(function(E) E:silence() end), 500, { abolished_by = { "recurrent excitation", "stimulus start" } }, { "prolonged_by" }, least = 1, more = by_the_script },
  { "ended by a clamp", ended_by(function(E) E:clamp{ v = -70 } end), 500, { abolished_by = { "recurrent excitation", "stimulus start" } }, { "prolonged_by" }, least = 1, more = by_the_script },
  { "not ended", endless, 400, { abolished_by = { "recurrent excitation", "stimulus start" } }, {}, least = 1, more = not_over },
  { "lit by fluctuations", fluctuations, 900, { abolished_by = { "fluctuations", "recurrent excitation" }, prolonged_by = "adaptation" }, {} },
  { "half-centre that tires", escape, 400, { prolonged_by = "adaptation" }, {} },
}

truth(by_hand.explain_all(networks) > 150, "claims")
