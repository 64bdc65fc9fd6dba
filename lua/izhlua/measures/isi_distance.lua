-- How different the intervals of two trains are.
return {
  kind = "pairs",
  help = "how different the intervals of two neurons are at each time, 0 … 1",
  definition = "mean over time of |I_a - I_b| / max(I_a, I_b), I(t) the interval at time t",
  counted = "in a window that has a length", undefined = "window without length",
  source = "T. Kreuz, J. S. Haas, A. Morelli, H. D. I. Abarbanel, A. Politi, *Measuring spike train synchrony*, J. "
    .. "Neurosci. Methods 165:151, 2007",
}
