/* Checks whether a figure can be drawn: all rules of figure.h for its input. Private to the figure library.
 */
#ifndef IZH_FIGURE_CHECK_H
#define IZH_FIGURE_CHECK_H

#include "figure/axis.h"
#include "figure/figure.h"

/* IZH_ARGUMENT with a message that names the panel, the item and the rule. */
izh_status izh_figure_check(const izh_figure *figure, izh_err *err);

/* How a message begins: "panel 2: ", or "" when there is only one panel. */
typedef struct izh_where {
  char text[40];
} izh_where;

/* Checks for plots, and for what all panels have. */
izh_status izh_raster_check(const izh_plot *plot, const izh_where *where, izh_err *err);
izh_status izh_plot_check(const izh_plot *plot, const izh_where *where, izh_err *err);
izh_status izh_check_text(const char *text, const izh_where *where, const char *what, izh_err *err);
izh_status izh_check_marks(const izh_mark *marks, size_t n, const izh_where *where, izh_err *err);
/* Writes a number for a message. Returns text. */
char *izh_check_say(char text[IZH_NUMBER_SIZE], double value);

#endif
