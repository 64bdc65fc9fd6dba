-- izh.explain.inhibition: what is said of trends holds for the whole report; trials, currents and pathways are what they say.
local izh = require "izhlua"
local check = require "check"
local equal, truth = check.equal, check.truth

-- A network whose inhibition is so weak that it changes which spikes come, but nothing on the average.
local function null(case)
  local net = izh.network{ seed = case.seed }
  local E, I = net:population("E", 16, "RS"), net:population("I", 4, "FS")
  net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.5, weight = 6 })
  net:connect(I, net, { rule = "pairwise_bernoulli", p = 0.5, weight = -0.1 })
  net:stimulate(net, izh.noise{ sd = 6 })
  return net
end

-- Words come by chance in 5 % of reports at most. Of 400, a binomial number: 20 and three standard deviations.
do
  local words, different = 0, 0
  local reports = tonumber(os.getenv "REPORTS") or 100
  for k = 1, reports do
    local e = izh.explain.inhibition(null, { strengths = { 0, 0.5, 1 }, trials = 5, duration = 400, from = 50, seed = 100 * k })
    local any = false
    for _, trend in pairs(e.trends) do any = any or trend ~= "none" and trend ~= "unknown" end
    words = words + (any and 1 or 0)
    if e.points[1].rate.mean ~= e.points[3].rate.mean then different = different + 1 end
  end
  truth(different > reports / 2, "it is not the same run")
  if os.getenv "REPORTS" then print(words, different) end
  truth(words <= 0.05 * reports + 3 * math.sqrt(0.0475 * reports), ("words by chance in %d of %d reports"):format(words, reports))
end

-- What differs from trial to trial.
do
  local function wired(case)
    local net = izh.network{ seed = case.seed }
    local A = net:population("A", 10, "RS")
    net:stimulate(A, izh.noise{ sd = 6, name = "noise" })
    net:connect(A, A, { name = "w", rule = "pairwise_bernoulli", p = 0.3, weight = -1 })
    net:at(50, function(n)
      if case.inhibition == 0 then
        io.open(case.path, "a"):write(n.projections.w.size, " ", ("%.17g"):format(n.stimuli.noise:get("current")[1]), "\n"):close()
      end
    end)
    return net
  end
  local scratch <close> = check.scratch()
  for _, over in ipairs{ "noise", "wiring", "both" } do
    local path = scratch.path(over)
    izh.explain.inhibition(function(case)
      case.path = path
      return wired(case)
    end, { over = over, strengths = { 0, 1 }, trials = 4, duration = 60, workers = 1 })
    local sizes, currents, n_sizes, n_currents = {}, {}, 0, 0
    for line in io.lines(path) do
      local size, current = line:match("(%S+) (%S+)")
      if not sizes[size] then sizes[size], n_sizes = true, n_sizes + 1 end
      if not currents[current] then currents[current], n_currents = true, n_currents + 1 end
    end
    equal(n_sizes == 1, over == "noise", over .. ": wirings")
    equal(n_currents == 1, over == "wiring", over .. ": noises")
  end
end

-- Current to the inhibitory cells: what a network does with it that is made with it. Where excitation drives them, and without them runs
-- away, they fire less.
do
  local function stabilised(loop)
    local net = izh.network{ seed = 3 }
    local E, I = net:population("E", 80, { model = "lif", tau = 20, vr = -70, vt = -50, c = -60 }), net:population("I", 20, { model = "lif", tau = 10, vr = -70, vt = -50, c = -60 })
    local function wire(a, b, weight, tau) net:connect(a, b, { name = a.name .. b.name, rule = "pairwise_bernoulli", p = 0.5, weight = weight, synapse = "exp", tau = tau }) end
    if loop ~= 0 then wire(E, E, 4, 5) end
    wire(E, I, 2, 5)
    wire(I, E, -4, 5)
    wire(I, I, -1, 5)
    net:stimulate(net, izh.noise{ mean = 24, sd = 12 })
    return net
  end
  local net = stabilised()
  net:run(600)
  local e = izh.explain.inhibition(net, { currents = { 0, 2 }, trials = 6 })
  local function by_hand(current)
    local one = stabilised()
    if current > 0 then one:stimulate(one.populations.I, izh.current(current)) end
    one:run(600)
    return one:spikes{ of = one.populations.I, from = 150 }:mean_firing_rate()
  end
  for i, current in ipairs{ 0, 2 } do
    for _, row in ipairs(e.sweep.rows) do
      if row.inhibition == current and row.trial == 1 then check.near(row.rate_inh, by_hand(current), 1e-9, "rate of I at " .. current) end
    end
    truth(e.points[i].rate_inh.n == 6, "trials")
  end
  equal(e.trends.rate_inh, "falls", "they fire less")
  truth(tostring(e):find("paradoxical response", 1, true), "and the text says so")
  truth(by_hand(2) < by_hand(0), "by hand")
  -- without recurrent excitation they fire more, and nothing is said
  net = stabilised(0)
  net:run(600)
  e = izh.explain.inhibition(net, { currents = { 0, 4 }, trials = 6 })
  equal(e.trends.rate_inh, "rises", "they fire more")
  truth(not tostring(e):find("paradoxical", 1, true), "and the text says nothing")
  -- a current that blocks them makes them fire less, but the others more
  local function blocked()
    local one = izh.network{ seed = 3 }
    local E = one:population("E", 20, "RS")
    local I = one:population("I", 5, {
      model = "izhikevich2007", C = 4000, k = 1, vr = -55, vt = -40, vpeak = -25, a = 1, b = 0, c = 15, d = 3000,
      vb = -55, b_below = 0, b3 = 0.025, peak_u = 0.005,
    })
    one:stimulate(E, izh.noise{ mean = 8, sd = 3 })
    one:stimulate(I, izh.current(1000))
    one:connect(I, E, { name = "stop", weight = -3, synapse = "exp", tau = 10 })
    return one
  end
  net = blocked()
  net:run(600)
  e = izh.explain.inhibition(net, { currents = { 0, 4000 }, trials = 6 })
  equal(e.trends.rate_inh .. " " .. e.trends.rate_others, "falls rises", "blocked")
  truth(not tostring(e):find("paradoxical", 1, true), "and the text says nothing")
end

-- One pathway.
do
  local net = izh.network{ seed = 3 }
  local E, I = net:population("E", 20, "RS"), net:population("I", 5, "FS")
  net:stimulate(net, izh.noise{ mean = 6, sd = 3 })
  net:connect(I, E, { name = "IE", weight = -1, synapse = "exp", tau = 5 })
  net:connect(I, I, { name = "II", weight = -1, synapse = "exp", tau = 5 })
  local clone = net:clone()
  net:run(300)
  local e = izh.explain.inhibition(net, { pathway = { "I", "E" }, strengths = { 0, 1 }, trials = 2 })
  clone.projections.IE:disable()
  clone:run(300)
  equal(e.sweep.rows[1].rate, clone:spikes{ from = 75 }:mean_firing_rate(), "without it")
  check.raises('pathway: there is no population "X"', function() izh.explain.inhibition(net, { pathway = { "X", "E" } }) end)
end
