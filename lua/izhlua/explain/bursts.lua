-- izh.explain.bursts: what network bursts cannot do without, and what ends them. Each is run again from just before it, with
-- one thing changed.
local core = require "izhlua.core"
local check = require "izhlua.options"
local join = require "izhlua.join"
local panel = require "izhlua.figure.panel"
local again = require "izhlua.explain.again"
local report = require "izhlua.explain.report"

local FUNC = "bursts"
local of_bursts = { "bin", "threshold", "end_threshold", "min_gap", "participation", "leaders" }
local known_options = join({ "from", "to", "before", "redraws", "start" }, of_bursts)

-- What is changed ------------------------------------------------------------------------------------------------------

-- Numbers of populations that pathways of a sign lead to from one, itself included if it is on a loop.
local function reached(paths, from)
  local found, queue = {}, { from }
  while #queue > 0 do
    local pre = table.remove(queue)
    for _, path in ipairs(paths) do
      if path.pre == pre and path.positive and not found[path.post] then
        found[path.post] = true
        queue[#queue + 1] = path.post
      end
    end
  end
  return found
end

-- Excitation is recurrent where excitatory synapses lead back. A mask for core.scale_synapses; nil when there is none.
local function recurrent_mask(net)
  local paths, n, mask, any = core.pathways(net), #net.populations, {}, false
  for k = 1, n * n do mask[k] = 0 end
  for _, path in ipairs(paths) do
    if path.positive and (path.pre == path.post or reached(paths, path.post)[path.pre]) then
      mask[(path.pre - 1) * n + path.post], any = 1, true
    end
  end
  return any and mask or nil
end

-- Does an inhibitory synapse deliver.
local function has_inhibition(net)
  for _, path in ipairs(core.pathways(net)) do
    if path.negative then return true end
  end
  return false
end

-- Spikes do not raise u any more.
local function stop_adapting(net)
  for _, population in ipairs(net.populations) do population:set("d", 0) end
end

-- The list of changes that mean something for a network as it is now, the last of which is none: name, apply().
local function changes_of(net, redraws)
  local list, mask = {}, recurrent_mask(net)
  if mask then list[1] = { name = "excitation", apply = function() core.scale_synapses(net, 1, 0, mask) end } end
  if has_inhibition(net) then
    list[#list + 1] = { name = "inhibition", apply = function() core.scale_synapses(net, -1, 0) end }
  end
  list[#list + 1] = { name = "adaptation", apply = function() stop_adapting(net) end }
  for number = 1, core.redraw(net, 0) > 0 and redraws or 0 do
    list[#list + 1] = { name = "noise", apply = function() core.redraw(net, number) end }
  end
  list[#list + 1] = { name = "unchanged", apply = function() end }
  return list
end

-- The experiments ------------------------------------------------------------------------------------------------------

local LEAST_AFTER = 100 -- ms that are watched after a burst at least
local LONGER = 1.5      -- times as long is longer

-- Where each burst is taken up, on the grid of its bins, and until when it is watched.
local function plan_runs(list, from, before, earliest)
  local bin = list.bin
  for k, burst in ipairs(list) do
    local first = math.floor((burst.onset - before - from) / bin)
    local least = k > 1 and math.ceil((list[k - 1].stop - from) / bin) or math.ceil((earliest - from) / bin)
    local last = math.ceil((burst.onset - from) / bin) - 1 -- its own bin
    burst.taken_up = math.max(from + math.min(math.max(first, least), last) * bin, earliest)
    burst.watched = from + math.ceil((burst.stop + math.max(3 * burst.duration, LEAST_AFTER) - from) / bin) * bin
  end
end

-- What became of a burst with a change: the first of the bursts found now that began before it was over.
local function outcome(net, burst, list, change)
  local s = net:spikes{ from = burst.taken_up, to = burst.watched }
  local found = s:bursts{
    bin = list.bin, threshold = list.threshold, end_threshold = list.end_threshold, min_gap = list.min_gap,
    participation = list.share, leaders = 0,
  }
  local rate = s:time_histogram{ bin = list.rate_bin, output = "rate" }
  local got = { change = change, vanished = true, rate = rate.values:totable() }
  for _, one in ipairs(found) do
    if got.vanished and one.onset <= burst.stop + list.bin then
      got.vanished, got.duration, got.onset = false, one.stop - burst.onset, one.onset
      got.endless = one.stop > burst.watched - list.bin - list.min_gap
    end
  end
  return got
end

-- Every burst with every change, each in a process of its own; results[k] is a list of outcomes. Which changes there are may
-- differ from burst to burst: functions of net:at may connect, disable, stop.
local function run_all(net, list, redraws)
  local results = {}
  for k, burst in ipairs(list) do
    net:run(burst.taken_up - net.time)
    local branches = {}
    for i, change in ipairs(changes_of(net, redraws)) do
      branches[i] = function()
        change.apply()
        net:run(burst.watched - net.time)
        return outcome(net, burst, list, change.name)
      end
    end
    results[k] = again.branch(FUNC, net, branches)
  end
  return results
end

local function run_again(net, start, list, redraws, window)
  local spikes = again.compared(net, function() return { net:spikes(window) } end)
  local before = again.state(net, spikes)
  return again.run(FUNC, net, start, function()
    local results = run_all(net, list, redraws)
    net:run(before.time - net.time)
    return { differs = not again.same(before, again.state(net, spikes)), results = results }
  end)
end

-- What they say --------------------------------------------------------------------------------------------------------

local function is_longer(got, burst, bin)
  return not got.vanished and (got.endless or got.duration >= LONGER * burst.duration and got.duration >= burst.duration + 2 * bin)
end

-- Fills the record of a burst from its outcomes.
local function judge(burst, outcomes, bin)
  burst.rates, burst.ended_by, burst.with, burst.came, burst.redraws = {}, {}, {}, 0, 0
  for _, got in ipairs(outcomes) do
    local name = got.change
    if name == "noise" then
      burst.redraws = burst.redraws + 1
      burst.came = burst.came + (got.vanished and 0 or 1)
    else
      burst.rates[name] = got.rate
    end
    if name ~= "noise" and name ~= "unchanged" then
      burst.with[name] = {
        vanished = got.vanished, duration = got.duration or 0, endless = got.endless or false, longer = is_longer(got, burst, bin),
      }
      if name ~= "excitation" and burst.with[name].longer then table.insert(burst.ended_by, name) end
    end
  end
end

local function tally(list)
  local counts = { came = 0, redraws = 0, ended_by = {} }
  for _, burst in ipairs(list) do
    for name, with in pairs(burst.with) do
      counts[name] = counts[name] or { tried = 0, vanished = 0, longer = 0 }
      counts[name].tried = counts[name].tried + 1
      if with.vanished then counts[name].vanished = counts[name].vanished + 1 end
      if with.longer then counts[name].longer = counts[name].longer + 1 end
    end
    counts.came, counts.redraws = counts.came + burst.came, counts.redraws + burst.redraws
    local key = table.concat(burst.ended_by, " and ")
    counts.ended_by[key] = (counts.ended_by[key] or 0) + 1
  end
  return counts
end

-- The text -------------------------------------------------------------------------------------------------------------

local MOST_ROWS = 20

-- 9 of 10 bursts vanish
local function share(k, n)
  return ("%d of %s"):format(k, report.count(n, "burst"))
end

local function start_sentences(found)
  local counts, lines = found.counts, {}
  local exc = counts.excitation
  if not exc then
    lines[1] = "There is no recurrent excitation: what drives the bursts comes from outside."
  elseif exc.vanished > exc.tried / 2 then
    lines[1] = ("%s vanish%s without recurrent excitation: the neurons make each other fire."):format(share(exc.vanished, exc.tried),
      exc.vanished == 1 and "es" or "")
  else
    lines[1] = ("%s vanish%s without recurrent excitation: %s."):format(share(exc.vanished, exc.tried), exc.vanished == 1 and "es" or "",
      exc.vanished == 0 and "what drives them comes from outside" or "most are driven from outside")
  end
  if counts.redraws > 0 then
    local part = counts.came / counts.redraws
    lines[2] = ("With other noise, drawn from %g ms before, %d of %d still come: %s."):format(found.before, counts.came, counts.redraws,
      part >= 0.8 and "they do not depend on the very noise of that moment"
      or part <= 0.2 and "it is the noise of that moment that brings them" or "the noise of that moment has a part in it")
  end
  for _, name in ipairs{ "inhibition", "adaptation" } do
    local count = counts[name]
    if count and count.vanished > 0 then
      lines[#lines + 1] = ("%s vanish%s without %s."):format(share(count.vanished, count.tried), count.vanished == 1 and "es" or "", name)
    end
  end
  return lines
end

-- What it means that a burst lasts longer without the one, the other, both or neither.
local endings = {
  { key = "adaptation", words = "adaptation", one = "Adaptation ended it.", all = "Adaptation ends them all." },
  { key = "inhibition", words = "inhibition", one = "Inhibition ended it.", all = "Inhibition ends them all." },
  {
    key = "inhibition and adaptation", words = "inhibition and adaptation together", one = "Inhibition and adaptation ended it together.",
    all = "Inhibition and adaptation together end them all.",
  },
  {
    key = "", words = "neither (what drove them was over)", one = "Neither ended it: what drove it was over.",
    all = "Neither ends them: what drives them is over by itself.",
  },
}

local function end_sentences(found)
  local counts, n, lines = found.counts, found.size, {}
  if counts.inhibition then
    lines[1] = ("%s last%s longer without inhibition, %s without adaptation."):format(share(counts.inhibition.longer, counts.inhibition.tried),
      counts.inhibition.longer == 1 and "s" or "", ("%d of %d"):format(counts.adaptation.longer, n))
  else
    lines[1] = ("%s last%s longer without adaptation."):format(share(counts.adaptation.longer, n), counts.adaptation.longer == 1 and "s" or "")
  end
  local parts, whole = {}, nil
  for _, ending in ipairs(endings) do
    local count = counts.ended_by[ending.key]
    if count == n then whole = n == 1 and ending.one or ending.all end
    if count then parts[#parts + 1] = ("%d by %s"):format(count, ending.words) end
  end
  lines[2] = whole or ("Of the bursts, %s were ended."):format(table.concat(parts, ", "))
  return lines
end

local function with_text(burst, name)
  local with = burst.with[name]
  if not with then return "–" end
  if with.vanished then return "gone" end
  return ("%s%.0f ms"):format(with.endless and "> " or "", with.duration)
end

local function rows_of(found)
  local rows = { { "onset (ms)", "lasts", "neurons", "spikes", "first to fire" } }
  local names = {}
  for _, name in ipairs{ "excitation", "inhibition", "adaptation" } do
    if found.counts[name] then
      names[#names + 1] = name
      table.insert(rows[1], ({ excitation = "no recurrent exc.", inhibition = "no inhibition", adaptation = "no adaptation" })[name])
    end
  end
  if found.counts.redraws > 0 then table.insert(rows[1], "other noise") end
  for k, burst in ipairs(found.list) do
    if k > MOST_ROWS then break end
    local row = {
      ("%.1f"):format(burst.onset), ("%.0f ms"):format(burst.duration), ("%.0f %%"):format(100 * burst.participation),
      ("%d"):format(burst.spikes), table.concat(burst.leaders, " "),
    }
    for _, name in ipairs(names) do row[#row + 1] = with_text(burst, name) end
    if found.counts.redraws > 0 then row[#row + 1] = burst.redraws > 0 and ("%d of %d"):format(burst.came, burst.redraws) or "–" end
    rows[k + 1] = row
  end
  return rows
end

local function text_of(found)
  local window = ("%g < t ≤ %g ms"):format(found.from, found.to)
  local head = ("bursts: %s of %s in %s"):format(report.count(found.size, "network burst"), report.count(found.neurons, "neuron"), window)
  if found.size == 0 then
    return ("%s (none of %.0f %% of the neurons above %s Hz a neuron)"):format(head, 100 * found.list.share, report.number(found.list.threshold))
  end
  local lines = { head }
  if not found.trusted then
    lines[2] = report.wrap(found.reason)
    return table.concat(lines, "\n")
  end
  lines[2] = report.wrap(("Each was run again from %g ms before, with one thing changed from there on."):format(found.before))
  lines[3] = ""
  lines = join(lines, report.align(rows_of(found), { true, true, true, true, false, true, true, true, true }))
  if found.size > MOST_ROWS then lines[#lines + 1] = ("  … and %d more"):format(found.size - MOST_ROWS) end
  lines[#lines + 1] = ""
  for _, sentence in ipairs(join(start_sentences(found), end_sentences(found))) do lines[#lines + 1] = report.wrap(sentence) end
  lines[#lines + 1] = ""
  lines[#lines + 1] = report.wrap(("The last columns say what became of the burst: gone, or how long it lasted from its onset (>: it had not "
    .. "ended when watching did); of how many runs with other noise had a burst there, too. Recurrent excitation: excitatory "
    .. "synapses between populations that lead back to where they come from. No adaptation: spikes do not raise u (d = 0), so that "
    .. "neurons do not tire. Longer: %g times as long at least."):format(LONGER))
  return table.concat(lines, "\n")
end

-- The figure -----------------------------------------------------------------------------------------------------------

local labels = { unchanged = "as it was", excitation = "no recurrent excitation", inhibition = "no inhibition", adaptation = "no adaptation" }
local order = { "unchanged", "excitation", "inhibition", "adaptation" }

-- Rates of the burst in the middle of the list, in each of its runs.
local function rates_panel(izh, found, options)
  local burst, series = found.list[(found.size + 1) // 2], {}
  for _, name in ipairs(order) do
    local rate = burst.rates[name]
    if rate then
      local x = {}
      for k = 1, #rate do x[k] = burst.taken_up + (k - 0.5) * found.list.rate_bin end
      series[#series + 1] = { x = x, y = rate, label = labels[name], style = "line" }
    end
  end
  return izh.curve(series, {
    xlabel = "Time (ms)", ylabel = "Rate (Hz)", title = options.title or ("The burst at %.0f ms"):format(burst.onset), span = options.span,
  })
end

local function durations_panel(izh, found, options)
  local series = {}
  for _, name in ipairs(order) do
    local x, y = {}, {}
    for k, burst in ipairs(found.list) do
      local with = name == "unchanged" and burst or burst.with[name]
      x[k], y[k] = k, with and (with.vanished and 0 or with.duration) or 0 / 0
    end
    if name == "unchanged" or found.counts[name] then series[#series + 1] = { x = x, y = y, label = labels[name], style = "points" } end
  end
  return izh.curve(series, {
    xlabel = "Burst", ylabel = "Duration (ms)", title = options.title or "All bursts; 0: it vanished", span = options.span,
    xlim = { 0.5, found.size + 0.5 },
  })
end

-- The raster as it is now: by the time it is drawn the network may have been restored or closed.
local function keep_raster(net, found)
  local marks = {}
  for _, burst in ipairs(found.list) do
    if burst.stop > burst.onset then marks[#marks + 1] = { burst.onset, burst.stop } end
  end
  return panel.quiet(panel.draw("raster", net, { from = found.from, to = found.to, marks = marks }))
end

local function raster_panel(found, options)
  local copy = {}
  for key, value in pairs(panel.get(found.raster)) do copy[key] = value end
  copy.title, copy.span = options.title, options.span or 2
  return panel.new("raster", copy, tostring(found.raster))
end

local function draw(found, func)
  local izh = require "izhlua"
  if found.size == 0 then core.raise(func, "there were no bursts: there is nothing to draw") end
  if not found.trusted then core.raise(func, "there is nothing to draw: " .. found.reason) end
  return {
    function(options) return raster_panel(found, options) end,
    function(options) return rates_panel(izh, found, options) end,
    function(options) return durations_panel(izh, found, options) end,
  }
end

-- izh.explain.bursts(net, { from =, to =, before =, redraws =, start =, and the options of spikes:bursts }) -----------------

local DIFFERS = "Run again from its start, the network gave other spikes, or came to another state, so that nothing can be said about "
  .. "them: something was changed in a way that is not repeated, such as by the script between two calls of run. Give a snapshot "
  .. "from after the change: { start = net:snapshot() }."

return function(net, options, ...)
  local start, from, to
  options, start, from, to = again.question(FUNC, known_options, net, options, ...)
  local before = check.number(FUNC, "before", options.before, 0, 1e6, "a number of ms ≥ 0") or 20
  local redraws = report.whole(FUNC, "redraws", options.redraws, 0, 1000, 5)
  local detection = {}
  for _, name in ipairs(of_bursts) do detection[name] = options[name] end
  local list = net:spikes{ from = from, to = to }:bursts(detection)
  list.share = options.participation or 0.25
  list.rate_bin = math.max(1, math.floor(list.bin / net.dt / 3)) * net.dt -- of figures
  local found = { from = from, to = to, before = before, list = list, size = #list, neurons = net.size, trusted = true }
  if #list > 0 then
    again.check_start(FUNC, net, start, from)
    plan_runs(list, from, before, start.time)
    local got = run_again(net, start, list, redraws, { from = from, to = to })
    found.trusted, found.reason = not got.differs, DIFFERS
    for k, burst in ipairs(list) do
      if found.trusted then judge(burst, got.results[k], list.bin) end
    end
  end
  if found.trusted then
    found.counts = tally(list)
    found.raster = #list > 0 and keep_raster(net, found)
  end
  local text = text_of(found)
  return report.new("explanation of bursts", list, {
    from = from, to = to, size = #list, bursts = list, counts = found.counts or {}, trusted = found.trusted,
  }, text, function(func) return draw(found, func) end, { width = "double", columns = 2 })
end
