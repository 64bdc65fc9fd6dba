/* Whole figures: files, formats, bad input, failing allocations. */
#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "figure/figure.h"

enum { NEURONS = 50, SPIKES = 400 };

static char folder[] = "/tmp/izh_figure_XXXXXX";

typedef struct izh_sample {
  double t[SPIKES];
  uint32_t id[SPIKES];
  izh_series dots[2];
  izh_mark marks[2];
  izh_raster raster;
  izh_rates rates;
  izh_track tracks[2];
  izh_plot plot;
  izh_panel panel;
  izh_figure figure;
} izh_sample;

static void sample_fill(izh_sample *s) {
  for (uint32_t i = 0; i < SPIKES; i++) {
    s->t[i] = 2.5 * (i + 1);
    s->id[i] = 1 + i * 17 % NEURONS;
  }
  s->dots[0] = (izh_series){
      .label = "E", .look = IZH_LOOK_DOTS, .rows = {.first = 1, .n = 40}, .ink = IZH_INK_EXCITATORY};
  s->dots[1] = (izh_series){
      .label = "I", .look = IZH_LOOK_DOTS, .rows = {.first = 41, .n = 10}, .ink = IZH_INK_INHIBITORY};
  s->marks[0] = (izh_mark){.from = 500, .label = "inhibition ×3"};
  s->marks[1] = (izh_mark){.from = 1000};
  s->raster = (izh_raster){.t_ms = s->t, .row = s->id, .n_spikes = SPIKES, .to_ms = 1000, .per_ms = 1};
  s->rates = (izh_rates){0};
  s->tracks[0] = (izh_track){.y = {.title = "Neuron", .lo = NAN, .hi = NAN, .bar = NAN},
                             .raster = &s->raster,
                             .series = s->dots,
                             .n_series = 2,
                             .share = 1};
  s->tracks[1] = (izh_track){.y = {.title = "Rate (Hz)", .hi = NAN}, .rates = &s->rates, .share = 1};
  s->plot = (izh_plot){.title = "control",
                       .x = {.title = "Time (ms)", .lo = 0, .hi = 1000},
                       .tracks = s->tracks,
                       .n_tracks = 2,
                       .marks = s->marks,
                       .n_marks = 2};
  s->figure = izh_figure_default();
  s->panel = (izh_panel){.plot = &s->plot};
  s->figure.panels = &s->panel;
  s->figure.n_panels = 1;
  s->figure.document.creator = "test";
}

static char *path_of(const char *name) {
  static char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

/* The whole file; the caller frees it. */
static char *read_file(const char *name, size_t *size) {
  FILE *file = fopen(path_of(name), "rb");
  assert_non_null(file);
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  *size = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*size + 1);
  assert_non_null(bytes);
  assert_int_equal(fread(bytes, 1, *size, file), *size);
  bytes[*size] = 0;
  fclose(file);
  return bytes;
}

static int files_in_folder(void) {
  DIR *dir = opendir(folder);
  int n = 0;
  for (struct dirent *entry; (entry = readdir(dir));)
    n += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
  closedir(dir);
  return n;
}

static int empty_folder(void **state) {
  (void)state;
  DIR *dir = opendir(folder);
  for (struct dirent *entry; (entry = readdir(dir));) {
    if (*entry->d_name != '.') unlink(path_of(entry->d_name));
  }
  closedir(dir);
  return 0;
}

static void assert_saved(const izh_figure *figure, const char *name) {
  izh_err err = {.message = ""};
  if (izh_figure_save(figure, path_of(name), &err) != IZH_OK) fail_msg("%s: %s", name, err.message);
}

static void assert_refused(const izh_sample *s, const char *part_of_message) {
  izh_err err = {.message = ""};
  assert_int_equal(izh_figure_save(&s->figure, path_of("bad.pdf"), &err), IZH_ARGUMENT);
  if (!strstr(err.message, part_of_message)) fail_msg("\"%s\" not in \"%s\"", part_of_message, err.message);
  assert_int_equal(files_in_folder(), 0);
}

static void every_format_is_what_it_says(void **state) {
  (void)state;
  const struct {
    const char *name, *begin;
  } formats[] = {{"f.pdf", "%PDF-"},
                 {"f.SVG", "<?xml"},
                 {"f.png", "\x89PNG"},
                 {"f.eps", "%!PS-Adobe-3.0 EPSF-3.0"},
                 {"f.ps", "%!PS-Adobe-3.0\n"}};
  static izh_sample s;
  sample_fill(&s);
  for (size_t i = 0; i < 5; i++) {
    size_t size;
    assert_saved(&s.figure, formats[i].name);
    char *bytes = read_file(formats[i].name, &size);
    assert_memory_equal(bytes, formats[i].begin, strlen(formats[i].begin));
    free(bytes);
  }
  assert_int_equal(files_in_folder(), 5);
}

/* The second file is drawn after others in this process, at a later date and from another random state. */
static void same_input_gives_same_bytes(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  izh_raster image = s.raster;
  image.form = IZH_DOTS_IMAGE;
  izh_track tracks[2] = {s.tracks[0], s.tracks[1]};
  tracks[0].raster = &image;
  izh_plot plot = s.plot;
  plot.tracks = tracks;
  izh_panel panels[2] = {s.panel, {.plot = &plot}};
  s.figure.panels = panels;
  s.figure.n_panels = 2;
  setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
  const char *const names[][2] = {
      {"a.pdf", "b.pdf"}, {"a.svg", "b.svg"}, {"a.png", "b.png"}, {"a.eps", "b.eps"}};
  for (int round = 0; round < 2; round++) {
    for (size_t i = 0; i < 4; i++) assert_saved(&s.figure, names[i][round]);
  }
  for (size_t i = 0; i < 4; i++) {
    size_t size[2];
    char *bytes[2] = {read_file(names[i][0], &size[0]), read_file(names[i][1], &size[1])};
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(bytes[0], bytes[1], size[0]);
    free(bytes[0]);
    free(bytes[1]);
  }
  unsetenv("SOURCE_DATE_EPOCH");
}

static void a_pdf_has_its_width_and_embeds_fonts(void **state) {
  (void)state;
  const double widths[] = {IZH_FIGURE_SINGLE_MM, IZH_FIGURE_ONEHALF_MM, IZH_FIGURE_DOUBLE_MM};
  static izh_sample s;
  sample_fill(&s);
  for (size_t i = 0; i < 3; i++) {
    size_t size;
    double width, height;
    s.figure.width_mm = widths[i];
    s.figure.height_mm = 70;
    assert_saved(&s.figure, "w.pdf");
    char *bytes = read_file("w.pdf", &size);
    const char *box = memmem(bytes, size, "/MediaBox", 9);
    assert_non_null(box);
    assert_int_equal(sscanf(box, "/MediaBox [ 0 0 %lf %lf ]", &width, &height), 2);
    assert_true(fabs(width / 72 * 25.4 - widths[i]) < 1e-3);
    assert_true(fabs(height / 72 * 25.4 - 70) < 1e-3);
    assert_non_null(memmem(bytes, size, "/FontFile", 9));
    free(bytes);
  }
}

static void a_png_has_its_resolution(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.figure.png_dpi = 127; /* 5000 pixels per metre */
  s.figure.width_mm = 100;
  assert_saved(&s.figure, "r.png");
  size_t size;
  char *bytes = read_file("r.png", &size);
  const unsigned char wanted[] = {0, 0, 0x01, 0xf4}; /* 500 pixels */
  assert_memory_equal(bytes + 16, wanted, 4);
  const unsigned char chunk[] = {0, 0, 0, 9, 'p', 'H', 'Y', 's', 0, 0, 0x13, 0x88, 0, 0, 0x13, 0x88, 1};
  assert_memory_equal(bytes + 33, chunk, sizeof chunk);
  free(bytes);
  s.figure.width_mm = 2000;
  s.figure.png_dpi = 2400;
  assert_int_equal(izh_figure_save(&s.figure, path_of("huge.png"), NULL), IZH_SIZE);
}

static void bad_spikes_are_refused(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.t[3] = NAN;
  assert_refused(&s, "spike 4 is at nan ms");
  s.t[3] = 5000;
  assert_refused(&s, "spike 4 is at 5000 ms, outside the window 0 < t ≤ 1000 ms");
  s.t[3] = 1;
  assert_refused(&s, "times must ascend");
  s.t[3] = 10;
  s.id[9] = 51;
  assert_refused(&s, "spike 10 is in row 51");
  s.id[9] = 0;
  assert_refused(&s, "spike 10 is in row 0");
}

static void bad_rows_are_refused(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.dots[1].rows.first = 40;
  assert_refused(&s, "series 2 begins at row 40");
  s.dots[1].rows.first = 41;
  s.dots[1].rows.n = 0;
  assert_refused(&s, "series 2 has no rows");
  s.dots[1].rows.n = UINT32_MAX;
  assert_refused(&s, "series 2 reaches past");
  s.dots[1].rows.n = 10;
  s.dots[1].ink = (izh_ink)7;
  assert_refused(&s, "another look or ink");
  s.tracks[0].n_series = 0;
  assert_refused(&s, "a raster needs at least one neuron");
}

/* A raster has one linear axis of rows, and nothing but its rates below; in an inset it has none. */
static void what_a_raster_cannot_have_is_refused(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.tracks[0].y.log = true;
  assert_refused(&s, "rows of neurons have one axis, which is linear");
  s.tracks[0].y.log = false;
  s.tracks[1].rates = NULL;
  assert_refused(&s, "below a raster are its rates, and nothing else");
  s.tracks[1].rates = &s.rates;
  s.tracks[1].raster = &s.raster;
  assert_refused(&s, "a raster is in the first track, not in track 2");
  s.tracks[1].raster = NULL;
  s.tracks[0].rates = &s.rates;
  assert_refused(&s, "rates are in the second track, below a raster");
  s.tracks[0].rates = NULL;
  izh_plot inside = s.plot;
  s.plot.inset = &(izh_inset){.plot = &inside, .x = NAN, .w = 0.9, .h = 0.9};
  assert_refused(&s, "a raster in an inset has no room for rates");
  inside.n_tracks = 1;
  s.figure.height_mm = 150;
  assert_saved(&s.figure, "inset.pdf");
  unlink(path_of("inset.pdf"));
  s.plot.inset = NULL;
  s.tracks[0] = (izh_track){.y = s.tracks[0].y, .share = 1};
  assert_refused(&s, "rates are in the second track, below a raster");
}

/* Else dots would be left and right of their times, or in another unit than the title says. */
static void another_axis_than_the_window_is_refused(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.plot.x.hi = 500;
  assert_refused(&s, "the range of x must be the window of the raster, 0 … 1000, not 0 … 500");
  s.plot.x.hi = NAN;
  assert_refused(&s, "the range of x must be the window of the raster, 0 … 1000, not 0 … nan");
  s.plot.x.hi = 1000;
  s.raster.per_ms = 1e-3;
  assert_refused(&s, "the range of x must be the window of the raster, 0 … 1, not 0 … 1000");
  s.plot.x.hi = 1;
  assert_saved(&s.figure, "seconds.pdf");
}

static void bad_text_is_refused(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.dots[0].label = "caf\xe9";
  assert_refused(&s, "the label of a series is not UTF-8");
  s.dots[0].label = "E";
  s.marks[1].label = "\xff";
  assert_refused(&s, "the label of mark 2 is not UTF-8");
  s.marks[1].label = NULL;
  s.plot.title = "\xc3";
  assert_refused(&s, "the title is not UTF-8");
  s.plot.title = NULL;
  s.figure.document.creator = "\xc3";
  assert_refused(&s, "the creator of the document is not UTF-8");
}

static void bad_numbers_are_refused(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.marks[0].from = NAN;
  assert_refused(&s, "the time of mark 1");
  s.marks[0].from = 1;
  s.rates.bin_ms = -1;
  assert_refused(&s, "a rate bin must be finite and at least 0.01 ms (got -1 ms)");
  s.rates.bin_ms = 1e-9;
  assert_refused(&s, "a rate bin");
  s.rates.bin_ms = NAN;
  assert_refused(&s, "a rate bin");
  s.rates.bin_ms = 0;
  s.raster.from_ms = 2000;
  assert_refused(&s, "invalid window");
  s.raster.from_ms = -INFINITY;
  assert_refused(&s, "invalid window");
  s.raster.from_ms = NAN;
  assert_refused(&s, "invalid window");
}

static void bad_pages_are_refused(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.figure.width_mm = 19;
  assert_refused(&s, "width_mm must be 20 … 2000, not 19");
  s.figure.width_mm = NAN;
  assert_refused(&s, "width_mm");
  s.figure.width_mm = 89;
  s.figure.height_mm = -1;
  assert_refused(&s, "height_mm");
  s.figure.height_mm = 0;
  s.figure.text_pt = 33;
  assert_refused(&s, "text_pt");
  s.figure.text_pt = 7;
  s.figure.png_dpi = 1e9;
  assert_refused(&s, "png_dpi");
  s.figure.png_dpi = 300;
  s.figure.columns = -1;
  assert_refused(&s, "columns");
  s.figure.columns = 0;
  s.figure.n_panels = 0;
  assert_refused(&s, "no panel");
}

static void unknown_endings_are_refused(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  izh_err err;
  const char *const names[] = {"f.jpg", "f", "pdf", "f.pdf.gz", ""};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    assert_int_equal(izh_figure_save(&s.figure, path_of(names[i]), &err), IZH_ARGUMENT);
    assert_non_null(strstr(err.message, "must end in .pdf, .svg, .png, .eps or .ps"));
  }
  assert_int_equal(files_in_folder(), 0);
}

static void set_window(izh_sample *s, double from_ms, double to_ms) {
  s->raster.from_ms = s->plot.x.lo = from_ms;
  s->raster.to_ms = s->plot.x.hi = to_ms;
}

static void odd_figures_are_drawn(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  s.raster.n_spikes = 0;
  assert_saved(&s.figure, "empty.pdf");
  set_window(&s, 0, 0);
  assert_saved(&s.figure, "zero.pdf");
  set_window(&s, -1e12, -1e12);
  assert_saved(&s.figure, "far.pdf");
  set_window(&s, -1e12, 1e12);
  assert_saved(&s.figure, "long.pdf");
  s.raster = (izh_raster){.per_ms = 1};
  set_window(&s, 0, 1e-5);
  s.dots[0].rows.n = 1;
  s.tracks[0].n_series = 1;
  assert_saved(&s.figure, "one.pdf");
  s.plot.title = s.dots[0].label =
      "神経 \n\x01 very long very long very long very long very long very long very long";
  s.tracks[0].n_series = 2;
  assert_saved(&s.figure, "label.png");
  s.dots[1].rows.first = s.dots[1].rows.n = UINT32_MAX / 4 + 1;
  assert_saved(&s.figure, "ids.svg");
}

static void an_old_file_survives_failure(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  assert_saved(&s.figure, "old.pdf");
  size_t before, after;
  char *old = read_file("old.pdf", &before);
  s.t[0] = -1;
  assert_int_equal(izh_figure_save(&s.figure, path_of("old.pdf"), NULL), IZH_ARGUMENT);
  char *kept = read_file("old.pdf", &after);
  assert_int_equal(before, after);
  assert_memory_equal(old, kept, before);
  assert_int_equal(files_in_folder(), 1);
  free(old);
  free(kept);
}

static void unwritable_places_are_said(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  izh_err err;
  assert_int_equal(izh_figure_save(&s.figure, "/nowhere/at/all/f.pdf", &err), IZH_IO);
  assert_non_null(strstr(err.message, "/nowhere/at/all/f.pdf"));
  if (access("/dev/full", W_OK) != 0) return;
  assert_int_equal(symlink("/dev/full", path_of("full.pdf")), 0);
  assert_int_equal(izh_figure_save(&s.figure, path_of("full.pdf"), &err), IZH_IO);
  assert_non_null(strstr(err.message, "No space left"));
}

static void a_link_to_a_full_device_is_written_through(void **state) {
  (void)state;
  static izh_sample s;
  sample_fill(&s);
  assert_int_equal(symlink("/dev/null", path_of("null.svg")), 0);
  assert_saved(&s.figure, "null.svg");
  struct stat info;
  assert_int_equal(lstat(path_of("null.svg"), &info), 0);
  assert_true(S_ISLNK(info.st_mode));
}

static void failing_allocations_leave_nothing(void **state) {
  const char *name = *state;
  static izh_sample s;
  sample_fill(&s);
  if (strncmp(name, "image", 5) == 0) s.raster.form = IZH_DOTS_IMAGE;
  izh_panel panels[3] = {s.panel, s.panel, s.panel};
  s.figure.panels = panels;
  s.figure.n_panels = 3;
  long held = izh_alloc_held();
  izh_status status = IZH_MEMORY;
  for (long n = 1; status != IZH_OK; n++) {
    assert_in_range(n, 1, 1000);
    izh_alloc_fail_at(n);
    status = izh_figure_save(&s.figure, path_of(name), NULL);
    izh_alloc_fail_at(0);
    assert_int_equal(izh_alloc_held(), held);
    if (status == IZH_OK) break;
    assert_int_equal(status, IZH_MEMORY);
    assert_int_equal(files_in_folder(), 0);
  }
  assert_int_equal(files_in_folder(), 1);
}

static int make_folder(void **state) {
  (void)state;
  return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
  empty_folder(state);
  return rmdir(folder);
}

#define IN_FOLDER(test) cmocka_unit_test_teardown(test, empty_folder)
#define FAILING(name)                                                                                        \
  { "failing_allocations_leave_nothing " name, failing_allocations_leave_nothing, NULL, empty_folder, name }

int main(void) {
  const struct CMUnitTest tests[] = {
      IN_FOLDER(every_format_is_what_it_says),
      IN_FOLDER(same_input_gives_same_bytes),
      IN_FOLDER(a_pdf_has_its_width_and_embeds_fonts),
      IN_FOLDER(a_png_has_its_resolution),
      IN_FOLDER(bad_spikes_are_refused),
      IN_FOLDER(bad_rows_are_refused),
      IN_FOLDER(what_a_raster_cannot_have_is_refused),
      IN_FOLDER(another_axis_than_the_window_is_refused),
      IN_FOLDER(bad_text_is_refused),
      IN_FOLDER(bad_numbers_are_refused),
      IN_FOLDER(bad_pages_are_refused),
      IN_FOLDER(unknown_endings_are_refused),
      IN_FOLDER(odd_figures_are_drawn),
      IN_FOLDER(an_old_file_survives_failure),
      IN_FOLDER(unwritable_places_are_said),
      IN_FOLDER(a_link_to_a_full_device_is_written_through),
      FAILING("f.pdf"),
      FAILING("image.pdf"),
      FAILING("f.svg"),
      FAILING("f.png"),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
