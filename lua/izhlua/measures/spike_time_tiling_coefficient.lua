-- How many spikes of two neurons are near each other, beyond what their rates make likely.
return {
  kind = "pairs",
  help = "how many spikes of two neurons are near each other; rates matter little",
  definition = "½ ((P_A - T_B)/(1 - P_A T_B) + (P_B - T_A)/(1 - P_B T_A))",
  options = { { name = "dt", unit = "ms", default = 5, low = 0, above = true, help = "so far from a spike is near" } },
  says = function(o) return ("dt = ±%g ms"):format(o.dt) end,
  counted = "of neurons that spike", undefined = "a silent neuron",
  source = "C. S. Cutts, S. J. Eglen, *Detecting pairwise correlations in spike trains*, J. Neurosci. 34:14288, 2014",
}
