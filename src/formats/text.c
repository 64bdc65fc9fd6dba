#include "formats/text.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/output.h"
#include "formats/format.h"
#include "formats/input.h"

/* --- numbers --- */

/* snprintf and strtod take the decimal point of the locale. */
static void to_point(char *text) {
  const char *point = localeconv()->decimal_point;
  size_t length = strlen(point);
  char *at = strcmp(point, ".") == 0 ? NULL : strstr(text, point);
  if (!at) return;
  *at = '.';
  memmove(at + 1, at + length, strlen(at + length) + 1);
}

/* Digits of a whole number. */
static int write_whole(char *text, uint64_t number) {
  char digits[24];
  int n = 0;
  do digits[n++] = (char)('0' + number % 10);
  while (number /= 10);
  for (int i = 0; i < n; i++) text[i] = digits[n - 1 - i];
  return n;
}

/* Times and ids are whole multiples of 10^-6 mostly: whole / 10^6 is then the double nearest to these
 * decimals, which is what reading them gives. Tried first since it is much faster than 17 digits, and looks
 * better. */
static int write_decimal(char *text, double number) {
  static const double scale = 1e6, most = 1e9;
  if (!(fabs(number) < most) || (number == 0 && signbit(number))) return 0;
  double millionths = round(fabs(number) * scale);
  if (millionths / scale != fabs(number)) return 0;
  uint64_t all = (uint64_t)millionths, rest = all % 1000000;
  int n = 0;
  if (number < 0) text[n++] = '-';
  n += write_whole(text + n, all / 1000000);
  if (rest == 0) return n;
  text[n++] = '.';
  for (uint64_t unit = 100000; rest > 0; unit /= 10) {
    text[n++] = (char)('0' + rest / unit);
    rest %= unit;
  }
  return n;
}

int izh_number_write(char text[IZH_NUMBER_TEXT], double number) {
  int n = write_decimal(text, number);
  if (n == 0) {
    if (isnan(number))
      n = snprintf(text, IZH_NUMBER_TEXT, "nan");
    else
      snprintf(text, IZH_NUMBER_TEXT, "%.17g", number);
    to_point(text);
    n = (int)strlen(text);
  }
  text[n] = '\0';
  return n;
}

/* Up to 15 digits and a small power of ten: both are doubles, so that one division rounds once, correctly. */
static bool read_decimal(const char *text, size_t length, double *number) {
  static const double power[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  size_t at = length > 0 && text[0] == '-';
  uint64_t digits = 0;
  size_t n = 0, after = 0;
  bool point = false;
  for (; at < length; at++) {
    if (text[at] == '.' && !point) {
      point = true;
      continue;
    }
    if (text[at] < '0' || text[at] > '9' || n == 15) return false;
    digits = digits * 10 + (uint64_t)(text[at] - '0');
    n++;
    after += point;
  }
  if (n == 0) return false;
  double size = (double)digits / power[after];
  *number = text[0] == '-' ? -size : size;
  return true;
}

bool izh_number_read(const char *text, size_t length, double *number) {
  if (read_decimal(text, length, number)) return true;
  char copy[400];
  const char *point = localeconv()->decimal_point;
  size_t at = 0;
  for (size_t i = 0; i < length; i++) {
    /* no hexadecimal numbers, no names with spaces, no foreign decimal point */
    if (!strchr("0123456789+-.eEnaNAiIfFtTyY", text[i]) || text[i] == '\0' ||
        at + strlen(point) + 1 >= sizeof copy)
      return false;
    if (text[i] == '.')
      at += (size_t)snprintf(copy + at, sizeof copy - at, "%s", point);
    else
      copy[at++] = text[i];
  }
  copy[at] = '\0';
  char *end;
  *number = strtod(copy, &end);
  return at > 0 && end == copy + at;
}

/* --- writing --- */

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

/* --- reading --- */

typedef struct reader {
  izh_input *input;
  char separator;
  izh_table *table;
  size_t rows, capacity; /* of each column */
  unsigned long long line;
} reader;

typedef struct field {
  const char *text;
  size_t length;
} field;

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

static field trim(const char *begin, const char *end) {
  while (begin < end && is_space(*begin)) begin++;
  while (begin < end && is_space(end[-1])) end--;
  return (field){begin, (size_t)(end - begin)};
}

/* The next field of the line from *at to end; *at moves behind it, to NULL after the last. */
static field next_field(const reader *r, const char **at, const char *end) {
  const char *begin = *at, *stop = begin;
  if (r->separator == ' ') {
    while (stop < end && !is_space(*stop)) stop++;
    *at = stop;
    while (*at < end && is_space(**at)) ++*at;
    if (*at == end) *at = NULL;
  } else {
    while (stop < end && *stop != r->separator) stop++;
    *at = stop < end ? stop + 1 : NULL;
  }
  return trim(begin, stop);
}

static izh_status wrong_field(const reader *r, field f, izh_err *err) {
  if (f.length == 0) return izh_input_wrong(r->input, err, "line %llu: a number is missing", r->line);
  int shown = f.length > 40 ? 40 : (int)f.length;
  return izh_input_wrong(r->input, err, "line %llu: \"%.*s\" is not a number", r->line, shown, f.text);
}

/* One column more, with the name in a field, or none. */
static izh_status add_column(reader *r, field name, izh_err *err) {
  izh_status status = izh_table_reserve(r->table, err);
  if (status) return status;
  if (name.length >= 2 && name.text[0] == '"' && name.text[name.length - 1] == '"')
    name = (field){name.text + 1, name.length - 2};
  izh_array array = {.dimensions = 1, .columns = 1};
  array.name = izh_alloc(name.length + 1, 1);
  array.values = izh_alloc(0, sizeof(double));
  if (!array.name || !array.values) {
    izh_free(array.name);
    izh_free(array.values);
    return izh_fail_memory(err, name.length + 1);
  }
  if (name.length > 0) memcpy(array.name, name.text, name.length);
  array.name[name.length] = '\0';
  r->table->arrays[r->table->n++] = array;
  return IZH_OK;
}

/* Makes the columns from the first line; *names says whether it holds their names. */
static izh_status first_line(reader *r, const char *begin, const char *end, bool *names, izh_err *err) {
  double number;
  *names = false;
  for (const char *at = begin; at && !*names;) {
    field f = next_field(r, &at, end);
    *names = !izh_number_read(f.text, f.length, &number);
  }
  izh_status status = IZH_OK;
  for (const char *at = begin; at && !status;) {
    field f = next_field(r, &at, end);
    status = add_column(r, *names ? f : (field){NULL, 0}, err);
  }
  return status;
}

static izh_status grow_columns(reader *r, izh_err *err) {
  if (r->rows < r->capacity) return IZH_OK;
  size_t capacity = r->capacity ? r->capacity * 2 : 1024;
  for (size_t k = 0; k < r->table->n; k++) {
    double *values = izh_realloc(r->table->arrays[k].values, capacity, sizeof *values);
    if (!values) return izh_fail_memory(err, capacity * sizeof *values);
    r->table->arrays[k].values = values;
  }
  r->capacity = capacity;
  return IZH_OK;
}

static izh_status read_line(reader *r, const char *begin, const char *end, izh_err *err) {
  r->line++;
  const char *comment = memchr(begin, '#', (size_t)(end - begin));
  field all = trim(begin, comment ? comment : end);
  if (all.length == 0) return IZH_OK;
  if (r->separator != '\t')
    begin = all.text, end = all.text + all.length; /* a line may end with an empty field */
  else
    end = comment ? comment : end;
  izh_status status = IZH_OK;
  if (r->table->n == 0) {
    bool names;
    status = first_line(r, begin, end, &names, err);
    if (status || names) return status;
  }
  status = grow_columns(r, err);
  size_t k = 0;
  for (const char *at = begin; at && !status; k++) {
    field f = next_field(r, &at, end);
    if (k >= r->table->n) continue; /* counted */
    if (!izh_number_read(f.text, f.length, &r->table->arrays[k].values[r->rows]))
      status = wrong_field(r, f, err);
  }
  if (!status && k != r->table->n)
    return izh_input_wrong(r->input, err, "line %llu has %zu column%s, the first has %zu", r->line, k,
                           k == 1 ? "" : "s", r->table->n);
  if (!status) r->rows++;
  return status;
}

/* Reads the file piece by piece; a line that is cut off waits at the beginning of the buffer for its rest. */
static izh_status read_lines(reader *r, char *buffer, izh_err *err) {
  size_t kept = 0, got = 1;
  while (got > 0) {
    if (kept == BUFFER) return izh_input_wrong(r->input, err, "line %llu is too long", r->line + 1);
    izh_status status = izh_input_read(r->input, buffer + kept, BUFFER - kept, &got, err);
    if (status) return status;
    const char *at = buffer, *end = buffer + kept + got, *stop;
    if (r->line == 0 && end - at >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) at += 3; /* the mark of UTF-8 */
    while ((stop = memchr(at, '\n', (size_t)(end - at)))) {
      status = read_line(r, at, stop, err);
      if (status) return status;
      at = stop + 1;
    }
    kept = (size_t)(end - at);
    memmove(buffer, at, kept);
  }
  return kept > 0 ? read_line(r, buffer, buffer + kept, err) : IZH_OK;
}

izh_status izh_text_load(const char *path, char separator, izh_table *table, izh_err *err) {
  *table = (izh_table){0};
  reader r = {.separator = separator, .table = table};
  char *buffer = izh_alloc(BUFFER, 1);
  izh_status status = buffer ? izh_input_open(path, &r.input, err) : izh_fail_memory(err, BUFFER);
  if (!status) status = read_lines(&r, buffer, err);
  if (!status && table->n == 0) status = izh_input_wrong(r.input, err, "it is empty");
  for (size_t k = 0; k < table->n; k++) table->arrays[k].rows = r.rows;
  izh_input_close(r.input);
  izh_free(buffer);
  if (status) izh_table_free(table);
  return status;
}

static izh_status read_file(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  (void)wanted;
  return izh_text_load(file->path, file->format->separator, table, err);
}

static izh_status write_file(const izh_file *file, const izh_source *sources, size_t n, izh_err *err) {
  return izh_text_save(file->path, file->format->separator, !file->format->no_names, sources, n, err);
}

const izh_format izh_format_csv = {
    .ending = ".csv",
    .help = "text, with commas",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .writes = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_RECORDING | IZH_CONTENT_EDGES,
    .layout = IZH_LAYOUT_COLUMNS,
    .separator = ',',
    .read = read_file,
    .write = write_file,
};
const izh_format izh_format_tsv = {
    .ending = ".tsv",
    .help = "text, with tabs",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .writes = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_RECORDING | IZH_CONTENT_EDGES,
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
