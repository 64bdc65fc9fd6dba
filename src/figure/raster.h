/* The raster panel. Private to the figure library. The calls come in this order: new, measure, (the layout),
 * draw, free. */
#ifndef IZH_FIGURE_RASTER_H
#define IZH_FIGURE_RASTER_H

#include <cairo.h>

#include "figure/raster_layout.h"
#include "figure/text.h"

typedef struct izh_raster_panel izh_raster_panel;

/* What depends on the other panels of the page. */
typedef struct izh_raster_words {
  const char *letter; /* NULL: none; kept */
  bool ids_title;     /* "Neuron" */
  bool rate_title;    /* "Rate (Hz)" */
  bool time_title;
  double rate_max;    /* Hz, that the rate axis must hold */
  size_t most_spikes; /* of a panel: dots of one page have one size */
} izh_raster_words;

/* The group of a neuron, 0 without groups; SIZE_MAX when there is none. */
size_t izh_raster_group_of(const izh_raster *raster, uint32_t id);

/* Takes a raster that was checked, and keeps it. bin_ms is the bin of its rate, > 0 when it has one and its
 * window is not empty. IZH_MEMORY. */
izh_status izh_raster_panel_new(const izh_raster *raster, double bin_ms, izh_raster_panel **panel,
                                izh_err *err);
void izh_raster_panel_free(izh_raster_panel *panel); /* NULL is allowed */

/* The highest rate of all bins, Hz; 0 without rates. */
double izh_raster_panel_rate_max(const izh_raster_panel *panel);

/* Measures all text; may be called again with other fonts. */
void izh_raster_panel_measure(izh_raster_panel *panel, izh_text *text, const izh_raster_words *words);

izh_raster_layout *izh_raster_panel_layout(izh_raster_panel *panel);

/* IZH_MEMORY. */
izh_status izh_raster_panel_draw(const izh_raster_panel *panel, izh_text *text, cairo_t *cr, izh_err *err);

#endif
