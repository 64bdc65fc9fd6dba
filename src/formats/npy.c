#include "formats/npy.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/output.h"
#include "formats/input.h"

static const char magic[6] = "\x93NUMPY";

/* --- writing --- */

/* The next character of UTF-8; a question mark where there is none. */
static uint32_t next_character(const unsigned char **at) {
  unsigned char first = *(*at)++;
  int more = first < 0x80 ? 0 : first < 0xC0 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  uint32_t c = more <= 0 ? first : first & (0x3Fu >> more);
  for (int k = 0; k < more; k++) {
    if ((**at & 0xC0) != 0x80) return '?';
    c = c << 6 | (*(*at)++ & 0x3F);
  }
  return more < 0 ? '?' : c;
}

/* The characters of the longest word, one at least. */
static size_t longest_word(const izh_source *source) {
  size_t longest = 1;
  const unsigned char *at = (const unsigned char *)source->words;
  for (size_t k = 0; k < source->rows; k++, at++) {
    size_t n = 0;
    for (; *at; n++) next_character(&at);
    if (n > longest) longest = n;
  }
  return longest;
}

izh_status izh_npy_words(const izh_source *source, izh_put *put, void *to, izh_err *err) {
  size_t size = longest_word(source) * 4;
  unsigned char *word = izh_alloc(size, 1);
  if (!word) return izh_fail_memory(err, size);
  izh_status status = IZH_OK;
  const unsigned char *at = (const unsigned char *)source->words;
  for (size_t k = 0; k < source->rows && !status; k++, at++) {
    memset(word, 0, size);
    for (size_t n = 0; *at; n++) {
      uint32_t c = next_character(&at);
      for (size_t b = 0; b < 4; b++) word[4 * n + b] = (unsigned char)(c >> (8 * b));
    }
    status = put(to, word, size, err);
  }
  izh_free(word);
  return status;
}

size_t izh_npy_header(const izh_source *source, char header[IZH_NPY_HEADER]) {
  char shape[64] = "", type[32] = "<f8";
  if (source->element == IZH_ELEMENT_INT64) snprintf(type, sizeof type, "<i8");
  if (source->words) snprintf(type, sizeof type, "<U%zu", longest_word(source));
  if (source->dimensions == 1) snprintf(shape, sizeof shape, "%zu,", source->rows);
  if (source->dimensions == 2) snprintf(shape, sizeof shape, "%zu, %zu", source->rows, source->columns);
  size_t begin = sizeof magic + 4;
  size_t size = begin + (size_t)snprintf(header + begin, IZH_NPY_HEADER - begin,
                                         "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }", type,
                                         source->dimensions == 2 ? "True" : "False", shape);
  while (size % 64 != 63) header[size++] = ' ';
  header[size++] = '\n';
  memcpy(header, magic, sizeof magic);
  header[6] = 1;
  header[7] = 0;
  header[8] = (char)((size - begin) & 0xff);
  header[9] = (char)((size - begin) >> 8);
  return size;
}

void izh_npy_encode(izh_element element, const double *values, size_t n, unsigned char *bytes) {
  for (size_t i = 0; i < n; i++) {
    uint64_t bits;
    if (element == IZH_ELEMENT_INT64)
      bits = (uint64_t)(int64_t)values[i];
    else
      memcpy(&bits, &values[i], sizeof bits);
    for (int k = 0; k < 8; k++) bytes[8 * i + (size_t)k] = (unsigned char)(bits >> (8 * k));
  }
}

enum { PIECE = 8192 }; /* numbers at a time */

static izh_status write_column(void *to, const izh_source *source, const double *values, izh_err *err) {
  unsigned char bytes[PIECE * 8];
  izh_status status = IZH_OK;
  for (size_t at = 0; at < source->rows && !status; at += PIECE) {
    size_t n = source->rows - at < PIECE ? source->rows - at : PIECE;
    izh_npy_encode(source->element, values + at, n, bytes);
    status = izh_output_write(to, bytes, n * 8, err);
  }
  return status;
}

static izh_status put_bytes(void *to, const void *bytes, size_t size, izh_err *err) {
  return izh_output_write(to, bytes, size, err);
}

izh_status izh_npy_save(const char *path, const izh_source *sources, size_t n, izh_err *err) {
  izh_output *out;
  izh_status status = izh_output_begin(path, &out, err);
  if (status) return status;
  char header[IZH_NPY_HEADER];
  izh_source whole = sources[0];
  if (n > 1) whole.dimensions = 2, whole.columns = n, whole.element = IZH_ELEMENT_DOUBLE;
  status = izh_output_write(out, header, izh_npy_header(&whole, header), err);
  if (!status && whole.words) status = izh_npy_words(&whole, put_bytes, out, err);
  for (size_t k = 0; k < n && !status && !whole.words; k++) {
    izh_source column = sources[k];
    column.element = whole.element;
    status = izh_source_walk(&column, write_column, out, err);
  }
  if (!status) return izh_output_commit(out, err);
  izh_output_abandon(out);
  return status;
}

/* --- reading: the header --- */

static izh_status wrong(const izh_bytes *bytes, izh_err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static izh_status wrong(const izh_bytes *bytes, izh_err *err, const char *format, ...) {
  char why[IZH_ERR_MESSAGE_SIZE];
  va_list args;
  va_start(args, format);
  vsnprintf(why, sizeof why, format, args);
  va_end(args);
  if (bytes->member)
    return izh_fail(err, IZH_FORMAT, "cannot read array \"%s\" in \"%s\": %s", bytes->member, bytes->path,
                    why);
  return izh_fail(err, IZH_FORMAT, "cannot read \"%s\": %s", bytes->path, why);
}

typedef struct header {
  char kind;    /* b, i, u, f; S, U: text */
  int size;     /* bytes of an element */
  bool big_end; /* most significant byte first */
  bool fortran;
  int dimensions;
  unsigned long long shape[2];
  unsigned found; /* one bit for each of the three keys */
} header;

static const char *skip_space(const char *at) {
  while (isspace((unsigned char)*at)) at++;
  return at;
}

/* A string in quotes, into text; where it ends, or NULL. */
static const char *read_string(const char *at, char *text, size_t size) {
  char quote = *at++;
  if (quote != '\'' && quote != '"') return NULL;
  const char *end = strchr(at, quote);
  if (!end || (size_t)(end - at) >= size) return NULL;
  memcpy(text, at, (size_t)(end - at));
  text[end - at] = '\0';
  return end + 1;
}

enum { LONGEST_WORD = 1 << 20 }; /* characters */

/* "<f8" and the like. */
static bool read_type(const char *text, header *h) {
  static const char *const known[] = {"b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8", NULL};
  if (!*text || !strchr("<>|=", *text)) return false;
  h->big_end = *text == '>';
  for (const char *const *one = known; *one; one++) {
    if (strcmp(*one, text + 1) != 0) continue;
    h->kind = text[1];
    h->size = text[2] - '0';
    return true;
  }
  char *end;
  unsigned long long size = (text[1] == 'S' || text[1] == 'U') && isdigit((unsigned char)text[2])
                                ? strtoull(text + 2, &end, 10)
                                : 0;
  if (size == 0 || size > LONGEST_WORD || *end) return false;
  h->kind = text[1];
  h->size = (int)size * (text[1] == 'U' ? 4 : 1);
  return true;
}

static bool is_text(const header *h) {
  return h->kind == 'S' || h->kind == 'U';
}

/* "(3, 4)" */
static const char *read_shape(const char *at, header *h) {
  if (*at++ != '(') return NULL;
  for (h->dimensions = 0;; h->dimensions++) {
    at = skip_space(at);
    if (*at == ')') return at + 1;
    if (!isdigit((unsigned char)*at)) return NULL;
    char *end;
    unsigned long long n = strtoull(at, &end, 10);
    if (n > (unsigned long long)INT64_MAX) return NULL;
    if (h->dimensions < 2) h->shape[h->dimensions] = n;
    at = skip_space(*end == 'L' ? end + 1 : end); /* 3L was written by Python 2 */
    if (*at == ',')
      at++;
    else if (*at != ')')
      return NULL;
  }
}

/* The value of a key; what is wrong is said where it is known. */
static izh_status read_value(const izh_bytes *bytes, const char *key, const char **at, header *h,
                             izh_err *err) {
  char type[32];
  if (strcmp(key, "descr") == 0) {
    if (**at == '[')
      return wrong(bytes, err, "its elements are records of several fields; save each field apart");
    *at = read_string(*at, type, sizeof type);
    if (*at && !read_type(type, h))
      return wrong(bytes, err,
                   "its elements are of type '%s'; bool, integers, float32 and float64 can be read", type);
    h->found |= 1;
  } else if (strcmp(key, "fortran_order") == 0) {
    h->fortran = strncmp(*at, "True", 4) == 0;
    *at = h->fortran ? *at + 4 : strncmp(*at, "False", 5) == 0 ? *at + 5 : NULL;
    h->found |= 2;
  } else if (strcmp(key, "shape") == 0) {
    *at = read_shape(*at, h);
    h->found |= 4;
  } else {
    *at = NULL;
  }
  return *at ? IZH_OK : wrong(bytes, err, "the header cannot be understood");
}

/* {'descr': '<f8', 'fortran_order': False, 'shape': (3,), } */
static izh_status parse_header(const izh_bytes *bytes, const char *text, header *h, izh_err *err) {
  const char *at = skip_space(text);
  bool begun = *at == '{';
  if (begun) at = skip_space(at + 1);
  while (begun && *at != '}') {
    char key[32];
    at = read_string(at, key, sizeof key);
    if (at) at = skip_space(at);
    if (!at || *at != ':') return wrong(bytes, err, "the header cannot be understood");
    at = skip_space(at + 1);
    izh_status status = read_value(bytes, key, &at, h, err);
    if (status) return status;
    at = skip_space(at);
    if (*at == ',') at = skip_space(at + 1);
  }
  if (h->found != 7) return wrong(bytes, err, "the header cannot be understood");
  if (h->dimensions > 2)
    return wrong(bytes, err, "it has %d dimensions; two at most can be read", h->dimensions);
  if (is_text(h) && h->dimensions > 1)
    return wrong(bytes, err, "it has %d dimensions; one at most can be read of words", h->dimensions);
  return IZH_OK;
}

enum { LONGEST_HEADER = 1 << 20 };

/* *begin is set to where the numbers begin. */
static izh_status read_header(const izh_bytes *bytes, header *h, unsigned long long *begin, izh_err *err) {
  unsigned char start[12];
  if (bytes->size < 10) return wrong(bytes, err, "it is not a NumPy file");
  izh_status status = bytes->read(bytes->from, start, 10, err);
  if (status) return status;
  if (memcmp(start, magic, sizeof magic) != 0) return wrong(bytes, err, "it is not a NumPy file");
  if (start[6] < 1 || start[6] > 3)
    return wrong(bytes, err, "version %d of the format is not known", start[6]);
  *begin = start[6] == 1 ? 10 : 12;
  unsigned long long size = start[8] | (unsigned long long)start[9] << 8;
  if (start[6] > 1) {
    if (bytes->size < 12) return wrong(bytes, err, "it ends within the header");
    status = bytes->read(bytes->from, start + 10, 2, err);
    if (status) return status;
    size |= (unsigned long long)start[10] << 16 | (unsigned long long)start[11] << 24;
  }
  if (size > bytes->size - *begin) return wrong(bytes, err, "it ends within the header");
  if (size > LONGEST_HEADER) return wrong(bytes, err, "the header cannot be understood");
  *begin += size;
  char *text = izh_alloc((size_t)size + 1, 1);
  if (!text) return izh_fail_memory(err, size + 1);
  status = bytes->read(bytes->from, text, (size_t)size, err);
  text[size] = '\0';
  if (!status) status = parse_header(bytes, text, h, err);
  izh_free(text);
  return status;
}

/* --- reading: the numbers --- */

static uint64_t bits_at(const unsigned char *at, int size, bool big_end) {
  uint64_t bits = 0;
  for (int k = 0; k < size; k++) bits |= (uint64_t)at[big_end ? size - 1 - k : k] << (8 * k);
  return bits;
}

static double decode(const unsigned char *at, const header *h) {
  uint64_t bits = bits_at(at, h->size, h->big_end);
  if (h->kind == 'f' && h->size == 4) {
    uint32_t half = (uint32_t)bits;
    float single;
    memcpy(&single, &half, sizeof single);
    return (double)single;
  }
  if (h->kind == 'f') {
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
  }
  if (h->kind == 'b') return bits != 0;
  if (h->kind == 'u') return (double)bits;
  uint64_t sign = UINT64_C(1) << (8 * h->size - 1);
  return bits & sign ? -(double)((~bits & (sign - 1)) + 1) : (double)bits;
}

/* Integers beyond 2^53 would change on their way into a double. */
static bool is_exact(const unsigned char *at, const header *h, double number) {
  if (h->size < 8 || h->kind == 'f' || fabs(number) <= 9007199254740992.0) return true;
  if (fabs(number) >= 9223372036854775808.0) return false;
  return bits_at(at, 8, h->big_end) == (uint64_t)(int64_t)number;
}

static izh_status read_numbers(const izh_bytes *bytes, const header *h, izh_array *array, izh_err *err) {
  unsigned char piece[PIECE * 8];
  size_t n = array->rows * array->columns, size = (size_t)h->size;
  array->values = izh_alloc(n, sizeof *array->values);
  if (!array->values) return izh_fail_memory(err, n * sizeof *array->values);
  for (size_t at = 0; at < n; at += PIECE) {
    size_t some = n - at < PIECE ? n - at : PIECE;
    izh_status status = bytes->read(bytes->from, piece, some * size, err);
    if (status) return status;
    for (size_t i = 0; i < some; i++) {
      double number = decode(piece + i * size, h);
      if (!is_exact(piece + i * size, h, number))
        return wrong(bytes, err, "number %zu, about %.17g, has too many digits for a double", at + i + 1,
                     number);
      size_t k = at + i; /* Fortran order: the rows of a column are side by side */
      array->values[h->fortran ? k % array->rows * array->columns + k / array->rows : k] = number;
    }
  }
  return IZH_OK;
}

/* A character in UTF-8, at most 4 bytes; what none is is a question mark. */
static size_t put_character(char *text, uint64_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = '?';
  if (c < 0x80) return text[0] = (char)c, 1;
  size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
  for (size_t k = more; k > 0; k--, c >>= 6) text[k] = (char)(0x80 | (c & 0x3F));
  text[0] = (char)(lead[more] | c);
  return more + 1;
}

/* Words of h->size bytes each, filled up with zeros: S of bytes, U of four bytes for each character. */
static izh_status read_words(const izh_bytes *bytes, const header *h, izh_array *array, izh_err *err) {
  size_t step = h->kind == 'U' ? 4 : 1, size = (size_t)h->size;
  unsigned char *word = izh_alloc(size, 1);
  array->words = izh_alloc(array->rows, size + 1); /* a character takes no more in UTF-8 */
  izh_status status = word && array->words ? IZH_OK : izh_fail_memory(err, array->rows * (size + 1));
  size_t used = 0;
  for (size_t i = 0; i < array->rows && !status; i++) {
    status = bytes->read(bytes->from, word, size, err);
    for (size_t at = 0; at < size && !status; at += step) {
      uint64_t c = bits_at(word + at, (int)step, h->big_end);
      if (c == 0) break;
      if (step == 4)
        used += put_character(array->words + used, c);
      else
        array->words[used++] = (char)c;
    }
    if (!status) array->words[used++] = '\0';
  }
  izh_free(word);
  return status;
}

/* Do the numbers of the header fit the bytes that follow. */
static izh_status check_size(const izh_bytes *bytes, const header *h, unsigned long long begin,
                             const izh_table *table, izh_err *err) {
  unsigned long long n = 1, there = bytes->size - begin;
  for (int k = 0; k < h->dimensions; k++)
    if (__builtin_mul_overflow(n, h->shape[k], &n) || n > SIZE_MAX / 16)
      return wrong(bytes, err, "its header promises more numbers than any memory holds");
  unsigned long long need;
  if (__builtin_mul_overflow(n, (unsigned)h->size, &need) || need > there)
    return wrong(bytes, err, "it is cut off: %llu × %d bytes are promised, and %llu are there", n, h->size,
                 there);
  if (need < there)
    return wrong(bytes, err, "%llu more byte%s than its numbers take", there - need, izh_s(there - need));
  return izh_table_room(table, (double)n * (is_text(h) ? h->size + 1 : (int)sizeof(double)), bytes->path,
                        err);
}

izh_status izh_npy_read(const izh_bytes *bytes, izh_table *table, const char *name, izh_err *err) {
  header h = {0};
  unsigned long long begin = 0;
  izh_status status = read_header(bytes, &h, &begin, err);
  if (!status && !bytes->shape_only) status = check_size(bytes, &h, begin, table, err);
  if (status) return status;
  izh_array array = {.dimensions = h.dimensions, .rows = 1, .columns = 1};
  if (h.dimensions > 0) array.rows = (size_t)h.shape[0];
  if (h.dimensions > 1) array.columns = (size_t)h.shape[1];
  if (izh_array_is_endless(array.rows, array.columns))
    return wrong(bytes, err, "it has %zu rows of %zu numbers, which is none", array.rows, array.columns);
  if (bytes->shape_only) {
    array.unread = !is_text(&h);
    return izh_table_add(table, name, array, err);
  }
  status = is_text(&h) ? read_words(bytes, &h, &array, err) : read_numbers(bytes, &h, &array, err);
  if (!status) return izh_table_add(table, name, array, err);
  izh_free(array.values);
  izh_free(array.words);
  return status;
}

/* --- a file of its own --- */

static izh_status read_input(void *from, void *data, size_t size, izh_err *err) {
  size_t got;
  izh_status status = izh_input_read(from, data, size, &got, err);
  if (!status && got < size) return izh_input_wrong(from, err, "it became shorter while it was read");
  return status;
}

izh_status izh_npy_load(const char *path, izh_table *table, izh_err *err) {
  *table = (izh_table){0};
  izh_input *input = NULL;
  izh_bytes bytes = {.read = read_input, .path = path};
  izh_status status = izh_input_open(path, &input, err);
  bytes.from = input;
  if (!status) status = izh_input_size(input, &bytes.size, err);
  if (!status) status = izh_npy_read(&bytes, table, "", err);
  izh_input_close(input);
  if (status) izh_table_free(table);
  return status;
}

static izh_status read_file(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  (void)wanted;
  return izh_npy_load(file->path, table, err);
}

static izh_status write_file(const izh_file *file, const izh_source *sources, size_t n, izh_err *err) {
  return izh_npy_save(file->path, sources, n, err);
}

const izh_format izh_format_npy = {
    .ending = ".npy",
    .help = "NumPy: one array",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .writes = IZH_CONTENT_TABLE | IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_RECORDING,
    .layout = IZH_LAYOUT_ARRAY,
    .read = read_file,
    .write = write_file,
};
