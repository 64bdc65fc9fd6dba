/* Figures on a page: plots, as PDF, SVG, PNG, EPS or PostScript.
 *
 * Plain arrays in, a file out. Nothing here knows of networks or Lua. All text is UTF-8 with the markup of
 * text.h. Lengths are in mm, times in ms, rates in Hz, neuron ids start at 1.
 */
#ifndef IZH_FIGURE_FIGURE_H
#define IZH_FIGURE_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ranks.h"
#include "base/sandbox.h"
#include "base/status.h"
#include "figure/plot.h"

/* Column widths of journals: Nature's single (89 mm), one and a half (120 mm) and double (183 mm). */
#define IZH_FIGURE_SINGLE_MM 89.0
#define IZH_FIGURE_ONEHALF_MM 120.0
#define IZH_FIGURE_DOUBLE_MM 183.0

typedef struct izh_panel {
  const izh_plot *plot;
  const char *letter; /* NULL: the next of a, b, c …, when the figure has letters */
  int span;           /* how many columns it takes, at most all; 0: one */
} izh_panel;

/* A file that the figure carries: what made it. */
typedef struct izh_attachment {
  const char *name;  /* UTF-8, with / between folders */
  const char *bytes; /* [size] */
  size_t size;
} izh_attachment;

/* Metadata of the file, which do not show on the page. UTF-8; each may be NULL. */
typedef struct izh_document {
  const char *title;
  const char *author;
  const char *subject;               /* what made it: script, seed */
  const char *keywords;              /* the command line */
  const char *creator;               /* program and version */
  const izh_attachment *attachments; /* [n_attachments], in order of name; not in EPS and PS */
  size_t n_attachments;
} izh_document;

typedef struct izh_figure {
  double width_mm;         /* of the page */
  double height_mm;        /* of the page; 0: chosen for the panels */
  int columns;             /* of the page; 0: chosen */
  const izh_panel *panels; /* [n_panels], row by row */
  size_t n_panels;
  const double *heights; /* [n_heights] relative heights of the frames in each row, > 0; NULL: chosen */
  size_t n_heights;      /* the number of rows, when heights are given */
  bool letters;          /* a, b, c … at the corners of two or more panels */
  double text_pt; /* size of axis titles, 5 … 32; above 6, numbers and small labels are 1 pt smaller; letters
                     are 1 pt larger; above 8, all is drawn as with 7 pt, and enlarged */
  double png_dpi; /* resolution of a PNG, 36 … 2400 */
  izh_document document;
} izh_figure;

/* One column wide, automatic height and columns, 7 pt, 300 dpi, letters, no panels. */
static inline izh_figure izh_figure_default(void) {
  return (izh_figure){.width_mm = IZH_FIGURE_SINGLE_MM, .letters = true, .text_pt = 7, .png_dpi = 300};
}

/* A raster in characters: how many rows of dots it has at most, and how many bytes it takes at most. */
enum { IZH_TEXT_ROWS = 56, IZH_TEXT_SIZE = 32768 };

/* Draws a plot with a raster as lines of characters for a terminal of `columns` columns (30 … 240 are used),
 * with the rate of all its neurons below if it has rates. utf8: with braille and blocks; else in plain ASCII.
 * There is no newline at the end. IZH_ARGUMENT as for izh_figure_save. */
izh_status izh_raster_text(const izh_plot *plot, int columns, bool utf8, char text[IZH_TEXT_SIZE],
                           izh_err *err);

/* Draws the figure into a file. The ending of path says the format: .pdf .svg .png .eps
 * .ps. The file appears whole or not at all. CreationDate is SOURCE_DATE_EPOCH if that is set, else now. Only
 * one thread may call this at a time, since it sets the current configuration of fontconfig. It can fail in
 * these ways:
 * - IZH_ARGUMENT: unknown ending, no panels, a size outside 20 … 2000 mm or too small for the panels, text
 * that is not UTF-8, data that break the rules above (a NaN time, a spike outside the window or in no series)
 * - IZH_SIZE: a PNG with more pixels than can be drawn
 * - IZH_IO: the file cannot be written
 * - IZH_DRAW: cairo or the fonts failed
 * - IZH_MEMORY */
izh_status izh_figure_save(const izh_figure *figure, const char *path, izh_err *err);

/* The same for somebody who takes what would be in the file, in the format of another ending. */
typedef void izh_figure_taker(const char *path, const void *bytes, size_t size);
izh_status izh_figure_give(const izh_figure *figure, const char *path, const char *ending,
                           izh_figure_taker *take, izh_err *err);

/* A movie: figures that follow each other, as a GIF or as numbered files. */
typedef struct izh_movie izh_movie;

typedef struct izh_movie_def {
  const char *path; /* ends in .gif, or in .png with one * in the name, for the number of each file */
  size_t n_frames;  /* how many will be added, at least 1: the numbers of files have as many digits as the
                       last one, and at least four */
  int delay_cs;     /* how long a frame of a GIF is shown, in hundredths of a second, 2 … 6000 */
} izh_movie_def;

/* Makes a movie without frames. IZH_ARGUMENT: the ending of path; IZH_MEMORY. */
izh_status izh_movie_new(const izh_movie_def *def, izh_movie **movie, izh_err *err);

/* Draws the next frame, into memory. All have the size of the first, in pixels. It fails as izh_figure_save,
 * but for IZH_IO. IZH_STOPPED: the user wants that. */
izh_status izh_movie_add(izh_movie *movie, const izh_figure *figure, izh_err *err);

/* Writes the file or the files; then only izh_movie_free may be called. Each file appears whole or not at
 * all. */
izh_status izh_movie_save(izh_movie *movie, izh_err *err);
void izh_movie_free(izh_movie *movie); /* NULL is allowed */

/* These functions, as the program calls them. They are in a module that is loaded when the first
 * figure is drawn, since cairo, Pango and what they need are some thirty libraries. */
typedef struct izh_drawing {
  izh_status (*save)(const izh_figure *figure, const char *path, izh_err *err);
  izh_status (*give)(const izh_figure *figure, const char *path, const char *ending, izh_figure_taker *take,
                     izh_err *err);
  izh_status (*raster_text)(const izh_plot *plot, int columns, bool utf8, char *text, izh_err *err);
  izh_status (*movie_new)(const izh_movie_def *def, izh_movie **movie, izh_err *err);
  izh_status (*movie_add)(izh_movie *movie, const izh_figure *figure, izh_err *err);
  izh_status (*movie_save)(izh_movie *movie, izh_err *err);
  void (*movie_free)(izh_movie *movie);
  void (*ask)(bool (*stop)(void));      /* izh_stop_ask of the module */
  void (*join)(izh_sandbox *sandbox);   /* izh_sandbox_join of the module */
  void (*join_ranks)(izh_ranks *ranks); /* izh_ranks_join of the module */
} izh_drawing;

/* Loads the module at a path, once. IZH_IO when it, or something that it needs, is missing. */
izh_status izh_drawing_load(const char *module, const izh_drawing **drawing, izh_err *err);

#endif
