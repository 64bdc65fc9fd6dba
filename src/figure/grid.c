#include "figure/grid.h"

#include <math.h>

static const double MARGIN = 2.5, COLUMN_GAP = 8, ROW_GAP = 7;
static const double LEAST_FRAME_W = 15;
static const double TALLEST_MM =
    240; /* a page of its own height grows no taller while its frames can shrink */

static size_t smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

int izh_grid_columns(size_t n, double width_mm) {
  double panel_mm = n <= 4 ? 58 : 40; /* few panels can be large */
  double fit = fmax(1, fmin((double)n, floor(width_mm / panel_mm)));
  double rows = ceil((double)n / fit);
  return (int)ceil((double)n / rows); /* no fuller rows than needed: four panels are 2 × 2, not 3 + 1 */
}

izh_status izh_grid_across(izh_place *places, size_t n, int columns, double page_w, izh_err *err) {
  size_t step = (size_t)columns, used = smaller(n, step);
  double taken = 2 * MARGIN + COLUMN_GAP * (double)(used - 1);
  for (size_t column = 0; column < used; column++) {
    double left = 0, right = 0;
    for (size_t i = column; i < n; i += step) {
      left = fmax(left, places[i].left);
      right = fmax(right, places[i].right);
    }
    for (size_t i = column; i < n; i += step) {
      places[i].left = left;
      places[i].right = right;
    }
    taken += left + right;
  }
  double frame_w = (page_w - taken) / (double)used;
  if (frame_w < LEAST_FRAME_W) {
    double need = (taken + LEAST_FRAME_W * (double)used) / IZH_PT_PER_MM;
    return izh_fail(err, IZH_ARGUMENT, "%zu panels side by side need a width of %d mm, not %d mm", used,
                    (int)ceil(need), (int)(page_w / IZH_PT_PER_MM));
  }
  double x = MARGIN;
  for (size_t column = 0; column < used; column++) {
    double left = places[column].left, right = places[column].right;
    for (size_t i = column; i < n; i += step) {
      places[i].cell.x = x;
      places[i].cell.w = left + frame_w + right;
      places[i].frame.x = x + left;
      places[i].frame.w = frame_w;
    }
    x += left + frame_w + right + COLUMN_GAP;
  }
  return IZH_OK;
}

/* Gives all panels of a row the largest needs among them, and sums these over rows. */
static izh_place rows_align(izh_place *places, size_t n, size_t step) {
  izh_place sum = {0};
  for (size_t row = 0; row < n; row += step) {
    izh_place most = {0};
    for (size_t i = row; i < smaller(n, row + step); i++) {
      most.top = fmax(most.top, places[i].top);
      most.bottom = fmax(most.bottom, places[i].bottom);
      most.want_h = fmax(most.want_h, places[i].want_h);
      most.least_h = fmax(most.least_h, places[i].least_h);
    }
    for (size_t i = row; i < smaller(n, row + step); i++) {
      places[i].top = most.top;
      places[i].bottom = most.bottom;
      places[i].want_h = most.want_h;
      places[i].least_h = most.least_h;
    }
    sum.top += most.top;
    sum.bottom += most.bottom;
    sum.want_h += most.want_h;
    sum.least_h += most.least_h;
  }
  return sum;
}

izh_status izh_grid_down(izh_place *places, size_t n, int columns, double *page_h, izh_err *err) {
  size_t step = (size_t)columns, rows = (n + step - 1) / step;
  izh_place sum = rows_align(places, n, step);
  double around = sum.top + sum.bottom + 2 * MARGIN + ROW_GAP * (double)(rows - 1);
  double room = *page_h > 0 ? *page_h - around
                            : fmax(sum.least_h, fmin(sum.want_h, TALLEST_MM * IZH_PT_PER_MM - around));
  if (room < sum.least_h - 1e-6) {
    return izh_fail(err, IZH_ARGUMENT, "the panels need a height of %d mm, not %d mm",
                    (int)ceil((around + sum.least_h) / IZH_PT_PER_MM), (int)(*page_h / IZH_PT_PER_MM));
  }
  if (*page_h <= 0) *page_h = around + room;
  double spare = room - sum.least_h, wish = sum.want_h - sum.least_h;
  double y = MARGIN;
  for (size_t row = 0; row < n; row += step) {
    double part = wish > 0 ? (places[row].want_h - places[row].least_h) / wish : 1.0 / (double)rows;
    double frame_h = places[row].least_h + spare * part;
    for (size_t i = row; i < smaller(n, row + step); i++) {
      izh_place *place = &places[i];
      place->cell.y = y;
      place->cell.h = place->top + frame_h + place->bottom;
      place->frame.y = y + place->top;
      place->frame.h = frame_h;
    }
    y += places[row].cell.h + ROW_GAP;
  }
  return IZH_OK;
}
