/* A copy of a network has all of its state: it goes on with the same bits, and neither notices the other. */
#include <sys/resource.h>

#include "base/memory.h"
#include "core/net/state.h"
#include "core/record/recording.h"
#include "scenario.h"

enum { KEPT = 50 }; /* neurons whose spikes are kept in the end */

static const izh_integrator integrators[] = {IZH_INTEGRATOR_IZHIKEVICH2003, IZH_INTEGRATOR_FIGURE1,
                                             IZH_INTEGRATOR_RK4, IZH_INTEGRATOR_EXACT};

/* What the scenario does not have: recordings, kernels, Poisson sources, given spikes, holds, kept ranges. */
static izh_status add_more(izh_net *net) {
  static const uint32_t list[] = {61, 7, 30};
  static const double amplitudes[] = {3, 1, 2}, times[] = {3, 30, 30, 90.3}, zero = 0, one = 1;
  static const izh_variable variables[] = {IZH_VARIABLE_V, IZH_VARIABLE_I_EXT}, weight = IZH_VARIABLE_WEIGHT;
  izh_ids some = izh_ids_list(list, COUNT_OF(list)), E = izh_ids_range(0, SCENARIO_E);
  uint32_t index;
  for (int kernel = 0; kernel < IZH_KERNEL_COUNT; kernel++) {
    izh_stimulus_def def = {
        .name = izh_kernel_name((izh_kernel_kind)kernel),
        .kind = IZH_STIMULUS_POISSON,
        .target = kernel % 2 ? some : E,
        .poisson = {50, 2, 0.5, {.kind = (izh_kernel_kind)kernel, .values = {2}}, .window = {0, INFINITY}}};
    TRY(izh_stimulus_add(net, &def, &index, &fault));
    izh_projection_def path = projection_def(def.name, E, some, (izh_rule){.kind = IZH_RULE_ALL_TO_ALL});
    path.kernel = def.poisson.kernel;
    TRY(connect(net, &path, one_value(0.1), drawn_values(IZH_DIST_UNIFORM, 0, 9), &index));
  }
  izh_stimulus_def train = {.name = "train",
                            .kind = IZH_STIMULUS_SPIKE_TRAIN,
                            .target = E,
                            .spike_train = {{times, COUNT_OF(times), NULL, 0, false},
                                            2,
                                            {.kind = IZH_KERNEL_PULSE, .values = {3}}}};
  TRY(izh_stimulus_add(net, &train, &index, &fault));
  izh_stimulus_def own = {.name = "amplitudes",
                          .kind = IZH_STIMULUS_CURRENT_STEPS,
                          .target = some,
                          .current_steps = {{&zero, &one, 1}, {.each = amplitudes}}};
  TRY(izh_stimulus_add(net, &own, &index, &fault));
  izh_ids held = izh_ids_range(10, 2), lesioned = izh_ids_range(20, 3), kept = izh_ids_range(0, KEPT);
  TRY(izh_population_hold(net, 0, &held, IZH_HOLD_CLAMP, NULL, &fault));
  TRY(izh_population_hold(net, 0, &lesioned, IZH_HOLD_LESION, NULL, &fault));
  izh_recording_def of_v = {.name = "v",
                            .neurons = some,
                            .variables = variables,
                            .n_variables = 2,
                            .every_ms = 1,
                            .memory = 1 << 20};
  izh_recording_def of_weights = {
      .name = "w", .projection = 6, .variables = &weight, .n_variables = 1, .every_ms = 0.5, .memory = 0};
  TRY(izh_recording_add(net, &of_v, &index, &fault));
  TRY(izh_recording_add(net, &of_weights, &index, &fault));
  TRY(izh_net_keep_spikes(net, &kept, &fault));
  return IZH_OK;
}

static izh_net *make_of(const izh_net_def *def) {
  izh_net *net = NULL;
  MUST(scenario_build(def, &net));
  MUST(scenario_steps(net, 37));
  MUST(add_more(net));
  MUST(scenario_steps(net, 65));
  return net;
}

static izh_net *make(izh_integrator integrator) {
  izh_net_def def = izh_net_def_default();
  def.integrator = integrator;
  return make_of(&def);
}

static uint64_t recordings_hash(const izh_net *net) {
  uint64_t hash = hash_start;
  for (uint32_t r = 0; r < izh_recording_count(net); r++) {
    izh_recording_info info = izh_recording_describe(net, r);
    double *values = take(info.samples, sizeof *values);
    for (int q = 0; q < info.n_variables; q++)
      for (uint64_t k = 0; k < info.n; k++) {
        MUST(izh_recording_values(net, r, q, k, values, &fault));
        for (uint64_t j = 0; j < info.samples; j++) hash = hash_add(hash, bits_of(values[j]));
      }
    free(values);
  }
  return hash;
}

static uint64_t hash_of(const izh_net *net) {
  return hash_add(hash_add(spikes_hash(net, KEPT), states_hash(net)), recordings_hash(net));
}

static void copies_go_on_alike(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(integrators); i++) {
    izh_net *net = make(integrators[i]), *copy = NULL;
    MUST(izh_net_copy(net, &copy, &fault));
    assert_true(hash_of(net) == hash_of(copy));
    run(copy, 4500); /* first, so that what the two still share would show; blocks of recordings get full */
    uint64_t after = hash_of(copy);
    izh_net_destroy(copy);
    MUST(izh_net_copy(net, &copy, &fault));
    run(net, 4500);
    assert_true(hash_of(net) == after);
    run(copy, 4500);
    assert_true(hash_of(copy) == after);
    izh_net_destroy(net);
    run(copy, 10);
    izh_net_destroy(copy);
  }
}

static void copies_of_recordings_in_files_are_whole(void **state) {
  (void)state;
  izh_net *net = make(IZH_INTEGRATOR_EULER), *copy = NULL;
  run(net, 9000);
  assert_true(izh_recording_describe(net, 1).in_file);
  MUST(izh_net_copy(net, &copy, &fault));
  assert_true(izh_recording_describe(copy, 1).in_file);
  uint64_t before = recordings_hash(net);
  assert_true(before == recordings_hash(copy));
  run(net, 9000);
  assert_true(before == recordings_hash(copy));
  run(copy, 9000);
  assert_true(hash_of(net) == hash_of(copy));
  izh_net_destroy(net);
  izh_net_destroy(copy);
}

static void nothing_is_lost_when_memory_runs_out(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(integrators); i += 3) {
    izh_net *net = make(integrators[i]), *copy = NULL;
    uint64_t before = hash_of(net);
    long held = izh_alloc_held(), n = 1;
    for (;; n++) {
      izh_alloc_fail_at(n);
      izh_status status = izh_net_copy(net, &copy, &fault);
      izh_alloc_fail_at(0);
      if (!status) break;
      assert_int_equal(status, IZH_MEMORY);
      assert_null(copy);
      assert_int_equal(izh_alloc_held(), held);
      assert_true(hash_of(net) == before);
    }
    assert_true(n > 100);
    izh_net_destroy(net);
    run(copy, 100);
    izh_net_destroy(copy);
  }
}

/* Six channels with slots that nobody has written to yet: much memory by their size, little in fact. */
static void copies_that_do_not_fit_are_refused(void **state) {
  (void)state;
  skip_sanitized();
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 1), *copy = NULL;
  population_make(net, "P", 1, regular_spiking);
  run(net, 1);
  double steps = floor(0.35 * (double)izh_memory_free() / sizeof(double));
  for (int i = 0; i < 6; i++) {
    char name[2] = {(char)('a' + i), '\0'};
    izh_projection_def def = projection_def(name, everyone(net), everyone(net),
                                            (izh_rule){.kind = IZH_RULE_ALL_TO_ALL, .autapses = true});
    def.kernel.values[0] = steps + i;
    uint32_t index;
    izh_status status = connect(net, &def, one_value(1), one_value(0), &index);
    if (status == IZH_MEMORY) { /* a system that gives no more than it has */
      izh_net_destroy(net);
      skip();
    }
    MUST(status);
  }
  run(net, 1);
  MUST_FAIL(izh_net_copy(net, &copy, &fault), IZH_SIZE, "a copy of this network needs ");
  MUST_FAIL(izh_net_copy(net, &copy, &fault), IZH_SIZE, " are free");
  assert_null(copy);
  run(net, 1);
  izh_net_destroy(net);
}

/* --- as bytes --- */

typedef struct bytes {
  unsigned char *data;
  size_t size, at;
} bytes;

static izh_status put(void *context, void *data, size_t size, izh_err *err) {
  bytes *to = context;
  (void)err;
  assert_true(size <= to->size - to->at); /* not more than was said */
  memcpy(to->data + to->at, data, size);
  to->at += size;
  return IZH_OK;
}

static izh_status get(void *context, void *data, size_t size, izh_err *err) {
  bytes *from = context;
  (void)err;
  assert_true(size <= from->size - from->at);
  memcpy(data, from->data + from->at, size);
  from->at += size;
  return IZH_OK;
}

static bytes write_net(const izh_net *net) {
  uint64_t size = 0;
  MUST(izh_net_length(net, &size, &fault));
  bytes to = {.data = take(size, 1), .size = size};
  MUST(izh_net_write(net, put, &to, &fault));
  assert_int_equal(to.at, to.size);
  return to;
}

static izh_status read_net(bytes *from, izh_net **net) {
  from->at = 0;
  *net = NULL;
  return izh_net_read(get, from, from->size, 1, net, &fault);
}

static void what_was_read_goes_on_alike(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(integrators); i++) {
    izh_net *net = make(integrators[i]), *copy;
    bytes first = write_net(net);
    MUST(read_net(&first, &copy));
    assert_true(hash_of(net) == hash_of(copy));
    bytes second = write_net(copy);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    run(net, 4500);
    run(copy, 4500);
    assert_true(hash_of(net) == hash_of(copy));
    izh_net_destroy(net);
    izh_net_destroy(copy);
    free(first.data);
    free(second.data);
  }
}

/* How synapses lie in memory depends on threads, and does not show. */
static void bytes_do_not_depend_on_threads(void **state) {
  (void)state;
  izh_net_def def = izh_net_def_default();
  bytes first = {0};
  def.neurons_a_thread = 16;
  for (def.threads = 1; def.threads <= 4; def.threads++) {
    izh_net *net = make_of(&def);
    bytes of = write_net(net);
    if (!first.data) first = of;
    assert_int_equal(of.size, first.size);
    assert_memory_equal(of.data, first.data, first.size);
    if (of.data != first.data) free(of.data);
    izh_net_destroy(net);
  }
  free(first.data);
}

static void empty_networks_are_read(void **state) {
  (void)state;
  izh_net *net = net_make(1, IZH_INTEGRATOR_EXACT, 3), *copy;
  bytes of = write_net(net);
  MUST(read_net(&of, &copy));
  run(copy, 3);
  assert_int_equal(population_make(copy, "E", 3, regular_spiking), 0);
  run(copy, 3);
  izh_net_destroy(net);
  izh_net_destroy(copy);
  free(of.data);
}

static void reading_survives_want_of_memory(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(integrators); i += 3) {
    izh_net *net = make(integrators[i]), *copy;
    bytes of = write_net(net);
    long held = izh_alloc_held(), n = 1;
    for (;; n++) {
      izh_alloc_fail_at(n);
      izh_status status = read_net(&of, &copy);
      izh_alloc_fail_at(0);
      if (!status) break;
      assert_int_equal(status, IZH_MEMORY);
      assert_null(copy);
      assert_int_equal(izh_alloc_held(), held);
    }
    assert_true(n > 100);
    izh_net_destroy(net);
    izh_net_destroy(copy);
    free(of.data);
  }
}

/* Without a checksum, as somebody could write a file who means harm: whatever was read, the network that
 * comes out of it can be used. The seed is fixed. */
static void wrong_bytes_are_refused_or_harmless(void **state) {
  (void)state;
  izh_net *net = make(IZH_INTEGRATOR_EXACT), *copy;
  bytes good = write_net(net), bad = {.data = take(good.size, 1)};
  izh_rng rng = izh_rng_make((izh_key){.seed = 20261123}, 0, 0);
  int refused = 0, taken = 0;
  for (int round = 0; round < 6000; round++) {
    memcpy(bad.data, good.data, good.size);
    bad.size = good.size;
    for (uint64_t changes = 1 + izh_rng_below(&rng, 3); changes > 0; changes--) {
      uint64_t at = izh_rng_below(&rng, good.size / 8) * 8 + (izh_rng_below(&rng, 2) ? 4 : 0);
      static const uint64_t values[] = {0, 1, 2, UINT32_MAX, 0x7fffffff, 0x80000000, UINT64_MAX, INT64_MAX};
      uint64_t value = izh_rng_below(&rng, 3) ? values[izh_rng_below(&rng, COUNT_OF(values))]
                                              : (uint64_t)izh_rng_word(&rng);
      size_t room = izh_rng_below(&rng, 2) ? 4 : 8;
      if (at + room <= good.size) memcpy(bad.data + at, &value, room);
    }
    if (round % 10 == 0) bad.size = izh_rng_below(&rng, good.size);
    if (read_net(&bad, &copy)) {
      refused++;
      continue;
    }
    taken++;
    for (int step = 0; step < 4 && !izh_net_step(copy, &fault); step++) {}
    (void)hash_of(copy);
    izh_net_destroy(copy);
  }
  assert_true(refused > 300 && taken > 300);
  izh_net_destroy(net);
  free(good.data);
  free(bad.data);
}

static void refuse_at(const bytes *good, size_t at, uint64_t value, size_t size, izh_status status,
                      const char *words) {
  bytes bad = {.data = take(good->size, 1), .size = good->size};
  memcpy(bad.data, good->data, good->size);
  memcpy(bad.data + at, &value, size);
  izh_net *net;
  MUST_FAIL(read_net(&bad, &net), status, words);
  free(bad.data);
}

static void refusals_have_reasons(void **state) {
  (void)state;
  izh_net *net = make(IZH_INTEGRATOR_EULER), *copy;
  bytes good = write_net(net);
  refuse_at(&good, 0, 0, 8, IZH_RANGE, "dt must be 0.001 … 1 ms (got 0)");
  refuse_at(&good, 8, 77, 4, IZH_FORMAT, "invalid kind");
  refuse_at(&good, 24, UINT64_MAX, 8, IZH_FORMAT, "invalid time");
  refuse_at(&good, 24, UINT64_C(1) << 60, 8, IZH_FORMAT, "invalid length");
  refuse_at(&good, 40, 33, 8, IZH_FORMAT, "invalid names of random streams");
  bytes longer = {.data = take(good.size + 1, 1), .size = good.size + 1};
  memcpy(longer.data, good.data, good.size);
  MUST_FAIL(read_net(&longer, &copy), IZH_FORMAT, "invalid length");
  longer.size = UINT64_C(1) << 62;
  MUST_FAIL(read_net(&longer, &copy), IZH_SIZE, "the network in it needs 4.6 EB, ");
  izh_net_destroy(net);
  free(good.data);
  free(longer.data);
}

/* Samples of nothing take no bytes, so that the size of the file does not say how many there can be. */
static void samples_of_nothing_are_counted(void **state) {
  (void)state;
  static const izh_variable v[] = {IZH_VARIABLE_V};
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 1), *copy;
  population_make(net, "E", 3, regular_spiking);
  izh_recording_def def = {.name = "v", .variables = v, .n_variables = 1, .every_ms = 1, .memory = 1 << 30};
  uint32_t index;
  MUST(izh_recording_add(net, &def, &index, &fault));
  run(net, 5000);
  bytes good = write_net(net);
  MUST(read_net(&good, &copy));
  assert_int_equal(izh_recording_describe(copy, 0).samples, 5001);
  size_t blocks = good.size - 2 * sizeof(uint64_t); /* where their number is, before that of single samples */
  static const uint64_t wrong[] = {0, 2, UINT64_C(1) << 52, UINT64_MAX};
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    izh_alloc_fail_at(1000); /* a block for each would be more */
    refuse_at(&good, blocks, wrong[i], 8, IZH_FORMAT, "invalid samples of a recording");
    izh_alloc_fail_at(0);
  }
  izh_net_destroy(net);
  izh_net_destroy(copy);
  free(good.data);
}

static double peak_bytes(void) {
  struct rusage usage;
  assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
  return 1024.0 * (double)usage.ru_maxrss;
}

/* As many populations as a file of 16 MB can have, all wrong: most of their memory is not touched. */
static void wrong_files_take_little_memory(void **state) {
  (void)state;
  skip_sanitized();
  enum { SIZE = 1 << 24 };
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 1), *copy;
  bytes good = write_net(net), bad = {.data = take(SIZE, 1), .size = SIZE};
  memset(bad.data, 0, SIZE);
  memcpy(bad.data, good.data, good.size);
  size_t at = 24 + 8 + 4 + 4 + 16; /* after the definition, the time, the trial, and the streams */
  uint64_t count = (SIZE - at) / 8 - 1;
  memcpy(bad.data + at, &count, sizeof count);
  double before = peak_bytes();
  MUST_FAIL(read_net(&bad, &copy), IZH_FORMAT, "invalid name");
  assert_true(peak_bytes() < before + 2 * SIZE);
  izh_net_destroy(net);
  free(good.data);
  free(bad.data);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(copies_go_on_alike),
      cmocka_unit_test(copies_of_recordings_in_files_are_whole),
      cmocka_unit_test(nothing_is_lost_when_memory_runs_out),
      cmocka_unit_test(copies_that_do_not_fit_are_refused),
      cmocka_unit_test(what_was_read_goes_on_alike),
      cmocka_unit_test(bytes_do_not_depend_on_threads),
      cmocka_unit_test(empty_networks_are_read),
      cmocka_unit_test(reading_survives_want_of_memory),
      cmocka_unit_test(wrong_bytes_are_refused_or_harmless),
      cmocka_unit_test(refusals_have_reasons),
      cmocka_unit_test(samples_of_nothing_are_counted),
      cmocka_unit_test(wrong_files_take_little_memory),
  };
  return RUN_TESTS(tests);
}
