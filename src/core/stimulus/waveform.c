#include "core/stimulus/waveform.h"

#include <math.h>
#include <stdio.h>

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

const char *izh_window_text(const izh_window *window, char text[64]) {
  text[0] = '\0';
  if (window->to_ms < INFINITY)
    snprintf(text, 64, ", from %.10g to %.10g ms", window->from_ms, window->to_ms);
  else if (window->from_ms > 0)
    snprintf(text, 64, ", from %.10g ms on", window->from_ms);
  return text;
}

bool izh_window_open(const izh_net *net, const izh_window *window) {
  return (window->from_ms == 0 || net->now >= izh_stimulus_steps(net, window->from_ms)) &&
         (window->to_ms == INFINITY || net->now < izh_stimulus_steps(net, window->to_ms));
}

void izh_window_fit(const izh_net *net, const izh_window *window, izh_waveform *waveform) {
  waveform->from = izh_stimulus_steps(net, window->from_ms);
  waveform->to = izh_stimulus_steps(net, window->to_ms);
}

bool izh_waveform_begin(const izh_net *net, izh_stimulus *stimulus) {
  izh_waveform *waveform = stimulus->state;
  waveform->offset = waveform->scale = 0;
  izh_free(waveform->before);
  waveform->before = NULL;
  return !stimulus->stopped && net->now >= waveform->from && net->now < waveform->to;
}

void izh_waveform_give(izh_waveform *waveform, double value, double offset) {
  waveform->offset = waveform->each ? offset : offset + waveform->one * value;
  waveform->scale = waveform->each ? value : 0;
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
  izh_waveform *waveform = state;
  blocks[0] = waveform->each;
  blocks[1] = waveform->before;
  return 2;
}

void izh_waveform_add(const izh_net *net, const izh_stimulus *stimulus, izh_part k) {
  const izh_waveform *waveform = stimulus->state;
  const izh_ids *target = &stimulus->def.target;
  double offset = waveform->offset, scale = waveform->scale, *ext = net->ext;
  if (waveform->each)
    for (uint32_t i = k.begin; i < k.end; i++)
      ext[izh_ids_at(target, i)] += offset + scale * waveform->each[i];
  else if (offset != 0)
    for (uint32_t i = k.begin; i < k.end; i++) ext[izh_ids_at(target, i)] += offset;
}

double izh_waveform_current(const izh_stimulus *stimulus, uint32_t k) {
  const izh_waveform *waveform = stimulus->state;
  const double *amplitudes = waveform->before ? waveform->before : waveform->each;
  return waveform->scale != 0 ? waveform->offset + waveform->scale * amplitudes[k] : waveform->offset;
}

izh_status izh_waveform_set_amplitude(izh_stimulus *stimulus, izh_amplitude amplitude, izh_err *err) {
  izh_waveform *waveform = stimulus->state;
  uint32_t n = stimulus->def.target.size;
  double *each = amplitude.each ? izh_alloc(n, sizeof *each) : NULL;
  if (amplitude.each && !each) return izh_fail_memory(err, n * sizeof *each);
  for (uint32_t k = 0; k < n && each; k++) each[k] = amplitude.each[stimulus->order ? stimulus->order[k] : k];
  if (waveform->scale != 0 && !waveform->before)
    waveform->before = waveform->each;
  else
    izh_free(waveform->each);
  waveform->each = each;
  waveform->one = amplitude.one;
  return IZH_OK;
}

static bool amplitudes_valid(const izh_waveform *waveform, uint32_t n) {
  for (uint32_t k = 0; k < n && waveform->each; k++)
    if (!isfinite(waveform->each[k])) return false;
  return (waveform->each || isfinite(waveform->one)) &&
         (waveform->scale == 0 || waveform->each || waveform->before);
}

void izh_waveform_archive(izh_archive *a, izh_net *net, izh_stimulus *stimulus) {
  (void)net;
  izh_waveform *waveform = stimulus->state;
  uint32_t n = stimulus->def.target.size;
  izh_archive_f64(a, &waveform->one);
  waveform->each = izh_archive_optional(a, waveform->each, n, sizeof *waveform->each);
  waveform->before = izh_archive_optional(a, waveform->before, n, sizeof *waveform->before);
  izh_archive_f64(a, &waveform->offset);
  izh_archive_f64(a, &waveform->scale);
  if (izh_archive_reads(a)) izh_archive_require(a, amplitudes_valid(waveform, n), "amplitudes of a current");
}
