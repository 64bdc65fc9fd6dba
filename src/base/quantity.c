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

static bool is_default(const izh_quantity *quantity, double value) {
  if (quantity->required || quantity->like) return false;
  return value == quantity->otherwise || (isnan(value) && isnan(quantity->otherwise));
}

izh_status izh_quantity_check(const izh_quantity *quantity, double value, izh_err *err) {
  char text[64];
  bool whole = quantity->whole && !(floor(value) == value);
  if (is_default(quantity, value) || (!izh_quantity_fault(quantity, value, text, sizeof text) && !whole))
    return IZH_OK;
  double low, high;
  izh_quantity_range(quantity, &low, &high);
  const char *unit = quantity->unit ? quantity->unit : "", *kind = quantity->whole ? "a whole number " : "";
  if (quantity->above)
    snprintf(text, sizeof text, "%s> %.10g%s%s", kind, low, *unit ? " " : "", unit);
  else if (isinf(low))
    snprintf(text, sizeof text, "%sfinite", kind);
  else if (isinf(high))
    snprintf(text, sizeof text, "%sfinite and ≥ %.10g", kind, low);
  else
    snprintf(text, sizeof text, "%s%.10g … %.10g%s%s", kind, low, high, *unit ? " " : "", unit);
  return izh_fail(err, IZH_RANGE, "%s must be %s (got %g)", quantity->name, text, value);
}

int izh_quantity_find(const izh_quantity *quantities, int n, const char *name) {
  for (int i = 0; i < n; i++)
    if (strcmp(quantities[i].name, name) == 0) return i;
  return -1;
}
