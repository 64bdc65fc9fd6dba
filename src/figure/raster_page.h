/* What all rasters of a page share, so that they can be compared. Private to the figure library. */
#ifndef IZH_FIGURE_RASTER_PAGE_H
#define IZH_FIGURE_RASTER_PAGE_H

#include "figure/figure.h"

/* The bin of the rate of panel i, a raster; 0 without a rate or when its window is empty. cell_w: the width
 * of a panel, in pt. */
double izh_raster_page_bin(const izh_figure *figure, size_t i, double cell_w);

/* Whether all rates of the page have the same bin, and so may share a scale. */
bool izh_raster_page_one_bin(const izh_figure *figure, double cell_w);

/* How many dots the busiest raster of the page has. */
size_t izh_raster_page_most_spikes(const izh_figure *figure);

#endif
