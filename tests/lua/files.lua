-- Files: vector, spikes, recording and projection save; izh.read and izh.spikes read. The numbers themselves are compared
-- with numpy's in tests/formats; here it is what scripts see, and what they are told.
local izh = require "izhlua"
local check = require "check"
local equal, list = check.equal, check.list

local scratch <close> = check.scratch()
local path, write = scratch.path, scratch.write

local net = izh.network{ seed = 2 }
local E = net:population("E", 5, "RS")
local p = net:connect(E, E, { weight = 1 })
net:stimulate(E, izh.noise{ sd = 12 })
local rec = net:record(E, { "v", "u" })
local one = net:record(E, "v")
net:run(100)
local s, v = net:spikes(), E:get("v")

-- Vectors.
do
  local x = izh.vector{ 1, 2.5, -3 }
  equal(tostring(x), "vector of 3: 1, 2.5, -3")
  list(izh.vector(x), x)
  for _, ending in ipairs{ ".npy", ".csv", ".tsv", ".txt" } do x:save(path("x" .. ending)) end
  list(izh.read(path "x.npy"), x)
  list(izh.read(path "x.csv").value, x)
  list(izh.read(path "x.tsv")[1], x)
  list(izh.read(path "x.txt")[1], x)
  izh.vector{}:save(path "empty.npy")
  equal(#izh.read(path "empty.npy"), 0)
end

-- Columns by number and by name.
do
  local t = izh.read(write("t.csv", "# from elsewhere\ntime, id\n1.5,2\n2.5,3\n"))
  equal(#t, 2)
  list(t.time, { 1.5, 2.5 })
  equal(t.id, t[2])
  t = izh.read(write("t.txt", "1 2\n3 4\n"))
  list(t[1], { 1, 3 })
  equal(next(t, #t), nil)
end

-- Spikes keep window and neurons in .npz; other files are told.
do
  s:save(path "s.npz")
  s:save(path "s.csv")
  local a, b = izh.spikes(path "s.npz"), izh.spikes{ file = path "s.csv", to = 100, neurons = E.size }
  for _, t in ipairs{ a, b } do
    list(t:times(), s:times())
    list(t:senders(), s:senders())
    list(t.neurons, s.neurons)
    equal(tostring(t), tostring(s))
  end
  equal(izh.spikes(write("bare.txt", "3\n1\n")).size, 2)
  list(izh.spikes{ file = write("two.txt", "3 7\n1 8\n"), columns = { times = 1, senders = 2 } }:senders(), { 8, 7 })
end

-- What is refused. Nothing is written then.
do
  local function refuses(message, f, ...)
    local arguments = table.pack(...)
    local got = check.message(function() return f(table.unpack(arguments, 1, arguments.n)) end)
    equal(got:gsub(scratch.folder:gsub("%p", "%%%0"), "FOLDER"), message)
  end
  refuses('save: the path must end in .npy, .csv, .tsv or .txt (got "x.pdf")', v.save, v, "x.pdf")
  refuses('save: the path must end in .npy, .npz, .csv, .tsv, .h5 or .nwb (got "x")', s.save, s, "x")
  refuses('save: the path must end in .npy, .npz, .csv or .tsv (got "x.txt")', rec.save, rec, "x.txt")
  refuses('save: the path must end in .npz, .csv, .tsv or .h5 (got "x.npy")', p.save, p, "x.npy")
  refuses('save: the path must be a string (got nothing)', v.save, v)
  refuses('save: the path must not be empty', v.save, v, "")
  refuses('save: 1 argument too many', v.save, v, "x.npy", 1)
  refuses('save: must be called on a vector, with a colon: x:save(…) (got "x.npy")', v.save, "x.npy")
  refuses('save: a .npy file holds one variable, and "E.v+u" has 2; a .npz file holds them all', rec.save, rec, path "x.npy")
  for _, x in ipairs{ v, s, one, p } do
    refuses('save: cannot write "FOLDER/no/x.csv": No such file or directory', x.save, x, path "no/x.csv")
  end
  refuses('save: cannot write "FOLDER/no/x.npz": No such file or directory', rec.save, rec, path "no/x.npz")

  refuses('read: the path must end in .npy, .npz, .csv, .tsv, .txt, .dat, .gdf, .ras, .mtx, .wmat, ' ..
    '.json, .h5, .nwb or .mat (got "x.pdf")', izh.read, "x.pdf")
  refuses('read: cannot read "FOLDER/none.npy": No such file or directory', izh.read, path "none.npy")
  refuses('read: cannot read "FOLDER/x.npz": it is not a zip archive, or cut off', izh.read, write("x.npz", "hello"))
  refuses('read: cannot read "FOLDER/x.npy": it is not a NumPy file', izh.read, write("x.npy", "hello"))
  refuses('read: cannot read "FOLDER/x.csv": line 3: "x" is not a number', izh.read, write("x.csv", "a\n1\nx\n"))
  refuses('vector: the numbers must be an array (got 3)', izh.vector, 3)
  refuses('vector: the numbers[2] must be a number (got "x")', izh.vector, { 1, "x" })
  refuses('vector: the numbers[1] must be finite (got NaN)', izh.vector, { 0 / 0 })

  refuses('spikes: "FOLDER/w.csv": there is no column times among a, b; known names are t, time, times, timestamps, ' ..
    'spike_times …, and columns = { times = "NAME" } says it of another', izh.spikes, write("w.csv", "a,b\n1,2\n"))
  refuses('spikes: spike 2 of "FOLDER/n.csv" must have a finite time and neuron (got nan)', izh.spikes,
    write("n.csv", "times\n1\nnan\n"))
  refuses('spikes: senders[1] must be an id, a whole number 1 … 4294967295 (got 0; base = 0 says that ids count from 0 ' ..
    'here)', izh.spikes, write("z.csv", "times,senders\n1,0\n"))
  refuses('spikes: times and senders come from the file, or are given', izh.spikes, { file = "x.csv", times = {} })
  refuses('spikes: a spike at 100.5 ms is not within the window, 0 < t ≤ 50 ms', izh.spikes,
    { file = write("late.csv", "times\n100.5\n"), to = 50 })
  refuses('spikes: options must be a table (got nothing)', izh.spikes)

  -- whole, and then cut off
  local file <close> = assert(io.open(path "s.npz", "rb"))
  local whole = file:read("a")
  refuses('spikes: cannot read "FOLDER/cut.npz": it is not a zip archive, or cut off', izh.spikes,
    write("cut.npz", whole:sub(1, #whole // 2)))
end

-- A full disk is said, and leaves nothing.
do
  local device <close> = io.open("/dev/full", "w")
  if device then
    for _, ending in ipairs{ ".csv", ".npy", ".npz", ".h5", ".nwb" } do
      os.execute("ln -s /dev/full " .. path("full" .. ending))
      local message = check.message(function() s:save(path("full" .. ending)) end)
      check.truth(message:find("No space left on device", 1, true), message)
    end
  end
end

-- After close.
net:close()
check.raises("save: the network is closed", function() rec:save(path "late.npz") end)
check.raises("save: the network is closed", function() p:save(path "late.npz") end)
s:save(path "late.npz")
