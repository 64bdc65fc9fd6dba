/* Recordings, and the spool that holds them: memory, file, full disk, memory that runs out. */
#include <signal.h>
#include <sys/resource.h>

#include "base/spool.h"
#include "core/record/recording.h"
#include "scenario.h"

static const izh_variable v_and_exc[] = {IZH_VARIABLE_V, IZH_VARIABLE_I_EXC};

static izh_recording_def def_of(const char *name, izh_ids neurons, unsigned long long memory) {
  return (izh_recording_def){.name = name,
                             .neurons = neurons,
                             .variables = v_and_exc,
                             .n_variables = 2,
                             .every_ms = 1,
                             .memory = memory};
}

static izh_net *scenario_make(void) {
  izh_net_def def = izh_net_def_default();
  izh_net *net = NULL;
  MUST(scenario_build(&def, &net));
  return net;
}

/* The k-th neuron's samples of a variable. */
static double *values_of(const izh_net *net, uint32_t recording, int variable, uint64_t k) {
  double *values = take(izh_recording_describe(net, recording).samples, sizeof *values);
  MUST(izh_recording_values(net, recording, variable, k, values, &fault));
  return values;
}

/* Neurons in any order, of two populations, are those that were asked for. */
static void neurons_keep_their_order(void **state) {
  (void)state;
  static const uint32_t list[] = {79, 80, 81, 3, 2, 99, 0, 40, 41};
  izh_net *net = scenario_make();
  uint32_t some, all;
  izh_recording_def def = def_of("some", izh_ids_list(list, COUNT_OF(list)), 1000000);
  MUST(izh_recording_add(net, &def, &some, &fault));
  def = def_of("all", everyone(net), 1000000);
  MUST(izh_recording_add(net, &def, &all, &fault));
  MUST(scenario_steps(net, 300));
  assert_int_equal(izh_recording_describe(net, some).samples, 151);
  for (size_t k = 0; k < COUNT_OF(list); k++)
    for (int q = 0; q < 2; q++) {
      double *a = values_of(net, some, q, k), *b = values_of(net, all, q, list[k]);
      assert_memory_equal(a, b, 151 * sizeof *a);
      free(a);
      free(b);
    }
  izh_net_destroy(net);
}

static void blocks_come_back(void **state) {
  (void)state;
  for (unsigned long long limit = 0; limit <= 7000; limit += 3500) {
    izh_spool *spool = NULL;
    unsigned char block[1000], got[1000];
    MUST(izh_spool_create(sizeof block, limit, &spool, &fault));
    for (int b = 0; b < 10; b++) {
      for (size_t i = 0; i < sizeof block; i++) block[i] = (unsigned char)(b * 31 + (int)i);
      MUST(izh_spool_append(spool, block, &fault));
    }
    assert_int_equal(izh_spool_count(spool), 10);
    assert_true(izh_spool_in_file(spool));
    for (int b = 9; b >= 0; b--) {
      MUST(izh_spool_read(spool, (uint64_t)b, 17, got, 900, &fault));
      for (size_t i = 0; i < 900; i++) assert_int_equal(got[i], (unsigned char)(b * 31 + (int)i + 17));
    }
    izh_spool_free(spool);
  }
  izh_spool_free(NULL);
}

static void a_missing_folder_is_named(void **state) {
  (void)state;
  izh_spool *spool = NULL;
  setenv("TMPDIR", "/nowhere", 1);
  MUST(izh_spool_create(8, 0, &spool, &fault));
  MUST_FAIL(izh_spool_append(spool, "12345678", &fault), IZH_IO,
            "cannot make a temporary file in \"/nowhere\" (TMPDIR names another folder): No such file or "
            "directory");
  assert_int_equal(izh_spool_count(spool), 0);
  unsetenv("TMPDIR");
  MUST(izh_spool_append(spool, "12345678", &fault));
  izh_spool_free(spool);
}

/* A limit to the size of files stands for a full disk. */
static void limit_files(rlim_t bytes) {
  struct rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  setrlimit(RLIMIT_FSIZE, &limit);
}

/* The step says so once, the recording keeps what it has, and the run goes on with the same spikes. */
static void a_full_disk_ends_a_recording(void **state) {
  (void)state;
  signal(SIGXFSZ, SIG_IGN);
  izh_net *net = scenario_make(), *twin = scenario_make();
  uint32_t index, other;
  izh_recording_def def = def_of("big", everyone(net), 0);
  def.every_ms = 0.5;
  MUST(izh_recording_add(net, &def, &index, &fault));
  def = def_of("small", izh_ids_range(5, 1), 1000000);
  MUST(izh_recording_add(net, &def, &other, &fault));
  limit_files(1500000); /* one block is there, and not two */
  izh_status status = IZH_OK;
  int64_t steps = 0;
  for (; !status && steps < 4000; steps++) status = izh_net_step(net, &fault);
  limit_files(RLIM_INFINITY);
  assert_int_equal(status, IZH_IO);
  assert_non_null(strstr(fault.message, "recording \"big\" ends here: cannot write a temporary file in \""));
  assert_non_null(strstr(fault.message, "File too large"));
  izh_recording_info info = izh_recording_describe(net, index);
  assert_true(info.stopped && info.in_file && info.ended == steps);
  assert_int_equal(info.samples, steps + 1);
  assert_int_equal(izh_net_now(net), steps);
  MUST(scenario_steps(net, 100));
  MUST(scenario_steps(twin, steps + 100));
  assert_int_equal(izh_recording_describe(net, index).samples, info.samples);
  assert_int_equal(izh_recording_describe(net, other).samples, (steps + 100) / 2 + 1);
  double *big = values_of(net, index, 0, 5), *small = values_of(net, other, 0, 0);
  for (int64_t j = 0; j <= steps / 2; j++) assert_true(big[2 * j] == small[j]);
  free(big);
  free(small);
  assert_true(spikes_hash(net, UINT32_MAX) == spikes_hash(twin, UINT32_MAX));
  izh_net_destroy(net);
  izh_net_destroy(twin);
}

static void definitions_are_checked(void **state) {
  (void)state;
  izh_net *net = scenario_make();
  uint32_t index = 77;
  izh_recording_def def = def_of("", everyone(net), 0);
  MUST_FAIL(izh_recording_add(net, &def, &index, &fault), IZH_ARGUMENT, "the name of a recording");
  def = def_of("R", everyone(net), 0);
  const double wrong[] = {0, -1, NAN};
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    def.every_ms = wrong[i];
    MUST_FAIL(izh_recording_add(net, &def, &index, &fault), IZH_RANGE, "every must be > 0 ms");
  }
  def.every_ms = 0.7;
  MUST_FAIL(izh_recording_add(net, &def, &index, &fault), IZH_RANGE, "0.7 ms is not, 0.5 and 1 are");
  assert_int_equal(index, 77);
  assert_int_equal(izh_recording_count(net), 0);
  def.every_ms = 1;
  MUST(izh_recording_add(net, &def, &index, &fault));
  MUST_FAIL(izh_recording_add(net, &def, &index, &fault), IZH_ARGUMENT,
            "\"R\" is taken by another recording");
  izh_net_destroy(net);
}

/* Wherever memory runs out: no leak, and a network that is as it was. */
static void memory_runs_out(void **state) {
  (void)state;
  static const uint32_t list[] = {9, 4, 80};
  static const izh_variable weight = IZH_VARIABLE_WEIGHT;
  izh_net *net = scenario_make();
  long held = izh_alloc_held();
  izh_status status = IZH_MEMORY;
  uint32_t index;
  for (long n = 1; status; n++) {
    izh_alloc_fail_at(n);
    izh_recording_def def = def_of("R", izh_ids_list(list, COUNT_OF(list)), 1000000);
    status = izh_recording_add(net, &def, &index, &fault);
    izh_alloc_fail_at(0);
    assert_int_equal(status, status ? IZH_MEMORY : IZH_OK);
    assert_int_equal(izh_recording_count(net), status == IZH_OK);
    if (status) assert_in_range(izh_alloc_held(), held, held + 1); /* the list of recordings may have grown */
  }
  izh_recording_def weights = {
      .name = "W", .projection = 2, .variables = &weight, .n_variables = 1, .every_ms = 1, .memory = 1000000};
  MUST(izh_recording_add(net, &weights, &index, &fault));
  uint64_t n = izh_recording_describe(net, index).n;
  assert_int_equal(n, izh_projection_describe(net, 2).size);
  MUST(scenario_steps(net, 20));
  MUST(izh_projection_scale(net, 2, 3, &fault));
  MUST(scenario_steps(net, 20));
  double *now = take(n, sizeof *now);
  izh_projection_weights(net, 2, now);
  for (uint64_t k = 0; k < n; k += 97) {
    double *w = values_of(net, index, 0, k);
    assert_true(w[20] == now[k] && fabs(w[0] * 3 - now[k]) < 1e-12 * fabs(now[k]));
    free(w);
  }
  free(now);
  izh_net_destroy(net);
}

/* Without memory for more blocks they go to the file. */
static void a_block_without_memory_goes_to_the_file(void **state) {
  (void)state;
  izh_spool *spool = NULL;
  MUST(izh_spool_create(8, 1000, &spool, &fault));
  MUST(izh_spool_append(spool, "12345678", &fault));
  izh_alloc_fail_at(1);
  MUST(izh_spool_append(spool, "abcdefgh", &fault));
  izh_alloc_fail_at(0);
  assert_true(izh_spool_in_file(spool));
  MUST(izh_spool_append(spool, "ABCDEFGH", &fault));
  char got[9] = "";
  MUST(izh_spool_read(spool, 1, 0, got, 8, &fault));
  assert_string_equal(got, "abcdefgh");
  MUST(izh_spool_read(spool, 2, 0, got, 8, &fault));
  assert_string_equal(got, "ABCDEFGH");
  izh_alloc_fail_at(1);
  izh_spool *none = NULL;
  MUST_FAIL(izh_spool_create(8, 1000, &none, &fault), IZH_MEMORY, "out of memory");
  izh_alloc_fail_at(0);
  izh_spool_free(spool);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(neurons_keep_their_order),
      cmocka_unit_test(blocks_come_back),
      cmocka_unit_test(a_missing_folder_is_named),
      cmocka_unit_test(a_full_disk_ends_a_recording),
      cmocka_unit_test(definitions_are_checked),
      cmocka_unit_test(memory_runs_out),
      cmocka_unit_test(a_block_without_memory_goes_to_the_file),
  };
  return RUN_TESTS(tests);
}
