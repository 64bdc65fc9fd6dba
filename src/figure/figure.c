#include "figure/figure.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "figure/check.h"
#include "figure/figure_page.h"
#include "figure/plot_panel.h"
#include "figure/raster_page.h"

enum { LETTERS_MAX = 16 };

/* Larger text is for slides and posters, where lines and markers must grow with it. */
static const double MOST_PT = 8, BASE_PT = 7;

/* A figure while it is laid out and drawn. */
typedef struct izh_draft {
  const izh_figure *figure;
  int columns;
  double scale;               /* all is laid out for text of at most MOST_PT, and drawn larger by this */
  double width_pt, height_pt; /* before that */
  izh_plot_panel **panels;    /* [n_panels]; NULL: not made */
  izh_grid_item *items;       /* [n_panels] */
  double *bins_ms;            /* [n_panels] of the rates of rasters; 0: none */
  char (*letters)[LETTERS_MAX];
  izh_text *text;
} izh_draft;

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

/* The title of the horizontal axis, "" for none. */
static const char *x_title(const izh_panel *panel) {
  return panel->plot->frame == IZH_FRAME_AXES && panel->plot->x.title ? panel->plot->x.title : "";
}

/* The panel in the next row that takes the same columns; n_panels when there is none. */
static size_t panel_below(const izh_draft *draft, size_t i) {
  const izh_grid_item *items = draft->items, *own = &items[i];
  size_t k = i + 1, n = draft->figure->n_panels;
  while (k < n &&
         (items[k].row != own->row + 1 || items[k].column != own->column || items[k].span != own->span))
    k++;
  return k;
}

/* The panel below, if its horizontal axis has the same title; else n_panels. */
static size_t same_below(const izh_draft *draft, size_t i) {
  size_t below = panel_below(draft, i);
  const izh_panel *panels = draft->figure->panels;
  bool same = below < draft->figure->n_panels && strcmp(x_title(&panels[i]), x_title(&panels[below])) == 0;
  return same ? below : draft->figure->n_panels;
}

static void add_range(const izh_draft *draft, size_t i, double *lo, double *hi) {
  *lo = fmin(*lo, draft->panels[i]->layout->x.lo);
  *hi = fmax(*hi, draft->panels[i]->layout->x.hi);
}

/* Time axes above each other have one range, unless the script has said another one. */
static void share_ranges(izh_draft *draft) {
  const izh_panel *panels = draft->figure->panels;
  size_t n = draft->figure->n_panels;
  for (size_t i = 0; i < n; i++) {
    double lo = INFINITY, hi = -INFINITY;
    size_t count = 0;
    for (size_t k = i; k < n; k = same_below(draft, k), count++) add_range(draft, k, &lo, &hi);
    for (size_t k = i; k < n && count > 1; k = same_below(draft, k))
      if (panels[k].plot->x.shared) izh_plot_panel_share(draft->panels[k], lo, hi);
  }
}

static bool has_one_bin(const izh_draft *draft) {
  double common = 0;
  for (size_t i = 0; i < draft->figure->n_panels; i++) {
    if (draft->bins_ms[i] == 0) continue;
    if (common > 0 && draft->bins_ms[i] != common) return false;
    common = draft->bins_ms[i];
  }
  return true;
}

/* Rates of one page share their scale when they have the same bin, so that they can be compared. */
static void share_rates(izh_draft *draft) {
  bool one_bin = has_one_bin(draft);
  double most = 0;
  for (size_t i = 0; i < draft->figure->n_panels; i++)
    most = fmax(most, izh_plot_panel_rate_max(draft->panels[i]));
  for (size_t i = 0; i < draft->figure->n_panels && one_bin; i++)
    izh_plot_panel_rates(draft->panels[i], most);
}

static izh_status draft_begin(izh_draft *draft, const izh_figure *figure, izh_err *err) {
  size_t n = figure->n_panels;
  draft->figure = figure;
  draft->scale = figure->text_pt > MOST_PT ? figure->text_pt / BASE_PT : 1;
  draft->width_pt = figure->width_mm * IZH_PT_PER_MM / draft->scale;
  draft->columns = figure->columns ? figure->columns : izh_grid_columns(n, figure->width_mm / draft->scale);
  draft->panels = izh_alloc_zero(n, sizeof *draft->panels);
  draft->items = izh_alloc_zero(n, sizeof *draft->items);
  draft->bins_ms = izh_alloc_zero(n, sizeof *draft->bins_ms);
  draft->letters = izh_alloc_zero(n, sizeof *draft->letters);
  if (!draft->panels || !draft->items || !draft->bins_ms || !draft->letters)
    return izh_fail_memory(err, n * sizeof *draft->items);
  for (size_t i = 0; i < n; i++) draft->items[i].span = figure->panels[i].span;
  size_t rows = izh_grid_assign(draft->items, n, draft->columns);
  if (figure->heights && figure->n_heights != rows) {
    return izh_fail(err, IZH_ARGUMENT, "the panels take %zu row%s, but there are %zu height%s", rows,
                    izh_s(rows), figure->n_heights, izh_s(figure->n_heights));
  }
  izh_raster_page_bins(figure, cell_width(draft), draft->bins_ms);
  for (size_t i = 0; i < n; i++) {
    if (figure->letters && n > 1) letter_text(draft->letters[i], i);
    izh_status status = izh_plot_panel_new(figure->panels[i].plot, draft->bins_ms[i], &draft->panels[i], err);
    if (status != IZH_OK) return status;
  }
  share_ranges(draft);
  share_rates(draft);
  return IZH_OK;
}

static void draft_end(izh_draft *draft) {
  for (size_t i = 0; draft->panels && i < draft->figure->n_panels; i++) izh_plot_panel_free(draft->panels[i]);
  izh_free(draft->panels);
  izh_free(draft->items);
  izh_free(draft->bins_ms);
  izh_free(draft->letters);
  izh_text_close(draft->text);
}

/* The title of the rows of a raster, at its left; NULL when there is none. */
static const char *rows_title(const izh_panel *panel) {
  const izh_track *track = &panel->plot->tracks[0];
  bool shown = track->raster && panel->plot->frame == IZH_FRAME_AXES && !track->y.at_right;
  return shown ? track->y.title : NULL;
}

/* Of neighbouring rasters in a row with the same title "Neuron", only the first shows it. */
static bool has_y_title(const izh_draft *draft, size_t i) {
  if (draft->items[i].column == 0) return true;
  const char *own = rows_title(&draft->figure->panels[i]), *left = rows_title(&draft->figure->panels[i - 1]);
  return !own || !left || strcmp(own, left) != 0;
}

/* Of the rasters of a row with titles at the left, only the first one with rates has a title for these. */
static bool has_rate_title(const izh_draft *draft, size_t i) {
  if (!rows_title(&draft->figure->panels[i])) return true;
  for (size_t k = i; k-- > 0 && draft->items[k].row == draft->items[i].row;)
    if (izh_raster_page_rates(draft->figure, k) && rows_title(&draft->figure->panels[k])) return false;
  return true;
}

/* Whether the panel shows the title of its horizontal axis: not if the panel below has the same title, with
 * the same power of ten. */
static bool has_x_title(const izh_draft *draft, size_t i) {
  size_t below = same_below(draft, i);
  if (below == draft->figure->n_panels) return true;
  return draft->panels[i]->layout->x.power != draft->panels[below]->layout->x.power;
}

static const char *letter(const izh_draft *draft, size_t i) {
  const char *given = draft->figure->panels[i].letter;
  return given ? given : draft->letters[i];
}

/* The dots of one page have one size, so that panels can be compared. */
static void draft_measure(izh_draft *draft) {
  size_t most_spikes = izh_raster_page_most_spikes(draft->figure);
  for (size_t i = 0; i < draft->figure->n_panels; i++) {
    izh_panel_context context = {.letter = letter(draft, i),
                                 .x_title = has_x_title(draft, i),
                                 .y_title = has_y_title(draft, i),
                                 .rate_title = has_rate_title(draft, i),
                                 .most_spikes = most_spikes};
    izh_plot_panel_measure(draft->panels[i], draft->text, &context);
  }
}

static izh_status draft_open_text(izh_draft *draft, izh_err *err) {
  double size_pt = draft->scale > 1 ? BASE_PT : draft->figure->text_pt;
  izh_status status = izh_text_open(size_pt, false, &draft->text, err);
  if (status != IZH_OK) return status;
  draft_measure(draft);
  if (!izh_text_lacks_glyphs(draft->text)) return IZH_OK;
  izh_text_close(draft->text);
  draft->text = NULL;
  status = izh_text_open(size_pt, true, &draft->text, err);
  if (status == IZH_OK) draft_measure(draft);
  return status;
}

static izh_status draft_layout(izh_draft *draft, izh_err *err) {
  size_t n = draft->figure->n_panels;
  izh_grid_item *items = draft->items;
  for (size_t i = 0; i < n; i++) {
    izh_plot_panel_across(draft->panels[i], cell_width(draft) * items[i].span, &items[i]);
  }
  izh_status status =
      izh_grid_across(items, n, draft->columns, draft->width_pt, IZH_PT_PER_MM / draft->scale, err);
  if (status != IZH_OK) return status;
  for (size_t i = 0; i < n; i++) izh_plot_panel_down(draft->panels[i], &items[i]);
  draft->height_pt = draft->figure->height_mm * IZH_PT_PER_MM / draft->scale;
  status =
      izh_grid_down(items, n, draft->figure->heights, &draft->height_pt, IZH_PT_PER_MM / draft->scale, err);
  if (status != IZH_OK) return status;
  if (draft->height_pt * draft->scale > 2000 * IZH_PT_PER_MM) {
    return izh_fail(err, IZH_ARGUMENT, "%zu panel%s in %d column%s would be higher than 2000 mm", n, izh_s(n),
                    draft->columns, izh_s((unsigned)draft->columns));
  }
  for (size_t i = 0; i < n; i++) izh_plot_panel_place(draft->panels[i], &items[i]);
  return IZH_OK;
}

static izh_status draft_draw(izh_draft *draft, izh_format format, izh_page **result, izh_err *err) {
  izh_page *page;
  izh_page_def def = {.format = format,
                      .width_pt = draft->width_pt * draft->scale,
                      .height_pt = draft->height_pt * draft->scale,
                      .dpi = draft->figure->png_dpi,
                      .document = draft->figure->document};
  izh_status status = izh_page_open(&def, &page, err);
  if (status != IZH_OK) return status;
  if (draft->scale > 1) cairo_scale(izh_page_cairo(page), draft->scale, draft->scale);
  for (size_t i = 0; i < draft->figure->n_panels && status == IZH_OK; i++) {
    status = izh_plot_draw(draft->panels[i], draft->text, izh_page_cairo(page), err);
  }
  if (status != IZH_OK) {
    izh_page_close(page);
    return status;
  }
  *result = page;
  return IZH_OK;
}

izh_status izh_figure_page(const izh_figure *figure, izh_format format, izh_page **page, izh_err *err) {
  izh_status status = izh_figure_check(figure, err);
  if (status != IZH_OK) return status;
  izh_draft draft = {0};
  status = draft_begin(&draft, figure, err);
  if (status == IZH_OK) status = draft_open_text(&draft, err);
  if (status == IZH_OK) status = draft_layout(&draft, err);
  if (status == IZH_OK) status = draft_draw(&draft, format, page, err);
  draft_end(&draft);
  return status;
}

izh_status izh_figure_save(const izh_figure *figure, const char *path, izh_err *err) {
  izh_format format;
  izh_page *page;
  izh_status status = izh_format_of(path, &format, err);
  if (status == IZH_OK) status = izh_figure_page(figure, format, &page, err);
  if (status != IZH_OK) return status;
  status = izh_page_save(page, path, err);
  izh_page_close(page);
  return status;
}

izh_status izh_figure_give(const izh_figure *figure, const char *path, const char *ending,
                           izh_figure_taker *take, izh_err *err) {
  izh_format format;
  izh_page *page;
  const char *bytes;
  size_t size;
  izh_status status = izh_format_of(path, &format, err);
  if (status == IZH_OK) status = izh_format_of(ending, &format, err);
  if (status == IZH_OK) status = izh_figure_page(figure, format, &page, err);
  if (status != IZH_OK) return status;
  status = izh_page_bytes(page, &bytes, &size, err);
  if (status == IZH_OK) take(path, bytes, size);
  izh_page_close(page);
  return status;
}
