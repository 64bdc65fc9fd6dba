-- izh.spike_train from spikes, and from files.
local izh = require "izhlua"
local check = require "check"
local equal, list = check.equal, check.list

local path = os.tmpname()
os.remove(path)
path = path .. ".csv"
local cleanup <close> = setmetatable({}, { __close = function() os.remove(path) end })

-- What each of some neurons receives.
local function received(n, options)
  local net = izh.network{ dt = 0.5 }
  local E = net:population("E", n, "RS")
  options.weight = 1
  options.width = 0.5
  net:stimulate(E, izh.spike_train(options))
  local rec = net:record(E, "i_ext", { every = 0.5 })
  net:run(10)
  local t = {}
  for k = 1, n do
    local when, values = {}, rec:values("i_ext", k)
    for j = 1, #values do
      if values[j] ~= 0 then when[#when + 1] = ("%g%s"):format((j - 2) * 0.5, values[j] ~= 1 and "×" .. values[j] or "") end
    end
    t[k] = table.concat(when, " ")
  end
  return t
end

local s = izh.spikes{ times = { 1, 2, 2, 5, 7.5 }, senders = { 9, 4, 9, 9, 4 }, neurons = { 4, 6, 9 } }
list(received(3, { times = s }), { "2 7.5", "", "1 2 5" })
list(received(3, { times = izh.spikes{ times = { 1, 3 }, senders = { 2, 1 }, neurons = 3 } }), { "3", "1", "" })
list(received(2, { times = izh.spikes{ times = { 1, 4 } } }), { "1 4", "1 4" })
s:save(path)
list(received(2, { file = path }), { "2 7.5", "1 2 5" })

-- A network that hears the recorded spikes of another does as if it were connected.
do
  local one = izh.network{ seed = 3 }
  local E = one:population("E", 10, "RS")
  one:stimulate(E, izh.noise{ sd = 12 })
  local F = one:population("F", 10, "FS")
  one:connect(E, F, { rule = "one_to_one", weight = 40 })
  one:run(300)
  local other = izh.network{ seed = 3 }
  local G = other:population("G", 10, "FS")
  other:stimulate(G, izh.spike_train{ times = one:spikes{ of = E }, weight = 40 })
  other:run(300)
  local a, b = one:spikes{ of = F }, other:spikes()
  check.truth(a.size > 20, "they spike")
  list(b:times(), a:times())
  for i, id in ipairs(a:senders()) do equal(b:senders()[i], id - 10) end
end

for message, options in pairs{
  ["the option times is missing"] = {},
  ["give times or file, not both"] = { times = {}, file = "x.csv" },
  ["times must be an array, a list of one array for each neuron, or spikes (got 3)"] = { times = 3 },
  ["file must be a string (got 3)"] = { file = 3 },
} do
  options.weight = 1
  equal(check.message(function() izh.spike_train(options) end), "spike_train: " .. message)
end
equal(check.message(function() izh.spike_train{ file = "/none.csv", weight = 1 } end),
  'spikes: cannot read "/none.csv": No such file or directory')
equal(check.message(function()
  local net = izh.network()
  net:stimulate(net:population("E", 4, "RS"), izh.spike_train{ times = s, weight = 1 })
end), "stimulate: the spikes must have a train for each of 4 neurons (got 3; izh.spikes{ …, neurons = 4 } has those of " ..
  "1 … 4, silent ones included)")
equal(check.message(function()
  local net = izh.network()
  net:stimulate(net:population("E", 4, "RS"), izh.spike_train{ times = { { 1 }, { 2 } }, weight = 1 })
end), "stimulate: times must have one list for each of 4 neurons (got 2)")
