/* Matrices of weights: what is not 0, nor NaN, is a synapse from the neuron of its row to that of its column.
 */
#ifndef IZH_FORMATS_MATRIX_H
#define IZH_FORMATS_MATRIX_H

#include "formats/format.h"

/* A matrix that is a list of its entries: `weight` may be missing, where only the pattern is given. Entries
 * of one place are added up. The table gets these columns in place of what it held: pre and post (from 1),
 * weight; and the shape. Takes the values, whatever happens. */
typedef struct izh_entries {
  size_t n, rows, columns;
  double *pre, *post, *weight; /* [n] or more; weight may be NULL */
} izh_entries;
izh_status izh_matrix_put(izh_table *table, izh_entries *entries, izh_err *err);

/* If the arrays are those of a sparse matrix of SciPy (save_npz: csr, csc, coo), it is put in their place. */
izh_status izh_matrix_scipy(izh_table *table, const char *path, izh_err *err);

/* Of an array of two dimensions. */
izh_status izh_matrix_dense(const izh_array *array, izh_table *table, izh_err *err);
/* Makes a matrix of what a file holds, read with all words, unless it is one: of its only array of two
 * dimensions (name: the one with this name), or, of text, its columns. IZH_FORMAT. */
izh_status izh_matrix_find(izh_table *table, const izh_file *file, const char *name, izh_err *err);

/* Is the file, whatever its ending, one of Matrix Market's, and what it holds. */
bool izh_market_is(const char *path);
izh_status izh_market_load(const char *path, izh_table *table, izh_err *err);

#endif
