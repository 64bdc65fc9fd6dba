-- The report of izh.explain.bursts: its table, its sentences, of which each counts runs, and its figure.
local core = require "izhlua.core"
local join = require "izhlua.join"
local panel = require "izhlua.figure.panel"
local factors = require "izhlua.explain.factors"
local range = require "izhlua.explain.range"
local report = require "izhlua.explain.report"
local theory = require "izhlua.explain.theory"

local MOST_ROWS = 20
local FIRST = 5 -- the column of those that are first to fire: names, not numbers
local set_words = report.set_words

-- Sets and how often ---------------------------------------------------------------------------------------------------

-- Counts sets over the bursts: a list of { words, n, bursts }, the most frequent first. sets_of(burst) is a list of sets.
local function count_sets(found, sets_of)
  local by_words, list = {}, {}
  for k = 1, found.examined do
    for _, set in ipairs(sets_of(found.list[k]) or {}) do
      local words = set_words(set)
      if not by_words[words] then
        by_words[words] = { words = words, size = #set, n = 0, bursts = {}, set = set }
        list[#list + 1] = by_words[words]
      end
      by_words[words].n = by_words[words].n + 1
      table.insert(by_words[words].bursts, found.list[k])
    end
  end
  table.sort(list, function(a, b)
    if a.n ~= b.n then return a.n > b.n end
    if a.size ~= b.size then return a.size < b.size end
    return a.words < b.words
  end)
  return list
end

local MOST_SETS = 6

-- How often what a list says of a set holds, too, when only a part of one of its factors is cut: "; only adaptation of E: 5".
local function parts_text(entry, list_name)
  local n, order = {}, {}
  for _, burst in ipairs(entry.bursts) do
    for _, one in ipairs(burst.parts) do
      if one.list == list_name and set_words(one.set) == entry.words then
        if not n[one.part] then n[one.part], order[#order + 1] = 0, one.part end
        n[one.part] = n[one.part] + (one.holds and 1 or 0)
      end
    end
  end
  for i, part in ipairs(order) do order[i] = ("; only %s: %d"):format(part, n[part]) end
  return table.concat(order)
end

-- "without A (5 of 5); without A and B together (2 of 5)"; more(entry) may add to what is in brackets. list_name: of the list of a burst
-- that has the sets, where parts have been tried.
local function sets_text(list, known, list_name, more)
  local parts = {}
  for i, entry in ipairs(list) do
    if i > MOST_SETS then
      parts[i] = ("%d more in bursts[k]"):format(#list - MOST_SETS)
      break
    end
    parts[i] = ("without %s (%d of %d%s%s)"):format(entry.words, entry.n, known, more and more(entry) or "",
      list_name and parts_text(entry, list_name) or "")
  end
  return table.concat(parts, "; ")
end

-- The sentences --------------------------------------------------------------------------------------------------------

-- How many bursts something is known of, and in words: without what they were run. Any set where all have been run, else those that have.
local function known_bursts(found)
  local n, complete, voids = 0, true, false
  for k = 1, found.examined do
    local burst = found.list[k]
    if not burst.void then n, complete, voids = n + 1, complete and burst.complete, voids or burst.voids end
  end
  return n, (complete and "set of factors" or "factor, any two, all but one, and all") .. (voids and ", as far as runs can say" or "")
end

local function count_where(found, test)
  local n = 0
  for k = 1, found.examined do
    if not found.list[k].void and test(found.list[k]) then n = n + 1 end
  end
  return n
end

local function start_sentences(found, known, any_set)
  local lines = {}
  local before = count_sets(found, function(burst) return burst.cuts.before end)
  if #before > 0 then lines[1] = ("Cut just before, they are gone %s."):format(sets_text(before, known, "abolished_by")) end
  for _, cut in ipairs{ { "previous", "before the burst before", "what is cut works through that burst, or what came with it" },
    { "start", "at the start of the window", "what is cut works through what came before" } } do
    local sets = count_sets(found, function(burst) return burst.cuts[cut[1]] end)
    if #sets > 0 then
      lines[#lines + 1] = ("Only when cut %s, they are gone %s: %s."):format(cut[2], sets_text(sets, known), cut[3])
    end
  end
  local merged = count_sets(found, function(burst) return burst.merged_by end)
  if #merged > 0 then
    lines[#lines + 1] = ("Cut earlier, the rate stays up from before them, so that no burst begins, %s."):format(sets_text(merged, known))
  end
  local never = count_where(found, function(burst) return burst.always_comes end)
  if never > 0 then
    lines[#lines + 1] = ("%d of %d come whatever is cut: also without any %s."):format(never, known, any_set)
  end
  return lines
end

local function enough_sentence(found, known)
  local list = count_sets(found, function(burst)
    local sets = {}
    for i, name in ipairs(burst.enough) do sets[i] = { name } end
    return sets
  end)
  local parts = {}
  for i, entry in ipairs(list) do parts[i] = ("%s (%d of %d)"):format(entry.words, entry.n, known) end
  return #parts > 0 and ("Enough by itself, all other factors cut: %s."):format(table.concat(parts, ", ")) or nil
end

local function range_text(low, high, endless)
  local last = ("%s%.0f ms"):format(endless and "> " or "", high)
  return ("%.0f"):format(low) == ("%.0f"):format(high) and last or ("%.0f to %s"):format(low, last)
end

-- How long the bursts of an entry last, and without what it names: ": 19 to 24 ms, then 80 to > 100 ms".
local function times_text(entry)
  local was, is = { math.huge, 0 }, { math.huge, 0 }
  local endless = false
  for _, burst in ipairs(entry.bursts) do
    local got = burst.changed[entry.words]
    was, is = { math.min(was[1], burst.lasts), math.max(was[2], burst.lasts) }, { math.min(is[1], got[1]), math.max(is[2], got[1]) }
    endless = endless or got[2]
  end
  return (": %s, then %s"):format(range_text(was[1], was[2], false), range_text(is[1], is[2], endless))
end

local function end_sentences(found, known, any_set)
  local lines = {}
  local longer = count_sets(found, function(burst) return burst.prolonged_by end)
  local shorter = count_sets(found, function(burst) return burst.shortened_by end)
  if #longer > 0 then lines[1] = ("Cut just before, they last longer %s."):format(sets_text(longer, known, "prolonged_by", times_text)) end
  if #shorter > 0 then lines[#lines + 1] = ("Cut just before, they last shorter %s."):format(sets_text(shorter, known, "shortened_by", times_text)) end
  local none = count_where(found, function(burst) return burst.never_longer end)
  if none > 0 then
    lines[#lines + 1] = ("%d of %d never last 1.5 times as long, whatever is cut just before: without any %s."):format(none, known, any_set)
  end
  return lines
end

local function noise_sentence(found)
  local came, redraws = 0, 0
  for k = 1, found.examined do came, redraws = came + found.list[k].came, redraws + found.list[k].redraws end
  if redraws == 0 then return nil end
  return ("With other noise, drawn from just before, %d of %d still come."):format(came, redraws)
end

local function shares_sentence(found)
  local sums, n, whole, names = {}, 0, 0, {}
  for k = 1, found.examined do
    local burst = found.list[k]
    for name, share in pairs(burst.shares or {}) do
      if not sums[name] then names[#names + 1] = name end
      sums[name] = (sums[name] or 0) + share
    end
    if burst.shares then n, whole = n + 1, whole + burst.shares_sum end
  end
  if n == 0 then return nil end
  table.sort(names, function(a, b) return sums[a] > sums[b] or sums[a] == sums[b] and a < b end)
  for i, name in ipairs(names) do names[i] = name .. " " .. report.percent(sums[name] / n) end
  return ("Shares in that they come (Shapley, mean of %s): %s; in all %s%s."):format(
    report.count(n, "burst"), table.concat(names, ", "), report.percent(whole / n),
    whole < n - 0.5 and ", since the others come without any of them" or "")
end

local function sentences(found)
  local known, any_set = known_bursts(found)
  if known == 0 then return { "Nothing can be said: run again, none of them is the same." } end
  local lines = start_sentences(found, known, any_set)
  lines[#lines + 1] = enough_sentence(found, known)
  lines = join(lines, end_sentences(found, known, any_set))
  lines[#lines + 1] = noise_sentence(found)
  lines[#lines + 1] = shares_sentence(found)
  return lines
end

-- The table ------------------------------------------------------------------------------------------------------------

local function lasts_text(burst)
  if burst.open then return ("> %.0f ms"):format(burst.duration) end
  return ("%.0f ms"):format(burst.duration)
end

local function first_text(burst)
  if burst.together > #burst.leaders then return ("%d at once"):format(burst.together) end
  return table.concat(burst.leaders, " ")
end

local function alone_text(burst, name)
  local alone = burst.alone[name]
  if not alone or alone.void then return "–" end
  if alone.what == "gone" then return "gone" end
  return ("%s%.0f ms"):format(alone.endless and "> " or "", alone.duration)
end

-- All factors of the bursts, in the order of their lists.
local function factors_of(found)
  local names, seen = {}, {}
  for k = 1, found.examined do
    for _, name in ipairs(found.list[k].factors or {}) do
      if not seen[name] then seen[name], names[#names + 1] = true, name end
    end
  end
  return names
end

local function rows_of(found, names)
  local rows, noise = { { "onset (ms)", "lasts", "neurons", "spikes", "first to fire" } }, false
  for k = 1, found.examined do noise = noise or found.list[k].redraws > 0 end
  for i = 1, #names do table.insert(rows[1], ("–[%d]"):format(i)) end
  if noise then table.insert(rows[1], "other noise") end
  for k = 1, math.min(found.examined, MOST_ROWS) do
    local burst = found.list[k]
    local row = {
      ("%.1f"):format(burst.onset), lasts_text(burst), ("%.0f %%"):format(100 * burst.participation), ("%d"):format(burst.spikes),
      first_text(burst),
    }
    for _, name in ipairs(names) do row[#row + 1] = alone_text(burst, name) end
    if noise then row[#row + 1] = burst.redraws > 0 and ("%d of %d"):format(burst.came, burst.redraws) or "–" end
    rows[k + 1] = row
  end
  return rows
end

-- Why there is a "–": reasons, each with its factors.
local function void_lines(found, names)
  local by_reason, reasons, lines = {}, {}, {}
  for _, name in ipairs(names) do
    for k = 1, found.examined do
      local alone = found.list[k].alone and found.list[k].alone[name]
      local reason = found.list[k].void or alone and alone.void or not alone and "there was no such thing to cut"
      if reason then
        if not by_reason[reason] then by_reason[reason], reasons[#reasons + 1] = {}, reason end
        by_reason[reason][name] = true
      end
    end
  end
  for _, reason in ipairs(reasons) do
    local list = {}
    for i, name in ipairs(names) do
      if by_reason[reason][name] then list[#list + 1] = ("[%d]"):format(i) end
    end
    lines[#lines + 1] = ("– under %s: %s."):format(table.concat(list, " "), reason)
  end
  return lines
end

local function criterion(found)
  return ("A burst: %.0f %% of the neurons at least, in bins of %g ms above %s Hz a neuron, as long as it is above %s Hz."):format(
    100 * found.list.share, found.list.bin, report.number(found.list.threshold), report.number(found.list.end_threshold))
end

local function count_sets_run(found)
  local complete, most = true, 0
  for k = 1, found.examined do
    complete = complete and found.list[k].complete
    most = math.max(most, #found.list[k].factors)
  end
  if complete then return ("each of the %d sets of %s"):format(1 << most, report.count(most, "factor")) end
  return ("each one and each two of %d factors, all but one, and all"):format(most)
end

local meaning = { [factors.STATE] = " (all cells at rest, nothing on its way)" }

local function legend(names)
  local list = {}
  for i, name in ipairs(names) do list[i] = ("[%d] %s%s"):format(i, name, meaning[name] or "") end
  return ("–[k]: without factor k from just before (gone: no burst begins until half-way to the next; >: it goes on when watching "
    .. "ends): %s."):format(table.concat(list, ", "))
end

local function head_lines(found)
  local lines = { ("Each was run again without %s, cut from %g ms before, from before the burst before, and from %g ms (%d runs)."):format(
    count_sets_run(found), found.before, found.from, #found.runs) }
  if found.examined < found.size then
    lines[#lines + 1] = ("The first %d of %d were run again (option most)."):format(found.examined, found.size)
  end
  if found.unstable then
    lines[#lines + 1] = ("In the network itself v comes to where the scheme is unstable (neuron %d): see what a smaller dt gives."):format(
      found.unstable)
  end
  if found.acts then
    lines[#lines + 1] = "What functions of the script do is done in every run, and is never taken away (net:at, net:every)."
  end
  if found.beyond then lines[#lines + 1] = range.text(found.beyond) end
  return lines
end

local function text_of(found)
  local window = ("%g < t ≤ %g ms"):format(found.from, found.to)
  local lines = { ("bursts: %s of %s in %s"):format(report.count(found.size, "network burst"), report.count(found.neurons, "neuron"), window) }
  local function say(text) lines[#lines + 1] = report.wrap(text) end
  say(criterion(found))
  if found.size == 0 then return table.concat(lines, "\n") end
  if not found.trusted then
    say(found.reason)
    return table.concat(lines, "\n")
  end
  for _, text in ipairs(head_lines(found)) do say(text) end
  lines[#lines + 1] = ""
  local names = factors_of(found)
  local rows, right = rows_of(found, names), {}
  for k = 1, #rows[1] do right[k] = k ~= FIRST end
  lines = join(lines, report.align(rows, right))
  if found.examined > MOST_ROWS then lines[#lines + 1] = ("  … and %d more"):format(found.examined - MOST_ROWS) end
  lines[#lines + 1] = ""
  say(legend(names))
  for _, text in ipairs(void_lines(found, names)) do say(text) end
  lines[#lines + 1] = ""
  for _, text in ipairs(sentences(found)) do say(text) end
  for k, text in ipairs(theory.lines(found.theory)) do
    if k == 1 then lines[#lines + 1] = "" end
    say(text)
  end
  return table.concat(lines, "\n")
end

-- The figure -----------------------------------------------------------------------------------------------------------

-- Rates of the burst in the middle of the list: as it was, and without each factor.
local function rates_panel(izh, found, options)
  local burst, series = found.list[found.list.shown], {}
  local function add(rate, label)
    local x, y = {}, {}
    for k = 1, #rate do
      local time = burst.cut + (k - 0.5) * found.list.rate_bin
      if time < burst.watched then x[k], y[k] = time, rate[k] end
    end
    series[#series + 1] = { x = x, y = y, label = label, style = "line" }
  end
  if burst.rate then add(burst.rate, "as it was") end
  for _, name in ipairs(burst.factors) do
    local alone = burst.alone[name]
    if alone and alone.rate and #series < 5 then add(alone.rate, "no " .. name) end
  end
  return izh.curve(series, {
    xlabel = "Time (ms)", ylabel = "Rate (Hz)", title = options.title or ("The burst at %.0f ms"):format(burst.onset), span = options.span,
  })
end

local function durations_panel(izh, found, options)
  local series = {}
  local function add(label, duration_of)
    local x, y, any = {}, {}, false
    for k = 1, found.examined do
      local duration = duration_of(found.list[k])
      x[k], y[k], any = k, duration or 0 / 0, any or duration ~= nil
    end
    if any then series[#series + 1] = { x = x, y = y, label = label, style = "points" } end
  end
  add("as it was", function(burst) return burst.lasts end)
  for _, name in ipairs(factors_of(found)) do
    add("no " .. name, function(burst)
      local alone = burst.alone[name]
      return alone and not alone.void and (alone.what == "gone" and 0 or alone.duration) or nil
    end)
  end
  return izh.curve(series, {
    xlabel = "Burst", ylabel = "Duration (ms)", title = options.title or "All bursts; 0: it is gone", span = options.span,
    xlim = { 0.5, found.examined + 0.5 },
  })
end

local MOST_SETS_DRAWN = 24
local levels = { gone = -2, shorter = -1, ["as long"] = 0, longer = 1 }

-- The sets of the table, each factor and those of which something is said: each { words = as a key of outcomes, label = }. Factors have
-- numbers, by which the others name them.
local function sets_drawn(found)
  local sets, seen, number = {}, {}, {}
  local function add(set)
    local words, label = table.concat(set, " + "), {}
    for k, name in ipairs(set) do label[k] = ("[%d]"):format(number[name]) end
    local text = #set == 1 and ("%s %s"):format(set[1], label[1]) or table.concat(label, " ")
    if not seen[words] and #sets < MOST_SETS_DRAWN then sets[#sets + 1] = { words = words, label = text } end
    seen[words] = true
  end
  for k, name in ipairs(factors_of(found)) do
    number[name] = k
    add{ name }
  end
  for _, of in ipairs{ function(burst) return burst.cuts.before end, function(burst) return burst.prolonged_by end,
    function(burst) return burst.shortened_by end } do
    for _, entry in ipairs(count_sets(found, function(burst) return not burst.void and of(burst) or nil end)) do add(entry.set) end
  end
  return sets
end

-- The table of sets: a row for each, a column for each burst.
local function sets_panel(izh, found, options)
  local sets, rows, names = sets_drawn(found), {}, {}
  for i, set in ipairs(sets) do
    local row = {}
    for k = 1, found.examined do row[k] = levels[found.list[k].outcomes and found.list[k].outcomes[set.words]] or 0 / 0 end
    rows[i], names[i] = row, { i, set.label }
  end
  return izh.matrix(rows, {
    title = options.title or "Without each factor and each set that matters, cut just before", span = options.span or 2, aspect = "free",
    origin = "upper", xlabel = "Burst", ylabel = "", yticks = names, range = { -2, 2 }, colormap = "signs",
    label = "−2 gone, −1 shorter, 0 as long, 1 longer", missing = "nothing known",
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

local function draw(found)
  local izh = require "izhlua"
  local raster = function(options) return raster_panel(found, options) end
  if found.size == 0 or not found.trusted then
    return { function(options)
      options.title = options.title or (found.size == 0 and "No network burst" or "Not the same when run again: nothing can be said")
      return raster(options)
    end }
  end
  return {
    raster, function(options) return rates_panel(izh, found, options) end, function(options) return durations_panel(izh, found, options) end,
    function(options) return sets_panel(izh, found, options) end,
  }
end

return function(net, found)
  found.raster = keep_raster(net, found)
  local text = text_of(found)
  return report.new("explanation of bursts", found.list, {
    from = found.from, to = found.to, size = found.size, bursts = found.list, trusted = found.trusted, runs = found.runs,
    examined = found.examined, theory = found.theory or false,
  }, text, function() return draw(found) end, { page = { width = "double", columns = 2 }, rerun = found.rerun })
end
