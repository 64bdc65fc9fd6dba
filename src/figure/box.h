/* Rectangles on the page, in points from its upper left corner. Private to the figure library. */
#ifndef IZH_FIGURE_BOX_H
#define IZH_FIGURE_BOX_H

typedef struct izh_box {
  double x, y, w, h; /* w 0: nothing is drawn there */
} izh_box;

#define IZH_PT_PER_MM (72.0 / 25.4)

static inline double izh_box_right(izh_box box) {
  return box.x + box.w;
}

static inline double izh_box_bottom(izh_box box) {
  return box.y + box.h;
}

#endif
