#include "base/quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void izh_quantity_range(const izh_quantity *quantity, double *low, double *high) {
  bool any = quantity->low == 0 && quantity->high == 0;
  *low = any ? -INFINITY : quantity->low;
  *high = any ? INFINITY : quantity->high;
}

const char *izh_quantity_fault(const izh_quantity *quantity, double value, char *text, size_t size) {
  if (!isfinite(value)) return "finite";
  double low, high;
  izh_quantity_range(quantity, &low, &high);
  if (value <= high && (quantity->above ? value > low : value >= low)) return NULL;
  if (isinf(high))
    snprintf(text, size, "%s %.10g", quantity->above ? ">" : "≥", low);
  else
    snprintf(text, size, "%.10g … %.10g", low, high);
  return text;
}

int izh_quantity_find(const izh_quantity *quantities, int n, const char *name) {
  for (int i = 0; i < n; i++)
    if (strcmp(quantities[i].name, name) == 0) return i;
  return -1;
}
