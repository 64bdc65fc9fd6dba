-- The measures of spikes as a script sees them: what they return and how it reads, options, windows, what cannot be had. That the
-- numbers are right is tested in tests/analysis; here, that the right ones arrive.
local izh = require "izhlua"
local check = require "check"
local equal, near, list, raises, truth = check.equal, check.near, check.list, check.raises, check.truth
local analysis = izh.analysis

local function nan(x, what) truth(x ~= x and tostring(x) == "nan", (what or "value") .. " is NaN") end

-- Neuron k spikes at the times given, and at no other.
local function clockwork(when, options)
  local net = izh.network(options or {})
  local E = net:population("E", #when, "RS")
  for id, times in ipairs(when) do
    for _, t in ipairs(times) do
      net:at(t - net.dt, function() E{ id }:set("v", 100) end)
    end
  end
  return net, E
end

local net, E = clockwork{ { 10, 20, 50 }, { 5 }, {}, { 30, 60, 90 } }
net:run(100)
local s = net:spikes()

-- A measure is one value; what it is of is described apart, and prints.
do
  local value, of = s:cv(), s:describe("cv")
  near(value, (0.5 + 0) / 2, 1e-15)
  equal(tostring(of), "cv 0.25 (n = 2 neurons with ≥ 3 spikes of 4, 0 < t ≤ 100 ms)")
  equal(of.name, "cv")
  equal(of.value, value)
  equal(of.n, 2)
  equal(of.of, 4)
  local t = { rate = s:mean_firing_rate(), cv = s:cv(), last = 1 }
  equal(t.rate, 7 / 4 / 0.1)
  equal(t.cv * 2, 0.5)
  equal(("%.2f"):format(s:cv()), "0.25")
  local collected = {}
  table.insert(collected, s:cv())
  equal(collected[1], 0.25)
  equal(math.max(0.3, s:cv()), 0.3)
  equal(select("#", s:cv()), 1)
  equal(select("#", s:cv{ each = true }), 1)
  equal(select("#", s:isi_distance{ each = true }), 1)
  local each = s:describe("cv", { each = true })
  equal(each.value, 0.25)
  equal(#each.each, 4)
  equal(each.each[1], 0.5)
  equal(#s:describe("isi_distance", { each = true }).each, 4)
  equal(of.each, nil)
  equal(of.text, tostring(of))
  equal(tostring(s:describe("silent")), "silent: 1 of 4 neurons (0 < t ≤ 100 ms)")
  list(s:describe("silent").value, { 3 })
  equal(tostring(s:describe("isi", { of = 1 })), "isi: 2 intervals of 1 neuron (0 < t ≤ 100 ms)")
  equal(tostring(s:isi{ each = true }), "isi: 4 intervals of 4 neurons (0 < t ≤ 100 ms)")
  equal(tostring(s:describe("time_histogram", { bin = 25 })), tostring(s:time_histogram{ bin = 25 }))
  equal(tostring(analysis.describe({ 1, 2, 5 }, "cv")), "cv 0.5 (n = 1 neuron, 0 < t ≤ 5 ms)")
  equal(s:summary(), [[
mean_firing_rate 17.5 Hz (n = 4 neurons, 0 < t ≤ 100 ms)
silent: 1 of 4 neurons (0 < t ≤ 100 ms)
cv 0.25 (n = 2 neurons with ≥ 3 spikes of 4, 0 < t ≤ 100 ms)
lv 0.375 (n = 2 neurons with ≥ 3 spikes of 4, 0 < t ≤ 100 ms)
fanofactor undefined (1 bin of 100 ms, n = 0 neurons that spike of 4, 0 < t ≤ 100 ms)
synchrony 0.434 (chi of spike counts in bins of 5 ms, n = 4 neurons, 0 < t ≤ 100 ms)
bursts: 0 network bursts with ≥ 25 % of 4 neurons (bins of 5 ms, above 165 Hz, as long as ≥ 17.5 Hz, 0 < t ≤ 100 ms)]])
end

local function says(text, name, given)
  equal(tostring(s:describe(name, given)), text)
end

says("mean_firing_rate 17.5 Hz (n = 4 neurons, 0 < t ≤ 100 ms)", "mean_firing_rate")
says("mean_firing_rate 22.2 Hz (n = 1 neuron, 10 < t ≤ 100 ms)", "mean_firing_rate", { of = 1, from = 10 })
says("cv2 0.5 (n = 2 neurons with ≥ 3 spikes of 4, 0 < t ≤ 100 ms)", "cv2")
says("lv 0.375 (n = 2 neurons with ≥ 3 spikes of 4, 0 < t ≤ 100 ms)", "lv")
says("lvr 0.562 (R = 5 ms, n = 2 neurons with ≥ 3 spikes of 4, 0 < t ≤ 100 ms)", "lvr")
says("lvr 0.375 (R = 0 ms, n = 2 neurons with ≥ 3 spikes of 4, 0 < t ≤ 100 ms)", "lvr", { R = 0 })
says("fanofactor 0.767 (10 bins of 10 ms, n = 3 neurons that spike of 4, 0 < t ≤ 100 ms)", "fanofactor", { bin = 10 })
says("fanofactor 0.964 (over trains, n = 4 trains, 0 < t ≤ 100 ms)", "fanofactor", { over = "trains" })
says("synchrony 0.434 (chi of spike counts in bins of 5 ms, n = 4 neurons, 0 < t ≤ 100 ms)", "synchrony")
says("isi_distance 0.51 (n = 6 pairs, 0 < t ≤ 100 ms)", "isi_distance")
says("victor_purpura_distance 1 (cost_factor = 1000 /s, n = 1 pair, 0 < t ≤ 100 ms)", "victor_purpura_distance", { of = { 2, 3 }, cost_factor = 1000, from = 0 })
says("cv undefined (n = 0 neurons with ≥ 3 spikes of 1, 0 < t ≤ 100 ms)", "cv", { of = 3 })
says("spike_time_tiling_coefficient undefined (dt = ±5 ms, n = 0 pairs of neurons that spike of 1, 0 < t ≤ 100 ms)", "spike_time_tiling_coefficient", { of = { 2, 3 } })

-- One for each neuron, in the order of s.neurons.
do
  list(s.neurons, { 1, 2, 3, 4 })
  list(s:mean_firing_rate{ each = true }, { 30, 10, 0, 30 })
  local cv = s:cv{ each = true }
  near(cv[1], 0.5, 1e-15)
  nan(cv[2])
  nan(cv[3])
  equal(cv[4], 0.0)
  list(s:isi(), { 10, 30, 30, 30 })
  local each = s:isi{ each = true }
  equal(#each, 4)
  list(each[1], { 10, 30 })
  list(each[2], {})
  list(each[4], { 30, 30 })
  list(s:isi{ of = 4, from = 30 }, { 30 })
  list(s:silent(), { 3 })
  list(s:silent{ to = 10 }, { 3, 4 })
  list(s:silent{ of = { 2, 1 } }, {})
end

-- Pairs: a matrix, in the same order.
do
  for name, own in pairs{ correlation_coefficient = 1, spike_time_tiling_coefficient = 1, victor_purpura_distance = 0,
    van_rossum_distance = 0, isi_distance = 0, spike_distance = 0 } do
    local m = s[name](s, { each = true })
    equal(#m, 4)
    local sum, n = 0, 0
    for i = 1, 4 do
      equal(#m[i], 4)
      for j = 1, 4 do
        truth(m[i][j] == m[j][i] or m[i][j] ~= m[i][j], name .. " is symmetric")
        if i < j and m[i][j] == m[i][j] then sum, n = sum + m[i][j], n + 1 end
      end
      if i ~= 3 then near(m[i][i], own, 1e-12, name .. " with itself") end
    end
    local value, of = s[name](s), s:describe(name)
    near(value, sum / n, 1e-12, name)
    equal(of.n, n)
    equal(of.of, 6)
  end
  near(s:victor_purpura_distance{ of = { 1, 4 }, cost_factor = 50 }, 3 + 3 - (2 - 0.5) * 2, 1e-9)
  near(s:van_rossum_distance{ of = { 2, 3 } }, 1, 1e-15)
  equal(s:victor_purpura_distance{ of = { 1, 2 }, cost_factor = 0 }, 2.0)
end

-- Histograms, rates, correlograms.
do
  local h = s:time_histogram{ bin = 25 }
  list(h.values, { 3, 2, 1, 1 })
  list(h.times, { 12.5, 37.5, 62.5, 87.5 })
  equal(tostring(h), "time_histogram of 4 bins of 25 ms in spikes (4 neurons, 0 < t ≤ 100 ms)")
  list(s:time_histogram{ bin = 25, output = "mean" }.values, { 0.75, 0.5, 0.25, 0.25 })
  list(s:time_histogram{ bin = 25, output = "rate" }.values, { 30, 20, 10, 10 })
  list(s:time_histogram{ bin = 30, from = 10 }.values, { 2, 2, 1 })

  local r = s:instantaneous_rate{ sigma = 2, every = 0.5 }
  equal(#r.values, 200)
  equal(r.times[1], 0.5)
  near(r.values:mean(), 17.5, 0.05)
  equal(tostring(r), "instantaneous_rate in Hz every 0.5 ms (gaussian kernel, sigma 2 ms, mean of 4 neurons, 0 < t ≤ 100 ms)")
  near(s:instantaneous_rate{ of = 2, kernel = "exponential", sigma = 10 }.values[15], 100 * math.exp(-1), 1e-9)

  local a = s:autocorrelation{ of = 4, window = 60, bin = 10 }
  list(a.lags, { -60, -50, -40, -30, -20, -10, 0, 10, 20, 30, 40, 50, 60 })
  list(a.counts, { 1, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0, 1 })
  near(a.values[10], 2 / (3 * 7 / 10) * 100, 1e-9)

  local c = net:spikes{ of = E{ 1 } }:cross_correlation_histogram(net:spikes{ of = E{ 4 } }, { window = 20, bin = 10 })
  list(c.lags, { -20, -10, 0, 10, 20 })
  list(c.values, { 1, 0, 0, 2, 1 })
  near(s:cross_correlation_histogram(s, { cross_correlation_coefficient = true, window = 0 }).values[1], 1, 1e-12)
  near(analysis.cross_correlation_histogram(s, s, { border_correction = true, window = 10, bin = 10 }).values[1],
    s:cross_correlation_histogram(s, { window = 10, bin = 10 }).values[1] / 0.9, 1e-12)
end

-- Bursts of one neuron and of the network, avalanches.
do
  local b = s:burst{ beg_isi = 15, end_isi = 40, min_spikes = 2, min_ibi = 0 }
  equal(#b, 1)
  equal(b[1].neuron, 1)
  list({ b[1].onset, b[1].duration, b[1].spikes }, { 10, 40, 3 })
  equal(tostring(b), "burst: 1 burst of 1 neuron of 4, with 3 spikes of 7 (MaxInterval: beg_isi 15, end_isi 40, min_ibi 0, min_durn 10 ms, min_spikes 2; 0 < t ≤ 100 ms)")
  equal(tostring(s:burst{ method = "logisi" }), "burst: 0 bursts of 0 neurons of 4, with 0 spikes of 7 (logISI, cutoff 100 ms; 0 < t ≤ 100 ms)")

  local t = {}
  for k = 1, 20 do t[k] = { 200 + k % 4, 500 + k % 3, 10 * k } end
  t[3][4] = 499
  local p = analysis.spikes(t, { to = 1000 })
  local n = p:bursts{ leaders = 2 }
  equal(#n, 2)
  equal(n[1].onset, 200.0)
  equal(n[1].participation, 1.0)
  list(n[1].leaders, { 4, 8 })
  equal(n[2].onset, 499.0)
  list(n[2].leaders, { 3, 6 })
  equal(n[2].spikes, 21)
  equal(n[2].stop, n[2].onset + n[2].duration)
  truth(tostring(n):find("^bursts: 2 network bursts with ≥ 25 %% of 20 neurons %(bins of 5 ms, above"), "it says how")
  equal(#p:bursts{ threshold = 1e6 }, 0)
  equal(#s:bursts{ of = {} }, 0)

  local a = s:avalanches{ bin = 10 } -- counts 2 1 1 0 1 1 0 0 1 0: the first is cut off
  list(a.sizes, { 2, 1 })
  list(a.durations, { 20, 10 })
  equal(a.branching_ratio, 0.5)
  equal(tostring(a), "avalanches: 2 avalanches, branching ratio 0.5 (bins of 10 ms, 0 < t ≤ 100 ms)")
  equal(s:avalanches().bin, 14.5, "the mean interval of 85/6 ms, up to a whole number of steps")
end

-- A constant rate has no burst; independent Poisson trains have next to none.
do
  local regular, poisson = {}, {}
  math.randomseed(1)
  for k = 1, 200 do
    regular[k], poisson[k] = {}, {}
    for i = 1, 40 do regular[k][i] = 25 * (i - 1) + 5 * (k % 5) + 1 end
    for i = 1, 40 do poisson[k][i] = 1000 * (1 - math.random()) end
  end
  equal(#analysis.bursts(regular, { to = 1000 }), 0)
  equal(#analysis.bursts(poisson, { to = 1000 }), 0)
end

-- The spectrum of a population that fires every 25 ms has its peak at 40 Hz; of a Poisson one of N neurons with rate r the
-- density 2 r / N, here within 4 standard errors (the mean over 500 bins of 15 half independent segments; level 6e-5).
do
  local clock, poisson = {}, {}
  math.randomseed(2)
  for k = 1, 100 do
    clock[k], poisson[k] = {}, {}
    for i = 1, 80 do clock[k][i] = 25 * i - 10 + 4 * math.random() end
    for i = 1, 200 do poisson[k][i] = 10000 * (1 - math.random()) end
  end
  local c = analysis.welch_psd(clock, { to = 2000, n_segments = 4 })
  near(c.peak, 40, c.frequency_resolution)
  equal(c.peak_psd, c.psd:max())
  equal(c.frequencies[1], 0.0)
  equal(#c.frequencies, #c.psd)
  local second = analysis.welch_psd(clock, { to = 2000, n_segments = 4, band = { 60, 100 } })
  near(second.peak, 80, c.frequency_resolution)
  local p = analysis.welch_psd(poisson, { to = 10000 })
  local sum, n = 0, 0
  for k = 5, #p.psd do sum, n = sum + p.psd[k], n + 1 end
  near(sum / n, 2 * 20 / 100, 0.4 * 4 / math.sqrt(n * p.segments / 2))
  equal(p.segments, 8)
  near(analysis.welch_psd(poisson, { to = 10000, frequency_resolution = 5 }).frequency_resolution, 5, 1e-12)
  local quiet = analysis.welch_psd({ {} }, { to = 1000 })
  equal(quiet.psd:max(), 0.0)
  nan(quiet.peak)
  truth(tostring(quiet):find("peak at undefined %("), "a silent population has no peak")
end

-- A window that is too short for a segment: nothing is defined, and nothing can be drawn.
for options, lacks in pairs{
  [{ n_segments = 1000 }] = "0 < t ≤ 100 ms has no segment of 0 ms: run longer, or choose fewer n_segments",
  [{ frequency_resolution = 0.1 }] = "0 < t ≤ 100 ms has no segment of 10000 ms: choose a larger frequency_resolution",
} do
  local p = s:welch_psd(options)
  equal(tostring(p), "welch_psd undefined (" .. lacks .. ")")
  for _, field in ipairs{ "peak", "peak_psd", "frequency_resolution" } do nan(p[field], field) end
  equal(#p.psd + #p.frequencies + p.segments, 0)
  raises("spectrum: there is nothing to draw: welch_psd undefined (" .. lacks .. ")", function() izh.spectrum(p) end)
end

-- Times from elsewhere: trains, one train, vectors, in any order.
do
  equal(tostring(analysis.spikes{ { 3, 1 }, { 2 } }), "3 spikes in 0 < t ≤ 3 ms")
  list(analysis.spikes({ { 3, 1 }, { 2 } }):times(), { 1, 2, 3 })
  list(analysis.spikes({ { 3, 1 }, { 2 } }):senders(), { 1, 2, 1 })
  list(analysis.spikes({ 4, 2, 1 }):times(), { 1, 2, 4 })
  list(analysis.isi{ 4, 2, 1 }, { 1, 2 })
  list(analysis.isi(s:times()), { 5, 10, 10, 20, 10, 30 })
  near(analysis.cv{ 1, 2, 5 }, 0.5, 1e-15)
  equal(analysis.mean_firing_rate({ { 1, 2 }, {} }, { from = 1, to = 101 }), 5.0)
  equal(analysis.mean_firing_rate({ { 1, 2 }, { 3 } }, { of = 1, to = 100 }), 20.0)
  equal(analysis.cv(s), s:cv())
  equal(analysis.cv(s, { of = 1 }), s:cv{ of = 1 })
  list(analysis.spikes({ -3, 0, 5 }, { from = -10 }):times(), { -3, 0, 5 })
  equal(analysis.spikes({}).size, 0)
  equal(#analysis.spikes({}).neurons, 0)
  equal(#analysis.spikes({ {}, {} }).neurons, 2)
  -- bins need not fit a step that nobody knows
  equal(#analysis.time_histogram({ 1, 2, 3 }, { bin = 0.7 }).values, 4)
end

-- Nothing there: NaN or nothing, as documented.
do
  local quiet = izh.network{}
  local none = quiet:spikes()
  quiet:population("q", 3, "RS")
  quiet:run(20)
  for _, empty in ipairs{ none, quiet:spikes(), quiet:spikes{ of = quiet.populations.q{} }, quiet:spikes{ from = 20 }, analysis.spikes{} } do
    for _, name in ipairs{ "cv", "cv2", "lv", "lvr", "fanofactor", "synchrony", "correlation_coefficient", "spike_time_tiling_coefficient" } do
      nan(empty[name](empty), name)
      truth(tostring(empty:describe(name)):find(name .. " undefined (", 1, true), name .. " says so")
    end
    nan(empty:fanofactor{ over = "trains" })
    equal(#empty:isi(), 0)
    equal(#empty:burst(), 0)
    equal(#empty:bursts(), 0)
    equal(#empty:avalanches().sizes, 0)
    nan(empty:avalanches().branching_ratio)
    for _, x in ipairs(empty:instantaneous_rate().values) do truth(x == 0 or x ~= x, "no rate") end
    for _, x in ipairs(empty:autocorrelation().values) do nan(x) end
    empty:time_histogram()
    empty:cross_correlation_histogram(empty)
    nan(empty:welch_psd().peak)
    equal(#empty:bursts{ end_threshold = 20 }, 0)
    truth(#empty:summary() > 0 and not empty:summary():find("nan"), "it has a summary")
  end
  nan(none:mean_firing_rate())
  nan(quiet:spikes{ from = 20 }:mean_firing_rate())
  nan(quiet:spikes{ from = 20 }:mean_firing_rate{ each = true }[1])
  equal(quiet:spikes():mean_firing_rate(), 0.0)
  list(quiet:spikes():silent(), { 1, 2, 3 })
  equal(quiet:spikes():isi_distance(), 0.0)
  nan(quiet:spikes{ from = 20 }:isi_distance())
  equal(quiet:spikes():van_rossum_distance(), 0.0)
end

-- Recordings: chi of voltages, and the balance of currents.
do
  local both = izh.network{ seed = 5 }
  local A, B = both:population("A", 3, "RS"), both:population("B", 3, "RS")
  both:stimulate(A, izh.current(function(t) return 6 + 5 * math.sin(t / 8) end))
  both:stimulate(B, izh.noise{ sd = 4 })
  both:connect(A, B, { name = "e", rule = "all_to_all", weight = 2 })
  both:connect(B, B, { name = "i", rule = "all_to_all", weight = -1 })
  local a = both:record(A, { "v" }, { name = "a" })
  local b = both:record(B, { "v", "i_exc", "i_inh" }, { name = "b" })
  both:run(500)
  local value, of = analysis.synchrony(a), analysis.describe(a, "synchrony")
  near(value, 1, 1e-12)
  equal(tostring(of), "synchrony 1 (chi of voltages, n = 3 neurons, 501 samples every 1 ms in 0 … 500 ms)")
  equal(of.quantity, "v")
  -- written out
  local function chi(recording, first)
    local n, sum, apart = #recording.neurons, {}, 0
    local function variance(x)
      local mean, total = 0, 0
      for k = first, #x do mean = mean + x[k] / (#x - first + 1) end
      for k = first, #x do total = total + (x[k] - mean) ^ 2 end
      return total / (#x - first + 1)
    end
    for i = 1, n do
      local v = recording:values("v", i)
      for k = 1, #v do sum[k] = (sum[k] or 0) + v[k] / n end
      apart = apart + variance(v) / n
    end
    return math.sqrt(variance(sum) / apart)
  end
  near(analysis.synchrony(b), chi(b, 1), 1e-9)
  near(analysis.synchrony(b, { from = 100 }), chi(b, 102), 1e-9)
  equal(tostring(analysis.describe(b, "synchrony", { from = 100 })),
    ("synchrony %.3g (chi of voltages, n = 3 neurons, 400 samples every 1 ms in 101 … 500 ms)"):format(chi(b, 102)))
  local e, i = 0, 0
  for k = 1, 3 do e, i = e + b:values("i_exc", k):mean(), i - b:values("i_inh", k):mean() end
  near(analysis.ei_ratio(b), e / i, 1e-12)
  truth(e / i > 0, "both currents flow")
  near(analysis.ei_ratio(b, { each = true })[2], b:values("i_exc", 2):mean() / -b:values("i_inh", 2):mean(), 1e-12)
  raises("ei_ratio: i_exc was not recorded by \"a\": net:record(target, { \"i_exc\", \"i_inh\" }) records it", function() analysis.ei_ratio(a) end)
  raises("ei_ratio: the first argument must be a recording of i_exc and i_inh, made by net:record(target, { \"i_exc\", \"i_inh\" }) (got 7 spikes", function()
    analysis.ei_ratio(s)
  end)
  local u = both:record(A, { "u" }, { name = "u" })
  raises("synchrony: v was not recorded by \"u\": net:record(target, { \"v\" }) records it", function() analysis.synchrony(u) end)
  raises("synchrony: to must not be after 500 ms, until which there is a recording (got 600 ms)", function() analysis.synchrony(a, { to = 600 }) end)
  raises("synchrony: to must not be before from (got 10 and 20 ms)", function() analysis.synchrony(a, { from = 20, to = 10 }) end)
  raises("synchrony: unknown option \"bin\" (known: from, to)", function() analysis.synchrony(a, { bin = 5 }) end)
end

-- Everything that can be said wrongly.
raises("cv: unknown option \"eahc\" (did you mean \"each\"?)", function() s:cv{ eahc = true } end)
raises("cv: options must be a table such as { of = E } or { of = 7 } (got 3)", function() s:cv(3) end)
raises("cv: each must be true or false (got 1)", function() s:cv{ each = 1 } end)
raises("cv: 1 argument too many", function() s:cv({}, 1) end)
raises("cv: must be called on spikes, with a colon: s:cv(…) (got a table)", function() s.cv{} end)
raises("cv: call it with a dot: izh.analysis.cv(…)", function() analysis:cv(s) end)
raises("cv: the first argument must be spikes, a list of arrays of times, or one array of times (got 3)", function() analysis.cv(3) end)
raises("cv: to must not be after 100 ms, where the window of these spikes ends (got 200 ms)", function() s:cv{ to = 200 } end)
raises("cv: to must not be before from (got 10 and 20 ms)", function() s:cv{ from = 20, to = 10 } end)
raises("cv: these are not spikes of neuron 7: net:spikes{ of = … } chooses whose they are", function() s:cv{ of = 7 } end)
raises("cv: these are not spikes of neuron 1.5: net:spikes{ of = … } chooses whose they are", function() s:cv{ of = 1.5 } end)
raises("cv: of must be a population, a slice of one, an id, or a list of ids (got \"E\")", function() s:cv{ of = "E" } end)
raises("cv: of must be a population, a slice of one, an id, or a list of ids (got NaN)", function() s:cv{ of = 0 / 0 } end)
raises("cv: of[2] must be a number (got \"b\")", function() s:cv{ of = { 1, "b" } } end)
raises("cv: trains[2][1] must be finite (got NaN)", function() analysis.cv{ { 1 }, { 0 / 0 } } end)
raises("cv: trains[1][2] must be a number (got \"b\")", function() analysis.cv{ 1, "b" } end)
raises("cv: trains[2] must be an array of times in ms (got 3)", function() analysis.cv{ { 1 }, 3 } end)
raises("cv: trains[1] has a spike at 0 ms; windows are from < t, and from is 0 unless given", function() analysis.cv{ 0, 1, 2 } end)
raises("spikes: to must not be before from (got -1 and 0 ms)", function() analysis.spikes({ 1 }, { to = -1 }) end)
raises("spikes: from must be a finite number of ms (got NaN)", function() analysis.spikes({ 1 }, { from = 0 / 0 }) end)
raises("spikes: unknown option \"form\" (did you mean \"from\"?)", function() analysis.spikes({ 1 }, { form = 0 }) end)
raises("spikes: call it with a dot: izh.analysis.spikes(…)", function() analysis:spikes{ 1 } end)
raises("lvr: R must be a number ≥ 0 in ms (got -1)", function() s:lvr{ R = -1 } end)
raises("fanofactor: bin must be a number > 0 in ms (got 0)", function() s:fanofactor{ bin = 0 } end)
raises("fanofactor: bin must be a number > 0 in ms (got NaN)", function() s:fanofactor{ bin = 0 / 0 } end)
raises("fanofactor: bin must be a multiple of dt = 0.5 ms (got 0.7 ms)", function() s:fanofactor{ bin = 0.7 } end)
raises("fanofactor: bin must not cut the window of 100 ms into over 10^9 pieces (got 1e-09 ms)", function()
  analysis.fanofactor({ 1, 100 }, { bin = 1e-9 })
end)
raises("fanofactor: unknown over \"train\" (did you mean \"trains\"?)", function() s:fanofactor{ over = "train" } end)
raises("fanofactor: over must be one of time, trains (got 3)", function() s:fanofactor{ over = 3 } end)
raises("fanofactor: over = \"trains\" compares the counts of whole trains, without bin and each", function() s:fanofactor{ over = "trains", bin = 5 } end)
raises("time_histogram: unknown output \"rates\" (did you mean \"rate\"?)", function() s:time_histogram{ output = "rates" } end)
raises("instantaneous_rate: unknown kernel \"gausian\" (did you mean \"gaussian\"?)", function() s:instantaneous_rate{ kernel = "gausian" } end)
raises("instantaneous_rate: sigma must be a number > 0 in ms (got 0)", function() s:instantaneous_rate{ sigma = 0 } end)
raises("instantaneous_rate: every must not cut the window of 100 ms into over 10^9 pieces (got 1e-08 ms)", function()
  s:instantaneous_rate{ every = 1e-8 }
end)
raises("autocorrelation: window must be a number ≥ 0 in ms (got -1)", function() s:autocorrelation{ window = -1 } end)
raises("autocorrelation: window has 200000000 bins of 0.5 ms; at most 10000000 are allowed", function() s:autocorrelation{ window = 1e8, bin = 0.5 } end)
raises("burst: unknown method \"logiis\" (did you mean \"logisi\"?)", function() s:burst{ method = "logiis" } end)
raises("burst: beg_isi goes with method = \"maxinterval\"", function() s:burst{ method = "logisi", beg_isi = 5 } end)
raises("burst: cutoff goes with method = \"logisi\"", function() s:burst{ cutoff = 5 } end)
raises("burst: beg_isi must be a number ≥ 0 in ms (got -5)", function() s:burst{ beg_isi = -5 } end)
raises("burst: min_spikes must be a whole number 2 … 9007199254740992 (got 1)", function() s:burst{ min_spikes = 1 } end)
raises("victor_purpura_distance: cost_factor must be a number ≥ 0 in 1/s (got -1)", function() s:victor_purpura_distance{ cost_factor = -1 } end)
raises("van_rossum_distance: time_constant must be a number > 0 in ms (got 0)", function() s:van_rossum_distance{ time_constant = 0 } end)
raises("spike_time_tiling_coefficient: dt must be a number > 0 in ms (got -5)", function() s:spike_time_tiling_coefficient{ dt = -5 } end)
raises("correlation_coefficient: binary must be true or false (got \"yes\")", function() s:correlation_coefficient{ binary = "yes" } end)
raises("correlation_coefficient: 10001 neurons make too many pairs; choose at most 10000 with of = …", function()
  local trains = {}
  for k = 1, 10001 do trains[k] = {} end
  analysis.correlation_coefficient(trains, { to = 100 })
end)
raises("bursts: participation must be a number 0 … 1 (got 2)", function() s:bursts{ participation = 2 } end)
raises("bursts: end_threshold must not be above threshold (got 20 and 10 Hz)", function() s:bursts{ threshold = 10, end_threshold = 20 } end)
raises("bursts: leaders must be a whole number 0 … 1000 (got 1.5)", function() s:bursts{ leaders = 1.5 } end)
raises("describe: the measure must be a name, such as \"cv\" (got nothing)", function() s:describe() end)
raises("describe: the measure must be a name, such as \"cv\" (got a table)", function() s:describe{ from = 5 } end)
raises("describe: unknown measure \"cvv\" (did you mean \"cv\"?)", function() s:describe("cvv") end)
raises("describe: must be called on spikes, with a colon: s:describe(…)", function() s.describe("cv") end)
raises("describe: call it with a dot: izh.analysis.describe(…)", function() analysis:describe(s, "cv") end)
raises("cv: unknown option \"eahc\" (did you mean \"each\"?)", function() s:describe("cv", { eahc = true }) end)
raises("ei_ratio: the first argument must be a recording", function() s:describe("ei_ratio") end)
raises("welch_psd: n_segments and frequency_resolution exclude each other", function() s:welch_psd{ frequency_resolution = 50, n_segments = 2 } end)
raises("welch_psd: overlap must be a number 0 … 0.95 (got 1)", function() s:welch_psd{ overlap = 1 } end)
raises("welch_psd: band must be { lowest, highest } in Hz (got 5)", function() s:welch_psd{ n_segments = 1, band = 5 } end)
raises("cross_correlation_histogram: the other spikes must be spikes (got nothing)", function() s:cross_correlation_histogram() end)
raises("cross_correlation_histogram: both must have one window (got 0 < t ≤ 100 ms and 5 < t ≤ 100 ms)", function()
  s:cross_correlation_histogram(s:slice{ from = 5 })
end)
raises("cross_correlation_histogram: border_correction and cross_correlation_coefficient exclude each other", function()
  s:cross_correlation_histogram(s, { border_correction = true, cross_correlation_coefficient = true })
end)
raises("cross_correlation_histogram: the first argument must be spikes (got 3)", function() analysis.cross_correlation_histogram(3, s) end)
raises("cross_correlation_histogram: must be called on spikes, with a colon: s:cross_correlation_histogram(…)", function() s.cross_correlation_histogram(3) end)
raises("izh.analysis: unknown member \"cvv\" (did you mean \"cv\"?)", function() analysis.cvv() end)
raises("spikes: unknown member \"cvv\" (did you mean \"cv\"?)", function() s:cvv() end)
raises("cv: the network is closed", function()
  local gone = izh.network{}
  local A = gone:population("E", 2, "RS")
  gone:run(1)
  local spikes = gone:spikes()
  gone:close()
  spikes:cv{ of = A }
end)

-- Slices by neuron.
do
  local part = s:slice{ of = { 4, 1 }, from = 20 }
  list(part.neurons, { 1, 4 })
  list(part:times(), { 30, 50, 60, 90 })
  list(part:senders(), { 4, 1, 4, 4 })
  list(net:spikes{ of = E{ 4, 2 } }.neurons, { 2, 4 })
  list(net:spikes{ of = E{ 4, 2 } }:slice{ of = 2 }:times(), { 5 })
  list(s:slice{ of = E:slice(1, 2) }:times(), { 5, 10, 20, 50 })
  list(s:slice{ of = {} }.neurons, {})
  raises("slice: these are not spikes of neuron 1", function() net:spikes{ of = E{ 4, 2 } }:slice{ of = 1 } end)
end
