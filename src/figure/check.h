/* Whether a figure can be drawn: every rule that figure.h states about its input. Private to the figure
 * library. */
#ifndef IZH_FIGURE_CHECK_H
#define IZH_FIGURE_CHECK_H

#include "figure/figure.h"

/* IZH_ARGUMENT with a message that names the panel, the item and the rule. */
izh_status izh_figure_check(const izh_figure *figure, izh_err *err);

#endif
