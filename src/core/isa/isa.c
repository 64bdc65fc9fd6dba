/* Which build of the loops of isa.h is used: the best that the processor supports, or the one that was
 * chosen.
 */
#include "core/isa/isa.h"

#include <stdatomic.h>
#include <string.h>

#define BASELINE(name, type) izh_##name##_baseline,
#define AVX2(name, type) izh_##name##_avx2,
#define AVX512(name, type) izh_##name##_avx512,
#define BASELINE_KERNEL(NAME, name) &izh_kernel_##name##_baseline,
#define AVX2_KERNEL(NAME, name) &izh_kernel_##name##_avx2,
#define AVX512_KERNEL(NAME, name) &izh_kernel_##name##_avx512,

/* From the least to the best. */
static const izh_loops builds[] = {
    {"baseline", IZH_LOOPS(BASELINE){IZH_KERNELS(BASELINE_KERNEL)}},
#ifdef IZH_ISA_X86
    {"avx2", IZH_LOOPS(AVX2){IZH_KERNELS(AVX2_KERNEL)}},
    {"avx512", IZH_LOOPS(AVX512){IZH_KERNELS(AVX512_KERNEL)}},
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

static const izh_loops *_Atomic chosen; /* NULL: none yet */

/* If several threads ask for the first time at once, all find the same build. */
static const izh_loops *find_best(void) {
  int build = BUILDS - 1;
  while (!supported(build)) build--;
  const izh_loops *none = NULL;
  atomic_compare_exchange_strong(&chosen, &none, &builds[build]);
  return atomic_load(&chosen);
}

const izh_loops *izh_loops_chosen(void) {
  const izh_loops *now = atomic_load_explicit(&chosen, memory_order_relaxed);
  return now ? now : find_best();
}

const char *izh_isa_name(void) {
  return izh_loops_chosen()->isa;
}

izh_status izh_isa_choose(const char *name, izh_err *err) {
  for (int i = 0; i < BUILDS; i++) {
    if (strcmp(builds[i].isa, name) != 0) continue;
    if (!supported(i)) return izh_fail(err, IZH_ARGUMENT, "this processor has no %s", name);
    atomic_store(&chosen, &builds[i]);
    return IZH_OK;
  }
  char known[64] = "";
  for (int i = 0; i < BUILDS; i++) {
    if (i > 0) strcat(known, ", ");
    strcat(known, builds[i].isa);
  }
  return izh_fail(err, IZH_ARGUMENT, "unknown instruction set \"%.40s\" (known: %s)", name, known);
}
