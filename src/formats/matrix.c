#include "formats/matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "formats/names.h"

static void free_entries(izh_entries *e) {
  izh_free(e->pre);
  izh_free(e->post);
  izh_free(e->weight);
  *e = (izh_entries){0};
}

/* Room for n entries; false: out of memory. */
static bool make_entries(izh_entries *e, size_t n, size_t rows, size_t columns) {
  *e = (izh_entries){.rows = rows, .columns = columns};
  e->pre = izh_alloc(n, sizeof *e->pre);
  e->post = izh_alloc(n, sizeof *e->post);
  e->weight = izh_alloc(n, sizeof *e->weight);
  if (e->pre && e->post && e->weight) return true;
  free_entries(e);
  return false;
}

/* From 0. */
static void add_entry(izh_entries *e, double row, double column, double weight) {
  e->pre[e->n] = row + 1;
  e->post[e->n] = column + 1;
  e->weight[e->n++] = weight;
}

/* --- entries that are given more than once --- */

/* Is each entry behind the one before, by row or by column; then none is there twice. */
static bool ascends(const double *first, const double *second, size_t n) {
  for (size_t k = 1; k < n; k++)
    if (first[k] < first[k - 1] || (first[k] == first[k - 1] && second[k] <= second[k - 1])) return false;
  return true;
}

typedef struct place {
  double row, column;
  size_t entry;
} place;

static int compare_places(const void *a, const void *b) {
  const place *x = a, *y = b;
  if (x->row != y->row) return (x->row > y->row) - (x->row < y->row);
  if (x->column != y->column) return (x->column > y->column) - (x->column < y->column);
  return (x->entry > y->entry) - (x->entry < y->entry);
}

/* As SciPy does: what is given for one place is added up, in the order of the file, to its first entry; the
 * others become 0, or, in a pattern, have no row. */
static izh_status add_up(izh_entries *e, izh_err *err) {
  if (ascends(e->pre, e->post, e->n) || ascends(e->post, e->pre, e->n)) return IZH_OK;
  place *places = izh_alloc(e->n, sizeof *places);
  if (!places) return izh_fail_memory(err, e->n * sizeof *places);
  for (size_t k = 0; k < e->n; k++) places[k] = (place){e->pre[k], e->post[k], k};
  qsort(places, e->n, sizeof *places, compare_places);
  for (size_t k = 1, first = 0; k < e->n; k++) {
    size_t to = places[first].entry, from = places[k].entry;
    if (places[k].row != places[first].row || places[k].column != places[first].column) {
      first = k;
    } else if (e->weight) {
      e->weight[to] += e->weight[from];
      e->weight[from] = 0;
    } else {
      e->pre[from] = 0;
    }
  }
  izh_free(places);
  return IZH_OK;
}

static bool is_entry(double value) {
  return value != 0 && !isnan(value);
}

/* Zeros and NaN are no synapses. */
static void drop_zeros(izh_entries *e) {
  size_t kept = 0;
  for (size_t k = 0; k < e->n; k++) {
    if (e->weight ? !is_entry(e->weight[k]) : e->pre[k] == 0) continue;
    e->pre[kept] = e->pre[k];
    e->post[kept] = e->post[k];
    if (e->weight) e->weight[kept] = e->weight[k];
    kept++;
  }
  e->n = kept;
}

izh_status izh_matrix_put(izh_table *table, izh_entries *e, izh_err *err) {
  static const char *const names[] = {"pre", "post", "weight"};
  izh_status status = add_up(e, err);
  drop_zeros(e);
  izh_entries own = *e;
  double *const columns[] = {own.pre, own.post, own.weight};
  *e = (izh_entries){0};
  izh_table_free(table);
  for (int k = 0; k < 3; k++) {
    if (!columns[k]) continue;
    izh_array array = {.dimensions = 1, .rows = own.n, .columns = 1, .values = columns[k]};
    if (status)
      izh_free(columns[k]);
    else
      status = izh_table_add(table, names[k], array, err);
  }
  if (status) izh_table_free(table);
  table->has_shape = table->own = true;
  table->shape[0] = own.rows;
  table->shape[1] = own.columns;
  return status;
}

/* --- SciPy --- */

static izh_status wrong(const char *path, const char *why, izh_err *err) {
  return izh_fail(err, IZH_FORMAT, "cannot read \"%s\": %s", path, why);
}

/* A list of numbers of the archive. */
static izh_status list_of(const izh_table *table, const char *name, const char *path, const izh_array **list,
                          izh_err *err) {
  *list = izh_table_find(table, name);
  if (!*list)
    return izh_fail(err, IZH_FORMAT, "cannot read \"%s\": the sparse matrix has no array %s", path, name);
  if ((*list)->refused) return izh_fail(err, IZH_FORMAT, "%s", (*list)->refused);
  if (!(*list)->values || (*list)->dimensions != 1)
    return izh_fail(err, IZH_FORMAT, "cannot read \"%s\": %s is not a list of numbers", path, name);
  return IZH_OK;
}

/* csr: of row r those from starts[r] on; csc: of column r. */
static izh_status walk_compressed(const izh_table *table, const char *path, bool by_row, izh_entries *e,
                                  izh_err *err) {
  const izh_array *data = NULL, *starts = NULL, *places = NULL;
  izh_status status = list_of(table, "data", path, &data, err);
  if (!status) status = list_of(table, "indptr", path, &starts, err);
  if (!status) status = list_of(table, "indices", path, &places, err);
  if (status) return status;
  size_t lines = by_row ? e->rows : e->columns, across = by_row ? e->columns : e->rows;
  if (starts->rows != lines + 1 || places->rows != data->rows)
    return wrong(path, "the arrays of the sparse matrix do not fit each other", err);
  size_t k = 0;
  for (size_t line = 0; line < lines; line++) {
    double end = starts->values[line + 1];
    if (!(end >= (double)k && end <= (double)data->rows) || starts->values[0] != 0)
      return wrong(path, "indptr of the sparse matrix does not ascend to the length of its data", err);
    for (; (double)k < end; k++) {
      double at = places->values[k];
      if (!(at >= 0 && at < (double)across && at == floor(at)))
        return wrong(path, "an index of the sparse matrix is beyond its shape", err);
      add_entry(e, by_row ? (double)line : at, by_row ? at : (double)line, data->values[k]);
    }
  }
  return IZH_OK;
}

static bool is_below(double at, size_t size) {
  return at >= 0 && at < (double)size && at == floor(at);
}

static izh_status walk_coordinates(const izh_table *table, const char *path, izh_entries *e, izh_err *err) {
  const izh_array *data = NULL, *rows = NULL, *columns = NULL;
  izh_status status = list_of(table, "data", path, &data, err);
  if (!status) status = list_of(table, "row", path, &rows, err);
  if (!status) status = list_of(table, "col", path, &columns, err);
  if (status) return status;
  if (rows->rows != data->rows || columns->rows != data->rows)
    return wrong(path, "the arrays of the sparse matrix do not fit each other", err);
  for (size_t k = 0; k < data->rows; k++) {
    if (!is_below(rows->values[k], e->rows) || !is_below(columns->values[k], e->columns))
      return wrong(path, "an index of the sparse matrix is beyond its shape", err);
    add_entry(e, rows->values[k], columns->values[k], data->values[k]);
  }
  return IZH_OK;
}

static izh_status walk_scipy(const izh_table *table, const char *path, const char *format, izh_entries *e,
                             izh_err *err) {
  if (strcmp(format, "csr") == 0) return walk_compressed(table, path, true, e, err);
  if (strcmp(format, "csc") == 0) return walk_compressed(table, path, false, e, err);
  if (strcmp(format, "coo") == 0) return walk_coordinates(table, path, e, err);
  return izh_fail(err, IZH_FORMAT,
                  "cannot read \"%s\": it is a sparse matrix of the kind \"%.20s\"; csr, csc and coo can be "
                  "read, and tocsr() makes one of it",
                  path, format);
}

izh_status izh_matrix_scipy(izh_table *table, const char *path, izh_err *err) {
  const izh_array *format = izh_table_find(table, "format"), *shape = izh_table_find(table, "shape"),
                  *data = izh_table_find(table, "data");
  if (!format || !format->words || format->rows != 1 || !shape || !shape->values || shape->rows != 2 || !data)
    return IZH_OK;
  const double *size = shape->values;
  if (!is_below(size[0], UINT32_MAX) || !is_below(size[1], UINT32_MAX))
    return wrong(path, "the sparse matrix has an impossible shape", err);
  izh_entries entries;
  if (!make_entries(&entries, data->rows, (size_t)size[0], (size_t)size[1]))
    return izh_fail_memory(err, data->rows * 3 * sizeof(double));
  izh_status status = walk_scipy(table, path, format->words, &entries, err);
  if (!status) return izh_matrix_put(table, &entries, err);
  free_entries(&entries);
  return status;
}

/* --- dense ones --- */

static bool is_matrix(const izh_array *array) {
  return array->values && array->dimensions == 2;
}

/* The array of two dimensions that is meant; NULL without an error: there is none. */
static izh_status choose(const izh_table *table, const char *path, const char *name, const izh_array **one,
                         izh_err *err) {
  *one = NULL;
  for (size_t k = 0; k < table->n; k++) {
    const izh_array *array = &table->arrays[k];
    if (name && strcmp(array->name, name) != 0) continue;
    if (name && array->refused) return izh_fail(err, IZH_FORMAT, "%s", array->refused);
    if (name && !is_matrix(array))
      return izh_fail(err, IZH_FORMAT, "\"%s\": %s is not a matrix of numbers", path, name);
    if (!is_matrix(array)) continue;
    if (*one)
      return izh_fail(err, IZH_FORMAT,
                      "\"%s\" has several matrices: columns = { weight = \"%s\" } says which, or \"%s\"",
                      path, (*one)->name, array->name);
    *one = array;
  }
  if (name && !*one) return izh_fail(err, IZH_FORMAT, "\"%s\" has no array \"%s\"", path, name);
  return IZH_OK;
}

/* How many of the numbers are synapses: few, often. */
static size_t count_entries(const double *values, size_t n) {
  size_t entries = 0;
  for (size_t k = 0; k < n; k++) entries += is_entry(values[k]);
  return entries;
}

/* Columns side by side, of text; those of words are the names of rows. */
static izh_status from_columns(const izh_table *table, const char *path, izh_entries *e, izh_err *err) {
  size_t rows = table->n ? table->arrays[0].rows : 0, columns = 0, n = 0;
  for (size_t k = 0; k < table->n; k++) {
    const izh_array *array = &table->arrays[k];
    if (array->refused) return izh_fail(err, IZH_FORMAT, "%s", array->refused);
    if (array->rows != rows || array->dimensions != 1)
      return izh_fail(err, IZH_FORMAT, "\"%s\" holds no matrix", path);
    columns += array->words == NULL;
    if (array->values) n += count_entries(array->values, rows);
  }
  if (!make_entries(e, n, rows, columns)) return izh_fail_memory(err, n * 3 * sizeof(double));
  size_t column = 0;
  for (size_t k = 0; k < table->n; k++) {
    const double *values = table->arrays[k].values;
    for (size_t row = 0; row < rows && values; row++)
      if (is_entry(values[row])) add_entry(e, (double)row, (double)column, values[row]);
    column += values != NULL;
  }
  return IZH_OK;
}

static izh_status from_array(const izh_array *array, izh_entries *e, izh_err *err) {
  size_t n = count_entries(array->values, array->rows * array->columns);
  if (!make_entries(e, n, array->rows, array->columns)) return izh_fail_memory(err, n * 3 * sizeof(double));
  for (size_t row = 0; row < array->rows; row++)
    for (size_t column = 0; column < array->columns; column++) {
      double value = array->values[row * array->columns + column];
      if (is_entry(value)) add_entry(e, (double)row, (double)column, value);
    }
  return IZH_OK;
}

izh_status izh_matrix_dense(const izh_array *array, izh_table *table, izh_err *err) {
  izh_entries entries;
  izh_status status = from_array(array, &entries, err);
  return status ? status : izh_matrix_put(table, &entries, err);
}

/* Has it the names of a list of pairs. */
static bool is_pairs(const izh_table *table) {
  izh_unit unit;
  bool pre = false, post = false;
  for (size_t k = 0; k < table->n; k++) {
    pre |= izh_name_means(table->arrays[k].name, IZH_ROLE_PRE, &unit);
    post |= izh_name_means(table->arrays[k].name, IZH_ROLE_POST, &unit);
  }
  return pre && post;
}

izh_status izh_matrix_find(izh_table *table, const izh_file *file, const char *name, izh_err *err) {
  const char *path = file->path;
  izh_status status = izh_matrix_scipy(table, path, err);
  if (status || table->has_shape) return status;
  const izh_array *one;
  izh_entries entries;
  if (is_pairs(table))
    return izh_fail(err, IZH_FORMAT, "\"%s\" is a list of pairs, which rule = \"pairs\" takes", path);
  status = choose(table, path, name, &one, err);
  if (status) return status;
  if (!one && file->format->layout != IZH_LAYOUT_COLUMNS)
    return izh_fail(err, IZH_FORMAT, "\"%s\" holds no matrix", path);
  status = one ? from_array(one, &entries, err) : from_columns(table, path, &entries, err);
  return status ? status : izh_matrix_put(table, &entries, err);
}
