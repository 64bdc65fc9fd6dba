#define MODEL lif
#define HELP                                                                                                 \
  "leaky integrate-and-fire: tau v' = vr - v + R I; at v ≥ vt: v = c, where it stays for the refractory "  \
  "period (Lapicque 1907; Gerstner et al., Neuronal Dynamics, 2014, section 1.3)"
#include "core/isa/isa.h"
#include "core/isa/vector.h"
#include "core/neuron/model_code.h"

enum { TAU, VR, R, VT, C, V, REFRACTORY, LEFT, QUANTITIES };

static const izh_quantity quantities[QUANTITIES] = {
    [TAU] = {.name = "tau",
             .unit = "ms",
             .help = "membrane time constant",
             .required = true,
             .high = INFINITY,
             .above = true},
    [VR] = {.name = "vr", .unit = "mV", .help = "v at rest", .required = true},
    [R] = {.name = "R",
           .unit = "GΩ",
           .help = "membrane resistance",
           .otherwise = 1,
           .high = INFINITY,
           .above = true},
    [VT] = {.name = "vt", .unit = "mV", .help = "threshold: v of a spike", .required = true},
    [C] = {.name = "c", .unit = "mV", .help = "v after a spike, below the peak", .required = true},
    [V] = {.name = "v", .unit = "mV", .help = "membrane potential", .like = "vr"},
    [REFRACTORY] = {.name = "refractory",
                    .unit = "ms",
                    .help = "how long v stays at c after a spike, in whole steps (in exact, as given)",
                    .high = 1e6},
    [LEFT] = {.name = "refractory_left",
              .unit = "ms",
              .help = "how much of it is left: it changes as the network runs",
              .high = 1e6},
};

static bool is_plain(double *const *q, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    if (q[REFRACTORY][i] != 0 || q[LEFT][i] != 0) return false;
  return true;
}

INLINE double dv(bool plain, const izh_neurons *x, uint32_t i, double v, double u) {
  (void)plain, (void)u;
  return (x->q[VR][i] - v + x->q[R][i] * x->input[i]) / x->q[TAU][i];
}

INLINE double peak(bool plain, const izh_neurons *x, uint32_t i, double u) {
  (void)plain, (void)u;
  return x->q[VT][i];
}

INLINE izh_vreals peaks(bool plain, const izh_neurons *x, uint32_t i, izh_vreals u) {
  (void)plain, (void)u;
  return izh_vreals_at(x->q[VT] + i);
}

INLINE void reset(bool plain, const izh_neurons *x, uint32_t i, double *v, double *u) {
  (void)plain, (void)u;
  *v = x->q[C][i];
}

static double input_by_dv(const izh_neurons *x, uint32_t i) {
  return x->q[TAU][i] / x->q[R][i];
}

static izh_flow flow(bool plain, const izh_neurons *x, uint32_t i, bool above) {
  (void)plain, (void)above;
  double rate = 1 / x->q[TAU][i];
  return (izh_flow){.origin = x->q[VR][i], .p1 = -rate, .p0 = x->q[R][i] * x->input[i] * rate};
}

#define HAS_U 0
#define VARIANTS 1
#define RESTS 1
#define PEAK_INSIDE 0
#define ABOUT                                                                                                \
  .info = {.name = "lif",                                                                                    \
           .help = HELP,                                                                                     \
           .shown_unit = "pA",                                                                               \
           .quantities = quantities,                                                                         \
           .n = QUANTITIES,                                                                                  \
           .v = V,                                                                                           \
           .u = -1},                                                                                         \
  .side = -1, .peak_slope = -1, .threshold = VT, .leaks = true, .is_plain = is_plain,                        \
  .refractory = REFRACTORY
#include "core/neuron/loops.h"
