/* The ways in which synapses lie in memory, and are found and added: for each, what arrives at every neuron
 * is what a slow sum over the list of synapses gives, to the last bit, on one thread and on several. */
#include "core/synapse/synapses.h"
#include "helpers.h"

enum { STEPS = 40 };

typedef struct layout {
  const char *name;
  uint32_t size;
  izh_rule rule;
  izh_dist delay;
  uint32_t reversed; /* the sources are a list of so many neurons, backwards; 0: all neurons */
  enum { DRAWN, ONE, GIVEN } weights; /* drawn and given ones are of both signs */
  int threads;
  uint32_t neurons_a_thread;
  /* what must come out */
  enum { FAR, NEAR, TIED } targets;
  bool full;
  uint32_t blocks;
} layout;

#define OUTDEGREE(count)                                                                                     \
  { .kind = IZH_RULE_FIXED_OUTDEGREE, .n = (count) }
#define ALL                                                                                                  \
  { .kind = IZH_RULE_ALL_TO_ALL }
#define UNIFORM(most)                                                                                        \
  {                                                                                                          \
    .kind = IZH_DIST_UNIFORM, .p = { 0, (most) }                                                             \
  }

static const layout layouts[] = {
    {"a row of neighbours", 300, ALL, UNIFORM(0), 0, DRAWN, 1, 1, NEAR, true, 1},
    {"with autapses",
     300,
     {.kind = IZH_RULE_ALL_TO_ALL, .autapses = true},
     UNIFORM(0),
     0,
     ONE,
     1,
     1,
     NEAR,
     true,
     1},
    {"blocks of threads", 300, ALL, UNIFORM(0), 0, DRAWN, 3, 100, NEAR, true, 3},
    {"short blocks of threads", 300, OUTDEGREE(20), UNIFORM(0), 0, DRAWN, 3, 100, NEAR, true, 3},
    {"borders within a block", 300, OUTDEGREE(20), UNIFORM(0), 0, DRAWN, 12, 25, TIED, true, 1},
    {"several delays", 300, OUTDEGREE(50), UNIFORM(4), 7, DRAWN, 2, 100, NEAR, true, 2},
    {"several delays, borders within a block", 300, OUTDEGREE(20), UNIFORM(4), 7, DRAWN, 3, 100, NEAR, true,
     1},
    {"most keys are missing", 300, OUTDEGREE(5), UNIFORM(30), 0, DRAWN, 2, 100, NEAR, false, 1},
    {"more keys than are counted", 9000, OUTDEGREE(3), UNIFORM(9000), 0, ONE, 1, 1, NEAR, false, 1},
    {"several synapses of a pair",
     300,
     {.kind = IZH_RULE_FIXED_OUTDEGREE, .n = 290, .multapses = true},
     UNIFORM(1),
     0,
     DRAWN,
     1,
     1,
     TIED,
     true,
     1},
    {"two blocks", 70000, OUTDEGREE(40), UNIFORM(0), 300, DRAWN, 1, 1, TIED, true, 2},
    {"two blocks, two threads", 70000, OUTDEGREE(70), UNIFORM(1), 300, ONE, 2, 100, NEAR, true, 2},
    {"targets of 32 bits", 70000, OUTDEGREE(9), UNIFORM(3), 300, DRAWN, 2, 100, FAR, true, 1},
    {"short segments stay whole for one thread", 70000, OUTDEGREE(24), UNIFORM(3), 300, DRAWN, 1, 1, FAR,
     true, 1},
    {"32 bits and few of the keys", 70000, OUTDEGREE(4), UNIFORM(20), 300, DRAWN, 1, 1, FAR, false, 1},
    {"32 bits, a constant weight", 70000, OUTDEGREE(9), UNIFORM(3), 300, ONE, 3, 100, FAR, true, 1},
    {"bernoulli",
     300,
     {.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.4},
     UNIFORM(2),
     0,
     DRAWN,
     2,
     100,
     TIED,
     true,
     2},
    {"32 bits, given weights", 70000, OUTDEGREE(9), UNIFORM(3), 300, GIVEN, 2, 100, FAR, true, 1},
    {"few of the keys, two blocks",
     70000,
     {.kind = IZH_RULE_PAIRS},
     UNIFORM(0),
     300,
     GIVEN,
     1,
     1,
     NEAR,
     false,
     2},
};

/* All synapses of the first of the sources, onto every 7th neuron. */
static izh_rule hub(const layout *l, uint32_t *pairs) {
  uint32_t n = l->size / 7;
  for (uint32_t k = 0; k < n; k++) {
    pairs[2 * k] = l->size - 1;
    pairs[2 * k + 1] = 7 * k;
  }
  return (izh_rule){.kind = IZH_RULE_PAIRS, .n = n, .pairs = pairs};
}

static izh_net *build(const layout *l, uint32_t *list) {
  izh_net_def def = {.dt_ms = 1,
                     .seed = 11,
                     .tolerance = 1e-9,
                     .threads = l->threads,
                     .neurons_a_thread = l->neurons_a_thread};
  izh_net *net = NULL;
  MUST(izh_net_create(&def, &net, &fault));
  population_make(net, "P", l->size, regular_spiking);
  for (uint32_t k = 0; k < l->reversed; k++) list[k] = l->size - 1 - 3 * k;
  izh_ids pre = l->reversed ? izh_ids_list(list, l->reversed) : everyone(net);
  uint32_t *pairs = take(2 * (size_t)l->size, sizeof *pairs);
  izh_rule rule = l->rule.kind == IZH_RULE_PAIRS ? hub(l, pairs) : l->rule;
  izh_projection_def projection = projection_def("p", pre, everyone(net), rule);
  izh_values delay = {.kind = IZH_VALUES_DRAWN, .drawn = l->delay};
  size_t n = (size_t)izh_rule_estimate(&rule, &pre, &projection.post);
  double *given = take(l->weights == GIVEN ? n : 0, sizeof *given);
  for (size_t k = 0; k < n && l->weights == GIVEN; k++) given[k] = (double)(k * 37 % 201) / 64 - 1.5;
  izh_values weight = l->weights == ONE     ? one_value(-0.7)
                      : l->weights == GIVEN ? given_values(given)
                                            : drawn_values(IZH_DIST_UNIFORM, -1, 1);
  uint32_t index;
  MUST(connect(net, &projection, weight, delay, &index));
  free(given);
  free(pairs);
  noise_make(net, "n", everyone(net), 0, 40);
  return net;
}

/* A synapse as the walk gives it. */
typedef struct one {
  uint32_t post, delay;
  double weight;
} one;

/* What arrived in the last step, from the list of synapses: row_of[neuron] … row_of[neuron + 1] - 1 are its
 * own. */
static void sum_slowly(const izh_net *net, const one *synapses, const uint64_t *row_begin,
                       const uint64_t *row_end, uint32_t longest, double *exc, double *inh) {
  izh_spikes spikes = izh_net_spikes(net);
  for (uint32_t i = 0; i < izh_net_size(net); i++) exc[i] = inh[i] = 0;
  for (uint32_t d = 0; d <= longest; d++) {
    int64_t emitted = izh_net_now(net) - 2 - d;
    if (emitted < 0) return;
    for (uint64_t s = spikes.begin[emitted]; s < spikes.begin[emitted + 1]; s++)
      for (uint64_t k = row_begin[spikes.index[s]]; k < row_end[spikes.index[s]]; k++)
        if (synapses[k].delay == d)
          *(synapses[k].weight < 0 ? &inh[synapses[k].post] : &exc[synapses[k].post]) += synapses[k].weight;
  }
}

static void check(const layout *l) {
  uint32_t list[1000];
  izh_net *net = build(l, list);
  const izh_projection *p = &net->projections[0];
  int targets = p->tied ? TIED : p->near ? NEAR : FAR;
  if (targets != (int)l->targets || (p->row_segment == NULL) != l->full || p->n_blocks != l->blocks) {
    print_error("%s: targets %d, full %d, %u blocks\n", l->name, targets, p->row_segment == NULL,
                p->n_blocks);
    fail();
  }
  uint32_t longest = p->delays[p->n_delays - 1], size = l->size;
  one *synapses = take(p->n, sizeof *synapses);
  uint64_t *begin = take(size, sizeof *begin), *end = take(size, sizeof *end);
  double *exc = take(size, sizeof *exc), *inh = take(size, sizeof *inh);
  izh_synapse walk = {0};
  for (uint64_t k = 0; izh_projection_next(net, 0, &walk); k++) {
    if (end[walk.pre] == 0) begin[walk.pre] = k;
    end[walk.pre] = k + 1;
    synapses[k] = (one){walk.post, (uint32_t)walk.delay_ms, walk.weight};
  }
  uint64_t arrived = 0;
  for (int step = 0; step < STEPS; step++) {
    MUST(izh_net_step(net, &fault));
    sum_slowly(net, synapses, begin, end, longest, exc, inh);
    izh_currents currents = izh_net_currents(net);
    for (uint32_t i = 0; i < size; i++) {
      if (currents.exc[i] != exc[i] || currents.inh[i] != inh[i]) {
        print_error("%s: step %d, neuron %u: %.17g and %.17g instead of %.17g and %.17g\n", l->name, step, i,
                    currents.exc[i], currents.inh[i], exc[i], inh[i]);
        fail();
      }
      arrived += exc[i] != 0 || inh[i] != 0;
    }
  }
  if (arrived < 100) {
    print_error("%s: only %llu sums\n", l->name, (unsigned long long)arrived);
    fail();
  }
  free(synapses);
  free(begin);
  free(end);
  free(exc);
  free(inh);
  izh_net_destroy(net);
}

static void every_layout_adds_the_same(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT_OF(layouts); i++) check(&layouts[i]);
}

/* Neurons added later move the borders between threads, so that they cut blocks. */
static void borders_may_move(void **state) {
  (void)state;
  uint64_t sums[2] = {0};
  for (int threads = 1; threads <= 3; threads += 2) {
    layout l = layouts[2];
    l.threads = threads;
    izh_net *net = build(&l, NULL);
    population_make(net, "Q", 77, fast_spiking);
    for (int step = 0; step < STEPS; step++) run(net, 1);
    izh_spikes spikes = izh_net_spikes(net);
    for (uint64_t s = 0; s < spikes.begin[STEPS]; s++)
      sums[threads > 1] = sums[threads > 1] * 31 + spikes.index[s];
    assert_true(spikes.begin[STEPS] > 100);
    izh_net_destroy(net);
  }
  assert_true(sums[0] == sums[1]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_layout_adds_the_same),
      cmocka_unit_test(borders_may_move),
  };
  return RUN_TESTS(tests);
}
