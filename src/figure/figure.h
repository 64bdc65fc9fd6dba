/* Figures on a page: rasters with the population rate below, and plots, as PDF, SVG, PNG, EPS or PostScript.
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

/* How the dots of a raster are stored in a PDF or SVG: as paths, or as an image of 600 dpi. AUTO takes an
 * image when the busiest panel has more than 200000 dots, or so many that they would cover its plot more than
 * once. Everything else is always stored as paths. */
typedef enum izh_dot_form { IZH_DOTS_AUTO, IZH_DOTS_VECTOR, IZH_DOTS_IMAGE } izh_dot_form;

/* A group: neighbouring neurons that are labelled together, with the ids first_id … first_id + size - 1. It
 * may stand for more neurons than have a row. */
typedef struct izh_raster_group {
  const char *label; /* may be NULL */
  uint32_t first_id;
  uint32_t size;
  izh_ink ink;
  uint32_t colour;        /* in place of that of the ink, with IZH_COLOUR_GIVEN; 0: none */
  uint32_t neurons;       /* number of neurons that its rate is of, ≥ size; 0: size */
  const double *begun_ms; /* [neurons] when each was added, in any order; NULL: all before the window */
} izh_raster_group;

/* IZH_RASTER_HIDDEN + k in place of an id means a neuron of group k (from 0) that has no row; k < n_groups.
 * All ids and rows are smaller. */
#define IZH_RASTER_HIDDEN 0x80000000u

/* A raster: a dot for each spike at (t_ms, id), with the labels of the groups at the side. Below is the rate
 * per neuron of each group; when there are more than four groups, of all excitatory, all inhibitory and all
 * other neurons. Text that is too long is cut with an ellipsis. If not all labels fit above each other, some
 * are left out. */
typedef struct izh_raster {
  const char *title;     /* may be NULL */
  const double *t_ms;    /* [n_spikes], ascending, each in from_ms < t ≤ to_ms */
  const uint32_t *id;    /* [n_spikes], each in one of the groups, or hidden */
  size_t n_hidden;       /* so many of the spikes are hidden; 0 without groups */
  size_t n_spikes;       /* at most UINT32_MAX */
  double from_ms, to_ms; /* the window, from_ms ≤ to_ms, within ±1e12; a long one is labelled in seconds */
  const izh_raster_group *groups; /* [n_groups], by ascending id, not overlapping; n_groups may be 0 */
  size_t n_groups;
  const uint32_t *names; /* the numbers that the axis shows for the rows, from the first row of the first
                            group to the last row of the last group; NULL: their ids */
  uint32_t n_neurons;    /* without groups: ids are 1 … n_neurons; not used with groups */
  const izh_mark *marks; /* [n_marks], in any order; marks outside the window are not drawn */
  size_t n_marks;
  const izh_overlay *overlays; /* [n_overlays] among the dots; x is a time in ms, y a row */
  size_t n_overlays;
  izh_frame frame;
  bool unnamed;    /* groups are not named at the side, nor are their rates */
  double rate_bar; /* with scale bars, the length of that of the rate; 0: chosen, NaN: none */
  izh_axis x, y;   /* of the times and the rows: titles and ticks, in the unit of the time axis and in rows */
  const char
      *rows_note;   /* what the note says of the rows; NULL: how many of how many neurons, when not all */
  const char *note; /* in place of all that; NULL: none */
  izh_dot_form dots;
  double dot_pt;           /* side of a dot; 0: chosen for the rows and the number of spikes */
  bool rate;               /* draw the rate histogram below */
  double rate_lo, rate_hi; /* range of its axis, in Hz, 0 ≤ lo < hi; both 0: chosen for the page */
  /* The bin of the rate, > 0; at most 100000 bins in the window. 0: chosen for the windows and the spikes of
   * the page. When the window is not a whole number of bins, the last bin is shorter. */
  double rate_bin_ms;
  double dt_ms; /* of the simulation: a chosen bin is a whole number of steps; 0: continuous time */
} izh_raster;

/* A panel is a raster or a plot; the other one is NULL. */
typedef struct izh_panel {
  const izh_raster *raster;
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

/* Draws a raster as lines of characters for a terminal of `columns` columns (30 … 240 are used), with the
 * rate of all its neurons below. utf8: with braille and blocks; else in plain ASCII. There is no newline at
 * the end. IZH_ARGUMENT as for izh_figure_save. */
izh_status izh_raster_text(const izh_raster *raster, int columns, bool utf8, char text[IZH_TEXT_SIZE],
                           izh_err *err);

/* Draws the figure into a file. The ending of path says the format: .pdf .svg .png .eps
 * .ps. The file appears whole or not at all. CreationDate is SOURCE_DATE_EPOCH if that is set, else now. Only
 * one thread may call this at a time, since it sets the current configuration of fontconfig. It can fail in
 * these ways:
 * - IZH_ARGUMENT: unknown ending, no panels, a size outside 20 … 2000 mm or too small for the panels, text
 * that is not UTF-8, data that break the rules above (a NaN time, a spike outside the window or in no group)
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
  izh_status (*raster_text)(const izh_raster *raster, int columns, bool utf8, char *text, izh_err *err);
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
