#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "formats/input.h"
#include "formats/names.h"
#include "formats/number.h"
#include "formats/text.h"

/* --- fields --- */

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

/* Where the quoted text that begins at `at` ends, behind its last quote; `at` when it does not. */
static const char *skip_quoted(const char *at, const char *end) {
  if (at == end || *at != '"') return at;
  const char *stop = memchr(at + 1, '"', (size_t)(end - at - 1));
  return stop ? stop + 1 : at;
}

/* The next field of the line from *at to end; *at moves behind it, to NULL after the last. */
static field next_field(char separator, const char **at, const char *end) {
  const char *begin = *at;
  while (begin < end && is_space(*begin) && (*begin != separator || separator == ' ')) begin++;
  const char *stop = skip_quoted(begin, end);
  if (separator == ' ') {
    while (stop < end && !is_space(*stop)) stop++;
    *at = stop;
    while (*at < end && is_space(**at)) ++*at;
    if (*at == end) *at = NULL;
  } else {
    while (stop < end && *stop != separator) stop++;
    *at = stop < end ? stop + 1 : NULL;
  }
  field f = trim(begin, stop);
  if (f.length >= 2 && f.text[0] == '"' && f.text[f.length - 1] == '"') f = (field){f.text + 1, f.length - 2};
  return f;
}

static size_t count_fields(char separator, field line) {
  size_t n = 0;
  for (const char *at = line.text; at; n++) next_field(separator, &at, line.text + line.length);
  return n;
}

/* What separates the fields of a line of numbers. `usual` decides between tabs and blanks. */
static char find_separator(field line, char usual) {
  bool found[3] = {false};
  const char *end = line.text + line.length;
  for (const char *at = line.text; at < end; at++) {
    at = skip_quoted(at, end);
    if (at == end) break;
    for (int k = 0; k < 3; k++) found[k] |= *at == ";\t,"[k];
  }
  if (found[0]) return ';';
  if (found[1] && (usual == '\t' || found[2] || count_fields('\t', line) != count_fields(' ', line)))
    return '\t';
  return !found[1] && found[2] ? ',' : ' ';
}

/* --- columns --- */

typedef enum kind { EMPTY, NUMBERS, WORDS, BROKEN } kind;

typedef struct column {
  kind kind;
  bool keep; /* its words */
  bool gap;  /* before its first item a field was empty */
  char *name;
  double *values;
  char *words; /* [used] */
  size_t used, room;
  izh_err why; /* it is broken */
} column;

enum { LONGEST_COMMENT = 1 << 16, LONGEST_LINE = 1 << 26, FIRST_BUFFER = 1 << 16 };

typedef struct reader {
  izh_input *input;
  char usual, separator;    /* 0: not known yet */
  bool words, comma, point; /* keep all words; numbers with a decimal comma, point were seen */
  izh_table *table;
  size_t n;
  column *columns;
  size_t rows, capacity; /* of each column */
  unsigned long long line, first_row;
  char *first; /* the first line that is not a comment, until there is a second; NULL: not yet, or done */
  size_t first_length;
  unsigned long long first_line;
  char *comments; /* [commented] those before the first line, each with a NUL behind it */
  size_t commented, comment_room;
} reader;

static char *copy_field(field f) {
  char *copy = izh_alloc(f.length + 1, 1);
  if (copy && f.length > 0) memcpy(copy, f.text, f.length);
  if (copy) copy[f.length] = '\0';
  return copy;
}

/* A number, with a decimal comma where the separator lets it be one. */
static bool read_number(reader *r, field f, double *number) {
  bool may = r->separator == ';' || r->separator == '\t';
  if (izh_number_read(f.text, f.length, number)) {
    if (may && !r->point) r->point = memchr(f.text, '.', f.length) != NULL;
    return true;
  }
  char copy[64];
  const char *comma = may && f.length < sizeof copy ? memchr(f.text, ',', f.length) : NULL;
  if (!comma || memchr(f.text, '.', f.length)) return false;
  memcpy(copy, f.text, f.length);
  copy[comma - f.text] = '.';
  if (!izh_number_read(copy, f.length, number)) return false;
  r->comma = true;
  return true;
}

static izh_status break_column(reader *r, column *c, field f) {
  bool gap = c->kind == EMPTY && c->gap;
  int shown = f.length > 40 ? 40 : (int)f.length;
  c->kind = BROKEN;
  izh_free(c->values);
  c->values = NULL;
  if (gap || f.length == 0)
    izh_input_wrong(r->input, &c->why, "line %llu: a number is missing", gap ? r->first_row : r->line);
  else
    izh_input_wrong(r->input, &c->why, "line %llu: \"%.*s\" is not a number", r->line, shown, f.text);
  return IZH_OK;
}

static izh_status add_word(column *c, field f, izh_err *err) {
  char *words = izh_grow(c->words, &c->room, c->used + f.length + 1, 1);
  if (!words) return izh_fail_memory(err, c->used + f.length + 1);
  c->words = words;
  if (f.length > 0) memcpy(words + c->used, f.text, f.length);
  words[c->used + f.length] = '\0';
  c->used += f.length + 1;
  return IZH_OK;
}

/* Room for numbers; those that were missing are NaN. */
static izh_status begin_numbers(const reader *r, column *c, izh_err *err) {
  c->values = izh_alloc(r->capacity, sizeof *c->values);
  if (!c->values) return izh_fail_memory(err, r->capacity * sizeof *c->values);
  for (size_t row = 0; row < r->rows; row++) c->values[row] = NAN;
  return IZH_OK;
}

/* The first item says what a column is of. */
static izh_status begin_column(reader *r, column *c, field f, izh_err *err) {
  double number;
  bool is_number = read_number(r, f, &number);
  if (is_number ? c->gap : !c->keep) return break_column(r, c, f);
  c->kind = is_number ? NUMBERS : WORDS;
  izh_status status = IZH_OK;
  if (is_number) return begin_numbers(r, c, err);
  for (size_t row = 0; row < r->rows && !status; row++) status = add_word(c, (field){"", 0}, err);
  return status;
}

static izh_status add_item(reader *r, column *c, field f, izh_err *err) {
  bool missing = izh_number_missing(f.text, f.length);
  if (c->kind == EMPTY && f.length == 0) c->gap = true;
  if (c->kind == BROKEN || (c->kind == EMPTY && (missing || f.length == 0))) return IZH_OK;
  izh_status status = c->kind == EMPTY ? begin_column(r, c, f, err) : IZH_OK;
  if (status || c->kind == BROKEN) return status;
  if (c->kind == WORDS) return memchr(f.text, '\0', f.length) ? break_column(r, c, f) : add_word(c, f, err);
  if (missing) c->values[r->rows] = NAN;
  return missing || read_number(r, f, &c->values[r->rows]) ? IZH_OK : break_column(r, c, f);
}

static izh_status grow_columns(reader *r, izh_err *err) {
  if (r->rows < r->capacity) return IZH_OK;
  size_t capacity = r->capacity ? r->capacity * 2 : 1024;
  for (size_t k = 0; k < r->n; k++) {
    if (r->columns[k].kind != NUMBERS) continue;
    double *values = izh_realloc(r->columns[k].values, capacity, sizeof *values);
    if (!values) return izh_fail_memory(err, capacity * sizeof *values);
    r->columns[k].values = values;
  }
  r->capacity = capacity;
  return IZH_OK;
}

static izh_status add_row(reader *r, field line, izh_err *err) {
  izh_status status = grow_columns(r, err);
  if (r->rows == 0) r->first_row = r->line;
  size_t k = 0;
  for (const char *at = line.text; at && !status; k++) {
    field f = next_field(r->separator, &at, line.text + line.length);
    if (k < r->n) status = add_item(r, &r->columns[k], f, err); /* others are counted */
  }
  if (!status && k != r->n)
    return izh_input_wrong(r->input, err, "line %llu has %zu column%s, the first has %zu", r->line, k,
                           k == 1 ? "" : "s", r->n);
  if (!status) r->rows++;
  return status;
}

/* --- names --- */

/* Gives the columns the names in a line; a single one has all of it. */
static izh_status name_columns(reader *r, char separator, field line, izh_err *err) {
  const char *at = line.text;
  for (size_t k = 0; k < r->n; k++) {
    field f = next_field(r->n == 1 ? '\0' : separator, &at, line.text + line.length);
    izh_free(r->columns[k].name);
    r->columns[k].name = copy_field(f);
    if (!r->columns[k].name) return izh_fail_memory(err, f.length);
    const char *name = r->columns[k].name;
    r->columns[k].keep = r->words || izh_name_known(name) || izh_name_of_words(name);
  }
  return IZH_OK;
}

/* How a line is taken apart into a name for each column; 0: it has not as many. */
static char names_apart(const reader *r, field line) {
  char own = find_separator(line, r->usual);
  if (r->n == 1) return own == ' ' ? own : 0; /* a name of several words */
  if (count_fields(r->separator, line) == r->n) return r->separator;
  return count_fields(own, line) == r->n ? own : 0;
}

/* What is in the brackets of `columns = ["i", "j"]`; no text when it is another comment. */
static field listed_names(const char *comment) {
  const char *at = comment + strspn(comment, " \t");
  if (strncmp(at, "columns", 7) != 0) return (field){NULL, 0};
  at += 7 + strspn(at + 7, " \t");
  if (*at != '=' && *at != ':') return (field){NULL, 0};
  at += 1 + strspn(at + 1, " \t");
  const char *end = *at == '[' ? strchr(at, ']') : *at == '(' ? strchr(at, ')') : NULL;
  return end ? (field){at + 1, (size_t)(end - at - 1)} : (field){NULL, 0};
}

/* Python writes such a list with single quotes. */
static izh_status name_from_list(reader *r, char *comment, field list, izh_err *err) {
  for (char *c = comment; *c; c++)
    if (*c == '\'') *c = '"';
  if (count_fields(',', list) == r->n) return name_columns(r, ',', list, err);
  return izh_input_wrong(r->input, err, "a comment names %zu column%s, and there are %zu",
                         count_fields(',', list), izh_s(count_fields(',', list)), r->n);
}

static size_t count_known(char separator, field line) {
  char name[64];
  size_t n = 0;
  for (const char *at = line.text; at;) {
    field f = next_field(separator, &at, line.text + line.length);
    snprintf(name, sizeof name, "%.*s", f.length < sizeof name ? (int)f.length : 0, f.text);
    n += izh_name_known(name);
  }
  return n;
}

/* The names in the comments above numbers that have none: a list, or the last line with as many, known ones
 * if there are any. */
static izh_status name_from_comments(reader *r, izh_err *err) {
  field best = {NULL, 0};
  bool known = false;
  for (size_t from = 0; from < r->commented; from += strlen(r->comments + from) + 1) {
    char *at = r->comments + from;
    field list = listed_names(at), line = trim(at, at + strlen(at));
    if (list.text) return name_from_list(r, at, list, err);
    char separator = line.length > 0 && r->n > 1 ? names_apart(r, line) : 0;
    size_t now = separator ? count_known(separator, line) : 0;
    bool likely = separator == r->separator || now == r->n; /* else it may be a sentence */
    if (separator && likely && (now || !known)) best = line, known = now > 0;
    if (!r->table->comment && izh_names_in(at) > 1) r->table->comment = izh_strdup(at);
  }
  if (!best.text) return IZH_OK;
  r->table->doubtful = !known;
  return name_columns(r, names_apart(r, best), best, err);
}

/* Are these names, and not items: is there no number, or a word above a number. */
static bool is_header(reader *r, field first, const field *second) {
  double number;
  bool any = false;
  const char *below = second ? second->text : NULL;
  char apart = second ? names_apart(r, first) : r->separator;
  for (const char *at = first.text; at;) {
    field f = next_field(apart ? apart : r->separator, &at, first.text + first.length), under = {"", 0};
    if (below) under = next_field(r->separator, &below, second->text + second->length);
    bool is_number = izh_number_missing(f.text, f.length) || read_number(r, f, &number);
    if (!is_number && f.length > 0 && read_number(r, under, &number)) return true;
    any |= is_number;
  }
  return !any;
}

/* --- lines --- */

/* The first two lines (second NULL: there is one) say how the file is written. */
static izh_status begin_rows(reader *r, const field *second, izh_err *err) {
  field first = {r->first, r->first_length};
  unsigned long long line = r->line;
  r->separator = find_separator(second ? *second : first, r->usual);
  r->n = count_fields(r->separator, second ? *second : first);
  bool header = is_header(r, first, second);
  char apart = header ? names_apart(r, first) : r->separator;
  if (!apart) apart = find_separator(first, r->usual); /* what comes has another number of columns */
  if (!header || r->n > 1 || apart != ' ') r->n = count_fields(apart, first);
  r->columns = izh_alloc_zero(r->n, sizeof *r->columns);
  if (!r->columns) return izh_fail_memory(err, r->n * sizeof *r->columns);
  for (size_t k = 0; k < r->n; k++) r->columns[k].keep = r->words;
  izh_status status = header ? name_columns(r, apart, first, err) : name_from_comments(r, err);
  r->line = r->first_line;
  if (!status && !header) status = add_row(r, first, err);
  r->line = line;
  izh_free(r->first);
  r->first = NULL;
  return status;
}

static izh_status keep_comment(reader *r, field f, izh_err *err) {
  if (r->columns || r->first || r->commented + f.length + 1 > LONGEST_COMMENT) return IZH_OK;
  char *comments = izh_grow(r->comments, &r->comment_room, r->commented + f.length + 1, 1);
  if (!comments) return izh_fail_memory(err, r->commented + f.length + 1);
  r->comments = comments;
  for (size_t k = 0; k < f.length; k++) comments[r->commented + k] = f.text[k] ? f.text[k] : ' ';
  comments[r->commented + f.length] = '\0';
  r->commented += f.length + 1;
  return IZH_OK;
}

/* Where a comment begins; NULL: there is none. In "Neuron #,Time" none does. */
static const char *find_comment(const char *begin, const char *end) {
  if (begin < end && *begin == '%') return begin;
  const char *mark = begin;
  while (mark < end && (mark = memchr(mark, '#', (size_t)(end - mark))) != NULL) {
    if (mark == begin || mark + 1 == end || !strchr(",;\t", mark[1])) return mark;
    mark++;
  }
  return NULL;
}

/* The line that programs for tables begin a file with, to say what separates its fields: "sep=;". */
static bool says_separator(const reader *r, field line) {
  return r->line == 1 && line.length == 5 && strncmp(line.text, "sep=", 4) == 0;
}

static izh_status read_line(reader *r, const char *begin, size_t length, izh_err *err) {
  r->line++;
  const char *end = begin + length, *mark = find_comment(begin, end);
  field all = trim(begin, mark ? mark : end);
  if (says_separator(r, all)) return IZH_OK;
  if (all.length == 0)
    return mark ? keep_comment(r, (field){mark + 1, (size_t)(end - mark - 1)}, err) : IZH_OK;
  /* not all blanks are taken off: a tab may stand before or behind an empty field */
  all = (field){begin, (size_t)((mark ? mark : end) - begin)};
  if (r->columns) return add_row(r, all, err);
  if (r->first) {
    izh_status status = begin_rows(r, &all, err);
    return status ? status : add_row(r, all, err);
  }
  r->first = copy_field(all);
  r->first_length = all.length;
  r->first_line = r->line;
  return r->first ? IZH_OK : izh_fail_memory(err, all.length);
}

/* All lines in the buffer but the last, which may go on; at the end of the file that, too. *used is how much
 * of it that is. A line ends with LF, CR or both. */
static izh_status read_lines(reader *r, const char *buffer, size_t size, bool ends, size_t *used,
                             izh_err *err) {
  const char *at = buffer, *end = buffer + size, *feed = buffer;
  izh_status status = IZH_OK;
  while (at < end && !status) {
    if (feed && feed <= at) feed = memchr(at, '\n', (size_t)(end - at));
    const char *stop = memchr(at, '\r', (size_t)((feed ? feed : end) - at));
    if (!stop) stop = feed;
    if (!ends && (!stop || stop + 1 == end)) break; /* LF may come after CR */
    if (!stop) stop = end;
    status = read_line(r, at, (size_t)(stop - at), err);
    at = stop + 1 + (stop + 1 < end && stop[0] == '\r' && stop[1] == '\n');
  }
  *used = at < end ? (size_t)(at - buffer) : size;
  return status;
}

/* What a file begins with that is not its text: the mark of UTF-8 is passed over. */
static izh_status skip_mark(reader *r, const char *buffer, size_t size, size_t *used, izh_err *err) {
  *used = size >= 3 && memcmp(buffer, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  if (size < 2 || (memcmp(buffer, "\xFF\xFE", 2) != 0 && memcmp(buffer, "\xFE\xFF", 2) != 0)) return IZH_OK;
  return izh_input_wrong(r->input, err, "it is text in UTF-16; save it as UTF-8");
}

/* Reads the file piece by piece; a line that is cut off waits at the beginning of the buffer for its rest. */
static izh_status read_pieces(reader *r, izh_err *err) {
  size_t room = 0, kept = 0, got = 1, used = 0;
  char *buffer = NULL;
  izh_status status = IZH_OK;
  for (bool begun = false; got > 0 && !status; begun = true) {
    if (kept == room) {
      if (room >= LONGEST_LINE) {
        status = izh_input_wrong(r->input, err, "line %llu is too long", r->line + 1);
        break;
      }
      char *more = izh_grow(buffer, &room, room ? 2 * room : FIRST_BUFFER, 1);
      if (!more) status = izh_fail_memory(err, 2 * room);
      if (!more) break;
      buffer = more;
    }
    status = izh_input_read(r->input, buffer + kept, room - kept, &got, err);
    size_t mark = 0;
    if (!status && !begun) status = skip_mark(r, buffer, got, &mark, err);
    if (!status) status = read_lines(r, buffer + mark, kept + got - mark, got == 0, &used, err);
    kept = kept + got - mark - used;
    if (!status) memmove(buffer, buffer + mark + used, kept);
  }
  izh_free(buffer);
  if (!status && r->first) status = begin_rows(r, NULL, err);
  return status;
}

/* A column that cannot be read; c->why says why. */
static izh_status refuse_column(reader *r, const column *c, izh_err *err) {
  izh_err why = c->why;
  izh_status status = izh_table_refuse(r->table, c->name ? c->name : "", &why);
  if (status) return *err = why, status;
  r->table->arrays[r->table->n - 1].rows = r->rows;
  r->table->arrays[r->table->n - 1].dimensions = 1;
  return IZH_OK;
}

/* A column as an array of the table, which owns what it holds then. */
static izh_status finish_column(reader *r, column *c, izh_err *err) {
  bool named = c->name && c->name[0];
  izh_status status = IZH_OK;
  if (c->kind == EMPTY && c->gap && !named) return IZH_OK; /* each line ends with a separator */
  if (c->kind == EMPTY && c->gap)
    izh_input_wrong(r->input, &c->why, "column \"%s\" has no numbers", c->name);
  else if (c->kind == EMPTY)
    status = begin_numbers(r, c, err);
  if (status || c->kind == BROKEN || (c->kind == EMPTY && c->gap))
    return status ? status : refuse_column(r, c, err);
  izh_array array = {.dimensions = 1, .rows = r->rows, .columns = 1, .values = c->values, .words = c->words};
  c->values = NULL;
  c->words = NULL;
  return izh_table_add(r->table, c->name ? c->name : "", array, err);
}

izh_status izh_text_load(const char *path, char separator, bool words, izh_table *table, izh_err *err) {
  *table = (izh_table){0};
  reader r = {.usual = separator, .words = words, .table = table};
  izh_status status = izh_input_open(path, &r.input, err);
  if (!status) status = read_pieces(&r, err);
  if (!status && r.n == 0) status = izh_input_wrong(r.input, err, "it is empty");
  if (!status && r.comma && r.point)
    status =
        izh_input_wrong(r.input, err, "some of its numbers have a decimal comma, and some a decimal point");
  for (size_t k = 0; k < r.n && r.columns; k++) {
    column *c = &r.columns[k];
    if (!status) status = finish_column(&r, c, err);
    izh_free(c->name);
    izh_free(c->values);
    izh_free(c->words);
  }
  izh_free(r.columns);
  izh_free(r.first);
  izh_free(r.comments);
  izh_input_close(r.input);
  if (status) izh_table_free(table);
  return status;
}
