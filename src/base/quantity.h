/* The description of a number that a script can give to a model, a stimulus, a synapse or a rule. Its checks,
 * its default, the messages, the units on axes, Lua's view and the documentation all come from it. */
#ifndef IZH_BASE_QUANTITY_H
#define IZH_BASE_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

typedef struct izh_quantity {
  const char *name;
  const char *unit; /* "mV", "1/ms" …; "" or NULL: no unit */
  const char *help; /* one line in plain English, without the unit */
  bool required;
  double otherwise; /* the default, if it is not required and `like` is NULL */
  const char *like; /* not NULL: the name of another quantity, whose value is the default */
  double low, high; /* the range, ends included; both 0: any finite number */
  bool above;       /* `low` itself is not allowed */
  bool whole;       /* whole numbers only */
} izh_quantity;

/* The range; -infinity and infinity for a quantity without one. */
void izh_quantity_range(const izh_quantity *quantity, double *low, double *high);

/* NULL when a value is allowed; otherwise what it should be: "finite", "> 0", "≥ 0", "0 … 1". The answer may
 * be written into `text`. */
const char *izh_quantity_fault(const izh_quantity *quantity, double value, char *text, size_t size);

/* IZH_RANGE, "NAME must be … (got …)", for a value that is not allowed. The default is always allowed, even
 * outside the range: so a window may end at infinity, and NaN may mean "not given". */
izh_status izh_quantity_check(const izh_quantity *quantity, double value, izh_err *err);

/* The index of the quantity with a name among quantities[n], or -1. */
int izh_quantity_find(const izh_quantity *quantities, int n, const char *name);

#endif
