. "$(dirname "$0")/lib.sh"

# docs/extending.md: a panel, a measure and a measure of recordings, each added to an installed tree as one file.

"$CMAKE" --install "$BUILD" --prefix "$work/prefix" >out 2>err || fail 'cmake --install fails'
IZHLUA=$work/prefix/bin/izhlua
lua=$work/prefix/share/izhlua/lua/izhlua

cat >"$lua/measures/spread.lua" <<'END'
local measure = require "izhlua.measure"
return {
  kind = "population", help = "between the least and the greatest count of a neuron", unit = "spikes",
  options = { { name = "part", default = 1, low = 0, high = 1, help = "of it" } },
  measure = function(_, s, o)
    local counts = measure.c.neurons("count", s)
    return o.part * (counts:max() - counts:min()), { measure.n(#counts, "neuron") }, { n = #counts }
  end,
}
END
cat >"$lua/measures/recording/highest.lua" <<'END'
return {
  help = "the highest v of all", needs = { "v" }, unit = "mV",
  measure = function(_, samples) return samples.recording:values("v", 1):max(), {}, {} end,
}
END
cat >"$lua/figure/panels/ramp.lua" <<'END'
local core = require "izhlua.core"
local panel = require "izhlua.figure.panel"
return {
  help = "a line from 0 to 1", source = "number",
  options = { panel.title, panel.xlabel, { name = "steps", kind = "whole", default = 3, low = 1, help = "of the line" } },
  make = function(_, given, o)
    local x = {}
    for k = 0, o.steps do x[k + 1] = given * k / o.steps end
    local numbers = core.numbers("ramp", "x", x)
    return { x = { title = o.xlabel }, tracks = { { y = {}, series = { { x = numbers, y = numbers } } } } }, "ramp panel"
  end,
}
END

cat >own.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
local E = net:population("E", 10, "E2003")
net:stimulate(E, izh.noise{ sd = 10 })
local v = net:record(E, { "v" })
net:run(200)
local s = net:spikes()
local counts = {}
for id = 1, 10 do counts[id] = s:slice{ of = id }.size end
local spread = math.max(table.unpack(counts)) - math.min(table.unpack(counts))
assert(spread > 0 and s:spread{ part = 0.5 } == spread / 2 and izh.analysis.spread(s) == spread)
assert(izh.analysis.highest(v) == v:values("v", 1):max())
print(s:describe("spread", { of = 1 }))
print(izh.ramp(2, { title = "up" }))
izh.figure{ izh.ramp(2, { steps = 5 }) }:save("ramp.pdf")
for _, wrong in ipairs{
  function() s:spread{ part = 2 } end, function() s:spred() end, function() izh.ramp(1, { stops = 1 }) end,
  function() izh.ramp(1, { steps = 0.5 }) end, function() izh.rmp() end, function() izh:ramp(1) end,
} do print((select(2, pcall(wrong)):gsub("^[^:]*:%d+: ", ""))) end
END
run own.lua
status_is 0; err_is ''
out_is 'spread 0 spikes (n = 1 neuron, 0 < t ≤ 200 ms)
ramp panel
spread: part must be a number 0 … 1 (got 2)
spikes: unknown member "spred" (did you mean "spread"?)
ramp: unknown option "stops" (did you mean "steps"?)
ramp: steps must be a whole number ≥ 1 (got 0.5)
izhlua: unknown member "rmp" (did you mean "ramp"?)
ramp: call it with a dot: izh.ramp(…)'
[ -s ramp.pdf ] || fail 'the panel is not drawn'
