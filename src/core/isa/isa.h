/* Loops that are compiled once for each instruction set from one source (src/CMakeLists.txt lists the files).
 * All builds give the same bits: they use only IEEE operations in a fixed order, and never fuse a
 * multiplication with an addition. */
#ifndef IZH_CORE_ISA_H
#define IZH_CORE_ISA_H

#include "core/net/net_private.h"
#include "core/neuron/exact.h"
#include "core/random/random.h"
#include "core/stimulus/arrivals.h"
#include "core/synapse/kernel_code.h"

/* The name of a function of such a file in the build for one instruction set. IZH_ISA_SUFFIX is the name of
 * the build: baseline, avx2, avx512. */
#define IZH_ISA_PASTE2(name, suffix) izh_##name##_##suffix
#define IZH_ISA_PASTE(name, suffix) IZH_ISA_PASTE2(name, suffix)
#define IZH_ISA(name) IZH_ISA_PASTE(name, IZH_ISA_SUFFIX)

typedef void izh_gauss_loop(izh_key key, uint32_t first, uint32_t n, uint64_t k,
                            float *z); /* see izh_gauss */
/* Makes the words of the blocks with counter (first + i, id, generation, 0), i = 0 … IZH_LANES - 1, block by
 * block. */
typedef void izh_word_loop(izh_key key, uint32_t first, uint32_t id, uint32_t generation,
                           uint32_t words[4 * IZH_LANES]);
/* How many bits of n words are 1. */
typedef uint64_t izh_bit_loop(const uint64_t *words, size_t n);
/* sum[i] += base + scale z[i] */
typedef void izh_noise_loop(double *sum, const float *z, uint32_t n, double base, double scale);
/* input[i] = ext[i] + exc[i] + inh[i] */
typedef void izh_input_loop(double *input, const double *ext, const double *exc, const double *inh,
                            uint32_t n);
/* A run: the synapses begin … end - 1 of a projection. Their 16-bit targets count from base; if the
 * projection has shifts, those of their block begin at number `base`. */
typedef struct izh_run {
  uint64_t begin, end;
  uint32_t base;
} izh_run;
enum { IZH_RUNS_AHEAD = 8 }; /* the synapses of so many runs are on their way from memory */
/* Adds the weights of n runs, times the gain, to the sums of their targets: slots[IZH_EXC] and
 * slots[IZH_INH]. The gain has the sign of that of the projection. Fetches the runs IZH_RUNS_AHEAD further
 * on, up to run `known` - 1. */
typedef void izh_deliver_loop(const izh_projection *p, double gain, const izh_run *runs, uint32_t n,
                              uint32_t known, double *const slots[2]);

/* The conductance g of a channel, for n neurons: adds g (reversal - v) to exc or inh, and g to leak. */
typedef struct izh_conduction {
  const double *g, *v, *threshold; /* threshold NULL: IZH_THRESHOLD */
  double reversal;
  double *exc, *inh, *leak;
  uint32_t n;
} izh_conduction;
typedef void izh_conduct_loop(const izh_conduction *c);

/* All these loops: a line for each, with its name and its type. */
#define IZH_LOOPS(LOOP)                                                                                      \
  LOOP(step_model, izh_step_model)                                                                           \
  LOOP(exact, izh_exact_loop)                                                                                \
  LOOP(gauss, izh_gauss_loop)                                                                                \
  LOOP(words, izh_word_loop)                                                                                 \
  LOOP(count_bits, izh_bit_loop)                                                                             \
  LOOP(deliver, izh_deliver_loop)                                                                            \
  LOOP(add_noise, izh_noise_loop)                                                                            \
  LOOP(arrivals, izh_arrivals_loop)                                                                          \
  LOOP(sum_input, izh_input_loop)                                                                            \
  LOOP(conduct, izh_conduct_loop)

#define IZH_LOOP(name, type) type izh_##name##_baseline, izh_##name##_avx2, izh_##name##_avx512;
IZH_LOOPS(IZH_LOOP)
#undef IZH_LOOP
#define IZH_LOOP(NAME, name)                                                                                 \
  extern const izh_kernel_code izh_kernel_##name##_baseline, izh_kernel_##name##_avx2,                       \
      izh_kernel_##name##_avx512;
IZH_KERNELS(IZH_LOOP)
#undef IZH_LOOP

/* The loops of one build. */
typedef struct izh_loops {
  const char *isa;
#define IZH_LOOP(name, type) type *name;
  IZH_LOOPS(IZH_LOOP)
#undef IZH_LOOP
  const izh_kernel_code *kernels[IZH_KERNEL_COUNT];
} izh_loops;

/* The loops of the chosen build: izh_loops_chosen()->deliver(p, runs, n, slots). */
const izh_loops *izh_loops_chosen(void);

#endif
