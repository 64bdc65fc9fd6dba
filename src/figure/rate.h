/* The population rate: spikes counted in bins of time. No drawing. Private to the figure library. */
#ifndef IZH_FIGURE_RATE_H
#define IZH_FIGURE_RATE_H

#include <stddef.h>

enum { IZH_RATE_BINS_MAX = 100000 };

/* A round bin, for about as many bins as a reader can tell apart on width_pt, at most 200. span_ms > 0. */
double izh_rate_bin(double span_ms, double width_pt);

/* How many bins of bin_ms a window of span_ms has, at least 1. The last bin may be shorter. */
size_t izh_rate_bins(double span_ms, double bin_ms);

/* The bin of a spike at t_ms: bin k holds from + k·bin < t ≤ from + (k + 1)·bin. */
size_t izh_rate_bin_of(double t_ms, double from_ms, double bin_ms, size_t n_bins);

#endif
