-- Bars with names: izh.bars{ labels = { "a", "b" }, values = { 1, 2 }, error = { 0.1, 0.2 } }, or several beside each other,
-- izh.bars{ labels = {…}, { values = {…}, label = "control" }, { values = {…}, label = "changed" } }.
local core = require "izhlua.core"
local check = require "izhlua.options"
local panel = require "izhlua.figure.panel"

local known = { "values", "error", "low", "high", "label", "color" }

local function read_bars(func, what, given, labels)
  core.options(func, given, known)
  if given.values == nil then core.raise(func, what .. ".values is missing") end
  return {
    x = labels, y = panel.column(func, what .. ".values", given.values, #labels, "labels"), style = "bars",
    error = given.error, low = given.low, high = given.high, label = given.label, color = given.color,
  }
end

local function without(given, name)
  local rest = {}
  for key, value in pairs(given) do
    if key ~= name and type(key) ~= "number" then rest[key] = value end
  end
  return rest
end

-- The series of a curve.
local function read_all(func, given)
  if type(given) ~= "table" then core.wrong(func, "the first argument of izh.bars", "{ labels = {…}, values = {…} }", given) end
  local labels = given.labels
  if type(labels) ~= "table" then core.wrong(func, "labels", "a list of strings", labels) end
  for i = 1, core.list(func, "labels", labels) do
    if check.text(func, ("labels[%d]"):format(i), labels[i]) == nil or labels[i] == "" then
      core.raise(func, ("labels[%d] must not be empty"):format(i))
    end
  end
  if #labels == 0 then core.raise(func, "labels must not be empty") end
  local rest = without(given, "labels")
  if rawlen(given) == 0 then return { read_bars(func, "bars", rest, labels) } end
  core.options(func, rest, {})
  local series = {}
  for i = 1, rawlen(given) do
    local what = ("bars %d"):format(i)
    if type(given[i]) ~= "table" then core.wrong(func, what, "a table { values = {…} }", given[i]) end
    series[i] = read_bars(func, what, given[i], labels)
  end
  return series
end

local curve = panel.load "curve"

return {
  help = "bars with names, beside or on each other, with error bars",
  source = "{ labels: string[], values: number[], error?: number[] }",
  options = curve.options,
  make = function(self, given, o)
    local series = read_all(self.name, given)
    local made = curve.make(self, #series == 1 and series[1] or series, o)
    return made, ("bars panel: %s"):format(check.count(#made.tracks[1].series[1].y, "bar"))
  end,
}
