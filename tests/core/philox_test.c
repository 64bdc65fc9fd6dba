/* Philox and the lanes of the noise: the published values, and independence of how a range is cut. */
#include "core/random/philox.h"
#include "helpers.h"

static void expect_block(const uint32_t key[2], const uint32_t counter[4], const uint32_t wanted[4]) {
  izh_block block = izh_philox((izh_key){key[0], key[1]}, counter[0], counter[1], counter[2], counter[3]);
  for (int i = 0; i < 4; i++) assert_int_equal(block.w[i], wanted[i]);
}

/* kat_vectors of Random123, philox4x32 with 10 rounds */
static void published_vectors(void **state) {
  (void)state;
  const uint32_t ones = 0xffffffffu;
  expect_block((uint32_t[]){0, 0}, (uint32_t[]){0, 0, 0, 0},
               (uint32_t[]){0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  expect_block((uint32_t[]){ones, ones}, (uint32_t[]){ones, ones, ones, ones},
               (uint32_t[]){0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  expect_block((uint32_t[]){0xa4093822, 0x299f31d0},
               (uint32_t[]){0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
               (uint32_t[]){0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

static void sequence_is_the_blocks(void **state) {
  (void)state;
  izh_key key = {3, 14};
  izh_rng rng = izh_rng_make(key, 15, 92);
  for (uint32_t n = 0; n < 100; n++) {
    izh_block block = izh_philox(key, n, 15, 92, 0);
    for (int i = 0; i < 4; i++) assert_int_equal(izh_rng_word(&rng), block.w[i]);
  }
}

/* Two normals of two words, as the method says, in long double but for the uniform number of the radius,
 * which has single precision. The second word is an angle within a quarter turn of 0, and the last bit of the
 * first says whether it is on the other side. */
static void box_muller(uint32_t w0, uint32_t w1, double z[2]) {
  const long double half_turn = 3.14159265358979323846L;
  float u = ((float)(w0 >> 1) + 0.5f) * 0x1p-31f;
  long double angle = half_turn * (long double)(int32_t)w1 * 0x1p-32L;
  long double radius = sqrtl(-2 * logl((long double)u));
  z[0] = (double)(radius * cosl(angle)) * (w0 & 1 ? -1 : 1);
  z[1] = (double)(radius * sinl(angle));
}

/* The noise of neuron 64 g + 16 c + l is number c of the block with counter (16 g + l, 0, k). */
static void noise_is_of_the_block(void **state) {
  (void)state;
  izh_key key = {2026, 0xfeedbeef};
  const uint64_t draws[] = {0, 1, 4294967295u, 4294967296u, 0x123456789abcdefu};
  float z[64];
  for (size_t d = 0; d < COUNT_OF(draws); d++)
    for (uint32_t group = 0; group < 200; group++) {
      izh_gauss(key, 64 * group, 64, draws[d], z);
      for (uint32_t lane = 0; lane < 16; lane++) {
        izh_block b = izh_philox(key, 16 * group + lane, 0, (uint32_t)draws[d], (uint32_t)(draws[d] >> 32));
        double wanted[4];
        box_muller(b.w[0], b.w[1], wanted);
        box_muller(b.w[2], b.w[3], wanted + 2);
        for (uint32_t c = 0; c < 4; c++) assert_true(fabs((double)z[16 * c + lane] - wanted[c]) < 3e-6);
      }
    }
}

enum { NEURONS = 517 };

static void any_cut_gives_the_same(void **state) {
  (void)state;
  izh_key key = {7, 99};
  float whole[NEURONS], part[NEURONS];
  izh_gauss(key, 0, NEURONS, 5, whole);
  for (uint32_t first = 0; first < 140; first++)
    for (uint32_t n = 0; n < 150; n += 1 + n / 9) {
      for (uint32_t i = 0; i <= n; i++) part[i] = 77;
      izh_gauss(key, first, n, 5, part);
      assert_memory_equal(part, whole + first, n * sizeof *part);
      assert_true(part[n] == 77); /* nothing is written behind the end */
    }
}

static void the_last_neurons_have_noise(void **state) {
  (void)state;
  izh_key key = {7, 99};
  float pair[8], one;
  izh_gauss(key, UINT32_MAX - 8, 8, 1, pair);
  for (uint32_t i = 0; i < 8; i++) {
    izh_gauss(key, UINT32_MAX - 8 + i, 1, 1, &one);
    assert_true(one == pair[i]);
  }
}

/* A stimulus gives a neuron the same noise whether its target is a range, a list, or a shuffled list. */
static void targets_do_not_change_noise(void **state) {
  (void)state;
  enum { N = 41 };
  uint32_t list[N], shuffled[N];
  for (uint32_t i = 0; i < N; i++) list[i] = 3 + i;
  for (uint32_t i = 0; i < N; i++) shuffled[i] = 3 + (i * 17 + 5) % N;
  izh_ids targets[3] = {izh_ids_range(3, N), izh_ids_list(list, N), izh_ids_list(shuffled, N)};
  double values[3][N];
  for (int t = 0; t < 3; t++) {
    izh_net *net = net_make(1, IZH_INTEGRATOR_EULER, 11);
    population_make(net, "P", 60, regular_spiking);
    uint32_t noise = noise_make(net, "noise", targets[t], 0.5, 2);
    run(net, 3);
    izh_stimulus_values(net, noise, values[t]);
    izh_net_destroy(net);
  }
  for (uint32_t i = 0; i < N; i++) {
    assert_true(values[0][i] == values[1][i]);
    assert_true(values[2][i] == values[0][shuffled[i] - 3]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(published_vectors),           cmocka_unit_test(sequence_is_the_blocks),
      cmocka_unit_test(noise_is_of_the_block),       cmocka_unit_test(any_cut_gives_the_same),
      cmocka_unit_test(the_last_neurons_have_noise), cmocka_unit_test(targets_do_not_change_noise),
  };
  return RUN_TESTS(tests);
}
