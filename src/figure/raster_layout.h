/* The layout of a raster panel: it finds the boxes of everything from sizes. No drawing. Private to the
 * figure library. Lengths are in pt. The calls come in this order: new; across; the grid sets x and w of the
 * frame; down; the grid sets y and h; place; free. */
#ifndef IZH_FIGURE_RASTER_LAYOUT_H
#define IZH_FIGURE_RASTER_LAYOUT_H

#include "figure/annotate.h"
#include "figure/axis.h"
#include "figure/figure.h"
#include "figure/grid.h"
#include "figure/header.h"
#include "figure/measures.h"

/* The sizes that the layout needs. Widths are those of uncut texts; 0 where there is no text. */
typedef struct izh_raster_sizes {
  double text_pt; /* size of labels */
  double digit_w; /* width of a digit of tick labels */
  double note_w;
  double ids_title_w, rate_title_w, time_title_w;
  double time_bar_w, rate_bar_w; /* of the words at scale bars */
  const double *group_w;         /* [n_groups] */
  const double *mark_w;          /* [n_marks] */
  const double *key_w;           /* [n_keys], names of the rate traces */
  size_t n_keys;
  double rate_max; /* Hz */
} izh_raster_sizes;

typedef struct izh_raster_layout {
  const izh_raster *raster;
  const izh_raster_sizes *sizes;
  double time_scale; /* a time in ms × this is in the unit of the time axis */
  double first_id, last_id;
  izh_scale window;                                /* times in ms */
  izh_scale rows;                                  /* with the ticks of ids */
  izh_scale rates;                                 /* in Hz */
  izh_scale times;                                 /* in the unit of the axis, with its ticks */
  izh_box spikes, rate;                            /* the two plots; rate.h is 0 without a rate */
  izh_header header;                               /* measured, and folded before `down`, by the owner */
  izh_box ids_title, rate_title, time_title, note; /* this and all below are texts */
  izh_box *groups;                                 /* [n_groups]; w 0: left out, since there is no room */
  izh_box *keys; /* [n_keys]; left of each IZH_KEY_W for the sample of the line */
  izh_marks marks;
  izh_overlays overlays;                   /* among the dots */
  double time_bar_length, rate_bar_length; /* in the unit of the time axis, and in Hz; 0: none */
  izh_box time_bar, time_bar_text, rate_bar, rate_bar_text;
  izh_spread_item *items; /* scratch */
} izh_raster_layout;

#define IZH_BAR_X 2.5 /* how far right of the plot the coloured bar of a group is */

/* Whether the window is so long that the time axis is in seconds. */
bool izh_raster_in_seconds(const izh_raster *raster);

/* Makes a layout, which keeps the pointers to raster and sizes. IZH_MEMORY. */
izh_status izh_raster_layout_new(const izh_raster *raster, const izh_raster_sizes *sizes,
                                 izh_raster_layout **layout, izh_err *err);
void izh_raster_layout_free(izh_raster_layout *layout); /* NULL is allowed */

/* Chooses the axis of rates, and the scale bars; rate_max of the sizes must be set. */
void izh_raster_layout_scales(izh_raster_layout *layout);

/* Sets item->left and right; cell_w is about how wide the panel will be. */
void izh_raster_layout_across(izh_raster_layout *layout, double cell_w, izh_grid_item *item);

/* Sets item->top, bottom, want_h and least_h. */
void izh_raster_layout_down(izh_raster_layout *layout, izh_grid_item *item);

/* Sets all boxes. */
void izh_raster_layout_place(izh_raster_layout *layout, const izh_grid_item *item);

izh_field izh_raster_field(const izh_raster_layout *layout);

/* Positions on the page. */
double izh_raster_x(const izh_raster_layout *layout, double t_ms);
double izh_raster_y(const izh_raster_layout *layout, double id);        /* the middle of the neuron's row */
double izh_raster_id_name(const izh_raster_layout *layout, double row); /* the number that the axis shows */
double izh_raster_rate_y(const izh_raster_layout *layout, double rate_hz);

/* The box of the label of the k-th tick of each axis. */
izh_box izh_raster_time_label(const izh_raster_layout *layout, size_t k);
izh_box izh_raster_id_label(const izh_raster_layout *layout, size_t k);
izh_box izh_raster_rate_label(const izh_raster_layout *layout, size_t k);

#endif
