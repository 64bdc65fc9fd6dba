-- Points that are not joined: izh.scatter{ x =, y = }, izh.scatter({ {…}, {…} }, options).
local core = require "izhlua.core"
local check = require "izhlua.options"
local panel = require "izhlua.figure.panel"

local SIZE = 2.5 -- pt; smaller than the markers of a curve, since there may be many

local function as_points(func, given)
  if type(given) ~= "table" then core.wrong(func, "a series", "a table { x = {…}, y = {…} }", given) end
  if given.style ~= nil then core.raise(func, "points have no style; izh.curve draws lines") end
  local one = {}
  for key, value in pairs(given) do one[key] = value end
  one.style, one.size = "points", one.size == nil and SIZE or one.size
  return one
end

local curve = panel.load "curve"

return {
  help = "points that are not joined, one number against another",
  source = "izhlua.CurveSeries|izhlua.CurveSeries[]",
  options = curve.options,
  make = function(self, given, o)
    local func, series = self.name, nil
    if type(given) ~= "table" then
      core.wrong(func, "the first argument of izh.scatter", "{ x = {…}, y = {…} } or a list of such tables", given)
    elseif given.x ~= nil or given.y ~= nil then
      series = as_points(func, given)
    else
      series = {}
      for i = 1, core.list(func, "the list of series", given) do series[i] = as_points(func, given[i]) end
    end
    local made, n = curve.make(self, series, o), 0
    for _, one in ipairs(made.tracks[1].series) do n = n + #one.y end
    return made, "scatter panel: " .. check.count(n, "point")
  end,
}
