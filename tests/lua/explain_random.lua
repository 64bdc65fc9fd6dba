-- izh.explain of random networks: each sentence of the reports is checked by an experiment that does not use their engine (by_hand.lua,
-- and below for silence). NETWORKS=100 SEED=1 izhlua explain_random.lua prints how many were checked.
local izh = require "izhlua"
local check = require "check"
local by_hand = require "by_hand"
local core = check.own "izhlua.core"

local NETWORKS = math.tointeger(tonumber(os.getenv "NETWORKS")) or 3
local SEED = math.tointeger(tonumber(os.getenv "SEED")) or 4
local LOUD = os.getenv "NETWORKS" ~= nil

local checked, refuted, counts = 0, 0, {}

local function claim(kind, holds, what, ...)
  checked = checked + 1
  counts[kind] = (counts[kind] or 0) + 1
  if not holds then
    refuted = refuted + 1
    print(("refuted (%s): "):format(kind) .. what:format(...))
  end
end

-- Networks -------------------------------------------------------------------------------------------------------------

-- Kinds of cells: excitatory, inhibitory; by what weights and currents are multiplied.
local kinds = {
  { "RS", "FS", 1 }, { "E2003", "I2003", 1 }, { "CH", "LTS", 1 }, { "RS2007", "FS2007", 22 },
}
local synapses = { "exp", "pulse", "delta", "conductance" }
local T = 600

-- A function that makes the network of a number, and its description.
local function draw(number)
  math.randomseed(SEED, number)
  local function uniform(a, b) return a + (b - a) * math.random() end
  local function spread(a, b) return a * (b / a) ^ math.random() end
  local kind, synapse = kinds[math.random(#kinds)], synapses[math.random(#synapses)]
  local size = math.floor(spread(20, 200))
  local nE = math.max(10, math.floor(size * uniform(0.6, 0.9)))
  local nI, p = size - nE, uniform(0.2, 0.6)
  local options = { rule = "pairwise_bernoulli", p = p, synapse = synapse, delay = math.random(0, 3) }
  if synapse == "exp" or synapse == "conductance" then options.tau, options.synapse = spread(2, 15), "exp" end
  local scale = (synapse == "delta" and 0.5 or options.tau and 4 / options.tau or 2) * (synapse == "delta" and 1 or kind[3])
  local per = scale / (nE * p)
  local ee, ei, ie, ii = per * spread(4, 80), per * spread(4, 40), -per * spread(2, 80), -per * spread(1, 20)
  local tau_inh = spread(3, 40)
  local drive, sd, every = uniform(-1, 5) * kind[3], spread(1, 6) * kind[3], ({ 1, 1, 10, 50 })[math.random(4)]
  local pulses, poisson, seed = math.random() < 0.4, math.random() < 0.3, math.random(1, 1e6)
  return function()
    local net = izh.network{ seed = seed }
    local E, I = net:population("E", nE, kind[1]), net:population("I", nI, kind[2])
    local function wire(pre, post, name, weight, tau)
      local copy = { name = name, weight = weight }
      for key, value in pairs(options) do copy[key] = value end
      if copy.tau then copy.tau = tau or copy.tau end
      if synapse == "conductance" then copy.reversal, copy.weight = weight > 0 and 0 or -80, weight > 0 and weight / 60 or -weight / 20 end
      net:connect(pre, post, copy)
    end
    wire(E, E, "loop", ee)
    wire(E, I, "E to I", ei)
    wire(I, E, "stop E", ie, tau_inh)
    wire(I, I, "stop I", ii, tau_inh)
    net:stimulate(E, izh.noise{ mean = drive, sd = sd, every = every, name = "noise" })
    net:stimulate(I, izh.noise{ sd = sd / 2, name = "noise of I" })
    if pulses then
      net:stimulate(E:slice(1, nE // 2), izh.current{ amplitude = 15 * kind[3], width = 8, period = 150, from = 60, name = "pulses" })
    end
    if poisson then net:stimulate(E, izh.poisson{ rate = 300, weight = 2 * kind[3], synapse = "exp", tau = 3, name = "poisson" }) end
    return net
  end, ("%s, %s, %d + %d, ee %.3g ei %.3g ie %.3g ii %.3g, drive %.3g sd %.3g every %g%s%s, seed %d"):format(
    kind[1], synapse, nE, nI, ee, ei, ie, ii, drive, sd, every, pulses and ", pulses" or "", poisson and ", poisson" or "", seed)
end

-- Bursts ---------------------------------------------------------------------------------------------------------------

for _, role in ipairs{ "E", "I" } do
  by_hand.switches["recurrent inhibition onto " .. role] = function(net) net.projections["stop " .. role]:disable() end
  by_hand.switches["adaptation of " .. role] = function(net) net.populations[role]:set{ a = 0, d = 0 } end
end

local function text(set) return #set == 0 and "nothing" or table.concat(set, ", ") end

local function without(set, name, instead)
  local rest = {}
  for _, one in ipairs(set) do
    if one ~= name then rest[#rest + 1] = one elseif instead then rest[#rest + 1] = instead end
  end
  return rest
end

-- What a run from just before says of a burst: "gone", "longer", "shorter", "as long" or "unsure", as docs/explain.md has it.
local function judge(b, burst, near, normal)
  if near == "void" then return "void" end
  if not near then return "gone" end
  local function endless(one) return one.stop > burst.watched - b.bursts.bin - b.bursts.min_gap end
  if endless(normal) then return "unsure" end
  local before, after = math.max(normal.duration, 1), math.max(near.duration, 1)
  if after >= 1.5 * before then return "longer" end
  if endless(near) then return "unsure" end
  return after * 1.5 <= before and "shorter" or "as long"
end

-- The share of each name in that a burst comes: what it adds, on the average over all orders in which names are put back.
local function shares_of(names, near)
  local known, shares, orders = {}, {}, 0
  for _, name in ipairs(names) do shares[name] = 0 end
  local function comes(kept) -- a number of bits
    if known[kept] == nil then
      local set = {}
      for i, name in ipairs(names) do set[#set + 1] = kept >> (i - 1) & 1 == 0 and name or nil end
      known[kept] = near(set) and 1 or 0
    end
    return known[kept]
  end
  local function put_back(kept)
    if kept == (1 << #names) - 1 then orders = orders + 1 end
    for i, name in ipairs(names) do
      local bit = 1 << (i - 1)
      if kept & bit == 0 then
        local rest = 1 -- orders that begin so
        for n = 2, #names - by_hand.count_bits(kept) - 1 do rest = rest * n end
        shares[name] = shares[name] + rest * (comes(kept | bit) - comes(kept))
        put_back(kept | bit)
      end
    end
  end
  put_back(0)
  for _, name in ipairs(names) do shares[name] = shares[name] / orders end
  return shares
end

-- Each name alone, and all.
local function some_sets(names)
  local sets = { names }
  for _, name in ipairs(names) do sets[#sets + 1] = { name } end
  return sets
end

-- Sentences about one burst.
local function check_burst(name, build, b, k)
  local burst = b[k]
  local strays -- of the network as it is
  local function near(set, redraw)
    local ok, list, strayed = pcall(by_hand.bursts_without, build, b, burst.cut, set, burst.onset, burst.watched, redraw)
    strays = strays or strayed
    if not ok or strayed > 0 and strays == 0 then return "void" end
    return by_hand.first_before(list, burst.limit)
  end
  local normal = near{}
  local function says(kind, set, word, wanted)
    local is = judge(b, burst, near(set), normal)
    claim(kind, (is == word) == wanted, "%s: burst %d is said to be %s without %s: %s; it is %s", name, k, word, text(set), wanted, is)
  end
  for _, list in ipairs{ { burst.cuts.before, "gone" }, { burst.prolonged_by, "longer" }, { burst.shortened_by, "shorter" } } do
    for _, set in ipairs(list[1]) do
      says(list[2], set, list[2], true)
      for _, one in ipairs(set) do
        if #set > 1 then says(list[2] .. ", minimal", without(set, one), list[2], false) end
      end
    end
  end
  for _, part in ipairs(burst.parts) do
    local word = ({ abolished_by = "gone", prolonged_by = "longer", shortened_by = "shorter" })[part.list]
    says("parts", without(part.set, part.factor, part.part), word, part.holds)
  end
  for _, one in ipairs(burst.enough) do
    claim("enough", near(without(burst.factors, one)) and not near(burst.factors), "%s: burst %d, %s is enough", name, k, one)
  end
  for _, one in ipairs(burst.factors) do
    local alone, got = burst.alone[one], near{ one }
    if not alone.void then
      claim("table", alone.what == (got and "comes" or "gone") and (not got or math.abs(got.duration - alone.duration) < 1e-9),
        "%s: burst %d, alone without %s: %s, %s ms, not %s", name, k, one, alone.what, alone.duration, got and got.duration)
    end
  end
  local came = 0
  for redraw = 1, burst.redraws do
    local got = near({}, redraw)
    came = came + (got and got ~= "void" and 1 or 0)
  end
  claim("other noise", came == burst.came, "%s: burst %d came %d times, not %d", name, k, came, burst.came)
  if burst.shares then
    local sum = (near{} and 1 or 0) - (near(burst.factors) and 1 or 0)
    claim("shares", math.abs(sum - burst.shares_sum) < 1e-9, "%s: burst %d, sum of shares", name, k)
    if k == 1 and #burst.factors <= 7 then
      local shares = shares_of(burst.factors, near)
      for one, share in pairs(burst.shares) do
        claim("shares", math.abs(share - shares[one]) < 1e-9, "%s: burst %d, the share of %s is %g, not %g", name, k, one, shares[one], share)
      end
    end
  end
  for _, set in ipairs(burst.always_comes and some_sets(burst.factors) or {}) do
    claim("comes whatever is cut", near(set), "%s: burst %d comes whatever is cut, also without %s", name, k, text(set))
  end
  for _, set in ipairs(burst.never_longer and some_sets(burst.factors) or {}) do
    says("never longer", set, "longer", false)
  end
end

-- Sets without which the rate stays up from before, when cut before the burst before or at the start: with each noise from one of these.
local function check_merged(name, build, b, k, redraws)
  local burst = b[k]
  for _, set in ipairs(burst.merged_by) do
    local holds = false
    for _, cut in ipairs{ b[k - 1], { cut = b.from, onset = b.from } } do
      local all = true
      for redraw = 0, redraws do
        local merged = false
        local ok, list = pcall(by_hand.bursts_without, build, b, cut.cut, set, cut.onset, burst.high + 2 * b.bursts.bin, redraw)
        for _, one in ipairs(ok and list or {}) do -- else a state ran away: of that cut nothing is said
          if one.onset >= burst.low and one.onset <= burst.high then break end
          merged = merged or one.onset < burst.low and one.stop >= burst.onset
        end
        all = all and merged
      end
      holds = holds or all
    end
    claim("merged", holds, "%s: burst %d, the rate stays up without %s", name, k, text(set))
  end
end

-- Sentences about what only an early cut does, with the network's noise and with others.
local function check_early(name, build, b, k, redraws)
  local burst = b[k]
  for _, cut in ipairs{ { "previous", b[k - 1] }, { "start", { cut = b.from, onset = b.from } } } do
    for _, set in ipairs(burst.cuts[cut[1]]) do
      for redraw = 0, redraws do
        local list = by_hand.bursts_without(build, b, cut[2].cut, set, cut[2].onset, burst.high + 2 * b.bursts.bin, redraw)
        local there = false
        for _, one in ipairs(list) do
          there = there or one.onset >= burst.low and one.onset <= burst.high or one.onset < burst.low and one.stop >= burst.onset
        end
        claim("gone early", not there, "%s: burst %d, cut %s, without %s (noise %d)", name, k, cut[1], text(set), redraw)
      end
    end
  end
end

-- Does a neuron fire within 1 s of a constant current, after 1 s alone; slowly: in 10 s, in the first half of which the current rises to it.
-- nil when its state runs away.
local function fires_alone(build, id, current, slowly)
  local net = build()
  local cell, population = core.cell(net, id)
  cell.v0, cell.u0 = nil, nil
  local alone = izh.network{ dt = net.dt, integrator = core.scheme(net).integrator }
  local X = alone:population(population, 1, cell)
  if slowly then
    alone:stimulate(X, izh.current{ start = math.min(0, 2 * current), stop = current, to = 5000 })
    alone:stimulate(X, izh.current{ amplitude = current, from = 5000 })
  else
    alone:stimulate(X, izh.current{ amplitude = current, from = 1000 })
  end
  local first = slowly and 0 or 1000
  local ok = pcall(function() alone:run_until(function() return alone.time > first and alone:spikes{ from = first }.size > 0 end, { max = slowly and 10000 or 2000 }) end)
  if not ok then return nil end
  return alone:spikes{ from = first }.size > 0
end

-- Of the mean input alone a cell rests, or fires. That it gets this mean is found by a recording.
local function check_theory(name, build, b)
  for _, one in ipairs(b.theory and b.theory.balance or {}) do
    local net, sum = build(), 0
    local population = net.populations[one.population]
    local recording = net:record(population, "i", { every = net.dt })
    net:run(T)
    for k = 1, population.size do
      local values = recording:values("i", k)
      sum = sum + values:sum() - values[1] -- the first is of time 0
    end
    local mean = sum / (T / net.dt) / population.size
    claim("balance", math.abs(mean - one.mean) < 1e-6 * math.max(1, math.abs(mean)), "%s: %s gets %g, not %g", name, one.population, mean, one.mean)
    local id = math.tointeger(population.ids[1])
    if one.mean < one.low then claim("balance", not fires_alone(build, id, mean, true), "%s: %s rests at %g", name, one.population, mean) end
    if one.mean > one.high then claim("balance", fires_alone(build, id, mean, true), "%s: %s fires at %g", name, one.population, mean) end
  end
end

local function check_bursts(name, build)
  local net = build()
  net:run(T)
  local b = izh.explain.bursts(net, { most = 3, redraws = 2 })
  claim("trusted", b.trusted, "%s: run again", name)
  check_theory(name, build, b)
  for k = 1, b.examined do
    local burst = b[k]
    local s = net:spikes{ from = burst.onset - net.dt / 2, to = math.min(net.time, burst.stop + net.dt / 2) }
    claim("table", s.size == burst.spikes, "%s: burst %d has %d spikes, not %d", name, k, s.size, burst.spikes)
    if not burst.void then
      check_burst(name, build, b, k)
      check_early(name, build, b, k, 2)
      check_merged(name, build, b, k, 2)
    end
  end
  return b.size
end

-- Silence --------------------------------------------------------------------------------------------------------------

-- The currents that each stimulus gives to a neuron, step by step, as it is, or at its mean.
local function currents_of(build, id, mean)
  local net = build()
  if mean then
    for _, stimulus in ipairs(net.stimuli) do core.calm(stimulus) end
  end
  for _, projection in ipairs(net.projections) do projection:disable() end -- no cell can then go where it diverges
  local place, got = {}, {}
  for _, stimulus in ipairs(net.stimuli) do
    for k, one in ipairs(core.stimulus(stimulus).neurons) do
      if one == id then place[stimulus.name], got["stimulus " .. stimulus.name] = k, {} end
    end
  end
  net:every(net.dt, function()
    for name, k in pairs(place) do
      local list = got["stimulus " .. name]
      list[#list + 1] = net.stimuli[name]:get("current")[k]
    end
  end)
  net:run(T)
  return got
end

-- Of every synapse that ends at a neuron, the weight is multiplied by a factor, for excitation or inhibition; nothing comes from the neuron.
local function weigh(net, id, exc, inh)
  for _, projection in ipairs(net.projections) do
    local weights = {}
    for pre, post, weight in projection:synapses() do
      weights[#weights + 1] = pre == id and 0 or post == id and weight * (projection.name:find("^stop") and inh or exc) or weight
    end
    if #weights > 0 then projection:set("weight", weights) end
  end
end

-- Does a neuron fire when something is changed for it alone. change: { set = names, exc =, ext = factors, more = a current }.
local function fires(build, id, change)
  local net, has, grid, more = build(), {}, {}, {}
  for _, name in ipairs(change.set or {}) do has[name] = true end
  weigh(net, id, has["recurrent excitation"] and 0 or change.exc or 1, has["recurrent inhibition"] and 0 or 1)
  local mean = has.fluctuations and currents_of(build, id, true)
  for name, list in pairs((has.fluctuations or change.ext or change.set) and currents_of(build, id) or {}) do
    for k, value in ipairs(list) do
      local wanted = has.fluctuations and mean[name][k] or value
      if change.ext then wanted = value + (change.ext - 1) * math.max(value, 0) end
      if has[name] or has[name .. "+"] and value > 0 or has[name .. "-"] and value < 0 then wanted = 0 end
      more[k], grid[k] = (more[k] or 0) + wanted - value, (k - 1) * net.dt
    end
  end
  local _, population, place = core.cell(net, id)
  local one = net.populations[population]{ place }
  if #grid > 0 then net:stimulate(one, izh.current{ times = grid, values = more, name = "changed" }) end
  if change.more then net:stimulate(one, izh.current{ amplitude = change.more, name = "more" }) end
  if has.state then
    local rest = build()
    for _, projection in ipairs(rest.projections) do projection:disable() end
    for _, stimulus in ipairs(rest.stimuli) do stimulus:stop() end
    rest:run(1000)
    local same = rest.populations[population]{ place }
    one:set{ v = same:get("v")[1], u = same:get("u")[1] }
  end
  local outcome
  net:every(net.dt, function() -- what comes first: a spike, or v where the scheme is unstable
    local _, strays = core.strayed(net)
    for _, stray in ipairs(outcome == nil and strays or {}) do if stray == id then outcome = "void" end end
    if outcome == nil and net:spikes{ of = one, from = net.time - net.dt }.size > 0 then outcome = true end
  end)
  local ran = pcall(net.run, net, T)
  if outcome == nil then return not ran and "void" end
  return outcome
end

local function check_rheobase(name, build, one)
  local id, rheobase, steady = one.neuron, one.rheobase, one.steady_rheobase
  if rheobase > 0 and rheobase < math.huge then
    claim("rheobase", fires_alone(build, id, rheobase), "%s: neuron %d fires at %g", name, id, rheobase)
    claim("rheobase", not fires_alone(build, id, rheobase / 1.0011), "%s: neuron %d does not fire below %g", name, id, rheobase)
  end
  if steady then
    local scale = math.max(0.02 * math.abs(steady), one.model == "izhikevich2007" and 1 or 0.05)
    claim("steady rheobase", fires_alone(build, id, steady + 2 * scale, true), "%s: neuron %d fires slowly above %g", name, id, steady)
    claim("steady rheobase", not fires_alone(build, id, steady - scale, true), "%s: neuron %d rests below %g", name, id, steady)
  end
end

local function check_silent(name, build, one)
  local id = one.neuron
  local function says(kind, change, wanted, what)
    local got = fires(build, id, change)
    claim(kind, got == wanted or got == "void" and not wanted, "%s: neuron %d (%s), %s", name, id, one.verdict, what)
  end
  says("silent", {}, false, "as it is")
  for k, set in ipairs(one.fires_with) do
    says("fires without", { set = set }, true, "without " .. text(set))
    for _, part in ipairs(set) do
      if #set > 1 then says("fires without, minimal", { set = without(set, part) }, false, "without " .. text(set) .. " less " .. part) end
    end
    if one.needs_fluctuations[k] then
      local more = without(set)
      more[#more + 1] = "fluctuations"
      says("needs fluctuations", { set = more }, false, "without " .. text(more))
    end
  end
  -- factors are right to 1 %: they fire with it, and not with 1 % less
  if one.factor then
    says("excitation ×", { exc = one.factor }, true, "excitation × " .. one.factor)
    says("excitation ×, least", { exc = one.factor / 1.01 }, false, "excitation × less than " .. one.factor)
  end
  if one.ext_factor then
    says("external ×", { ext = one.ext_factor }, true, "external × " .. one.ext_factor)
    says("external ×, least", { ext = one.ext_factor / 1.01 }, false, "external × less than " .. one.ext_factor)
  end
  if one.factor_down then says("excitation ×", { exc = one.factor_down }, true, "excitation × " .. one.factor_down) end
  if one.ext_factor_down then says("external ×", { ext = one.ext_factor_down }, true, "external × " .. one.ext_factor_down) end
  if one.more then says("a current", { more = one.more }, true, "a current of " .. one.more) end
  if one.verdict == "underdriven" then
    claim("underdriven", #one.fires_with == 0 and (one.factor or one.ext_factor or one.more), "%s: neuron %d", name, id)
  end
end

local function check_silence(name, build)
  local net = build()
  net:run(T)
  local e = izh.explain.silence(net)
  claim("trusted", e.trusted, "%s: run again", name)
  for k = 1, #e, math.max(1, #e // 3) do -- some
    claim("reproduced", e[k].verdict ~= "not reproduced", "%s: neuron %d is not reproduced", name, e[k].neuron)
    check_silent(name, build, e[k])
    check_rheobase(name, build, e[k])
  end
  return e.size
end

-- Inhibition -----------------------------------------------------------------------------------------------------------

local measures = {
  rate = function(s) return s:mean_firing_rate() end, cv = function(s) return s:cv() end, chi = function(s) return s:synchrony() end,
  silent = function(s, net) return 100 * #s:silent() / net.size end,
}

-- A measure at a strength, with other noise.
local function measured(build, strength, redraw, measure)
  local net = build()
  for _, projection in ipairs(net.projections) do
    if projection.name:find("^stop") then projection:scale(strength) end
  end
  core.redraw(net, redraw)
  net:run(T)
  return measure(net:spikes{ from = T / 4 }, net)
end

-- Of fresh trials: the mean difference between two strengths, and its standard error.
local function difference(build, a, b, measure)
  local n, sum, squares = 0, 0, 0
  for trial = 1, 8 do
    local d = measured(build, b, 5000 + trial, measure) - measured(build, a, 5000 + trial, measure)
    if d == d then n, sum, squares = n + 1, sum + d, squares + d * d end
  end
  return sum / n, math.sqrt(math.max(0, squares / n - (sum / n) ^ 2) / math.max(n - 1, 1))
end

local function check_inhibition(name, build)
  local net = build()
  net:run(T)
  local strengths = { 0, 1, 3 }
  local e = izh.explain.inhibition(net, { strengths = strengths, trials = 6 })
  for _, row in ipairs(e.sweep.rows) do
    for key, measure in pairs(row.trial <= 2 and measures or {}) do
      local got = measured(build, row.inhibition, row.trial - 1, measure)
      claim("table of inhibition", got == row[key] or got ~= got and row[key] ~= row[key], "%s: %s at ×%g, trial %d: %g, not %g", name, key,
        row.inhibition, row.trial, got, row[key])
    end
  end
  for key, measure in pairs(measures) do
    local trend = e.trends[key]
    local sides = trend == "rises" and { { 0, 3, 1 } } or trend == "falls" and { { 0, 3, -1 } } or trend == "peaks" and { { 0, 1, 1 }, { 1, 3, -1 } }
      or trend == "dips" and { { 0, 1, -1 }, { 1, 3, 1 } } or {}
    for _, side in ipairs(sides) do
      local mean, error_of = difference(build, side[1], side[2], measure)
      claim(trend, mean * side[3] > -3 * error_of, "%s: %s %s: ×%g to ×%g is %g ± %g", name, key, trend, side[1], side[2], mean, error_of)
    end
  end
end

local with_bursts, with_silence = 0, 0
-- The next network whose state does not run away.
local number = 0
local function next_network()
  local build, what
  repeat
    number = number + 1
    build, what = draw(number)
  until pcall(function() build():run(T) end)
  return build, what
end

for _ = 1, NETWORKS do
  local build, what = next_network()
  local name = ("%d (%s)"):format(number, what)
  if check_bursts(name, build) > 0 then with_bursts = with_bursts + 1 end
  if check_silence(name, build) > 0 then with_silence = with_silence + 1 end
  check_inhibition(name, build)
end
if LOUD then
  print(("%d networks (%d with bursts, %d with silent neurons): %d sentences checked, %d refuted"):format(
    NETWORKS, with_bursts, with_silence, checked, refuted))
  local names = {}
  for kind in pairs(counts) do names[#names + 1] = kind end
  table.sort(names)
  for _, kind in ipairs(names) do print(("  %6d %s"):format(counts[kind], kind)) end
end
check.equal(refuted, 0, "sentences that were refuted")
check.truth(checked > 30 * NETWORKS, "sentences were checked")
