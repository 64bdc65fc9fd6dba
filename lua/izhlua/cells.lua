-- The cells a population can be made of, by name: plain tables, to be printed, copied and changed.
--
--   model   the equations
--   v0 u0   the state at the start; u0 is b v0 (2003) or b (v0 - vr) (2007) by default
--   each    function(i, rng): a table of values that are drawn together for neuron i

-- 2003 ---------------------------------------------------------------------------------------------------------------
-- v' = 0.04 v² + 5 v + 140 - u + I, u' = a (b v - u), at v ≥ 30: v = c, u = u + d
--   a b c d parameters: 1/ms, 1/ms, mV, mV/ms; v0 is -65 by default, as in the published network
--
-- Source: Izhikevich, "Simple model of spiking neurons", IEEE Trans. Neural Networks 14:1569-1572, 2003: figure 2
-- for the types, and the program net.m printed there for the two heterogeneous families.

local core = require "izhlua.core"

local function cell(a, b, c, d)
  return { model = "izhikevich2003", a = a, b = b, c = c, d = d }
end

-- 2007 ---------------------------------------------------------------------------------------------------------------
-- C v' = k (v - vr) (v - vt) - u + I, u' = a (b (v - vr) - u), at v ≥ vpeak: v = c, u = u + d
--   C pF, k nS/mV, vr vt vpeak c mV, a 1/ms, b nS, d u I pA; v0 is vr by default
-- and, for cells that need it, what is neutral when it is left out:
--   peak_u  the peak is vpeak + peak_u u (mV/pA)        reset_u  the reset is c + reset_u u (mV/pA)
--   u_max   u is at most this after a spike (pA)        vu       u' = a (b (v - vu) - u)
--   b_below b for v ≤ vb (nS)                           b3       adds b3 (v - vb)³ to b (v - vu) for v > vb (nS/mV²)
--
-- Source: Izhikevich, "Dynamical Systems in Neuroscience", MIT Press 2007, chapter 8. The printed book was not at hand: the
-- numbers are those of public transcriptions, which mostly agree; where they do not, the cell says so. "OSB" is Open Source
-- Brain's IzhikevichModel (MATLAB and, as ModelDB 39948, NEURON).

local function cell2007(C, k, vr, vt, vpeak, a, b, c, d, special)
  local made = { model = "izhikevich2007", C = C, k = k, vr = vr, vt = vt, vpeak = vpeak, a = a, b = b, c = c, d = d }
  for name, value in pairs(special or {}) do made[name] = value end
  return made
end

local cells = {
  RS = cell(0.02, 0.2, -65, 8),     -- regular spiking
  IB = cell(0.02, 0.2, -55, 4),     -- intrinsically bursting
  CH = cell(0.02, 0.2, -50, 2),     -- chattering
  FS = cell(0.1, 0.2, -65, 2),      -- fast spiking
  TC = cell(0.02, 0.25, -65, 0.05), -- thalamo-cortical
  RZ = cell(0.1, 0.26, -65, 2),     -- resonator
  LTS = cell(0.02, 0.25, -65, 2),   -- low-threshold spiking

  -- Excitatory cells from regular spiking (r = 0) to chattering (r = 1); r² favours the former.
  E2003 = {
    model = "izhikevich2003", a = 0.02, b = 0.2,
    each = function(_, rng)
      local r = rng:uniform()
      local r2 = r * r
      return { c = -65 + 15 * r2, d = 8 - 6 * r2 }
    end,
  },
  -- Inhibitory cells from fast spiking with slow recovery to low-threshold spiking.
  I2003 = {
    model = "izhikevich2003", c = -65, d = 2,
    each = function(_, rng)
      local r = rng:uniform()
      return { a = 0.02 + 0.08 * r, b = 0.25 - 0.05 * r }
    end,
  },

  -- Regular spiking; three transcriptions agree.
  RS2007 = cell2007(100, 0.7, -60, -40, 35, 0.03, -2, -50, 100),
  -- Intrinsically bursting; three agree.
  IB2007 = cell2007(150, 1.2, -75, -45, 50, 0.01, 5, -56, 130),
  -- Chattering. vpeak is 25 in two, 35 in one.
  CH2007 = cell2007(50, 1.5, -60, -40, 25, 0.03, 1, -40, 150),
  -- Low-threshold spiking: peak and reset depend on u, which is capped. Two agree; a variant of 2008 (PNAS) has c = -50 and a fixed peak.
  LTS2007 = cell2007(100, 1, -56, -42, 40, 0.03, 8, -53, 20, { peak_u = -0.1, reset_u = 0.04, u_max = 670 }),
  -- Fast spiking: u follows a cubic of v above vb = -55, and does not jump at a spike. Four agree on the parameters. OSB keeps vb
  -- in the place of d and lists an unused b = -2; HimaSpike has the peak at vpeak - 0.1 u.
  FS2007 = cell2007(20, 1, -55, -40, 25, 0.2, 0, -45, 0, { vb = -55, b_below = 0, b3 = 0.025 }),
  -- Thalamo-cortical: the low-threshold current is b = 15 below -65 mV. Sources conflict on u' = a (b (v + 65) - u), as here, which is
  -- continuous at -65, or a (b (v - vr) - u) with vr = -60 (OSB, ModelDB, NetPyNE), which is not: vu = -60 gives theirs.
  -- Copies of 2008 have a = 0.1 and vpeak = 40.
  TC2007 = cell2007(200, 1.6, -60, -50, 35, 0.01, 0, -60, 10,
    { peak_u = 0.1, reset_u = -0.1, vb = -65, b_below = 15, vu = -65 }),
  -- Thalamic interneuron. Two agree on the numbers; that peak and reset depend on u, and the cap, are from one source.
  TI2007 = cell2007(20, 0.5, -60, -50, 20, 0.05, 7, -65, 50, { peak_u = -0.08, reset_u = 0.08, u_max = 530 }),
  -- Reticular thalamic nucleus: b is 10 up to -65 mV, 2 above. Two agree (on the book, and on 2008).
  RTN2007 = cell2007(40, 0.25, -65, -45, 0, 0.015, 2, -55, 50, { vb = -65, b_below = 10 }),
  -- Medium spiny neuron of the striatum. Two agree; Humphries' variant has C = 15.2, vt = -29.7, d = 91.
  MSN2007 = cell2007(50, 1, -80, -25, 40, 0.01, -20, -55, 150),
  -- The book's late-spiking cell (LS) is not here: it has a second compartment, whose terms are known from one source only.
}

-- Up to which constant current a cell is one, where that was found: with u at its cap the reset is at the peak.
local ranges = {
  LTS2007 = "up to 765 pA: above, u comes to u_max, and the cell fires in every step",
  TI2007 = "up to 250 pA: above, u comes to u_max, and the cell fires in every step",
}

-- As a script may write it: { model = "izhikevich2003", a = 0.02, b = 0.2, c = -65, d = 8 }
local function shown(cell)
  local parts, names, first = {}, {}, { model = 1, C = 2, k = 3, vr = 4, vt = 5, vpeak = 6, a = 7, b = 8, c = 9, d = 10 }
  for name in next, cell do names[#names + 1] = name end
  table.sort(names, function(x, y)
    local i, j = first[x] or 11, first[y] or 11
    if i ~= j then return i < j end
    return tostring(x) < tostring(y)
  end)
  for i, name in ipairs(names) do
    local value = cell[name]
    parts[i] = ("%s = %s"):format(name, type(value) == "string" and ("%q"):format(value) or
      type(value) == "function" and "function(i, rng) … end" or tostring(value))
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local cell_type = { __tostring = shown }
for _, cell in pairs(cells) do setmetatable(cell, cell_type) end

return setmetatable(cells, {
  __call = function() core.raise("izh.cells", "a cell is a field: izh.cells.RS") end,
  __index = function(_, name)
    if type(name) ~= "string" then return nil end
    local names = {}
    for known in next, cells do
      if type(known) == "string" then names[#names + 1] = known end
    end
    table.sort(names)
    core.unknown("izh.cells", "cell", name, names)
  end,
  __tostring = function()
    local lines, names, width = {}, {}, 0
    for name in next, cells do
      names[#names + 1] = tostring(name)
      width = math.max(width, #names[#names])
    end
    table.sort(names)
    for i, name in ipairs(names) do
      lines[i] = ("%-" .. width .. "s  %s%s"):format(name, tostring(cells[name]), ranges[name] and "  (" .. ranges[name] .. ")" or "")
    end
    return table.concat(lines, "\n")
  end,
})
