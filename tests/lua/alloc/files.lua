-- Files: read and written, in every format but HDF5.
local izh = require "izhlua"
local values = { t = { 1, 2.5, 3 }, id = izh.vector{ 1, 2, 3 } }
for _, ending in ipairs{ "npz", "csv", "tsv", "json" } do
  izh.write("table." .. ending, values)
  assert(izh.read("table." .. ending).t[2] == 2.5)
end
izh.write("one.npy", { 1, 2, 3 })
izh.write("words.csv", { kind = { "RS", "F, S" }, n = { 1, 2 } })
izh.write("deep.json", { a = { b = { "x", { 1, 2 }, true } }, c = 'a "q"' })
assert(izh.read("one.npy")[3] == 3 and izh.read("words.csv").kind[2] == "F, S" and izh.read("deep.json").a.b[2][1] == 1)
local function write(name, text)
  local file = assert(io.open(name, "w"))
  file:write(text)
  file:close()
  return name
end
local spikes = izh.spikes(write("a.gdf", "3 1.5\n1 2.5\n"))
assert(spikes.size == 2)
assert(izh.spikes{ file = write("b.csv", "onset (s);cell\n0,001;0\n0,002;1\n"), columns = { times = 1 }, base = 0 }.size == 2)
assert(izh.spikes(write("c.ras", "0.001 3\n0.002 1\n")).size == 2)
for _, ending in ipairs{ ".npy", ".npz", ".csv", ".tsv" } do
  spikes:save("spikes" .. ending)
  assert(izh.spikes("spikes" .. ending).size == 2)
end
spikes:times():save "vector.txt"
assert(not pcall(izh.read, "nothing.csv") and not pcall(izh.spikes, write("d.csv", "a,b\n1,x\n")))
