-- Files as others write them (tests/data/inputs): what they hold is read as it is meant, or is an error that says
-- what is
-- there.
local izh = require "izhlua"
local check = require "check"
local equal, list = check.equal, check.list

local here = arg[0]:match("^(.*/)") or ""
local function input(name) return here .. "../data/inputs/" .. name end

local scratch <close> = check.scratch()
local write = scratch.write

local function shown(s)
  local t = {}
  for time, id in s:each() do t[#t + 1] = ("(%.17g, %d)"):format(time, id) end
  return table.concat(t, " ")
end

local function spikes(file, options)
  options = options or {}
  options.file = file
  return izh.spikes(options)
end

-- The whole message, with the name of the file for its path.
local function refuses(message, f, ...)
  local ok, got = pcall(f, ...)
  equal(not ok and got:gsub("^[^:]*:%d+: ", ""):gsub('"/[^"]*/', '"'):gsub('"[^"]*/data/inputs/', '"'), message)
end

-- Spikes.
equal(shown(spikes(input "brian.npz")), "(1.5, 3) (2.5, 1) (3.5, 2)")
for _, name in ipairs{ "bmtk.csv", "bmtk_comma.csv" } do
  equal(shown(spikes(input(name), { base = 0 })), "(43.155000000000001, 1) (56.060000000000002, 2) " ..
    "(64.689999999999998, 1)")
  refuses("spikes: senders[1] must be an id, a whole number 1 … 4294967295 (got 0; base = 0 says that ids count " ..
    "from 0 here)",
    spikes, input(name))
end
for _, name in ipairs{ "human.csv", "excel_de.csv", "mac.csv", "meta.npz" } do
  equal(shown(spikes(input(name))), "(1.5, 1) (2.5, 2)", name)
end
equal(shown(spikes(input "nest.gdf")), "(27.300000000000001, 1) (27.5, 2) (40.100000000000001, 1)")
equal(shown(spikes(input "nest_hash.txt")), "(27, 5) (28, 7) (40, 5)")
equal(shown(spikes(input "auryn_ras.txt", { columns = { times = 1, senders = 2 }, unit = "s", base = 0 })),
  "(1.3, 1) (2.1000000000000001, 5)")
equal(shown(spikes(write("auryn.ras", check.content(input "auryn_ras.txt")))), "(1.3, 1) (2.1000000000000001, 5)")
refuses('spikes: "auryn_ras.txt" has no names of columns: columns = { times = 1, senders = 2 } says which is ' ..
  'which', spikes,
  input "auryn_ras.txt")

-- Tables.
do
  local t = izh.read(input "params.csv")
  list(t.a, { 0.02, 0.1 })
  list(t.d, { 8, 2 })
  list(t.type, { "RS", "FS" })
  equal(t[5], t.type)
  t = izh.read(input "meta.npz")
  list(t.times, { 1.5, 2.5 })
  equal(t.units, "ms")
end

-- The names of times, with units, and those of ids, whatever their case and what is between their words.
do
  local file
  local function both(time, id)
    file = write("names.csv", ("%s,%s\n0.0015,7\n"):format(time, id))
    return spikes(file)
  end
  local times = { "t", "time", "times", "timestamp", "timestamps", "spike_time", "spike_times", "spiketimes",
    "SpikeTimes",
    "Spike Time", "Time", "TIMES", "spike.time", "event_time" }
  local ids = { "i", "id", "ids", "idx", "index", "indices", "gid", "gids", "sender", "senders", "node_id",
    "node_ids", "nodeId",
    "neuron", "neuron_id", "Neuron ID", "neuron-idx", "neuron_index", "NeuronIDs", "unit", "unit_id", "cell", "cells",
      "cell_id",
    "cell_gid", "source", "source_id", "cluster", "spike_clusters", "nid", "neuron number" }
  for _, time in ipairs(times) do equal(shown(both(time, "id")), "(0.0015, 7)", time) end
  for _, id in ipairs(ids) do equal(shown(both("t", id)), "(0.0015, 7)", id) end
  local units = { ["%s_ms"] = 0.0015, ["%s (ms)"] = 0.0015, ["%s [msec]"] = 0.0015, ["%s_s"] = 1.5, ["%s (s)"] = 1.5,
    ["%s [sec]"] = 1.5, ["%s/s"] = 1.5, ["%s in seconds"] = 1.5, ["%s_us"] = 0.0015 / 1000, ["%s (µs)"] = 0.0015 / 1000,
    ["%s_ns"] = 0.0015 / 1e6, ["%sMs"] = 0.0015, ["%s (Seconds)"] = 1.5 }
  for form, ms in pairs(units) do
    for _, time in ipairs{ "t", "time", "spike_times" } do
      equal(both(form:format(time), "id"):times()[1], ms, form:format(time))
    end
  end
  equal(spikes(file, { unit = "us" }):times()[1], 0.0015 / 1000) -- the option comes before the name
  equal(spikes(file, { unit = 0.1 }):times()[1], 0.0015 * 0.1)
  equal(izh.spikes{ times = { 0.5 }, senders = { 0 }, unit = "s", base = 0 }:times()[1], 500)
end

-- What a script says of columns.
do
  local function columns(text, columns, more)
    local options = more or {}
    options.columns = columns
    return shown(spikes(write("columns.csv", text), options))
  end
  equal(columns("onset,who\n1,2\n", { times = "onset", senders = "who" }), "(1, 2)")
  equal(columns("onset_s,id\n1,2\n", { times = "onset_s" }), "(1000, 2)")
  equal(columns("onset,id\n1,2\n", { times = 1 }), "(1, 2)")
  equal(columns("t,t_ms,id\n1,3,2\n", { times = "t_ms" }), "(3, 2)")
  equal(columns("t,t_ms,id\n1,3,2\n", { t = false }), "(3, 2)")
  equal(columns("t,where\n1,left\n", nil, { neurons = 1 }), "(1, 1)")
  equal(columns("7,1\n", { times = 2, senders = 1 }), "(1, 7)")
  equal(columns("t,unit,layer\n1,5,2/3\n2,6,4\n", nil), "(1, 5) (2, 6)")
  equal(columns("t,id,population\n1,5,V1\n2,6,LGN\n3,7,V1\n", nil, { population = "V1" }), "(1, 5) (3, 7)")
  equal(columns("t,id,trial\n1,5,1\n2,6,1\n", nil), "(1, 5) (2, 6)")
  equal(columns("t,id,trial\n1,5,1\n2,6,2\n", { trial = false }), "(1, 5) (2, 6)")
  local function wrong(message, text, ...) refuses("spikes: " .. message, columns, text, ...) end
  wrong('"columns.csv": there is no column senders among t, foo; known names are i, id, ids, idx, index, gid, ' ..
    'sender, node_id, ' ..
    'neuron, neuron_id, unit, cell …, and columns = { senders = "NAME" } says it of another', "t,foo\n1,2\n")
  wrong('"columns.csv": both "t" and "time_ms" may be the column times: columns = { times = "t" } says which',
    "t,time_ms,id\n1,2,3\n")
  wrong('"columns.csv": the column "neuron" holds words ("A1")', "t,neuron\n1,A1\n")
  wrong('cannot read "columns.csv": line 3: "x" is not a number', "t,neuron\n1,1\nx,2\n")
  wrong('"columns.csv" has spikes of several populations; the option population names one of: V1, LGN',
    "t,id,population\n1,5,V1\n2,6,LGN\n")
  wrong('"columns.csv" has no population "V2" (there are: V1, LGN)', "t,id,population\n1,5,V1\n2,6,LGN\n", nil,
    { population = "V2" })
  wrong('"columns.csv" has no column population, and so the option population has no meaning for it', "t,id\n1,5\n",
    nil,
    { population = "V2" })
  wrong('"columns.csv" has spikes of several trials (column "trial": 1, 2): take them apart with izh.read, or ' ..
    'columns = ' ..
    '{ trial = false } takes all', "t,id,trial\n1,5,1\n2,6,2\n")
  wrong('"columns.csv": there is no column "onset" (there are: t, id)', "t,id\n1,2\n", { times = "onset" })
  wrong('"columns.csv": there is no column 3 (there are 2)', "t,id\n1,2\n", { times = 3 })
  wrong('"columns.csv": there is no column "x" to leave out (there are: t, id)', "t,id\n1,2\n", { x = false })
  wrong('columns: unknown name "time" (did you mean "times"?)', "t,id\n1,2\n", { time = "t" })
  wrong('columns.times must be the name or number of a column, or false (got true)', "t,id\n1,2\n", { times = true })
  wrong('columns must be a table such as { times = "onset", senders = 2 } (got 3)', "t,id\n1,2\n", 3)
  wrong('columns has what each is by name, such as { times = 1, senders = 2 } (got 1 as a name)', "t,id\n1,2\n",
    { "t" })
  wrong('unit must be "ms", "s", "us", "ns", or how many ms one is (got "fortnights")', "t,id\n1,2\n", nil,
    { unit = "fortnights" })
  wrong('base must be a whole number 0 … 1 (got 2)', "t,id\n1,2\n", nil, { base = 2 })
  wrong('a spike at 0 ms is not within the window, 0 < t ≤ 5 ms (from = -1 lets it in)', "t,id\n0,2\n5,2\n")
  wrong('"columns.csv" has no names of columns but in a comment, " pre post of all": columns = { times = 1, ' ..
    'senders = 2 } says ' ..
    'which is which', "# pre post of all\n1,2\n")
  refuses("spikes: the option columns goes with file", izh.spikes, { times = {}, columns = { times = 1 } })
end

-- NWB: ids are names.
do
  local s = spikes(input "n_allen.nwb")
  equal(shown(s), "(100, 951763702) (200, 951763708) (500, 951763702) (1200, 951763702) (3000, 951763708)")
  list(s.neurons, { 951763702, 951763705, 951763708 })
  s:save(scratch.path "names.nwb")
  list(spikes(scratch.path "names.nwb").neurons, { 951763702, 951763705, 951763708 })
  refuses('spikes: cannot read "n_nounits.nwb": there is no table of units in it, and so no spikes (there are: ' ..
    'processing)',
    spikes, input "n_nounits.nwb")
  refuses('spikes: cannot read "s_nopop.h5": its group "spikes" has no population', spikes, input "s_nopop.h5")
  refuses('spikes: "n_allen.nwb" has no column population, and so the option population has no meaning for it', spikes,
    input "n_allen.nwb", { population = "V1" })
end

-- Units in words, beside the numbers; a line that says the separator; a # that begins no comment; missing numbers.
equal(shown(spikes(write("u.csv", "time,id,time_unit\n1.5,3,s\n2,3,s\n"))), "(1500, 3) (2000, 3)")
equal(shown(spikes(write("u.csv", "time,id,unit\n1.5,3,mua\n"))), "(1.5, 3)")
equal(shown(spikes(write("u.csv", "sep=;\ntime;id\n1,5;3\n"))), "(1.5, 3)")
equal(shown(spikes(write("u.csv", "Neuron #,Time (s)\n3,1.5\n"))), "(1500, 3)")
equal(shown(spikes(write("u.csv", "\xEF\xBB\xBFtime\tid\r1.5\t3 # the first\r"))), "(1.5, 3)")
refuses('spikes: "u.csv": the unit of its times is "s" and others; ms, s, us and ns are understood, and the ' ..
  'option unit says ' ..
  "another", spikes, write("u.csv", "time,id,time_unit\n1.5,3,s\n2,3,ms\n"))
refuses('spikes: spike 2 of "u.csv" must have a finite time and neuron (got nan)', spikes, write("u.csv",
  "t,id\n1,2\nNA,3\n"))
refuses('spikes: cannot read "u.csv": it is text in UTF-16; save it as UTF-8', spikes, write("u.csv",
  "\xFF\xFEt\0,\0i\0"))
do
  local t = izh.read(write("na.csv", "a,b,c\nNULL,x,NA\n2,y,NA\nNA,z,NA\n"))
  equal(t.a[2], 2)
  check.truth(t.a[1] ~= t.a[1] and t.a[3] ~= t.a[3] and t.c[2] ~= t.c[2], "missing numbers are NaN")
end
equal(shown(spikes(write("u.csv", "time\tneuron\n1,5\t1\n"))), "(1.5, 1)")
equal(shown(spikes(write("u.csv", '"time";"neuron no."\r\n"1,5";1\r\n2;2\r\n'))), "(1.5, 1) (2, 2)")
equal(shown(spikes(write("u.csv", "time , neuron \n 1.5 , 1 \n"))), "(1.5, 1)")

-- The rest of the names and units that are known.
for _, time in ipairs{ "t_spike", "spike_t", "spike_timestamp", "spk_time", "spk_t", "firing times", "ts" } do
  equal(shown(spikes(write("n.csv", time .. ",id\n1.5,7\n"))), "(1.5, 7)", time)
end
for _, id in ipairs{ "node", "nodes", "sources", "spike_sender", "spike source", "clusters", "cell number",
  "neuron nr", "unit no",
  "idxs", "indexes", "cell_gids" } do
  equal(shown(spikes(write("n.csv", "t," .. id .. "\n1.5,7\n"))), "(1.5, 7)", id)
end
for ms, words in pairs{ [1] = "ms msec msecs millis millisec millisecs millisecond milliseconds", [1000] = "s " ..
  "sec secs second seconds",
  [1 / 1000] = "us usec usecs µs μs microsec microsecs microsecond microseconds",
  [1 / 1000000] = "ns nsec nsecs nanosec nanosecond nanoseconds" } do
  for word in words:gmatch "%S+" do
    for _, form in ipairs{ "t_%s", "time (%s)", "Time in %s" } do
      local name = form:format(word)
      check.near(spikes(write("n.csv", name .. ",id\n1,7\n")):times()[1], ms, 0, name)
    end
    check.near(spikes(write("n.csv", "t,id\n1,7\n"), { unit = word }):times()[1], ms, 0, word)
  end
end
for _, name in ipairs{ "population", "pop", "population_name", "popName" } do
  equal(shown(spikes(write("n.csv", "t,id," .. name .. "\n1,7,A\n2,8,B\n"), { population = "B" })), "(2, 8)", name)
end
for _, name in ipairs{ "trial", "trials", "trial_id", "trial number", "trial no", "trialIndex", "repeat",
  "repetition", "rep", "run",
  "epoch", "sweep", "session", "segment" } do
  refuses(('spikes: "n.csv" has spikes of several trials (column "%s": 1, 2): take them apart with izh.read, or ' ..
    'columns = { %s = ' ..
    "false } takes all"):format(name, name), spikes, write("n.csv", "t,id," .. name .. "\n1,7,1\n2,8,2\n"))
end
for _, name in ipairs{ "unit", "units", "time_unit", "times_unit", "t_units", "timestamp unit", "spike_time_unit",
  "unit of time" } do
  equal(shown(spikes(write("n.csv", "t,id," .. name .. "\n1,7,s\n2,8,s\n"))), "(1000, 7) (2000, 8)", name)
end

-- Two columns without names are times and ids where they can be nothing else; else the script says it.
do
  local path = scratch.path "two.npy"
  local function two(times, ids, options)
    izh.write(path, { times, ids })
    return shown(spikes(path, options))
  end
  local unsaid = 'spikes: "two.npy" has no names of columns: columns = { times = 1, senders = 2 } says which is which'
  equal(two({ 10.5, 10, 11 }, { 1, 2, 1 }), "(10, 2) (10.5, 1) (11, 1)")
  equal(two({}, {}), "")
  refuses(unsaid, two, { 1, 1, 2, 3 }, { 27, 40, 30, 10 }) -- ids, and whole times, sorted by id
  refuses(unsaid, two, { 10, 10, 11 }, { 1, 2, 1 }) -- whole times may be ids
  refuses(unsaid, two, { 1, 1, 2 }, { 27.5, 40, 30 })
  refuses(unsaid, two, { 27.5, 40, 30 }, { 1.5, 1, 2 })
  refuses(unsaid, two, { 1.5, 3 }, { 2, 1 }) -- two spikes; or the rows are times and ids
  equal(two({ 1.5, 3.5 }, { 2, 1 }), "(1.5, 2) (3.5, 1)")
  equal(two({ 1, 1, 2 }, { 27, 40, 30 }, { columns = { senders = 1, times = 2 } }), "(27, 1) (30, 2) (40, 1)")
  equal(two({ 1.5, 3 }, { 2, 1 }, { columns = { times = 1, senders = 2 } }), "(1.5, 2) (3, 1)")

  izh.write(path, { { 5, 1 }, { 7, 2 }, { 9, 2 } }) -- two rows
  refuses('spikes: "two.npy" has 2 rows and 3 columns: if one row has the times and one the ids, save its transpose ' ..
    "(x.T); else columns = { [3] = false } leaves column 3 out", spikes, path, { columns = { times = 1, senders = 2 } })
  equal(shown(spikes(path, { columns = { times = 1, senders = 2, [3] = false } })), "(1, 2) (5, 7)")
  izh.write(scratch.path "two.npz", { all = { { 1.5, 2.5, 3 }, { 1, 2, 1 } } })
  refuses('spikes: "two.npz" has no names of columns: columns = { times = 1, senders = 2 } says which is which',
    spikes, scratch.path "two.npz")
  equal(shown(spikes(scratch.path "two.npz", { columns = { times = 1, senders = 2 } })), "(1.5, 1) (2.5, 2) (3, 1)")

  -- the same of endings that say which is which
  equal(shown(spikes(write("x.gdf", "3 10\n1 20\n2 20\n"))), "(10, 3) (20, 1) (20, 2)")
  equal(shown(spikes(write("x.gdf", "3 10\n1 20\n2 15\n"))), "(10, 3) (15, 2) (20, 1)")
  unsaid = unsaid:gsub("two.npy", "x.gdf")
  refuses(unsaid, spikes, write("x.gdf", "10 3\n20 1\n20 2\n"))
  refuses("spikes: senders[1] must be an id, a whole number 1 … 4294967295 (got 10.5)", spikes,
    write("x.gdf", "10.5 3\n20 1\n20 2\n"))
  equal(shown(spikes(write("x.ras", "1 3\n2 0\n"))), "(1000, 4) (2000, 1)")
  refuses(unsaid:gsub("gdf", "ras"), spikes, write("x.ras", "3 1\n0 2\n"))
end

-- Times that nobody says the unit of are ms, unless neurons would fire more than once in each ms.
do
  local text = "t,id\n0.1,1\n0.15,2\n0.3,1\n0.45,1\n0.5,2\n"
  refuses('spikes: "s.csv": 5 spikes of 2 neurons lie within 0.4 ms, more than one in each ms: unit = "s" if the ' ..
    'times are in s, unit = "ms" takes them as they are', spikes, write("s.csv", text))
  equal(spikes(write("s.csv", text), { unit = "s" }):times()[5], 500)
  equal(spikes(write("s.csv", text), { unit = "ms" }):times()[5], 0.5)
  equal(spikes(write("s.csv", (text:gsub("t,", "t_ms,")))):times()[5], 0.5)
  equal(spikes(write("s.csv", (text:gsub("t,", "t_s,")))):times()[5], 500)
  local s = spikes(scratch.path "s.csv", { unit = "ms" })
  for _, ending in ipairs{ ".npz", ".csv", ".tsv", ".h5" } do -- what izhlua writes says it
    s:save(scratch.path("s" .. ending))
    equal(shown(spikes(scratch.path("s" .. ending))), shown(s), ending)
  end
  -- whole numbers beside the rate of samples
  izh.write(scratch.path "s.npz", { times = { 300, 900 }, ids = { 3, 4 }, sampling_rate = { 30000 } })
  refuses('spikes: "s.npz": its times may be numbers of samples, for it has "sampling_rate", too: unit = 1000 / ' ..
    '30000 would be that of 30000 Hz; unit = "ms" takes them as ms', spikes, scratch.path "s.npz")
  equal(shown(spikes(scratch.path "s.npz", { unit = 1000 / 30000 })), "(10, 3) (30, 4)")
  izh.write(scratch.path "s.npz", { times = { 300, 900.5 }, ids = { 3, 4 }, fs = { 30000 } })
  equal(shown(spikes(scratch.path "s.npz")), "(300, 3) (900.5, 4)")
  -- a unit in the name of what is no time says nothing
  equal(shown(spikes(write("s.csv", "t,unit_s\n1,7\n"), { columns = { senders = "unit_s" } })), "(1, 7)")
end
