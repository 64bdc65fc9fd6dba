-- How irregular a neuron fires, apart from its refractoriness.
return {
  kind = "neurons", late = true,
  help = "local variation of the intervals, revised: less of it comes from refractoriness",
  definition = "3/(m-1) Σ (1 - 4 I_k I_{k+1} / (I_k + I_{k+1})²) (1 + 4R / (I_k + I_{k+1}))",
  options = { { name = "R", unit = "ms", default = 5, low = 0, help = "refractoriness constant" } },
  says = function(o) return ("R = %g ms"):format(o.R) end,
  counted = "with ≥ 3 spikes", undefined = "fewer than 3 spikes",
  source = "S. Shinomoto and others, *Relating neuronal firing patterns to functional differentiation of cerebral "
    .. "cortex*, PLoS Comput. Biol. 5:e1000433, 2009",
}
