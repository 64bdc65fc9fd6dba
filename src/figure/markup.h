/* The markup of text.h. Private to the figure library. */
#ifndef IZH_FIGURE_MARKUP_H
#define IZH_FIGURE_MARKUP_H

#include <pango/pango.h>

/* The text without its tags, to be freed with g_free. What the tags say is added to the attributes. size_pt:
 * of the text. */
char *izh_markup_read(const char *marked, double size_pt, PangoAttrList *attributes);

#endif
