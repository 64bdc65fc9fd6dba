/* What the layout of a plot with a raster has of its own; plot_layout.c and plot_keys.c call it. The raster
 * is in the first track, the rates are in the second one, if there is one. Private to the figure library. */
#ifndef IZH_FIGURE_RASTER_LAYOUT_H
#define IZH_FIGURE_RASTER_LAYOUT_H

#include "figure/plot_layout.h"

#define IZH_NAME_X 6.0 /* names begin this far right of the plot */
#define IZH_BAR_X 2.5  /* how far right of the plot the coloured bar of a population is */

/* Whether the names of populations are beside their rows. */
bool izh_raster_names_beside(const izh_plot_layout *layout);

/* The room at the right for names beside the rows, and for those of rates. They may be cut. */
double izh_raster_side(const izh_plot_layout *layout, double cell_w);

/* The room at the left for the scale bar of the rates. */
double izh_raster_bar_side(const izh_plot_layout *layout);

/* The heights that the frame wants, that a track needs, that is between the tracks, where the note is, and
 * that the rates get of a frame. */
double izh_raster_wanted(const izh_plot_layout *layout, double frame_w);
double izh_raster_least(const izh_plot_layout *layout, size_t track);
double izh_raster_gap(const izh_plot_layout *layout);
double izh_raster_rates_h(const izh_plot_layout *layout, double frame_h);

/* The note is above the rates, or has a line at the bottom. */
double izh_raster_note_line(const izh_plot_layout *layout);
izh_box izh_raster_note(const izh_plot_layout *layout, const izh_grid_item *item);

/* The names of the n first keys, beside their rows. */
void izh_raster_place_names(izh_plot_layout *layout, const izh_grid_item *item, size_t n);

/* How many dots are in a box on the page. */
size_t izh_raster_dots_in(const izh_plot_layout *layout, izh_box box);

#endif
