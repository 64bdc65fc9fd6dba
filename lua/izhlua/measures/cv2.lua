-- How irregular a neuron fires, from neighbouring intervals, so that a slow change of its rate does not count.
return {
  kind = "neurons", late = true,
  help = "coefficient of variation of neighbouring intervals: 0 of a regular train, 1 of a long Poisson process",
  definition = "mean of 2 |I_{k+1} - I_k| / (I_{k+1} + I_k)",
  counted = "with ≥ 3 spikes", undefined = "fewer than 3 spikes",
  source = "G. R. Holt, W. R. Softky, C. Koch, R. J. Douglas, *Comparison of discharge variability in vitro and in "
    .. "vivo in cat visual cortex neurons*, J. Neurophysiol. 75:1806, 1996",
}
