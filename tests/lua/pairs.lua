-- Connections from arrays and from files: rule pairs.
local izh = require "izhlua"
local check = require "check"
local equal, list = check.equal, check.list

local scratch <close> = check.scratch()
local path, write = scratch.path, scratch.write

local function build()
  local net = izh.network{ seed = 4 }
  local E, I = net:population("E", 20, "RS"), net:population("I", 5, "FS")
  net:stimulate(net, izh.noise{ sd = 12 })
  return net, E, I
end

local function shown(p)
  local t = {}
  for pre, post, weight, delay in p:synapses() do t[#t + 1] = ("%d>%d:%.17g/%g"):format(pre, post, weight, delay) end
  return table.concat(t, " ")
end

-- Columns, with and without weights and delays; options come before what the pairs bring.
do
  local net = build()
  local function connect(options)
    options.rule = "pairs"
    return shown(net:connect(net, net, options))
  end
  local pre, post = izh.vector{ 3, 1, 2 }, { 4, 5, 21 }
  equal(connect{ pairs = { pre = pre, post = post }, weight = 2 }, "1>5:2/0 2>21:2/0 3>4:2/0")
  equal(connect{ pairs = { pre = pre, post = post, weight = { 1, 2, 3 }, delay = { 0, 1.5, 2 } } },
    "1>5:2/1.5 2>21:3/2 3>4:1/0")
  equal(connect{ pairs = { pre = pre, post = post, weight = { 1, 2, 3 } }, weight = -1, delay = 3 },
    "1>5:-1/3 2>21:-1/3 3>4:-1/3")
  equal(connect{ pairs = { pre = pre, post = post }, weight = { 1, 2, 3 }, delay = { 1, 2, 3 } },
    "1>5:2/2 2>21:3/3 3>4:1/1")
  equal(connect{ pairs = { pre = {}, post = {} }, weight = 1 }, "")
  equal(connect{ pairs = write("p.csv", "post,pre,delay,weight\n5,1,0.5,0.1\n4,3,1,-2\n") }, "1>5:0.10000000000000001/0.5 3>4:-2/1")
  equal(connect{ pairs = write("p.txt", "1 5\n3 4\n"), weight = 7, columns = { pre = 1, post = 2 } }, "1>5:7/0 3>4:7/0")
  equal(connect{ pairs = write("p.tsv", "source\ttarget\tweights\tdelay_ms\n1\t5\t2\t1\n") }, "1>5:2/1")
end

-- A projection that was saved is the same one: the same synapses, and the same spikes.
do
  local net, E = build()
  local p = net:connect(E, net, { rule = "pairwise_bernoulli", p = 0.5, weight = izh.uniform(1, 8), delay = izh.uniform(0, 6) })
  net:run(300)
  for _, ending in ipairs{ ".npz", ".csv", ".tsv" } do
    p:save(path("saved" .. ending))
    local other, A = build()
    local q = other:connect(A, other, { rule = "pairs", pairs = path("saved" .. ending) })
    equal(shown(q), shown(p))
    other:run(300)
    check.truth(other:spikes().size > 50, "they spike")
    equal(check.spikes(other), check.spikes(net))
  end
end

-- What is refused.
do
  local net, E, I = build()
  local function refuses(message, pairs, more)
    local options = { rule = "pairs", pairs = pairs, weight = 1 }
    for key, value in next, more or {} do options[key] = value or nil end
    local got = check.message(function() net:connect(E, I, options) end)
    equal(got:gsub(scratch.folder:gsub("%p", "%%%0"), "FOLDER"), "connect: " .. message)
  end
  refuses("pairs must be a table of pairs of ids, { pre =, post = }, or the path of a file (got 3)", 3)
  refuses('unknown option "pst" (did you mean "post"?)', { pre = {}, pst = {} })
  refuses("pairs: there is no column post", { pre = { 1 } })
  refuses("pairs.pre must be an array (got 1)", { pre = 1, post = { 1 } })
  refuses('pairs.post[1] must be a number (got "x")', { pre = { 1 }, post = { "x" } })
  refuses("pairs: as many of post as of pre are needed (got 1 and 2)", { pre = { 1, 2 }, post = { 21 } })
  refuses("pairs: as many of weight as of pre are needed (got 2 and 1)", { pre = { 1 }, post = { 21 }, weight = { 1, 2 } })
  refuses("pairs: pre[2] must be an id, a whole number 1 … 25 (got 0)", { pre = { 1, 0 }, post = { 21, 21 } })
  refuses("pairs: post[1] must be an id, a whole number 1 … 25 (got 21.5)", { pre = { 1 }, post = { 21.5 } })
  refuses("pairs.weight[1] must be finite (got NaN)", { pre = { 1 }, post = { 21 }, weight = { 0 / 0 } })
  refuses("pair 1 (1 → 2): neuron 2 is not one of the targets", { pre = { 1 }, post = { 2 } })
  refuses("pair 2 (1 → 21) repeats pair 1 (multapses = true allows that)", { pre = { 1, 1 }, post = { 21, 21 } })
  refuses("delays must be ≥ 0 ms (got -1)", { pre = { 1 }, post = { 21 }, delay = { -1 } })
  refuses('cannot read "FOLDER/none.npz": No such file or directory', path "none.npz")
  refuses('the path must end in .npy, .npz, .csv, .tsv, .txt, .dat, .mtx, .wmat, .h5 or .mat (got "pairs.pdf")', "pairs.pdf")
  refuses('"FOLDER/a.csv": there is no column pre among a, b; known names are pre, source, i, source_node_id …, and ' ..
    'columns = { pre = "NAME" } says it of another', write("a.csv", "a,b\n1,2\n"))
  refuses('"FOLDER/one.txt": there is no column post', write("one.txt", "1\n2\n"), { columns = { pre = 1 } })
  refuses('"FOLDER/id.csv": post[2] must be an id, a whole number 1 … 25 (got 26)', write("id.csv", "i,j\n1,21\n1,26\n"))
  refuses('"FOLDER/nan.csv": weight[1] must be finite (got nan)', write("nan.csv", "i,j,w\n1,21,nan\n"), { weight = false })
  refuses('cannot read "FOLDER/cut.csv": line 2 has 1 column, the first has 2', write("cut.csv", "1,21\n2"))
  refuses("the option weight is missing", write("bare.txt", "i j\n1 21\n"), { weight = false })
  equal(#net.projections, 0)
end
