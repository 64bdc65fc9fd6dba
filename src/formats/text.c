#include "formats/text.h"

#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "base/output.h"
#include "formats/format.h"
#include "formats/matrix.h"
#include "formats/number.h"

enum { BUFFER = 1 << 16 };

struct izh_text {
  izh_output *out;
  char separator;
  size_t columns, filled;
  char buffer[BUFFER];
};

static izh_status flush(izh_text *text, izh_err *err) {
  izh_status status = izh_output_write(text->out, text->buffer, text->filled, err);
  text->filled = 0;
  return status;
}

static izh_status put(izh_text *text, const char *bytes, size_t size, izh_err *err) {
  izh_status status = IZH_OK;
  if (text->filled + size > BUFFER) status = flush(text, err);
  if (!status && size > BUFFER) return izh_output_write(text->out, bytes, size, err);
  if (!status) memcpy(text->buffer + text->filled, bytes, size);
  if (!status) text->filled += size;
  return status;
}

izh_status izh_text_begin(const char *path, char separator, const char *const *names, size_t columns,
                          izh_text **result, izh_err *err) {
  izh_text *text = izh_alloc(1, sizeof *text);
  if (!text) return izh_fail_memory(err, sizeof *text);
  text->separator = separator;
  text->columns = columns;
  text->filled = 0;
  izh_status status = izh_output_begin(path, &text->out, err);
  if (status) {
    izh_free(text);
    return status;
  }
  for (size_t k = 0; k < columns && names && !status; k++) {
    status = put(text, names[k], strlen(names[k]), err);
    if (!status) status = put(text, k + 1 < columns ? &separator : "\n", 1, err);
  }
  if (status)
    izh_text_abandon(text);
  else
    *result = text;
  return status;
}

izh_status izh_text_add(izh_text *text, const double *const *columns, size_t n, izh_err *err) {
  izh_status status = IZH_OK;
  for (size_t i = 0; i < n && !status; i++)
    for (size_t k = 0; k < text->columns && !status; k++) {
      char number[IZH_NUMBER_TEXT];
      int length = izh_number_write(number, columns[k][i]);
      number[length] = k + 1 < text->columns ? text->separator : '\n';
      status = put(text, number, (size_t)length + 1, err);
    }
  return status;
}

izh_status izh_text_commit(izh_text *text, izh_err *err) {
  flush(text, NULL); /* its failure is kept */
  izh_status status = izh_output_commit(text->out, err);
  izh_free(text);
  return status;
}

void izh_text_abandon(izh_text *text) {
  if (text) izh_output_abandon(text->out);
  izh_free(text);
}

enum { MOST_COLUMNS = 16 };

izh_status izh_text_save(const char *path, char separator, bool named, const izh_source *sources, size_t n,
                         izh_err *err) {
  const char *names[MOST_COLUMNS];
  const double *columns[MOST_COLUMNS];
  if (n > MOST_COLUMNS) return izh_fail(err, IZH_ARGUMENT, "at most %d columns (got %zu)", MOST_COLUMNS, n);
  for (size_t k = 0; k < n; k++) {
    names[k] = sources[k].name;
    columns[k] = sources[k].values;
  }
  izh_text *text;
  izh_status status = izh_text_begin(path, separator, named ? names : NULL, n, &text, err);
  if (status) return status;
  status = izh_text_add(text, columns, sources[0].rows, err);
  if (!status) return izh_text_commit(text, err);
  izh_text_abandon(text);
  return status;
}

/* --- numbers and words --- */

/* A word, in quotes where it has to be. */
static izh_status put_word(izh_text *text, const char *word, izh_err *err) {
  char special[] = {text->separator, ',', ';', '\t', ' ', '#', '%', '\0'};
  if (strpbrk(word, "\"\r\n"))
    return izh_fail(err, IZH_ARGUMENT,
                    "the word \"%.40s\" has a quotation mark or ends a line; .json takes it", word);
  if (!strpbrk(word, special)) return put(text, word, strlen(word), err);
  izh_status status = put(text, "\"", 1, err);
  if (!status) status = put(text, word, strlen(word), err);
  return status ? status : put(text, "\"", 1, err);
}

static izh_status put_item(izh_text *text, const izh_array *column, size_t row, const char **word,
                           izh_err *err) {
  char number[IZH_NUMBER_TEXT];
  if (column->values) return put(text, number, (size_t)izh_number_write(number, column->values[row]), err);
  izh_status status = put_word(text, *word, err);
  *word += strlen(*word) + 1;
  return status;
}

static izh_status put_names(izh_text *text, const izh_array *columns, size_t n, izh_err *err) {
  bool named = false;
  izh_status status = IZH_OK;
  for (size_t k = 0; k < n; k++) named |= columns[k].name[0] != '\0';
  for (size_t k = 0; k < n && named && !status; k++) {
    status = put_word(text, columns[k].name, err);
    if (!status) status = put(text, k + 1 < n ? &text->separator : "\n", 1, err);
  }
  return status;
}

static izh_status put_rows(izh_text *text, const izh_array *columns, size_t n, const char **words,
                           izh_err *err) {
  izh_status status = IZH_OK;
  for (size_t k = 0; k < n; k++) words[k] = columns[k].words;
  for (size_t row = 0; row < columns[0].rows; row++)
    for (size_t k = 0; k < n && !status; k++) {
      status = put_item(text, &columns[k], row, &words[k], err);
      if (!status) status = put(text, k + 1 < n ? &text->separator : "\n", 1, err);
    }
  return status;
}

izh_status izh_text_write(const char *path, char separator, const izh_array *columns, size_t n,
                          izh_err *err) {
  izh_text *text;
  const char **words = izh_alloc(n, sizeof *words);
  if (!words) return izh_fail_memory(err, n * sizeof *words);
  izh_status status = izh_text_begin(path, separator, NULL, n, &text, err);
  if (!status) {
    status = put_names(text, columns, n, err);
    if (!status) status = put_rows(text, columns, n, words, err);
    if (!status)
      status = izh_text_commit(text, err);
    else
      izh_text_abandon(text);
  }
  izh_free(words);
  return status;
}

/* --- the formats --- */

static izh_status read_file(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  if (izh_market_is(file->path)) return izh_market_load(file->path, table, err);
  return izh_text_load(file->path, file->format->separator, wanted->content == IZH_CONTENT_NUMBERS, table,
                       err);
}

/* Can the column be ids. */
static bool are_whole(const izh_array *array) {
  for (size_t k = 0; k < array->rows; k++)
    if (array->values[k] != floor(array->values[k])) return false;
  return true;
}

static bool ascends(const izh_array *array) {
  for (size_t k = 1; k < array->rows; k++)
    if (array->values[k] < array->values[k - 1]) return false;
  return true;
}

/* Names the columns of a file that has two without names, unless it looks as if they were the other way
 * round: both may be ids, and the times do not ascend, as the ids do. */
static izh_status name_two(izh_table *table, const char *const names[2], int times, bool *named,
                           izh_err *err) {
  izh_array *all = table->arrays;
  *named = table->n == 2;
  for (int k = 0; k < 2 && *named; k++) *named = !all[k].name[0] && all[k].values;
  if (*named && are_whole(&all[0]) && are_whole(&all[1]))
    *named = ascends(&all[times]) || !ascends(&all[!times]);
  for (int k = 0; k < 2 && *named; k++) {
    char *name = izh_strdup(names[k]);
    if (!name) return izh_fail_memory(err, 1);
    izh_free(all[k].name);
    all[k].name = name;
  }
  return IZH_OK;
}

static izh_status read_gdf(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  static const char *const names[] = {"sender", "time_ms"};
  bool named;
  izh_status status = read_file(file, wanted, table, err);
  if (!status) status = name_two(table, names, 1, &named, err);
  if (status) izh_table_free(table);
  return status;
}

static izh_status read_ras(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  static const char *const names[] = {"time_s", "neuron"};
  izh_status status = read_file(file, wanted, table, err);
  if (!status) status = name_two(table, names, 0, &table->has_base, err); /* which count from 0 */
  if (status) izh_table_free(table);
  return status;
}

static izh_status write_file(const izh_file *file, const izh_source *sources, size_t n, izh_err *err) {
  return izh_text_save(file->path, file->format->separator, !file->format->no_names, sources, n, err);
}

const izh_format izh_format_csv = {
    .ending = ".csv",
    .help = "text, with commas",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .writes = IZH_CONTENT_TABLE | IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_RECORDING |
              IZH_CONTENT_EDGES,
    .layout = IZH_LAYOUT_COLUMNS,
    .separator = ',',
    .read = read_file,
    .write = write_file,
};
const izh_format izh_format_tsv = {
    .ending = ".tsv",
    .help = "text, with tabs",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .writes = IZH_CONTENT_TABLE | IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_RECORDING |
              IZH_CONTENT_EDGES,
    .layout = IZH_LAYOUT_COLUMNS,
    .separator = '\t',
    .read = read_file,
    .write = write_file,
};
const izh_format izh_format_txt = {
    .ending = ".txt",
    .help = "text, with spaces",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .writes = IZH_CONTENT_NUMBERS,
    .layout = IZH_LAYOUT_COLUMNS,
    .separator = ' ',
    .no_names = true,
    .read = read_file,
    .write = write_file,
};
const izh_format izh_format_dat = {
    .ending = ".dat",
    .help = "text, as NEST and MATLAB write it",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .layout = IZH_LAYOUT_COLUMNS,
    .separator = ' ',
    .read = read_file,
};
const izh_format izh_format_gdf = {
    .ending = ".gdf",
    .help = "text, spikes of NEST: id and time in ms",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES,
    .layout = IZH_LAYOUT_COLUMNS,
    .separator = ' ',
    .read = read_gdf,
};
const izh_format izh_format_ras = {
    .ending = ".ras",
    .help = "text, spikes of Auryn: time in s and id from 0",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES,
    .layout = IZH_LAYOUT_COLUMNS,
    .separator = ' ',
    .read = read_ras,
};
