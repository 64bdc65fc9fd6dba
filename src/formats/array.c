#include "formats/array.h"

#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"

static void free_array(izh_array *array) {
  izh_free(array->name);
  izh_free(array->values);
  izh_free(array->words);
  izh_free(array->refused);
}

void izh_table_free(izh_table *table) {
  for (size_t i = 0; i < table->n; i++) free_array(&table->arrays[i]);
  izh_free(table->arrays);
  izh_free(table->comment);
  for (int side = 0; side < 2; side++) izh_free(table->nodes[side]);
  *table = (izh_table){0};
}

const izh_array *izh_table_find(const izh_table *table, const char *name) {
  for (size_t i = 0; i < table->n; i++)
    if (strcmp(table->arrays[i].name, name) == 0) return &table->arrays[i];
  return NULL;
}

izh_status izh_table_room(const izh_table *table, double bytes, const char *path, izh_err *err) {
  return izh_memory_check(err, table->bytes + 2 * bytes, "cannot read \"%s\": it", path);
}

bool izh_array_is_endless(size_t rows, size_t columns) {
  static const size_t most = 1000000;
  return (rows == 0 || columns == 0) && (rows > most || columns > most);
}

izh_status izh_table_add(izh_table *table, const char *name, izh_array array, izh_err *err) {
  izh_array *room = izh_grow(table->arrays, &table->capacity, table->n + 1, sizeof *room);
  if (room) table->arrays = room;
  array.name = izh_strdup(name);
  if (!room || !array.name) {
    free_array(&array);
    return izh_fail_memory(err, (table->n + 1) * sizeof *room);
  }
  table->arrays[table->n++] = array;
  if (array.values) table->bytes += (double)array.rows * (double)array.columns * sizeof *array.values;
  return IZH_OK;
}

void izh_table_drop(izh_table *table) {
  free_array(&table->arrays[--table->n]);
}

izh_status izh_table_refuse(izh_table *table, const char *name, izh_err *err) {
  if (err->status == IZH_MEMORY) return IZH_MEMORY;
  izh_array array = {.columns = 1, .refused = izh_strdup(err->message)};
  if (!array.refused) return izh_fail_memory(err, strlen(err->message));
  return izh_table_add(table, name, array, err);
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
