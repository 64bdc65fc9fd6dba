/* What all rasters of a page share, so that they can be compared. Private to the figure library. */
#ifndef IZH_FIGURE_RASTER_PAGE_H
#define IZH_FIGURE_RASTER_PAGE_H

#include "figure/figure.h"

/* The rates of panel i; NULL when it has none. */
const izh_rates *izh_raster_page_rates(const izh_figure *figure, size_t i);

/* bins_ms [n_panels]: the bins of the rates; 0 without rates or when the window is empty. cell_w: the width
 * of a panel, in pt. */
void izh_raster_page_bins(const izh_figure *figure, double cell_w, double *bins_ms);

/* How many dots the busiest raster of the page has. */
size_t izh_raster_page_most_spikes(const izh_figure *figure);

#endif
