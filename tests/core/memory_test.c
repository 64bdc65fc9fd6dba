/* Memory that runs out: at each allocation in turn, through the whole life of a network. */
#include <limits.h>

#include "base/memory.h"
#include "base/sort.h"
#include "scenario.h"

static izh_net_def scenario_def(void) {
  return (izh_net_def){.dt_ms = 1, .seed = 3, .tolerance = 1e-9, .threads = 1, .neurons_a_thread = 1};
}

/* The hash of a scenario's spikes and states; 0 when memory ran out. */
static uint64_t scenario_with_failure(long at) {
  izh_net_def def = scenario_def();
  izh_net *net = NULL;
  fault = (izh_err){0};
  izh_alloc_fail_at(at);
  izh_status status = scenario_build(&def, &net);
  if (!status) status = scenario_run(net);
  izh_alloc_fail_at(0);
  if (status) {
    assert_int_equal(status, IZH_MEMORY);
    assert_int_equal(fault.status, IZH_MEMORY);
    assert_non_null(strstr(fault.message, "out of memory"));
  }
  uint64_t hash = status ? 0 : hash_add(spikes_hash(net, UINT32_MAX), states_hash(net));
  izh_net_destroy(net);
  return hash;
}

/* No crash and no leak wherever memory runs out for good, and in the end the spikes of all others. */
static void no_failure_leaks(void **state) {
  (void)state;
  scenario_retries = false;
  long held = izh_alloc_held();
  uint64_t wanted = scenario_with_failure(0), got = 0;
  assert_int_equal(izh_alloc_held(), held);
  long n = 0;
  while (got == 0) {
    got = scenario_with_failure(++n);
    assert_int_equal(izh_alloc_held(), held);
  }
  assert_true(got == wanted);
  assert_in_range(n, 200, 2000); /* the scenario has so many allocations */
}

/* When only one call fails and is made again, the network is as if nothing had been. */
static void no_failure_stays(void **state) {
  (void)state;
  long held = izh_alloc_held(), n = 0;
  scenario_retries = false;
  uint64_t wanted = scenario_with_failure(0);
  scenario_retries = true;
  for (int in_steps = 0; in_steps < 1;) {
    uint64_t got = scenario_with_failure(++n);
    assert_int_equal(izh_alloc_held(), held);
    if (got == 0)
      in_steps++; /* a step that found no room cannot be made again: the last kind there is */
    else
      assert_true(got == wanted);
  }
  scenario_retries = false;
  assert_in_range(n, 180, 2000);
}

/* Each function says IZH_MEMORY when there is none at all, and the network goes on as its twin. */
static void nothing_changes_without_memory(void **state) {
  (void)state;
  izh_net_def def = scenario_def();
  izh_net *net = NULL, *twin = NULL, *third = NULL;
  MUST(scenario_build(&def, &net));
  MUST(scenario_build(&def, &twin));
  run(net, 10);
  run(twin, 10);
  izh_values drawn = drawn_values(IZH_DIST_NORMAL, 0, 1);
  double *weights = take(izh_projection_describe(net, 0).size, sizeof *weights);
  izh_values given = given_values(weights);
  izh_alloc_fail_at(1);
  MUST_FAIL(izh_net_create(&def, &third, &fault), IZH_MEMORY, NULL);
  MUST_FAIL(scenario_population(net, "new", 5, true), IZH_MEMORY, NULL);
  uint32_t index;
  MUST_FAIL(population_add(net, "new", 5, regular_spiking, &index), IZH_MEMORY, NULL);
  MUST_FAIL(izh_projection_set_weights(net, 0, &drawn, &fault), IZH_MEMORY, NULL);
  MUST_FAIL(izh_projection_set_weights(net, 0, &given, &fault), IZH_MEMORY, NULL);
  MUST_FAIL(scenario_path(net, "new", everyone(net), everyone(net), (izh_rule){0}, 1, drawn, given),
            IZH_MEMORY, NULL);
  izh_alloc_fail_at(0);
  MUST(scenario_run(net));
  MUST(scenario_run(twin));
  assert_true(spikes_hash(net, UINT32_MAX) == spikes_hash(twin, UINT32_MAX));
  assert_true(states_hash(net) == states_hash(twin));
  free(weights);
  izh_net_destroy(net);
  izh_net_destroy(twin);
}

/* A step without room for its spikes is not counted, and there is no other. */
static void a_step_without_memory_is_the_last(void **state) {
  (void)state;
  izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 1);
  population_make(net, "P", 100, (const double[]){0.02, 0.2, -65, 0, 0, -1000}); /* all fire */
  izh_alloc_fail_at(1);
  MUST_FAIL(izh_net_step(net, &fault), IZH_MEMORY, NULL);
  izh_alloc_fail_at(0);
  MUST_FAIL(izh_net_step(net, &fault), IZH_MEMORY, "earlier step");
  assert_int_equal(izh_net_now(net), 0);
  assert_int_equal(spike_count(net), 0);
  izh_net_destroy(net);
  izh_net_destroy(NULL);
  izh_wiring_free(NULL);
}

/* --- the allocator --- */

static void allocator_counts_and_refuses(void **state) {
  (void)state;
  long held = izh_alloc_held();
  assert_null(izh_alloc(SIZE_MAX / 2, 3));
  assert_null(izh_alloc(SIZE_MAX, SIZE_MAX));
  assert_null(izh_alloc_zero(SIZE_MAX / 8 + 2, 8));
  void *empty = izh_alloc(0, 8), *none = izh_alloc_zero(8, 0), *block = izh_realloc(NULL, 3, 5);
  assert_true(empty && none && block);
  assert_null(izh_realloc(block, SIZE_MAX / 4, 8));
  block = izh_realloc(block, 0, 8);
  assert_non_null(block);
  assert_int_equal(izh_alloc_held(), held + 3);
  izh_free(empty);
  izh_free(none);
  izh_free(block);
  izh_free(NULL);
  assert_int_equal(izh_alloc_held(), held);
}

static void arrays_grow_by_doubling(void **state) {
  (void)state;
  size_t capacity = 0, moves = 0, before = 0;
  int *array = NULL;
  for (size_t want = 1; want < 5000; want++) {
    array = izh_grow(array, &capacity, want, sizeof *array);
    assert_true(array && capacity >= want);
    array[want - 1] = (int)want;
    moves += capacity != before;
    before = capacity;
  }
  for (int i = 0; i < 4999; i++) assert_int_equal(array[i], i + 1);
  assert_true(moves < 12);
  assert_null(izh_grow(array, &capacity, SIZE_MAX / 2, sizeof *array));
  izh_alloc_fail_at(2); /* the second and all later */
  void *first = izh_alloc(1, 1);
  assert_non_null(first);
  for (int i = 0; i < 3; i++) assert_null(izh_alloc(1, 1));
  assert_null(izh_strdup("text"));
  izh_alloc_fail_at(0);
  char *text = izh_strdup("text");
  assert_string_equal(text, "text");
  izh_free(text);
  izh_free(first);
  izh_free(array);
}

static void free_memory_is_plausible(void **state) {
  (void)state;
  unsigned long long now = izh_memory_free();
  assert_true(now > 16ull << 20);
  assert_true(now == ULLONG_MAX || now < 1ull << 50);
}

static void bytes_have_three_digits(void **state) {
  (void)state;
  static const struct {
    unsigned long long bytes;
    const char *text;
  } cases[] = {{0, "0 bytes"},        {512, "512 bytes"},     {999, "999 bytes"},
               {1000, "1.0 KB"},      {1500, "1.5 KB"},       {9949, "9.9 KB"},
               {9950, "10 KB"},       {99500, "100 KB"},      {999499, "999 KB"},
               {999500, "1.0 MB"},    {92000000000, "92 GB"}, {1234567890123, "1.2 TB"},
               {ULLONG_MAX, "18 EB"}, {9960000, "10 MB"},     {1000000000000000, "1.0 PB"}};
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    char text[IZH_BYTES_TEXT_SIZE];
    assert_string_equal(izh_bytes_text(text, cases[i].bytes), cases[i].text);
  }
}

/* --- sorting --- */

static int low_bit; /* of the comparison */

static int compare_keys(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a >> low_bit, y = *(const uint64_t *)b >> low_bit;
  return (x > y) - (x < y);
}

/* A stable sort to compare with: by insertion. */
static void insert_sorted(uint64_t *keys, size_t n) {
  for (size_t i = 1; i < n; i++)
    for (size_t j = i; j > 0 && compare_keys(&keys[j - 1], &keys[j]) > 0; j--) {
      uint64_t swap = keys[j];
      keys[j] = keys[j - 1];
      keys[j - 1] = swap;
    }
}

static void sorting_is_stable(void **state) {
  (void)state;
  static const int low_bits[] = {0, 8, 32, 40, 56, 60, 3, 29};
  static const uint64_t masks[] = {~0ull, 0xff, 0xff00ff0000000000u, 0x0000000f00000003u, 0x8080808080808080u,
                                   0};
  izh_rng rng = izh_rng_make((izh_key){1, 1}, 1, 1);
  for (size_t n = 0; n < 400; n += 1 + n / 3)
    for (size_t b = 0; b < COUNT_OF(low_bits); b++)
      for (size_t m = 0; m < COUNT_OF(masks); m++) {
        uint64_t keys[400], copy[400], scratch[400];
        low_bit = low_bits[b];
        for (size_t i = 0; i < n; i++)
          copy[i] = keys[i] = ((uint64_t)izh_rng_word(&rng) << 32 | izh_rng_word(&rng)) & masks[m];
        izh_sort_keys(keys, scratch, n, low_bit);
        insert_sorted(copy, n);
        assert_memory_equal(keys, copy, n * sizeof *keys);
      }
}

static void sorting_many_is_qsort(void **state) {
  (void)state;
  enum { N = 100000 };
  uint64_t *keys = take(3 * N, sizeof *keys), *copy = keys + N;
  izh_rng rng = izh_rng_make((izh_key){1, 2}, 1, 1);
  for (int i = 0; i < N; i++) copy[i] = keys[i] = (uint64_t)izh_rng_word(&rng) << 32 | izh_rng_word(&rng);
  izh_sort_keys(keys, keys + 2 * N, N, 0);
  low_bit = 0;
  qsort(copy, N, sizeof *copy, compare_keys);
  assert_memory_equal(keys, copy, N * sizeof *keys);
  free(keys);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_failure_leaks),
      cmocka_unit_test(no_failure_stays),
      cmocka_unit_test(nothing_changes_without_memory),
      cmocka_unit_test(a_step_without_memory_is_the_last),
      cmocka_unit_test(allocator_counts_and_refuses),
      cmocka_unit_test(arrays_grow_by_doubling),
      cmocka_unit_test(free_memory_is_plausible),
      cmocka_unit_test(bytes_have_three_digits),
      cmocka_unit_test(sorting_is_stable),
      cmocka_unit_test(sorting_many_is_qsort),
  };
  return RUN_TESTS(tests);
}
