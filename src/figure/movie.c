/* Movies: frames are drawn into memory, so that nothing is on disk until all are. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/output.h"
#include "figure/figure_page.h"
#include "figure/gif.h"

enum { DIGITS_LEAST = 4 };

/* A file of numbered ones. */
typedef struct izh_still {
  char *bytes; /* [size] */
  size_t size;
} izh_still;

struct izh_movie {
  izh_movie_def def;
  char *path;         /* that of def */
  const char *number; /* the * in path; NULL: a GIF */
  int width, height;  /* of the first frame, in pixels */
  izh_gif *gif;
  izh_still *stills; /* [n_stills] */
  size_t n_stills, capacity;
};

static bool ends_in(const char *text, const char *ending) {
  size_t length = strlen(text), n = strlen(ending);
  return length >= n && strcasecmp(text + length - n, ending) == 0;
}

/* Numbers are in the names of files, not of folders. */
static izh_status read_path(izh_movie *movie, izh_err *err) {
  const char *path = movie->path, *star = strchr(path, '*');
  movie->number = star;
  if (!star && ends_in(path, ".gif")) return IZH_OK;
  if (star && ends_in(path, ".png") && !strchr(star + 1, '*') && !strchr(star, '/')) return IZH_OK;
  return izh_fail(err, IZH_ARGUMENT,
                  "the file name must end in .gif, or in .png with one * for the number of each frame, as "
                  "\"frames/*.png\": \"%s\"",
                  path);
}

izh_status izh_movie_new(const izh_movie_def *def, izh_movie **result, izh_err *err) {
  izh_movie *movie = izh_alloc_zero(1, sizeof *movie);
  if (!movie) return izh_fail_memory(err, sizeof *movie);
  movie->def = *def;
  movie->path = izh_strdup(def->path);
  izh_status status = movie->path ? read_path(movie, err) : izh_fail_memory(err, strlen(def->path));
  if (status != IZH_OK) {
    izh_movie_free(movie);
    return status;
  }
  *result = movie;
  return IZH_OK;
}

static izh_status add_still(izh_movie *movie, izh_page *page, izh_err *err) {
  const char *bytes;
  size_t size;
  izh_status status = izh_page_bytes(page, &bytes, &size, err);
  if (status != IZH_OK) return status;
  izh_still *stills = izh_grow(movie->stills, &movie->capacity, movie->n_stills + 1, sizeof *stills);
  if (!stills) return izh_fail_memory(err, (movie->n_stills + 1) * sizeof *stills);
  movie->stills = stills;
  izh_still still = {.bytes = izh_alloc(size, 1), .size = size};
  if (!still.bytes) return izh_fail_memory(err, size);
  memcpy(still.bytes, bytes, size);
  stills[movie->n_stills++] = still;
  return IZH_OK;
}

static izh_status add_to_gif(izh_movie *movie, const izh_figure *figure, izh_page *page, izh_err *err) {
  cairo_surface_t *pixels;
  izh_status status = izh_page_pixels(page, &pixels, err);
  if (status != IZH_OK) return status;
  int width = cairo_image_surface_get_width(pixels), height = cairo_image_surface_get_height(pixels);
  if (!movie->gif) {
    status = izh_gif_new(width, height, movie->def.delay_cs, figure->document.subject, &movie->gif, err);
    if (status != IZH_OK) return status;
    movie->width = width;
    movie->height = height;
  }
  if (width != movie->width || height != movie->height)
    return izh_fail(err, IZH_DRAW, "a frame has %d × %d pixels, and the first one %d × %d", width, height,
                    movie->width, movie->height);
  return izh_gif_add(movie->gif, (const uint32_t *)(const void *)cairo_image_surface_get_data(pixels),
                     cairo_image_surface_get_stride(pixels) / 4, err);
}

izh_status izh_movie_add(izh_movie *movie, const izh_figure *figure, izh_err *err) {
  izh_page *page;
  izh_status status = izh_figure_page(figure, IZH_FORMAT_PNG, &page, err);
  if (status != IZH_OK) return status;
  status = movie->number ? add_still(movie, page, err) : add_to_gif(movie, figure, page, err);
  izh_page_close(page);
  return status;
}

static int digits(const izh_movie *movie) {
  int n = snprintf(NULL, 0, "%zu", movie->def.n_frames);
  return n < DIGITS_LEAST ? DIGITS_LEAST : n;
}

static izh_status save_stills(const izh_movie *movie, izh_err *err) {
  size_t room = strlen(movie->path) + 24;
  char *path = izh_alloc(room, 1);
  if (!path) return izh_fail_memory(err, room);
  izh_status status = IZH_OK;
  for (size_t k = 0; k < movie->n_stills && status == IZH_OK; k++) {
    snprintf(path, room, "%.*s%0*zu%s", (int)(movie->number - movie->path), movie->path, digits(movie), k + 1,
             movie->number + 1);
    status = izh_output_file(path, movie->stills[k].bytes, movie->stills[k].size, err);
  }
  izh_free(path);
  return status;
}

izh_status izh_movie_save(izh_movie *movie, izh_err *err) {
  if (movie->number) return save_stills(movie, err);
  const char *bytes;
  size_t size;
  izh_status status = izh_gif_end(movie->gif, &bytes, &size, err);
  return status == IZH_OK ? izh_output_file(movie->path, bytes, size, err) : status;
}

void izh_movie_free(izh_movie *movie) {
  if (!movie) return;
  izh_gif_free(movie->gif);
  for (size_t k = 0; k < movie->n_stills; k++) izh_free(movie->stills[k].bytes);
  izh_free(movie->stills);
  izh_free(movie->path);
  izh_free(movie);
}
