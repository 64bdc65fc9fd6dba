/* What the tests of the core share: networks made in a line. */
#ifndef IZH_TESTS_CORE_HELPERS_H
#define IZH_TESTS_CORE_HELPERS_H

#include "../checks.h"
#include "core/net/net.h"
#include "core/neuron/population.h"
#include "core/random/random.h"
#include "core/random/stream.h"
#include "core/stimulus/stimulus.h"
#include "core/synapse/projection.h"

static inline izh_net *net_make(double dt_ms, izh_integrator integrator, uint32_t seed) {
  izh_net_def def = izh_net_def_default();
  def.dt_ms = dt_ms;
  def.integrator = integrator;
  def.seed = seed;
  def.threads = 1;
  izh_net *net = NULL;
  MUST(izh_net_create(&def, &net, &fault));
  return net;
}

/* The numbers of the models of 2003 and 2004, then those of izhikevich2007: their order is that of state
 * files. */
enum {
  IZH_Q_A,
  IZH_Q_B,
  IZH_Q_C,
  IZH_Q_D,
  IZH_Q_V,
  IZH_Q_U,
  IZH_Q_2003_COUNT,
  IZH_Q_CAPACITANCE = IZH_Q_2003_COUNT,
  IZH_Q_K,
  IZH_Q_VR,
  IZH_Q_VT,
  IZH_Q_VPEAK,
  IZH_Q_PEAK_U,
  IZH_Q_RESET_U,
  IZH_Q_U_MAX,
  IZH_Q_VB,
  IZH_Q_B_BELOW,
  IZH_Q_B3,
  IZH_Q_VU,
  IZH_Q_COUNT
};

/* Neurons of one kind: a, b, c, d, v and u the same for all. */
static inline izh_status population_add(izh_net *net, const char *name, uint32_t size,
                                        const double quantity[IZH_Q_2003_COUNT], uint32_t *index) {
  izh_population_def def = {.name = name, .size = size};
  double *values = calloc((size_t)size * IZH_Q_2003_COUNT + 1, sizeof *values);
  for (int q = 0; q < IZH_Q_2003_COUNT; q++) {
    double *of = values + (size_t)q * size;
    for (uint32_t i = 0; i < size; i++) of[i] = quantity[q];
    def.values[q] = of;
  }
  izh_status status = izh_population_add(net, &def, index, &fault);
  free(values);
  return status;
}

static const double regular_spiking[IZH_Q_2003_COUNT] = {0.02, 0.2, -65, 8, -65, -13};
static const double fast_spiking[IZH_Q_2003_COUNT] = {0.1, 0.2, -65, 2, -65, -13};

static inline uint32_t population_make(izh_net *net, const char *name, uint32_t size,
                                       const double quantity[IZH_Q_2003_COUNT]) {
  uint32_t index = 0;
  MUST(population_add(net, name, size, quantity, &index));
  return index;
}

static inline izh_status connect(izh_net *net, const izh_projection_def *def, izh_values weight,
                                 izh_values delay, uint32_t *index) {
  izh_projection_def whole = *def;
  whole.weight = weight;
  whole.delay = delay;
  return izh_net_connect(net, &whole, index, &fault);
}

static inline izh_values one_value(double value) {
  return (izh_values){.kind = IZH_VALUES_ONE, .one = value};
}

static inline izh_values given_values(const double *values) {
  return (izh_values){.kind = IZH_VALUES_GIVEN, .given = values};
}

static inline izh_values drawn_values(izh_dist_kind kind, double p0, double p1) {
  return (izh_values){.kind = IZH_VALUES_DRAWN, .drawn = {.kind = kind, .p = {p0, p1}}};
}

static inline izh_ids everyone(const izh_net *net) {
  return izh_ids_range(0, izh_net_size(net));
}

static inline izh_projection_def projection_def(const char *name, izh_ids pre, izh_ids post, izh_rule rule) {
  return (izh_projection_def){.name = name,
                              .pre = pre,
                              .post = post,
                              .rule = rule,
                              .kernel = {.kind = IZH_KERNEL_PULSE, .values = {1}}};
}

static inline izh_status noise_set(izh_net *net, uint32_t stimulus, double mean, double sd,
                                   double correlation) {
  izh_stimulus_def def = izh_stimulus_get(net, stimulus);
  def.noise.mean = mean;
  def.noise.sd = sd;
  def.noise.correlation = correlation;
  return izh_stimulus_set(net, stimulus, &def, &fault);
}

static inline izh_status amplitude_set(izh_net *net, uint32_t stimulus, double amplitude) {
  return izh_stimulus_set_amplitude(net, stimulus, (izh_amplitude){.one = amplitude}, &fault);
}

static inline uint32_t noise_make(izh_net *net, const char *name, izh_ids target, double mean, double sd) {
  izh_stimulus_def def = {.name = name,
                          .kind = IZH_STIMULUS_NOISE,
                          .target = target,
                          .noise = {.mean = mean, .sd = sd, .every_ms = 1, .window = {.to_ms = INFINITY}}};
  uint32_t index = 0;
  MUST(izh_stimulus_add(net, &def, &index, &fault));
  return index;
}

/* A constant current from time 0. */
static inline uint32_t current_make(izh_net *net, const char *name, izh_ids target, double value) {
  izh_stimulus_def def = izh_stimulus_def_default(IZH_STIMULUS_CONSTANT);
  def.name = name;
  def.target = target;
  def.constant.amplitude.one = value;
  uint32_t index = 0;
  MUST(izh_stimulus_add(net, &def, &index, &fault));
  return index;
}

static inline void run(izh_net *net, int64_t steps) {
  for (int64_t i = 0; i < steps; i++) MUST(izh_net_step(net, &fault));
}

static inline uint64_t spike_count(const izh_net *net) {
  return izh_net_spikes(net).begin[izh_net_now(net)];
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv): over the bytes of 64-bit numbers, least first. */
static const uint64_t hash_start = 14695981039346656037u;

static inline uint64_t hash_add(uint64_t hash, uint64_t number) {
  for (int byte = 0; byte < 8; byte++) hash = (hash ^ (number >> 8 * byte & 0xff)) * 1099511628211u;
  return hash;
}

static inline uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

/* Of all (step, index), and the time of each that is located, of the neurons below `size`. */
static inline uint64_t spikes_hash(const izh_net *net, uint32_t size) {
  izh_spikes spikes = izh_net_spikes(net);
  uint64_t hash = hash_start;
  for (int64_t step = 0; step < izh_net_now(net); step++)
    for (uint64_t k = spikes.begin[step]; k < spikes.begin[step + 1]; k++)
      if (spikes.index[k] < size) {
        hash = hash_add(hash_add(hash, (uint64_t)step), spikes.index[k]);
        if (spikes.ms) hash = hash_add(hash, bits_of(spikes.ms[k]));
      }
  return hash;
}

/* Of the bits of all states, in order of population. */
static inline uint64_t states_hash(const izh_net *net) {
  uint64_t hash = hash_start;
  for (uint32_t pop = 0; pop < izh_population_count(net); pop++) {
    izh_ids ids = izh_population_ids(net, pop);
    double *values = take(ids.size, sizeof *values);
    for (int q = 0; q < izh_model_describe(izh_population_model(net, pop))->n; q++) {
      izh_population_get(net, pop, &ids, q, values);
      for (uint32_t i = 0; i < ids.size; i++) hash = hash_add(hash, bits_of(values[i]));
    }
    free(values);
  }
  return hash;
}

#endif
