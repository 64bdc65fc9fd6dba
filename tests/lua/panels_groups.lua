-- Panels of trials and groups: psth, bars, scatter, strip; and rates at the ends of a run.
local izh = require "izhlua"
local check = require "check"
local equal, raises = check.equal, check.raises

local net = izh.network{ seed = 2 }
local E = net:population("E", 4, "RS")
net:stimulate(E, izh.noise{ mean = 6, sd = 4 })
local start, trials = net:snapshot(), {}
for k = 1, 5 do
  net:restore(start, { reseed = k })
  net:run(100)
  trials[k] = net:spikes()
end

local path = os.tmpname()
os.remove(path)
local function draw(panel)
  local file = path .. ".svg"
  izh.figure{ panel }:save(file)
  local svg = check.content(file)
  os.remove(file)
  return svg
end

-- As many spikes as the trials have together, whatever the conditions.
do
  local n = 0
  for _, spikes in ipairs(trials) do n = n + spikes.size end
  check.truth(n > 5, "there are spikes")
  equal(tostring(izh.psth(trials)), ("psth panel: 5 trials, %d spikes"):format(n))
  equal(tostring(izh.psth{ { "a", { trials[1], trials[2] } }, { "b", { trials[3], trials[4], trials[5] } } }),
    ("psth panel: 5 trials, %d spikes"):format(n))
  equal(tostring(izh.psth({ trials[1] }, { xlim = { 0, 100 } })), ("psth panel: 1 trial, %d spikes"):format(trials[1].size))
end

for what, panel in pairs{
  ["trials"] = izh.psth(trials, { bin = 10, zero = 50, title = "trials" }),
  ["conditions"] = izh.psth({ { "a", { trials[1] } }, { "b", { trials[2], trials[3] } } }, { colors = { a = "red" } }),
  ["silent trials"] = izh.psth{ izh.spikes{ times = {}, senders = {}, neurons = 3, from = 0, to = 10 } },
  ["no time"] = izh.psth{ izh.spikes{ times = {}, senders = {}, neurons = 3, from = 10, to = 10 } },
  ["bars"] = izh.bars{ labels = { "a", "b" }, values = { 1, 2 }, error = { 0.5, 0.1 } },
  ["bars beside bars"] = izh.bars({ labels = { "a" }, { values = { 1 }, label = "x" }, { values = { 0 / 0 }, label = "y" } }, { legend = "top" }),
  ["points"] = izh.scatter{ x = { 1, 2, 2 }, y = { 3, 4, 0 / 0 } },
  ["no points"] = izh.scatter{ x = {}, y = {} },
  ["strips"] = izh.strip({ { "a", { 1, 1, 1, 2, 5 } }, { "b", izh.vector{ 3 } }, { "none", {} }, { "undefined", { 0 / 0 } } }, { violin = true }),
  ["one value"] = izh.strip({ { "a", { 2, 2, 2, 2 } } }, { violin = true }),
} do
  local svg = draw(panel)
  check.truth(#svg > 500, what)
  equal(draw(panel), svg, what .. " is the same twice")
end

-- A constant rate is constant up to the ends: what a kernel lacks there is made up for. Without that it would fall to half.
do
  local t, id = {}, {}
  for k = 1, 4000 do t[k], id[k] = 0.25 * k, 1 end
  local steady = izh.spikes{ times = t, senders = id, neurons = 1, from = 0, to = 1000 }
  local make = debug.getregistry()["izhlua.require"] "izhlua.figure.panel".make -- what a panel holds
  for _, kernel in ipairs{ "gaussian", "rectangular", "epanechnikov" } do
    local rate = make("rate", steady, { kernel = kernel, sigma = 50 }).tracks[1].series[1].y
    check.truth(rate:min() > 3900 and rate:max() < 4100, ("%s: %g … %g"):format(kernel, rate:min(), rate:max()))
  end
end

for message, f in pairs{
  ["psth: the first argument of izh.psth must be a list of spikes, one of each trial, or of { name, list } (got 3)"] = function() izh.psth(3) end,
  ["psth: the list of trials must have the spikes of at least one trial"] = function() izh.psth{} end,
  ["psth: the list of trials[1] must be spikes, net:spikes() (got 3)"] = function() izh.psth{ 3 } end,
  ["psth: condition 2 must be { name, list of spikes }"] = function() izh.psth{ { "a", trials }, { "b" } } end,
  ["psth: condition 1 must be a list (got true)"] = function() izh.psth{ { "a", true } } end,
  ["psth: all trials must be of as many neurons (got 4 and 1)"] = function() izh.psth{ trials[1], net:spikes{ of = E{ 1 } } } end,
  ["psth: the trials have no time in common: all must be of the same window"] =
    function() izh.psth{ net:spikes{ to = 20 }, net:spikes{ from = 50 } } end,
  ["bars: labels must be a list of strings (got nothing)"] = function() izh.bars{ values = { 1 } } end,
  ["bars: labels must not be empty"] = function() izh.bars{ labels = {}, values = {} } end,
  ["bars: labels[1] must be a string (got 3)"] = function() izh.bars{ labels = { 3 }, values = { 1 } } end,
  ["bars: bars.values must have 1 number, as many as labels (got 2)"] = function() izh.bars{ labels = { "a" }, values = { 1, 2 } } end,
  ["bars: bars.values is missing"] = function() izh.bars{ labels = { "a" } } end,
  ['bars: unknown option "value" (did you mean "values"?)'] = function() izh.bars{ labels = { "a" }, value = { 1 } } end,
  ["scatter: points have no style; izh.curve draws lines"] = function() izh.scatter{ x = { 1 }, y = { 1 }, style = "line" } end,
  ["strip: group 1 must be { name, numbers }"] = function() izh.strip{ { "a" } } end,
  ["strip: group 1[1] must be a string (got 3)"] = function() izh.strip{ { 3, { 1 } } } end,
  ["strip: there must be at least one group"] = function() izh.strip{} end,
} do
  raises(message, f)
end
