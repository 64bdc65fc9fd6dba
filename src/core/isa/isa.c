/* Which build of the loops of isa.h is used: the best that the processor has, or the one that was asked for.
 */
#include "core/isa/isa.h"

#include <string.h>

typedef struct isa {
  const char *name;
  izh_step_lanes *step_lanes;
  izh_gauss_lanes *gauss;
  izh_word_lanes *words;
  izh_deliver_lanes *deliver;
  izh_noise_lanes *add_noise;
  izh_input_lanes *sum_input;
  izh_decay_lanes *add_exp, *add_alpha;
} isa;

#define BUILD(suffix)                                                                                        \
  {                                                                                                          \
#suffix, izh_step_lanes_##suffix, izh_gauss_##suffix, izh_words_##suffix, izh_deliver_##suffix,          \
        izh_add_noise_##suffix, izh_sum_input_##suffix, izh_add_exp_##suffix, izh_add_alpha_##suffix         \
  }

/* From the least to the best. */
static const isa builds[] = {
    BUILD(baseline),
#ifdef IZH_ISA_X86
    BUILD(avx2),
    BUILD(avx512),
#endif
};
enum { BUILDS = sizeof builds / sizeof *builds };

static bool supported(int build) {
#ifdef IZH_ISA_X86
  if (build == 1) return __builtin_cpu_supports("avx2");
  if (build == 2)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
#endif
  return build == 0;
}

static const isa *chosen; /* set before there are threads */

static const isa *best(void) {
  if (!chosen) {
    int build = BUILDS - 1;
    while (!supported(build)) build--;
    chosen = &builds[build];
  }
  return chosen;
}

const char *izh_isa_name(void) {
  return best()->name;
}

izh_status izh_isa_choose(const char *name, izh_err *err) {
  for (int i = 0; i < BUILDS; i++) {
    if (strcmp(builds[i].name, name) != 0) continue;
    if (!supported(i)) return izh_fail(err, IZH_ARGUMENT, "this processor has no %s", name);
    chosen = &builds[i];
    return IZH_OK;
  }
  char known[64] = "";
  for (int i = 0; i < BUILDS; i++) {
    if (i > 0) strcat(known, ", ");
    strcat(known, builds[i].name);
  }
  return izh_fail(err, IZH_ARGUMENT, "unknown instruction set \"%.40s\" (known: %s)", name, known);
}

void izh_gauss(izh_key key, uint32_t first, uint32_t n, uint64_t k, float *z) {
  best()->gauss(key, first, n, k, z);
}

void izh_words(izh_key key, uint32_t first, uint32_t id, uint32_t generation, uint32_t words[4 * IZH_LANES]) {
  best()->words(key, first, id, generation, words);
}

void izh_deliver(const izh_projection *p, const izh_run *runs, uint32_t n, double *const slots[2]) {
  best()->deliver(p, runs, n, slots);
}

void izh_add_noise(double *sum, const float *z, uint32_t n, double base, double scale) {
  best()->add_noise(sum, z, n, base, scale);
}

void izh_sum_input(double *input, const double *ext, const double *exc, const double *inh, uint32_t n) {
  best()->sum_input(input, ext, exc, inh, n);
}

void izh_add_exp(const izh_filter *filter, uint32_t first, uint32_t n, double *current) {
  best()->add_exp(filter, first, n, current);
}

void izh_add_alpha(const izh_filter *filter, uint32_t first, uint32_t n, double *current) {
  best()->add_alpha(filter, first, n, current);
}

bool izh_integrate(const izh_net *net, izh_population *population, izh_part part, double *input,
                   izh_fired *fired, uint32_t *bad) {
  if (net->def.integrator == IZH_INTEGRATOR_EXACT)
    return izh_integrate_exactly(net, population, part, input, fired, bad);
  izh_lanes x = izh_lanes_of(net, population, part, input);
  if (x.n > 0) best()->step_lanes(izh_equations_of(population), net->def.integrator, &x, fired, bad);
  return true;
}
