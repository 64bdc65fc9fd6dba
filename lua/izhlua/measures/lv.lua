-- How irregular a neuron fires, from neighbouring intervals.
return {
  kind = "neurons", late = true,
  help = "local variation of the intervals: 0 of a regular train, 1 of a long Poisson process",
  definition = "3/(m-1) Σ ((I_k - I_{k+1}) / (I_k + I_{k+1}))²",
  counted = "with ≥ 3 spikes", undefined = "fewer than 3 spikes",
  source = "S. Shinomoto, K. Shima, J. Tanji, *Differences in spiking patterns among cortical neurons*, Neural Comput. "
    .. "15:2823, 2003",
}
