/* A figure as a page that is drawn, and not saved. Private to the figure library. */
#ifndef IZH_FIGURE_FIGURE_PAGE_H
#define IZH_FIGURE_FIGURE_PAGE_H

#include "figure/page.h"

/* *page is owned by the caller. It fails as izh_figure_save, but for IZH_IO. */
izh_status izh_figure_page(const izh_figure *figure, izh_format format, izh_page **page, izh_err *err);

#endif
