#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "formats/columns.h"
#include "formats/matrix.h"

/* In memory where that is possible: files are synchronised before they are in place. */
static char in_memory[] = "/dev/shm/izhlua-fuzz-XXXXXX", on_disk[] = "/tmp/izhlua-fuzz-XXXXXX";
static char *folder;

static void remove_folder(void) {
  fuzz_empty_folder();
  rmdir(folder);
}

void fuzz_empty_folder(void) {
  if (!folder) {
    folder = mkdtemp(in_memory) ? in_memory : mkdtemp(on_disk);
    if (!folder || chdir(folder) != 0 || atexit(remove_folder) != 0) abort();
  }
  DIR *dir = opendir(".");
  for (const struct dirent *entry; dir && (entry = readdir(dir));)
    if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2) unlink(entry->d_name);
  if (dir) closedir(dir);
}

static double look_at_column(const izh_column *column) {
  double sum = 0;
  for (size_t k = 0; k < column->n && column->values; k++) sum += izh_column_at(column, k);
  return sum;
}

/* mapped: arrays that it does not ask for need not have been read. */
static void look_at_table(const izh_table *table, bool mapped) {
  double sum = 0;
  for (size_t i = 0; i < table->n; i++) {
    const izh_array *array = &table->arrays[i];
    bool something = array->values || array->words || array->refused || array->unread;
    if (!array->name || (!something && !mapped)) abort();
    for (size_t k = 0; array->values && k < array->rows * array->columns; k++) sum += array->values[k];
    const char *word = array->words;
    for (size_t k = 0; word && k < array->rows; k++) word += strlen(word) + 1;
  }
  (void)sum;
}

static void look_at_spikes(izh_table *table, const izh_mapping *mapping) {
  izh_spikes_in spikes;
  izh_err err;
  if (izh_spikes_find(table, mapping, &spikes, &err)) return;
  look_at_column(&spikes.times), look_at_column(&spikes.senders);
  look_at_column(&spikes.neurons), look_at_column(&spikes.window);
}

static void look_at_edges(izh_table *table, const izh_mapping *mapping) {
  izh_edges_in edges;
  izh_err err;
  if (izh_edges_find(table, mapping, &edges, &err)) return;
  look_at_column(&edges.pre), look_at_column(&edges.post), look_at_column(&edges.weight);
  look_at_column(&edges.delay), look_at_column(&edges.count);
}

static void look_at_matrix(izh_table *table, const izh_file *file) {
  izh_err err;
  if (izh_matrix_find(table, file, NULL, &err)) return;
  for (size_t k = 0; k < table->arrays[0].rows; k++)
    for (int side = 0; side < 2; side++) {
      double id = table->arrays[side].values[k];
      if (!(id >= 1 && id <= (double)table->shape[side])) abort();
    }
}

void fuzz_read(const izh_format *format, const uint8_t *data, size_t size) {
  izh_file file = {.path = fuzz_file(data, size), .format = format, .modules = FUZZ_MODULES};
  char ended[128]; /* a sanitizer ended the process that reads HDF5 */
  int length = snprintf(ended, sizeof ended, "cannot read \"%s\": the library for it ended", file.path);
  izh_mapping mapping = {.path = file.path, .population = size % 4 == 3 ? "a" : NULL};
  static const izh_content contents[] = {IZH_CONTENT_NUMBERS, IZH_CONTENT_SPIKES, IZH_CONTENT_EDGES,
                                         IZH_CONTENT_EDGES};
  for (size_t k = 0; k < sizeof contents / sizeof *contents; k++) {
    izh_table table = {0};
    izh_err err = {0};
    if (!(format->reads & contents[k])) continue;
    izh_wanted wanted = {contents[k], mapping.population, k == 1 || k == 2 ? &mapping : NULL};
    izh_status status = format->read(&file, &wanted, &table, &err);
    if (status && table.n > 0) abort();
    if (strncmp(err.message, ended, (size_t)length) == 0) abort();
    look_at_table(&table, wanted.mapping);
    if (!status && k == 1) look_at_spikes(&table, &mapping);
    if (!status && k == 2) look_at_edges(&table, &mapping);
    if (!status && k == 3) look_at_matrix(&table, &file);
    izh_table_free(&table);
    if (izh_alloc_held() != 0) abort();
  }
}
