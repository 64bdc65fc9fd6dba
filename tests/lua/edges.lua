-- Connectivity as others write it (tests/data/inputs): what a file holds is wired as it is meant, or is an error that
-- says what is there.
local izh = require "izhlua"
local check = require "check"
local equal = check.equal

local here = arg[0]:match("^(.*/)") or ""
local function input(name) return here .. "../data/inputs/" .. name end

local scratch <close> = check.scratch()
local write = scratch.write

local function build(...)
  local net = izh.network{ seed = 1 }
  for k, size in ipairs{ ... } do net:population(("ABC"):sub(k, k), size, "RS") end
  return net
end

local function shown(p)
  local t = {}
  for pre, post, weight, delay in p:synapses() do t[#t + 1] = ("%d>%d:%.17g/%.17g"):format(pre, post, weight, delay) end
  return table.concat(t, " ")
end

-- The synapses among n neurons.
local function wired(n, options)
  local net = build(n)
  return net:connect(net, net, options)
end

local function pairs_of(n, path, options)
  options = options or {}
  options.rule, options.pairs = "pairs", path
  return shown(wired(n, options))
end

local function matrix_of(n, matrix, options)
  options = options or {}
  options.rule, options.matrix = "matrix", matrix
  return shown(wired(n, options))
end

local function printed(p) return (tostring(p):gsub("^projection .-: ", "")) end

local function refuses(message, f, ...)
  local ok, got = pcall(f, ...)
  equal(not ok and got:gsub("^[^:]*:%d+: ", ""):gsub('"/[^"]*/', '"'):gsub('"[^"]*/data/inputs/', '"'),
    "connect: " .. message)
end

-- The inputs.
equal(pairs_of(3, input "c_delay_s.csv"), "1>2:5/3 2>1:6/4")
equal(pairs_of(3, input "c_pynn_delayfirst.txt"), "1>2:5/3 2>1:6/4")
equal(pairs_of(3, input "c_weightfirst.csv"), "1>2:5/0 2>1:6/0")
equal(matrix_of(2, input "c_matrix.csv"), "1>2:5/0 2>1:6/0")
equal(pairs_of(3, input "auryn.wmat"), "1>2:0.5/0 2>3:0.69999999999999996/0")
equal(matrix_of(3, input "auryn.wmat"), "1>2:0.5/0 2>3:0.69999999999999996/0")
equal(pairs_of(3, input "e_nsyns.h5"), "1>2:90/0 2>3:40/0 3>1:10/0")
equal(pairs_of(3, input "e_perm.h5"), "1>2:3/3 2>3:2/2 3>1:1/1")
refuses('"c_matrix.csv" has no names of columns: columns = { pre = 1, post = 2 } says which is which; a matrix of ' ..
  'weights is for rule = "matrix"', pairs_of, 3, input "c_matrix.csv")
do -- as scipy.sparse.load_npz has them, to the bit
  local p = wired(10, { rule = "pairs", pairs = input "c_sparse_csr.npz" })
  equal(shown(p), "1>3:0.29523425566269579/0 1>5:0.12446033251547983/0 1>6:0.7335904610737034/0 " ..
    "2>1:0.39007455193986174/0 2>2:0.97469281288228926/0 2>6:0.30896819907559114/0 2>7:0.39555642105242872/0 " ..
      "3>1:0.75830586200381844/0 " ..
    "3>6:0.50380295019452959/0 4>2:0.44278889007049504/0 4>4:0.90500257081812951/0 4>6:0.30350892659951068/0 " ..
    "4>8:0.26214679618998948/0 5>2:0.63031775544347823/0 5>4:0.76078878458348254/0 5>5:0.026484548903972338/0 " ..
    "5>7:0.37185456987010601/0 6>8:0.28761560219599569/0 6>10:0.25126757817108181/0 7>1:0.07521111181440443/0 " ..
    "7>2:0.96286457844322781/0 7>3:0.54001120509646916/0 7>6:0.61157973037182145/0 8>7:0.27631301409515274/0 " ..
    "8>8:0.13413397512178327/0 8>9:0.045987180670515659/0 10>1:0.11810522715085869/0 10>3:0.093586853042599727/0 " ..
    "10>4:0.59952447305327716/0 10>7:0.28832798864786557/0 10>10:0.6506724295996501/0")
  equal(matrix_of(10, input "c_sparse_csr.npz"), shown(p))
  equal(p.size, 31)
  refuses("pair 5 connects neuron 2 to itself (autapses = true allows that)", matrix_of, 10, input "c_sparse_csr.npz",
    { autapses = false })
end

-- The names of columns, in any order, with units of delays.
do
  local sides = { { "pre", "post" }, { "source", "target" }, { "i", "j" }, { "Source", "TARGET" }, { "from", "to" },
    { "pre_id", "post_id" }, { "source_node_id", "target_node_id" }, { "src", "dst" }, { "presynaptic",
      "postsynaptic" },
    { "pre idx", "post idx" }, { "preGid", "postGid" }, { "source neuron", "target neuron" } }
  for _, names in ipairs(sides) do
    equal(pairs_of(3, write("n.csv", ("d,%s,w,%s\n1,2,5,3\n"):format(names[2], names[1]))), "3>2:5/1", names[1])
  end
  for _, name in ipairs{ "w", "weight", "weights", "Weight", "syn_weight", "synWeight", "synaptic weight",
    "efficacy" } do
    equal(pairs_of(3, write("n.csv", ("%s;i;j\n1,5;2;3\n"):format(name))), "2>3:1.5/0", name)
  end
  local delays = { d = 2, delay = 2, delays = 2, Delay = 2, delay_ms = 2, ["delay (ms)"] = 2, ["delay_s"] = 2000,
    ["delay [s]"] = 2000,
    delay_us = 2 / 1000, syn_delay = 2, ["Conduction delay/s"] = 2000, axonal_delay = 2 }
  for name, ms in pairs(delays) do
    local net = izh.network{ dt = 0.002 }
    net:population("A", 3, "RS")
    local p = net:connect(net, net, { rule = "pairs", pairs = write("n.tsv",
      ("i\tj\tw\t%s\n1\t2\t1\t2\n"):format(name)) })
    check.near(p:get("delay")[1], ms, 1e-9, name)
  end
  equal(pairs_of(3, write("n.csv", "i,j,w,d\n1,2,1,0.002\n"), { unit = "s" }), "1>2:1/2")
  equal(pairs_of(3, write("n.csv", "i,j,w,lag\n1,2,1,4\n"), { columns = { delay = "lag" } }), "1>2:1/4")
  equal(pairs_of(3, write("n.csv", "1 2 3 5\n"), { columns = { delay = 3, weight = 4, pre = 1, post = 2 } }), "1>2:5/3")
  equal(pairs_of(3, write("n.csv", "i,j,w,kind,x\n0,1,1,exc,7\n1,2,2,inh,8\n"), { base = 0, columns = { x = false } }),
    "1>2:1/0 2>3:2/0")
  equal(pairs_of(3, { file = write("n.csv", "i,j,w\n0,1,1\n"), base = 0 }), "1>2:1/0")
  equal(pairs_of(3, write("n.csv", ",i,j,w\n0,1,2,1\n1,2,3,1\n")), "1>2:1/0 2>3:1/0") -- the numbers of rows, by pandas
  equal(pairs_of(3, write("n.csv", "i,j,w,nsyns\n1,2,0.5,4\n2,3,1,1\n")), "1>2:2/0 2>3:1/0")
end

-- Lists without names may be anything: the script says what each column is, or that it is left out.
do
  local says = " says which is which"
  local function wrong(columns, text, columns_said)
    refuses('"n.dat"' .. columns, pairs_of, 3, write("n.dat", text), { columns = columns_said, weight = 1 })
  end
  wrong(" has no names of columns: columns = { pre = 1, post = 2 }" .. says, "1 2\n2 1\n3 1\n")
  wrong(" has no names of columns: columns = { pre = 1, post = 2, weight = 3 }" .. says, "1 2 5\n2 1 6\n")
  wrong(" has no names of columns: columns = { pre = 1, post = 2, weight = 3, delay = 4 }" .. says,
    "# made by a script\n1 2 5 3\n2 1 6 4\n")
  wrong(": it is not said what column 4 is: columns = { delay = 4 } would say it, columns = { [4] = false } " ..
    "leaves it out", "1 2 5 3\n2 1 6 4\n", { pre = 1, post = 2, weight = 3 })
  wrong(": columns says twice what column 1 is", "1 2 5\n2 1 6\n", { pre = 1, post = 1 })
  wrong(": there is no column 5 (there are 3)", "1 2 5\n2 1 6\n", { pre = 1, post = 2, [5] = false })
  local text = "# made by a script\n1 2 5 3\n2 1 6 4\n"
  local function said(columns) return pairs_of(3, write("n.dat", text), { columns = columns }) end
  equal(said{ pre = 1, post = 2, weight = 3, delay = 4 }, "1>2:5/3 2>1:6/4")
  equal(said{ pre = 1, post = 2, weight = 3, [4] = false }, "1>2:5/0 2>1:6/0")
  equal(said{ pre = 2, post = 1, weight = 4, [3] = false }, "1>2:4/0 2>1:3/0")
  local path = scratch.path "n.npy" -- the same of one array
  izh.write(path, { { 1, 2 }, { 2, 1 }, { 5, 6 }, { 3, 4 } })
  refuses('"n.npy" has no names of columns: columns = { pre = 1, post = 2, weight = 3, delay = 4 }' .. says, pairs_of,
    3, path)
  refuses('"n.npy": it is not said what column 3 is: columns = { delay = 3 } would say it, columns = { [3] = false } ' ..
    "leaves it out", pairs_of, 3, path, { columns = { pre = 1, post = 2 } })
  equal(pairs_of(3, path, { columns = { pre = 1, post = 2, weight = 4, delay = 3 } }), "1>2:3/5 2>1:4/6")
  izh.write(scratch.path "n.npz", { all = { { 1, 2 }, { 2, 1 } } })
  refuses('"n.npz" has no names of columns: columns = { pre = 1, post = 2 }' .. says ..
    '; a matrix of weights is for rule = "matrix"', pairs_of, 3, scratch.path "n.npz")
end
equal(pairs_of(3, write("n.dat", "%%MatrixMarket matrix coordinate real general\n3 3 1\n3 1 2.5\n")), "3>1:2.5/0")

-- Ids that count within the populations of their columns: the first of "E" is not the first of "I".
do
  local own, all = "source_layer,source,target_layer,target\nE,1,I,1\nE,2,I,2\n", "pre_pop,pre,post_pop,post\nE,1,I,4\nE,2,E,1\n"
  local function between(text, pre, post, options)
    local net = build(3, 2)
    options = options or {}
    options.rule, options.pairs, options.weight = "pairs", write("n.csv", text), 1
    return shown(net:connect(pre and net.populations[pre] or net, post and net.populations[post] or net, options))
  end
  equal(between(own, "A", "B"), "1>4:1/0 2>5:1/0")
  refuses('"n.csv": its edges go from nodes "E" to other nodes, "I": pre and post must be two populations (got all and ' ..
    'all; ids = "own" takes them nevertheless)', between, own)
  equal(between(own, nil, nil, { ids = "network", autapses = true }), "1>1:1/0 2>2:1/0")
  equal(between(all), "1>4:1/0 2>1:1/0") -- each id is of one
end

-- What is not understood.
do
  local function wrong(message, text, ...) refuses('"n.csv": ' .. message, pairs_of, 3, write("n.csv", text), ...) end
  wrong('the column "dleay" of numbers is not understood (did you mean "delay"?); columns = { delay = "dleay" } ' ..
    'would say what ' ..
    'it is, columns = { ["dleay"] = false } leaves it out', "i,j,w,dleay\n1,2,1,3\n")
  wrong('the column "U" of numbers is not understood; columns = { delay = "U" } would say what it is, columns = ' ..
    '{ ["U"] = false ' ..
    '} leaves it out', "i,j,w,U\n1,2,1,3\n")
  wrong('the column "U" of numbers is not understood; columns = { weight = "U" } would say what it is, columns = ' ..
    '{ ["U"] = false } leaves it out', "i,j,U\n1,2,1\n")
  wrong('neuron 1 is of "E" and of "I" (column "pre_pop"): ids count within these, and it takes a connect for each ' ..
    'two of them, with what izh.read gives; columns = { ["pre_pop"] = false } takes ids as those of the network',
    "pre_pop,pre,post_pop,post\nE,1,I,1\nE,2,E,1\n")
  wrong('both "w" and "weight" may be the column weight: columns = { weight = "w" } says which',
    "i,j,w,weight\n1,2,1,3\n")
  wrong('there is no column "x" (there are: i, j, w)', "i,j,w\n1,2,1\n", { columns = { delay = "x" } })
  wrong('the column "w" holds words ("big")', "i,j,w\n1,2,big\n")
  wrong('its weights are made by the function "gaussianLL", which is not known; columns = { weight_function = ' ..
    'false } takes ' ..
    'them as they are', "i,j,w,weight_function\n1,2,1,gaussianLL\n")
  equal(pairs_of(3, write("n.csv", "i,j,w,weight_function\n1,2,1,gaussianLL\n"),
    { columns = { weight_function = false } }),
    "1>2:1/0")
  wrong('pre[1] must be an id, a whole number 1 … 3 (got 0; base = 0 says that ids count from 0 here)',
    "i,j,w\n0,2,1\n")
  refuses('"n.csv" has no names of columns: columns = { pre = 1, post = 2, weight = 3, delay = 4 } says which is ' ..
    'which; a matrix of weights is for rule = "matrix"', pairs_of, 3, write("n.csv", "1,2,3,4,5\n"))
  refuses('"n.txt" has no names of columns but in a comment, " from neuron to neuron, weight": columns = { pre = ' ..
    '1, post = 2, weight = 3, delay = 4 } says which is which', pairs_of, 3, write("n.txt", "# from neuron to neuron, weight\n1 2 3 4\n"))
  refuses("the option base is given twice: beside the file, and to connect", pairs_of, 3, { file = "n.csv", base = 0 },
    { base = 0 })
  refuses("the option unit goes with a file", pairs_of, 3, { { 1, 2 } }, { unit = "s", weight = 1 })
  refuses("rule all_to_all has no option base", wired, 3, { weight = 1, base = 0 })
  refuses("rule pairs has no option matrix", wired, 3, { rule = "pairs", weight = 1, matrix = {} })
  refuses("rule matrix has no option pairs", wired, 3, { rule = "matrix", pairs = {} })
  refuses("rule matrix needs the option matrix", wired, 3, { rule = "matrix", weight = 1 })
  refuses('unknown ids "mine" (known: network, own)', pairs_of, 3, { { 1, 2 } }, { ids = "mine", weight = 1 })
end

-- Ids of the network, or numbers within the two populations.
do
  local net = build(2, 3)
  local A, B = net.populations.A, net.populations.B
  local function between(pairs, more)
    local options = { rule = "pairs", pairs = pairs, weight = 1 }
    for key, value in pairs and next, more or {} do options[key] = value end
    return shown(net:connect(A, B, options))
  end
  equal(between({ { 1, 3 }, { 2, 5 } }), "1>3:1/0 2>5:1/0")
  equal(between({ { 1, 1 }, { 2, 3 } }, { ids = "own" }), "1>3:1/0 2>5:1/0")
  equal(between({ pre = { 1, 2 }, post = { 1, 3 } }, { ids = "own" }), "1>3:1/0 2>5:1/0")
  equal(between(write("own.csv", "i,j\n0,0\n1,2\n"), { ids = "own", base = 0 }), "1>3:1/0 2>5:1/0")
  equal(shown(net:connect(B{ 3, 1 }, A, { rule = "pairs", pairs = { { 1, 2 } }, ids = "own", weight = 1 })), "5>2:1/0")
  refuses("pairs[1][1] must be a whole number 1 … 2 (got 3)", between, { { 3, 1 } }, { ids = "own" })
  refuses('"own.csv": pre[1] must be an id, a whole number 1 … 2 (got 3); they count within the population, as ' ..
    'ids = "own" says',
    between, write("own.csv", "i,j\n3,1\n"), { ids = "own" })
  refuses('"e_perm.h5": pre[3] must be an id, a whole number 1 … 2 (got 3); they count within the population, as ' ..
    'ids = "own" ' ..
    'says', between, input "e_perm.h5")
end

-- An option beside the same of a file wins, and is said.
do
  local function says(text, options)
    local p = wired(3, options)
    equal(printed(p), text)
    local net = wired(3, options)
    return p
  end
  says("3 synapses, pairs, delay 0 ms, weights × nsyns", { rule = "pairs", pairs = input "e_nsyns.h5" })
  says("3 synapses, pairs, delay 0 ms, weight of the option, not of the file",
    { rule = "pairs", pairs = input "e_nsyns.h5", weight = 2 })
  says("3 synapses, pairs, delays 1 … 3 ms, weight of the option, not of the file",
    { rule = "pairs", pairs = input "e_perm.h5", weight = 2 })
  says("3 synapses, pairs, delay 2 ms, weight and delay of the options, not of the file",
    { rule = "pairs", pairs = input "e_perm.h5", weight = izh.normal(1, 0.1), delay = 2 })
  says("1 synapse, pairs, delay 0 ms, weight of the option, not of pairs",
    { rule = "pairs", pairs = { pre = { 1 }, post = { 2 }, weight = { 3 } }, weight = 1 })
  says("1 synapse, matrix, delay 0 ms, weight of the option, not of the matrix",
    { rule = "matrix", matrix = { { 0, 1, 0 }, { 0, 0, 0 }, { 0, 0, 0 } }, weight = 1 })
  says("2 synapses, pairs, delays 3 … 4 ms", { rule = "pairs", pairs = input "c_delay_s.csv" })
  local net = build(3)
  local p = net:connect(net, net, { rule = "pairs", pairs = input "e_nsyns.h5", delay = 1, name = "p" })
  local text = printed(p)
  equal(text, "3 synapses, pairs, delay 1 ms, weights × nsyns")
  equal(printed(net:clone().projections.p), text)
  net:save(scratch.path "notes.izh")
  equal(printed(izh.load(scratch.path "notes.izh").projections.p), text)
  p:scale(2)
  equal(printed(p), text)
  p:set("weight", 1)
  equal(printed(p), "3 synapses, pairs, delay 1 ms")
end

-- Matrices: a row for each source, a column for each target; 0 and NaN are none.
do
  local rows = { { 0, 1.5, 0 / 0 }, { -2, 0, 0 }, { 0, 0.25, 3 } }
  local want = "1>2:1.5/0 2>1:-2/0 3>2:0.25/0 3>3:3/0"
  equal(matrix_of(3, rows), want)
  equal(matrix_of(3, { izh.vector(rows[2]), rows[2], rows[3] }), "1>1:-2/0 2>1:-2/0 3>2:0.25/0 3>3:3/0")
  equal(matrix_of(3, rows, { transpose = true }), "1>2:-2/0 2>1:1.5/0 2>3:0.25/0 3>3:3/0")
  for _, file in ipairs{ { "m.csv", "0,1.5,nan\n-2,0,0\n0,0.25,3\n" }, { "m.txt", "0 1.5 nan\n-2 0 0\n0 0.25 3\n" },
    { "m.dat", "  0.0000000e+00   1.5000000e+00  NaN\n  -2.0e+00   0.0   0\n 0   2.5e-01 3\n" }, { "m.tsv",
      "A\tB\tC\n0\t1.5\tnan\n-2\t0\t0\n0\t0.25\t3" },
    { "m.csv", ";A;B;C\nA;0;1,5;NA\nB;-2;0;0\nC;0;0,25;3\n" },
    { "m.mtx", "%%MatrixMarket matrix array real general\n% by column\n3 3\n0\n-2\n0\n1.5\n0\n0.25\nnan\n0\n3\n" } } do
    equal(matrix_of(3, write(file[1], file[2])), want, file[1])
  end
  equal(matrix_of(3, rows, { weight = 2, delay = 1 }), "1>2:2/1 2>1:2/1 3>2:2/1 3>3:2/1")

  local net = build(2, 3)
  local A, B = net.populations.A, net.populations.B
  local wide, tall = { { 1, 0, 2 }, { 0, 3, 0 } }, { { 1, 0 }, { 0, 3 }, { 2, 0 } }
  equal(shown(net:connect(A, B, { rule = "matrix", matrix = wide })), "1>3:1/0 1>5:2/0 2>4:3/0")
  equal(shown(net:connect(A, B, { rule = "matrix", matrix = tall, transpose = true })), "1>3:1/0 1>5:2/0 2>4:3/0")
  local function between(matrix, more)
    local options = { rule = "matrix", matrix = matrix }
    for key, value in next, more or {} do options[key] = value end
    return net:connect(A, B, options)
  end
  refuses("the matrix has 3 rows and 2 columns; a row for each of 2 sources and a column for each of 3 targets " ..
    "is needed " ..
    "(transpose = true: a row for each target)", between, tall)
  refuses("the matrix has 2 rows and 3 columns; a row for each of 3 targets and a column for each of 2 sources " ..
    "is needed",
    between, wide, { transpose = true })
  refuses("the matrix has 1 row and 2 columns; a row for each of 2 sources and a column for each of 3 targets " ..
    "is needed",
    between, { { 1, 2 } })
  refuses("all rows of the matrix must have as many numbers (matrix[1] has 3, matrix[2] has 2)", between, { { 1, 2,
    3 }, { 1, 2 } })
  refuses('matrix[2][3] must be a number (got "x")', between, { { 1, 2, 3 }, { 1, 2, "x" } })
  refuses("matrix[1] must be a list of numbers, the weights of a row (got 1)", between, { 1, 2 })
  refuses("matrix must be a list of rows of weights, or the path of a file (got 1)", between, 1)
  refuses("matrix: weight[1] must be finite (got inf)", between, { { math.huge, 0, 0 }, { 0, 0, 0 } })
  refuses('"m.csv" is a list of pairs, which rule = "pairs" takes', between, write("m.csv", "pre,post,weight\n1,2,3\n"))
  refuses("a matrix cannot be read from a file .h5", between, input "e_perm.h5")
  refuses('"brian.npz" holds no matrix', between, input "brian.npz")
  refuses('cannot read "m.csv": line 2: a number is missing', between, write("m.csv", "1,2,3\n1,,2\n"))
end

-- Matrix Market.
do
  local function market(kind, text) return pairs_of(3, write("m.mtx",
    "%%MatrixMarket matrix " .. kind .. "\n" .. text), { weight = kind:find "pattern" and 7 or nil }) end
  equal(market("coordinate real general", "% by hand\n\n3 3 2\n2 1 -1.5e0\n3 3 2\n"), "2>1:-1.5/0 3>3:2/0")
  equal(market("coordinate integer symmetric", "3 3 2\n2 1 4\n3 3 2\n"), "1>2:4/0 2>1:4/0 3>3:2/0")
  equal(market("coordinate real skew-symmetric", "3 3 1\n2 1 4\n"), "1>2:-4/0 2>1:4/0")
  equal(market("coordinate pattern general", "3 3 2\r\n2 1\r\n3 2\r\n"), "2>1:7/0 3>2:7/0")
  equal(market("Coordinate Real General", "3 3 2\n2 1 0\n3 1 nan\n"), "")
  local function wrong(message, kind, text) refuses('cannot read "m.mtx": ' .. message, market, kind, text) end
  wrong('it is a matrix of the kind "coordinate complex general"; coordinate (real, integer or pattern; general, ' ..
    'symmetric or ' ..
    'skew-symmetric) and array general can be read', "coordinate complex general", "3 3 1\n1 2 1 1\n")
  wrong("a row must be a whole number 1 … 3 (got 0)", "coordinate real general", "3 3 1\n0 2 1\n")
  wrong("a column must be a whole number 1 … 3 (got 4)", "coordinate real general", "3 3 1\n1 4 1\n")
  wrong("it ends where a row was to come", "coordinate real general", "3 3 2\n1 2 1\n")
  wrong("more follows than the 1 entries that it promises", "coordinate real general", "3 3 1\n1 2 1\n2 1 1\n")
  wrong("a symmetric matrix has as many rows as columns (got 3 and 2)", "coordinate real skew-symmetric", "3 2 1\n3 1 2\n")
  wrong('"x" is not a number (a value)', "coordinate real general", "3 3 1\n1 2 x\n")
  wrong("the number of entries must be a whole number 0 … 61 (got 1000000000)", "coordinate real general", "3 3 " ..
    "1000000000\n")
  refuses('cannot read "m.mtx": it does not begin with "%%MatrixMarket matrix"', pairs_of, 3, write("m.mtx", "1 2 3\n"))
  refuses('"m.mtx": pre[1] must be an id, a whole number 1 … 3 (got 9); they count within the population, as ids ' ..
    '= "own" says',
    market, "coordinate real general", "9 9 1\n9 1 1\n")
  -- entries of one place are added up, as SciPy does; in a pattern a place is there once
  equal(market("coordinate real general", "3 3 5\n2 1 0.1\n1 3 2\n2 1 0.2\n1 3 -2\n2 1 0.3\n"),
    "2>1:0.60000000000000009/0")
  equal(market("coordinate real general", "3 3 3\n2 1 1\n3 1 2\n2 1 nan\n"), "3>1:2/0")
  equal(market("coordinate integer symmetric", "3 3 2\n2 1 4\n1 2 1\n"), "1>2:5/0 2>1:5/0")
  equal(market("coordinate pattern general", "3 3 3\n2 1\n3 2\n2 1\n"), "2>1:7/0 3>2:7/0")
  local t = izh.read(write("m.mtx", "%%MatrixMarket matrix coordinate real general\n3 2 2\n2 1 -1.5\n3 2 2\n"))
  check.list(t.pre, { 2, 3 })
  check.list(t.weight, { -1.5, 2 })
end

-- The unit of delays: said by the option, the name, or words beside them; delays that all vanish are in another,
-- perhaps.
do
  local function delays(text, options) return pairs_of(3, write("d.csv", text), options) end
  equal(delays("i,j,w,delay,delay_unit\n1,2,1,0.003,s\n2,1,1,0.004,s\n"), "1>2:1/3 2>1:1/4")
  equal(delays("i,j,w,delay\n1,2,1,0.003\n", { unit = "s" }), "1>2:1/3")
  equal(delays("i,j,w,delay\n1,2,1,0.003\n", { unit = "ms" }), "1>2:1/0")
  equal(delays("i,j,w,delay\n1,2,1,0\n"), "1>2:1/0")
  refuses('"d.csv": its delays are at most 0.003 ms, less than half a step of 0.5 ms: unit = "s" if they are in ' ..
    's, unit = "ms" ' ..
    "takes them as 0", delays, "i,j,w,delay\n1,2,1,0.003\n2,1,1,0\n")
  refuses('"d.csv": the unit of its delays is "days"; ms, s, us and ns are understood, and the option unit says ' ..
    'another', delays,
    "i,j,w,delay,delay_unit\n1,2,1,3,days\n")
end

-- Lines of several populations.
do
  local text = "population,pre,post,w\nE,1,2,5\nI,2,1,3\nE,3,1,4\n"
  equal(pairs_of(3, write("p.csv", text), { population = "E" }), "1>2:5/0 3>1:4/0")
  equal(pairs_of(3, write("p.csv", text), { columns = { population = false } }), "1>2:5/0 2>1:3/0 3>1:4/0")
  refuses('"p.csv" has edges of several populations; the option population names one of: E, I', pairs_of, 3,
    write("p.csv", text))
  refuses('"p.csv" has no population "X" (there are: E, I)', pairs_of, 3, write("p.csv", text), { population = "X" })
  refuses('"p.csv" has no column population, and so the option population has no meaning for it', pairs_of, 3,
    write("p.csv", "i,j,w\n1,2,3\n"), { population = "E" })
end

-- Ids from 0 that a script gives.
equal(pairs_of(3, { { 0, 1 }, { 2, 0 } }, { base = 0, weight = 1 }), "1>2:1/0 3>1:1/0")
equal(pairs_of(3, { pre = { 0, 2 }, post = { 1, 0 }, weight = { 4, 5 } }, { base = 0 }), "1>2:4/0 3>1:5/0")
refuses("pairs[1][2] must be a whole number 0 … 2 (got 3)", pairs_of, 3, { { 0, 3 } }, { base = 0, weight = 1 })
refuses("pairs: post[1] must be an id, a whole number 1 … 3 (got 4)", pairs_of, 3, { pre = { 0 }, post = { 3 } },
  { base = 0, weight = 1 })

-- The rest of the names that are known.
for pre, post in pairs{ presyn = "postsyn", sender = "receiver", src_gid = "tgt_gid",
  ["presynaptic index"] = "postsynaptic index",
  preCell = "postCell", source_id = "target_id", pre_root_id = "post_root_id", bodyId_pre = "bodyId_post", src = "dest",
  sources = "targets", ["from"] = "destination" } do
  equal(pairs_of(3, write("n.csv", ("%s,%s,w\n2,3,1\n"):format(pre, post))), "2>3:1/0", pre)
end
for _, name in ipairs{ "synapse_weight", "connection weight", "strength", "syn_strength", "synaptic_strength",
  "synaptic efficacy" } do
  equal(pairs_of(3, write("n.csv", name .. ",i,j\n1.5,2,3\n")), "2>3:1.5/0", name)
end
for _, name in ipairs{ "synaptic_delay", "synapse delay", "transmission_delay", "connection delay", "latency",
  "latency_ms" } do
  equal(pairs_of(3, write("n.csv", name .. ",i,j,w\n1.5,2,3,1\n")), "2>3:1/1.5", name)
end
for _, name in ipairs{ "nsyns", "n_syns", "nSyn" } do
  equal(pairs_of(3, write("n.csv", name .. ",i,j,w\n3,2,3,1.5\n")), "2>3:4.5/0", name)
end
for _, name in ipairs{ "edge_id", "edgeIndex", "synapse_id", "synapse index", "index", "row", "row number",
  "connection_id",
  "Unnamed: 0" } do
  equal(pairs_of(3, write("n.csv", name .. ",i,j,w\n9,2,3,1.5\n")), "2>3:1.5/0", name)
end
for _, name in ipairs{ "delay_unit", "delay_units", "delays unit", "unit of delay" } do
  equal(pairs_of(3, write("n.csv", name .. ",i,j,w,d\ns,2,3,1,0.002\n")), "2>3:1/2", name)
end
