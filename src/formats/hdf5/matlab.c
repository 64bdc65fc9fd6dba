/* What MATLAB makes of its arrays in a .mat file of version 7.3: columns are rows, text is numbers, and an
 * empty array is its own size. */
#include <string.h>

#include "base/alloc.h"
#include "formats/hdf5/read.h"

/* Is there an attribute of a dataset with this name. */
static bool has_mark(const izh_h5_reader *r, hid_t in, const char *name, const char *mark) {
  hid_t set = H5Oopen(in, name, r->links);
  if (set < 0) return false;
  bool has = H5Aexists(set, mark) > 0;
  H5Oclose(set);
  return has;
}

/* Rows for columns; what is one row or one column is a list, and a single number is one. */
static izh_status turn(const izh_h5_reader *r, izh_array *array) {
  size_t rows = array->columns, columns = array->rows;
  if (array->dimensions == 2 && rows > 1 && columns > 1) {
    double *turned = izh_alloc(rows * columns, sizeof *turned);
    if (!turned) return izh_fail_memory(r->err, rows * columns * sizeof *turned);
    for (size_t i = 0; i < rows; i++)
      for (size_t k = 0; k < columns; k++) turned[i * columns + k] = array->values[k * rows + i];
    izh_free(array->values);
    array->values = turned;
    array->rows = rows;
    array->columns = columns;
  } else if (array->dimensions == 2) {
    array->dimensions = rows == 1 && columns == 1 ? 0 : 1;
    array->rows = rows * columns;
    array->columns = 1;
  }
  return IZH_OK;
}

/* Text is a row of characters in UTF-16, of which those are taken that are one byte. */
static izh_status spell(const izh_h5_reader *r, const char *name, izh_array *array) {
  if (array->rows != 1 && array->columns != 1)
    return izh_h5_wrong(r, "%s is text of several rows; one can be read", name);
  size_t n = array->rows * array->columns;
  char *word = izh_alloc(n + 1, 1);
  if (!word) return izh_fail_memory(r->err, n + 1);
  for (size_t k = 0; k < n; k++) {
    double c = array->values[k];
    word[k] = c >= 1 && c < 128 ? (char)c : '?';
  }
  word[n] = '\0';
  izh_free(array->values);
  *array = (izh_array){.rows = 1, .columns = 1, .words = word};
  return IZH_OK;
}

izh_status izh_h5_matlab(const izh_h5_reader *r, hid_t in, const char *name, izh_array *array) {
  char class[32];
  izh_status status = IZH_OK;
  izh_h5_text_of(r, in, name, "MATLAB_class", class, sizeof class);
  if (array->values && has_mark(r, in, name, "MATLAB_empty")) {
    array->dimensions = 1;
    array->rows = 0;
    array->columns = 1;
  } else if (array->values && strcmp(class, "char") == 0) {
    status = spell(r, name, array);
  } else if (array->values) {
    status = turn(r, array);
  }
  if (status) izh_free(array->values);
  return status;
}
