/* Which build of the loops of isa.h is used: the best that the processor has, or the one that was asked for.
 */
#include "core/isa.h"

#include <string.h>

typedef struct isa {
  const char *name;
  izh_step_lanes *step_lanes;
  izh_gauss_lanes *gauss;
  izh_word_lanes *words;
  izh_deliver_lanes *deliver;
} isa;

/* From the least to the best. */
static const isa builds[] = {
    {"baseline", izh_step_lanes_baseline, izh_gauss_baseline, izh_words_baseline, izh_deliver_baseline},
#ifdef IZH_ISA_X86
    {"avx2", izh_step_lanes_avx2, izh_gauss_avx2, izh_words_avx2, izh_deliver_avx2},
    {"avx512", izh_step_lanes_avx512, izh_gauss_avx512, izh_words_avx512, izh_deliver_avx512},
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

bool izh_integrate(const izh_net *net, izh_population *population, izh_part part, izh_fired *fired,
                   uint32_t *bad) {
  if (net->def.integrator == IZH_INTEGRATOR_EXACT)
    return izh_integrate_exactly(net, population, part, fired, bad);
  izh_lanes x = izh_lanes_of(net, population, part);
  uint32_t first = part.begin > population->first ? part.begin : population->first;
  if (x.n > 0) best()->step_lanes(izh_equations_of(population), net->def.integrator, &x, first, fired, bad);
  return true;
}
