/* What files hold, as plain numbers: arrays of one or two dimensions, some of them with a name. */
#ifndef IZH_FORMATS_ARRAY_H
#define IZH_FORMATS_ARRAY_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* One array of a file that was read. Two dimensions are in C order: values[row * columns + column]. */
typedef struct izh_array {
  char *name; /* "" when the file gives none */
  int dimensions;
  size_t rows, columns; /* columns is 1 in one dimension; a single number has one row and no dimension */
  double *values;       /* [rows * columns] */
} izh_array;

/* All arrays of a file. */
typedef struct izh_table {
  size_t n, capacity;
  izh_array *arrays;
} izh_table;

void izh_table_free(izh_table *table); /* what it holds; it is empty then */
/* The array with this name, NULL when there is none. */
const izh_array *izh_table_find(const izh_table *table, const char *name);
/* Makes room for one more array at table->arrays[table->n], without counting it. IZH_MEMORY. */
izh_status izh_table_reserve(izh_table *table, izh_err *err);

/* How numbers are kept in a file that is written; in memory they are doubles. */
typedef enum izh_element { IZH_ELEMENT_DOUBLE, IZH_ELEMENT_INT64 } izh_element; /* INT64: they are whole */

/* An array that is written. Two dimensions are asked for column by column, so that what is long need not be
 * in memory as a whole. */
typedef struct izh_source {
  const char *name;
  izh_element element;
  int dimensions;       /* 0 (a single number), 1 or 2 */
  size_t rows, columns; /* columns is 1 unless there are two dimensions */
  const double *values; /* [rows * columns], column after column; or NULL: */
  izh_status (*fill)(const void *context, size_t column, double *values /* [rows] */, izh_err *err);
  const void *context;
} izh_source;

/* Gives all columns in turn to `take`. A failure of either ends it. IZH_MEMORY. */
typedef izh_status izh_take(void *to, const izh_source *source, const double *values /* [rows] */,
                            izh_err *err);
izh_status izh_source_walk(const izh_source *source, izh_take *take, void *to, izh_err *err);

#endif
