/* GIF files: another reader sees the frames that were added, pixel by pixel. */
#include <gif_lib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "figure/gif.h"

enum { W = 37, H = 23, STRIDE = 40, FRAMES = 5 };

typedef struct izh_bytes {
  const char *data;
  size_t size, at;
} izh_bytes;

static int take(GifFileType *file, GifByteType *to, int n) {
  izh_bytes *from = file->UserData;
  size_t left = from->size - from->at, got = left < (size_t)n ? left : (size_t)n;
  memcpy(to, from->data + from->at, got);
  from->at += got;
  return (int)got;
}

/* A white page with a square that moves and changes its colour; in the third frame nothing changes. */
static void draw(uint32_t pixels[H * STRIDE], int frame) {
  static const uint32_t colours[] = {0x0072B2, 0xD55E00, 0xD55E00, 0x000000, 0x808080};
  int at = frame == 2 ? 1 : frame;
  for (int i = 0; i < H * STRIDE; i++) pixels[i] = 0xFFFFFF;
  for (int y = 0; y < 6; y++)
    for (int x = 0; x < 6; x++) pixels[(3 * at + y) * STRIDE + 5 * at + x] = colours[frame] | 0xFF000000u;
}

/* 32 × 23 colours, all in bins of their own. */
static void draw_many(uint32_t pixels[H * STRIDE]) {
  for (int y = 0; y < H; y++)
    for (int x = 0; x < STRIDE; x++) pixels[y * STRIDE + x] = (uint32_t)(x % 32 * 8 << 16 | y * 8 << 8);
}

static izh_status make(izh_gif **gif, const char **bytes, size_t *size) {
  static uint32_t pixels[H * STRIDE];
  izh_status status = izh_gif_new(W, H, 5, "made by a test", gif, NULL);
  for (int k = 0; k < FRAMES && status == IZH_OK; k++) {
    draw(pixels, k);
    status = izh_gif_add(*gif, pixels, STRIDE, NULL);
  }
  return status == IZH_OK ? izh_gif_end(*gif, bytes, size, NULL) : status;
}

static void compose(uint32_t seen[H * W], const SavedImage *image, int transparent) {
  GifImageDesc part = image->ImageDesc;
  for (int y = 0; y < part.Height; y++) {
    for (int x = 0; x < part.Width; x++) {
      int index = image->RasterBits[y * part.Width + x];
      if (index == transparent) continue;
      GifColorType c = part.ColorMap->Colors[index];
      seen[(part.Top + y) * W + part.Left + x] = (uint32_t)(c.Red << 16 | c.Green << 8 | c.Blue);
    }
  }
}

static void another_reader_sees_the_frames(void **state) {
  (void)state;
  izh_gif *gif;
  izh_bytes bytes = {0};
  static uint32_t pixels[H * STRIDE], seen[H * W];
  assert_int_equal(make(&gif, &bytes.data, &bytes.size), IZH_OK);
  GifFileType *file = DGifOpen(&bytes, take, NULL);
  assert_non_null(file);
  assert_int_equal(DGifSlurp(file), GIF_OK);
  assert_int_equal(file->SWidth, W);
  assert_int_equal(file->SHeight, H);
  assert_int_equal(file->ImageCount, FRAMES);
  for (int k = 0; k < FRAMES; k++) {
    GraphicsControlBlock control;
    assert_int_equal(DGifSavedExtensionToGCB(file, k, &control), GIF_OK);
    assert_int_equal(control.DelayTime, 5);
    compose(seen, &file->SavedImages[k], control.TransparentColor);
    draw(pixels, k);
    for (int y = 0; y < H; y++)
      for (int x = 0; x < W; x++) assert_int_equal(seen[y * W + x], pixels[y * STRIDE + x] & 0xFFFFFF);
  }
  assert_int_equal(file->SavedImages[2].ImageDesc.Width, 1); /* nothing changed */
  assert_int_equal(bytes.at, bytes.size);
  DGifCloseFile(file, NULL);
  izh_gif_free(gif);
}

/* How far a colour is from that of draw_many, squared. */
static int apart(GifColorType colour, int x, int y) {
  int red = colour.Red - x % 32 * 8, green = colour.Green - y * 8, blue = colour.Blue;
  return red * red + green * green + blue * blue;
}

static void too_many_colours_become_the_nearest_ones(void **state) {
  (void)state;
  izh_gif *gif;
  izh_bytes bytes = {0};
  static uint32_t pixels[H * STRIDE], seen[H * W];
  draw_many(pixels);
  assert_int_equal(izh_gif_new(W, H, 5, NULL, &gif, NULL), IZH_OK);
  assert_int_equal(izh_gif_add(gif, pixels, STRIDE, NULL), IZH_OK);
  assert_int_equal(izh_gif_end(gif, &bytes.data, &bytes.size, NULL), IZH_OK);
  GifFileType *file = DGifOpen(&bytes, take, NULL);
  assert_int_equal(DGifSlurp(file), GIF_OK);
  compose(seen, &file->SavedImages[0], -1);
  const ColorMapObject *map = file->SavedImages[0].ImageDesc.ColorMap;
  for (int y = 0; y < H; y++) {
    for (int x = 0; x < W; x++) {
      GifColorType shown = {(GifByteType)(seen[y * W + x] >> 16), (GifByteType)(seen[y * W + x] >> 8), 0};
      int least = apart(shown, x, y);
      for (int i = 0; i < 255; i++) assert_in_range(least, 0, apart(map->Colors[i], x, y));
    }
  }
  DGifCloseFile(file, NULL);
  izh_gif_free(gif);
}

static void the_same_frames_give_the_same_bytes(void **state) {
  (void)state;
  izh_gif *gifs[2];
  const char *bytes[2];
  size_t sizes[2];
  for (int i = 0; i < 2; i++) assert_int_equal(make(&gifs[i], &bytes[i], &sizes[i]), IZH_OK);
  assert_int_equal(sizes[0], sizes[1]);
  assert_memory_equal(bytes[0], bytes[1], sizes[0]);
  for (int i = 0; i < 2; i++) izh_gif_free(gifs[i]);
}

static void failing_allocations_are_said(void **state) {
  (void)state;
  long held = izh_alloc_held();
  izh_status status = IZH_MEMORY;
  for (long n = 1; status != IZH_OK; n++) {
    izh_gif *gif = NULL;
    const char *bytes;
    size_t size;
    izh_alloc_fail_at(n);
    status = make(&gif, &bytes, &size);
    izh_alloc_fail_at(0);
    izh_gif_free(gif);
    assert_int_equal(izh_alloc_held(), held);
    assert_true(status == IZH_OK || status == IZH_MEMORY);
    assert_in_range(n, 1, 100);
  }
}

static void large_ones_are_refused(void **state) {
  (void)state;
  izh_gif *gif;
  izh_err err;
  assert_int_equal(izh_gif_new(65536, 1, 5, NULL, &gif, &err), IZH_SIZE);
  assert_string_equal(err.message, "a GIF of 65536 × 1 pixels is too large; lower its dpi or size");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(another_reader_sees_the_frames),
      cmocka_unit_test(too_many_colours_become_the_nearest_ones),
      cmocka_unit_test(the_same_frames_give_the_same_bytes),
      cmocka_unit_test(failing_allocations_are_said),
      cmocka_unit_test(large_ones_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
