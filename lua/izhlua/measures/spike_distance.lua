-- How far the spikes of two trains are apart, next to their intervals.
return {
  kind = "pairs",
  help = "how far the spikes of two neurons are apart at each time, next to their intervals, 0 … 1",
  definition = "mean over time of (s_a I_b + s_b I_a) / (2 ((I_a + I_b)/2)²)",
  counted = "in a window that has a length", undefined = "window without length",
  source = "T. Kreuz, D. Chicharro, C. Houghton, R. G. Andrzejak, F. Mormann, *Monitoring spike train synchrony*, J. "
    .. "Neurophysiol. 109:1457, 2013; M. Mulansky, T. Kreuz, *PySpike*, SoftwareX 5:183, 2016",
}
