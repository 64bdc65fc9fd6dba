-- Draws growth.csv, which `bench/run growth` measures: what a synaptic event, a neuron and a synapse cost, over the size of the
-- network and the synapses of a neuron, on one core (above) and on all.
local izh = require "izhlua"

local columns, rows = {}, {}
for line in io.lines "growth.csv" do
  local row = {}
  for word in line:gmatch "[^,]+" do row[#row + 1] = tonumber(word) or word end
  if #columns == 0 then
    columns = row
  else
    for k, name in ipairs(columns) do row[name] = row[k] end
    rows[#rows + 1] = row
  end
end

local function distinct(name)
  local list, seen = {}, {}
  for _, row in ipairs(rows) do
    if not seen[row[name]] then list[#list + 1], seen[row[name]] = row[name], true end
  end
  table.sort(list)
  return list
end

local quantities = {
  { "event_ns", "Delivery (ns per event)" },
  { "update_ns", "Neurons (ns per step)" },
  { "synapse_ns", "Construction (ns per synapse)" },
}

local page = { width = "double", columns = 3, dpi = 200 }
for _, threads in ipairs(distinct "threads") do
  for k, quantity in ipairs(quantities) do
    local series, most = {}, 0
    for _, row in ipairs(rows) do most = math.max(most, row[quantity[1]]) end
    for _, K in ipairs(distinct "K") do
      local one = { x = {}, y = {}, label = k == 1 and ("%d synapses a neuron"):format(K) or nil }
      for _, row in ipairs(rows) do
        if row.threads == threads and row.K == K then
          one.x[#one.x + 1], one.y[#one.y + 1] = row.N, row[quantity[1]]
        end
      end
      if #one.x > 0 then series[#series + 1] = one end
    end
    page[#page + 1] = izh.curve(series, { log = "x", xlabel = "Neurons", ylabel = quantity[2],
      ylim = { 0, most * 1.05 }, note = threads == 1 and "one core" or ("%d cores"):format(threads) })
  end
end
izh.figure(page):save "../docs/figures/growth.png"
