/* Conductances: every integrator against its own formula, `exact` against a solution in extended precision.
 */
#include "core/net/repeat.h"
#include "core/net/state.h"
#include "core/neuron/stray.h"
#include "helpers.h"

/* The cells: their equations are written again below. */
typedef struct cell {
  const char *name;
  izh_model model;
  double q[IZH_Q_COUNT];
  double threshold; /* from the documentation of the models */
} cell;

static const cell cells[] = {
    {"2003", IZH_MODEL_IZHIKEVICH2003, {0.02, 0.2, -65, 8, -65, -13}, -50},
    {"2007",
     IZH_MODEL_IZHIKEVICH2007,
     {0.03, -2, -50, 100, -60, 0, 100, 0.7, -60, -40, 35, 0, 0, 1e6, 0, -2, 0, -60},
     -40},
    {"2007, rules",
     IZH_MODEL_IZHIKEVICH2007,
     {0.03, 8, -53, 20, -56, 0, 100, 1, -56, -42, 40, -0.1, 0.04, 670, -55, 7, 0.025, -56},
     -42},
    {"lif", IZH_MODEL_LIF, {20, -65, 0.1, -50, -65, -65}, -50},
    {"qif", IZH_MODEL_QIF, {100, 0.7, -60, -40, 35, -50, -60}, -40},
};

typedef long double real;

/* What a cell gets in a step: a current, and two conductances. */
typedef struct input {
  real current, g[2], reversal[2];
} input;

static void slopes(const cell *m, const input *in, real v, real u, real d[2]) {
  const double *q = m->q;
  real I = in->current + in->g[0] * (in->reversal[0] - v) + in->g[1] * (in->reversal[1] - v);
  d[1] = 0;
  if (m->model == IZH_MODEL_IZHIKEVICH2003) {
    d[0] = 0.04L * v * v + 5 * v + 140 - u + I;
    d[1] = q[0] * (q[1] * v - u);
  } else if (m->model == IZH_MODEL_IZHIKEVICH2007) {
    real w = v - q[IZH_Q_VB];
    real follows = (w > 0 ? q[IZH_Q_B] : q[IZH_Q_B_BELOW]) * (v - q[IZH_Q_VU]);
    d[0] = (q[IZH_Q_K] * (v - q[IZH_Q_VR]) * (v - q[IZH_Q_VT]) - u + I) / q[IZH_Q_CAPACITANCE];
    d[1] = q[IZH_Q_A] * (follows + (w > 0 ? q[IZH_Q_B3] * w * w * w : 0) - u);
  } else if (m->model == IZH_MODEL_LIF) {
    d[0] = (q[1] - v + q[2] * I) / q[0];
  } else {
    d[0] = (q[1] * (v - q[2]) * (v - q[3]) + I) / q[0];
  }
}

static void advance(const cell *m, const input *in, izh_integrator scheme, real h, real y[2]) {
  real a[2], b[2], c[2], d[2];
  slopes(m, in, y[0], y[1], a);
  switch (scheme) {
  case IZH_INTEGRATOR_IZHIKEVICH2003:
    y[0] += h / 2 * a[0];
    slopes(m, in, y[0], y[1], b);
    y[0] += h / 2 * b[0];
    slopes(m, in, y[0], y[1], c);
    y[1] += h * c[1];
    return;
  case IZH_INTEGRATOR_FIGURE1:
    y[0] += h * a[0];
    slopes(m, in, y[0], y[1], b);
    y[1] += h * b[1];
    return;
  case IZH_INTEGRATOR_EULER:
    for (int i = 0; i < 2; i++) y[i] += h * a[i];
    return;
  default:
    slopes(m, in, y[0] + h / 2 * a[0], y[1] + h / 2 * a[1], b);
    slopes(m, in, y[0] + h / 2 * b[0], y[1] + h / 2 * b[1], c);
    slopes(m, in, y[0] + h * c[0], y[1] + h * c[1], d);
    for (int i = 0; i < 2; i++) y[i] += h / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]);
  }
}

/* --- the network: a source that the test lets fire, and the cell --- */

static const double taus[2] = {3, 7}, reversals[2] = {0, -80};

static izh_net *network_make(const cell *m, double dt, izh_integrator scheme, const double weights[2],
                             double current) {
  izh_net *net = net_make(dt, scheme, 1);
  izh_population_def def = {.name = "cell", .model = m->model, .size = 1};
  for (int q = 0; q < izh_model_describe(m->model)->n; q++) def.values[q] = &m->q[q];
  uint32_t index;
  MUST(izh_population_add(net, &def, &index, &fault));
  population_make(net, "source", 1, regular_spiking);
  for (int k = 0; k < 2; k++) {
    izh_projection_def path = projection_def(k ? "alpha" : "exp", izh_ids_range(1, 1), izh_ids_range(0, 1),
                                             (izh_rule){.kind = IZH_RULE_ALL_TO_ALL});
    path.kernel = (izh_kernel){
        .kind = k ? IZH_KERNEL_ALPHA : IZH_KERNEL_EXP, .values = {taus[k], reversals[k]}, .conducts = true};
    MUST(connect(net, &path, one_value(weights[k]), one_value(0), &index));
  }
  current_make(net, "I", izh_ids_range(0, 1), current);
  return net;
}

static void source_set(izh_net *net, bool fires) {
  izh_ids one = izh_ids_range(1, 1);
  double v = fires ? 40 : -65, u = -13;
  MUST(izh_population_set(net, 1, &one, IZH_Q_V, &v, &fault));
  MUST(izh_population_set(net, 1, &one, IZH_Q_U, &u, &fault));
}

/* The mean over a step of the conductance k that spikes at some times give: closed forms. */
static real integral(int k, real t) { /* from the arrival to a time t */
  real x = t / taus[k];
  if (t <= 0) return 0;
  return k == 0 ? -taus[0] * expm1l(-x) : expl(1) * taus[1] * (-expm1l(-x) - x * expl(-x));
}

typedef struct spikes {
  double times[64];
  int n;
} spikes;

static real conductance(const spikes *s, int k, double weight, double from, double dt) {
  real sum = 0;
  for (int i = 0; i < s->n; i++)
    sum += integral(k, (real)from + dt - s->times[i]) - integral(k, (real)from - s->times[i]);
  return weight * sum / dt;
}

static void state_of(const izh_net *net, const cell *m, double y[2]) {
  const izh_model_info *info = izh_model_describe(m->model);
  izh_ids one = izh_ids_range(0, 1);
  izh_population_get(net, 0, &one, info->v, &y[0]);
  y[1] = 0;
  if (info->u >= 0) izh_population_get(net, 0, &one, info->u, &y[1]);
}

/* The conductances that a 2003 cell needs are small numbers; the others have capacitances and resistances. */
static double scale_of(const cell *m) {
  return m->model == IZH_MODEL_IZHIKEVICH2003 ? 0.02 : 2;
}

static void check_step(const izh_net *net, const cell *m, izh_integrator scheme, const input *in,
                       const double before[2]) {
  real y[2] = {before[0], before[1]};
  double after[2], flow[2] = {0, 0};
  advance(m, in, scheme, izh_net_definition(net)->dt_ms, y);
  state_of(net, m, after);
  izh_currents currents = izh_net_currents(net);
  for (int k = 0; k < 2; k++) {
    double current = (double)(in->g[k] * (in->reversal[k] - before[0]));
    flow[in->reversal[k] < m->threshold] += current;
  }
  if (fabs(currents.exc[0] - flow[0]) > 1e-9 || fabs(currents.inh[0] - flow[1]) > 1e-9)
    fail_msg("%s: currents %.17g and %.17g, not %.17g and %.17g", m->name, currents.exc[0], currents.inh[0],
             flow[0], flow[1]);
  uint64_t spiked =
      izh_net_spikes(net).begin[izh_net_now(net)] - izh_net_spikes(net).begin[izh_net_now(net) - 1];
  if (spiked > 0) return; /* it was reset, or the source fired: then the next step shows v */
  if (fabsl(after[0] - y[0]) > 1e-10L * (1 + fabsl(y[0])) ||
      fabsl(after[1] - y[1]) > 1e-10L * (1 + fabsl(y[1])))
    fail_msg("%s under %s: v = %.17g, u = %.17g, not %.17Lg and %.17Lg", m->name, izh_integrator_name(scheme),
             after[0], after[1], y[0], y[1]);
}

static void every_integrator_steps_as_its_formula(void **state) {
  (void)state;
  for (size_t c = 0; c < COUNT_OF(cells); c++)
    for (izh_integrator scheme = 0; scheme < IZH_INTEGRATOR_EXACT; scheme++) {
      const cell *m = &cells[c];
      double weights[2] = {scale_of(m), 2 * scale_of(m)}, dt = 0.25, current = scale_of(m) * 30;
      izh_net *net = network_make(m, dt, scheme, weights, current);
      spikes s = {.n = 0};
      for (int step = 0; step < 400; step++) {
        bool fires = step % 13 == 3 && s.n < 60;
        double before[2], t = step * dt;
        state_of(net, m, before);
        source_set(net, fires);
        input in = {.current = current, .reversal = {reversals[0], reversals[1]}};
        for (int k = 0; k < 2; k++) in.g[k] = conductance(&s, k, weights[k], t, dt);
        run(net, 1);
        check_step(net, m, scheme, &in, before);
        if (fires) s.times[s.n++] = t + dt;
      }
      izh_net_destroy(net);
    }
}

/* --- exact --- */

static bool at_peak(const cell *m, const real y[2]) {
  const double *q = m->q;
  if (m->model == IZH_MODEL_IZHIKEVICH2003) return y[0] >= 30;
  if (m->model == IZH_MODEL_LIF) return y[0] >= q[3];
  if (m->model == IZH_MODEL_QIF) return y[0] >= q[4];
  return y[0] >= q[IZH_Q_VPEAK] + q[IZH_Q_PEAK_U] * y[1];
}

static void put_back(const cell *m, real y[2]) {
  const double *q = m->q;
  real u = y[1];
  if (m->model == IZH_MODEL_LIF) {
    y[0] = q[4];
  } else if (m->model == IZH_MODEL_QIF) {
    y[0] = q[5];
  } else {
    bool of_2007 = m->model == IZH_MODEL_IZHIKEVICH2007;
    y[0] = q[IZH_Q_C] + (of_2007 ? q[IZH_Q_RESET_U] * u : 0);
    y[1] = u + q[IZH_Q_D];
    if (of_2007 && y[1] > q[IZH_Q_U_MAX]) y[1] = q[IZH_Q_U_MAX];
  }
}

/* Solves for a time h; appends the times of spikes, which begin at t. */
static void solve(const cell *m, const input *in, double t, double h, real y[2], spikes *found) {
  real done = 0, piece = 1.0L / 2048;
  while (done < h) {
    if (piece > h - done) piece = h - done;
    real next[2] = {y[0], y[1]};
    advance(m, in, IZH_INTEGRATOR_RK4, piece, next);
    if (at_peak(m, next)) {
      real low = 0, high = piece;
      for (int k = 0; k < 60; k++) {
        real middle = (low + high) / 2;
        memcpy(next, y, sizeof next);
        advance(m, in, IZH_INTEGRATOR_RK4, middle, next);
        if (at_peak(m, next))
          high = middle;
        else
          low = middle;
      }
      done += high;
      assert_true(found->n < (int)COUNT_OF(found->times));
      found->times[found->n++] = (double)(t + done);
      put_back(m, next);
    } else {
      done += piece;
    }
    memcpy(y, next, sizeof next);
  }
}

static void exact_agrees_with_extended_precision(void **state) {
  (void)state;
  for (size_t c = 0; c < COUNT_OF(cells); c++) {
    const cell *m = &cells[c];
    double weights[2] = {scale_of(m) * 4, scale_of(m) / 4}, dt = 0.5,
           current = m->model == IZH_MODEL_IZHIKEVICH2003 ? 8 : 200;
    izh_net *net = network_make(m, dt, IZH_INTEGRATOR_EXACT, weights, current);
    spikes s = {.n = 0}, want = {.n = 0};
    real y[2] = {m->q[izh_model_describe(m->model)->v], 0};
    double first[2];
    state_of(net, m, first);
    y[1] = first[1];
    for (int step = 0; step < 400; step++) {
      bool fires = step % 17 == 3 && s.n < 60;
      source_set(net, fires);
      input in = {.current = current, .reversal = {reversals[0], reversals[1]}};
      for (int k = 0; k < 2; k++) in.g[k] = conductance(&s, k, weights[k], step * dt, dt);
      run(net, 1);
      solve(m, &in, step * dt, dt, y, &want);
      izh_spikes all = izh_net_spikes(net);
      for (uint64_t k = all.begin[step]; k < all.begin[step + 1] && fires; k++)
        if (all.index[k] == 1)
          s.times[s.n++] = (step + 1) * dt; /* a spike acts from the end of its step on */
    }
    izh_spikes all = izh_net_spikes(net);
    int n = 0;
    double worst = 0;
    for (uint64_t k = 0; k < all.begin[400]; k++) {
      if (all.index[k] != 0) continue;
      assert_true(n < want.n);
      double off = fabs(all.ms[k] - want.times[n++]);
      worst = off > worst ? off : worst;
    }
    assert_int_equal(n, want.n);
    assert_in_range(n, 3, 60);
    /* the reference finds only roughly where u' changes */
    if (worst > (m->q[IZH_Q_B3] != 0 ? 1e-6 : 1e-10)) fail_msg("%s: spikes are %g ms off", m->name, worst);
    izh_net_destroy(net);
  }
}

/* As dt shrinks, spikes come to where a conductance that decays within the step has them: an error of dt². */
static void the_mean_conductance_converges(void **state) {
  (void)state;
  const cell *m = &cells[0];
  static const double dts[] = {0.5, 0.25, 0.125, 1.0 / 64};
  double last[COUNT_OF(dts)];
  for (size_t i = 0; i < COUNT_OF(dts); i++) {
    double weights[2] = {0.6, 0};
    izh_net *net = network_make(m, dts[i], IZH_INTEGRATOR_EXACT, weights, 0);
    int64_t steps = llround(20 / dts[i]);
    for (int64_t step = 0; step < steps; step++) {
      source_set(net, step + 1 == llround(2 / dts[i]));
      run(net, 1);
    }
    izh_spikes all = izh_net_spikes(net);
    for (uint64_t k = 0; k < all.begin[steps]; k++)
      if (all.index[k] == 0) last[i] = all.ms[k];
    izh_net_destroy(net);
  }
  double wide = fabs(last[0] - last[3]), half = fabs(last[1] - last[3]), quarter = fabs(last[2] - last[3]);
  assert_true(wide < 0.05 && half < wide / 2.5 && quarter < half / 2.5);
}

/* --- which of the two currents --- */

/* The same conductance is excitation for one cell and inhibition for another, by their thresholds. */
static void the_threshold_says_what_inhibits(void **state) {
  (void)state;
  static const double vt[3] = {-55, -45, -35}, tau = 20, vr = -65, c = -65;
  izh_net *net = net_make(0.5, IZH_INTEGRATOR_EULER, 1);
  population_make(net, "source", 1, regular_spiking);
  double taus_[3] = {tau, tau, tau}, vrs[3] = {vr, vr, vr}, cs[3] = {c, c, c};
  izh_population_def def = {.name = "cells", .model = IZH_MODEL_LIF, .size = 3};
  def.values[0] = taus_;
  def.values[1] = vrs;
  def.values[3] = vt;
  def.values[4] = cs;
  uint32_t index;
  MUST(izh_population_add(net, &def, &index, &fault));
  izh_projection_def path =
      projection_def("g", izh_ids_range(0, 1), izh_ids_range(1, 3), (izh_rule){.kind = IZH_RULE_ALL_TO_ALL});
  path.kernel = (izh_kernel){.kind = IZH_KERNEL_EXP, .values = {5, -45}, .conducts = true};
  MUST(connect(net, &path, one_value(0.1), one_value(0), &index));
  assert_int_equal(izh_projections_sign(net, 0), 0);
  static const int signs[] = {1, 1, -1};
  izh_synapse synapse = {0};
  for (int k = 0; izh_projection_next(net, 0, &synapse); k++) assert_int_equal(synapse.sign, signs[k]);
  double v = 40;
  izh_ids one = izh_ids_range(0, 1);
  MUST(izh_population_set(net, 0, &one, IZH_Q_V, &v, &fault));
  run(net, 2);
  izh_currents currents = izh_net_currents(net);
  for (uint32_t k = 1; k < 4; k++) {
    bool inhibits = signs[k - 1] < 0;
    assert_true((currents.exc[k] > 0) == !inhibits && (currents.inh[k] > 0) == inhibits);
  }
  izh_net_destroy(net);
}

/* A clamped neuron keeps its v whatever the conductance, and has the current at that v. */
static void clamped_neurons_stay(void **state) {
  (void)state;
  for (izh_integrator scheme = 0; scheme < IZH_INTEGRATOR_COUNT; scheme++) {
    double weights[2] = {0.3, 0.1}, y[2];
    izh_net *net = network_make(&cells[0], 0.5, scheme, weights, 3);
    izh_ids one = izh_ids_range(0, 1);
    MUST(izh_population_hold(net, 0, &one, IZH_HOLD_CLAMP, (const double[]){-61}, &fault));
    for (int step = 0; step < 40; step++) {
      source_set(net, step % 5 == 0);
      run(net, 1);
      state_of(net, &cells[0], y);
      assert_true(y[0] == -61);
    }
    assert_true(fabs(y[1] - 0.2 * -61) < 2); /* u goes on to what v asks */
    assert_true(izh_net_currents(net).exc[0] > 0 && izh_net_currents(net).inh[0] < 0);
    izh_net_destroy(net);
  }
}

/* A conductance makes v' steep: where a fixed step overshoots, this is seen. */
static void steep_steps_are_counted(void **state) {
  (void)state;
  static const cell *const of[] = {&cells[0], &cells[3]};
  for (size_t c = 0; c < COUNT_OF(of); c++)
    for (int strong = 0; strong < 2; strong++) {
      double weights[2] = {0, (strong ? 8 : 0.2) * (c == 0 ? 1 : 200)};
      izh_net *net = network_make(of[c], 0.5, IZH_INTEGRATOR_EULER, weights, 0);
      source_set(net, true);
      izh_status status = IZH_OK;
      for (int step = 0; step < 20 && !status; step++) status = izh_net_step(net, &fault);
      assert_int_equal(izh_net_strays(net).neurons, strong);
      izh_net_destroy(net);
    }
}

/* A network without conductances has no memory for them. */
static void currents_need_no_room(void **state) {
  (void)state;
  izh_net *a = net_make(0.5, IZH_INTEGRATOR_EULER, 1), *b = net_make(0.5, IZH_INTEGRATOR_EULER, 1);
  for (int k = 0; k < 2; k++) {
    izh_net *net = k ? b : a;
    population_make(net, "P", 1000, regular_spiking);
    izh_projection_def path = projection_def("x", everyone(net), everyone(net),
                                             (izh_rule){.kind = IZH_RULE_ONE_TO_ONE, .autapses = true});
    path.kernel = (izh_kernel){.kind = IZH_KERNEL_EXP, .values = {5, -45}, .conducts = k == 1};
    uint32_t index;
    MUST(connect(net, &path, one_value(0.1), one_value(0), &index));
  }
  assert_true(izh_net_bytes(b) - izh_net_bytes(a) == 2 * 1000 * sizeof(double));
  population_make(b, "Q", 500, fast_spiking);
  run(b, 3);
  izh_net_destroy(a);
  izh_net_destroy(b);
}

/* Given to another cell, with the potential that they had, conductances do the same, to the bit; also to a
 * copy of that network. */
static void conductances_can_be_given(void **state) {
  (void)state;
  for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
    for (int scheme = 0; scheme < IZH_INTEGRATOR_COUNT; scheme++) {
      const cell *m = &cells[c];
      double weights[2] = {scale_of(m), 0}, none[2] = {0, 0}, a[2], b[2], most = 0;
      izh_net *net = network_make(m, 0.1, (izh_integrator)scheme, weights, 0);
      izh_net *other = network_make(m, 0.1, (izh_integrator)scheme, none, 0);
      MUST(izh_net_watch(net, &fault));
      for (int step = 0; step < 200; step++) {
        if (step % 50 == 2) source_set(net, true);
        MUST(izh_net_step(net, &fault));
        double g[2] = {izh_net_conductances(net, IZH_CONDUCTANCE_ALL)[0], 0};
        assert_true(g[0] == izh_net_conductances(net, IZH_CONDUCTANCE_EXC)[0]);
        assert_true(izh_net_conductances(net, IZH_CONDUCTANCE_INH)[0] == 0);
        MUST(izh_net_give(other, NULL, g, reversals[0], &fault));
        if (step == 100) {
          izh_net *copy;
          MUST(izh_net_copy(other, &copy, &fault));
          izh_net_destroy(other);
          other = copy;
        }
        MUST(izh_net_step(other, &fault));
        state_of(net, m, a);
        state_of(other, m, b);
        assert_true(a[0] == b[0] && a[1] == b[1]);
        most = g[0] > most ? g[0] : most;
      }
      assert_true(most > 0.5 * weights[0]);
      izh_net_destroy(net);
      izh_net_destroy(other);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_integrator_steps_as_its_formula),
      cmocka_unit_test(exact_agrees_with_extended_precision),
      cmocka_unit_test(the_mean_conductance_converges),
      cmocka_unit_test(the_threshold_says_what_inhibits),
      cmocka_unit_test(clamped_neurons_stay),
      cmocka_unit_test(steep_steps_are_counted),
      cmocka_unit_test(currents_need_no_room),
      cmocka_unit_test(conductances_can_be_given),
  };
  return RUN_TESTS(tests);
}
