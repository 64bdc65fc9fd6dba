-- Running a network again. It is put back to its start in a process forked from this one: so what scripts' functions do there
-- touches nothing here, and they find the very network that they were written for.
local core = require "izhlua.core"
local models = require "izhlua.models"
local check = require "izhlua.options"
local report = require "izhlua.explain.report"
local workers = require "izhlua.workers"

local again = {}

local FAILED = "the network cannot be run again: "

-- Calls each function of a list in a process of its own, which sees everything as it is now; what they return. progress: see workers, or nil.
function again.branch(func, net, list, progress)
  local results = {}
  if #list == 0 then return results end
  workers{
    n = #list, most = core.processors(), progress = progress, heeds = true, seed = function() return net.seed end,
    work = function(k)
      core.hush() -- what functions of the script print has been printed
      return list[k]()
    end,
    done = function(k, result, message)
      if message then core.raise(func, FAILED .. message:gsub("^.*" .. FAILED, "")) end -- of processes in processes
      results[k] = result
    end,
  }
  return results
end

-- What work(k, n) returns for k = 1 … n when net is at its start, in a process each: n is that of ranks, and at most `most`; 1 if
-- the ranks do it together.
function again.share(func, net, start, most, work)
  local _, ranks = core.ranks()
  local list, n = {}, math.min(core.reaches_cut(work) and 1 or ranks, most)
  for k = 1, n do
    list[k] = function()
      net:restore(start)
      net:record_spikes(true) -- whose are kept may have been said later
      return work(k, n)
    end
  end
  return again.branch(func, net, list)
end

-- What work() returns when net is at its start.
function again.run(func, net, start, work)
  return again.share(func, net, start, 1, work)[1]
end

local NO_START = "a network of %d synapse%s keeps no start from which it could be run again: take one before the run, "
  .. "local start = net:snapshot(), and give it, { start = start }"

-- The start of a network: that which a script gives, or the one that it keeps itself; nil if there is none.
function again.start(func, net, given)
  if given ~= nil then
    if core.kind(given) ~= "snapshot" then core.wrong(func, "start", "what net:snapshot() returned", given) end
    if not core.projections_at(given, net) then core.raise(func, "start belongs to another network") end
    return given
  end
  local kept = core.start(net)
  return kept and kept.time < net.time and kept or nil -- else it was restored to a time before, and has not run yet
end

-- What a script asks about a window of a network: its options, its start, from and to.
function again.question(func, known, net, options, ...)
  core.no_more(func, ...)
  report.network(func, net)
  options = check.known(func, options, known)
  local start = again.start(func, net, options.start)
  return options, start, report.window(func, net, options, start)
end

-- Raises unless there is a start from which what is asked about, which begins at `from`, can be run again.
function again.check_start(func, net, start, from)
  if not start then
    local _, ran = core.start(net)
    if not ran then core.raise(func, ("the network has not run%s: there is nothing to explain yet"):format(
      net.time > 0 and " since it was cloned, loaded or restored" or "")) end
    local synapses = 0
    for _, projection in ipairs(net.projections) do synapses = synapses + projection.size end
    core.raise(func, NO_START:format(synapses, synapses == 1 and "" or "s"))
  end
  if start.time > from then
    core.raise(func, ("from must not be before the start, from which the network can be run again, at %g ms (got %g)"):format(start.time, from))
  end
end

local function equal(a, b)
  if #a ~= #b then return false end
  for k = 1, #a do
    if a[k] ~= b[k] then return false end
  end
  return true
end

-- What returns the spikes that are compared, a list: all, or some() when not all have been kept.
function again.compared(net, some)
  return core.keeps_spikes(net) and function() return { net:spikes() } end or some
end

-- What a network has come to: to be compared with what it comes to the second time.
function again.state(net, spikes)
  local state = { time = net.time, spikes = spikes(), numbers = {} }
  for _, population in ipairs(net.populations) do
    for _, name in ipairs(models[population.model].state) do state.numbers[#state.numbers + 1] = population:get(name) end
  end
  return state
end

-- Whether two of them are the same: the same spikes, the same state of all neurons at the end, to the bit.
function again.same(a, b)
  if #a.numbers ~= #b.numbers or #a.spikes ~= #b.spikes then return false end
  for k, spikes in ipairs(a.spikes) do
    local others = b.spikes[k]
    if not equal(spikes:times(), others:times()) or not equal(spikes:senders(), others:senders()) then return false end
  end
  for k, numbers in ipairs(a.numbers) do
    if not equal(numbers, b.numbers[k]) then return false end
  end
  return true
end

return again
