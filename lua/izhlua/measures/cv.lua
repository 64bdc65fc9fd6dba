-- How irregular a neuron fires.
return {
  kind = "neurons", late = true,
  help = "coefficient of variation of the intervals: 0 of a regular train, 1 of a long Poisson process",
  definition = "sd(I) / mean(I), the variance with divisor m",
  counted = "with ≥ 3 spikes", undefined = "fewer than 3 spikes",
}
