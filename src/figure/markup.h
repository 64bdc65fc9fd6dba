/* The markup of text.h. Private to the figure library. */
#ifndef IZH_FIGURE_MARKUP_H
#define IZH_FIGURE_MARKUP_H

#include <pango/pango.h>

/* Returns the text without its tags, to be freed with g_free, and adds to the attributes what the tags say.
 * size_pt: the size of the text. */
char *izh_markup_read(const char *marked, double size_pt, PangoAttrList *attributes);

#endif
