#include "formats/array.h"

#include <string.h>

#include "base/alloc.h"

void izh_table_free(izh_table *table) {
  for (size_t i = 0; i < table->n; i++) {
    izh_free(table->arrays[i].name);
    izh_free(table->arrays[i].values);
  }
  izh_free(table->arrays);
  *table = (izh_table){0};
}

const izh_array *izh_table_find(const izh_table *table, const char *name) {
  for (size_t i = 0; i < table->n; i++)
    if (strcmp(table->arrays[i].name, name) == 0) return &table->arrays[i];
  return NULL;
}

izh_status izh_table_reserve(izh_table *table, izh_err *err) {
  izh_array *room = izh_grow(table->arrays, &table->capacity, table->n + 1, sizeof *room);
  if (!room) return izh_fail_memory(err, (table->n + 1) * sizeof *room);
  table->arrays = room;
  return IZH_OK;
}

izh_status izh_source_walk(const izh_source *source, izh_take *take, void *to, izh_err *err) {
  izh_status status = IZH_OK;
  if (source->values) {
    for (size_t k = 0; k < source->columns && !status; k++)
      status = take(to, source, source->values + k * source->rows, err);
    return status;
  }
  double *column = izh_alloc(source->rows, sizeof *column);
  if (!column) return izh_fail_memory(err, source->rows * sizeof *column);
  for (size_t k = 0; k < source->columns && !status; k++) {
    status = source->fill(source->context, k, column, err);
    if (!status) status = take(to, source, column, err);
  }
  izh_free(column);
  return status;
}
