#include "analysis/spectrum.h"

#include <kiss_fft.h>
#include <math.h>
#include <stdbool.h>

#include "base/alloc.h"

typedef struct work {
  kiss_fft_cfg plan;
  kiss_fft_cpx *in, *out; /* [length] */
  double *window;         /* [length] */
} work;

static void release(work *w) {
  izh_free(w->plan);
  izh_free(w->in);
  izh_free(w->out);
  izh_free(w->window);
}

/* Makes the plan in our own memory: the first call of kiss_fft_alloc says how much it needs. */
static izh_status prepare(work *w, size_t length, izh_err *err) {
  size_t plan_size = 0;
  kiss_fft_alloc((int)length, 0, NULL, &plan_size);
  w->plan = izh_alloc(plan_size, 1);
  w->in = izh_alloc(length, sizeof *w->in);
  w->out = izh_alloc(length, sizeof *w->out);
  w->window = izh_alloc(length, sizeof *w->window);
  if (!w->plan || !w->in || !w->out || !w->window)
    return izh_fail_memory(err, plan_size + length * (2 * sizeof *w->in + sizeof *w->window));
  kiss_fft_alloc((int)length, 0, w->plan, &plan_size);
  for (size_t i = 0; i < length; i++)
    w->window[i] = 0.5 - 0.5 * cos(2 * acos(-1) * (double)i / (double)length);
  return IZH_OK;
}

static void add_segment(const work *w, const double *x, size_t length, double *psd) {
  double mean = 0;
  for (size_t i = 0; i < length; i++) mean += x[i];
  mean /= (double)length;
  for (size_t i = 0; i < length; i++)
    w->in[i] = (kiss_fft_cpx){.r = (float)((x[i] - mean) * w->window[i]), .i = 0};
  kiss_fft(w->plan, w->in, w->out);
  for (size_t k = 0; k <= length / 2; k++)
    psd[k] += (double)w->out[k].r * w->out[k].r + (double)w->out[k].i * w->out[k].i;
}

izh_status izh_welch_psd(const izh_segments *of, double *psd, size_t *segments, izh_err *err) {
  enum { MOST = 1 << 28 };
  size_t n = of->n, length = of->length;
  if (length < 2 || length > n || length > MOST)
    return izh_fail(err, IZH_RANGE, "a segment must have 2 … %zu samples (got %zu)", n < MOST ? n : MOST,
                    length);
  work w = {0};
  izh_status status = prepare(&w, length, err);
  if (!status) {
    double power = 0;
    for (size_t i = 0; i < length; i++) power += w.window[i] * w.window[i];
    for (size_t k = 0; k <= length / 2; k++) psd[k] = 0;
    *segments = 0;
    for (size_t at = 0; at + length <= n; at += of->hop, ++*segments)
      add_segment(&w, of->x + at, length, psd);
    for (size_t k = 0; k <= length / 2; k++) {
      bool once = k == 0 || 2 * k == length;
      psd[k] *= (once ? 1 : 2) * of->dt_s / (power * (double)*segments);
    }
  }
  release(&w);
  return status;
}

size_t izh_fast_length(size_t n) {
  for (;; n--) {
    size_t rest = n;
    for (size_t prime = 2; prime <= 5; prime++)
      while (rest > 0 && rest % prime == 0) rest /= prime;
    if (rest <= 1) return n;
  }
}
