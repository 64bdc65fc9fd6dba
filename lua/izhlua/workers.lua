-- Calls in processes of their own, some side by side. Each is forked from this one and sees everything as it is then, but
-- changes nothing here; what it returns comes back.
local core = require "izhlua.core"
local sorted_keys = require "izhlua.sorted_keys"
local require, loaded = require, package.loaded

-- Calls the function, and returns what it does, which of our own files were read for that, and what there is to say of
-- neurons that went where their scheme is not stable.
local function noting_files(work, k)
  local before, names = {}, {}
  for name in pairs(loaded) do before[name] = true end
  core.take_strays() -- of the process that this one was forked from
  local value = work(k)
  for name in pairs(loaded) do
    if not before[name] and name:find "^izhlua%." then names[#names + 1] = name end
  end
  return { value, names, { core.take_strays() } }
end

-- Numbers, strings, booleans and tables of these as text, and back, to the bit.
local function encode(value)
  if type(value) ~= "table" then return ("%q"):format(value) end
  local parts = {}
  for key, item in pairs(value) do parts[#parts + 1] = ("[%s]=%s"):format(encode(key), encode(item)) end
  return "{" .. table.concat(parts, ",") .. "}"
end

local function decode(text)
  return load("return " .. text, "=worker", "t", {})()
end

-- Prints what calls on several ranks printed, in order of k, when each of them and those before it have ended; at the end
-- also what is left, which is there when an error or a signal ends all.
local function new_printer(workers)
  local printed, shown = {}, 0
  local function print_one(k)
    workers:print(table.unpack(printed[k]))
    printed[k] = nil
  end
  local function finish()
    for k, out, err in workers.left, workers do printed[k] = { out, err } end
    for _, k in ipairs(sorted_keys(printed)) do print_one(k) end
  end
  return setmetatable({
    add = function(k, out, err)
      printed[k] = { out, err }
      while printed[shown + 1] do
        shown = shown + 1
        print_one(shown)
      end
    end,
  }, { __close = finish })
end

-- jobs: { n = calls of work(k), k = 1 … n; most = at a time; seed(k) = of random numbers there; done(k, value, message)
-- = called for each as it ends, with what it returned, or nil and the error; progress(ended) = done, total, unit: what the program, or the
-- process that this one was forked from, is told when some have ended, or nil; heeds = does what they tell themselves go on; strays = does it say of their runs what it says of its own }.
--
-- Of several ranks each does its share of the calls, every n-th. All get all results. What they print comes in order of k.
-- Calls that can use a network that is cut among ranks are done by all ranks together, one after the other.
return function(jobs)
  local rank, ranks = core.ranks()
  local together = ranks > 1 and core.reaches_cut(jobs.work)
  if together then rank, ranks = 0, 1 end
  local mine = (jobs.n - rank + ranks - 1) // ranks
  local workers <close> = core.workers(together and 1 or math.max(1, math.min(jobs.most, mine)), jobs.heeds, together)
  local printer <close> = new_printer(workers)
  local function work(k) return encode(noting_files(jobs.work, k)) end
  local next_k, ended = rank + 1, 0
  while ended < jobs.n do
    while next_k <= jobs.n and workers:start(next_k, jobs.seed(next_k), work, next_k) do next_k = next_k + ranks end
    local k, ok, text, out, err = workers:wait(next_k <= jobs.n)
    if k then
      ended = ended + 1
      local value
      if ok then
        local got = decode(text)
        value = got[1]
        for _, name in ipairs(got[2]) do require(name) end -- so that those which are forked later need not
        if jobs.strays and #got[3] > 0 then core.add_strays(table.unpack(got[3])) end
      end
      if out then printer.add(k, out, err) end
      jobs.done(k, value, not ok and text or nil)
      if jobs.progress then workers:progress(jobs.progress(ended)) end
    end
  end
end
