#include "core/stimulus/waveform.h"

#include <math.h>

#include "base/alloc.h"
#include "base/ieee.h"

izh_status izh_window_check(const izh_net *net, const izh_window *window, izh_err *err) {
  bool empty = window->to_ms <= window->from_ms;
  int64_t from, to = INT64_MAX;
  izh_status status = net ? izh_net_steps(net, "from", window->from_ms, &from, err) : IZH_OK;
  if (net && !status && window->to_ms != INFINITY) status = izh_net_steps(net, "to", window->to_ms, &to, err);
  if (status) return status;
  if (!(net ? to <= from : empty)) return IZH_OK;
  return izh_fail(err, IZH_RANGE, "to must be after from (got %g and %g ms)", window->to_ms, window->from_ms);
}

void izh_window_fit(const izh_net *net, const izh_window *window, izh_waveform *wave) {
  wave->from = izh_stimulus_steps(net, window->from_ms);
  wave->to = izh_stimulus_steps(net, window->to_ms);
}

bool izh_waveform_begin(const izh_net *net, izh_stimulus *stimulus) {
  izh_waveform *wave = stimulus->state;
  wave->offset = wave->scale = 0;
  izh_free(wave->before);
  wave->before = NULL;
  return !stimulus->stopped && net->now >= wave->from && net->now < wave->to;
}

void izh_waveform_give(izh_waveform *wave, double value, double offset) {
  wave->offset = wave->each ? offset : offset + wave->one * value;
  wave->scale = wave->each ? value : 0;
}

izh_status izh_waveform_check(const izh_net *net, const izh_stimulus_def *def, izh_err *err) {
  return izh_window_check(net, &def->constant.window, err);
}

void izh_waveform_fit(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus) {
  izh_window_fit(net, &def->constant.window, stimulus->state);
}

izh_status izh_waveform_make(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus,
                             izh_err *err) {
  (void)net;
  return izh_waveform_set_amplitude(stimulus, def->constant.amplitude, err);
}

int izh_waveform_blocks(void *state, void **blocks) {
  izh_waveform *wave = state;
  blocks[0] = wave->each;
  blocks[1] = wave->before;
  return 2;
}

void izh_waveform_add(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const izh_waveform *wave = stimulus->state;
  const izh_ids *target = &stimulus->def.target;
  double offset = wave->offset, scale = wave->scale, *ext = net->ext;
  if (wave->each)
    for (uint32_t i = k.begin; i < k.end; i++) ext[izh_ids_at(target, i)] += offset + scale * wave->each[i];
  else if (offset != 0)
    for (uint32_t i = k.begin; i < k.end; i++) ext[izh_ids_at(target, i)] += offset;
}

double izh_waveform_current(const izh_stimulus *stimulus, uint32_t k) {
  const izh_waveform *wave = stimulus->state;
  const double *amplitudes = wave->before ? wave->before : wave->each;
  return wave->scale != 0 ? wave->offset + wave->scale * amplitudes[k] : wave->offset;
}

izh_status izh_waveform_set_amplitude(izh_stimulus *stimulus, izh_amplitude amplitude, izh_err *err) {
  izh_waveform *wave = stimulus->state;
  uint32_t n = stimulus->def.target.size;
  double *each = amplitude.each ? izh_alloc(n, sizeof *each) : NULL;
  if (amplitude.each && !each) return izh_fail_memory(err, n * sizeof *each);
  for (uint32_t k = 0; k < n && each; k++) each[k] = amplitude.each[stimulus->order ? stimulus->order[k] : k];
  if (wave->scale != 0 && !wave->before)
    wave->before = wave->each;
  else
    izh_free(wave->each);
  wave->each = each;
  wave->one = amplitude.one;
  return IZH_OK;
}

static bool amplitudes_valid(const izh_waveform *wave, uint32_t n) {
  for (uint32_t k = 0; k < n && wave->each; k++)
    if (!isfinite(wave->each[k])) return false;
  return (wave->each || isfinite(wave->one)) && (wave->scale == 0 || wave->each || wave->before);
}

void izh_waveform_archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  (void)net;
  izh_waveform *wave = stimulus->state;
  uint32_t n = stimulus->def.target.size;
  izh_archive_f64(a, &wave->one);
  wave->each = izh_archive_optional(a, wave->each, n, sizeof *wave->each);
  wave->before = izh_archive_optional(a, wave->before, n, sizeof *wave->before);
  izh_archive_f64(a, &wave->offset);
  izh_archive_f64(a, &wave->scale);
  if (izh_archive_reads(a)) izh_archive_require(a, amplitudes_valid(wave, n), "amplitudes of a current");
}
