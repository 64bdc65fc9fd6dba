/* Where the labels of series are, and an inset: what seeks a place among the data or beside them.
 * plot_layout.c calls it. Private to the figure library. */
#ifndef IZH_FIGURE_PLOT_KEYS_H
#define IZH_FIGURE_PLOT_KEYS_H

#include "figure/plot_layout.h"

/* Whether keys are in the plots. */
bool izh_keys_inside(const izh_plot_layout *layout);

/* The room at the right for keys beside the plots. */
double izh_keys_side(const izh_plot_layout *layout);

/* Places the keys above the plot in rows, from left to right; y is the top of the first row. Returns how many
 * rows there are. */
size_t izh_keys_flow(izh_plot_layout *layout, const izh_grid_item *item, double y);

/* Places the keys that are not above the plot. */
void izh_keys_place(izh_plot_layout *layout, const izh_grid_item *item);

/* The box of the inset in its plot, after all of the layout is placed. */
izh_box izh_plot_inset_box(const izh_plot_layout *layout);

#endif
