#include "figure/check.h"

#include <glib.h>
#include <math.h>

#include "figure/axis.h"
#include "figure/raster.h"
#include "figure/rate.h"

static const double TIME_LIMIT_MS = 1e12;

char *izh_check_say(char text[IZH_NUMBER_SIZE], double value) {
  return g_ascii_formatd(text, IZH_NUMBER_SIZE, "%.10g", value);
}

izh_status izh_check_text(const char *text, const izh_where *where, const char *what, izh_err *err) {
  if (!text || g_utf8_validate(text, -1, NULL)) return IZH_OK;
  return izh_fail(err, IZH_ARGUMENT, "%s%s is not UTF-8 text", where->text, what);
}

static izh_status check_between(double value, double lo, double hi, const char *what, izh_err *err) {
  if (value >= lo && value <= hi) return IZH_OK;
  char given[IZH_NUMBER_SIZE], from[IZH_NUMBER_SIZE], to[IZH_NUMBER_SIZE];
  return izh_fail(err, IZH_ARGUMENT, "%s must be %s … %s, not %s", what, izh_check_say(from, lo),
                  izh_check_say(to, hi), izh_check_say(given, value));
}

static izh_status check_window(const izh_raster *raster, const izh_where *where, izh_err *err) {
  double from = raster->from_ms, to = raster->to_ms;
  double least =
      1e-9 * fmax(fabs(from), fabs(to)); /* a shorter window is lost in the rounding of its times */
  if (fabs(from) <= TIME_LIMIT_MS && fabs(to) <= TIME_LIMIT_MS && (from == to || to - from > least))
    return IZH_OK;
  char a[IZH_NUMBER_SIZE], b[IZH_NUMBER_SIZE];
  return izh_fail(err, IZH_ARGUMENT,
                  "%sinvalid window %s … %s ms: its ends must ascend, and lie within ±1e12 ms", where->text,
                  izh_check_say(a, from), izh_check_say(b, to));
}

static izh_status check_groups(const izh_raster *raster, const izh_where *where, izh_err *err) {
  if (raster->n_groups == 0 && raster->n_neurons == 0) {
    return izh_fail(err, IZH_ARGUMENT, "%sa raster needs at least one neuron", where->text);
  }
  double free_id = 1; /* the smallest id that the next group may begin with */
  for (size_t i = 0; i < raster->n_groups; i++) {
    const izh_raster_group *group = &raster->groups[i];
    char what[40];
    g_snprintf(what, sizeof what, "the label of group %zu", i + 1);
    if (izh_check_text(group->label, where, what, err) != IZH_OK) return IZH_ARGUMENT;
    if (group->size == 0) return izh_fail(err, IZH_ARGUMENT, "%sgroup %zu is empty", where->text, i + 1);
    if (group->first_id < free_id) {
      return izh_fail(err, IZH_ARGUMENT,
                      "%sgroup %zu begins at neuron %u, groups must ascend from 1, without overlap",
                      where->text, i + 1, group->first_id);
    }
    free_id = (double)group->first_id + group->size;
    if (free_id > IZH_RASTER_HIDDEN) {
      return izh_fail(err, IZH_ARGUMENT, "%sgroup %zu reaches past neuron %u", where->text, i + 1,
                      IZH_RASTER_HIDDEN - 1);
    }
    if (group->neurons && group->neurons < group->size) {
      return izh_fail(err, IZH_ARGUMENT, "%sgroup %zu has %u row%s for %u neuron%s", where->text, i + 1,
                      group->size, izh_s(group->size), group->neurons, izh_s(group->neurons));
    }
    if ((unsigned)group->ink > IZH_INK_INHIBITORY) {
      return izh_fail(err, IZH_ARGUMENT, "%sgroup %zu has an unknown ink", where->text, i + 1);
    }
  }
  return IZH_OK;
}

static izh_status check_spikes(const izh_raster *raster, const izh_where *where, izh_err *err) {
  double last = raster->from_ms;
  if (raster->n_spikes > UINT32_MAX) {
    return izh_fail(err, IZH_ARGUMENT, "%s%zu spikes are more than a raster can show", where->text,
                    raster->n_spikes);
  }
  if ((unsigned)raster->dots > IZH_DOTS_IMAGE) {
    return izh_fail(err, IZH_ARGUMENT, "%sthe dots have an unknown form", where->text);
  }
  for (size_t i = 0; i < raster->n_spikes; i++) {
    double t = raster->t_ms[i];
    char a[IZH_NUMBER_SIZE], b[IZH_NUMBER_SIZE], c[IZH_NUMBER_SIZE];
    if (!(t > raster->from_ms && t <= raster->to_ms)) {
      return izh_fail(err, IZH_ARGUMENT, "%sspike %zu is at %s ms, outside the window %s < t ≤ %s ms",
                      where->text, i + 1, izh_check_say(a, t), izh_check_say(b, raster->from_ms),
                      izh_check_say(c, raster->to_ms));
    }
    if (t < last) {
      return izh_fail(err, IZH_ARGUMENT,
                      "%sspike %zu is at %s ms, before the one at %s ms; times must ascend", where->text,
                      i + 1, izh_check_say(a, t), izh_check_say(b, last));
    }
    if (izh_raster_spike_group(raster, i) == SIZE_MAX) {
      return izh_fail(err, IZH_ARGUMENT, "%sspike %zu is of neuron %u, which is in no group of the raster",
                      where->text, i + 1, raster->id[i]);
    }
    last = t;
  }
  return IZH_OK;
}

izh_status izh_check_marks(const izh_mark *marks, size_t n, const izh_where *where, izh_err *err) {
  for (size_t i = 0; i < n; i++) {
    char what[40];
    g_snprintf(what, sizeof what, "the label of mark %zu", i + 1);
    if (izh_check_text(marks[i].label, where, what, err) != IZH_OK) return IZH_ARGUMENT;
    if (isnan(marks[i].t_ms) || isnan(marks[i].end_ms)) {
      return izh_fail(err, IZH_ARGUMENT, "%sthe time of mark %zu is not a number", where->text, i + 1);
    }
  }
  return IZH_OK;
}

static izh_status check_bin(const izh_raster *raster, const izh_where *where, izh_err *err) {
  double bin = raster->rate_bin_ms, span = raster->to_ms - raster->from_ms;
  if (!raster->rate || bin == 0) return IZH_OK;
  if (bin > 0 && isfinite(bin) && span / bin <= IZH_RATE_BINS_MAX) return IZH_OK;
  char a[IZH_NUMBER_SIZE], b[IZH_NUMBER_SIZE];
  return izh_fail(err, IZH_ARGUMENT, "%sa rate bin must be finite and at least %s ms (got %s ms)",
                  where->text, izh_check_say(b, span / IZH_RATE_BINS_MAX), izh_check_say(a, bin));
}

static izh_status check_rates(const izh_raster *raster, const izh_where *where, izh_err *err) {
  double lo = raster->rate_lo, hi = raster->rate_hi;
  if ((lo == 0 && hi == 0) || (lo >= 0 && lo < hi && hi < 1e12)) return IZH_OK;
  char a[IZH_NUMBER_SIZE], b[IZH_NUMBER_SIZE];
  return izh_fail(err, IZH_ARGUMENT, "%sthe range of the rates must ascend from 0 Hz or more, not be %s … %s",
                  where->text, izh_check_say(a, lo), izh_check_say(b, hi));
}

static izh_status check_raster(const izh_raster *raster, const izh_where *where, izh_err *err) {
  izh_status status = izh_check_text(raster->title, where, "the title", err);
  if (status == IZH_OK) status = izh_check_text(raster->rows_note, where, "the note", err);
  if (status == IZH_OK) status = izh_check_text(raster->note, where, "the note", err);
  if (status == IZH_OK) status = check_window(raster, where, err);
  if (status == IZH_OK) status = check_groups(raster, where, err);
  if (status == IZH_OK) status = check_spikes(raster, where, err);
  if (status == IZH_OK) status = izh_check_marks(raster->marks, raster->n_marks, where, err);
  if (status == IZH_OK) status = check_bin(raster, where, err);
  if (status == IZH_OK) status = check_rates(raster, where, err);
  return status;
}

static izh_status check_page(const izh_figure *figure, izh_err *err) {
  const izh_where page = {""};
  if (figure->n_panels == 0) return izh_fail(err, IZH_ARGUMENT, "there is no panel to draw");
  if (figure->columns < 0) return izh_fail(err, IZH_ARGUMENT, "columns must not be negative");
  izh_status status = check_between(figure->width_mm, 20, 2000, "width_mm", err);
  if (status == IZH_OK && figure->height_mm != 0) {
    status = check_between(figure->height_mm, 20, 2000, "height_mm", err);
  }
  if (status == IZH_OK) status = check_between(figure->text_pt, 5, 32, "text_pt", err);
  if (status == IZH_OK) status = check_between(figure->png_dpi, 36, 2400, "png_dpi", err);
  for (size_t i = 0; figure->heights && i < figure->n_heights && status == IZH_OK; i++)
    status = check_between(figure->heights[i], 1e-3, 1e3, "a height of rows", err);
  const izh_document *document = &figure->document;
  if (status == IZH_OK) status = izh_check_text(document->title, &page, "the title of the document", err);
  if (status == IZH_OK) status = izh_check_text(document->author, &page, "the author of the document", err);
  if (status == IZH_OK) status = izh_check_text(document->subject, &page, "the subject of the document", err);
  if (status == IZH_OK)
    status = izh_check_text(document->keywords, &page, "the keywords of the document", err);
  if (status == IZH_OK) status = izh_check_text(document->creator, &page, "the creator of the document", err);
  return status;
}

izh_status izh_figure_check(const izh_figure *figure, izh_err *err) {
  izh_status status = check_page(figure, err);
  for (size_t i = 0; i < figure->n_panels && status == IZH_OK; i++) {
    izh_where where = {""};
    if (figure->n_panels > 1) g_snprintf(where.text, sizeof where.text, "panel %zu: ", i + 1);
    const izh_panel *panel = &figure->panels[i];
    status = izh_check_text(panel->letter, &where, "the letter", err);
    if (status != IZH_OK) break;
    status =
        panel->raster ? check_raster(panel->raster, &where, err) : izh_plot_check(panel->plot, &where, err);
  }
  return status;
}
