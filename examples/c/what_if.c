/* what_if.c: the same noise, one thing changed. A network is copied midway, and inhibition is made three
 * times as strong in one of the two. Both then run at once, each in a thread of its own: whatever differs
 * between them is caused by what was done to one.
 *
 *   cc what_if.c -pthread $(pkg-config --cflags --libs izhlua) -o what_if && ./what_if */
#include <izhlua.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { SIZE_E = 40, SIZE_I = 10 };

/* Ends the program when a call has failed. */
static void must(izh_status status, const izh_err *err) {
  if (status == IZH_OK) return;
  fprintf(stderr, "what_if: %s\n", err->message);
  exit(EXIT_FAILURE);
}

/* A population of neurons that are all alike, each with noise of its own. */
static izh_ids add_neurons(izh_net *net, const char *name, uint32_t size, const double abcd[4],
                           double noise_sd) {
  static const char *const names[4] = {"a", "b", "c", "d"};
  double values[4][SIZE_E];
  char noise_name[32];
  uint32_t population, stimulus;
  izh_err err;
  izh_population_def def = izh_population_def_default(IZH_MODEL_IZHIKEVICH2003);
  const izh_model_info *model = izh_model_describe(def.model);
  def.name = name;
  def.size = size;
  for (int q = 0; q < 4; q++) {
    for (uint32_t i = 0; i < size; i++) values[q][i] = abcd[q];
    def.values[izh_quantity_find(model->quantities, model->n, names[q])] = values[q];
  }
  must(izh_population_add(net, &def, &population, &err), &err);
  izh_ids ids = izh_population_ids(net, population);

  snprintf(noise_name, sizeof noise_name, "%s.noise", name);
  izh_stimulus_def noise = izh_stimulus_def_default(IZH_STIMULUS_NOISE);
  noise.name = noise_name;
  noise.target = ids;
  noise.noise.sd = noise_sd;
  must(izh_stimulus_add(net, &noise, &stimulus, &err), &err);
  return ids;
}

/* Each pair with probability 0.5; the number of the projection. */
static uint32_t connect(izh_net *net, const char *name, izh_ids pre, izh_ids post, double weight) {
  izh_projection_def def = izh_projection_def_default();
  def.name = name;
  def.pre = pre;
  def.post = post;
  def.rule = (izh_rule){.kind = IZH_RULE_PAIRWISE_BERNOULLI, .p = 0.5};
  def.weight.one = weight;
  uint32_t projection;
  izh_err err;
  must(izh_net_connect(net, &def, &projection, &err), &err);
  return projection;
}

static void *run(void *net) {
  izh_err err;
  must(izh_net_run(net, 500, &err), &err);
  return NULL;
}

static void print_spikes(const char *what, const izh_net *net) {
  izh_spikes spikes = izh_net_spikes(net);
  int64_t now = izh_net_now(net);
  uint64_t before = spikes.begin[now / 2], all = spikes.begin[now];
  printf("%s: %llu spikes before 500 ms, %llu after\n", what, (unsigned long long)before,
         (unsigned long long)(all - before));
}

int main(void) {
  static const double excitatory[4] = {0.02, 0.2, -65, 8}, inhibitory[4] = {0.1, 0.2, -65, 2};
  izh_net *net, *control;
  izh_err err;
  izh_net_def def = izh_net_def_default();
  def.seed = 7;
  must(izh_net_create(&def, &net, &err), &err);
  izh_ids E = add_neurons(net, "E", SIZE_E, excitatory, 5);
  izh_ids I = add_neurons(net, "I", SIZE_I, inhibitory, 2);
  izh_ids all = izh_ids_range(0, izh_net_size(net));
  connect(net, "excitation", E, all, 6);
  uint32_t inhibition = connect(net, "inhibition", I, all, -5);

  must(izh_net_run(net, 500, &err), &err);
  must(izh_net_copy(net, &control, &err), &err);
  must(izh_projection_scale(net, inhibition, 3, &err), &err);

  pthread_t thread;
  if (pthread_create(&thread, NULL, run, control) != 0) {
    fputs("what_if: there can be no more threads\n", stderr);
    return EXIT_FAILURE;
  }
  run(net);
  pthread_join(thread, NULL);

  print_spikes("control", control);
  print_spikes("inhibition x 3", net);
  izh_net_destroy(control);
  izh_net_destroy(net);
  return EXIT_SUCCESS;
}
