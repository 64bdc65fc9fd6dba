-- Phase plane: nullclines, fixed points (filled when stable), reset and trajectory, for cells of 2003 and of 2007.
local izh = require "izhlua"

izh.figure{ width = "double", columns = 3,
  izh.phase("RS", { title = "RS, at rest", current = 2 }),
  izh.phase("RS", { title = "RS, spiking", current = 10, legend = false }),
  izh.phase("FS2007", { title = "FS of 2007", current = 100, legend = false, time = 100, dt = 0.05, integrator = "exact" }),
}:save("phase.pdf")
