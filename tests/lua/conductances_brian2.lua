-- A network with conductances fires as in Brian2, spike for spike: bench/conductances.py wrote what came there (Brian2 2.5.1,
-- the same scheme spelled out: forward Euler with the mean of g over the step, 0.1 ms).
local here = arg[0]:match("^(.*/)")
package.path = here .. "?.lua;" .. package.path
local izh = require "izhlua"
local check = require "check"
local scratch <close> = check.scratch()

local theirs = izh.spikes(here .. "../data/brian2_conductances.csv")
arg = { scratch.folder, "euler", "0.1", "200", "200" }
dofile(here .. "../../bench/conductances.lua")
local ours = izh.spikes(scratch.path "spikes.npz")
check.truth(theirs.size > 300)
check.list(ours:senders(), theirs:senders():totable())
for k, t in ipairs(ours:times()) do check.near(t, theirs:times()[k], 1e-9) end
