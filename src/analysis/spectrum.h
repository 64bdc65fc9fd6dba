/* Power spectral density by the method of Welch 1967, IEEE Trans. Audio Electroacoust. 15:70. */
#ifndef IZH_ANALYSIS_SPECTRUM_H
#define IZH_ANALYSIS_SPECTRUM_H

#include <stddef.h>

#include "base/status.h"

/* Samples x[n], one every dt_s seconds, and how they are cut: into segments of `length` ≥ 2 samples, each
 * beginning `hop` ≥ 1 samples after the one before. */
typedef struct izh_segments {
  const double *x;
  size_t n;
  double dt_s;
  size_t length, hop;
} izh_segments;

/* The density of the segments; what is left at the end is not used. From each segment its mean is subtracted,
 * it is multiplied with a periodic Hann window, and the mean of the squared transforms is scaled to a
 * density: with frequencies in Hz, the integral of psd[length / 2 + 1] over k / (length dt_s) is the variance
 * of x (of white noise exactly in expectation). One-sided: frequencies but 0 and the highest of an even
 * length count twice. As scipy.signal.welch, and elephant.spectral.welch_psd, with their default window and
 * detrend.
 *
 * The transform is in single precision: for lengths without prime factors over 5 (see below) the density is
 * right to 10^-5 of itself or 10^-12 of the greatest; with others it is less so, and slow. Returns in
 * *segments how many there were; IZH_RANGE when n < length. IZH_MEMORY. */
izh_status izh_welch_psd(const izh_segments *of, double *psd, size_t *segments, izh_err *err);

/* The greatest length up to n without prime factors over 5; 0 for 0. */
size_t izh_fast_length(size_t n);

#endif
