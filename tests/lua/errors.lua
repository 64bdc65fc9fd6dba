-- Every wrong use that a script may make of the library, each with the whole message that it gets. After each, the
-- network must be as if nothing had been said: it is stepped and changed along with a control that saw no error.
local izh = require "izhlua"
local check = require "check"

-- A snippet on one line, its message on the next, indented; <any> stands for what depends on the machine or the time.
local cases = [==[

-- the module
izh.netwrk{}
  izhlua: unknown member "netwrk" (did you mean "network"?)
izh.nothing_like_it
  izhlua: unknown member "nothing_like_it" (known: MEMBERS)
izh[1]
  izhlua: unknown member "1" (known: MEMBERS)
izh.network(5)
  network: options must be a table (got 5)
izh.network({}, 5)
  network: 1 argument too many
izh:network{}
  network: call it with a dot: izh.network(…)
izh.network{ sed = 3 }
  network: unknown option "sed" (did you mean "seed"?)
izh.network{ zzz = 3 }
  network: unknown option "zzz" (known: seed, dt, integrator, tolerance, threads)
izh.network{ 3 }
  network: options are given by name (got 3 without one)
izh.network{ [{}] = 3 }
  network: options are given by name (got a table as a name)
izh.network(setmetatable({}, { __index = {} }))
  network: options must be a plain table, without the metamethod __index
izh.network{ ["seed\0"] = 3 }
  network: unknown option: a string with a NUL byte
izh.network{ seed = -1 }
  network: seed must be a whole number 0 … 4294967295 (got -1)
izh.network{ seed = 1.5 }
  network: seed must be a whole number 0 … 4294967295 (got 1.5)
izh.network{ seed = 2^32 }
  network: seed must be a whole number 0 … 4294967295 (got 4294967296.0)
izh.network{ seed = "7" }
  network: seed must be a whole number 0 … 4294967295 (got "7")
izh.network{ seed = 0/0 }
  network: seed must be a whole number 0 … 4294967295 (got NaN)
izh.network{ dt = 0 }
  network: dt must be a number 0.001 … 1 (got 0)
izh.network{ dt = 2 }
  network: dt must be a number 0.001 … 1 (got 2)
izh.network{ dt = "fine" }
  network: dt must be a number 0.001 … 1 (got "fine")
izh.network{ dt = 0/0 }
  network: dt must be a number 0.001 … 1 (got NaN)
izh.network{ integrator = "eular" }
  network: unknown integrator "eular" (did you mean "euler"?)
izh.network{ integrator = 4 }
  network: integrator must be one of izhikevich2003, figure1, euler, rk4, exact (got 4)
izh.network{ integrator = "" }
  network: integrator must not be empty
izh.network{ threads = 0 }
  network: threads must be a whole number 1 … 1024 (got 0)
izh.network{ threads = 1025 }
  network: threads must be a whole number 1 … 1024 (got 1025)
izh.network{ threads = "many" }
  network: threads must be a whole number or "auto" (got "many")
izh.network{ threads = 1.5 }
  network: threads must be a whole number 1 … 1024 (got 1.5)

-- distributions
izh.uniform()
  uniform: lo must be a finite number (got nothing)
izh.uniform(1)
  uniform: hi must be a number ≥ 1 (got nothing)
izh.uniform(2, 1)
  uniform: hi must be a number ≥ 2 (got 1)
izh.uniform(0, 1/0)
  uniform: hi must be a number ≥ 0 (got infinity)
izh.uniform(-1e308, 1e308)
  uniform: it needs two finite numbers lo ≤ hi (got -1e+308, 1e+308)
izh.uniform(0, "1")
  uniform: hi must be a number ≥ 0 (got "1")
izh.uniform(0, 1, 2)
  uniform: 1 argument too many
izh:uniform(0, 1)
  uniform: call it with a dot: izh.uniform(…)
izh.normal(0, -1)
  normal: sd must be a number ≥ 0 (got -1)
izh.normal(0/0, 1)
  normal: mean must be a finite number (got NaN)
izh.normal(0)
  normal: sd must be a number ≥ 0 (got nothing)
izh.lognormal(0, -0.5)
  lognormal: sigma must be a number ≥ 0 (got -0.5)
izh.lognormal({}, 1)
  lognormal: mu must be a finite number (got a table)
izh.exponential(0)
  exponential: mean must be > 0 (got 0)
izh.exponential(-1)
  exponential: mean must be a number ≥ 0 (got -1)
izh.exponential("1")
  exponential: mean must be a number ≥ 0 (got "1")
izh.exponential(1, 2)
  exponential: 1 argument too many
izh.choice()
  choice: numbers must be an array (got nothing)
izh.choice{}
  choice: numbers must not be empty
izh.choice(3)
  choice: numbers must be an array (got 3)
izh.choice{ 1, "2" }
  choice: numbers[2] must be a number (got "2")
izh.choice{ 1, 0/0 }
  choice: numbers[2] must be finite (got NaN)
izh.choice({ 1 }, { 2 })
  choice: 1 argument too many
izh.choice(setmetatable({}, { __len = function() return 2^61 // 1 - 1 end }))
  choice: numbers must not be empty
izh.uniform(0, 1).lo
  distribution: there is no member "lo"
izh.uniform(0, 1).lo = 3
  distribution: "lo" cannot be assigned

-- descriptions of stimuli
izh.noise()
  noise: the argument must be a table of options by name such as { sd = … } (got nothing)
izh.noise(5)
  noise: the argument must be a table of options by name such as { sd = … } (got 5)
izh.noise{}
  noise: the option sd is missing
izh.noise{ mean = 3 }
  noise: the option sd is missing
izh.noise{ sd = -1 }
  noise: sd must be a number ≥ 0 (got -1)
izh.noise{ sd = 0/0 }
  noise: sd must be a number ≥ 0 (got NaN)
izh.noise{ sd = "5" }
  noise: sd must be a number, a distribution, an array or a function (got "5")
izh.noise{ sd = 5, mean = 1/0 }
  noise: mean must be a finite number (got infinity)
izh.noise{ sd = 5, every = 0 }
  noise: every must be > 0 ms (got 0)
izh.noise{ sd = 5, every = -1 }
  noise: every must be > 0 ms (got -1)
izh.noise{ sd = 5, evry = 2 }
  noise: unknown option "evry" (did you mean "every"?)
izh.noise{ sd = 5, name = "" }
  noise: name must not be empty
izh.noise{ sd = 5, name = "a\0b" }
  noise: name must not contain a NUL byte
izh.noise{ sd = 5, name = 3 }
  noise: name must be a string (got 3)
izh.noise({ sd = 5 }, 2)
  noise: 1 argument too many
izh:noise{ sd = 5 }
  noise: call it with a dot: izh.noise(…)
izh.current()
  current: the argument must be a number, a function of time or options (got nothing)
izh.current("5")
  current: the argument must be a number, a function of time or options (got "5")
izh.current(0/0)
  current: the amplitude must be a finite number (got NaN)
izh.current(1/0)
  current: the amplitude must be a finite number (got infinity)
izh.current(5, 6)
  current: 1 argument too many
izh.current{}
  current: the option amplitude is missing
izh.current{ from = 3 }
  current: the option amplitude is missing
izh.current{ amplitude = "5" }
  current: amplitude must be a number, a distribution, an array or a function (got "5")
izh.current{ amplitude = 5, from = 10, to = 10 }
  current: to must be after from (got 10 and 10 ms)
izh.current{ amplitude = 5, from = 10, to = 5 }
  current: to must be after from (got 5 and 10 ms)
izh.current{ amplitude = 5, from = 0/0 }
  current: from must be a finite number (got NaN)
izh.current{ amplitud = 5 }
  current: unknown option "amplitud" (did you mean "amplitude"?)
izh.current{ times = { 1 } }
  current: times and values go together
izh.current{ values = { 1 } }
  current: times and values go together
izh.current{ times = {}, values = {} }
  current: times must not be empty
izh.current{ times = { 1, 2 }, values = { 1 } }
  current: values must have 2 numbers (got an array of 1)
izh.current{ times = { 2, 1 }, values = { 1, 2 } }
  current: times must ascend (times[2] is 1, the one before 2)
izh.current{ times = { 1, 1 }, values = { 1, 2 } }
  current: times must ascend (times[2] is 1, the one before 1)
izh.current{ times = { 1, "x" }, values = { 1, 2 } }
  current: times[2] must be a number (got "x")
izh.current{ times = { 1, 0/0 }, values = { 1, 2 } }
  current: times[2] must be finite (got NaN)
izh.current{ times = 3, values = { 1, 2 } }
  current: times must be an array (got 3)
izh.current{ times = { 1 }, values = 3 }
  current: values must be an array (got 3)
izh.current{ times = { 1 }, values = { 3 }, from = 2 }
  current: times makes it values at times, which has no option from
izh.current{ times = { 1 }, values = { 3 }, amplitude = "2" }
  current: amplitude must be a number, a distribution, an array or a function (got "2")
izh.current{ amplitude = 5, name = "" }
  current: name must not be empty
izh.current(5).amplitude
  stimulus: there is no member "amplitude"

-- net:population
net.population("A", 3, "RS")
  population: must be called on a network, with a colon: net:population(…) (got "A")
net:population()
  population: the name must be a string (got nothing)
net:population(3, 3, "RS")
  population: name, size and cell come in this order: net:population("E", 80, "RS") (got 3, then 3)
net:population("", 3, "RS")
  population: the name must not be empty
net:population("a\0b", 3, "RS")
  population: the name must not contain a NUL byte
net:population("E", 3, "RS")
  population: the name "E" is taken by another population
net:population("\xff", 3, "RS")
  population: the name must be UTF-8 text
net:population("a\nb", 3, "RS")
  population: the name must not contain control characters such as a line break
net:population("A")
  population: the size must be a whole number 0 … 4294967294 (got nothing)
net:population("A", -1, "RS")
  population: the size must be a whole number 0 … 4294967294 (got -1)
net:population("A", 2.5, "RS")
  population: the size must be a whole number 0 … 4294967294 (got 2.5)
net:population("A", "3", "RS")
  population: the size must be a whole number 0 … 4294967294 (got "3")
net:population("A", 0/0, "RS")
  population: the size must be a whole number 0 … 4294967294 (got NaN)
net:population("A", 1/0, "RS")
  population: the size must be a whole number 0 … 4294967294 (got infinity)
net:population("A", 2^32, "RS")
  population: the size must be a whole number 0 … 4294967294 (got 4294967296.0)
net:population("A", 4294967294, "RS")
  population: population "A" needs 756 GB, <any> are free
net:population("A", 3)
  population: the cell must be a name in izh.cells, or a table such as { a =, b =, c =, d = } (got nothing)
net:population("A", 3, 5)
  population: the cell must be a name in izh.cells, or a table such as { a =, b =, c =, d = } (got 5)
net:population("A", 3, "RSS")
  population: unknown cell "RSS" (did you mean "RS"?)
net:population("A", 3, "nothing")
  population: unknown cell "nothing" (known: CH, CH2007, E2003, FS, FS2007, I2003, IB, IB2007, LTS, LTS2007, MSN2007, RS, RS2007, RTN2007, RZ, TC, TC2007, TI2007, poisson, spike_source)
net:population("A", 3, "")
  population: the cell must not be empty
net:population("A", 3, "RS", {}, 5)
  population: 1 argument too many
net:population("A", 3, "RS", 5)
  population: the overrides must be a table such as { d = 2 }, or a function(i, rng) (got 5)
net:population("A", 3, "RS", { e = 1 })
  population: unknown option "e" (known: a, b, c, d, v0, u0, each, color)
net:population("A", 3, "RS", { v = 1 })
  population: unknown option "v" (did you mean "v0"?)
net:population("A", 3, "RS", { a = "0.02" })
  population: a must be a number, a distribution, an array or a function (got "0.02")
net:population("A", 3, "RS", { a = 0/0 })
  population: a must be a finite number (got NaN)
net:population("A", 3, "RS", { a = 1/0 })
  population: a must be a finite number (got infinity)
net:population("A", 3, "RS", { a = { 1, 2 } })
  population: a must have 3 numbers (got an array of 2)
net:population("A", 3, "RS", { a = { 1, 2, 3, 4 } })
  population: a must have 3 numbers (got an array of 4)
net:population("A", 1, "RS", { a = { 1, 2 } })
  population: a must have 1 number (got an array of 2)
net:population("A", 3, "RS", { a = { 1, 2, "3" } })
  population: a[3] must be a number (got "3")
net:population("A", 3, "RS", { a = { 1, 2, 0/0 } })
  population: a[3] must be finite (got NaN)
net:population("A", 3, "RS", { a = true })
  population: a must be a number, a distribution, an array or a function (got true)
net:population("A", 3, "RS", { a = izh.lognormal(1000, 1) })
  population: a must be finite (lognormal(1000, 1) gave inf for neuron 1)
net:population("A", 3, "RS", { a = function() end })
  population: the function for a must return a finite number (got nothing for neuron 1)
net:population("A", 3, "RS", { a = function() return "1" end })
  population: the function for a must return a finite number (got "1" for neuron 1)
net:population("A", 3, "RS", { a = function() return 0/0 end })
  population: the function for a must return a finite number (got NaN for neuron 1)
net:population("A", 3, "RS", { a = function(i, rng) return rng:uniform(3, 2) end })
  uniform: hi must be a number ≥ 3 (got 2)
net:population("A", 3, "RS", { a = function(i, rng) return rng.uniform() end })
  uniform: must be called on a source of random numbers, with a colon: rng:uniform(…) (got nothing)
net:population("A", 3, "RS", { a = function(i, rng) return rng:unifrm() end })
  rng: unknown member "unifrm" (did you mean "uniform"?)
net:population("A", 3, "RS", { a = function(i, rng) return rng:uniform(0, 1, 2) end })
  uniform: 1 argument too many
net:population("A", 3, "RS", { a = function(i, rng) return rng:exponential(0) end })
  exponential: it needs a finite mean > 0 (got 0)
net:population("A", 3, "RS", { a = function(i, rng) return rng:exponential(1, 2) end })
  exponential: 1 argument too many
net:population("A", 3, "RS", { a = function(i, rng) return rng:normal(0, -1) end })
  normal: sd must be a number ≥ 0 (got -1)
net:population("A", 3, "RS", { a = function(i, rng) return rng:integer(3) end })
  integer: hi must be a whole number ≥ 3 (got nothing)
net:population("A", 3, "RS", { a = function(i, rng) return rng:integer(3, 2) end })
  integer: hi must be a whole number ≥ 3 (got 2)
net:population("A", 3, "RS", { a = function(i, rng) return rng:integer(1.5, 2) end })
  integer: lo must be a whole number (got 1.5)
net:population("A", 3, "RS", { each = 5 })
  population: each must be a function (got 5)
net:population("A", 3, "RS", { each = function() return 5 end })
  population: what the function for each neuron returns must be a table (got 5)
net:population("A", 3, "RS", { each = function() end })
  population: what the function for each neuron returns must be a table (got nothing)
net:population("A", 3, "RS", { each = function() return { x = 1 } end })
  population: unknown option "x" (known: a, b, c, d, v0, u0)
net:population("A", 3, "RS", { each = function() return { a = "1" } end })
  population: a must be a finite number (got "1")
net:population("A", 3, "RS", function(i) return { a = i < 2 and 1 or nil } end)
  population: the function for each neuron gives a for some neurons only
net:population("A", 3, "RS", function(i) return i end)
  population: what the function for each neuron returns must be a table (got 1)
net:population("A", 3, { a = 1, b = 1, c = 1 })
  population: the cell has no d
net:population("A", 3, {})
  population: the cell has no a
net:population("A", 3, { model = "izhikevich2007", a = 1, b = 1, c = 1, d = 1, C = 1, vr = 1, vt = 1, vpeak = 1 })
  population: the cell has no k
net:population("A", 3, { model = "izhikevich2008" })
  population: unknown model "izhikevich2008" (did you mean "izhikevich2003"?)
net:population("A", 3, { model = "hodgkin" })
  population: unknown model "hodgkin" (known: izhikevich2003, izhikevich2004class1, izhikevich2004accommodation, izhikevich2007, lif, qif, poisson, spike_source)
net:population("A", 3, { model = 3 })
  population: model must be one of izhikevich2003, izhikevich2004class1, izhikevich2004accommodation, izhikevich2007, lif, qif, poisson, spike_source (got 3)
net:population("A", 3, { a = 1, b = 1, c = 1, d = 1, vt = 3 })
  population: "vt" is a quantity of izhikevich2007, lif, qif; the model here is izhikevich2003
net:population("A", 3, { a = 1, b = 1, c = 1, d = 1, 5 })
  population: the numbers of a cell have names: { a = 0.02, b = 0.2, c = -65, d = 8 }
net:population("A", 3, E)
  population: the cell must be a name in izh.cells, or a table such as { a =, b =, c =, d = } (got population "E": 10 × izhikevich2003)
izh.cells.broken = 5; net:population("A", 3, "broken")
  population: izh.cells.broken must be a table (got 5)

-- slices
E.slice(1, 2)
  slice: must be called on a population, with a colon: E:slice(…) (got 1)
E:slice()
  slice: the position of the first neuron must be a whole number 1 … 10 (got nothing)
E:slice(1)
  slice: the position of the last neuron must be a whole number 1 … 10 (got nothing)
E:slice(0, 3)
  slice: the position of the first neuron must be a whole number 1 … 10 (got 0)
E:slice(3, 2)
  slice: the position of the last neuron must be a whole number 3 … 10 (got 2)
E:slice(1, 11)
  slice: the position of the last neuron must be a whole number 1 … 10 (got 11)
E:slice(1.5, 3)
  slice: the position of the first neuron must be a whole number 1 … 10 (got 1.5)
E:slice("1", 3)
  slice: the position of the first neuron must be a whole number 1 … 10 (got "1")
E:slice(1, 2, 3)
  slice: 1 argument too many
E{ 0 }
  slice: a position in the population must be a whole number 1 … 10 (got 0)
E{ 11 }
  slice: a position in the population must be a whole number 1 … 10 (got 11)
E{ 1, 1 }
  slice: position 1 is given twice
E{ 1.5 }
  slice: a position in the population must be a whole number 1 … 10 (got 1.5)
E{ "1" }
  slice: a position in the population must be a whole number 1 … 10 (got "1")
E{ from = 3 }
  slice: the neurons must be a list without gaps or names (got one at "from")
E{ 1, 2, x = 3 }
  slice: the neurons must be a list without gaps or names (got one at "x")
E{ 1, nil, 3 }
  slice: the neurons must be a list without gaps
E{ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }
  slice: more positions (11) than neurons (10)
E(5)
  slice: the neurons must be a table of positions, as in E{3, 5, 8} (got 5)
E()
  slice: the neurons must be a table of positions, as in E{3, 5, 8} (got nothing)
E({ 1 }, 2)
  slice: 1 argument too many
E:slice(2, 3):slice(1, 3)
  slice: the position of the last neuron must be a whole number 1 … 2 (got 3)
E:slice(2, 3){ 3 }
  slice: a position in the population must be a whole number 1 … 2 (got 3)
E{}:slice(1, 1)
  slice: there are no neurons in it
E{}{ 1 }
  slice: more positions (1) than neurons (0)

-- population: get and set
E.get("v")
  get: must be called on a population, with a colon: E:get(…) (got "v")
E:get()
  get: quantity must be one of a, b, c, d, v, u, clamped, lesioned (got nothing)
E:get("w")
  get: unknown quantity "w" (did you mean "u"?)
E:get("vv")
  get: unknown quantity "vv" (known: a, b, c, d, v, u, clamped, lesioned)
E:get(3)
  get: quantity must be one of a, b, c, d, v, u, clamped, lesioned (got 3)
E:get("v", 2)
  get: 1 argument too many
E:get("")
  get: quantity must not be empty
E:get("v\0")
  get: quantity must not contain a NUL byte
E.set("v", 3)
  set: must be called on a population, with a colon: E:set(…) (got "v")
E:set()
  set: what to set must be the name of a quantity, a table such as { v = -65 }, or a function(i, rng) (got nothing)
E:set("v")
  set: v must be a number, a distribution, an array or a function (got nothing)
E:set("w", 3)
  set: unknown quantity "w" (did you mean "u"?)
E:set("v0", 3)
  set: unknown quantity "v0" (did you mean "v"?)
E:set("v", "3")
  set: v must be a number, a distribution, an array or a function (got "3")
E:set("v", 0/0)
  set: v must be a finite number (got NaN)
E:set("v", -1/0)
  set: v must be a finite number (got -infinity)
E:set("v", { 1, 2 })
  set: v must have 10 numbers (got an array of 2)
E:set("v", { 1, 2, 3, 4, 5, 6, 7, 8, 9, {} })
  set: v[10] must be a number (got a table)
E:set("v", izh.noise{ sd = 1 })
  set: v must be a number, a distribution, an array or a function (got noise: mean 0, sd 1, every 1 ms)
E:set("v", 1, 2)
  set: 1 argument too many
E:set({ v = 1 }, 2)
  set: a value goes with the name of a quantity (got a table)
E:set{ w = 1 }
  set: unknown option "w" (did you mean "u"?)
E:set{ v = 1, u = "2" }
  set: u must be a number, a distribution, an array or a function (got "2")
E:set{ a = 1, u = izh.lognormal(1000, 1) }
  set: u must be finite (lognormal(1000, 1) gave inf for neuron 1)
E:set{ v = 1, each = function() end }
  set: unknown option "each" (known: a, b, c, d, v, u)
E:set(5)
  set: what to set must be the name of a quantity, a table such as { v = -65 }, or a function(i, rng) (got 5)
E:set(function() return { v0 = 1 } end)
  set: unknown option "v0" (did you mean "v"?)
E:set(function(i) return { v = 0/0 } end)
  set: v must be a finite number (got NaN)
E:set("v", function(i) return i > 5 and "x" or 1 end)
  set: the function for v must return a finite number (got "x" for neuron 6)
E:set("v", function(i, rng) if i == 3 then error("of the script") end return rng:uniform() end)
  of the script

-- population: fields
E.sise
  population: unknown member "sise" (did you mean "size"?)
E.nothing
  population: unknown member "nothing" (known: clamp, get, ids, model, name, release, set, silence, size, slice)
E[1]
  population: a member is a name (got 1); E{3, 5} is a slice, E.ids are the ids
E.name = "F"
  population: "name" cannot be assigned
E.size()
  attempt to call a number value (field 'size')
#net
  attempt to get length of a network value (global 'net')
net + 1
  attempt to perform arithmetic on a network value (global 'net')
net()
  attempt to call a network value (global 'net')

-- net:connect
net.connect(E, E, { weight = 1 })
  connect: must be called on a network, with a colon: net:connect(…) (got population "E": 10 × izhikevich2003)
net:connect()
  connect: pre must be a population, a slice of one, or the network (got nothing)
net:connect(E)
  connect: post must be a population, a slice of one, or the network (got nothing)
net:connect(E, I)
  connect: options must be a table (got nothing)
net:connect(E, I, 5)
  connect: what follows pre and post must be a table such as { rule = "all_to_all", weight = 6 } (got 5)
net:connect("E", I, { weight = 1 })
  connect: pre must be a population, not its name (got "E"; net.populations has them by name)
net:connect(E, "I", { weight = 1 })
  connect: post must be a population, not its name (got "I"; net.populations has them by name)
net:connect(nil, I, { weight = 1 })
  connect: pre must be a population, a slice of one, or the network (got nothing)
net:connect(P, I, { weight = 1 })
  connect: pre must be a population, a slice of one, or the network (got projection "excitation": 50 synapses, all_to_all, delay 0 ms)
net:connect(O, I, { weight = 1 })
  connect: pre belongs to another network
net:connect(E, O, { weight = 1 })
  connect: post belongs to another network
net:connect(E, other, { weight = 1 })
  connect: post belongs to another network
net:connect(E, I, {})
  connect: the option weight is missing
net:connect(E, I, { weigth = 1 })
  connect: unknown option "weigth" (did you mean "weight"?)
net:connect(E, I, { wieght = 1, wight = 2 })
  connect: unknown option "wieght" (did you mean "weight"?)
net:connect(E, I, { weight = 1 }, 2)
  connect: 1 argument too many
net:connect(E, I, { weight = 1, name = "" })
  connect: name must not be empty
net:connect(E, I, { weight = 1, name = "a\0b" })
  connect: name must not contain a NUL byte
net:connect(E, I, { weight = 1, name = 5 })
  connect: name must be a string (got 5)
net:connect(E, I, { weight = 1, name = "excitation" })
  connect: the name "excitation" is taken by another projection
net:connect(E, I, { weight = 1, rule = "all_to_al" })
  connect: unknown rule "all_to_al" (did you mean "all_to_all"?)
net:connect(E, I, { weight = 1, rule = "some" })
  connect: unknown rule "some" (known: all_to_all, one_to_one, pairwise_bernoulli, fixed_indegree, fixed_outdegree, fixed_total_number, pairs, matrix)
net:connect(E, I, { weight = 1, rule = 5 })
  connect: rule must be one of all_to_all, one_to_one, pairwise_bernoulli, fixed_indegree, fixed_outdegree, fixed_total_number, pairs, matrix (got 5)
net:connect(E, I, { weight = 1, p = 0.5 })
  connect: rule all_to_all has no option p, unlike pairwise_bernoulli
net:connect(E, I, { weight = 1, n = 5 })
  connect: rule all_to_all has no option n, unlike fixed_indegree, fixed_outdegree, fixed_total_number
net:connect(E, I, { weight = 1, pairs = {} })
  connect: rule all_to_all has no option pairs
net:connect(E, I, { weight = 1, rule = "pairwise_bernoulli" })
  connect: rule pairwise_bernoulli needs the option p
net:connect(E, I, { weight = 1, rule = "pairwise_bernoulli", p = 1.5 })
  connect: p must be a number 0 … 1 (got 1.5)
net:connect(E, I, { weight = 1, rule = "pairwise_bernoulli", p = -0.1 })
  connect: p must be a number 0 … 1 (got -0.1)
net:connect(E, I, { weight = 1, rule = "pairwise_bernoulli", p = 0/0 })
  connect: p must be a number 0 … 1 (got NaN)
net:connect(E, I, { weight = 1, rule = "pairwise_bernoulli", p = "0.5" })
  connect: p must be a number 0 … 1 (got "0.5")
net:connect(E, I, { weight = 1, rule = "pairwise_bernoulli", p = 0.5, n = 3 })
  connect: rule pairwise_bernoulli has no option n, unlike fixed_indegree, fixed_outdegree, fixed_total_number
net:connect(E, I, { weight = 1, rule = "all_to_all", multapses = true })
  connect: rule all_to_all makes no multapses
net:connect(E, I, { weight = 1, rule = "fixed_indegree" })
  connect: rule fixed_indegree needs the option n
net:connect(E, I, { weight = 1, rule = "fixed_indegree", n = 11 })
  connect: fixed_indegree: n = 11 is more than the 10 possible sources (multapses = true allows several synapses of a pair)
net:connect(E, E, { weight = 1, rule = "fixed_indegree", n = 10 })
  connect: fixed_indegree: n = 10 is more than the 9 possible sources (multapses = true allows several synapses of a pair)
net:connect(E, I, { weight = 1, rule = "fixed_indegree", n = -1 })
  connect: n must be a whole number ≥ 0 (got -1)
net:connect(E, I, { weight = 1, rule = "fixed_indegree", n = 1.5 })
  connect: n must be a whole number ≥ 0 (got 1.5)
net:connect(E, I, { weight = 1, rule = "fixed_indegree", n = 2^60 })
  connect: n must be a whole number ≥ 0 (got 1.1529215046068e+18)
net:connect(E, I, { weight = 1, rule = "fixed_indegree", n = 2^53, multapses = true })
  connect: projection "E->I" of 4.5e+16 synapses needs 270 PB, <any> are free
net:connect(E, I, { weight = 1, rule = "fixed_outdegree", n = 6 })
  connect: fixed_outdegree: n = 6 is more than the 5 possible targets (multapses = true allows several synapses of a pair)
net:connect(E, E, { weight = 1, rule = "fixed_outdegree", n = 10 })
  connect: fixed_outdegree: n = 10 is more than the 9 possible targets (multapses = true allows several synapses of a pair)
net:connect(E, E{}, { weight = 1, rule = "fixed_outdegree", n = 1 })
  connect: fixed_outdegree: n = 1 is more than the 0 possible targets
net:connect(E, I, { weight = 1, rule = "fixed_total_number", n = 51 })
  connect: fixed_total_number: n = 51 is more than the 50 possible pairs (multapses = true allows several synapses of a pair)
net:connect(E, E, { weight = 1, rule = "fixed_total_number", n = 91 })
  connect: fixed_total_number: n = 91 is more than the 90 possible pairs (multapses = true allows several synapses of a pair)
net:connect(E{ 1 }, E{ 1 }, { weight = 1, rule = "fixed_total_number", n = 1 })
  connect: fixed_total_number: n = 1 is more than the 0 possible pairs
net:connect(E, I, { weight = 1, rule = "fixed_total_number", n = 2^53, multapses = true, name = "big" })
  connect: projection "big" of 9.01e+15 synapses needs 198 PB, <any> are free
net:connect(E, I, { weight = 1, rule = "one_to_one" })
  connect: one_to_one needs as many sources as targets (got 10 and 5)
net:connect(E, E, { weight = 1, rule = "one_to_one" })
  connect: one_to_one from neurons to themselves makes only autapses (autapses = true allows them)
net:connect(E, I, { weight = 1, rule = "pairs" })
  connect: rule pairs needs the option pairs
net:connect(E, I, { weight = 1, rule = "pairs", pairs = 5 })
  connect: pairs must be a table of pairs of ids, { pre =, post = }, or the path of a file (got 5)
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { 1 } })
  connect: pairs[1] must be { pre, post } (got 1)
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { { 1 } } })
  connect: pairs[1] must be { pre, post } (got a table of 1)
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { { 1, 2, 3 } } })
  connect: pairs[1] must be { pre, post } (got a table of 3)
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { { 1, 11 }, nil, { 1, 12 } } })
  connect: pairs must be a list without gaps
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { { 1, "11" } } })
  connect: pairs[1][2] must be a whole number 1 … 15 (got "11")
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { { 1, 11 }, { 0, 11 } } })
  connect: pairs[2][1] must be a whole number 1 … 15 (got 0)
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { { 1, 11 }, { 1, 1 } } })
  connect: pair 2 (1 → 1): neuron 1 is not one of the targets
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { { 1, 11 }, { 11, 11 } } })
  connect: pair 2 (11 → 11): neuron 11 is not one of the sources
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { { 1, 99 } } })
  connect: pairs[1][2] must be a whole number 1 … 15 (got 99)
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { { 1, 11 }, { 1, 11 } } })
  connect: pair 2 (1 → 11) repeats pair 1 (multapses = true allows that)
net:connect(E, E, { weight = 1, rule = "pairs", pairs = { { 1, 1 } } })
  connect: pair 1 connects neuron 1 to itself (autapses = true allows that)
net:connect(E, I, { weight = 1, rule = "pairs", pairs = { { 1, 11 }, x = 3 } })
  connect: pairs must be a list without gaps or names (got one at "x")
net:connect(E, I, { weight = { 1, 2 }, rule = "pairs", pairs = { { 1, 11 } } })
  connect: weight must have 1 number (got an array of 2)
net:connect(E, I, { weight = { "1" }, rule = "pairs", pairs = { { 1, 11 } } })
  connect: weight[1] must be a number (got "1")
net:connect(E, I, { weight = { 1 } })
  connect: an array for weight goes with rule = "pairs"; use a function(pre, post)
net:connect(E, I, { weight = "1" })
  connect: weight must be a number, a distribution or a function(pre, post) (got "1")
net:connect(E, I, { weight = true })
  connect: weight must be a number, a distribution or a function(pre, post) (got true)
net:connect(E, I, { weight = 0/0 })
  connect: weight must be a finite number (got NaN)
net:connect(E, I, { weight = 1/0 })
  connect: weight must be a finite number (got infinity)
net:connect(E, I, { weight = izh.lognormal(1000, 1) })
  connect: a drawn weight is beyond the range of single precision
net:connect(E, I, { weight = izh.noise{ sd = 1 } })
  connect: weight must be a number, a distribution or a function(pre, post) (got noise: mean 0, sd 1, every 1 ms)
net:connect(E, I, { weight = function() return 0/0 end })
  connect: the function for weight must return a finite number, or nil for no synapse (got NaN for 1 → 11)
net:connect(E, I, { weight = function(pre, post) return pre > 3 and "a" or 1 end })
  connect: the function for weight must return a finite number, or nil for no synapse (got "a" for 4 → 11)
net:connect(E, I, { weight = function() error("of the script") end })
  of the script
net:connect(E, I, { weight = 1, delay = -1 })
  connect: delay must be a number ≥ 0 (got -1)
net:connect(E, I, { weight = 1, delay = 0/0 })
  connect: delay must be a number ≥ 0 (got NaN)
net:connect(E, I, { weight = 1, delay = "1" })
  connect: delay must be a number, a distribution or a function(pre, post) (got "1")
net:connect(E, I, { weight = 1, delay = 0.3 })
  connect: delay must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0 and 0.5 are
net:connect(E, I, { weight = 1, delay = 1e12 })
  connect: delay 1e+12 ms is too long: it must be below 1073741824 ms at dt = 0.5 ms
net:connect(E, I, { weight = 1, delay = izh.uniform(-2, -1) })
  connect: delays must be ≥ 0 ms (got -1.81706)
net:connect(E, I, { weight = 1, delay = { 1 } })
  connect: an array for delay goes with rule = "pairs"; use a function(pre, post)
net:connect(E, I, { weight = 1, delay = function() return -3 end })
  connect: delays must be ≥ 0 ms (got -3)
net:connect(E, I, { weight = 1, delay = function() return 1e300 end })
  connect: delay 1e+300 ms is too long: it must be below 1073741824 ms at dt = 0.5 ms
net:connect(E, I, { weight = 1, delay = function() return "x" end })
  connect: the function for delay must return a finite number (got "x" for 1 → 11)
net:connect(E, I, { weight = 1, autapses = 1 })
  connect: autapses must be true or false (got 1)
net:connect(E, I, { weight = 1, multapses = "yes" })
  connect: multapses must be true or false (got "yes")
net:connect(E, I, { weight = 1, synapse = 5 })
  connect: synapse must be one of pulse, delta, exp, alpha (got 5)
net:connect(E, I, { weight = 1, width = 0 })
  connect: width must be > 0 ms (got 0)
net:connect(E, I, { weight = 1, width = -1 })
  connect: width must be > 0 ms (got -1)
net:connect(E, I, { weight = 1, width = 0.3 })
  connect: width (1 ms when not given) must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0.5 is
net:connect(E, I, { weight = 1, width = 1/0 })
  connect: width must be a finite number (got infinity)
net:connect(E, I, { weight = 1, width = 1e12 })
  connect: projection "E->I" of 50 synapses needs 480 TB, <any> are free
net:connect(E, I, { weight = 1, width = "1" })
  connect: width must be a finite number (got "1")

-- projections
P.scale(3)
  scale: must be called on a projection, with a colon: projection:scale(…) (got 3)
P:scale()
  scale: the factor must be a finite number (got nothing)
P:scale("2")
  scale: the factor must be a finite number (got "2")
P:scale(0/0)
  scale: the factor must be a finite number (got NaN)
P:scale(1/0)
  scale: the factor must be a finite number (got infinity)
P:scale(2, 3)
  scale: 1 argument too many
P.get("weight")
  get: must be called on a projection, with a colon: projection:get(…) (got "weight")
P:get()
  get: quantity must be one of weight, delay, u, x (got nothing)
P:get("wieght")
  get: unknown quantity "wieght" (did you mean "weight"?)
P:get("size")
  get: unknown quantity "size" (known: weight, delay, u, x)
P:get("weight", 2)
  get: 1 argument too many
P.set("weight", 1)
  set: must be called on a projection, with a colon: projection:set(…) (got "weight")
P:set()
  set: what to set must be "weight" or a table { weight = … } (got nothing)
P:set("weight")
  set: weight must be a number, a distribution, an array or a function(pre, post) (got nothing)
P:set("weight", "1")
  set: weight must be a number, a distribution, an array or a function(pre, post) (got "1")
P:set("weight", 0/0)
  set: weight must be a finite number (got NaN)
P:set("weight", { 1, 2 })
  set: weight must have 50 numbers (got an array of 2)
P:set("weight", { "x" })
  set: weight must have 50 numbers (got an array of 1)
P:set("weight", function() end)
  set: the function for weight must return a finite number (got nothing for 1 → 11)
P:set("weight", function(pre) if pre > 4 then error("of the script") end return 1 end)
  of the script
P:set("weight", izh.lognormal(1000, 1))
  set: a drawn weight is beyond the range of single precision
P:set("delay", 3)
  set: the delays of a projection cannot change, since spikes are on the way; connect anew, and disable this one
P:set{ delay = 3 }
  set: the delays of a projection cannot change, since spikes are on the way; connect anew, and disable this one
P:set{}
  set: weight must be a number, a distribution, an array or a function(pre, post) (got nothing)
P:set{ wieght = 3 }
  set: unknown option "wieght" (did you mean "weight"?)
P:set("wieght", 3)
  set: unknown quantity "wieght" (did you mean "weight"?)
P:set({ weight = 3 }, 4)
  set: a value goes with the name of a quantity (got a table)
P:set(5)
  set: what to set must be "weight" or a table { weight = … } (got 5)
P:set("weight", 1, 2)
  set: 1 argument too many
P.synapses()
  synapses: must be called on a projection, with a colon: projection:synapses(…) (got nothing)
P:synapses(1)
  synapses: 1 argument too many
P.enable()
  enable: must be called on a projection, with a colon: projection:enable(…) (got nothing)
P:enable(true)
  enable: 1 argument too many
P:disable(1)
  disable: 1 argument too many
P.weigth
  projection: unknown member "weigth" (known: disable, enable, enabled, get, name, save, scale, set, size, synapses)
P.enabled = false
  projection: "enabled" cannot be assigned
P[1]
  projection: a member is a name (got 1); for pre, post, weight, delay in projection:synapses() do … end goes through them

-- net:stimulate
net.stimulate(E, izh.current(5))
  stimulate: must be called on a network, with a colon: net:stimulate(…) (got population "E": 10 × izhikevich2003)
net:stimulate()
  stimulate: the target must be a population, a slice of one, or the network (got nothing)
net:stimulate(E)
  stimulate: the stimulus must be made by izh.noise, izh.current, izh.poisson or izh.spike_train (got nothing)
net:stimulate(E, 5)
  stimulate: the stimulus must be made by izh.noise, izh.current, izh.poisson or izh.spike_train (got 5; izh.current(5) is a constant current)
net:stimulate(E, { sd = 5 })
  stimulate: the stimulus must be made by izh.noise, izh.current, izh.poisson or izh.spike_train (got a table)
net:stimulate(E, N)
  stimulate: the stimulus must be made by izh.noise, izh.current, izh.poisson or izh.spike_train (got stimulus "background": noise on 15 neurons)
net:stimulate("E", izh.current(5))
  stimulate: the target must be a population, not its name (got "E"; net.populations has them by name)
net:stimulate(O, izh.current(5))
  stimulate: the target belongs to another network
net:stimulate(E, izh.current(5), 3)
  stimulate: 1 argument too many
net:stimulate(E, izh.current{ amplitude = 5, name = "background" })
  stimulate: the name "background" is taken by another stimulus
net:stimulate(E, izh.noise{ sd = 5, every = 0.7 })
  stimulate: every (1 ms when not given) must be a multiple of dt = 0.5 ms: 0.7 ms is not, 0.5 and 1 are
net:stimulate(E, izh.current{ amplitude = 5, from = 0.3 })
  stimulate: from must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0 and 0.5 are
net:stimulate(E, izh.current{ amplitude = 5, from = 1, to = 1.7 })
  stimulate: to must be a multiple of dt = 0.5 ms: 1.7 ms is not, 1.5 and 2 are
net:stimulate(E, izh.current{ times = { 1, 1.7 }, values = { 1, 2 } })
  stimulate: times[2] must be a multiple of dt = 0.5 ms: 1.7 ms is not, 1.5 and 2 are
net:stimulate(E, izh.current{ amplitude = 5, from = 1e300 })
  stimulate: from of 1e+300 ms is too long

-- stimuli
N.set{ sd = 3 }
  set: must be called on a stimulus, with a colon: stimulus:set(…) (got a table)
N:set()
  set: what to set must be a table such as { mean = 5 } (got nothing)
N:set("sd")
  set: the value of "sd" is missing
N:set("sd", "3")
  set: sd must be a number, a distribution, an array or a function (got "3")
N:set("sd", -1)
  set: sd must be a number ≥ 0 (got -1)
N:set("mean", 1/0)
  set: mean must be a finite number (got infinity)
N:set("men", 1)
  set: unknown option "men" (did you mean "mean"?)
N:set{ sdd = 1 }
  set: unknown option "sdd" (did you mean "sd"?)
N:set{ sd = 0/0 }
  set: sd must be a number ≥ 0 (got NaN)
N:set{ every = 2 }
  set: unknown option "every" (known: mean, sd, correlation)
N:set(5)
  set: what to set must be a table such as { mean = 5 } (got 5)
N:set({ sd = 3 }, 2)
  set: a value goes with the name of a quantity (got a table)
C:set()
  set: what to set must be a number, the amplitude, or a table such as { amplitude = 5 } (got nothing)
C:set("5")
  set: the value of "5" is missing
C:set(0/0)
  set: amplitude must be a finite number (got NaN)
C:set("amplitud", 3)
  set: unknown option "amplitud" (did you mean "amplitude"?)
C:set{ amplitude = "3" }
  set: amplitude must be a number, a distribution, an array or a function (got "3")
C:set{}
  set: there is nothing in the table to set
C:set(3, 4)
  set: a value goes with the name of a quantity (got 3)
N:get()
  get: quantity must be one of current, mean, sd, correlation (got nothing)
N:get("curent")
  get: unknown quantity "curent" (did you mean "current"?)
N:get("sd", 2)
  get: 1 argument too many
C:get("sd")
  get: unknown quantity "sd" (known: current)
N.get("current")
  get: must be called on a stimulus, with a colon: stimulus:get(…) (got "current")
N.stop()
  stop: must be called on a stimulus, with a colon: stimulus:stop(…) (got nothing)
N:stop(5)
  stop: 1 argument too many
N.nme
  stimulus: unknown member "nme" (did you mean "name"?)
N.name = "x"
  stimulus: "name" cannot be assigned
N.size
  stimulus: unknown member "size" (known: get, name, set, stop)

-- the clock
net.run(100)
  run: must be called on a network, with a colon: net:run(…) (got 100)
net:run()
  run: the duration must be a number ≥ 0 (got nothing)
net:run("100")
  run: the duration must be a number ≥ 0 (got "100")
net:run(-1)
  run: the duration must be a number ≥ 0 (got -1)
net:run(0/0)
  run: the duration must be a number ≥ 0 (got NaN)
net:run(1/0)
  run: the duration must be a number ≥ 0 (got infinity)
net:run(0.3)
  run: the duration must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0 and 0.5 are
net:run(1e300)
  run: the duration of 1e+300 ms is too long
net:run(100, 5)
  run: options must be a table (got 5)
net:run(100, {}, 5)
  run: 1 argument too many
net.step()
  step: must be called on a network, with a colon: net:step(…) (got nothing)
net:step(-1)
  step: the number of steps must be a whole number ≥ 0 (got -1)
net:step(1.5)
  step: the number of steps must be a whole number ≥ 0 (got 1.5)
net:step("1")
  step: the number of steps must be a whole number ≥ 0 (got "1")
net:step(1, 2)
  step: 1 argument too many
net:step(2^60)
  step: the number of steps must be a whole number ≥ 0 (got 1.1529215046068e+18)
net.run_until(print)
  run_until: must be called on a network, with a colon: net:run_until(…) (got a function)
net:run_until()
  run_until: the condition must be a function (got nothing)
net:run_until(5)
  run_until: the condition must be a function (got 5)
net:run_until(print, 5)
  run_until: options must be a table (got 5)
net:run_until(print, { maximum = 5 })
  run_until: unknown option "maximum" (known: max, show)
net:run_until(print, { max = -5 })
  run_until: max must be a number ≥ 0 (got -5)
net:run_until(print, { max = 0.3 })
  run_until: max must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0 and 0.5 are
net:run_until(print, { max = 5 }, 3)
  run_until: 1 argument too many
net:run_until(function() error("of the script") end)
  of the script
net.at(5, print)
  at: must be called on a network, with a colon: net:at(…) (got 5)
net:at()
  at: the time must be a finite number (got nothing)
net:at(5)
  at: 5 ms has passed: it is <any> ms
net:at("5", print)
  at: the time must be a finite number (got "5")
net:at(1e6)
  at: what to call must be a function (got nothing)
net:at(1e6 + 0.3, print)
  at: the time must be a multiple of dt = 0.5 ms: 1000000.3 ms is not, 1000000 and 1000000.5 are
net:at(-1, print)
  at: -1 ms has passed: it is <any> ms
net:at(0/0, print)
  at: the time must be a finite number (got NaN)
net:at(1e6, "print")
  at: what to call must be a function (got "print")
net:at(1e6, print, 3)
  at: 1 argument too many
net.every(5, print)
  every: must be called on a network, with a colon: net:every(…) (got 5)
net:every()
  every: the interval must be a finite number (got nothing)
net:every(5)
  every: what to call must be a function (got nothing)
net:every(0, print)
  every: the interval must be > 0 ms (got 0)
net:every(-1, print)
  every: the interval must be > 0 ms (got -1)
net:every(0.3, print)
  every: the interval must be a multiple of dt = 0.5 ms: 0.3 ms is not, 0.5 is
net:every(0.7, print)
  every: the interval must be a multiple of dt = 0.5 ms: 0.7 ms is not, 0.5 and 1 are
net:every("1", print)
  every: the interval must be a finite number (got "1")
net:every(1, {})
  every: what to call must be a function (got a table)
net:every(1, print, 3)
  every: 1 argument too many

-- spikes
net.spikes()
  spikes: must be called on a network, with a colon: net:spikes(…) (got nothing)
net:spikes(5)
  spikes: options must be a table such as { of = E } or { of = 7 } (got 5)
net:spikes{ form = 3 }
  spikes: unknown option "form" (did you mean "from"?)
net:spikes{ from = "3" }
  spikes: from must be a finite number (got "3")
net:spikes{ from = 0/0 }
  spikes: from must be a finite number (got NaN)
net:spikes{ from = 5, to = 3 }
  spikes: to must not be before from (got 3 and 5 ms)
ran:spikes{ to = 20.5 }
  spikes: to must not be after 20 ms, until which the network has run (got 20.5 ms)
ran:spikes{ from = 5000 }
  spikes: from must not be after 20 ms, until which the network has run (got 5000 ms)
ran:spikes{ from = -1 }
  spikes: from must not be before 0 ms, when the run began (got -1 ms)
ran:spikes{ to = 1/0 }
  spikes: to must be a finite number (got infinity)
ran:raster{ xscale = "log" }
  raster: a raster in characters has no xscale, a file has: net:raster("raster.pdf", { xscale = … })
ran:raster{ title = "of E", axis = "right" }
  raster: a raster in characters has no axis, a file has: net:raster("raster.pdf", { axis = … })
ran:raster(nil, { inset = { izh.curve{ x = { 1 }, y = { 1 } } } })
  raster: a raster in characters has no inset, a file has: net:raster("raster.pdf", { inset = … })
ran:raster{ legend = "top" }
  raster: a raster in characters has no legend, a file has: net:raster("raster.pdf", { legend = … })
ran:raster{ bin = 5 }
  raster: a raster in characters has no bin, a file has: net:raster("raster.pdf", { bin = … })
ran:raster{ to = 100 }
  raster: to must not be after 20 ms, until which the network has run (got 100 ms)
izh.raster(ran, { from = 21 })
  raster: from must not be after 20 ms, until which the network has run (got 21 ms)
izh.raster(S, { to = 21 })
  raster: to must not be after 20 ms, where the window of these spikes ends (got 21 ms)
izh.rate(ran, { to = 100 })
  rate: to must not be after 20 ms, until which the network has run (got 100 ms)
izh.rate({ ran, S }, { from = 0 })
  rate: from must not be before 1 ms, where the window of these spikes begins (got 0 ms)
S:mean_firing_rate{ to = 21 }
  mean_firing_rate: to must not be after 20 ms, where the window of these spikes ends (got 21 ms)
izh.analysis.cv(S, { from = 25 })
  cv: from must not be after 20 ms, where the window of these spikes ends (got 25 ms)
izh.trace(R, { to = 100 })
  trace: to must not be after 20 ms, until which there is a recording (got 100 ms)
izh.trace(R, { from = 9 })
  trace: from must not be before 10 ms, when the recording began (got 9 ms)
izh.analysis.synchrony(R, { from = 5 })
  synchrony: from must not be before 10 ms, when the recording began (got 5 ms)
izh.analysis.synchrony(R, { to = 20.5 })
  synchrony: to must not be after 20 ms, until which there is a recording (got 20.5 ms)
net:spikes{ of = O }
  spikes: of belongs to another network
net:spikes{ of = "E" }
  spikes: of must be a population, a slice of one, an id, a list of ids, or the network (got "E")
net:spikes({}, 2)
  spikes: 1 argument too many
S.times()
  times: must be called on spikes, with a colon: spikes:times(…) (got nothing)
S:times(1)
  times: 1 argument too many
S:senders(1)
  senders: 1 argument too many
S:each(1)
  each: 1 argument too many
S.each()
  each: must be called on spikes, with a colon: spikes:each(…) (got nothing)
S:slice()
  slice: options must be a table (got nothing)
S:slice(3)
  slice: options must be a table such as { of = E } or { of = 7 } (got 3)
S:slice{ form = 3 }
  slice: unknown option "form" (did you mean "from"?)
S:slice{ from = 3, to = 1 }
  slice: to must not be before from (got 1 and 3 ms)
S:slice{ from = -5 }
  slice: from must not be before 1 ms, where the window of these spikes begins (got -5 ms)
S:slice{ to = 1e9 }
  slice: to must not be after 20 ms, where the window of these spikes ends (got 1000000000 ms)
S:slice({}, 1)
  slice: 1 argument too many
S.sizes
  spikes: unknown member "sizes" (did you mean "size"?)
S.size = 3
  spikes: "size" cannot be assigned
S[1]
  spikes: a member is a name (got 1); for t, id in spikes:each() do … end goes through them

-- vectors
X.mean()
  mean: must be called on a vector, with a colon: x:mean(…) (got nothing)
X:mean(1)
  mean: 1 argument too many
X:sd(1)
  sd: 1 argument too many
X:min(1)
  min: 1 argument too many
X:max(1)
  max: 1 argument too many
X:sum(1)
  sum: 1 argument too many
X:totable(1)
  totable: 1 argument too many
X.men
  vector: unknown member "men" (did you mean "mean"?)
X[1] = 3
  vector: 1 cannot be assigned
X[{}]
  vector: a member is a name (got a table)

-- lists and fields of the network
net.populations.F
  populations: unknown name "F" (known: E, I)
net.populations.excitatory = E
  populations: "excitatory" cannot be assigned: methods of the network add to this list
net.populations[1] = E
  populations: 1 cannot be assigned: methods of the network add to this list
net.projections.excitaton
  projections: unknown name "excitaton" (did you mean "excitation"?)
net.stimuli.zzz
  stimuli: unknown name "zzz" (known: background, drive)
other.stimuli.zzz
  stimuli: there are none yet (asked for "zzz")
net.runn
  network: unknown member "runn" (did you mean "run"?)
net.sise
  network: unknown member "sise" (did you mean "size"?)
net.seed = 3
  network: "seed" cannot be assigned
net[1]
  network: a member is a name (got 1)
net.close()
  close: must be called on a network, with a colon: net:close(…) (got nothing)
net.close(E)
  close: must be called on a network, with a colon: net:close(…) (got population "E": 10 × izhikevich2003)
net.time()
  attempt to call a number value (field 'time')

-- a closed network
dead:run(1)
  run: the network is closed
dead:step()
  step: the network is closed
dead:population("A", 1, "RS")
  population: the network is closed
dead:connect(E, E, { weight = 1 })
  connect: the network is closed
dead:stimulate(E, izh.current(1))
  stimulate: the network is closed
dead:spikes()
  spikes: the network is closed
dead:at(1, print)
  at: the network is closed
dead:every(1, print)
  every: the network is closed
dead:run_until(print)
  run_until: the network is closed
dead.time
  time: the network is closed
dead.dt
  dt: the network is closed
dead.seed
  seed: the network is closed
dead.size
  size: the network is closed
dead.populations
  populations: the network is closed
dead.projections
  projections: the network is closed
dead.stimuli
  stimuli: the network is closed
dead:raster("x.pdf")
  raster: the network is closed
izh.raster(dead, { of = 3 })
  raster: the network is closed
izh.raster(dead, { of = { 3, 4 } })
  raster: the network is closed
DE:get("v")
  get: the network is closed
DE:set("v", 1)
  set: the network is closed
DE:slice(1, 1)
  slice: the network is closed
DE{ 1 }
  slice: the network is closed
DE.size
  size: the network is closed
DE.name
  name: the network is closed
DE.ids
  ids: the network is closed
#DE
  #: the network is closed
DP:scale(1)
  scale: the network is closed
DP:get("weight")
  get: the network is closed
DP:set("weight", 1)
  set: the network is closed
DP:synapses()
  synapses: the network is closed
DP:enable()
  enable: the network is closed
DP.size
  size: the network is closed
DP.name
  name: the network is closed
DN:set{ sd = 1 }
  set: the network is closed
DN:get("current")
  get: the network is closed
DN:stop()
  stop: the network is closed
DN.name
  name: the network is closed
DI()
  synapses: the network is closed
net:connect(DE, E, { weight = 1 })
  connect: pre belongs to another network

-- long words
E:set(("x"):rep(600), 1)
  set: unknown quantity "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" (known: a, b, c, d, v, u)
net:population("A", 1, ("é"):rep(300))
  population: unknown cell "éééééééééééééééééééééééééééééé…" (known: CH, CH2007, E2003, FS, FS2007, I2003, IB, IB2007, LTS, LTS2007, MSN2007, RS, RS2007, RTN2007, RZ, TC, TC2007, TI2007, broken, poisson, spike_source)
net:connect(E, I, { weight = ("x"):rep(600) })
  connect: weight must be a number, a distribution or a function(pre, post) (got "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…")]==]

local function build()
  local net = izh.network{ seed = 3 }
  local E = net:population("E", 10, "RS")
  local I = net:population("I", 5, "FS")
  local P = net:connect(E, I, { name = "excitation", weight = 3 })
  local N = net:stimulate(net, izh.noise{ sd = 8, name = "background" })
  local C = net:stimulate(E, izh.current{ amplitude = 4, name = "drive" })
  net:run(20)
  return { izh = izh, net = net, E = E, I = I, P = P, N = N, C = C }
end

-- What the snippets see beside the network: another one, and the remains of a closed one.
local function surroundings(env)
  env.S = env.net:spikes{ from = 1, to = 20 }
  env.X = env.E:get("v")
  env.ran = izh.network{}
  local late = env.ran:population("L", 3, "RS")
  env.ran:run(10)
  env.R = env.ran:record(late, { "v" })
  env.ran:run(10)
  env.other = izh.network{}
  env.O = env.other:population("O", 3, "RS")
  env.dead = izh.network{}
  env.DE = env.dead:population("E", 3, "RS")
  env.DP = env.dead:connect(env.DE, env.DE, { weight = 1 })
  env.DN = env.dead:stimulate(env.DE, izh.noise{ sd = 1 })
  env.DI = env.DP:synapses()
  env.dead:close()
  return setmetatable(env, { __index = _G })
end

local victim, control = surroundings(build()), build()

-- The same step and the same random changes in both: numbers drawn later must not have moved either.
local function go_on(env, k)
  if k % 7 == 0 then env.E:set("v", izh.uniform(-70, -60)) end
  if k % 11 == 0 then env.P:set("weight", izh.uniform(0, 6)) end
  env.net:run(2)
end

-- what izh has, one to a line since it grows
local members = {
  "analysis", "animate", "bars", "beta", "cells", "choice", "convergence", "current", "curve", "explain", "exponential",
  "figure", "gamma", "histogram", "image", "integer", "load", "lognormal", "matrix", "network", "noise", "normal",
  "parameters", "patterns", "phase", "poisson", "psth", "raster", "rate", "read", "scatter", "spectrum",
  "spike_train", "spikes", "strip", "sweep", "sweep_merge", "trace", "trials", "truncated", "uniform", "vector", "version",
  "write",
}
cases = cases:gsub("MEMBERS", table.concat(members, ", "))

local count = check.errors(cases, victim, control, go_on)
check.truth(count > 400, "all cases were read")

check.equal(check.spikes(victim.net), check.spikes(control.net), "spikes after the errors")
check.truth(victim.net:spikes().size > 100, "there are spikes to compare")
check.list(victim.E:get("u"), control.E:get("u"), "state")
check.equal(#victim.net.populations, 2, "populations")
check.equal(#victim.net.projections, 1, "projections")
check.equal(#victim.net.stimuli, 2, "stimuli")
