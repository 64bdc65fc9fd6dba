#define MODEL izhikevich2007
#define HELP                                                                                                   \
  "C v' = k (v - vr) (v - vt) - u + I, u' = a (U(v) - u); at v ≥ vpeak + peak_u u: v = c + reset_u u, then " \
  "u = min(u + d, u_max). U(v) = b (v - vu), with b_below in place of b for v ≤ vb, and for v > vb also "    \
  "b3 (v - vb)³ (Izhikevich, Dynamical Systems in Neuroscience, 2007, chapter 8: the plain cell has vu = "    \
  "vr "                                                                                                        \
  "and none of the rest; fast-spiking, low-threshold, thalamic and reticular cells need one or more of it)"
#include "core/isa/isa.h"
#include "core/isa/vector.h"
#include "core/neuron/model_code.h"

enum {
  A,
  B,
  C,
  D,
  V,
  U,
  CAPACITANCE,
  K,
  VR,
  VT,
  VPEAK,
  PEAK_U,
  RESET_U,
  U_MAX,
  VB,
  B_BELOW,
  B3,
  VU,
  QUANTITIES
};

/* Quantities that only some cells need have defaults that change nothing. */
static const izh_quantity quantities[QUANTITIES] = {
    [A] = {.name = "a", .unit = "1/ms", .help = "rate of the recovery of u", .required = true},
    [B] = {.name = "b", .unit = "nS", .help = "how strongly u follows v", .required = true},
    [C] = {.name = "c", .unit = "mV", .help = "v after a spike, below the peak", .required = true},
    [D] = {.name = "d", .unit = "pA", .help = "what a spike adds to u", .required = true},
    [V] = {.name = "v", .unit = "mV", .help = "membrane potential", .like = "vr"},
    [U] = {.name = "u", .unit = "pA", .help = "recovery; b (v0 - vr) when it is not given", .otherwise = NAN},
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
    [PEAK_U] = {.name = "peak_u", .unit = "mV/pA", .help = "the peak is vpeak + peak_u u"},
    [RESET_U] = {.name = "reset_u", .unit = "mV/pA", .help = "the reset is c + reset_u u"},
    [U_MAX] = {.name = "u_max",
               .unit = "pA",
               .help = "u is at most this after a spike",
               .otherwise = 1e6}, /* IZH_U_HIGH */
    [VB] = {.name = "vb", .unit = "mV", .help = "where b_below ends and b3 begins"},
    [B_BELOW] = {.name = "b_below", .unit = "nS", .help = "b for v ≤ vb", .like = "b"},
    [B3] = {.name = "b3", .unit = "nS/mV²", .help = "adds b3 (v - vb)³ to b (v - vu) for v > vb"},
    [VU] = {.name = "vu", .unit = "mV", .help = "where b (v - vu) is 0", .like = "vr"},
};

static bool is_plain(double *const *q, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    if (q[PEAK_U][i] != 0 || q[RESET_U][i] != 0 || q[U_MAX][i] < IZH_U_HIGH || q[B_BELOW][i] != q[B][i] ||
        q[B3][i] != 0 || q[VU][i] != q[VR][i])
      return false;
  return true;
}

INLINE double dv(bool plain, const izh_neurons *x, uint32_t i, double v, double u) {
  (void)plain;
  return (x->q[K][i] * ((v - x->q[VR][i]) * (v - x->q[VT][i])) - u + x->input[i]) / x->q[CAPACITANCE][i];
}

INLINE double du(bool plain, const izh_neurons *x, uint32_t i, double v, double u) {
  /* read without a branch, so that the loop can be vectorized */
  double a = x->q[A][i], b = x->q[B][i], below = x->q[B_BELOW][i];
  if (plain) return a * (b * (v - x->q[VR][i]) - u);
  double w = v - x->q[VB][i];
  double follows = (w > 0 ? b : below) * (v - x->q[VU][i]);
  double cubic = x->q[B3][i] * (w * w * w);
  return a * (follows + (w > 0 ? cubic : 0) - u);
}

INLINE double peak(bool plain, const izh_neurons *x, uint32_t i, double u) {
  return plain ? x->q[VPEAK][i] : x->q[VPEAK][i] + x->q[PEAK_U][i] * u;
}

INLINE izh_vreals peaks(bool plain, const izh_neurons *x, uint32_t i, izh_vreals u) {
  izh_vreals top = izh_vreals_at(x->q[VPEAK] + i);
  return plain ? top : top + izh_vreals_at(x->q[PEAK_U] + i) * u;
}

INLINE void reset(bool plain, const izh_neurons *x, uint32_t i, double *v, double *u) {
  double old = *u;
  *v = x->q[C][i];
  *u += x->q[D][i];
  if (plain) return;
  *v += x->q[RESET_U][i] * old;
  if (*u > x->q[U_MAX][i]) *u = x->q[U_MAX][i];
}

static double input_by_dv(const izh_neurons *x, uint32_t i) {
  return x->q[CAPACITANCE][i];
}

static double start_u(const izh_neurons *x, uint32_t i) {
  return x->q[B][i] * (x->q[V][i] - x->q[VR][i]);
}

static izh_flow flow(bool plain, const izh_neurons *x, uint32_t i, bool above) {
  (void)plain;
  double vr = x->q[VR][i], half = 0.5 * (x->q[VT][i] - vr);
  izh_flow f = {.origin = vr + half, .pu = 1 / x->q[CAPACITANCE][i], .a = x->q[A][i], .s = 1};
  f.p2 = x->q[K][i] * f.pu;
  f.p0 = x->input[i] * f.pu - f.p2 * (half * half);
  f.r1 = x->q[above ? B : B_BELOW][i];
  f.r0 = f.r1 * (f.origin - x->q[VU][i]);
  f.b3 = above ? x->q[B3][i] : 0;
  f.xb = x->q[VB][i] - f.origin;
  return f;
}

#define HAS_U 1
#define VARIANTS 1
#define RESTS 0
#define PEAK_INSIDE 0
#define ABOUT                                                                                                \
  .info = {.name = "izhikevich2007",                                                                         \
           .help = HELP,                                                                                     \
           .shown_unit = "pA",                                                                               \
           .quantities = quantities,                                                                         \
           .n = QUANTITIES,                                                                                  \
           .v = V,                                                                                           \
           .u = U},                                                                                          \
  .is_plain = is_plain, .side = VB, .peak_slope = PEAK_U, .threshold = VT
#include "core/neuron/loops.h"
