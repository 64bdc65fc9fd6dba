/* Matrix Market (.mtx), and the weights of Auryn (.wmat), which are the same: a line that says what it is,
 * lines of comments, the shape, and an entry a line, `row column value`, from 1; or all numbers, column by
 * column. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "formats/input.h"
#include "formats/matrix.h"
#include "formats/number.h"

static const char mark[] = "%%MatrixMarket";

typedef struct market {
  izh_input *input;
  char *text; /* all of the file */
  const char *at, *end;
  bool array, pattern, symmetric, skew;
  izh_err *err;
} market;

static izh_status read_all(market *m) {
  unsigned long long size;
  izh_status status = izh_input_size(m->input, &size, m->err);
  if (status) return status;
  m->text = izh_alloc((size_t)size + 1, 1);
  if (!m->text) return izh_fail_memory(m->err, size + 1);
  size_t got;
  status = izh_input_read(m->input, m->text, (size_t)size, &got, m->err);
  m->text[got] = '\0';
  m->at = m->text;
  m->end = m->text + got;
  return status;
}

/* --- the first line --- */

static bool take_word(market *m, char word[32]) {
  while (m->at < m->end && (*m->at == ' ' || *m->at == '\t')) m->at++;
  size_t n = 0;
  for (; m->at < m->end && !isspace((unsigned char)*m->at); m->at++)
    if (n < 31) word[n++] = *m->at;
  word[n] = '\0';
  return n > 0;
}

/* %%MatrixMarket matrix coordinate real general */
static izh_status read_first(market *m) {
  char words[5][32] = {""};
  for (int k = 0; k < 5; k++) take_word(m, words[k]);
  const char *form = words[2], *field = words[3], *symmetry = words[4];
  if (strcasecmp(words[0], mark) != 0 || strcasecmp(words[1], "matrix") != 0)
    return izh_input_wrong(m->input, m->err, "it does not begin with \"%s matrix\"", mark);
  m->array = strcasecmp(form, "array") == 0;
  m->pattern = strcasecmp(field, "pattern") == 0;
  m->skew = strcasecmp(symmetry, "skew-symmetric") == 0;
  m->symmetric = m->skew || strcasecmp(symmetry, "symmetric") == 0;
  bool number =
      strcasecmp(field, "real") == 0 || strcasecmp(field, "integer") == 0 || strcasecmp(field, "double") == 0;
  if ((!m->array && strcasecmp(form, "coordinate") != 0) || (!number && !m->pattern) ||
      (m->array && (m->pattern || m->symmetric)) || (!m->symmetric && strcasecmp(symmetry, "general") != 0))
    return izh_input_wrong(m->input, m->err,
                           "it is a matrix of the kind \"%s %s %s\"; coordinate (real, integer or pattern; "
                           "general, symmetric or skew-symmetric) and array general can be read",
                           form, field, symmetry);
  return IZH_OK;
}

/* --- numbers --- */

/* The next one, behind comments; *line is what a message calls it. */
static izh_status take_number(market *m, const char *what, double *number) {
  for (;;) {
    while (m->at < m->end && isspace((unsigned char)*m->at)) m->at++;
    if (m->at == m->end || *m->at != '%') break;
    while (m->at < m->end && *m->at != '\n' && *m->at != '\r') m->at++;
  }
  const char *begin = m->at;
  while (m->at < m->end && !isspace((unsigned char)*m->at)) m->at++;
  if (begin == m->at) return izh_input_wrong(m->input, m->err, "it ends where %s was to come", what);
  if (izh_number_read(begin, (size_t)(m->at - begin), number)) return IZH_OK;
  int shown = m->at - begin > 40 ? 40 : (int)(m->at - begin);
  return izh_input_wrong(m->input, m->err, "\"%.*s\" is not a number (%s)", shown, begin, what);
}

/* A whole number from `least` on, to *most. */
static izh_status take_whole(market *m, const char *what, double least, double most, double *number) {
  izh_status status = take_number(m, what, number);
  if (status || (*number >= least && *number <= most && *number == floor(*number))) return status;
  return izh_input_wrong(m->input, m->err, "%s must be a whole number %.10g … %.10g (got %.10g)", what, least,
                         most, *number);
}

static void put(izh_entries *e, double row, double column, double value) {
  e->pre[e->n] = row;
  e->post[e->n] = column;
  if (e->weight) e->weight[e->n] = value;
  e->n++;
}

static izh_status read_entry(market *m, izh_entries *e) {
  double row = 0, column = 0, value = 1;
  izh_status status = take_whole(m, "a row", 1, (double)e->rows, &row);
  if (!status) status = take_whole(m, "a column", 1, (double)e->columns, &column);
  if (!status && !m->pattern) status = take_number(m, "a value", &value);
  if (status) return status;
  put(e, row, column, value);
  if (m->symmetric && row != column) put(e, column, row, m->skew ? -value : value);
  return IZH_OK;
}

static izh_status read_entries(market *m, izh_entries *e, size_t n) {
  izh_status status = IZH_OK;
  for (size_t k = 0; k < n && !status; k++) {
    double value = 0;
    if (!m->array) status = read_entry(m, e);
    if (m->array) status = take_number(m, "a value", &value);
    if (m->array && !status) put(e, (double)(k % e->rows) + 1, (double)(k / e->rows) + 1, value);
  }
  while (!status && m->at < m->end && isspace((unsigned char)*m->at)) m->at++;
  if (!status && m->at < m->end)
    return izh_input_wrong(m->input, m->err, "more follows than the %zu entries that it promises", n);
  return status;
}

/* The shape, and how many entries there are: each takes two bytes of the file at least. */
static izh_status read_shape(market *m, izh_entries *e, size_t *n) {
  double rows = 0, columns = 0, entries = 0, most = (double)(m->end - m->text);
  izh_status status = take_whole(m, "the number of rows", 0, UINT32_MAX, &rows);
  if (!status) status = take_whole(m, "the number of columns", 0, UINT32_MAX, &columns);
  if (!status && !m->array) status = take_whole(m, "the number of entries", 0, most, &entries);
  if (!status && m->symmetric && rows != columns)
    status = izh_input_wrong(m->input, m->err,
                             "a symmetric matrix has as many rows as columns (got %.10g and %.10g)", rows,
                             columns);
  if (!status && m->array && rows * columns > most)
    status = izh_input_wrong(m->input, m->err, "it is too short for %.10g × %.10g numbers", rows, columns);
  if (status) return status;
  *n = m->array ? (size_t)(rows * columns) : (size_t)entries;
  size_t room = m->symmetric ? 2 * *n : *n;
  *e = (izh_entries){.rows = (size_t)rows, .columns = (size_t)columns};
  e->pre = izh_alloc(room, sizeof *e->pre);
  e->post = izh_alloc(room, sizeof *e->post);
  if (!m->pattern) e->weight = izh_alloc(room, sizeof *e->weight);
  bool made = e->pre && e->post && (m->pattern || e->weight);
  return made ? IZH_OK : izh_fail_memory(m->err, room * 3 * sizeof *e->pre);
}

izh_status izh_market_load(const char *path, izh_table *table, izh_err *err) {
  market m = {.err = err};
  izh_entries entries = {0};
  size_t n = 0;
  *table = (izh_table){0};
  izh_status status = izh_input_open(path, &m.input, err);
  if (!status) status = read_all(&m);
  if (!status) status = read_first(&m);
  if (!status) status = read_shape(&m, &entries, &n);
  if (!status) status = read_entries(&m, &entries, n);
  if (!status) status = izh_matrix_put(table, &entries, err);
  izh_free(entries.pre);
  izh_free(entries.post);
  izh_free(entries.weight);
  izh_free(m.text);
  izh_input_close(m.input);
  return status;
}

bool izh_market_is(const char *path) {
  izh_input *input;
  izh_err err;
  char begin[sizeof mark] = "";
  size_t got = 0;
  if (izh_input_open(path, &input, &err)) return false;
  bool read = izh_input_read(input, begin, sizeof mark - 1, &got, &err) == IZH_OK;
  izh_input_close(input);
  return read && strcasecmp(begin, mark) == 0;
}

static izh_status read_file(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  (void)wanted;
  return izh_market_load(file->path, table, err);
}

const izh_format izh_format_mtx = {
    .ending = ".mtx",
    .help = "text, a matrix of Matrix Market",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_EDGES,
    .layout = IZH_LAYOUT_ARRAYS,
    .read = read_file,
};
const izh_format izh_format_wmat = {
    .ending = ".wmat",
    .help = "text, weights of Auryn: a matrix of Matrix Market",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_EDGES,
    .layout = IZH_LAYOUT_ARRAYS,
    .read = read_file,
};
