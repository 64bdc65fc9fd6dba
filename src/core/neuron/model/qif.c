#define MODEL qif
#define HELP                                                                                                 \
  "quadratic integrate-and-fire: C v' = k (v - vr) (v - vt) + I; at v ≥ vpeak: v = c (Latham et al., "     \
  "J. Neurophysiol. 83:808, 2000; Izhikevich, Dynamical Systems in Neuroscience, 2007, section 3.3.8)"
#include "core/isa/isa.h"
#include "core/isa/vector.h"
#include "core/neuron/model_code.h"

enum { CAPACITANCE, K, VR, VT, VPEAK, C, V, QUANTITIES };

static const izh_quantity quantities[QUANTITIES] = {
    [CAPACITANCE] = {.name = "C",
                     .unit = "pF",
                     .help = "membrane capacitance",
                     .required = true,
                     .high = INFINITY,
                     .above = true},
    [K] = {.name = "k",
           .unit = "nS/mV",
           .help = "steepness of v'",
           .required = true,
           .high = INFINITY,
           .above = true},
    [VR] = {.name = "vr", .unit = "mV", .help = "v at rest", .required = true},
    [VT] = {.name = "vt", .unit = "mV", .help = "threshold of v at rest", .required = true},
    [VPEAK] = {.name = "vpeak", .unit = "mV", .help = "v of a spike", .required = true},
    [C] = {.name = "c", .unit = "mV", .help = "v after a spike, below the peak", .required = true},
    [V] = {.name = "v", .unit = "mV", .help = "membrane potential", .like = "vr"},
};

INLINE double dv(bool plain, const izh_neurons *x, uint32_t i, double v, double u) {
  (void)plain, (void)u;
  return (x->q[K][i] * ((v - x->q[VR][i]) * (v - x->q[VT][i])) + x->input[i]) / x->q[CAPACITANCE][i];
}

INLINE double peak(bool plain, const izh_neurons *x, uint32_t i, double u) {
  (void)plain, (void)u;
  return x->q[VPEAK][i];
}

INLINE izh_vreals peaks(bool plain, const izh_neurons *x, uint32_t i, izh_vreals u) {
  (void)plain, (void)u;
  return izh_vreals_at(x->q[VPEAK] + i);
}

INLINE void reset(bool plain, const izh_neurons *x, uint32_t i, double *v, double *u) {
  (void)plain, (void)u;
  *v = x->q[C][i];
}

static double input_by_dv(const izh_neurons *x, uint32_t i) {
  return x->q[CAPACITANCE][i];
}

static izh_flow flow(bool plain, const izh_neurons *x, uint32_t i, bool above) {
  (void)plain, (void)above;
  double vr = x->q[VR][i], half = 0.5 * (x->q[VT][i] - vr), by_c = 1 / x->q[CAPACITANCE][i];
  izh_flow f = {.origin = vr + half, .p2 = x->q[K][i] * by_c};
  f.p0 = x->input[i] * by_c - f.p2 * (half * half);
  return f;
}

#define HAS_U 0
#define VARIANTS 0
#define RESTS 0
#define PEAK_INSIDE 0
#define ABOUT                                                                                                \
  .info = {.name = "qif",                                                                                    \
           .help = HELP,                                                                                     \
           .shown_unit = "pA",                                                                               \
           .quantities = quantities,                                                                         \
           .n = QUANTITIES,                                                                                  \
           .v = V,                                                                                           \
           .u = -1},                                                                                         \
  .side = -1, .peak_slope = -1, .threshold = VT
#include "core/neuron/loops.h"
