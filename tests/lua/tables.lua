-- izh.read of trees and values, and izh.write, its twin.
local izh = require "izhlua"
local check = require "check"
local equal, list = check.equal, check.list

local here = arg[0]:match("^(.*/)") or ""
local function input(name) return here .. "../data/inputs/" .. name end

local scratch <close> = check.scratch()
local path, write = scratch.path, scratch.write

local function refuses(message, f, ...)
  local ok, got = pcall(f, ...)
  equal(not ok and got:gsub("^[^:]*:%d+: ", ""):gsub('"/[^"]*/', '"'), message)
end

-- HDF5: tables in tables, or paths.
do
  local t = izh.read(input "n_allen.nwb")
  list(t.units.id, { 951763702, 951763705, 951763708 })
  list(t["units/spike_times"], { 0.1, 0.5, 1.2, 0.2, 3 })
  list(t.units.quality, { "good", "mua", "good" })
  equal(t.units.nothing, nil)
  equal(t["nothing/at/all"], nil)
  list({ t["@nwb_version"], t.units["@neurodata_type"], t.units["id@neurodata_type"], t["units/@namespace"] },
    { "2.2.4", "Units", "ElementIdentifiers", "core" })
  t = izh.read(input "e_nsyns.h5")
  list(t.edges.a_to_a["0"].nsyns, { 10, 20, 30 })
  list(t["edges/a_to_a/0/syn_weight"], { 1, 2, 3 })
  equal(next(izh.read(input "s_nopop.h5")), nil)
end

-- JSON.
do
  local t = izh.read(write("x.json", '{"a": [1, 2.5, null], "b": [1, "x", null], "c": [[1, 2], [3, 4]],\n"d": ' ..
    '{"e": -1e3, "n": 7}, ' ..
    '"f": "\\u00e9\\ud83d\\ude00\\n\\"", "g": [NaN, -Infinity], "h": [], "i": true, "j": null}'))
  list({ t.a[1], t.a[2], tostring(t.a[3]) }, { 1, 2.5, "nan" })
  list(t.b, { 1, "x", false })
  list(t.c[2], { 3, 4 })
  list({ t.d.e, t.d.n, t.f, #t.h, t.i }, { -1000, 7, 'é😀\n"', 0, true })
  equal(math.type(t.d.n), "integer")
  equal(t.g[2], -math.huge)
  equal(t.j, nil)
  equal(izh.read(write("x.json", "\xEF\xBB\xBF 3")), 3)
  for text, why in pairs{ ["[1, 2"] = "a list goes on with , or ends with ]", ['{"a": 1,}'] = "a name in quotes " ..
    "is missing",
    ['{"a" 1}'] = "a : is missing behind a name", ["[1,\n]"] = "a value is missing before ]", ["nul"] = '"nul" ' ..
      'is no value',
    ["{} x"] = "more follows its value", ['"abc'] = "a text has no end", [""] = "a value is missing",
    ['"\\q"'] = "\\q in a text", ['"\\u12"'] = "\\u must be followed by four hexadecimal digits",
    ['"\\u001\x10"'] = "\\u must be followed by four hexadecimal digits",
    ['"\\ud83d\\u0041"'] = "\\ud83d is half a character without the other half",
    ['"\\uDE00"'] = "\\ude00 is half a character without the other half",
    ["9007199254740993"] = "9007199254740993 has too many digits for a double",
    ["[12345678901234567890]"] = "12345678901234567890 has too many digits for a double",
    [("["):rep(200)] = "values are nested more than 100 deep", ['{"a": 1'] = "an object goes on with , or ends " ..
      "with }" } do
    local line = text:find "\n" and 2 or 1
    refuses(('read: cannot read "x.json": line %d: %s'):format(line, why), izh.read, write("x.json", text))
  end
end

-- What is written is what is read.
do
  local nan = 0 / 0
  izh.write(path "x.json", { times = { 1.5, 0.1, nan }, n = 5, name = 'a "q"\t', list = { "a", "b" }, rows = { { 1,
    2 }, { 3, 4 } },
    deep = { yes = true, none = {} } })
  equal(check.content(path "x.json"), '{"deep": {"none": [], "yes": true}, "list": ["a", "b"], "n": 5, "name": ' ..
    '"a \\"q\\"\\u0009", ' ..
    '"rows": [[1, 2], [3, 4]], "times": [1.5, 0.1, null]}\n')
  equal(izh.read(path "x.json").name, 'a "q"\t')
  izh.write(path "x.json", { below = -0.0, large = 9009900909009008.0, list = { -9009900909009008.0, 2 ^ 53 - 1 } })
  equal(check.content(path "x.json"), '{"below": -0, "large": 9009900909009008.0, ' ..
    '"list": [-9009900909009008.0, 9007199254740991]}\n')
  local t = izh.read(path "x.json")
  list({ 1 / t.below, t.large, t.list[1] }, { -math.huge, 9009900909009008.0, -9009900909009008.0 })
  izh.write(path "x.csv", { t = { 1, 2 }, id = { 3, nan }, kind = { "RS", "F, S" } })
  equal(check.content(path "x.csv"), 'id,kind,t\n3,RS,1\nnan,"F, S",2\n')
  list(izh.read(path "x.csv").kind, { "RS", "F, S" })
  izh.write(path "x.csv", izh.read(input "params.csv"))
  equal(check.content(path "x.csv"), check.content(input "params.csv"))
  izh.write(path "x.tsv", { izh.vector{ 1, 2 }, izh.vector{ 3, 0.1 } })
  equal(check.content(path "x.tsv"), "1\t3\n2\t0.1\n")
  izh.write(path "x.csv", izh.vector{ 1, 2 })
  equal(check.content(path "x.csv"), "value\n1\n2\n")
  izh.write(path "x.npz", { a = { 1, nan }, b = 3, c = { { 1, 2, 3 }, izh.vector{ 4, 5, 6 } } })
  local t = izh.read(path "x.npz")
  equal(t.a[1], 1)
  equal(t.b, 3)
  list(t.c[2], { 4, 5, 6 })
  izh.write(path "x.npz", { unit = "µs", kind = { "RS", "", "é😀x" } })
  t = izh.read(path "x.npz")
  equal(t.unit, "µs")
  list(t.kind, { "RS", "", "é😀x" })
  izh.write(path "x.npz", izh.read(input "meta.npz"))
  equal(izh.spikes(path "x.npz").size, 2)
  equal(izh.read(path "x.npz").units, "ms")
  izh.write(path "x.npy", { "a", "bc" })
  list(izh.read(path "x.npy"), { "a", "bc" })
  izh.write(path "x.npz", { c = { { 1, 2, 3 }, { 4, 5, 6 } } })
  t = izh.read(path "x.npz")
  izh.write(path "x.npy", t.c)
  list(izh.read(path "x.npy")[1], { 1, 2, 3 })
  izh.write(path "x.npy", { only = { 7, 8 } })
  list(izh.read(path "x.npy"), { 7, 8 })
  izh.write(path "x.npy", { 7, 9 })
  list(izh.read(path "x.npy"), { 7, 9 })
end

-- A list of columns that izh.read made is a matrix, and not its transpose.
do
  izh.write(path "m.npy", { { 0, 2 }, { 1, 0 } }) -- columns: 1 → 2 of 1, 2 → 1 of 2
  local net = izh.network()
  local A = net:population("A", 2, "RS")
  for _, matrix in ipairs{ path "m.npy", izh.read(path "m.npy"), { { 0, 1 }, { 2, 0 } } } do
    list(net:connect(A, A, { rule = "matrix", matrix = matrix }):get("weight"), { 1, 2 })
  end
end

-- What is refused.
do
  local function wrong(message, name, value) refuses("write: " .. message, izh.write, path(name), value) end
  wrong("the columns of a .csv file must be of one length (a has 1, b has 2)", "x.csv", { a = { 1 }, b = { 1, 2 } })
  wrong("a must be a list of numbers or words in a .csv file", "x.csv", { a = 1 })
  wrong("a .npy file holds one array (got 2); a .npz file holds several", "x.npy", { a = { 1 }, b = { 2 } })
  wrong("each array of a .npz file needs a name: { name = values }", "x.npz", { { 1 }, { 2 } })
  wrong("the columns of a must be of one length (got 1 and 2)", "x.npz", { a = { { 1 }, { 2, 3 } } })
  wrong("there is nothing to write: the table is empty", "x.csv", {})
  wrong("what is written must be a table of values by name (got nothing)", "x.json")
  wrong("what is written must be a table of values by name (got 3)", "x.csv", 3)
  wrong("a function has no place in a .json file", "x.json", { a = print })
  wrong("9007199254740993 has too many digits for a double", "x.json", { a = 9007199254740993 })
  wrong("infinity has no place in a .json file", "x.json", { a = 1 / 0 })
  wrong('the name "k…" has a NUL, which a .json file is not written with', "x.json", { b = 1, a = { ["k\0x"] = 1, k = 2 } })
  wrong("a must be numbers, a number, columns of numbers, or words (got a function)", "x.csv", { a = print })
  wrong('a[2] must be a number (got "x")', "x.csv", { a = { 1, "x" } })
  wrong("a[2] must be a word, as those before (got 1)", "x.csv", { a = { "x", 1 } })
  wrong('the word "q"" has a quotation mark or ends a line; .json takes it', "x.csv", { a = { 'q"' } })
  wrong('cannot write "x.csv": No such file or directory', "no/x.csv", { a = { 1 } })
  wrong('cannot write "x.json": No such file or directory', "no/x.json", { a = { 1 } })
  local round = {}
  round.round = round
  wrong("a table is nested more than 100 deep, or in itself", "x.json", round)
  refuses('write: the path must end in .npy, .npz, .csv, .tsv or .json (got "x.txt")', izh.write, "x.txt",
    { a = { 1 } })
end
