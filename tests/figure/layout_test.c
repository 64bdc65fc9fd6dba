/* Where things go on the page: nothing overlaps, nothing leaves its panel, over a matrix of pages. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "figure/raster_layout.h"

enum { PANELS_MAX = 12, GROUPS_MAX = 50, MARKS_MAX = 12, BOXES_MAX = 400 };

/* One page of the matrix. */
typedef struct izh_case {
  size_t panels;
  double width_mm;
  int columns;
  double label_w; /* of every text whose length is the user's */
  size_t groups, marks;
  double text_pt;
  bool rate;
  izh_frame frame;
} izh_case;

typedef struct izh_boxes {
  izh_box at[BOXES_MAX];
  const char *name[BOXES_MAX];
  size_t n;
} izh_boxes;

static void add(izh_boxes *boxes, const char *name, izh_box box) {
  if (box.w <= 0 || box.h <= 0) return;
  assert_true(boxes->n < BOXES_MAX);
  boxes->name[boxes->n] = name;
  boxes->at[boxes->n++] = box;
}

static void collect(const izh_raster_layout *layout, izh_boxes *boxes) {
  add(boxes, "spikes", layout->spikes);
  add(boxes, "rate", layout->rate);
  add(boxes, "letter", layout->header.letter_box);
  add(boxes, "title", layout->header.title_box);
  add(boxes, "ids title", layout->ids_title);
  add(boxes, "time bar", layout->time_bar);
  add(boxes, "time bar text", layout->time_bar_text);
  add(boxes, "rate bar", layout->rate_bar);
  add(boxes, "rate bar text", layout->rate_bar_text);
  add(boxes, "rate title", layout->rate_title);
  add(boxes, "time title", layout->time_title);
  add(boxes, "note", layout->note);
  for (size_t i = 0; i < layout->raster->n_groups; i++) add(boxes, "group", layout->groups[i]);
  for (size_t i = 0; i < layout->sizes->n_keys; i++) add(boxes, "key", layout->keys[i]);
  for (size_t i = 0; i < layout->marks.n_flags; i++) add(boxes, "mark", layout->marks.labels[i]);
  if (layout->raster->frame != IZH_FRAME_AXES) return;
  for (size_t i = 0; i < layout->times.ticks.n; i++) add(boxes, "time", izh_raster_time_label(layout, i));
  for (size_t i = 0; i < layout->rows.ticks.n; i++) add(boxes, "id", izh_raster_id_label(layout, i));
  for (size_t i = 0; layout->raster->rate && i < layout->rates.ticks.n; i++) {
    add(boxes, "hz", izh_raster_rate_label(layout, i));
  }
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
  print_error("%zu panels, %g mm, %d columns, labels %g pt, %zu groups, %zu marks, %g pt, rate %d:\n",
              c->panels, c->width_mm, c->columns, c->label_w, c->groups, c->marks, c->text_pt, c->rate);
  print_error("  %s %.2f %.2f %.2f %.2f, %s %.2f %.2f %.2f %.2f\n", what, a.x, a.y, a.w, a.h, other, b.x, b.y,
              b.w, b.h);
}

static void check_panel(const izh_case *c, const izh_raster_layout *layout, const izh_grid_item *item,
                        izh_box page) {
  izh_boxes boxes = {.n = 0};
  collect(layout, &boxes);
  assert_true(inside(item->cell, page));
  for (size_t i = 0; i < boxes.n; i++) {
    if (!inside(boxes.at[i], item->cell)) {
      say_where(c, boxes.name[i], "leaves its panel", boxes.at[i], item->cell);
      fail();
    }
    for (size_t k = i + 1; k < boxes.n; k++) {
      if (!overlap(boxes.at[i], boxes.at[k])) continue;
      say_where(c, boxes.name[i], boxes.name[k], boxes.at[i], boxes.at[k]);
      fail();
    }
  }
}

/* What a page of a case consists of. */
typedef struct izh_fixture {
  izh_raster_group groups[GROUPS_MAX];
  izh_mark marks[MARKS_MAX];
  double group_w[GROUPS_MAX], mark_w[MARKS_MAX], key_w[4];
  izh_raster raster;
  izh_raster_sizes sizes[PANELS_MAX];
  izh_raster_layout *layouts[PANELS_MAX];
  izh_grid_item items[PANELS_MAX];
} izh_fixture;

static void fixture_data(izh_fixture *f, const izh_case *c) {
  for (size_t i = 0; i < c->groups; i++) { /* all but the first of one neuron: the hardest to label */
    f->groups[i] = (izh_raster_group){.first_id = i ? 1000 + (uint32_t)i : 1, .size = i ? 1 : 1000};
    f->group_w[i] = c->label_w;
  }
  for (size_t i = 0; i < c->marks; i++) { /* close together, and at both ends */
    f->marks[i].t_ms = i == 0 ? 0 : i == 1 ? 1000 : 480 + 3.0 * (double)i;
    f->mark_w[i] = c->label_w;
  }
  for (size_t i = 0; i < 4; i++) f->key_w[i] = c->label_w;
  f->raster = (izh_raster){.to_ms = 1000,
                           .groups = f->groups,
                           .n_groups = c->groups,
                           .n_neurons = 1000,
                           .marks = f->marks,
                           .n_marks = c->marks,
                           .rate = c->rate,
                           .frame = c->frame};
}

static void fixture_sizes(izh_fixture *f, const izh_case *c, int columns) {
  double pt = c->text_pt;
  for (size_t i = 0; i < c->panels; i++) {
    bool first = i % (size_t)columns == 0, axes = c->frame == IZH_FRAME_AXES;
    f->sizes[i] = (izh_raster_sizes){
        .text_pt = pt,
        .digit_w = 0.556 * (pt > 6 ? pt - 1 : pt),
        .note_w = c->rate && i == 0 ? 4 * pt : 0,
        .ids_title_w = axes && first ? 3.5 * pt : 0,
        .rate_title_w = axes && first && c->rate ? 4.6 * pt : 0,
        .time_title_w = axes && i + (size_t)columns >= c->panels ? 4.8 * pt : 0,
        .time_bar_w = c->frame == IZH_FRAME_BARS ? 4 * pt : 0,
        .rate_bar_w = c->frame == IZH_FRAME_BARS ? 3 * pt : 0,
        .group_w = f->group_w,
        .mark_w = f->mark_w,
        .key_w = f->key_w,
        .n_keys = c->rate && c->groups > 1 ? (c->groups < 4 ? c->groups : 4) : 0,
        .rate_max = 120,
    };
    assert_int_equal(izh_raster_layout_new(&f->raster, &f->sizes[i], &f->layouts[i], NULL), IZH_OK);
    f->layouts[i]->header = (izh_header){.text_pt = pt,
                                         .letter_w = c->panels > 1 ? pt : 0,
                                         .title_w = c->label_w,
                                         .lines = i % 2 ? 1 : 1 + (int)(c->label_w > 500)};
    izh_raster_layout_scales(f->layouts[i]);
  }
}

static void check_page(izh_fixture *f, const izh_case *c, izh_box page) {
  for (size_t i = 0; i < c->panels; i++) izh_raster_layout_place(f->layouts[i], &f->items[i]);
  for (size_t i = 0; i < c->panels; i++) {
    check_panel(c, f->layouts[i], &f->items[i], page);
    for (size_t k = 0; k < i; k++) assert_false(overlap(f->items[i].cell, f->items[k].cell));
  }
}

/* At the height that the panels want, then squeezed and stretched. */
static void check_heights(izh_fixture *f, const izh_case *c, double page_w) {
  double wanted = 0;
  for (size_t i = 0; i < c->panels; i++) izh_raster_layout_down(f->layouts[i], &f->items[i]);
  assert_int_equal(izh_grid_down(f->items, c->panels, NULL, &wanted, IZH_PT_PER_MM, NULL), IZH_OK);
  check_page(f, c, (izh_box){0, 0, page_w, wanted});
  for (double part = 0.5; part < 2; part += 0.1) {
    double page_h = part * wanted;
    if (izh_grid_down(f->items, c->panels, NULL, &page_h, IZH_PT_PER_MM, NULL) != IZH_OK) continue;
    assert_true(page_h == part * wanted);
    check_page(f, c, (izh_box){0, 0, page_w, page_h});
    part += 0.3;
  }
}

/* Whether the page could be made; a page too narrow for its panels cannot. */
static bool check_case(const izh_case *c) {
  static izh_fixture f;
  long held = izh_alloc_held();
  int columns = c->columns ? c->columns : izh_grid_columns(c->panels, c->width_mm);
  double page_w = c->width_mm * IZH_PT_PER_MM;
  fixture_data(&f, c);
  fixture_sizes(&f, c, columns);
  for (size_t i = 0; i < c->panels; i++) {
    izh_raster_layout_across(f.layouts[i], page_w / columns, &f.items[i]);
  }
  bool fits = izh_grid_across(f.items, c->panels, columns, page_w, IZH_PT_PER_MM, NULL) == IZH_OK;
  if (fits) check_heights(&f, c, page_w);
  for (size_t i = 0; i < c->panels; i++) izh_raster_layout_free(f.layouts[i]);
  assert_int_equal(izh_alloc_held(), held);
  return fits;
}

static const size_t PANELS[] = {1, 2, 3, 5, 12};
static const double WIDTHS[] = {40, 89, 183};
static const double LABELS[] = {0, 6, 60, 900};
static const size_t GROUPS[] = {0, 1, 2, 4, 50};
static const size_t MARKS[] = {0, 1, 12};
static const double TEXTS[] = {5, 8};

#define EACH(item, list) for (size_t item = 0; item < sizeof list / sizeof *list; item++)

static void nothing_overlaps_or_leaves(void **state) {
  (void)state;
  EACH(p, PANELS) EACH(w, WIDTHS) EACH(l, LABELS) EACH(g, GROUPS) EACH(m, MARKS) EACH(t, TEXTS) {
    for (int columns = 0; columns <= 3; columns++) {
      for (int rate = 0; rate <= 1; rate++) {
        if ((size_t)columns > PANELS[p]) continue;
        izh_case c = {PANELS[p], WIDTHS[w], columns, LABELS[l],     GROUPS[g],
                      MARKS[m],  TEXTS[t],  rate,    IZH_FRAME_AXES};
        if (PANELS[p] <= 2 && MARKS[m] != 1) { /* enough of the other frames */
          for (c.frame = IZH_FRAME_BARS; c.frame <= IZH_FRAME_NONE; c.frame++) check_case(&c);
          c.frame = IZH_FRAME_AXES;
        }
        bool fits = check_case(&c);
        if (columns == 0 || WIDTHS[w] >= 89) assert_true(fits);
      }
    }
  }
}

static void axes_of_a_grid_are_aligned(void **state) {
  (void)state;
  izh_grid_item items[4] = {{.left = 20, .right = 5, .top = 4, .bottom = 10, .want_h = 50, .least_h = 20},
                            {.left = 10, .right = 30, .top = 14, .bottom = 10, .want_h = 60, .least_h = 20},
                            {.left = 25, .right = 5, .top = 4, .bottom = 20, .want_h = 50, .least_h = 20},
                            {.left = 10, .right = 8, .top = 4, .bottom = 20, .want_h = 50, .least_h = 20}};
  double page_h = 300;
  assert_int_equal(izh_grid_across(items, 4, 2, 400, IZH_PT_PER_MM, NULL), IZH_OK);
  assert_int_equal(izh_grid_down(items, 4, NULL, &page_h, IZH_PT_PER_MM, NULL), IZH_OK);
  assert_true(page_h == 300);
  assert_true(items[0].frame.x == items[2].frame.x && items[1].frame.x == items[3].frame.x);
  assert_true(items[0].frame.y == items[1].frame.y && items[0].frame.h == items[1].frame.h);
  assert_true(items[0].frame.w == items[1].frame.w);
}

/* Three columns: a wide panel and one, then one and a wide one, then one over all. */
static void panels_span_columns_and_rows_share_heights(void **state) {
  (void)state;
  izh_grid_item items[5] = {{.left = 20, .right = 5, .span = 2},
                            {.left = 10, .right = 30},
                            {.left = 25, .right = 9},
                            {.left = 10, .right = 8, .span = 2},
                            {.left = 12, .right = 4, .span = 7}};
  for (size_t i = 0; i < 5; i++) items[i].want_h = items[i].least_h = 20;
  assert_int_equal(izh_grid_assign(items, 5, 3), 3);
  assert_int_equal(izh_grid_across(items, 5, 3, 500, IZH_PT_PER_MM, NULL), IZH_OK);
  assert_true(items[0].frame.x == items[2].frame.x && items[2].frame.x == items[4].frame.x);
  assert_true(fabs(izh_box_right(items[1].frame) - izh_box_right(items[3].frame)) < 1e-9);
  assert_true(fabs(izh_box_right(items[1].frame) - izh_box_right(items[4].frame)) < 1e-9);
  assert_true(items[0].frame.w > items[2].frame.w && items[4].frame.w > items[3].frame.w);
  assert_true(izh_box_right(items[0].cell) <= items[1].cell.x);
  double page_h = 400, shares[] = {3, 1, 0.01};
  assert_int_equal(izh_grid_down(items, 5, shares, &page_h, IZH_PT_PER_MM, NULL), IZH_OK);
  assert_true(fabs(items[0].frame.h - 3 * items[2].frame.h) < 1e-6);
  assert_true(items[4].frame.h == 20); /* what it needs at least */
  assert_true(fabs(izh_box_bottom(items[4].cell) - (400 - 2.5)) < 1e-6);
}

static void a_page_too_small_says_what_it_needs(void **state) {
  (void)state;
  izh_grid_item items[2] = {{.left = 20, .least_h = 90, .want_h = 90},
                            {.left = 20, .least_h = 90, .want_h = 90}};
  izh_err err;
  double page_h = 72;
  assert_int_equal(izh_grid_across(items, 2, 2, 60, IZH_PT_PER_MM, &err), IZH_ARGUMENT);
  assert_string_equal(
      err.message, "2 columns of panels need a width of 30 mm, not 21 mm: give more width, or fewer columns");
  assert_int_equal(izh_grid_across(items, 2, 2, 200, IZH_PT_PER_MM, &err), IZH_OK);
  assert_int_equal(izh_grid_down(items, 2, NULL, &page_h, IZH_PT_PER_MM, &err), IZH_ARGUMENT);
  assert_string_equal(err.message, "the panels need a height of 34 mm, not 25 mm: give more height, or none");
}

static void columns_suit_the_page(void **state) {
  (void)state;
  assert_int_equal(izh_grid_columns(1, 183), 1);
  assert_int_equal(izh_grid_columns(2, 89), 1);
  assert_int_equal(izh_grid_columns(2, 183), 2);
  assert_int_equal(izh_grid_columns(4, 183), 2);
  assert_int_equal(izh_grid_columns(12, 183), 4);
  assert_int_equal(izh_grid_columns(12, 89), 2);
  assert_int_equal(izh_grid_columns(5, 20), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nothing_overlaps_or_leaves),
      cmocka_unit_test(axes_of_a_grid_are_aligned),
      cmocka_unit_test(panels_span_columns_and_rows_share_heights),
      cmocka_unit_test(a_page_too_small_says_what_it_needs),
      cmocka_unit_test(columns_suit_the_page),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
