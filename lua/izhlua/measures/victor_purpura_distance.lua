-- What it costs to turn one train into another.
return {
  kind = "pairs",
  help = "the least cost of turning one train into the other",
  definition = "1 for adding or removing a spike, q |Δt| for moving it",
  options = { { name = "cost_factor", unit = "1/s", default = 1, low = 0, help = "q, the cost of moving a spike" } },
  says = function(o) return ("cost_factor = %g /s"):format(o.cost_factor) end,
  counted = "in a window that has a length",
  source = "J. D. Victor, K. P. Purpura, *Nature and precision of temporal coding in visual cortex: a metric-space "
    .. "analysis*, J. Neurophysiol. 76:1310, 1996",
}
