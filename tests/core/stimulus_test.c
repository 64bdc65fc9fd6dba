/* Stimuli: currents against their formulas, spikes from outside against spikes of the network. */
#include "base/exactmath.h"
#include "core/net/state.h"
#include "helpers.h"

enum { N = 6 };

static const double dts[] = {1, 0.5, 0.25, 0.1};
static const uint32_t unsorted[] = {4, 0, 5, 2};

static izh_net *net_of(double dt) {
  izh_net *net = net_make(dt, IZH_INTEGRATOR_IZHIKEVICH2003, 11);
  population_make(net, "P", N, regular_spiking);
  return net;
}

static uint32_t stimulus_make(izh_net *net, const izh_stimulus_def *def) {
  uint32_t index;
  MUST(izh_stimulus_add(net, def, &index, &fault));
  return index;
}

/* What the last step gave to each neuron, which must be what the network says, too. */
static void values_of(const izh_net *net, uint32_t stimulus, double *values) {
  uint32_t neurons[N];
  izh_stimulus_values(net, stimulus, values);
  izh_stimulus_neurons(net, stimulus, neurons);
  if (izh_stimulus_count(net) == 1)
    for (uint32_t k = 0; k < izh_stimulus_size(net, stimulus); k++)
      assert_true(izh_net_currents(net).ext[neurons[k]] == values[k]);
}

/* --- waves --- */

static double ramp_at(const izh_ramp *ramp, double elapsed) {
  return ramp->start + ramp->slope * elapsed;
}

static double sine_at(const izh_sine *sine, double amplitude, double elapsed) {
  double cycles = sine->frequency_hz * elapsed / 1000 + sine->phase_deg / 360;
  return sine->offset + amplitude * sin(2 * 3.14159265358979323846 * cycles);
}

static double pulses_at(const izh_pulse_train *train, double amplitude, double elapsed) {
  double pulse = floor((elapsed + 1e-9) / train->period_ms);
  if (pulse >= train->pulses) return 0;
  return elapsed - pulse * train->period_ms < train->width_ms - 1e-9 ? amplitude : 0;
}

static double wave_at(const izh_stimulus_def *def, double amplitude, double t) {
  izh_window window = def->kind == IZH_STIMULUS_RAMP   ? def->ramp.window
                      : def->kind == IZH_STIMULUS_SINE ? def->sine.window
                                                       : def->pulse_train.window;
  double elapsed = t - window.from_ms;
  if (t < window.from_ms - 1e-9 || t >= window.to_ms - 1e-9) return 0;
  if (def->kind == IZH_STIMULUS_RAMP) return ramp_at(&def->ramp, elapsed);
  if (def->kind == IZH_STIMULUS_SINE) return sine_at(&def->sine, amplitude, elapsed);
  return pulses_at(&def->pulse_train, amplitude, elapsed);
}

static void check_wave(double dt, izh_stimulus_def def) {
  static const double amplitudes[] = {1, -2, 0, 0.5};
  for (int each = 0; each < 2; each++) {
    izh_net *net = net_of(dt);
    def.name = "wave";
    def.target = izh_ids_list(unsorted, COUNT_OF(unsorted));
    izh_amplitude amplitude = {3, each ? amplitudes : NULL};
    if (def.kind == IZH_STIMULUS_SINE) def.sine.amplitude = amplitude;
    if (def.kind == IZH_STIMULUS_PULSE_TRAIN) def.pulse_train.amplitude = amplitude;
    run(net, llround(2 / dt)); /* it is added after 2 ms */
    uint32_t index = stimulus_make(net, &def);
    for (int64_t step = llround(2 / dt); step < llround(60 / dt); step++) {
      double values[N];
      run(net, 1);
      values_of(net, index, values);
      for (size_t k = 0; k < COUNT_OF(unsorted); k++) {
        double want = wave_at(&def, each ? amplitudes[k] : 3, (double)step * dt);
        if (!(fabs(values[k] - want) < 1e-11))
          fail_msg("dt %g, step %lld, neuron %zu: %.17g, not %.17g", dt, (long long)step, k, values[k], want);
      }
    }
    izh_net_destroy(net);
  }
}

static void waves_follow_their_formulas(void **state) {
  (void)state;
  const double no_end = INFINITY;
  for (size_t i = 0; i < COUNT_OF(dts); i++) {
    const izh_stimulus_def cases[] = {
        {.kind = IZH_STIMULUS_RAMP, .ramp = {0, 0.25, NAN, {0, no_end}}},
        {.kind = IZH_STIMULUS_RAMP, .ramp = {5, -0.3, NAN, {10, 31}}},
        {.kind = IZH_STIMULUS_SINE, .sine = {.frequency_hz = 40, .window = {0, no_end}}},
        {.kind = IZH_STIMULUS_SINE,
         .sine = {.frequency_hz = 123.4, .phase_deg = -90, .offset = 2, .window = {7, 50}}},
        {.kind = IZH_STIMULUS_SINE, .sine = {.phase_deg = 810, .window = {0, no_end}}},
        {.kind = IZH_STIMULUS_PULSE_TRAIN, .pulse_train = {{0}, {0, no_end}, 1, 10, INFINITY}},
        {.kind = IZH_STIMULUS_PULSE_TRAIN, .pulse_train = {{0}, {5, 26}, 3, 7, INFINITY}},
        {.kind = IZH_STIMULUS_PULSE_TRAIN, .pulse_train = {{0}, {-3, no_end}, 2, 2, 11}},
    };
    for (size_t c = 0; c < COUNT_OF(cases); c++) check_wave(dts[i], cases[c]);
  }
}

/* A quarter of a turn is exact, and stays so after a long time. */
static void sines_do_not_drift(void **state) {
  (void)state;
  izh_net *net = net_of(1);
  izh_stimulus_def def = {.name = "s",
                          .kind = IZH_STIMULUS_SINE,
                          .target = izh_ids_range(0, 1),
                          .sine = {.amplitude = {.one = 1}, .frequency_hz = 250, .window = {0, INFINITY}}};
  uint32_t index = stimulus_make(net, &def);
  for (int step = 0; step < 100000; step++) {
    double value;
    run(net, 1);
    izh_stimulus_values(net, index, &value);
    assert_true(value == (step % 4 == 1 ? 1 : step % 4 == 3 ? -1 : 0));
  }
  izh_net_destroy(net);
}

static izh_status amplitudes_set(izh_net *net, uint32_t stimulus, const double *each) {
  return izh_stimulus_set_amplitude(net, stimulus, (izh_amplitude){.each = each}, &fault);
}

static void waves_can_be_changed(void **state) {
  (void)state;
  izh_net *net = net_of(0.5);
  izh_stimulus_def sine = {.name = "s",
                           .kind = IZH_STIMULUS_SINE,
                           .target = everyone(net),
                           .sine = {.amplitude = {.one = 2}, .frequency_hz = 10, .window = {0, INFINITY}}};
  izh_stimulus_def ramp = izh_stimulus_def_default(IZH_STIMULUS_RAMP);
  ramp.name = "r";
  ramp.target = everyone(net);
  ramp.ramp.slope = 1;
  uint32_t s = stimulus_make(net, &sine), r = stimulus_make(net, &ramp);
  double values[N];
  run(net, 51); /* the last step began at 25 ms: a quarter of a turn */
  izh_stimulus_values(net, s, values);
  assert_true(values[3] == 2);
  izh_stimulus_def now = izh_stimulus_get(net, s);
  now.sine.frequency_hz = 30;
  now.sine.offset = 1;
  now.sine.window.to_ms = 1; /* fixed: it stays */
  MUST(izh_stimulus_set(net, s, &now, &fault));
  MUST(amplitudes_set(net, s, (const double[]){1, 2, 3, 4, 5, 6}));
  now.sine.frequency_hz = 1001; /* above two steps a period: nothing changes */
  MUST_FAIL(izh_stimulus_set(net, s, &now, &fault), IZH_RANGE,
            "frequency must be 0 … 1000 Hz at dt = 0.5 ms");
  run(net, 1); /* from 25.5 ms: as if it had been so from the beginning */
  izh_stimulus_values(net, s, values);
  for (int k = 0; k < N; k++)
    assert_true(fabs(values[k] - (1 + (k + 1) * sin(2 * 3.14159265358979323846 * 0.03 * 25.5))) < 1e-12);
  izh_stimulus_values(net, r, values);
  assert_true(values[0] == 25.5);
  MUST(amplitude_set(net, r, -4)); /* a ramp that is set is a constant */
  run(net, 3);
  izh_stimulus_values(net, r, values);
  assert_true(values[0] == -4);
  MUST_FAIL(amplitude_set(net, r, NAN), IZH_RANGE, "a current must be finite");
  MUST_FAIL(amplitudes_set(net, r, (const double[]){1, 2, 3, 4, INFINITY, 6}), IZH_RANGE,
            "amplitude 5 must be finite (got inf)");
  assert_int_equal(izh_stimulus_kind_of(net, r), IZH_STIMULUS_CONSTANT);
  izh_stimulus_stop(net, r);
  izh_stimulus_stop(net, s);
  run(net, 1);
  assert_true(izh_net_currents(net).ext[2] == 0);
  izh_net_destroy(net);
}

/* A constant, and values at times, with an amplitude for each neuron. */
static void levels_differ_between_neurons(void **state) {
  (void)state;
  static const double times[] = {0, 2, 3}, levels[] = {1, -1, 0}, amplitudes[] = {10, 20, 30, 40};
  izh_net *net = net_of(0.5);
  izh_stimulus_def def = {.name = "I",
                          .kind = IZH_STIMULUS_CURRENT_STEPS,
                          .target = izh_ids_list(unsorted, 4),
                          .current_steps = {{times, levels, 3}, {.each = amplitudes}}};
  uint32_t index = stimulus_make(net, &def);
  double values[N];
  for (int step = 0; step < 8; step++) {
    run(net, 1);
    values_of(net, index, values);
    for (int k = 0; k < 4; k++) assert_true(values[k] == (step < 4 ? 1 : step < 6 ? -1 : 0) * amplitudes[k]);
    assert_true(izh_net_currents(net).ext[1] == 0);
  }
  MUST(amplitudes_set(net, index, (const double[]){4, 3, 2, 1}));
  run(net, 2);
  values_of(net, index, values);
  for (int k = 0; k < 4; k++) assert_true(values[k] == 4 - k);
  MUST(amplitude_set(net, index, 7));
  run(net, 2);
  values_of(net, index, values);
  for (int k = 0; k < 4; k++) assert_true(values[k] == 7);
  izh_net_destroy(net);
}

/* --- noise --- */

/* Without correlation noise is what it was before there was any; with 1 it is the same for all. */
static void correlation_has_two_ends(void **state) {
  (void)state;
  double alone[40][N], values[N];
  static const double c[] = {0, 0, 1};
  for (int pass = 0; pass < 3; pass++) {
    izh_net *net = net_of(0.5);
    izh_stimulus_def def = {
        .name = "n", .target = everyone(net), .noise = {1, 2, 1, c[pass], .window = {0, INFINITY}}};
    uint32_t index = stimulus_make(net, &def);
    for (int step = 0; step < 40; step++) {
      if (pass == 1 && step == 9) MUST(noise_set(net, index, 1, 2, 0.5));
      if (pass == 1 && step == 19) MUST(noise_set(net, index, 1, 2, 0));
      run(net, 1);
      values_of(net, index, values);
      if (pass == 0) memcpy(alone[step], values, sizeof values);
      bool same = memcmp(alone[step], values, sizeof values) == 0;
      assert_int_equal(same, pass == 0 || (pass == 1 && (step < 9 || step >= 19)));
      for (int k = 1; k < N && pass == 2; k++) assert_true(values[k] == values[0]);
    }
    izh_net_destroy(net);
  }
}

/* --- spikes from outside --- */

static izh_stimulus_def poisson_def(const izh_net *net, double rate_hz, double sources, double dt) {
  return (izh_stimulus_def){
      .name = "poisson",
      .kind = IZH_STIMULUS_POISSON,
      .target = everyone(net),
      .poisson = {rate_hz, sources, 1, {.kind = IZH_KERNEL_PULSE, .values = {dt}}, .window = {0, INFINITY}}};
}

static izh_status poisson_set(izh_net *net, uint32_t stimulus, double rate_hz, double weight) {
  izh_stimulus_def def = izh_stimulus_get(net, stimulus);
  def.poisson.rate_hz = rate_hz;
  def.poisson.weight = weight;
  return izh_stimulus_set(net, stimulus, &def, &fault);
}

/* The sources fire at the same times at every dt: what arrives in a step of 1 ms is what arrives in the finer
 * steps that begin at most 1 ms earlier; also after changes of the rate. */
static void poisson_spikes_do_not_depend_on_dt(void **state) {
  (void)state;
  enum { MS = 400 };
  double counts[COUNT_OF(dts)][MS + 1][N] = {{{0}}}, total = 0;
  for (size_t i = 0; i < COUNT_OF(dts); i++) {
    izh_net *net = net_of(dts[i]);
    run(net, llround(3 / dts[i]));
    izh_stimulus_def def = poisson_def(net, 50, 3, dts[i]);
    uint32_t index = stimulus_make(net, &def);
    for (int64_t step = llround(3 / dts[i]); step < llround(MS / dts[i]); step++) {
      double values[N], t = (double)step * dts[i];
      if (step == llround(100 / dts[i])) MUST(poisson_set(net, index, 700, 1));
      if (step == llround(200 / dts[i])) MUST(poisson_set(net, index, 0, 1));
      if (step == llround(300 / dts[i])) MUST(poisson_set(net, index, 20, 1));
      run(net, 1);
      values_of(net, index, values);
      for (int k = 0; k < N; k++) counts[i][(int)ceil(t - 1e-9)][k] += values[k];
    }
    for (int ms = 0; ms < MS; ms++)
      for (int k = 0; k < N; k++) {
        assert_true(counts[i][ms][k] == counts[0][ms][k]);
        assert_true(counts[i][ms][k] == floor(counts[i][ms][k]));
        if (ms <= 3 || (ms > 200 && ms <= 300)) assert_true(counts[i][ms][k] == 0);
        total += counts[i][ms][k];
      }
    izh_net_destroy(net);
  }
  assert_true(total > 4 * N * 150);
}

/* What arrives in a step: counted one waiting time after the other, from the definition. */
static double arrivals_until(izh_key key, uint32_t neuron, double passed, double *next, uint64_t *drawn) {
  double count = 0;
  for (;; count++) {
    if (*drawn > 0 && *next > passed) return count;
    izh_block block = izh_philox(key, (uint32_t)(*drawn / 4), neuron, (uint32_t)(*drawn / 4 >> 32), 0);
    *next += -izh_log((block.w[*drawn % 4] + 0.5) * 0x1p-32);
    if (++*drawn == 1) count--;
  }
}

/* As above for rates of all sizes, numbers of neurons that no vector divides, and copies of the network. */
static void poisson_counts_are_those_of_the_definition(void **state) {
  (void)state;
  enum { MOST = 133 };
  static const uint32_t sizes[] = {1, 7, 8, 64, MOST};
  static const double rates[] = {3, 400, 2000, 60000};
  for (size_t s = 0; s < COUNT_OF(sizes); s++)
    for (size_t r = 0; r < COUNT_OF(rates); r++) {
      double next[MOST] = {0}, values[MOST];
      uint64_t drawn[MOST] = {0};
      izh_net *net = net_make(0.5, IZH_INTEGRATOR_EULER, 5);
      population_make(net, "P", sizes[s], regular_spiking);
      izh_stimulus_def def = poisson_def(net, rates[r], 1, 0.5);
      uint32_t index = stimulus_make(net, &def);
      izh_key key;
      MUST(izh_net_stream(net, "stimulus", "poisson", "poisson", &key, &fault));
      for (int step = 0; step < 60; step++) {
        if (step % 7 == 3) {
          izh_net *copy;
          MUST(izh_net_copy(net, &copy, &fault));
          izh_net_destroy(net);
          net = copy;
        }
        run(net, 1);
        izh_stimulus_values(net, index, values);
        for (uint32_t k = 0; k < sizes[s]; k++)
          assert_true(values[k] ==
                      arrivals_until(key, k, rates[r] / 1000 * (step * 0.5), &next[k], &drawn[k]));
      }
      izh_net_destroy(net);
    }
}

/* A neuron's sources do not depend on which others have some, nor on the weight. */
static void poisson_belongs_to_the_neuron(void **state) {
  (void)state;
  izh_net *whole = net_of(0.5), *some = net_of(0.5);
  izh_stimulus_def def = poisson_def(whole, 300, 1, 0.5);
  uint32_t a = stimulus_make(whole, &def);
  def.target = izh_ids_list(unsorted, 4);
  def.poisson.weight = -2;
  uint32_t b = stimulus_make(some, &def);
  bool differ = false;
  for (int step = 0; step < 300; step++) {
    double x[N], y[N];
    run(whole, 1);
    run(some, 1);
    values_of(whole, a, x);
    values_of(some, b, y);
    for (int k = 0; k < 4; k++) assert_true(y[k] == -2 * x[unsorted[k]]);
    differ |= x[0] != x[1];
    if (step == 150) MUST(poisson_set(whole, a, 300, 3));
    if (step == 150) MUST(poisson_set(some, b, 300, -6));
  }
  assert_true(differ);
  izh_net_destroy(whole);
  izh_net_destroy(some);
}

/* Through a synapse of each kind, a spike from outside at time t does what a spike of the network does at t.
 */
static void spikes_from_outside_act_as_spikes_do(void **state) {
  (void)state;
  static const double puppet[IZH_Q_COUNT] = {0.02, 0.2, -65, 0, 0, 140};
  static const double times[] = {1, 4, 4.5, 9, 20};
  for (int kind = 0; kind < IZH_KERNEL_COUNT; kind++) {
    izh_net *net = net_make(0.5, IZH_INTEGRATOR_EULER, 1);
    population_make(net, "P", 3, puppet);
    izh_kernel kernel = {.kind = (izh_kernel_kind)kind, .values = {2}};
    izh_projection_def path = projection_def("x", izh_ids_range(0, 1), izh_ids_range(1, 1),
                                             (izh_rule){.kind = IZH_RULE_ALL_TO_ALL});
    path.kernel = kernel;
    uint32_t index;
    MUST(connect(net, &path, one_value(1.5), one_value(0), &index));
    izh_stimulus_def def = {.name = "s",
                            .kind = IZH_STIMULUS_SPIKE_TRAIN,
                            .target = izh_ids_range(2, 1),
                            .spike_train = {{.ms = times, .n = COUNT_OF(times)}, 1.5, kernel}};
    stimulus_make(net, &def);
    for (int step = 0; step < 80; step++) {
      bool fires = false; /* at the end of the step */
      for (size_t k = 0; k < COUNT_OF(times); k++) fires |= times[k] == (step + 1) * 0.5;
      izh_ids ids = izh_population_ids(net, 0);
      MUST(izh_population_set(net, 0, &ids, IZH_Q_V, (const double[]){0, 0, 0}, &fault));
      MUST(
          izh_population_set(net, 0, &ids, IZH_Q_U, (const double[]){fires ? -1000 : 140, 140, 140}, &fault));
      run(net, 1);
      double v[3];
      izh_population_get(net, 0, &ids, IZH_Q_V, v);
      assert_true(v[1] == v[2]);
      assert_true(izh_net_currents(net).exc[1] == izh_net_currents(net).ext[2]);
      if (kind == IZH_KERNEL_DELTA) assert_true(izh_net_currents(net).ext[2] == 0);
      if (step == 2) assert_true(v[2] != 0);
      if (step < 2) assert_true(v[2] == 0);
    }
    izh_net_destroy(net);
  }
}

/* A time between two steps acts from the later one; equal times act twice; each neuron has its own. */
static void trains_keep_their_times(void **state) {
  (void)state;
  /* for the neurons 4, 0, 5, 2 */
  static const double times[] = {0, 0.3, 0.5, 0.5, 7.01, /**/ 3, /**/ 2.4999999999999996, 5};
  static const uint64_t begin[] = {0, 5, 6, 6, 8};
  izh_net *net = net_of(0.5);
  izh_stimulus_def def = {.name = "s",
                          .kind = IZH_STIMULUS_SPIKE_TRAIN,
                          .target = izh_ids_list(unsorted, 4),
                          .spike_train = {{times, COUNT_OF(times), begin, 4, false},
                                          1,
                                          {.kind = IZH_KERNEL_PULSE, .values = {0.5}}}};
  uint32_t index = stimulus_make(net, &def);
  for (int step = 0; step < 20; step++) {
    double values[N];
    run(net, 1);
    values_of(net, index, values);
    assert_true(values[0] == (step == 0 ? 1 : step == 1 ? 3 : step == 15 ? 1 : 0));
    assert_true(values[1] == (step == 6));
    assert_true(values[2] == 0);
    assert_true(values[3] == (step == 5 || step == 10));
  }
  izh_net_destroy(net);
}

/* Added midway, a train has what is not past; stopped, nothing at once; all neurons have the same one. */
static void trains_begin_and_stop(void **state) {
  (void)state;
  static const double times[] = {1, 2, 3, 4, 5, 6};
  izh_net *net = net_of(1);
  run(net, 3);
  izh_stimulus_def def = {
      .name = "s",
      .kind = IZH_STIMULUS_SPIKE_TRAIN,
      .target = izh_ids_list(unsorted, 4),
      .spike_train = {{.ms = times, .n = COUNT_OF(times)}, 2, {.kind = IZH_KERNEL_EXP, .values = {3}}}};
  uint32_t index = stimulus_make(net, &def);
  double values[N], sum = 0;
  for (int step = 3; step < 8; step++) {
    run(net, 1);
    values_of(net, index, values);
    sum = sum * exp(-1 / 3.0) + (step <= 6 ? 2 : 0);
    for (int k = 0; k < 4; k++) assert_true(fabs(values[k] - sum * 3 * (1 - exp(-1 / 3.0))) < 1e-12);
  }
  izh_stimulus_stop(net, index);
  izh_stimulus_values(net, index, values);
  assert_true(values[1] > 0); /* what the last step had */
  run(net, 1);
  values_of(net, index, values);
  assert_true(values[1] == 0);
  izh_net_destroy(net);
}

/* --- bad definitions --- */

static void refuse(izh_net *net, izh_stimulus_def def, izh_status status, const char *words) {
  uint32_t index;
  def.name = "bad";
  def.target = everyone(net);
  MUST_FAIL(izh_stimulus_add(net, &def, &index, &fault), status, words);
  assert_int_equal(izh_stimulus_count(net), 0);
}

static void waves_are_checked(void **state) {
  (void)state;
  const izh_stimulus_kind RAMP = IZH_STIMULUS_RAMP, SINE = IZH_STIMULUS_SINE,
                          PULSES = IZH_STIMULUS_PULSE_TRAIN;
  const struct {
    izh_stimulus_def def;
    const char *words;
  } cases[] = {
      {{.kind = RAMP, .ramp = {0, INFINITY, NAN, {0, INFINITY}}}, "slope must be finite"},
      {{.kind = RAMP, .ramp = {-INFINITY, 1, NAN, {0, INFINITY}}}, "start must be finite (got -inf)"},
      {{.kind = RAMP, .ramp = {0, NAN, NAN, {0, 5}}}, "a ramp needs the option slope, or stop and to"},
      {{.kind = RAMP, .ramp = {0, 1, 2, {0, 5}}}, "give slope or stop, not both"},
      {{.kind = RAMP, .ramp = {0, NAN, 2, {0, INFINITY}}}, "stop needs the option to"},
      {{.kind = RAMP, .ramp = {0, 1, NAN, {0.3, INFINITY}}}, "from must be a multiple of dt"},
      {{.kind = RAMP, .ramp = {0, 1, NAN, {0, 0.3}}}, "to must be a multiple of dt"},
      {{.kind = SINE, .sine = {.window = {5, 5}}}, "to must be after from (got 5 and 5 ms)"},
      {{.kind = SINE, .sine = {.window = {0, NAN}}}, "to must be a finite number of ms"},
      {{.kind = SINE, .sine = {.window = {0, 5}, .frequency_hz = -1}},
       "frequency must be 0 … 1000 Hz at dt = 0.5 ms (got -1)"},
      {{.kind = SINE, .sine = {.window = {0, 5}, .frequency_hz = 1001}}, "frequency must be 0 … 1000 Hz"},
      {{.kind = SINE, .sine = {.window = {0, 5}, .phase_deg = NAN}}, "phase must be finite"},
      {{.kind = SINE, .sine = {.window = {0, 5}, .offset = INFINITY}}, "offset must be finite (got inf)"},
      {{.kind = SINE, .sine = {.window = {0, 5}, .amplitude = {.one = NAN}}}, "a current must be finite"},
      {{.kind = PULSES, .pulse_train = {{0}, {0, 5}, 0.3, 1, 1}}, "width must be a multiple of dt"},
      {{.kind = PULSES, .pulse_train = {{0}, {0, 5}, 0, 1, 1}}, "width must be > 0 ms (got 0)"},
      {{.kind = PULSES, .pulse_train = {{0}, {0, 5}, 1, 0.7, 1}}, "period must be a multiple of dt"},
      {{.kind = PULSES, .pulse_train = {{0}, {0, 5}, 2, 1, 1}},
       "period must not be shorter than width (got 1 and 2 ms)"},
      {{.kind = PULSES, .pulse_train = {{0}, {0, 5}, 1, 2, 1.5}}, "n must be a whole number 1 … "},
  };
  izh_net *net = net_of(0.5);
  for (size_t i = 0; i < COUNT_OF(cases); i++) refuse(net, cases[i].def, IZH_RANGE, cases[i].words);
  izh_net_destroy(net);
}

static void events_are_checked(void **state) {
  (void)state;
  static const double descending[] = {1, 3, 2}, negative[] = {-1, 2, 3}, strange[] = {1, NAN, 3},
                      late[] = {1, 2, 3e9};
  const struct {
    const double *times;
    const char *words;
  } trains[] = {{descending, "times must ascend (time 3 is 2, the one before 3)"},
                {negative, "times must be finite and ≥ 0 (time 1 is -1)"},
                {strange, "times must be finite and ≥ 0 (time 2 is "},
                {late, "times must be below 2147483648 ms at dt = 0.5 ms (got 3e+09)"}};
  static const uint64_t begin[] = {0, 0, 0, 3, 3, 3, 3};
  izh_net *net = net_of(0.5);
  izh_stimulus_def def = izh_stimulus_def_default(IZH_STIMULUS_SPIKE_TRAIN);
  def.spike_train.weight = 0;
  for (size_t i = 0; i < COUNT_OF(trains); i++) {
    def.spike_train.times = (izh_spike_times){.ms = trains[i].times, .n = 3};
    refuse(net, def, IZH_RANGE, trains[i].words);
    def.spike_train.times = (izh_spike_times){.ms = trains[i].times, .n = 3, .begin = begin, .trains = N};
    refuse(net, def, IZH_RANGE, trains[i].words);
  }
  def.spike_train.times.trains = 2;
  refuse(net, def, IZH_RANGE, "times must have one list for each of 6 neurons (got 2)");
  def = poisson_def(net, -1, 1, 1);
  refuse(net, def, IZH_RANGE, "rate must be finite and ≥ 0 (got -1)");
  def.poisson.rate_hz = NAN;
  refuse(net, def, IZH_RANGE, "rate must be finite and ≥ 0 (got ");
  def = poisson_def(net, 1, -1, 1);
  refuse(net, def, IZH_RANGE, "n must be a whole number 1 … 2147483647 (got -1)");
  def = poisson_def(net, 1e4, 1001, 1);
  refuse(net, def, IZH_RANGE, "n × rate must be at most 1e+07 Hz (got 1001 × 10000)");
  def = poisson_def(net, 1, 1, 0.3);
  refuse(net, def, IZH_RANGE, "width (1 ms when not given) must be a multiple of dt");
  def = poisson_def(net, 1, 1, 1);
  def.poisson.weight = INFINITY;
  refuse(net, def, IZH_RANGE, "weight must be finite (got inf)");
  def = (izh_stimulus_def){.noise = {0, 1, 1, 1.01, .window = {0, INFINITY}}};
  refuse(net, def, IZH_RANGE, "correlation must be 0 … 1 (got 1.01)");
  def.noise.correlation = NAN;
  refuse(net, def, IZH_RANGE, "correlation must be 0 … 1 (got ");

  def = poisson_def(net, 10, 1e4, 1);
  uint32_t index = stimulus_make(net, &def);
  MUST_FAIL(poisson_set(net, index, -1, 1), IZH_RANGE, "rate must be finite and ≥ 0 (got -1)");
  MUST_FAIL(poisson_set(net, index, 1001, 1), IZH_RANGE, "n × rate must be at most");
  MUST_FAIL(poisson_set(net, index, 10, NAN), IZH_RANGE, "weight must be finite");
  izh_poisson now = izh_stimulus_get(net, index).poisson;
  assert_true(now.rate_hz == 10 && now.weight == 1);
  izh_net_destroy(net);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(waves_follow_their_formulas),
      cmocka_unit_test(sines_do_not_drift),
      cmocka_unit_test(waves_can_be_changed),
      cmocka_unit_test(levels_differ_between_neurons),
      cmocka_unit_test(correlation_has_two_ends),
      cmocka_unit_test(poisson_spikes_do_not_depend_on_dt),
      cmocka_unit_test(poisson_counts_are_those_of_the_definition),
      cmocka_unit_test(poisson_belongs_to_the_neuron),
      cmocka_unit_test(spikes_from_outside_act_as_spikes_do),
      cmocka_unit_test(trains_keep_their_times),
      cmocka_unit_test(trains_begin_and_stop),
      cmocka_unit_test(waves_are_checked),
      cmocka_unit_test(events_are_checked),
  };
  return RUN_TESTS(tests);
}
