-- The cells a population can be made of, by name: plain tables, to be printed, copied and changed.
--
--   model   the equations; here v' = 0.04 v² + 5 v + 140 - u + I, u' = a (b v - u), at v ≥ 30: v = c, u = u + d
--   a b c d parameters: 1/ms, 1/ms, mV, mV/ms
--   v0 u0   the state at the start (default -65 and b v0, as in the published network)
--   each    function(i, rng): a table of values that are drawn together for neuron i
--
-- Source: Izhikevich, "Simple model of spiking neurons", IEEE Trans. Neural Networks 14:1569-1572, 2003: figure 2
-- for the types, and the program net.m printed there for the two heterogeneous families.

local function cell(a, b, c, d)
  return { model = "izhikevich2003", a = a, b = b, c = c, d = d }
end

return {
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
}
