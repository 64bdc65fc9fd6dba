/* The raster panel. Private to the figure library. */
#ifndef IZH_FIGURE_RASTER_H
#define IZH_FIGURE_RASTER_H

#include <cairo.h>

#include "figure/panel.h"
#include "figure/raster_layout.h"

enum { IZH_RASTER_TRACES = 4 }; /* the rates of more groups are pooled by ink */

typedef struct izh_raster_panel izh_raster_panel;

extern const izh_panel_kind izh_raster_kind;

/* The title of the axis of neurons. */
const char *izh_raster_ids_title(const izh_raster *raster);

/* The group of a neuron, 0 without groups; SIZE_MAX when there is none. */
size_t izh_raster_group_of(const izh_raster *raster, uint32_t id);

/* The group of the neuron of spike i, which may be hidden. */
size_t izh_raster_spike_group(const izh_raster *raster, size_t i);

/* Makes the panel of a checked raster, and keeps a pointer to the raster. bin_ms is the bin of its rate; it
 * is > 0 if the raster has a rate and its window is not empty. IZH_MEMORY. */
izh_status izh_raster_panel_new(const izh_raster *raster, double bin_ms, izh_raster_panel **panel,
                                izh_err *err);
void izh_raster_panel_free(izh_raster_panel *panel); /* NULL is allowed */

/* "Time (ms)" or "Time (s)". */
const char *izh_raster_time_title(const izh_raster *raster);

/* The highest rate of all bins, in Hz; 0 without rates. */
double izh_raster_panel_rate_max(const izh_raster_panel *panel);

#endif
