/* Text on the page, by Pango. Private to the figure library.
 *
 * A text may hold markup: <i>v</i>, <b>…</b>, <sub>…</sub>, <sup>…</sup>, nested or not. A tag without its
 * end is text, as is any other < or &, so that "p < 0.05" needs no care; &lt; and &amp; are < and & where a
 * tag itself is to be seen. */
#ifndef IZH_FIGURE_TEXT_H
#define IZH_FIGURE_TEXT_H

#include <cairo.h>
#include <stdbool.h>

#include "base/status.h"
#include "figure/box.h"
#include "figure/palette.h"

typedef struct izh_text izh_text;

typedef enum izh_style {
  IZH_STYLE_LABEL,  /* axis titles, titles */
  IZH_STYLE_SMALL,  /* tick labels, group labels, marks, notes */
  IZH_STYLE_LETTER, /* of a panel, bold */
  IZH_STYLES
} izh_style;

typedef enum izh_align { IZH_ALIGN_LEFT, IZH_ALIGN_CENTRE, IZH_ALIGN_RIGHT } izh_align;

/* Fonts, found once and used for all text of a figure whose labels have size_pt. system_fonts: with
 * everything that is installed, which takes longer to find, instead of the one family that most labels need.
 */
izh_status izh_text_open(double size_pt, bool system_fonts, izh_text **text, izh_err *err);
void izh_text_close(izh_text *text); /* NULL is allowed */

double izh_text_size(const izh_text *text);

/* The height of a line in pt; a pure function of the label size. */
double izh_text_line(double size_pt, izh_style style);

/* How wide a text is when nothing is cut, in pt. NULL and "" are 0 wide. */
double izh_text_width(izh_text *text, izh_style style, const char *marked);

/* Whether anything measured so far had a character that the fonts lack; false after system_fonts. */
bool izh_text_lacks_glyphs(const izh_text *text);

/* What is written: text may be NULL. */
typedef struct izh_label {
  const char *text;
  izh_style style;
  izh_align align;
  izh_colour colour;
} izh_label;

/* One line, vertically centred in box, cut with an ellipsis when wider. rising: centred and turned to be read
 * from below, box being where it stands on the page. */
void izh_text_draw(izh_text *text, cairo_t *cr, izh_label label, izh_box box);
void izh_text_draw_rising(izh_text *text, cairo_t *cr, izh_label label, izh_box box);

#endif
