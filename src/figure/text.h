/* Text on the page, drawn by Pango. Private to the figure library.
 *
 * A text may have markup: <i>v</i>, <b>…</b>, <sub>…</sub>, <sup>…</sup>, which may be nested. A tag without
 * its end is drawn as text, and so is any other < or &: "p < 0.05" needs no care. To draw a tag itself, write
 * &lt; and &amp; for < and &. */
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
  IZH_STYLE_SMALL,  /* tick labels, names of series, marks, notes */
  IZH_STYLE_LETTER, /* the letter of a panel, bold */
  IZH_STYLES
} izh_style;

typedef enum izh_align { IZH_ALIGN_LEFT, IZH_ALIGN_CENTRE, IZH_ALIGN_RIGHT } izh_align;

/* Opens the fonts for all text of a figure whose labels have size_pt. system_fonts: all installed fonts,
 * which takes longer, instead of the one family that most labels need. IZH_MEMORY, IZH_DRAW. */
izh_status izh_text_open(double size_pt, bool system_fonts, izh_text **text, izh_err *err);
void izh_text_close(izh_text *text); /* NULL is allowed */

double izh_text_size(const izh_text *text);

/* The height of a line in pt. It depends only on the label size and the style. */
double izh_text_line(double size_pt, izh_style style);

/* The width of an uncut text in pt. NULL and "" are 0 wide. */
double izh_text_width(izh_text *text, izh_style style, const char *marked);

/* Whether a text measured so far had a character that the fonts lack; false with system_fonts. */
bool izh_text_lacks_glyphs(const izh_text *text);

/* A text to draw; `text` may be NULL. */
typedef struct izh_label {
  const char *text;
  izh_style style;
  izh_align align;
  izh_colour colour;
} izh_label;

/* In how many lines a text is drawn that may be `width` wide: 1 … IZH_TEXT_LINES. */
enum { IZH_TEXT_LINES = 3 };
int izh_text_lines(izh_text *text, izh_style style, const char *marked, double width);

/* Draws a text in a box that is so many lines high; the last one is cut with an ellipsis if need be. Aligned
 * as the label is. */
void izh_text_draw_lines(izh_text *text, cairo_t *cr, izh_label label, izh_box box, int lines);

/* Draws a text as izh_text_draw does, with a white edge that keeps it readable over data. */
void izh_text_draw_over(izh_text *text, cairo_t *cr, izh_label label, izh_box box);

/* Draws one line, vertically centred in the box, and cut with an ellipsis if it is too wide.
 * izh_text_draw_rising: centred, and turned to be read from below; box is still its place on the page. */
void izh_text_draw(izh_text *text, cairo_t *cr, izh_label label, izh_box box);
void izh_text_draw_rising(izh_text *text, cairo_t *cr, izh_label label, izh_box box);

/* The width of a text without markup that takes two lines; 0 when it has one word only. */
double izh_text_folded(izh_text *text, izh_style style, const char *words);

#endif
