/* Where things go in plots: nothing overlaps, nothing leaves its panel, over a
 * matrix of pages. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "figure/plot_keys.h"
#include "figure/plot_layout.h"

enum {
  PANELS_MAX = 20,
  TRACKS_MAX = 4,
  SERIES_MAX = 6,
  MARKS_MAX = 12,
  ROWS_MAX = 50,
  RATE_KEYS = 3,
  BOXES_MAX = 500,
  TICKS = 5,
  OVERLAYS = 8
};

/* One page of the matrix. */
typedef struct izh_case {
  size_t panels;
  double width_mm;
  int columns;
  double label_w; /* of every text whose length is the user's */
  size_t tracks, series, marks;
  double text_pt;
  izh_frame frame;
  bool log, heat;
  bool words, right, overlays; /* names at ticks, a second axis, lines and texts in the plot */
  bool moved;                  /* the axes are at the right; there is an inset */
  izh_legend legend;
  double lo, hi; /* of all axes */
  size_t rows;   /* > 0: a raster of so many populations, with rates when there are two tracks */
} izh_case;

typedef struct izh_boxes {
  izh_box at[BOXES_MAX];
  const char *name[BOXES_MAX];
  size_t n;
} izh_boxes;

static void add(void *closure, const char *name, izh_box box) {
  izh_boxes *boxes = closure;
  if (box.w <= 0 || box.h <= 0) return;
  assert_true(boxes->n < BOXES_MAX);
  boxes->name[boxes->n] = name;
  boxes->at[boxes->n++] = box;
}

static bool overlap(izh_box a, izh_box b) {
  const double slack = 1e-6;
  return a.x + slack < izh_box_right(b) && b.x + slack < izh_box_right(a) &&
         a.y + slack < izh_box_bottom(b) && b.y + slack < izh_box_bottom(a);
}

static bool inside(izh_box a, izh_box b) {
  const double slack = 1e-6;
  return a.x >= b.x - slack && izh_box_right(a) <= izh_box_right(b) + slack && a.y >= b.y - slack &&
         izh_box_bottom(a) <= izh_box_bottom(b) + slack;
}

static void say_where(const izh_case *c, const char *what, const char *other, izh_box a, izh_box b) {
  print_error("%zu panels, %g mm, %d columns, labels %g pt, %zu tracks, %zu series, %zu marks, %g pt, "
              "frame %d, log %d, heat %d, words %d, right %d, overlays %d, moved %d, legend %d, %g … %g, "
              "%zu rows:\n",
              c->panels, c->width_mm, c->columns, c->label_w, c->tracks, c->series, c->marks, c->text_pt,
              c->frame, c->log, c->heat, c->words, c->right, c->overlays, c->moved, (int)c->legend, c->lo,
              c->hi, c->rows);
  print_error("  %s %.2f %.2f %.2f %.2f, %s %.2f %.2f %.2f %.2f\n", what, a.x, a.y, a.w, a.h, other, b.x, b.y,
              b.w, b.h);
  fail();
}

/* Labels in a plot, which may be over the data and each other. */
static bool is_inside(const char *name) {
  return strncmp(name, "inside", 6) == 0;
}

/* It is in its plot, and over no key unless keys are in all corners. */
static void check_inset(const izh_case *c, const izh_plot_layout *layout) {
  izh_box box = izh_plot_inset_box(layout), plot = layout->tracks[0].plot;
  if (!inside(box, plot)) say_where(c, "inset", "leaves its plot", box, plot);
  for (size_t k = 0; k < layout->n_keys; k++) {
    izh_box key = layout->keys[k].box;
    if (key.w < 0.4 * plot.w && key.h < 0.1 * plot.h && layout->n_keys == 1 && overlap(box, key))
      say_where(c, "inset", "key", box, key);
  }
}

static void check_panel(const izh_case *c, const izh_plot_layout *layout, const izh_grid_item *item,
                        izh_box page) {
  izh_boxes boxes = {.n = 0};
  izh_plot_layout_boxes(layout, add, &boxes);
  if (c->moved) check_inset(c, layout);
  assert_true(inside(item->cell, page));
  for (size_t i = 0; i < boxes.n; i++) {
    if (!inside(boxes.at[i], item->cell))
      say_where(c, boxes.name[i], "leaves its panel", boxes.at[i], item->cell);
    if (is_inside(boxes.name[i])) {
      bool in = false;
      for (size_t t = 0; t < c->tracks; t++) in = in || inside(boxes.at[i], layout->tracks[t].plot);
      if (!in) say_where(c, boxes.name[i], "leaves its plot", boxes.at[i], layout->tracks[0].plot);
    }
    for (size_t k = i + 1; k < boxes.n; k++) {
      if (is_inside(boxes.name[i]) || is_inside(boxes.name[k])) continue;
      if (overlap(boxes.at[i], boxes.at[k]))
        say_where(c, boxes.name[i], boxes.name[k], boxes.at[i], boxes.at[k]);
    }
  }
}

/* What a page of a case consists of. */
typedef struct izh_fixture {
  izh_mark marks[MARKS_MAX];
  izh_series series[SERIES_MAX], dots[ROWS_MAX];
  izh_raster raster;
  izh_rates rates;
  izh_track tracks[TRACKS_MAX];
  izh_plot plot;
  izh_heat heat;
  izh_axis right, named;
  izh_inset inset;
  izh_tick ticks[TICKS];
  izh_scale_tick own[PANELS_MAX * (1 + 2 * TRACKS_MAX) * TICKS];
  size_t n_own;
  izh_overlay overlays[OVERLAYS];
  double title_w[TRACKS_MAX], bar_w[TRACKS_MAX], mark_w[MARKS_MAX], key_w[ROWS_MAX + RATE_KEYS];
  izh_plot_sizes sizes[PANELS_MAX];
  izh_plot_layout *layouts[PANELS_MAX];
  izh_grid_item items[PANELS_MAX];
} izh_fixture;

/* All populations but the first are of one row: the hardest to name. */
static void fixture_raster(izh_fixture *f, const izh_case *c) {
  for (size_t i = 0; i < c->rows; i++)
    f->dots[i] =
        (izh_series){.look = IZH_LOOK_DOTS, .rows = {.first = i ? 1000 + (uint32_t)i : 1, .n = i ? 1 : 1000}};
  f->raster = (izh_raster){.to_ms = c->hi, .per_ms = 1};
  f->tracks[0].raster = &f->raster;
  f->tracks[0].series = f->dots;
  f->tracks[0].n_series = c->rows;
  f->tracks[1].rates = &f->rates;
  for (size_t i = 0; i < c->rows + RATE_KEYS; i++) f->key_w[i] = c->label_w;
}

static void fixture_data(izh_fixture *f, const izh_case *c) {
  double span = c->hi - c->lo;
  for (size_t i = 0; i < c->marks; i++) { /* close together, at both ends, and bands */
    double at = i == 0 ? c->lo : i == 1 ? c->hi : c->lo + (0.48 + 0.003 * (double)i) * span;
    f->marks[i] = (izh_mark){.from = at, .to = i % 2 ? at : at + 0.1 * span};
    f->mark_w[i] = c->label_w;
  }
  for (size_t i = 0; i < c->tracks; i++) {
    f->tracks[i] = (izh_track){.series = f->series, .n_series = c->series, .share = i ? 1 : 4};
    f->title_w[i] = c->frame == IZH_FRAME_AXES ? c->label_w : 0;
    f->bar_w[i] = c->frame == IZH_FRAME_BARS ? 4 * c->text_pt : 0;
  }
  f->right = (izh_axis){.title = "right"};
  for (size_t i = 0; i < c->tracks && c->right; i++) f->tracks[i].right = &f->right;
  for (size_t i = 0; i < TICKS; i++) /* evenly on the axis */
    f->ticks[i] = (izh_tick){c->log ? c->lo * pow(c->hi / c->lo, (double)i / (TICKS - 1))
                                    : c->lo + span * (double)i / (TICKS - 1),
                             "a name"};
  f->named = (izh_axis){.ticks = f->ticks, .n_ticks = TICKS};
  f->n_own = 0;
  double x[] = {c->lo, c->lo, c->hi, c->lo + 0.99 * span, c->hi, c->lo, NAN, c->lo};
  double y[] = {c->lo, c->hi, c->hi, c->lo, NAN, c->hi, c->hi, c->lo};
  izh_overlay_kind kinds[] = {IZH_OVERLAY_TEXT, IZH_OVERLAY_TEXT,  IZH_OVERLAY_ARROW, IZH_OVERLAY_ARROW,
                              IZH_OVERLAY_LINE, IZH_OVERLAY_SLOPE, IZH_OVERLAY_LINE,  IZH_OVERLAY_TEXT};
  for (size_t i = 0; i < OVERLAYS; i++)
    f->overlays[i] = (izh_overlay){
        .kind = kinds[i], .x = x[i], .y = y[i], .x1 = c->hi, .y1 = c->lo, .label = "words", .align = i == 7};
  f->heat = (izh_heat){.rows = 3, .columns = 4};
  if (c->heat) f->tracks[0].heat = &f->heat;
  for (size_t i = 0; i < c->tracks * c->series; i++) f->key_w[i] = c->label_w;
  f->plot = (izh_plot){
      .tracks = f->tracks, .n_tracks = c->tracks, .marks = f->marks, .n_marks = c->marks, .frame = c->frame};
  f->inset = (izh_inset){.plot = &f->plot, .x = NAN, .y = NAN, .w = 0.4, .h = 0.4};
  for (size_t i = 0; i < c->tracks; i++) f->tracks[i].y.at_right = c->moved;
  f->plot.inset = c->moved ? &f->inset : NULL;
  if (c->rows > 0) fixture_raster(f, c);
  f->plot.legend = c->legend;
  f->plot.overlays = f->overlays;
  f->plot.n_overlays = c->overlays ? OVERLAYS : 0;
}

/* Names at the ticks of all axes, that can take two lines. */
static void fixture_words(izh_fixture *f, const izh_case *c, izh_plot_layout *layout) {
  size_t first = f->n_own;
  izh_scale_own(&layout->x, &f->named, f->own, &f->n_own);
  for (size_t t = 0; t < c->tracks; t++) izh_scale_own(&layout->tracks[t].y, &f->named, f->own, &f->n_own);
  for (size_t k = first; k < f->n_own; k++) {
    f->own[k].width = c->label_w;
    f->own[k].folded = c->label_w / 2;
  }
}

/* The keys, all at one end, the hardest to keep apart. */
static void fixture_keys(const izh_case *c, izh_plot_layout *layout) {
  for (size_t k = 0; k < layout->n_keys; k++)
    layout->keys[k] =
        (izh_plot_key){.track = k / c->series, .series = k % c->series, .width = k, .at = c->hi};
  for (size_t k = 0; k < layout->n_keys && c->rows > 0; k++) {
    bool rate = k >= c->rows;
    layout->keys[k] = (izh_plot_key){.track = rate, .series = rate ? k - c->rows : k, .width = k};
    layout->keys[k].at = k == 0 ? 500.5 : 1000 + (double)k;
  }
}

static void fixture_scales(const izh_case *c, izh_plot_layout *layout) {
  izh_scale_init(&layout->x, c->lo, c->hi, c->log);
  for (size_t t = 0; t < c->tracks; t++) izh_scale_init(&layout->tracks[t].y, c->lo, c->hi, c->log);
  izh_scale_init(&layout->heat, c->lo, c->hi, false);
  for (size_t t = 0; t < c->tracks; t++) izh_scale_init(&layout->tracks[t].right, c->lo, c->hi, false);
  if (c->rows == 0) return;
  izh_scale_rows(&layout->tracks[0].y, 1, c->rows > 1 ? 999 + (double)c->rows : 1000, NULL);
  if (c->tracks == 1) return;
  izh_scale_init(&layout->tracks[1].y, 0, 126, false);
  layout->tracks[1].y.low = true;
}

static void fixture_layout(izh_fixture *f, const izh_case *c, size_t i) {
  double pt = c->text_pt;
  f->sizes[i] = (izh_plot_sizes){
      .text_pt = pt,
      .digit_w = 0.556 * (pt > 6 ? pt - 1 : pt),
      .note_w = i % 3 ? 0 : c->label_w,
      .x_title_w = c->label_w,
      .x_bar_w = c->frame == IZH_FRAME_BARS ? 4 * pt : 0,
      .y_title_w = f->title_w,
      .y_bar_w = f->bar_w,
      .right_title_w = f->title_w,
      .missing_w = c->heat ? c->label_w : 0,
      .mark_w = f->mark_w,
      .key_w = f->key_w,
      .heat_title_w = c->label_w,
  };
  size_t keys = c->label_w > 0 ? c->tracks * c->series : 0;
  if (keys > 0 && c->rows > 0) keys = c->rows + (c->tracks > 1 && c->rows > 4 ? RATE_KEYS : 0);
  if (c->heat || c->legend == IZH_LEGEND_NONE) keys = 0;
  assert_int_equal(izh_plot_layout_new(&f->plot, &f->sizes[i], keys, &f->layouts[i], NULL), IZH_OK);
  fixture_scales(c, f->layouts[i]);
  if (c->words) fixture_words(f, c, f->layouts[i]);
  for (size_t k = 0; k < f->plot.n_overlays; k++) f->layouts[i]->overlays.widths[k] = c->label_w;
  f->layouts[i]->header = (izh_header){.text_pt = pt,
                                       .letter_w = c->panels > 1 ? pt : 0,
                                       .title_w = i % 2 ? 0 : c->label_w,
                                       .lines = i % 2 ? 1 : 1 + (int)(c->label_w > 500)};
  fixture_keys(c, f->layouts[i]);
}

static void check_page(izh_fixture *f, const izh_case *c, izh_box page) {
  for (size_t i = 0; i < c->panels; i++) izh_plot_layout_place(f->layouts[i], &f->items[i]);
  for (size_t i = 0; i < c->panels; i++) {
    check_panel(c, f->layouts[i], &f->items[i], page);
    for (size_t k = 0; k < i; k++) assert_false(overlap(f->items[i].cell, f->items[k].cell));
  }
}

/* At the height that the panels want, then squeezed and stretched. */
static void check_heights(izh_fixture *f, const izh_case *c, double page_w) {
  double wanted = 0;
  for (size_t i = 0; i < c->panels; i++) izh_plot_layout_down(f->layouts[i], &f->items[i]);
  assert_int_equal(izh_grid_down(f->items, c->panels, NULL, &wanted, IZH_PT_PER_MM, NULL), IZH_OK);
  check_page(f, c, (izh_box){0, 0, page_w, wanted});
  for (double part = 0.5; part < 2; part += 0.1) {
    double page_h = part * wanted;
    if (izh_grid_down(f->items, c->panels, NULL, &page_h, IZH_PT_PER_MM, NULL) != IZH_OK) continue;
    check_page(f, c, (izh_box){0, 0, page_w, page_h});
    part += 0.5;
  }
}

/* Whether the page could be made; a page too narrow for its panels cannot. */
static bool check_case(const izh_case *c) {
  static izh_fixture f;
  long held = izh_alloc_held();
  int columns = c->columns ? c->columns : izh_grid_columns(c->panels, c->width_mm);
  double page_w = c->width_mm * IZH_PT_PER_MM;
  fixture_data(&f, c);
  for (size_t i = 0; i < c->panels; i++) {
    fixture_layout(&f, c, i);
    izh_plot_layout_across(f.layouts[i], page_w / columns, &f.items[i]);
  }
  bool fits = izh_grid_across(f.items, c->panels, columns, page_w, IZH_PT_PER_MM, NULL) == IZH_OK;
  if (fits) check_heights(&f, c, page_w);
  for (size_t i = 0; i < c->panels; i++) izh_plot_layout_free(f.layouts[i]);
  assert_int_equal(izh_alloc_held(), held);
  return fits;
}

static const size_t PANELS[] = {1, 3, 20};
static const double WIDTHS[] = {40, 183};
static const double LABELS[] = {0, 60, 900};
static const size_t TRACKS[] = {1, 3};
static const size_t SERIES[] = {1, 6};
static const size_t MARKS[] = {0, 12};
static const double TEXTS[] = {5, 8};
static const struct {
  bool words, right, overlays, moved;
  izh_legend legend;
} LOOKS[] = {{.legend = IZH_LEGEND_ENDS},
             {.words = true, .legend = IZH_LEGEND_RIGHT},
             {.right = true, .overlays = true, .legend = IZH_LEGEND_TOP},
             {.overlays = true, .legend = IZH_LEGEND_INSIDE},
             {.moved = true, .legend = IZH_LEGEND_INSIDE}};
static const double RANGES[][2] = {{0, 1}, {-12345.678, 98765.4321}, {1e-9, 2.3e-9}, {17.3, 17.4}, {1, 1e6}};

#define EACH(item, list) for (size_t item = 0; item < sizeof list / sizeof *list; item++)

static void check_size(izh_case c) {
  EACH(t, TEXTS) EACH(r, RANGES) {
    for (int frame = IZH_FRAME_AXES; frame <= IZH_FRAME_NONE; frame++) {
      for (int log = 0; log <= (RANGES[r][0] > 0); log++) {
        c.text_pt = TEXTS[t];
        c.frame = (izh_frame)frame;
        c.log = log;
        c.lo = RANGES[r][0];
        c.hi = RANGES[r][1];
        c.heat = false;
        for (size_t k = 0; k < (c.panels < 20 ? sizeof LOOKS / sizeof *LOOKS : 1); k++) {
          if (LOOKS[k].moved && (c.panels != 3 || c.marks > 0)) continue;
          c.words = LOOKS[k].words;
          c.moved = LOOKS[k].moved;
          c.right = LOOKS[k].right;
          c.overlays = LOOKS[k].overlays;
          c.legend = LOOKS[k].legend;
          bool fits = check_case(&c);
          if (c.width_mm >= 89 && c.columns < 5) assert_true(fits);
        }
        c.right = c.moved = false;
        c.heat = frame == IZH_FRAME_AXES && !log && c.tracks == 1 && c.series == 1;
        if (c.heat) assert_true(check_case(&c) || c.width_mm < 89 || c.columns >= 5);
      }
    }
  }
}

static void nothing_overlaps_or_leaves(void **state) {
  (void)state;
  static const int columns[] = {0, 1, 5};
  EACH(p, PANELS) EACH(w, WIDTHS) EACH(l, LABELS) EACH(k, TRACKS) EACH(s, SERIES) EACH(m, MARKS) {
    EACH(n, columns) {
      if ((size_t)columns[n] > PANELS[p]) continue;
      check_size((izh_case){.panels = PANELS[p],
                            .width_mm = WIDTHS[w],
                            .columns = columns[n],
                            .label_w = LABELS[l],
                            .tracks = TRACKS[k],
                            .series = SERIES[s],
                            .marks = MARKS[m]});
    }
  }
}

static const size_t RASTERS[] = {1, 2, 3, 12};
static const size_t ROWS[] = {1, 2, 4, 50};
static const double NAMES[] = {0, 6, 60, 900};
static const struct {
  bool overlays, moved;
  izh_legend legend;
} RASTER_LOOKS[] = {{.legend = IZH_LEGEND_ENDS},
                    {.legend = IZH_LEGEND_NONE},
                    {.overlays = true, .legend = IZH_LEGEND_RIGHT},
                    {.legend = IZH_LEGEND_TOP},
                    {.legend = IZH_LEGEND_INSIDE},
                    {.moved = true, .legend = IZH_LEGEND_ENDS}};

static void nothing_overlaps_or_leaves_in_rasters(void **state) {
  (void)state;
  static const double widths[] = {40, 89, 183};
  EACH(p, RASTERS) EACH(w, widths) EACH(l, NAMES) EACH(r, ROWS) EACH(m, MARKS) EACH(t, TEXTS) {
    for (int columns = 0; columns <= 3; columns++) {
      EACH(k, RASTER_LOOKS) {
        izh_case c = {.panels = RASTERS[p],
                      .width_mm = widths[w],
                      .columns = columns,
                      .label_w = NAMES[l],
                      .rows = ROWS[r],
                      .series = 1,
                      .marks = MARKS[m],
                      .text_pt = TEXTS[t],
                      .overlays = RASTER_LOOKS[k].overlays,
                      .moved = RASTER_LOOKS[k].moved,
                      .legend = RASTER_LOOKS[k].legend,
                      .hi = 1000};
        if ((size_t)columns > RASTERS[p] || (k > 0 && RASTERS[p] != 2)) continue;
        for (c.tracks = 1; c.tracks <= 2; c.tracks++)
          for (c.frame = IZH_FRAME_AXES; c.frame <= (RASTERS[p] <= 2 ? IZH_FRAME_NONE : IZH_FRAME_AXES);
               c.frame++) {
            bool fits = check_case(&c);
            if (columns == 0 || widths[w] >= 89) assert_true(fits);
          }
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_overlaps_or_leaves),
                                     cmocka_unit_test(nothing_overlaps_or_leaves_in_rasters)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
