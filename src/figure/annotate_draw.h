/* Draws marks, overlays and labels of ticks. Private to the figure library. */
#ifndef IZH_FIGURE_ANNOTATE_DRAW_H
#define IZH_FIGURE_ANNOTATE_DRAW_H

#include <cairo.h>

#include "figure/annotate.h"
#include "figure/text.h"

void izh_marks_draw_bands(const izh_marks *marks, const izh_field *field, cairo_t *cr);
void izh_marks_draw(const izh_marks *marks, const izh_field *field, izh_text *text, cairo_t *cr);

/* Sets the widths of the labels. */
void izh_overlays_measure(izh_overlays *overlays, izh_text *text);

/* Bands and lines, behind the data; texts, arrows and all labels, in front of them. */
void izh_overlays_draw_behind(const izh_overlays *overlays, const izh_field *field, cairo_t *cr);
void izh_overlays_draw_front(const izh_overlays *overlays, const izh_field *field, izh_text *text,
                             cairo_t *cr);

/* Measures ticks that were asked for. */
void izh_ticks_measure(izh_scale_tick *ticks, size_t n, izh_text *text);

/* The label of the k-th tick below a plot. */
void izh_tick_draw(const izh_scale *scale, size_t k, izh_text *text, cairo_t *cr, izh_box box);

void izh_set_dash(cairo_t *cr, izh_dash dash);

#endif
