/* What is known of a number that a script can give to a model, a stimulus, a synapse or a rule: from this one
 * place come its checks, its default, messages, units on axes, Lua's view and the documentation. */
#ifndef IZH_BASE_QUANTITY_H
#define IZH_BASE_QUANTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

typedef struct izh_quantity {
  const char *name;
  const char *unit; /* "mV", "1/ms" …; "" or NULL when it has none */
  const char *help; /* one line in plain English, without the unit */
  bool required;
  double otherwise; /* the default of one that is not required … */
  const char *like; /* … or, not NULL, the name of the quantity whose value is taken */
  double low, high; /* the range, ends included; both 0: any finite number */
  bool above;       /* `low` itself is not allowed */
  bool whole;       /* whole numbers only */
} izh_quantity;

/* The range, with low and high for one that has none: -infinity and infinity. */
void izh_quantity_range(const izh_quantity *quantity, double *low, double *high);

/* What a value should be, as "finite", "> 0", "≥ 0" or "0 … 1", when it is not so; else NULL. `text` is room
 * for the answer. */
const char *izh_quantity_fault(const izh_quantity *quantity, double value, char *text, size_t size);

/* IZH_RANGE, "NAME must be … (got …)", for a value that is not allowed. The default is, whatever the range:
 * so a time may end at infinity, and NaN say that something is not given. */
izh_status izh_quantity_check(const izh_quantity *quantity, double value, izh_err *err);

/* The number of the quantity with a name among n, or -1. */
int izh_quantity_find(const izh_quantity *quantities, int n, const char *name);

#endif
