/* The markup of text.h. Private to the figure library. */
#ifndef IZH_FIGURE_MARKUP_H
#define IZH_FIGURE_MARKUP_H

#include <pango/pango.h>

/* The words without their tags, which g_free frees; what the tags say is added to the attributes. size_pt:
 * of the words. */
char *izh_markup_read(const char *words, double size_pt, PangoAttrList *attributes);

#endif
