/* Power spectral density by the method of Welch 1967, IEEE Trans. Audio Electroacoust. 15:70. */
#ifndef IZH_ANALYSIS_SPECTRUM_H
#define IZH_ANALYSIS_SPECTRUM_H

#include <stddef.h>

#include "base/status.h"

/* Samples x[n], one every dt_s seconds. They are cut into segments of `length` ≥ 2 samples; each begins `hop`
 * ≥ 1 samples after the one before. */
typedef struct izh_segments {
  const double *x;
  size_t n;
  double dt_s;
  size_t length, hop;
} izh_segments;

/* The power spectral density psd[length / 2 + 1], averaged over the segments; psd[k] is at k / (length dt_s)
 * Hz. The mean of each segment is subtracted, and the segment is multiplied by a periodic Hann window. The
 * mean of the squared transforms is scaled to a density: its integral over the frequencies in Hz is the
 * variance of x (for white noise exactly, in expectation). The density is one-sided: all frequencies count
 * twice, except 0 and the highest frequency of an even length. It is as scipy.signal.welch and
 * elephant.spectral.welch_psd, with their default window and detrend. Samples after the last whole segment
 * are not used.
 *
 * The transform is in single precision. For lengths without prime factors over 5 (izh_fast_length) the error
 * is below 10^-5 of a density or 10^-12 of the greatest density; for other lengths it is larger, and the
 * transform is slow. *segments becomes the number of segments. IZH_RANGE when n < length. IZH_MEMORY. */
izh_status izh_welch_psd(const izh_segments *of, double *psd, size_t *segments, izh_err *err);

/* The greatest number ≤ n without prime factors over 5; 0 for n = 0. */
size_t izh_fast_length(size_t n);

#endif
