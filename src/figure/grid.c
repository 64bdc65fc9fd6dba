#include "figure/grid.h"

#include <math.h>

static const double MARGIN = 2.5, COLUMN_GAP = 8, ROW_GAP = 7;
static const double LEAST_FRAME_W = 15;
static const double TALLEST_MM = 240; /* a page is higher than this only if its frames cannot shrink more */

int izh_grid_columns(size_t n, double width_mm) {
  double panel_mm = n <= 4 ? 58 : 40; /* few panels can be large */
  double fit = fmax(1, fmin((double)n, floor(width_mm / panel_mm)));
  double rows = ceil((double)n / fit);
  return (int)ceil((double)n / rows); /* equally full rows: four panels are 2 × 2, not 3 + 1 */
}

size_t izh_grid_assign(izh_grid_item *items, size_t n, int columns) {
  size_t row = 0, column = 0, most = (size_t)columns;
  for (size_t i = 0; i < n; i++) {
    size_t span = items[i].span > 1 ? (size_t)items[i].span : 1;
    if (span > most) span = most;
    if (column + span > most) {
      column = 0;
      row++;
    }
    items[i].span = (int)span;
    items[i].row = row;
    items[i].column = column;
    column += span;
  }
  return row + 1;
}

/* The room that text takes left and right of the frames of a column. */
typedef struct sides {
  double left, right;
} sides;

static sides column_sides(const izh_grid_item *items, size_t n, size_t column) {
  sides most = {0, 0};
  for (size_t i = 0; i < n; i++) {
    if (items[i].column == column) most.left = fmax(most.left, items[i].left);
    if (items[i].column + (size_t)items[i].span == column + 1) most.right = fmax(most.right, items[i].right);
  }
  return most;
}

izh_status izh_grid_across(izh_grid_item *items, size_t n, int columns, double page_w, double pt_per_mm,
                           izh_err *err) {
  izh_grid_assign(items, n, columns);
  size_t used = (size_t)columns;
  double taken = 2 * MARGIN + COLUMN_GAP * (double)(used - 1);
  for (size_t column = 0; column < used; column++) {
    sides room = column_sides(items, n, column);
    taken += room.left + room.right;
  }
  double frame_w = (page_w - taken) / (double)used;
  if (frame_w < LEAST_FRAME_W) {
    double need = (taken + LEAST_FRAME_W * (double)used) / pt_per_mm;
    return izh_fail(
        err, IZH_ARGUMENT,
        "%zu column%s of panels need%s a width of %d mm, not %d mm: give more width, or fewer columns", used,
        izh_s(used), used == 1 ? "s" : "", (int)ceil(need), (int)(page_w / pt_per_mm));
  }
  double x = MARGIN;
  for (size_t column = 0; column < used; column++) {
    sides room = column_sides(items, n, column);
    for (size_t i = 0; i < n; i++) {
      izh_grid_item *item = &items[i];
      if (item->column == column) {
        item->cell.x = x;
        item->frame.x = x + room.left;
      }
      if (item->column + (size_t)item->span == column + 1) {
        item->frame.w = x + room.left + frame_w - item->frame.x;
        item->cell.w = x + room.left + frame_w + room.right - item->cell.x;
      }
    }
    x += room.left + frame_w + room.right + COLUMN_GAP;
  }
  for (size_t i = 0; i < n; i++) { /* a panel has the room that its columns have */
    items[i].left = items[i].frame.x - items[i].cell.x;
    items[i].right = izh_box_right(items[i].cell) - izh_box_right(items[i].frame);
  }
  return IZH_OK;
}

/* The end of the row that begins with panel i. */
static size_t row_end(const izh_grid_item *items, size_t n, size_t i) {
  size_t end = i;
  while (end < n && items[end].row == items[i].row) end++;
  return end;
}

/* Gives all panels of a row the largest room that one of them needs. Returns the sums over rows. */
static izh_grid_item rows_align(izh_grid_item *items, size_t n) {
  izh_grid_item sum = {0};
  for (size_t row = 0; row < n; row = row_end(items, n, row)) {
    izh_grid_item most = {0};
    for (size_t i = row; i < row_end(items, n, row); i++) {
      most.top = fmax(most.top, items[i].top);
      most.bottom = fmax(most.bottom, items[i].bottom);
      most.want_h = fmax(most.want_h, items[i].want_h);
      most.least_h = fmax(most.least_h, items[i].least_h);
    }
    for (size_t i = row; i < row_end(items, n, row); i++) {
      items[i].top = most.top;
      items[i].bottom = most.bottom;
      items[i].want_h = most.want_h;
      items[i].least_h = most.least_h;
    }
    sum.top += most.top;
    sum.bottom += most.bottom;
    sum.want_h += most.want_h;
    sum.least_h += most.least_h;
  }
  return sum;
}

/* The height of a frame with share 1, such that the rows fill the room. Each row has its share, or at least
 * what it needs. */
static double level(const izh_grid_item *items, size_t n, const double *shares, double room) {
  double lo = 0, hi = 1;
  for (int doubling = 0; doubling < 60; doubling++, hi *= 2) {
    double sum = 0;
    for (size_t i = 0; i < n; i = row_end(items, n, i))
      sum += fmax(items[i].least_h, hi * shares[items[i].row]);
    if (sum >= room) break;
  }
  for (int halving = 0; halving < 60; halving++) {
    double middle = (lo + hi) / 2, sum = 0;
    for (size_t i = 0; i < n; i = row_end(items, n, i))
      sum += fmax(items[i].least_h, middle * shares[items[i].row]);
    if (sum > room) {
      hi = middle;
    } else {
      lo = middle;
    }
  }
  return lo;
}

izh_status izh_grid_down(izh_grid_item *items, size_t n, const double *shares, double *page_h,
                         double pt_per_mm, izh_err *err) {
  size_t rows = items[n - 1].row + 1;
  izh_grid_item sum = rows_align(items, n);
  double around = sum.top + sum.bottom + 2 * MARGIN + ROW_GAP * (double)(rows - 1);
  double room = *page_h > 0 ? *page_h - around
                            : fmax(sum.least_h, fmin(sum.want_h, TALLEST_MM * IZH_PT_PER_MM - around));
  if (room < sum.least_h - 1e-6) {
    return izh_fail(err, IZH_ARGUMENT,
                    "the panels need a height of %d mm, not %d mm: give more height, or none",
                    (int)ceil((around + sum.least_h) / pt_per_mm), (int)(*page_h / pt_per_mm));
  }
  if (*page_h <= 0) *page_h = around + room;
  double spare = room - sum.least_h, wish = sum.want_h - sum.least_h;
  double share = shares ? level(items, n, shares, room) : 0, y = MARGIN;
  for (size_t row = 0; row < n; row = row_end(items, n, row)) {
    double fraction = wish > 0 ? (items[row].want_h - items[row].least_h) / wish : 1.0 / (double)rows;
    double frame_h = items[row].least_h + spare * fraction;
    if (shares) frame_h = fmax(items[row].least_h, share * shares[items[row].row]);
    for (size_t i = row; i < row_end(items, n, row); i++) {
      izh_grid_item *item = &items[i];
      item->cell.y = y;
      item->cell.h = item->top + frame_h + item->bottom;
      item->frame.y = y + item->top;
      item->frame.h = frame_h;
    }
    y += items[row].cell.h + ROW_GAP;
  }
  return IZH_OK;
}
