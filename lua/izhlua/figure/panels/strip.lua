-- Each number of several groups as a point, with the median and n: izh.strip{ { "control", numbers }, { "changed", numbers } }.
local core = require "izhlua.core"
local check = require "izhlua.options"
local look = require "izhlua.figure.look"
local panel = require "izhlua.figure.panel"
local LOOK, INK = panel.LOOK, panel.INK

local LEVELS = 40 -- of the whole range: points on one level are beside each other
local APART, WIDEST = 0.06, 0.38 -- on the axis, where groups are 1 apart
local STEPS = 60 -- of the outline of a violin

-- The defined numbers of a group, sorted, and its name.
local function read_group(func, what, given)
  if type(given) ~= "table" or core.list(func, what, given) ~= 2 then core.raise(func, what .. " must be { name, numbers }") end
  local values, all = {}, core.numbers(func, what .. "[2]", given[2])
  for k = 1, #all do
    if all[k] == all[k] then values[#values + 1] = all[k] end
  end
  table.sort(values)
  local name = check.text(func, what .. "[1]", given[1])
  if name == nil then core.wrong(func, what .. "[1]", "the name of a group", nil) end
  return { name = name, values = values }
end

local function quantile(sorted, part)
  local at = 1 + part * (#sorted - 1)
  local below = math.floor(at)
  return sorted[below] + (at - below) * (sorted[math.min(below + 1, #sorted)] - sorted[below])
end

-- Where the points of a group are across: 0, then to the right and to the left in turn.
local function spread(values, level)
  local across, on = {}, {}
  for k, value in ipairs(values) do
    local at = level > 0 and math.floor(value / level) or 0
    on[at] = (on[at] or 0) + 1
    local n = on[at] - 1
    local offset = math.ceil(n / 2) * APART
    if offset > WIDEST then offset = offset % WIDEST end
    across[k] = n % 2 == 1 and offset or -offset
  end
  return across
end

-- The outline of the density of a group around its place: a Gaussian kernel, with Silverman's width.
local function outline(values, place)
  local n, v = #values, core.vector(values)
  local spread_of = math.min(v:sd(), (quantile(values, 0.75) - quantile(values, 0.25)) / 1.34)
  if spread_of == 0 then spread_of = v:sd() end
  local width = 0.9 * spread_of * n ^ -0.2
  if not (width > 0) then return {}, {} end
  local lo, hi, density, most = values[1] - 2 * width, values[n] + 2 * width, {}, 0
  for k = 0, STEPS do
    local y, sum = lo + (hi - lo) * k / STEPS, 0
    for _, value in ipairs(values) do sum = sum + math.exp(-0.5 * ((y - value) / width) ^ 2) end
    density[k], most = sum, math.max(most, sum)
  end
  local xs, ys = {}, {}
  for side = 1, -1, -2 do
    for k = side == 1 and 0 or STEPS, side == 1 and STEPS or 0, side do
      xs[#xs + 1], ys[#ys + 1] = place + side * WIDEST * density[k] / most, lo + (hi - lo) * k / STEPS
    end
  end
  xs[#xs + 1], ys[#ys + 1] = xs[1], ys[1]
  return xs, ys
end

local function series(func, x, y, more)
  more.x, more.y = core.numbers(func, "x", x), core.numbers(func, "y", y)
  return more
end

-- The points, the median and perhaps the outline of the group at a place.
local function draw_group(func, list, group, place, level, o)
  local values, x = group.values, spread(group.values, level)
  for k = 1, #x do x[k] = place + x[k] end
  if o.violin and #values > 2 then
    local xs, ys = outline(values, place)
    list[#list + 1] = series(func, xs, ys, { ink = INK.neutral, shade = 1, width = 0.5, of = group.name })
  end
  list[#list + 1] = series(func, x, values, { ink = INK.neutral, shade = 1, look = LOOK.points, size = 2, of = group.name })
  if #values > 0 then
    local median = quantile(values, 0.5)
    list[#list + 1] = series(func, { place - 0.3, place + 0.3 }, { median, median }, { ink = INK.neutral, shade = 2, width = 1 })
  end
end

return {
  help = "each number of several groups as a point, with the median and n, perhaps in a violin",
  source = "{ [1]: string, [2]: number[]|izhlua.Vector }[]",
  options = {
    panel.bars{ "x", "y" },
    { name = "violin", kind = "flag", help = "the outline of the density, after Silverman" },
  },
  without = {
    xscale = "its groups have names", xminor = "its groups have names", legend = "its groups have their names below",
  },
  make = function(self, given, o)
    local func, groups, names, lo, hi = self.name, {}, {}, math.huge, -math.huge
    if type(given) ~= "table" then core.wrong(func, "the first argument of izh.strip", "a list of { name, numbers }", given) end
    for i = 1, core.list(func, "the list of groups", given) do
      local group = read_group(func, ("group %d"):format(i), given[i])
      groups[i], names[i] = group, ("%s (n\u{A0}=\u{A0}%d)"):format(group.name, #group.values)
      if #group.values > 0 then lo, hi = math.min(lo, group.values[1]), math.max(hi, group.values[#group.values]) end
    end
    if #groups == 0 then core.raise(func, "there must be at least one group") end
    local list, total = {}, 0
    for i, group in ipairs(groups) do
      draw_group(func, list, group, i, hi > lo and (hi - lo) / LEVELS or 0, o)
      total = total + #group.values
    end
    local x = { lo = 0.5, hi = #groups + 0.5, bar = panel.bar(o.bars.x) }
    look.set_ticks(x, look.categories(func, names))
    return { x = x, tracks = { { y = { bar = panel.bar(o.bars.y) }, series = list } }, empty = "no numbers" },
      ("strip panel: %s in %s"):format(check.count(total, "number"), check.count(#groups, "group"))
  end,
}
