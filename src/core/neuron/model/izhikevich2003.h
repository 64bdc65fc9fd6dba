/* What the models of 2003 and 2004 share. A model file defines MODEL, NAME, HELP and the numbers below, and
 * then includes this.
 *   v' = 0.04 v² + LINEAR v + CONSTANT - u + I; it is least at v = ORIGIN, where it is LEAST - u + I
 *   u' = a (b v - u); if ACCOMMODATES, u' = a b (v + 65) */
#include "core/isa/isa.h"
#include "core/isa/vector.h"
#include "core/neuron/model_code.h"

enum { A, B, C, D, V, U, QUANTITIES };

static const izh_quantity quantities[QUANTITIES] = {
    [A] = {.name = "a", .unit = "1/ms", .help = "rate of the recovery of u", .required = true},
    [B] = {.name = "b", .unit = "1/ms", .help = "how strongly u follows v", .required = true},
    [C] = {.name = "c", .unit = "mV", .help = "v after a spike, below the peak", .required = true},
    [D] = {.name = "d", .unit = "mV/ms", .help = "what a spike adds to u", .required = true},
    [V] = {.name = "v", .unit = "mV", .help = "membrane potential", .otherwise = -65},
    [U] = {.name = "u", .unit = "mV/ms", .help = "recovery; b v0 when it is not given", .otherwise = NAN},
};

static const double PEAK = 30; /* mV */

INLINE double dv(bool plain, const izh_neurons *x, uint32_t i, double v, double u) {
  (void)plain;
  return 0.04 * (v * v) + LINEAR * v + CONSTANT - u + x->input[i];
}

INLINE double du(bool plain, const izh_neurons *x, uint32_t i, double v, double u) {
  (void)plain;
  double a = x->q[A][i], b = x->q[B][i];
  return ACCOMMODATES ? a * (b * (v + 65)) : a * (b * v - u);
}

INLINE double peak(bool plain, const izh_neurons *x, uint32_t i, double u) {
  (void)plain, (void)x, (void)i, (void)u;
  return PEAK;
}

INLINE izh_vreals peaks(bool plain, const izh_neurons *x, uint32_t i, izh_vreals u) {
  (void)plain, (void)x, (void)i, (void)u;
  return izh_vreals_all(PEAK);
}

INLINE void reset(bool plain, const izh_neurons *x, uint32_t i, double *v, double *u) {
  (void)plain;
  *v = x->q[C][i];
  *u += x->q[D][i];
}

static double input_by_dv(const izh_neurons *x, uint32_t i) {
  (void)x, (void)i;
  return 1;
}

static double start_u(const izh_neurons *x, uint32_t i) {
  return x->q[B][i] * x->q[V][i];
}

static izh_flow flow(bool plain, const izh_neurons *x, uint32_t i, bool above) {
  (void)plain, (void)above;
  double b = x->q[B][i];
  izh_flow f = {.origin = ORIGIN, .p2 = 0.04, .p0 = x->input[i] + LEAST, .pu = 1, .a = x->q[A][i], .r1 = b};
  f.r0 = b * (ACCOMMODATES ? ORIGIN + 65 : ORIGIN);
  f.s = ACCOMMODATES ? 0 : 1;
  return f;
}

#define HAS_U 1
#define VARIANTS 0
#define RESTS 0
#define PEAK_INSIDE 1
#define ABOUT                                                                                                \
  .info = {.name = NAME,                                                                                     \
           .help = HELP,                                                                                     \
           .shown_unit = "a.u.",                                                                             \
           .quantities = quantities,                                                                         \
           .n = QUANTITIES,                                                                                  \
           .v = V,                                                                                           \
           .u = U},                                                                                          \
  .side = -1, .peak_slope = -1, .threshold = -1
#include "core/neuron/loops.h"
