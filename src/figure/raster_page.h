/* What the rasters of one page have in common, so that they can be compared. Private to the figure library.
 */
#ifndef IZH_FIGURE_RASTER_PAGE_H
#define IZH_FIGURE_RASTER_PAGE_H

#include "figure/figure.h"

/* The bin of the rate of panel i, a raster; 0 when its window is empty. cell_w: width of a panel, pt. */
double izh_raster_page_bin(const izh_figure *figure, size_t i, double cell_w);

/* Whether all rates of the page are counted in one bin, and may share a scale. */
bool izh_raster_page_one_bin(const izh_figure *figure, double cell_w);

/* The most spikes of a raster. */
size_t izh_raster_page_most_spikes(const izh_figure *figure);

#endif
