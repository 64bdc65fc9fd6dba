/* What files hold: arrays of numbers, or of words, of up to two dimensions, some of them with a name. */
#ifndef IZH_FORMATS_ARRAY_H
#define IZH_FORMATS_ARRAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* One array of a file that was read: it has values, or words, or a reason why it cannot be read, which
 * matters to those only who ask for it; words that nobody asks for are not read. Two dimensions are in C
 * order: values[row * columns + column]. */
typedef struct izh_array {
  char *name; /* "" when the file gives none; of a tree with the names of its groups: "spikes/V1/node_ids" */
  int dimensions;
  size_t rows, columns; /* columns is 1 in one dimension; a single item has one row and no dimension */
  double *values;       /* [rows * columns] */
  char *words;          /* [rows], each with a NUL at its end, one after the other */
  char *refused;        /* the message of an error */
  bool truths;          /* its numbers stand for true and false */
  bool unread;          /* it has numbers that nobody asks for: only their shape is known */
} izh_array;

/* All arrays of a file, and what its format says of them. */
typedef struct izh_table {
  size_t n, capacity;
  izh_array *arrays;
  char *comment; /* of text without names: a line of a comment that has some that are known; NULL: none */
  bool doubtful; /* the names are those of a comment, and none of them is known */
  bool has_population; /* it is one of several, which was asked for */
  bool own;            /* ids count within the populations that are connected, not within the network */
  char *nodes[2];      /* what these are called where edges come from, and where they go; NULL: not said */
  bool has_base;       /* ids count from … */
  double base;
  double bytes;   /* of the numbers in its arrays */
  bool has_shape; /* it is a sparse matrix (sparse.h): pre, post, weight, from … */
  size_t shape[2];
} izh_table;

void izh_table_free(izh_table *table); /* what it holds; it is empty then */
/* The array with this name, NULL when there is none. */
const izh_array *izh_table_find(const izh_table *table, const char *name);
/* IZH_SIZE unless there is memory for one more array of so many bytes: for that and a copy of it, and a copy
 * of those that are there, since whoever reads a file makes something of it. */
izh_status izh_table_room(const izh_table *table, double bytes, const char *path, izh_err *err);
/* Rows of no numbers, or columns, which take nothing in a file, but more than a million: whoever goes through
 * them would not come to an end. */
bool izh_array_is_endless(size_t rows, size_t columns);
/* Appends an array, which is the table's from then on, whatever happens. Its name is copied. IZH_MEMORY. */
izh_status izh_table_add(izh_table *table, const char *name, izh_array array, izh_err *err);
void izh_table_drop(izh_table *table); /* the last one, which there is */
/* Appends one that cannot be read, for the reason in `err`; unless that is want of memory, which is given
 * back.
 */
izh_status izh_table_refuse(izh_table *table, const char *name, izh_err *err);

/* How numbers are kept in a file that is written; in memory they are doubles. */
typedef enum izh_element { IZH_ELEMENT_DOUBLE, IZH_ELEMENT_INT64 } izh_element; /* INT64: they are whole */

/* An array that is written. Two dimensions are asked for column by column, so that what is long need not be
 * in memory as a whole. */
typedef struct izh_source {
  const char *name;
  izh_element element;
  int dimensions;       /* 0 (a single number), 1 or 2 */
  size_t rows, columns; /* columns is 1 unless there are two dimensions */
  const char *words;    /* [rows], each with a NUL at its end, of one dimension or none; or NULL: */
  const double *values; /* [rows * columns], column after column; or NULL: */
  izh_status (*fill)(const void *context, size_t column, double *values /* [rows] */, izh_err *err);
  const void *context;
} izh_source;

/* Gives all columns in turn to `take`. A failure of either ends it. IZH_MEMORY. */
typedef izh_status izh_take(void *to, const izh_source *source, const double *values /* [rows] */,
                            izh_err *err);
izh_status izh_source_walk(const izh_source *source, izh_take *take, void *to, izh_err *err);

#endif
