/* The spikes of every integrator under every kind of stimulus through every kernel, in one table of hashes:
 * the same for ever, for any instruction set, number of threads, compiler and degree of optimisation. The
 * table was made by one build (gcc, -O3, AVX-512); all others have to find it again, also that of plain C
 * (core.golden_plain). A change here means that every user's spikes have changed. */
#include "scenario.h"

enum { STIMULI = 8, KERNELS = 4 };

static const double dt_ms[IZH_INTEGRATOR_COUNT] = {0.5, 0.25, 0.25, 0.25, 0.5},
                    run_ms[IZH_INTEGRATOR_COUNT] = {40, 25, 25, 25, 13};
static const izh_kernel kernels[KERNELS] = {{.kind = IZH_KERNEL_PULSE, .values = {1}},
                                            {.kind = IZH_KERNEL_DELTA, .values = {0}},
                                            {.kind = IZH_KERNEL_EXP, .values = {3}},
                                            {.kind = IZH_KERNEL_ALPHA, .values = {2}}};

/* --- the network: each set of equations that has loops of its own, in sizes that fill no vector --- */

typedef struct cells {
  const char *name;
  izh_model model;
  uint32_t size;
  double mean, sd; /* of their noise */
  double values[IZH_Q_COUNT];
} cells;

static const cells populations[] = {
    {"E", IZH_MODEL_IZHIKEVICH2003, 131, 4, 5, {0.02, 0.2, -65, 8, -65, -13}},
    {"I", IZH_MODEL_IZHIKEVICH2003, 19, 3, 3, {0.1, 0.2, -65, 2, -60, -12}},
    {"class 1", IZH_MODEL_IZHIKEVICH2004_CLASS1, 11, 20, 8, {0.02, -0.1, -55, 6, -60, 6}},
    {"accommodation", IZH_MODEL_IZHIKEVICH2004_ACCOMMODATION, 9, 6, 9, {0.02, 1, -55, 4, -65, -16}},
    {"plain of 2007",
     IZH_MODEL_IZHIKEVICH2007,
     21,
     90,
     60,
     {0.03, -2, -50, 100, -60, 0, 100, 0.7, -60, -40, 35, 0, 0, 1e300, 0, -2, 0, -60}},
    {"rules of 2007",
     IZH_MODEL_IZHIKEVICH2007,
     18,
     150,
     90,
     {0.03, 8, -53, 20, -56, 0, 100, 1, -56, -42, 40, -0.1, 0.04, 670, -55, 7, 0.025, -56}},
};

static void cells_make(izh_net *net, const cells *c) {
  izh_population_def def = {.name = c->name, .model = c->model, .size = c->size};
  double values[IZH_Q_COUNT][131];
  for (int q = 0; q < IZH_Q_COUNT; q++) {
    for (uint32_t i = 0; i < c->size; i++) values[q][i] = c->values[q] * (1 + (q < IZH_Q_V) * 0.01 * (i % 8));
    def.values[q] = values[q];
  }
  uint32_t index, first = izh_net_size(net);
  MUST(izh_population_add(net, &def, &index, &fault));
  noise_make(net, c->name, izh_ids_range(first, c->size), c->mean, c->sd);
}

static void path_make(izh_net *net, const char *name, izh_ids pre, izh_kernel kernel, double low,
                      double high) {
  izh_projection_def def =
      projection_def(name, pre, everyone(net), (izh_rule){.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.15});
  def.kernel = kernel;
  uint32_t index;
  MUST(connect(net, &def, drawn_values(IZH_DIST_UNIFORM, low, high), drawn_values(IZH_DIST_UNIFORM, 0, 6),
               &index));
}

/* --- the stimuli, beside noise of each population --- */

static void stimulus_make(izh_net *net, int which) {
  static const uint32_t some[] = {90, 3, 160, 41, 200, 140, 175, 165};
  static const double amplitudes[] = {4, 9, 30, -3, 50, 12, 7, 20}, times[] = {0, 5, 10},
                      values[] = {1, 3, -1}, spikes[] = {3, 4, 4.2, 5, 9, 11, 11, 12, 20};
  static const uint64_t begin[] = {0, 3, 3, 8, 9, 9, 9, 9, 9};
  const izh_stimulus_def kinds[STIMULI] = {
      {.kind = IZH_STIMULUS_NOISE, .noise = {2, 9, 2, 0.3, .window = {0, INFINITY}}},
      {.kind = IZH_STIMULUS_CURRENT_STEPS,
       .current_steps = {.levels = {times, values, 3}, .amplitude = {.each = amplitudes}}},
      {.kind = IZH_STIMULUS_RAMP, .ramp = {.slope = 1, .stop = NAN, .window = {2, 20}}},
      {.kind = IZH_STIMULUS_SINE,
       .sine =
           {.amplitude = {.each = amplitudes}, .frequency_hz = 37, .phase_deg = 20, .window = {0, INFINITY}}},
      {.kind = IZH_STIMULUS_PULSE_TRAIN, .pulse_train = {{.one = 25}, {0, INFINITY}, 2, 5, 5}},
      {.kind = IZH_STIMULUS_POISSON,
       .poisson = {300, 3, 5, {.kind = IZH_KERNEL_EXP, .values = {2}}, .window = {0, INFINITY}}},
      {.kind = IZH_STIMULUS_POISSON,
       .poisson = {200, 1, 4, {.kind = IZH_KERNEL_DELTA, .values = {0}}, .window = {0, INFINITY}}},
      {.kind = IZH_STIMULUS_SPIKE_TRAIN,
       .spike_train = {{spikes, 9, begin, 8, false}, 12, {.kind = IZH_KERNEL_ALPHA, .values = {3}}}},
  };
  izh_stimulus_def def = kinds[which];
  def.name = "s";
  def.target = which == 0 ? izh_ids_range(20, 175) : izh_ids_list(some, COUNT_OF(some));
  uint32_t index;
  MUST(izh_stimulus_add(net, &def, &index, &fault));
}

static uint64_t currents_hash(const izh_net *net) {
  izh_currents currents = izh_net_currents(net);
  uint64_t hash = hash_start;
  for (uint32_t i = 0; i < izh_net_size(net); i++)
    hash = hash_add(hash_add(hash_add(hash, bits_of(currents.ext[i])), bits_of(currents.exc[i])),
                    bits_of(currents.inh[i]));
  return hash;
}

static uint64_t hash_of(int integrator, int stimulus, int kernel, int threads) {
  izh_net_def def = {.dt_ms = dt_ms[integrator],
                     .integrator = (izh_integrator)integrator,
                     .seed = 11,
                     .tolerance = 1e-11,
                     .threads = threads,
                     .neurons_a_thread = 1};
  izh_net *net = NULL;
  MUST(izh_net_create(&def, &net, &fault));
  for (size_t i = 0; i < COUNT_OF(populations); i++) cells_make(net, &populations[i]);
  path_make(net, "E", izh_ids_range(0, 131), kernels[kernel], 0, 0.9);
  path_make(net, "I", izh_ids_range(131, 19), kernels[kernel], -0.9, 0);
  path_make(net, "others", izh_ids_range(150, 59), kernels[kernel], -0.5, 0.8);
  stimulus_make(net, stimulus);
  run(net, llround(run_ms[integrator] / def.dt_ms));
  assert_in_range(spike_count(net), 30, 3000);
  uint64_t hash = hash_add(hash_add(spikes_hash(net, UINT32_MAX), states_hash(net)), currents_hash(net));
  izh_net_destroy(net);
  return hash;
}

/* --- the table: by integrator, by stimulus, by kernel --- */

static const uint64_t golden[IZH_INTEGRATOR_COUNT][STIMULI][KERNELS] = {
    {{0x0d2e2ddd5cb4a018, 0x8fd65c6cc56301f5, 0xf6ab8b737e18b668, 0x33d2a826590d9a5c},
     {0xaa2fa73723a2c67b, 0xd8d290ff2d9afd12, 0xfcc8477f92d7faf5, 0xcbf179bfe378262b},
     {0x0da99c64cb63dcf3, 0x6a4239aa20ba4113, 0xb75a4ab15567e840, 0xfad46303e6d3d4ec},
     {0xf53fe238ffa0dc9c, 0x7d3e996269139842, 0x3f868f2afb41484a, 0x786245b5b50ab650},
     {0x41ed965d93dcbb4e, 0x3f8ef1f6415354d6, 0x65579f5e54ae4bed, 0x8a302f66a7f54905},
     {0xf0efe4f41691d3a4, 0x10f50ad7d9a8378b, 0x6340ead7a13cd14f, 0x45dd08bc32a5383c},
     {0x94f4d7f2e88f8b1b, 0xd1a5112ee9de375d, 0x68253edebacafedf, 0x890ae20fc0a952ba},
     {0x017e508f6ab64482, 0x68a493ce06d7a5cd, 0xb49b13fd8edc0aff, 0x50bdb3c7d6d12ef1}},
    {{0x6ba1c29691034d94, 0x5ea1a071d6c07eea, 0x089afab3e2ee4c2b, 0xea61eeb77d530930},
     {0xb5ebab2bbe4a09de, 0x941a9f15e43895ec, 0xe3ed33e5e16f5cdb, 0x1a2d88c6d0c03c3d},
     {0xb51a1919cd1aa441, 0x5c9768f21b9ceba7, 0x155615e080c779e8, 0xcb4c2289fa31930e},
     {0x7286027b26409ec2, 0xf793bd0cce6315ef, 0xd98bc5c708c79d31, 0x3eeb874b6a6c789a},
     {0x102440c98e910e17, 0x15e5c573b34d46a5, 0x9b3baf1b4340ba6b, 0xfe268163580d9779},
     {0x41316a64d8d9246b, 0x201aefe88f6eb4ad, 0x228b120c60d3b998, 0xb139a8093a24a99f},
     {0x6932ae57c37b03d7, 0x7dcf673d2c55025b, 0xe67771e37f884101, 0x84418b75f0385857},
     {0xed9a8020c21e73d0, 0x81c666f039a30e0d, 0x30dd70739d6bbb41, 0xc6ac3a563740bec1}},
    {{0xd16cb280bcc57ff8, 0xa67f02da4c2e8b71, 0x4551c94b35b50529, 0xd6916a31807c5f2f},
     {0xeaa9fbd9da5a4298, 0x76374194ee41981a, 0x14fd8c21a117c7e6, 0x8e2dd22729b448d6},
     {0x5375e5977212064f, 0x596806c0cb4e398b, 0xc58cde9cb13ac484, 0xb571165819884c03},
     {0x13aed5f3ade7f5ec, 0xec7c0e16a7abada9, 0x01814c00f92b139a, 0xc30bac8c1b3cc0c8},
     {0x2d071725c1c96d52, 0xa24174e189f27978, 0xd2fe5bdc45c14742, 0x960975e043e3d78c},
     {0x31915c66dabb04c2, 0xb3281bd74e796dc6, 0xddcae7956a7fe48b, 0xf1878c2520dee9a3},
     {0xf4420dac7138fd79, 0x1fb6c9facf455340, 0x55faf6c3b1ab6860, 0xd11f7c8101bc227a},
     {0x98366098a39fec09, 0x7d57a1bfad046056, 0x2a504dc090cb2810, 0x00f9095309118a73}},
    {{0x2fa60af0a31f448a, 0x6ee135e48f9fe9d7, 0x63880e739b54f91b, 0x20f2bd3f91ea614c},
     {0xf033392589f41cd4, 0xc7d81239f0e50656, 0x6b44f7c648dd1362, 0x050981fc1e078ff7},
     {0xd7cd799453011ab7, 0x619fb0b55cdceb3a, 0x01ff797177988fa4, 0x4d3d8065dcfcf844},
     {0x367a9368f3bfb11e, 0xe87fbc8796c7400b, 0x4fcc74bad63fdf97, 0xd6836a8ea4e32a6f},
     {0x27c53069d2258a6b, 0xf5e55f8410d19346, 0x9fe1ad4720614553, 0x52ff7f40e4f23424},
     {0xbdd6251efb63317f, 0x87bba4b367ca6247, 0xbb28a02ca4819010, 0xc9c9f0938b2aa667},
     {0x5827eb942b082f7e, 0x8a97b468519e747d, 0xf7204dee6abc33f7, 0xd0d3eb2974adfc43},
     {0x04b1138d191b3f76, 0x32ee2b4ea0a92bbf, 0x87560a3ae33601ee, 0x7724761acffe6266}},
    {{0x76342c09c3bd9975, 0x9d8b121635a7faf3, 0x7ab6224b6c9d030f, 0x018554bd935384fe},
     {0xe84d2bc29efdda70, 0x47e86949f5b21de9, 0x6f58af6eca5087ee, 0xdeb69524932c85b9},
     {0xf47ddf96f4b0a190, 0x97d1fc42d56d31d8, 0xa24a024be3d092c6, 0xc9cbe1acfa6a4c03},
     {0x942b3058efd66089, 0xd9898acb4d07ae2d, 0x7863ba26d716209a, 0x7d0dd2506d50bfe2},
     {0x89d3700d8c55d568, 0x5e03b7bd87a7cf98, 0x436de081840b2f73, 0x1cab848a3fde0eb0},
     {0x259a5b626879d90d, 0x3fa4707aaac0878d, 0x521f3a9cc628a5c4, 0x295b55661f9ff21a},
     {0xe484a6a88f9ae38f, 0xa250783b04cf7a8c, 0x8ad72ba251374f2d, 0x522705687ffefd8f},
     {0x7d4df16c3003a37f, 0xdd7255d3329f69b6, 0x84f0bbb809956d7f, 0x32e676c186f51068}},
};

/* How many are not as the table says. */
static int wrong(void) {
  int n = 0;
  for (int i = 0; i < IZH_INTEGRATOR_COUNT; i++)
    for (int s = 0; s < STIMULI; s++) {
      uint64_t h[KERNELS];
      for (int k = 0; k < KERNELS; k++) h[k] = hash_of(i, s, k, 1);
      if (memcmp(h, golden[i][s], sizeof h) == 0) continue;
      print_error("%s, stimulus %d: {", izh_integrator_name((izh_integrator)i), s);
      for (int k = 0; k < KERNELS; k++)
        print_error("0x%016llx%s", (unsigned long long)h[k], k + 1 < KERNELS ? ", " : "},\n");
      n++;
    }
  return n;
}

static void spikes_are_those_of_the_table(void **state) {
  (void)state;
  assert_int_equal(wrong(), 0);
}

/* Each stimulus with one of the kernels. */
static void threads_do_not_matter(void **state) {
  (void)state;
  static const int threads[] = {2, 3, 8};
  for (size_t t = 0; t < COUNT_OF(threads); t++)
    for (int i = 0; i < IZH_INTEGRATOR_COUNT; i++)
      for (int s = 0; s < STIMULI; s++)
        assert_true(hash_of(i, s, (i + s) % KERNELS, threads[t]) == golden[i][s][(i + s) % KERNELS]);
}

/* All that this processor has; another build of the core may have fewer. */
static void instruction_sets_do_not_matter(void **state) {
  (void)state;
  static const char *const names[] = {"baseline", "avx2", "avx512"};
  const char *best = izh_isa_name();
  for (size_t k = 0; k < COUNT_OF(names); k++)
    if (strcmp(names[k], best) != 0 && !izh_isa_choose(names[k], &fault)) assert_int_equal(wrong(), 0);
  MUST(izh_isa_choose(best, &fault));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(spikes_are_those_of_the_table),
      cmocka_unit_test(threads_do_not_matter),
      cmocka_unit_test(instruction_sets_do_not_matter),
  };
  return RUN_TESTS(tests);
}
