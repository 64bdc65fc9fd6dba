-- How far two trains are apart, as exponentials.
return {
  kind = "pairs",
  help = "the distance of two trains in which each spike is an exponential",
  definition = "D² = 2/τ ∫ (f - g)² dt, f and g the trains with each spike replaced by exp(-t/τ), t ≥ 0",
  options = { { name = "time_constant", unit = "ms", default = 1000, low = 0, above = true, help = "τ" } },
  says = function(o) return ("time_constant = %g ms"):format(o.time_constant) end,
  counted = "in a window that has a length",
  source = "M. C. W. van Rossum, *A novel spike distance*, Neural Comput. 13:751, 2001; C. Houghton, T. Kreuz, *On the "
    .. "efficient calculation of van Rossum distances*, Network 23:48, 2012",
}
