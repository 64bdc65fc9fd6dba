-- Every measure of spikes, described, too.
local izh = require "izhlua"
local a, b = {}, {}
for k = 1, 40 do a[k], b[k] = k * 7 % 97, k % 3 + 1 end
local s = izh.spikes{ times = a, senders = b, neurons = 4, to = 100 }
local t = izh.analysis.spikes({ { 5, 20, 60 }, { 1, 2 }, {} }, { to = 100 })
for _, name in ipairs{ "mean_firing_rate", "cv", "cv2", "lv", "lvr", "isi", "fanofactor", "synchrony", "burst", "bursts", "avalanches",
  "instantaneous_rate", "time_histogram", "correlation_coefficient", "spike_time_tiling_coefficient", "van_rossum_distance",
  "victor_purpura_distance", "isi_distance", "spike_distance", "silent", "summary", "autocorrelation", "welch_psd" } do
  s[name](s)
  if name ~= "summary" then tostring(s:describe(name)) end
end
s:cross_correlation_histogram(t, { window = 20 })
s:cv{ each = true, from = 10, of = { 1, 3 } }
s:correlation_coefficient{ each = true, bin = 10 }
s:welch_psd{ n_segments = 2, band = { 10, 100 } }
izh.analysis.describe({ { 1, 2, 4 }, { 3 } }, "isi")
local v = s:times()
assert(#((v + 1) / 2 - v ^ 2):sort():cumsum():slice(2, 5):map(math.abs):totable() == 4)
assert(v:quantile(0.5) == v:median() and v:sd() > 0 and v:min() <= v:mean() and v:max() <= v:sum())
for time, id in s:slice{ from = 20 }:each() do assert(time > 20 and id < 4) end
