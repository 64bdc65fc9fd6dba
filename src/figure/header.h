/* What is above the frame of every panel: its letter and its title. Private to the figure library. Lengths
 * are in pt. The calls come in this order: measure; the grid sets x and w of the frame; fold; place; draw. */
#ifndef IZH_FIGURE_HEADER_H
#define IZH_FIGURE_HEADER_H

#include <cairo.h>

#include "figure/grid.h"
#include "figure/text.h"

typedef struct izh_header {
  const char *letter, *title; /* may be NULL */
  izh_text *text;             /* that measured them last */
  double text_pt;             /* size of labels */
  double letter_w, title_w;   /* of the uncut texts; 0: none */
  int lines;                  /* of the title; at least 1 */
  izh_box letter_box, title_box;
} izh_header;

void izh_header_measure(izh_header *header, izh_text *text, const char *letter, const char *title);

/* A title that is wider than its room takes more lines. */
void izh_header_fold(izh_header *header, const izh_grid_item *item);

/* The room that both need above the frame; 0 without them. */
double izh_header_height(const izh_header *header);

/* Where the title begins: a letter that is wider than the left margin moves it to the right. */
double izh_header_title_x(const izh_header *header, const izh_grid_item *item);

/* Sets the boxes: the letter is at the outer corner, the title above the axes. */
void izh_header_place(izh_header *header, const izh_grid_item *item);

void izh_header_draw(const izh_header *header, izh_text *text, cairo_t *cr);

#endif
