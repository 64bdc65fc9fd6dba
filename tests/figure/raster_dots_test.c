/* The dots of a raster: what an image of them shows, when there is one, and how large a file gets. */
#include <cairo-pdf.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "figure/raster_dots.h"

enum { SIDE = 100, MANY = 1000000 };

/* A plot of 80 × 80 pt with a margin of 10, times 0 … 80 ms, neurons 1 … 8 below and 9 … 16 above. */
typedef struct sample {
  izh_series series[2];
  izh_raster raster;
  izh_track track;
  izh_plot plot;
  izh_plot_track placed;
  izh_plot_layout layout;
  uint32_t *order;
  size_t start[3];
  izh_dots dots;
} sample;

/* The spikes of the first series come first. */
static void sample_fill(sample *s, const double *t_ms, const uint32_t *row, size_t n, size_t n_first) {
  *s = (sample){.raster = {.t_ms = t_ms, .row = row, .n_spikes = n, .to_ms = 80, .per_ms = 1}};
  for (uint32_t i = 0; i < 2; i++)
    s->series[i] = (izh_series){.look = IZH_LOOK_DOTS,
                                .colour = IZH_COLOUR_GIVEN | (i ? 0xFF0000 : 0x000000),
                                .rows = {.first = 1 + 8 * i, .n = 8}};
  s->track = (izh_track){.raster = &s->raster, .series = s->series, .n_series = 2};
  s->plot = (izh_plot){.tracks = &s->track, .n_tracks = 1};
  s->placed = (izh_plot_track){.plot = {10, 10, 80, 80}};
  s->layout = (izh_plot_layout){.plot = &s->plot, .tracks = &s->placed};
  izh_scale_init(&s->layout.x, 0, 80, false);
  izh_scale_rows(&s->placed.y, 1, 16, NULL);
  s->order = izh_alloc(n, sizeof *s->order);
  for (size_t i = 0; i < n; i++) s->order[i] = (uint32_t)i;
  s->start[1] = n_first;
  s->start[2] = n;
  s->dots = (izh_dots){.layout = &s->layout, .order = s->order, .start = s->start, .w = 2, .h = 3};
}

/* A white picture of 100 × 100 pt, a pixel each, with the dots. */
static cairo_surface_t *picture(const sample *s) {
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE, SIDE);
  cairo_t *cr = cairo_create(surface);
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_paint(cr);
  assert_int_equal(izh_dots_draw(&s->dots, cr, NULL), IZH_OK);
  assert_int_equal(cairo_status(cr), CAIRO_STATUS_SUCCESS);
  cairo_destroy(cr);
  cairo_surface_flush(surface);
  return surface;
}

static uint32_t pixel(cairo_surface_t *surface, int x, int y) {
  const unsigned char *row =
      cairo_image_surface_get_data(surface) + y * cairo_image_surface_get_stride(surface);
  return ((const uint32_t *)(const void *)row)[x] & 0xFFFFFF;
}

/* Sum of what is not white in the blue channel, in whole pixels: both inks have none there. */
static double ink(cairo_surface_t *surface) {
  double sum = 0;
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++) sum += (255 - (pixel(surface, x, y) & 255)) / 255.0;
  return sum;
}

static void a_dot_has_its_place_area_and_colour(void **state) {
  (void)state;
  /* neuron 8 is at y = 90 - 7.5 / 16 × 80 = 52.5, neuron 9 at 47.5 */
  const double t_ms[] = {20, 40.5};
  const uint32_t id[] = {8, 9};
  sample s;
  sample_fill(&s, t_ms, id, 2, 1);
  cairo_surface_t *surface = picture(&s);
  assert_true(fabs(ink(surface) - 2 * 2 * 3) < 0.1);
  for (int y = 51; y < 54; y++)
    for (int x = 29; x < 31; x++) assert_int_equal(pixel(surface, x, y), 0x000000);
  /* the second lies half on the pixels at either side */
  for (int y = 46; y < 49; y++) {
    assert_int_equal(pixel(surface, 49, y), 0xFF8080);
    assert_int_equal(pixel(surface, 50, y), 0xFF0000);
    assert_int_equal(pixel(surface, 51, y), 0xFF8080);
  }
  cairo_surface_destroy(surface);
  izh_free(s.order);
}

static void dots_that_overlap_ink_what_they_cover_together(void **state) {
  (void)state;
  const double t_ms[] = {20, 20, 20.25};
  const uint32_t id[] = {4, 4, 4};
  sample s;
  sample_fill(&s, t_ms, id, 3, 3);
  cairo_surface_t *surface = picture(&s);
  assert_true(fabs(ink(surface) - 2.25 * 3) < 0.1);
  cairo_surface_destroy(surface);
  izh_free(s.order);
}

/* At the corners of the window, larger than the margin that the plot has there, and smaller than a pixel. */
static void dots_at_the_edges_are_whole(void **state) {
  (void)state;
  const double t_ms[] = {1e-9, 80, 1e-9, 80};
  const uint32_t id[] = {1, 1, 16, 16};
  sample s;
  sample_fill(&s, t_ms, id, 4, 2);
  for (double size = 0.01; size < 12; size *= 3) {
    s.dots.w = s.dots.h = size;
    cairo_surface_t *surface = picture(&s);
    assert_true(fabs(ink(surface) - 4 * size * size) <
                0.05 + 0.13 * size); /* sizes are whole points of 1/34 pt */
    cairo_surface_destroy(surface);
  }
  izh_free(s.order);
}

static cairo_status_t count(void *closure, const unsigned char *data, unsigned length) {
  (void)data;
  *(size_t *)closure += length;
  return CAIRO_STATUS_SUCCESS;
}

static size_t pdf_size(const sample *s) {
  size_t size = 0;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(count, &size, SIDE, SIDE);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  cairo_t *cr = cairo_create(surface);
  assert_int_equal(izh_dots_draw(&s->dots, cr, NULL), IZH_OK);
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy(surface);
  return size;
}

static double random_part(void) {
  static uint64_t x = 88172645463325252;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  return (double)(x >> 11) / 9007199254740992.0;
}

static void a_million_dots_are_a_small_image(void **state) {
  (void)state;
  double *t_ms = izh_alloc(MANY, sizeof *t_ms);
  uint32_t *id = izh_alloc(MANY, sizeof *id);
  for (size_t i = 0; i < MANY; i++) {
    t_ms[i] = 80 * (double)(i + 1) / MANY;
    id[i] = 1 + (uint32_t)(16 * random_part());
    if (id[i] > 16) id[i] = 16;
  }
  sample s;
  sample_fill(&s, t_ms, id, MANY, MANY);
  s.series[0].rows.n = 16;
  s.track.n_series = 1;
  s.dots.image = true;
  s.dots.w = s.dots.h = IZH_DOTS_PIXEL;
  assert_true(pdf_size(&s) < 1500000);
  izh_free(t_ms);
  izh_free(id);
  izh_free(s.order);
}

static void a_path_takes_few_bytes_and_no_place_twice(void **state) {
  (void)state;
  enum { FEW = 20000 };
  double *t_ms = izh_alloc(2 * FEW, sizeof *t_ms);
  uint32_t *id = izh_alloc(2 * FEW, sizeof *id);
  for (size_t i = 0; i < FEW; i++) {
    t_ms[i] = 80 * (double)(i + 1) / FEW;
    id[i] = 1 + (uint32_t)(7.999 * random_part());
  }
  sample s;
  sample_fill(&s, t_ms, id, FEW, FEW);
  size_t once = pdf_size(&s);
  izh_free(s.order);
  assert_true(once < 12 * FEW);
  for (size_t i = FEW; i-- > 0;) {
    t_ms[2 * i] = t_ms[2 * i + 1] = t_ms[i];
    id[2 * i] = id[2 * i + 1] = id[i];
  }
  sample_fill(&s, t_ms, id, 2 * FEW, 2 * FEW);
  assert_int_equal(pdf_size(&s), once);
  izh_free(t_ms);
  izh_free(id);
  izh_free(s.order);
}

static void many_or_dense_dots_suit_an_image(void **state) {
  (void)state;
  const izh_box plot = {0, 0, 100, 100}, page = {0, 0, 1000, 1000};
  assert_false(izh_dots_suit_image(plot, 10000, 1, 1));
  assert_true(izh_dots_suit_image(plot, 10001, 1, 1));
  assert_false(izh_dots_suit_image(page, 200000, 1, 1));
  assert_true(izh_dots_suit_image(page, 200001, 1, 1));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_dot_has_its_place_area_and_colour),
      cmocka_unit_test(dots_that_overlap_ink_what_they_cover_together),
      cmocka_unit_test(dots_at_the_edges_are_whole),
      cmocka_unit_test(a_million_dots_are_a_small_image),
      cmocka_unit_test(a_path_takes_few_bytes_and_no_place_twice),
      cmocka_unit_test(many_or_dense_dots_suit_an_image),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
