#include <math.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/exactmath.h"
#include "base/ieee.h"
#include "base/stop.h"
#include "core/isa/isa.h"
#include "core/random/random.h"
#include "core/stimulus/waveform.h"

/* With tau, z is an Ornstein–Uhlenbeck process on the grid of draws: z = decay z + kick times the new number,
 * whose variance stays 1 (the exact update: Gillespie, Phys. Rev. E 54:2084, 1996). */
typedef struct noise {
  izh_key key, common_key;
  int64_t every; /* steps */
  float *z;      /* [target.size] the numbers of draw `drawn` */
  int64_t drawn; /* the number of the present draw; -1: none */
  int64_t next;  /* z is drawn anew in this step, for the draws from this one to `drawn` */
  bool draws;    /* whether it is */
  /* In the last step the current was offset + scale z; with values for each neuron, mean × given +
   * sd (offset + scale z). */
  double offset, scale, given;
  double decay, kick; /* 0 and 1 without tau */
  int64_t begun;      /* with tau: the draw that z began with, whose variance is 1; -1: none */
  float common;       /* what all neurons share of z */
} noise;

static const izh_stimulus_quantity quantities[] = {
    {{"mean", "", .help = "mean of the current"}, .at = IZH_AT(noise.mean), .each = IZH_AT(noise.mean_each)},
    {{"sd", "", .help = "standard deviation of the current", .required = true, .high = INFINITY},
     .at = IZH_AT(noise.sd),
     .each = IZH_AT(noise.sd_each)},
    {{"every", "ms", .help = "for how long a draw is held, a multiple of dt", .otherwise = 1,
      .high = INFINITY, .above = true},
     .at = IZH_AT(noise.every_ms),
     .fixed = true},
    {{"correlation", "", .help = "correlation of any two neurons", .high = 1},
     .at = IZH_AT(noise.correlation)},
    {{"tau", "ms", .help = "time constant of an Ornstein–Uhlenbeck process; 0: each draw is independent",
      .high = 1e6},
     .at = IZH_AT(noise.tau_ms),
     .fixed = true},
    IZH_WINDOW_ROWS(noise),
};

static void describe(const izh_stimulus_def *def, char *text, size_t size) {
  const izh_noise *d = &def->noise;
  char more[48] = "", tau[48] = "", window[64], mean[32], sd[32];
  if (d->correlation > 0) snprintf(more, sizeof more, ", correlation %.10g", d->correlation);
  if (d->tau_ms > 0) snprintf(tau, sizeof tau, ", tau %.10g ms", d->tau_ms);
  snprintf(text, size, "noise: mean %s, sd %s, every %.10g ms%s%s%s", izh_stimulus_number_text(d->mean, mean),
           izh_stimulus_number_text(d->sd, sd), d->every_ms, more, tau, izh_window_text(&d->window, window));
}

static izh_status check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  int64_t steps;
  izh_status status = izh_window_check(net, &def->noise.window, err);
  if (status || !net) return status;
  return izh_net_period(net, "every (1 ms when not given)", def->noise.every_ms, &steps, err);
}

static void fit(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus) {
  noise *own = stimulus->state;
  own->every = izh_stimulus_steps(net, def->noise.every_ms);
  own->decay = def->noise.tau_ms > 0 ? izh_exp(-def->noise.every_ms / def->noise.tau_ms) : 0;
  own->kick = sqrt(1 - own->decay * own->decay);
}

static izh_status find_keys(izh_net *net, izh_stimulus *stimulus, izh_err *err) {
  noise *own = stimulus->state;
  const char *name = stimulus->def.name;
  izh_status status = izh_net_trial_stream(net, "stimulus", name, "noise", &own->key, err);
  return status ? status : izh_net_trial_stream(net, "stimulus", name, "common", &own->common_key, err);
}

static izh_status make(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus, izh_err *err) {
  noise *own = stimulus->state;
  own->z = izh_alloc_zero(def->target.size, sizeof *own->z);
  if (!own->z) return izh_fail_memory(err, def->target.size * sizeof *own->z);
  own->begun = own->drawn = -1;
  return find_keys(net, stimulus, err);
}

static int blocks(void *state, void **list) {
  list[0] = ((noise *)state)->z;
  return 1;
}

/* A process that has begun advances in each step, unless the stimulus is stopped: so that no file makes it
 * draw for ever.
 */
static void archive_process(izh_archive *a, const izh_net *net, const izh_stimulus *stimulus) {
  noise *own = stimulus->state;
  int64_t last = net->now / own->every;
  double common = (double)own->common;
  izh_archive_i64(a, &own->begun);
  izh_archive_i64(a, &own->drawn);
  izh_archive_f64(a, &common);
  if (!izh_archive_reads(a)) return;
  own->common = (float)common;
  bool good = own->begun < 0 ? own->begun == -1 && own->drawn == -1
                             : own->drawn >= own->begun && own->drawn <= last &&
                                   (own->drawn >= last - 1 || stimulus->stopped);
  izh_archive_require(a, good && isfinite(common), "state of noise");
}

/* z is archived, since the current of the last step can be read. The next step draws again; if it is within
 * the same interval, it draws the same numbers. With tau it goes on from z. */
static void archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  noise *own = stimulus->state;
  izh_archive_refresh(a, net, &stimulus->def.target, own->z, sizeof *own->z);
  own->z = izh_archive_array(a, own->z, stimulus->def.target.size, sizeof *own->z);
  izh_archive_f64(a, &own->offset);
  izh_archive_f64(a, &own->scale);
  izh_archive_f64(a, &own->given);
  if (izh_archive_reads(a)) {
    own->begun = own->drawn = -1;
    a->status = find_keys(net, stimulus, a->err);
  }
  if (stimulus->def.noise.tau_ms > 0) archive_process(a, net, stimulus);
}

/* Goes to a draw. A process makes all draws up to it, from its beginning on when it has none. */
static void advance(noise *own, int64_t draw, bool process) {
  own->draws = draw != own->drawn;
  if (process && own->begun < 0) own->begun = draw;
  own->next = !process ? draw : own->drawn < 0 ? own->begun : own->drawn + 1;
  own->drawn = draw;
  float number;
  for (int64_t i = own->next; process && i <= draw; i++) {
    izh_gauss(own->common_key, 0, 1, (uint64_t)i, &number);
    own->common =
        i == own->begun ? number : (float)(own->decay * (double)own->common + own->kick * (double)number);
  }
}

static bool has_each(const izh_noise *d) {
  return d->mean_each || d->sd_each;
}

/* z = √c common + √(1 - c) own has the variance 1, and any two neurons have the correlation c. With c = 0, z
 * is exactly own. */
static void prepare(izh_net *net, izh_stimulus *stimulus) {
  const izh_noise *d = &stimulus->def.noise;
  noise *own = stimulus->state;
  own->offset = own->scale = own->given = 0;
  own->draws = false;
  if (stimulus->stopped) return;
  bool open = izh_window_open(net, &d->window), process = d->tau_ms > 0;
  if (open || process) advance(own, net->now / own->every, process);
  if (!open) return;
  bool each = has_each(d);
  double sd = stimulus->calm ? 0 : each ? 1 : d->sd, mean = each ? 0 : d->mean;
  float common = own->common;
  if (d->tau_ms <= 0 && d->correlation > 0) izh_gauss(own->common_key, 0, 1, (uint64_t)own->drawn, &common);
  own->given = 1;
  own->offset = mean + sd * (sqrt(d->correlation) * (double)common);
  own->scale = sd * sqrt(1 - d->correlation);
}

static void draw_range(const noise *own, uint32_t first, izh_part k) {
  if (own->decay == 0) {
    izh_gauss(own->key, first, k.end - k.begin, (uint64_t)own->drawn, own->z + k.begin);
    return;
  }
  enum { TILE = 256 };
  float number[TILE];
  for (int64_t i = own->next; i <= own->drawn; i++)
    for (uint32_t begin = k.begin; begin < k.end; begin += TILE) {
      uint32_t n = k.end - begin < TILE ? k.end - begin : TILE;
      izh_gauss(own->key, first + (begin - k.begin), n, (uint64_t)i, number);
      for (uint32_t j = 0; j < n; j++) {
        float *z = own->z + begin + j;
        *z = i == own->begun ? number[j] : (float)(own->decay * (double)*z + own->kick * (double)number[j]);
      }
    }
}

static void draw(const izh_ids *target, const noise *own, izh_part k) {
  if (!target->list) {
    draw_range(own, target->first + k.begin, k);
    return;
  }
  for (uint32_t i = k.begin; i < k.end; i++)
    draw_range(own, target->list[i], (izh_part){.begin = i, .end = i + 1});
}

/* The current of a neuron that has a mean or an sd of its own: the same bits as if all had these. */
static double current_of(const izh_noise *d, const noise *own, uint32_t k) {
  double sd = IZH_NUMBER_OF(d, sd, k);
  double base = IZH_NUMBER_OF(d, mean, k) * own->given + sd * own->offset;
  return base + sd * own->scale * (double)own->z[k];
}

static void add(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const noise *own = stimulus->state;
  const izh_ids *target = &stimulus->def.target;
  if (own->draws) draw(target, own, k);
  const uint32_t *list = target->list;
  double *ext = net->ext, offset = own->offset, scale = own->scale;
  const float *z = own->z;
  if (has_each(&stimulus->def.noise))
    for (uint32_t i = k.begin; i < k.end; i++)
      ext[izh_ids_at(target, i)] += current_of(&stimulus->def.noise, own, i);
  else if (list)
    for (uint32_t i = k.begin; i < k.end; i++) ext[list[i]] += offset + scale * (double)z[i];
  else
    izh_loops_chosen()->add_noise(ext + target->first + k.begin, z + k.begin, k.end - k.begin, offset, scale);
}

static double current(const izh_stimulus *stimulus, uint32_t k) {
  const noise *own = stimulus->state;
  if (has_each(&stimulus->def.noise)) return current_of(&stimulus->def.noise, own, k);
  return own->scale != 0 ? own->offset + own->scale * (double)own->z[k] : own->offset;
}

enum { NUMBERS_BETWEEN = 1 << 20 }; /* two questions whether to stop */

/* Makes all draws of a process from its beginning to one, with its present keys. IZH_STOPPED, unless err is
 * NULL. */
static izh_status replay(noise *own, const izh_ids *target, int64_t last, izh_err *err) {
  int64_t piece = NUMBERS_BETWEEN / (target->size + 1) + 1;
  izh_status status = IZH_OK;
  own->drawn = -1;
  for (int64_t to = own->begun; !status && own->drawn < last; to += piece) {
    advance(own, to < last ? to : last, true);
    draw(target, own, (izh_part){.begin = 0, .end = target->size});
    status = err ? izh_stop_check(err) : IZH_OK;
  }
  return status;
}

static void redraw(izh_stimulus *stimulus, uint32_t number) {
  noise *own = stimulus->state;
  int64_t last = own->drawn;
  own->key.seed += number;
  own->common_key.seed += number;
  own->drawn = -1;
  if (own->begun >= 0) replay(own, &stimulus->def.target, last, NULL);
}

/* A process is as if it had had these keys from the beginning; after a failure it has only its future from
 * them. */
static izh_status reseed(izh_net *net, izh_stimulus *stimulus, izh_err *err) {
  noise *own = stimulus->state;
  int64_t last = own->drawn;
  izh_status status = find_keys(net, stimulus, err);
  if (own->begun < 0) own->drawn = -1;
  if (status || own->begun < 0) return status;
  noise again = *own;
  again.z = izh_alloc(stimulus->def.target.size, sizeof *again.z);
  if (!again.z) return izh_fail_memory(err, stimulus->def.target.size * sizeof *again.z);
  status = replay(&again, &stimulus->def.target, last, err);
  izh_free(status ? again.z : own->z);
  if (!status) *own = again;
  return status;
}

const izh_stimulus_type izh_noise_stimulus = {
    .info = {.name = "noise",
             .maker = "noise",
             .shown = "noise",
             .help = "a Gaussian current, drawn for each neuron and held for a time, whatever dt is",
             IZH_QUANTITIES(quantities)},
    .state_size = sizeof(noise),
    .describe = describe,
    .check = check,
    .fit = fit,
    .make = make,
    .blocks = blocks,
    .archive = archive,
    .prepare = prepare,
    .add = add,
    .current = current,
    .redraw = redraw,
    .reseed = reseed,
};
