/* What all rasters of a page share, so that they can be compared. Private to the figure library. */
#ifndef IZH_FIGURE_RASTER_PAGE_H
#define IZH_FIGURE_RASTER_PAGE_H

#include "figure/figure.h"

/* The raster of panel i; NULL when it has none. Its rates; NULL when it has none. */
const izh_raster *izh_raster_page_raster(const izh_figure *figure, size_t i);
const izh_rates *izh_raster_page_rates(const izh_figure *figure, size_t i);

/* The bin of the rates of panel i; 0 without rates or when its window is empty. cell_w: the width
 * of a panel, in pt. */
double izh_raster_page_bin(const izh_figure *figure, size_t i, double cell_w);

/* Whether all rates of the page have the same bin, and so may share a scale. */
bool izh_raster_page_one_bin(const izh_figure *figure, double cell_w);

/* How many dots the busiest raster of the page has. */
size_t izh_raster_page_most_spikes(const izh_figure *figure);

#endif
