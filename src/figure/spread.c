#include "figure/spread.h"

#include <math.h>
#include <stdlib.h>

/* Isotonic regression by pooling. From each wanted position the sizes of all labels before it are subtracted.
 * The results must not decrease along the line; those that would decrease are replaced by their mean. */
void izh_spread(izh_spread_item *items, size_t n, double lo, double hi) {
  double before = 0;
  size_t blocks = 0;
  for (size_t i = 0; i < n; i++) {
    izh_spread_item block = {
        .block_mean = items[i].centre - items[i].size / 2 - before, .block_size = 1, .block_first = i};
    before += items[i].size;
    while (blocks > 0 && items[blocks - 1].block_mean > block.block_mean) {
      const izh_spread_item *last = &items[--blocks];
      double size = last->block_size + block.block_size;
      block.block_mean = (last->block_mean * last->block_size + block.block_mean * block.block_size) / size;
      block.block_size = size;
      block.block_first = last->block_first;
    }
    items[blocks].block_mean = block.block_mean;
    items[blocks].block_size = block.block_size;
    items[blocks].block_first = block.block_first;
    blocks++;
  }
  double room = hi - before;
  before = 0;
  for (size_t i = 0, block = 0; i < n; i++) {
    if (block + 1 < blocks && items[block + 1].block_first == i) block++;
    items[i].start = fmax(lo, fmin(items[block].block_mean, room)) + before;
    before += items[i].size;
  }
}

void izh_spread_titles(izh_spread_item *items, size_t n, double lo, double hi) {
  double total = 0;
  for (size_t i = 0; i < n; i++) total += items[i].size;
  double shrink = total > hi - lo ? (hi - lo) / total : 1;
  for (size_t i = 0; i < n; i++) items[i].size *= shrink;
  izh_spread(items, n, lo, hi);
}

static int by_x(const void *a, const void *b) {
  const izh_flag *p = a, *q = b;
  if (p->x != q->x) return p->x < q->x ? -1 : 1;
  return p->index < q->index ? -1 : p->index > q->index;
}

int izh_flags_stack(izh_flag *flags, size_t n, double limit, double gap) {
  qsort(flags, n, sizeof *flags, by_x);
  int rows = 0;
  for (size_t i = n; i-- > 0;) {
    izh_flag *flag = &flags[i];
    flag->start = fmin(flag->x, limit - flag->w);
    flag->row = 0;
    double end = flag->start + flag->w + gap;
    for (size_t k = i + 1; k < n; k++) {
      double reach = fmin(flags[k].start, flags[k].x);
      if (flag->w > 0 && reach < end && flags[k].w > 0 && flags[k].row >= flag->row) {
        flag->row = flags[k].row + 1;
      }
    }
    if (flag->w > 0 && flag->row + 1 > rows) rows = flag->row + 1;
  }
  return rows;
}
