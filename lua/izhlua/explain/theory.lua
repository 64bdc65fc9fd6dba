-- What theory says beside the runs of an explanation: is the mean input of a population above the rheobase of its cells; do its synapses have
-- a mode of all neurons together, outside of what randomness makes. Where the theory is not one of the network, nothing is said.
local core = require "izhlua.core"
local models = require "izhlua.models"
local replay = require "izhlua.explain.replay"
local report = require "izhlua.explain.report"

local theory = {}

local MOST_CELLS = 500 -- of a population, whose rheobases are found

-- The balance ------------------------------------------------------------------------------------------------------------

-- Currents are not the whole input: v jumps, or what synapses bring depends on v.
local function has_more_than_currents(net)
  if core.conducts(net) or #core.jumping(net) > 0 then return true end
  for _, stimulus in ipairs(net.stimuli) do
    if core.stimulus(stimulus).jumps then return true end
  end
  return false
end

-- The least and the greatest steady rheobase of a population; nil where one is not known.
local function rheobases(net, population)
  local low, high = math.huge, -math.huge
  for k = 1, population.size, math.max(1, population.size // MOST_CELLS) do
    local cell, _, _, hold = core.cell(net, math.tointeger(population.ids[k]))
    local steady = not hold and replay.steady_rheobase(cell)
    if not steady then return nil end
    low, high = math.min(low, steady), math.max(high, steady)
  end
  return low, high
end

-- Records the mean currents of populations from now on. What it returns is a function(from): of each population that has steady rheobases
-- { population =, units =, exc =, inh =, ext =, mean = of all, low =, high = rheobases }, over what came since `from`.
local function watch_balance(net)
  local watched = {}
  if has_more_than_currents(net) then return function() return watched end end
  for _, population in ipairs(net.populations) do
    if population.size > 0 and not models.is_source(population) then
      local recording = net:record(population, { "i_exc", "i_inh", "i_ext" }, { every = net.dt, of = "mean", name = "theory of " .. population.name })
      watched[#watched + 1] = { population, recording }
    end
  end
  return function(from)
    local list = {}
    for _, one in ipairs(has_more_than_currents(net) and {} or watched) do
      local population, recording = table.unpack(one)
      local low, high = rheobases(net, population)
      local function mean(name)
        local values, times, sum, n = recording:values(name), recording:times(), 0, 0
        for k = #values, 1, -1 do
          if times[k] <= from then break end
          sum, n = sum + values[k], n + 1
        end
        return sum / n
      end
      if low then
        local exc, inh, ext = mean "i_exc", mean "i_inh", mean "i_ext"
        list[#list + 1] = { population = population.name, units = models.units{ population.model }, exc = exc, inh = inh, ext = ext, mean = exc + inh + ext, low = low, high = high }
      end
    end
    return list
  end
end

-- The weights ----------------------------------------------------------------------------------------------------------------

local SQUARINGS, SHIFT = 26, 1000

local function product(a, b)
  local n, c, most = #a, {}, 0
  for i = 1, n do
    c[i] = {}
    for j = 1, n do
      local sum = 0
      for k = 1, n do sum = sum + a[i][k] * b[k][j] end
      c[i][j], most = sum, math.max(most, math.abs(sum))
    end
  end
  return c, most
end

-- The greatest real part of the eigenvalues of a small matrix: how fast powers of 1 + it/shift grow.
function theory.abscissa(matrix)
  local n, size, power, log = #matrix, 0, {}, 0
  for i = 1, n do
    for j = 1, n do size = math.max(size, math.abs(matrix[i][j])) end
  end
  if size == 0 then return 0 end
  local shift = SHIFT * n * size
  for i = 1, n do
    power[i] = {}
    for j = 1, n do power[i][j] = (i == j and 1 or 0) + matrix[i][j] / shift end
  end
  for _ = 1, SQUARINGS do
    local most
    power, most = product(power, power)
    log = 2 * log + math.log(most)
    for i = 1, n do
      for j = 1, n do power[i][j] = power[i][j] / most end
    end
  end
  return shift * (math.exp(log / 2 ^ SQUARINGS) - 1)
end

-- Of what a spike brings (weight × time, 1/1000: per Hz): { outlier = of the means of populations, radius = of the bulk, units = }; nil
-- where synapses do not bring currents, or there are none between neurons.
local function weights_of(net)
  local sums, squares = core.blocks(net)
  if not sums then return nil end
  local n, kept, names = #net.populations, {}, {}
  for k, population in ipairs(net.populations) do
    if population.size > 0 and not models.is_source(population) then
      kept[#kept + 1], names[#names + 1] = k, population.model
    end
  end
  local means, spread, any = {}, {}, false
  for i, post in ipairs(kept) do
    means[i], spread[i] = {}, {}
    for j, pre in ipairs(kept) do
      local at, size = (pre - 1) * n + post, net.populations[post].size
      local pairs_of = size * net.populations[pre].size
      means[i][j] = 1e-3 * sums[at] / size
      spread[i][j] = 1e-6 * math.max(0, squares[at] - sums[at] ^ 2 / pairs_of) / size
      any = any or sums[at] ~= 0
    end
  end
  if not any then return nil end
  return { outlier = theory.abscissa(means), radius = math.sqrt(math.max(0, theory.abscissa(spread))), units = models.units(names) }
end

-- All ------------------------------------------------------------------------------------------------------------------------

-- Watches a network from now on. What it returns is a function(from): { balance = a list, weights = or nil }.
function theory.watch(net)
  local balance = watch_balance(net)
  return function(from) return { balance = balance(from), weights = weights_of(net) } end
end

local number = report.number

local function balance_sentence(one)
  local same = number(one.low) == number(one.high)
  local range = same and number(one.low) or ("%s to %s"):format(number(one.low), number(one.high))
  local parts = ("%s gets %s %s on the mean (excitation %s, inhibition %s, from outside %s), "):format(
    one.population, number(one.mean), one.units, number(one.exc), number(one.inh), number(one.ext))
  if one.mean < one.low then
    return parts .. ("below %s steady rheobase%s, %s: of that alone, a cell at rest would stay so."):format(
      same and "the" or "all", same and "" or "s", range)
  end
  if one.mean > one.high then
    return parts .. ("above %s steady rheobase%s, %s: of that alone, its cells would fire."):format(
      same and "the" or "all", same and "" or "s", range)
  end
  return parts .. ("between the steady rheobases of its cells, %s."):format(range)
end

local function weights_sentence(one)
  if one.units:find(";", 1, true) then return nil end -- no one unit
  if one.outlier <= one.radius or one.outlier <= 0 then
    return ("The means of the weights have no eigenvalue outside of the bulk of the weights, of radius %s %s per Hz."):format(
      number(one.radius), one.units)
  end
  return ("The means of the weights have the eigenvalue %s %s per Hz, outside of the bulk, of radius %s: rates together would grow by "
    .. "themselves where cells gain more than %s Hz per %s of input."):format(number(one.outlier), one.units, number(one.radius),
    number(1 / one.outlier), one.units)
end

-- Sentences about what was found.
function theory.lines(found)
  local lines = {}
  for k, one in ipairs(found.balance) do lines[k] = balance_sentence(one) end
  lines[#lines + 1] = found.weights and weights_sentence(found.weights) or nil
  if #lines > 0 then table.insert(lines, 1, "What theory says, which no run shows (docs/explain.md):") end
  return lines
end

return theory
