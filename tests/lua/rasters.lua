-- Options of rasters: the form of their dots, which neurons, in which order.
local izh = require "izhlua"
local check = require "check"
local equal, raises = check.equal, check.raises

local path = os.tmpname()
os.remove(path)
local pdf = path .. ".pdf"

local content = check.content

local net = izh.network{ seed = 3 }
local E = net:population("E", 80, "E2003")
local I = net:population("I", 19, "I2003")
net:connect(E, net, { rule = "all_to_all", weight = 0.5 })
net:connect(I, net, { rule = "all_to_all", weight = -1 })
net:stimulate(net, izh.noise{ sd = 6 })
net:run(300)

-- Dots: paths while they are few, an image when it is asked for; axes and text stay vector.
do
  local function has_image(options)
    options.attach = false -- the words below are in this script, too
    net:raster(pdf, options)
    local bytes = content(pdf)
    check.truth(bytes:find("/FontFile", 1, true), "text is text")
    return bytes:find("/Subtype /Image", 1, true) ~= nil
  end
  equal(has_image{}, false)
  equal(has_image{ dots = "auto" }, false)
  equal(has_image{ dots = "vector" }, false)
  equal(has_image{ dots = "image" }, true)
  net:raster(path .. ".svg", { dots = "image" })
  check.truth(content(path .. ".svg"):find("<image", 1, true), "an SVG has an image")
  os.remove(path .. ".svg")
end
-- Very many: an image without asking, in a small file.
do
  local times, senders = {}, {}
  for k = 1, 250000 do
    times[k], senders[k] = k / 250, 1 + (k * 7919) % 1000
  end
  local many = izh.spikes{ times = times, senders = senders, neurons = 1000 }
  izh.figure{ izh.raster(many) }:save(pdf)
  local bytes = content(pdf)
  check.truth(bytes:find("/Subtype /Image", 1, true), "an image")
  check.truth(bytes:find("/FontFile", 1, true), "text is text")
  check.truth(#bytes < 1000000, "a small file")
end

-- Nothing, or next to nothing, to show.
do
  local quiet = izh.network{}
  local A = quiet:population("silent", 5, "RS")
  local B = quiet:population("one spike", 1, "RS")
  local pulse = quiet:stimulate(B, izh.current{ amplitude = 40, from = 1, to = 3 })
  quiet:run(20)
  equal(quiet:spikes().size, 1)
  for _, order in ipairs{ "id", "rate", "first_spike" } do
    quiet:raster(pdf, { order = order })
    quiet:raster(pdf, { order = order, of = A, dots = "image" })
    quiet:raster(pdf, { order = order, of = B, from = 20, to = 20 })
    quiet:raster(pdf, { order = order, neurons = 2, rate = false })
  end
end

raises('raster: unknown dots "vectr" (did you mean "vector"?)', function() net:raster(pdf, { dots = "vectr" }) end)
raises("raster: dots must be one of auto, vector, image (got true)", function() net:raster(pdf, { dots = true }) end)


-- The dots of a raster as the file has them, and the steps of its rates.
local svg = path .. ".svg"
local function drawn(source, options)
  local all = { height = 60, dots = "vector" }
  for key, value in pairs(options or {}) do all[key] = value end
  if source == net then
    net:raster(svg, all)
  else
    all.height = nil
    izh.figure{ height = 60, izh.raster(source, all) }:save(svg)
  end
  local dots, rates = {}, {}
  for line in content(svg):gmatch("<path[^\n]*") do
    local list = line:find("matrix(0.015625", 1, true) and dots or select(2, line:gsub(" L ", "")) > 20 and rates or {}
    list[#list + 1] = line
  end
  return table.concat(dots, "\n"), table.concat(rates, "\n")
end

local spikes = net:spikes()
local count, first = {}, {}
for id = 1, 99 do
  count[id], first[id] = 0, math.huge
end
for t, id in spikes:each() do
  count[id] = count[id] + 1
  first[id] = math.min(first[id], t)
end
local function sorted(key)
  local ids = {}
  for id = 1, 99 do ids[id] = id end
  table.sort(ids, function(a, b)
    if key[a] ~= key[b] then return key[a] < key[b] end
    return a < b
  end)
  return ids
end

-- Orders: each population by itself; the same dots as when the order is given.
do
  local by_id, rates = drawn(net)
  equal(drawn(net, { order = "id" }), by_id)
  for order, key in pairs{ rate = count, first_spike = first } do
    local dots, same = drawn(net, { order = order })
    check.truth(dots ~= by_id, "the order changes the dots")
    equal(dots, (drawn(net, { order = sorted(key) })), order)
    equal(same, rates, "rates do not depend on the order")
  end
end

-- A part of the neurons, evenly spread, whose rates are those of all; the same with another seed of Lua's random numbers.
do
  local dots, rates = drawn(net, { neurons = 33 })
  local chosen = {}
  for k = 0, 25 do chosen[#chosen + 1] = 1 + math.floor((k + 0.5) * 80 / 26) end
  for k = 0, 6 do chosen[#chosen + 1] = 81 + math.floor((k + 0.5) * 19 / 7) end
  equal(dots, (drawn(net, { order = chosen })))
  local _, all = drawn(net)
  equal(rates, all, "rates are of all neurons")
  equal(drawn(net, { neurons = 99 }), drawn(net), "all of them")
  equal(drawn(net, { neurons = 1000 }), drawn(net), "more than there are")
  net:raster(svg, { neurons = 1 }) -- one of each population
end

-- Populations: by themselves, in another order, slices, ranges of ids; a list that leaves one out.
do
  equal(drawn(net, { of = { E, I } }), (drawn(net)))
  equal(drawn(net, { of = net }), (drawn(net)))
  equal(drawn(net, { of = E }), (drawn(net, { of = { { "E", 1, 80, "excitatory" } } })))
  check.truth(drawn(net, { of = { I, E } }) ~= drawn(net), "the other way round")
end

-- Rates of a page have one scale, also when a window between them is empty.
do
  local function raster(count, options)
    local times, senders = {}, {}
    for k = 1, count do times[k], senders[k] = k * 100 / count, 1 end
    return izh.raster(izh.spikes{ times = times, senders = senders, neurons = 1, to = 100 }, options)
  end
  local function rates_of_first(...)
    izh.figure{ columns = 1, letters = false, ... }:save(svg)
    for line in content(svg):gmatch "<path[^\n]*" do
      local dots = line:find("matrix(0.015625", 1, true)
      if not dots and select(2, line:gsub(" L ", "")) > 20 then return line end
    end
  end
  local few, many, empty = raster(25, { bin = 1 }), raster(200, { bin = 1 }), raster(25, { from = 20, to = 20 })
  local together = rates_of_first(few, many)
  check.truth(together ~= rates_of_first(few), "a page of two has another scale")
  equal(rates_of_first(few, empty, many), together)
end

-- Spikes from elsewhere, with populations or without; ids far apart and large.
do
  equal(drawn(spikes, { of = { E, I } }), (drawn(net)))
  local few = izh.spikes{ times = { 1, 2, 3 }, senders = { 7, 4000000000, 7 }, neurons = { 7, 9, 4000000000 }, to = 10 }
  izh.figure{ izh.raster(few), izh.raster(few, { order = "rate" }), izh.raster(few, { from = 2, to = 2 }),
    izh.raster(few, { of = { { "a", 7, 9 } }, rate = false }) }:save(svg)
  izh.figure{ izh.raster(izh.spikes{ times = {}, neurons = 1, to = 10 }) }:save(svg)
  equal(tostring(izh.raster(few)), "raster panel: 3 spikes in 0 < t ≤ 10 ms")
end

local other = izh.network{}
local O = other:population("O", 3, "RS")
for message, options in pairs{
  ['unknown order "rates" (did you mean "rate"?)'] = { order = "rates" },
  ["order must be one of id, rate, first_spike (got 3)"] = { order = 3 },
  ["order must name a neuron at least"] = { order = {} },
  ["order must name a neuron once (got neuron 5 twice)"] = { order = { 5, 6, 5 } },
  ["order[2] must be the id of a neuron in the raster (got 100)"] = { order = { 5, 100 } },
  ["order[1] must be the id of a neuron in the raster (got 1.5)"] = { order = { 1.5 } },
  ["order[1] must be the id of a neuron in the raster (got 85)"] = { of = E, order = { 85 } },
  ["neurons must be a whole number ≥ 1 (got 0)"] = { neurons = 0 },
  ["neurons must be a whole number ≥ 1 (got 2.5)"] = { neurons = 2.5 },
  ["of belongs to another network"] = { of = O },
  ["of[2] belongs to another network"] = { of = { E, O } },
  ["of[2] must be a population, a slice of one, { name, first id, last id }, an id or a list of ids (got true)"] = { of = { E, true } },
  ["of must have ids of the network, whole numbers 1 … 99 (got 100)"] = { of = { 3, 100 } },
  ["of must be a population, a slice of one, { name, first id, last id }, an id or a list of ids (got \"E\")"] = { of = "E" },
  ["of[1] must be a population, a slice of one, or { name, first id, last id }"] = { of = { { "E", 5, 4 } } },
  ['unknown of[1][4] "excitator" (did you mean "excitatory"?)'] = { of = { { "E", 5, 6, "excitator" } } },
  ["of must name a population that has neurons"] = { of = {} },
  ["of must name a neuron once (got neuron 3 twice)"] = { of = { E, E{ 3 } } },
} do
  raises("raster: " .. message, function() net:raster(svg, options) end)
end
raises("raster: to must not be after 300 ms, where the window of these spikes ends (got 400 ms)", function()
  izh.raster(spikes, { to = 400 })
end)
raises("raster: the first argument of izh.raster must be a network or spikes (got 3)", function() izh.raster(3) end)
raises("save: a raster needs at least one neuron", function()
  izh.figure{ izh.raster(izh.spikes{ times = {} }) }:save(svg)
end)

os.remove(svg)
os.remove(pdf)
