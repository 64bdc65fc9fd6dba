#include "figure/gif.h"

#include <gif_lib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/stop.h"

/* Colours are counted in bins of 5 bits for each of red, green and blue. */
enum { BIN_BITS = 5, BINS = 1 << 3 * BIN_BITS, COLOURS = 255, SIDE_MAX = 65535 };

typedef struct izh_bin {
  uint32_t n;       /* pixels */
  uint64_t r, g, b; /* their sums */
  uint8_t colour;   /* in the palette */
} izh_bin;

struct izh_gif {
  int width, height, delay_cs;
  GifFileType *file;
  char *bytes; /* [size] */
  size_t size, capacity;
  uint32_t *last; /* [width × height] the frame before; before the first, what no pixel is */
  izh_bin *bins;  /* [BINS] */
  uint64_t *used; /* [n_used] keys of the bins that are not empty, the fullest ones first */
  size_t n_used;
  GifColorType palette[COLOURS + 1]; /* the last one means: as the frame before */
  GifPixelType *row;                 /* [width] */
};

static const uint32_t NO_PIXEL = 0xFF000000u, RGB = 0xFFFFFFu;

static int collect(GifFileType *file, const GifByteType *data, int length) {
  izh_gif *gif = file->UserData;
  char *bytes = izh_grow(gif->bytes, &gif->capacity, gif->size + (size_t)length, 1);
  if (!bytes) return 0;
  gif->bytes = bytes;
  memcpy(bytes + gif->size, data, (size_t)length);
  gif->size += (size_t)length;
  return length;
}

/* All that can go wrong is that memory is short. */
static izh_status check(const izh_gif *gif, int code, izh_err *err) {
  return code == GIF_OK ? IZH_OK : izh_fail_memory(err, gif->capacity);
}

/* The extension by which viewers repeat an animation, 0 times being for ever. */
static int put_loop(GifFileType *file) {
  static const GifByteType name[] = "NETSCAPE2.0", loop[] = {1, 0, 0};
  int code = EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE);
  if (code == GIF_OK) code = EGifPutExtensionBlock(file, sizeof name - 1, name);
  if (code == GIF_OK) code = EGifPutExtensionBlock(file, sizeof loop, loop);
  return code == GIF_OK ? EGifPutExtensionTrailer(file) : code;
}

static izh_status begin(izh_gif *gif, const char *comment, izh_err *err) {
  int code;
  gif->file = EGifOpen(gif, collect, &code);
  if (!gif->file) return check(gif, GIF_ERROR, err);
  EGifSetGifVersion(gif->file, true);
  code = EGifPutScreenDesc(gif->file, gif->width, gif->height, 8, 0, NULL);
  if (code == GIF_OK) code = put_loop(gif->file);
  if (code == GIF_OK && comment && *comment) code = EGifPutComment(gif->file, comment);
  return check(gif, code, err);
}

izh_status izh_gif_new(int width, int height, int delay_cs, const char *comment, izh_gif **result,
                       izh_err *err) {
  if (width > SIDE_MAX || height > SIDE_MAX)
    return izh_fail(err, IZH_SIZE, "a GIF of %d × %d pixels is too large; lower its dpi or size", width,
                    height);
  size_t pixels = (size_t)width * (size_t)height;
  izh_gif *gif = izh_alloc_zero(1, sizeof *gif);
  if (!gif) return izh_fail_memory(err, sizeof *gif);
  gif->width = width;
  gif->height = height;
  gif->delay_cs = delay_cs;
  gif->last = izh_alloc(pixels, sizeof *gif->last);
  gif->bins = izh_alloc_zero(BINS, sizeof *gif->bins);
  gif->used = izh_alloc(BINS, sizeof *gif->used);
  gif->row = izh_alloc((size_t)width, sizeof *gif->row);
  izh_status status = IZH_OK;
  if (!gif->last || !gif->bins || !gif->used || !gif->row)
    status = izh_fail_memory(err, pixels * sizeof *gif->last);
  if (status == IZH_OK) status = begin(gif, comment, err);
  if (status != IZH_OK) {
    izh_gif_free(gif);
    return status;
  }
  for (size_t i = 0; i < pixels; i++) gif->last[i] = NO_PIXEL;
  *result = gif;
  return IZH_OK;
}

/* --- the palette of a frame --- */

static size_t bin_of(uint32_t pixel) {
  const uint32_t mask = (1 << BIN_BITS) - 1;
  return (pixel >> 19 & mask) << 2 * BIN_BITS | (pixel >> 11 & mask) << BIN_BITS | (pixel >> 3 & mask);
}

static void count(izh_gif *gif, uint32_t pixel) {
  izh_bin *bin = &gif->bins[bin_of(pixel)];
  bin->n++;
  bin->r += pixel >> 16 & 0xFF;
  bin->g += pixel >> 8 & 0xFF;
  bin->b += pixel & 0xFF;
}

/* A key orders bins by how full they are; of equally full ones that of the lower number is first, so that the
 * same frames give the same bytes. */
static uint64_t key_of(const izh_gif *gif, size_t bin) {
  return (uint64_t)gif->bins[bin].n * BINS + (BINS - 1 - bin);
}

static izh_bin *bin_of_key(izh_gif *gif, uint64_t key) {
  return &gif->bins[BINS - 1 - key % BINS];
}

static int descending(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x < y) - (x > y);
}

static GifColorType mean(const izh_bin *bin) {
  uint64_t n = bin->n, half = n / 2;
  return (GifColorType){(GifByteType)((bin->r + half) / n), (GifByteType)((bin->g + half) / n),
                        (GifByteType)((bin->b + half) / n)};
}

static int square(int x) {
  return x * x;
}

static uint8_t nearest(const GifColorType *palette, size_t n, GifColorType colour) {
  size_t best = 0;
  int least = INT32_MAX;
  for (size_t i = 0; i < n; i++) {
    int distance = square(palette[i].Red - colour.Red) + square(palette[i].Green - colour.Green) +
                   square(palette[i].Blue - colour.Blue);
    if (distance < least) best = i;
    if (distance < least) least = distance;
  }
  return (uint8_t)best;
}

/* The mean colours of the fullest bins; the other bins take that which is nearest. A figure has few colours,
 * so there is seldom one that is not its own. */
static void make_palette(izh_gif *gif) {
  gif->n_used = 0;
  for (size_t i = 0; i < BINS; i++)
    if (gif->bins[i].n) gif->used[gif->n_used++] = key_of(gif, i);
  qsort(gif->used, gif->n_used, sizeof *gif->used, descending);
  size_t n = gif->n_used < COLOURS ? gif->n_used : COLOURS;
  for (size_t k = 0; k < gif->n_used; k++) {
    izh_bin *bin = bin_of_key(gif, gif->used[k]);
    if (k < n) gif->palette[k] = mean(bin);
    bin->colour = k < n ? (uint8_t)k : nearest(gif->palette, n, mean(bin));
  }
}

/* --- a frame --- */

typedef struct izh_part {
  int left, top, right, bottom; /* right and bottom are not part of it */
} izh_part;

/* The part of the frame that differs from the frame before. Its colours are counted. */
static izh_part changed(izh_gif *gif, const uint32_t *pixels, int stride) {
  izh_part part = {gif->width, gif->height, 0, 0};
  for (int y = 0; y < gif->height; y++) {
    const uint32_t *new = pixels + (size_t)y *(size_t)stride,
                   *old = gif->last + (size_t)y *(size_t)gif->width;
    for (int x = 0; x < gif->width; x++) {
      if ((new[x] & RGB) == old[x]) continue;
      count(gif, new[x]);
      if (x < part.left) part.left = x;
      if (x >= part.right) part.right = x + 1;
      if (y < part.top) part.top = y;
      part.bottom = y + 1;
    }
  }
  return part.bottom ? part : (izh_part){0, 0, 1, 1}; /* a frame has at least one pixel */
}

static int put_control(izh_gif *gif, bool first) {
  GifByteType bytes[4];
  const GraphicsControlBlock control = {.DisposalMode = DISPOSE_DO_NOT,
                                        .DelayTime = gif->delay_cs,
                                        .TransparentColor = first ? NO_TRANSPARENT_COLOR : COLOURS};
  size_t size = EGifGCBToExtension(&control, bytes);
  return EGifPutExtension(gif->file, GRAPHICS_EXT_FUNC_CODE, (int)size, bytes);
}

static int put_rows(izh_gif *gif, izh_part part, const uint32_t *pixels, int stride) {
  int code = GIF_OK;
  for (int y = part.top; y < part.bottom && code == GIF_OK; y++) {
    const uint32_t *new = pixels + (size_t)y *(size_t)stride;
    uint32_t *old = gif->last + (size_t)y * (size_t)gif->width;
    for (int x = part.left; x < part.right; x++) {
      bool same = (new[x] & RGB) == old[x];
      gif->row[x - part.left] = same ? COLOURS : gif->bins[bin_of(new[x])].colour;
      old[x] = new[x] & RGB;
    }
    code = EGifPutLine(gif->file, gif->row, part.right - part.left);
  }
  return code;
}

static int put_frame(izh_gif *gif, izh_part part, const uint32_t *pixels, int stride) {
  ColorMapObject *map = GifMakeMapObject(COLOURS + 1, gif->palette);
  int code = map ? put_control(gif, gif->last[0] == NO_PIXEL) : GIF_ERROR;
  if (code == GIF_OK)
    code = EGifPutImageDesc(gif->file, part.left, part.top, part.right - part.left, part.bottom - part.top,
                            false, map);
  if (code == GIF_OK) code = put_rows(gif, part, pixels, stride);
  GifFreeMapObject(map);
  return code;
}

izh_status izh_gif_add(izh_gif *gif, const uint32_t *pixels, int stride, izh_err *err) {
  izh_part part = changed(gif, pixels, stride);
  make_palette(gif);
  int code = put_frame(gif, part, pixels, stride);
  for (size_t k = 0; k < gif->n_used; k++) *bin_of_key(gif, gif->used[k]) = (izh_bin){0};
  return check(gif, code, err);
}

izh_status izh_gif_end(izh_gif *gif, const char **bytes, size_t *size, izh_err *err) {
  int code = EGifCloseFile(gif->file, NULL);
  gif->file = NULL;
  *bytes = gif->bytes;
  *size = gif->size;
  return check(gif, code, err);
}

void izh_gif_free(izh_gif *gif) {
  if (!gif) return;
  if (gif->file) EGifCloseFile(gif->file, NULL);
  izh_free(gif->bytes);
  izh_free(gif->last);
  izh_free(gif->bins);
  izh_free(gif->used);
  izh_free(gif->row);
  izh_free(gif);
}
