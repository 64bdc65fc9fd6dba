#include "figure/figure.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "figure/axis.h"
#include "figure/check.h"
#include "figure/page.h"
#include "figure/palette.h"
#include "figure/raster.h"
#include "figure/rate.h"

enum { LETTERS_MAX = 16 };

/* A figure on its way to paper. */
typedef struct izh_draft {
  const izh_figure *figure;
  int columns;
  double width_pt, height_pt;
  izh_raster_panel **panels; /* [n_panels] */
  izh_place *places;         /* [n_panels] */
  char (*letters)[LETTERS_MAX];
  izh_text *text;
} izh_draft;

izh_figure izh_figure_default(void) {
  return (izh_figure){.width_mm = IZH_FIGURE_SINGLE_MM, .letters = true, .text_pt = 7, .png_dpi = 300};
}

/* a … z, aa, ab … */
static void letter_text(char text[LETTERS_MAX], size_t number) {
  char *out = text + LETTERS_MAX;
  *--out = 0;
  for (size_t rest = number + 1; rest > 0; rest = (rest - 1) / 26) *--out = (char)('a' + (rest - 1) % 26);
  memmove(text, out, (size_t)(text + LETTERS_MAX - out));
}

static double cell_width(const izh_draft *draft) {
  return draft->width_pt / draft->columns;
}

/* A round bin for the rates of all panels that name none, so that they can be compared: as narrow as can be
 * told apart in the longest window, and wide enough to hold some spikes in the busiest panel; fewer are
 * noise, not a rate. */
static double page_bin(const izh_draft *draft) {
  static const double spikes_a_bin = 3; /* of a group */
  double wide = 0, dense = INFINITY;
  for (size_t i = 0; i < draft->figure->n_panels; i++) {
    const izh_raster *raster = &draft->figure->panels[i];
    double span = raster->to_ms - raster->from_ms;
    if (!raster->rate || raster->rate_bin_ms > 0 || !(span > 0)) continue;
    wide = fmax(wide, izh_rate_bin(span, 0.75 * cell_width(draft)));
    double groups = fmax(1, fmin((double)raster->n_groups, IZH_SHADES)); /* more are pooled */
    if (raster->n_spikes > 0) dense = fmin(dense, spikes_a_bin * groups * span / (double)raster->n_spikes);
  }
  return wide > 0 ? izh_round_step(isinf(dense) ? wide : fmax(wide, dense)) : 0;
}

/* A short window has five bins at least. Bins hold whole numbers of steps: others would hold now more, now
 * fewer, and the rate would zigzag. */
static double panel_bin(const izh_draft *draft, size_t i) {
  const izh_raster *raster = &draft->figure->panels[i];
  double span = raster->to_ms - raster->from_ms;
  if (raster->rate_bin_ms > 0) return raster->rate_bin_ms;
  if (!(span > 0)) return 0;
  double bin = fmin(page_bin(draft), izh_round_step(span / 5));
  return raster->dt_ms > 0 ? raster->dt_ms * fmax(1, ceil(bin / raster->dt_ms - 1e-9)) : bin;
}

static izh_status draft_begin(izh_draft *draft, const izh_figure *figure, izh_err *err) {
  size_t n = figure->n_panels;
  draft->figure = figure;
  draft->width_pt = figure->width_mm * IZH_PT_PER_MM;
  draft->columns = figure->columns ? figure->columns : izh_grid_columns(n, figure->width_mm);
  if ((size_t)draft->columns > n) draft->columns = (int)n;
  draft->panels = izh_alloc_zero(n, sizeof *draft->panels);
  draft->places = izh_alloc_zero(n, sizeof *draft->places);
  draft->letters = izh_alloc_zero(n, sizeof *draft->letters);
  if (!draft->panels || !draft->places || !draft->letters)
    return izh_fail_memory(err, n * sizeof *draft->places);
  for (size_t i = 0; i < n; i++) {
    if (figure->letters && n > 1) letter_text(draft->letters[i], i);
    izh_status status = izh_raster_panel_new(&figure->panels[i], panel_bin(draft, i), &draft->panels[i], err);
    if (status != IZH_OK) return status;
  }
  return IZH_OK;
}

static void draft_end(izh_draft *draft) {
  for (size_t i = 0; draft->panels && i < draft->figure->n_panels; i++)
    izh_raster_panel_free(draft->panels[i]);
  izh_free(draft->panels);
  izh_free(draft->places);
  izh_free(draft->letters);
  izh_text_close(draft->text);
}

/* Whether all panels measure time in one unit (then it need not be said in each), and rates in one bin. */
static bool one_unit(const izh_draft *draft) {
  const izh_figure *figure = draft->figure;
  for (size_t i = 1; i < figure->n_panels; i++) {
    if (izh_raster_in_seconds(&figure->panels[i]) != izh_raster_in_seconds(&figure->panels[0])) return false;
  }
  return true;
}

static bool one_bin(const izh_draft *draft) {
  double bin = 0;
  for (size_t i = 0; i < draft->figure->n_panels; i++) {
    if (!draft->figure->panels[i].rate) continue;
    if (bin > 0 && panel_bin(draft, i) != bin) return false;
    bin = panel_bin(draft, i);
  }
  return true;
}

/* Whether panel i is the first since panel `begin` that has a rate. */
static bool first_rate(const izh_figure *figure, size_t begin, size_t i) {
  for (size_t k = begin; k < i; k++)
    if (figure->panels[k].rate) return false;
  return figure->panels[i].rate;
}

/* Panels of one page are there to be compared: their rates share one scale, when they are counted in
 * one bin, and their dots one size. */
static void draft_measure(izh_draft *draft) {
  size_t n = draft->figure->n_panels, columns = (size_t)draft->columns;
  bool unit = one_unit(draft), bin = one_bin(draft);
  double rate_max = 0;
  size_t most_spikes = 0;
  for (size_t i = 0; i < n; i++) {
    size_t n_spikes = draft->figure->panels[i].n_spikes;
    rate_max = fmax(rate_max, izh_raster_panel_rate_max(draft->panels[i]));
    if (n_spikes > most_spikes) most_spikes = n_spikes;
  }
  for (size_t i = 0; i < n; i++) {
    izh_raster_words words = {.letter = draft->letters[i],
                              .ids_title = i % columns == 0,
                              .rate_title = first_rate(draft->figure, i - i % columns, i),
                              .time_title = !unit || i + columns >= n,
                              .rate_max = bin ? rate_max : izh_raster_panel_rate_max(draft->panels[i]),
                              .most_spikes = most_spikes};
    izh_raster_panel_measure(draft->panels[i], draft->text, &words);
  }
}

static izh_status draft_open_text(izh_draft *draft, izh_err *err) {
  izh_status status = izh_text_open(draft->figure->text_pt, false, &draft->text, err);
  if (status != IZH_OK) return status;
  draft_measure(draft);
  if (!izh_text_lacks_glyphs(draft->text)) return IZH_OK;
  izh_text_close(draft->text);
  draft->text = NULL;
  status = izh_text_open(draft->figure->text_pt, true, &draft->text, err);
  if (status == IZH_OK) draft_measure(draft);
  return status;
}

static izh_status draft_layout(izh_draft *draft, izh_err *err) {
  size_t n = draft->figure->n_panels;
  izh_place *places = draft->places;
  for (size_t i = 0; i < n; i++) {
    izh_raster_layout_across(izh_raster_panel_layout(draft->panels[i]), cell_width(draft), &places[i]);
  }
  izh_status status = izh_grid_across(places, n, draft->columns, draft->width_pt, err);
  if (status != IZH_OK) return status;
  for (size_t i = 0; i < n; i++)
    izh_raster_layout_down(izh_raster_panel_layout(draft->panels[i]), &places[i]);
  draft->height_pt = draft->figure->height_mm * IZH_PT_PER_MM;
  status = izh_grid_down(places, n, draft->columns, &draft->height_pt, err);
  if (status != IZH_OK) return status;
  if (draft->height_pt > 2000 * IZH_PT_PER_MM) {
    return izh_fail(err, IZH_ARGUMENT, "%zu panels in %d columns are higher than 2000 mm", n, draft->columns);
  }
  for (size_t i = 0; i < n; i++)
    izh_raster_layout_place(izh_raster_panel_layout(draft->panels[i]), &places[i]);
  return IZH_OK;
}

static izh_status draft_save(izh_draft *draft, izh_format format, const char *path, izh_err *err) {
  izh_page *page;
  izh_page_def def = {.format = format,
                      .width_pt = draft->width_pt,
                      .height_pt = draft->height_pt,
                      .dpi = draft->figure->png_dpi,
                      .document = draft->figure->document};
  izh_status status = izh_page_open(&def, &page, err);
  if (status != IZH_OK) return status;
  for (size_t i = 0; i < draft->figure->n_panels && status == IZH_OK; i++)
    status = izh_raster_panel_draw(draft->panels[i], draft->text, izh_page_cairo(page), err);
  if (status == IZH_OK) status = izh_page_save(page, path, err);
  izh_page_close(page);
  return status;
}

izh_status izh_figure_save(const izh_figure *figure, const char *path, izh_err *err) {
  izh_format format;
  izh_status status = izh_format_of(path, &format, err);
  if (status == IZH_OK) status = izh_figure_check(figure, err);
  if (status != IZH_OK) return status;
  izh_draft draft = {0};
  status = draft_begin(&draft, figure, err);
  if (status == IZH_OK) status = draft_open_text(&draft, err);
  if (status == IZH_OK) status = draft_layout(&draft, err);
  if (status == IZH_OK) status = draft_save(&draft, format, path, err);
  draft_end(&draft);
  return status;
}
