/* Plots as files: bad input, odd input, markup, failing allocations, and what a reference picture shows. */
#include <cairo.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <pango/pango.h>

#include "base/alloc.h"
#include "figure/figure.h"
#include "figure/markup.h"

enum { POINTS = 50 };

static char folder[] = "/tmp/izh_plot_XXXXXX";

typedef struct izh_sample {
  double x[POINTS + 1], y[POINTS], lo[POINTS], hi[POINTS];
  double cells[12], spikes[2];
  izh_series series[3];
  izh_track tracks[2], heat_track;
  izh_heat heat;
  izh_mark marks[2];
  izh_plot plot, matrix;
  izh_panel panels[2];
  izh_figure figure;
} izh_sample;

static void sample_fill(izh_sample *s) {
  *s = (izh_sample){.spikes = {10, 30}};
  for (size_t i = 0; i <= POINTS; i++) s->x[i] = (double)i;
  for (size_t i = 0; i < POINTS; i++) {
    s->y[i] = sin(0.2 * (double)i);
    s->lo[i] = s->y[i] - 0.2;
    s->hi[i] = s->y[i] + 0.2;
  }
  for (size_t i = 0; i < 12; i++) s->cells[i] = (double)i - 4;
  s->series[0] = (izh_series){.label = "a",
                              .x = s->x,
                              .y = s->y,
                              .n = POINTS,
                              .lo = s->lo,
                              .hi = s->hi,
                              .band = true,
                              .ink = IZH_INK_SERIES};
  s->series[1] = (izh_series){.label = "b",
                              .x = s->x,
                              .y = s->hi,
                              .n = POINTS,
                              .look = IZH_LOOK_BOTH,
                              .ink = IZH_INK_SERIES,
                              .shade = 1,
                              .spikes = s->spikes,
                              .n_spikes = 2,
                              .peak = 2};
  s->series[2] = (izh_series){.x = s->x, .y = s->y, .n = POINTS, .look = IZH_LOOK_STEPS, .fill = true};
  const izh_axis y = {.title = "<i>y</i> (mV)", .lo = NAN, .hi = NAN};
  s->tracks[0] = (izh_track){.y = y, .series = s->series, .n_series = 2, .share = 2};
  s->tracks[1] = (izh_track){.y = y, .series = &s->series[2], .n_series = 1, .share = 1};
  s->marks[0] = (izh_mark){.from = 10, .to = 20, .label = "here"};
  s->marks[1] = (izh_mark){.from = 40, .label = "there"};
  s->plot = (izh_plot){.title = "title",
                       .note = "note",
                       .x = {.title = "Time (ms)", .lo = NAN, .hi = NAN},
                       .tracks = s->tracks,
                       .n_tracks = 2,
                       .marks = s->marks,
                       .n_marks = 2};
  s->heat = (izh_heat){
      .values = s->cells, .rows = 3, .columns = 4, .map = IZH_MAP_SIGNS, .title = "r", .lo = NAN, .hi = NAN};
  s->heat_track =
      (izh_track){.y = {.lo = 0.5, .hi = 3.5, .whole = true, .down = true}, .heat = &s->heat, .share = 1};
  s->matrix = (izh_plot){.x = {.lo = 0.5, .hi = 4.5, .whole = true}, .tracks = &s->heat_track, .n_tracks = 1};
  s->panels[0] = (izh_panel){.plot = &s->plot};
  s->panels[1] = (izh_panel){.plot = &s->matrix};
  s->figure = izh_figure_default();
  s->figure.width_mm = 120;
  s->figure.panels = s->panels;
  s->figure.n_panels = 2;
}

static char *path_of(const char *name) {
  static char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static void assert_saved(const izh_figure *figure, const char *name) {
  izh_err err = {.message = ""};
  if (izh_figure_save(figure, path_of(name), &err) != IZH_OK) fail_msg("%s: %s", name, err.message);
  assert_int_equal(unlink(path_of(name)), 0);
}

static void assert_refused(const izh_sample *s, const char *message) {
  izh_err err = {.message = ""};
  assert_int_equal(izh_figure_save(&s->figure, path_of("bad.pdf"), &err), IZH_ARGUMENT);
  assert_string_equal(err.message, message);
  assert_int_not_equal(access(path_of("bad.pdf"), F_OK), 0);
}

static void bad_numbers_are_refused(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.y[3] = INFINITY;
  assert_refused(&s, "panel 1: y[4] of series 1 of track 1 is inf: it must lie within ±1e300");
  sample_fill(&s);
  s.x[3] = 1;
  s.tracks[0].n_series = 0;
  assert_refused(&s, "panel 1: x[4] of series 1 of track 2 is 1: it must not be less than the value before");
  sample_fill(&s);
  s.plot.x.log = true;
  assert_refused(&s, "panel 1: x[1] of series 1 of track 1 is 0: a logarithmic axis shows numbers > 0");
  sample_fill(&s);
  s.cells[5] = -INFINITY;
  assert_refused(&s, "panel 2: the number in row 2, column 2 must lie within ±1e300");
  sample_fill(&s);
  s.marks[1].from = NAN;
  assert_refused(&s, "panel 1: the time of mark 2 is not a number");
  sample_fill(&s);
  s.spikes[1] = 1;
  assert_refused(&s,
                 "panel 1: spikes[2] of series 2 of track 1 is 1: it must not be less than the value before");
}

static void bad_plots_are_refused(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.plot.n_tracks = 0;
  assert_refused(&s, "panel 1: a plot needs a track");
  sample_fill(&s);
  s.plot.x.lo = 2;
  s.plot.x.hi = 1;
  assert_refused(&s, "panel 1: the range of x must ascend, not be 2 … 1");
  sample_fill(&s);
  s.tracks[0].y.bar = -1;
  assert_refused(&s, "panel 1: the scale bar of y must be > 0, not -1");
  sample_fill(&s);
  s.tracks[1].share = 0;
  assert_refused(&s, "panel 1: the share of track 2 must be > 0");
  sample_fill(&s);
  s.matrix.frame = IZH_FRAME_BARS;
  assert_refused(&s, "panel 2: a matrix has no scale bars, and must be the only track");
  sample_fill(&s);
  s.heat.lo = s.heat.hi = 1;
  assert_refused(&s, "panel 2: the range of colours must ascend, not be 1 … 1");
  sample_fill(&s);
  s.plot.note = "\xff";
  assert_refused(&s, "panel 1: the note is not UTF-8 text");
  sample_fill(&s);
  s.series[0].shade = -1;
  assert_refused(&s, "panel 1: series 1 of track 1 has an unknown look or ink");
  sample_fill(&s);
  s.panels[1].letter = "\xff";
  assert_refused(&s, "panel 2: the letter is not UTF-8 text");
}

static void odd_plots_are_drawn(void **state) {
  (void)state;
  static izh_sample s;
  for (int frame = IZH_FRAME_AXES; frame <= IZH_FRAME_NONE; frame++) {
    for (size_t n = 0; n <= 2; n++) {
      sample_fill(&s);
      s.plot.frame = (izh_frame)frame;
      for (size_t k = 0; k < 3; k++) s.series[k].n = n;
      assert_saved(&s.figure, "few.pdf");
      for (size_t k = 0; k < n; k++) s.y[k] = s.hi[k] = s.lo[k] = NAN;
      assert_saved(&s.figure, "gaps.svg");
    }
  }
  sample_fill(&s);
  s.heat.rows = s.heat.columns = 0;
  for (size_t k = 0; k < POINTS; k++) s.y[k] = k % 2 ? 1e299 : -1e299;
  assert_saved(&s.figure, "huge.png");
  s.plot.x.lo = s.plot.x.hi = 5;
  assert_saved(&s.figure, "narrow.eps");
}

static void failing_allocations_leave_nothing(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  const izh_inset inset = {.plot = &s.matrix, .x = 0.3, .y = 0.3, .w = 0.6, .h = 0.6};
  s.plot.inset = &inset;
  s.figure.height_mm = 240;
  long held = izh_alloc_held();
  izh_status status = IZH_MEMORY;
  for (long n = 1; status != IZH_OK; n++) {
    assert_in_range(n, 1, 1000);
    izh_alloc_fail_at(n);
    status = izh_figure_save(&s.figure, path_of("f.pdf"), NULL);
    izh_alloc_fail_at(0);
    assert_int_equal(izh_alloc_held(), held);
    if (status != IZH_OK) assert_int_equal(status, IZH_MEMORY);
  }
  assert_int_equal(unlink(path_of("f.pdf")), 0);
}

static void assert_markup(const char *words, const char *plain, int spans) {
  PangoAttrList *attributes = pango_attr_list_new();
  char *read = izh_markup_read(words, 7, attributes);
  assert_string_equal(read, plain);
  GSList *list = pango_attr_list_get_attributes(attributes);
  assert_int_equal(g_slist_length(list), spans);
  g_slist_free_full(list, (GDestroyNotify)pango_attribute_destroy);
  g_free(read);
  pango_attr_list_unref(attributes);
}

static void tags_are_markup_and_the_rest_is_text(void **state) {
  (void)state;
  assert_markup("plain", "plain", 0);
  assert_markup("<i>v</i>", "v", 1);
  assert_markup("x<sub>2</sub>", "x2", 2); /* size and place */
  assert_markup("<b><i>v</i></b><sup>2</sup>", "v2", 4);
  assert_markup("p < 0.05 & n > 3", "p < 0.05 & n > 3", 0);
  assert_markup("<i>open", "<i>open", 0);
  assert_markup("close</i>", "close</i>", 0);
  assert_markup("&lt;i>v&lt;/i> &amp; &amp;lt;", "<i>v</i> & &lt;", 0);
  assert_markup("<u>v</u>", "<u>v</u>", 0);
  assert_markup("<i>a<b>c</i></b>", "ac</i>", 2);
  assert_markup("", "", 0);
}

/* How dark the picture is in each field of a grid, 0 … 1. */
enum { ACROSS = 6, DOWN = 4, FIELDS = ACROSS * DOWN };

static void darkness(const char *name, double field[FIELDS]) {
  cairo_surface_t *image = cairo_image_surface_create_from_png(path_of(name));
  assert_int_equal(cairo_surface_status(image), CAIRO_STATUS_SUCCESS);
  int w = cairo_image_surface_get_width(image), h = cairo_image_surface_get_height(image);
  int stride = cairo_image_surface_get_stride(image), count[FIELDS] = {0};
  const unsigned char *data = cairo_image_surface_get_data(image);
  for (int i = 0; i < FIELDS; i++) field[i] = 0;
  for (int y = 0; y < h; y++) {
    for (int x = 0; x < w; x++) {
      const unsigned char *pixel = data + y * stride + 4 * x;
      double light = (0.11 * pixel[0] + 0.59 * pixel[1] + 0.3 * pixel[2]) / 255;
      int i = y * DOWN / h * ACROSS + x * ACROSS / w;
      field[i] += 1 - light;
      count[i]++;
    }
  }
  for (int i = 0; i < FIELDS; i++) field[i] /= count[i];
  cairo_surface_destroy(image);
}

/* The picture of the sample that was looked at; text may move by what fonts differ, so that 0.02 of a field's
 * darkness is allowed. */
static void a_picture_looks_as_it_did(void **state) {
  (void)state;
  static const double wanted[FIELDS] = {
      0.025, 0.039, 0.020, 0.181, 0.126, 0.061, //
      0.048, 0.109, 0.051, 0.175, 0.231, 0.125, //
      0.058, 0.087, 0.060, 0.244, 0.499, 0.263, //
      0.020, 0.111, 0.020, 0.221, 0.386, 0.200, //
  };
  static izh_sample s;
  double field[FIELDS];
  sample_fill(&s);
  s.figure.png_dpi = 150;
  s.figure.height_mm = 60;
  izh_err err = {.message = ""};
  if (izh_figure_save(&s.figure, path_of("r.png"), &err) != IZH_OK) fail_msg("%s", err.message);
  darkness("r.png", field);
  if (!getenv("IZH_KEEP_PICTURE")) assert_int_equal(unlink(path_of("r.png")), 0);
  double worst = 0;
  for (int i = 0; i < FIELDS; i++) worst = fmax(worst, fabs(field[i] - wanted[i]));
  if (worst <= 0.02) return;
  for (int i = 0; i < FIELDS; i++) print_error("%.3f,%s", field[i], i % ACROSS == ACROSS - 1 ? "\n" : " ");
  fail_msg("a field differs by %.3f; what is drawn is above", worst);
}

static int make_folder(void **state) {
  (void)state;
  return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
  (void)state;
  rmdir(folder);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bad_numbers_are_refused),
      cmocka_unit_test(bad_plots_are_refused),
      cmocka_unit_test(odd_plots_are_drawn),
      cmocka_unit_test(failing_allocations_leave_nothing),
      cmocka_unit_test(tags_are_markup_and_the_rest_is_text),
      cmocka_unit_test(a_picture_looks_as_it_did),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
