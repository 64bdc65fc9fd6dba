-- Spikes around an event, over trials: izh.psth({ spikes of trial 1, spikes of trial 2, … }, { bin = 5 }), or of several
-- conditions, izh.psth{ { "control", list }, { "changed", list } }. Trials are rows, the rate is below.
local core = require "izhlua.core"
local check = require "izhlua.options"
local dots = require "izhlua.figure.dots"
local panel = require "izhlua.figure.panel"

-- Whether the list is one of conditions, { name, list of spikes }.
local function has_conditions(given) return type(given[1]) == "table" and type(given[1][1]) == "string" end

local function read_trials(func, what, list)
  local n = core.list(func, what, list)
  if n == 0 then core.raise(func, what .. " must have the spikes of at least one trial") end
  for k = 1, n do
    if not core.is_spikes(list[k]) then core.wrong(func, ("%s[%d]"):format(what, k), "spikes, net:spikes()", list[k]) end
  end
  return list
end

local function read_conditions(func, given)
  if type(given) ~= "table" then
    core.wrong(func, "the first argument of izh.psth", "a list of spikes, one of each trial, or of { name, list }", given)
  end
  if not has_conditions(given) then return { { trials = read_trials(func, "the list of trials", given) } } end
  local read = {}
  for i = 1, core.list(func, "the list of conditions", given) do
    local what = ("condition %d"):format(i)
    if type(given[i]) ~= "table" or core.list(func, what, given[i]) ~= 2 then
      core.raise(func, what .. " must be { name, list of spikes }")
    end
    read[i] = {
      label = check.text(func, "the name of " .. what, given[i][1]), trials = read_trials(func, what, given[i][2]),
    }
  end
  return read
end

-- The window that all trials have.
local function common_window(func, conditions)
  local from, to = -math.huge, math.huge
  for _, one in ipairs(conditions) do
    for _, spikes in ipairs(one.trials) do from, to = math.max(from, spikes.from), math.min(to, spikes.to) end
  end
  if to < from then core.raise(func, "the trials have no time in common: all must be of the same window") end
  return from, to
end

-- The spikes of all trials; the number of a trial takes the place of an id. Times are relative to `zero`.
local function as_rows(conditions, from, to, zero)
  local t, trial, n = {}, {}, 0
  for _, one in ipairs(conditions) do
    for _, spikes in ipairs(one.trials) do
      n = n + 1
      for at in spikes:each() do
        if at > from and at <= to then t[#t + 1], trial[#trial + 1] = at - zero, n end
      end
    end
  end
  return core.spikes{ times = t, senders = trial, neurons = n, from = from - zero, to = to - zero }
end

-- The rate is per neuron and trial.
local function groups_of(func, conditions)
  local groups, first = {}, 1
  for i, one in ipairs(conditions) do
    local neurons
    for _, spikes in ipairs(one.trials) do
      local own = #spikes.neurons
      if neurons and own ~= neurons then
        core.raise(func, ("all trials must be of as many neurons (got %d and %d)"):format(neurons, own))
      end
      neurons = own
    end
    groups[i] = {
      label = one.label, first = first, size = #one.trials, ink = 0,
      neurons = #one.trials * neurons, colour = #conditions > 1 and core.ink_colour(panel.INK.series, i - 1) or nil,
    }
    first = first + #one.trials
  end
  return groups
end

return {
  help = "spikes of many trials, a row each, and below their rate (peristimulus time histogram)",
  source = "izhlua.Spikes[]|{ [1]: string, [2]: izhlua.Spikes[] }[]",
  options = {
    { name = "bin", unit = "ms", low = 0, above = true, allowed = "a number of ms > 0", help = "bin of the rate; default chosen" },
    dots.bars,
    { name = "ylim", kind = "range", help = "{ lo, hi } of the rate (Hz); default the same on a page" },
    dots.size,
    { name = "zero", unit = "ms", default = 0, help = "the time that the axis calls 0" },
  },
  without = dots.without,
  make = function(self, given, o)
    local func = self.name
    local conditions = read_conditions(func, given)
    local from, to = common_window(func, conditions)
    if o.xlim then from, to = math.max(from, o.xlim[1] + o.zero), math.min(to, o.xlim[2] + o.zero) end
    local spikes = as_rows(conditions, from, to, o.zero)
    local groups = groups_of(func, conditions)
    local trials = groups[#groups].first + groups[#groups].size - 1
    local raster = {
      rows = core.raster_rows(func, spikes, groups), from = from - o.zero, to = to - o.zero, note = check.count(trials, "trial"),
    }
    local made = dots.plot(func, o, raster, groups, "Trial", { bin = o.bin })
    return made, ("psth panel: %s, %s"):format(check.count(trials, "trial"), check.count(#spikes, "spike"))
  end,
}
