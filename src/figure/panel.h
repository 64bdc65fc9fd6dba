/* The functions that every kind of panel has, so that a page can hold panels of any kind. Private to the
 * figure library. The calls come in this order: a function of the kind makes the panel; measure; across; the
 * grid sets x and w of the frame; down; the grid sets y and h; place; draw; free. */
#ifndef IZH_FIGURE_PANEL_H
#define IZH_FIGURE_PANEL_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

#include "figure/grid.h"
#include "figure/text.h"

/* What a panel must know about the other panels of the page. */
typedef struct izh_panel_context {
  const char *letter; /* NULL or "": none; the panel keeps the pointer */
  bool x_title;       /* whether to show "Time (ms)" … */
  bool y_title;       /* whether to show "Neuron" … */
  bool rate_title;    /* for a raster: whether to show "Rate (Hz)" */
  double rate_max;    /* for a raster: the rate that its axis must reach, in Hz */
  size_t most_spikes; /* of all rasters on the page, since their dots have one size */
} izh_panel_context;

typedef struct izh_panel_kind {
  /* Measures all text. It may be called again with other fonts. */
  void (*measure)(void *self, izh_text *text, const izh_panel_context *context);
  /* Sets item->left and right; cell_w is about how wide the panel will be. */
  void (*across)(void *self, double cell_w, izh_grid_item *item);
  /* Sets item->top, bottom, want_h and least_h. */
  void (*down)(void *self, izh_grid_item *item);
  /* Sets all boxes. */
  void (*place)(void *self, const izh_grid_item *item);
  izh_status (*draw)(const void *self, izh_text *text, cairo_t *cr, izh_err *err); /* IZH_MEMORY */
  void (*free)(void *self);                                                        /* NULL is allowed */
} izh_panel_kind;

/* A panel while it is laid out and drawn. */
typedef struct izh_panel_draft {
  const izh_panel_kind *kind;
  void *self; /* NULL: not made */
} izh_panel_draft;

#endif
