/* The readers take nothing but what figure/metadata.c and figure/metadata_pdf.c write. */
#include "formats/carried.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

/* A part of the figure's bytes. */
typedef struct part {
  const char *at, *end;
} part;

static izh_status damaged(izh_err *err) {
  return izh_fail(err, IZH_FORMAT, "what it carries is damaged");
}

/* Adds a file without bytes, for which there is room. */
static izh_carried_file *add(izh_carried *all, part name, size_t size) {
  izh_carried_file *files = izh_grow(all->files, &all->capacity, all->n + 1, sizeof *files);
  if (!files) return NULL;
  all->files = files;
  size_t length = (size_t)(name.end - name.at);
  izh_carried_file file = {.name = izh_alloc(length + 1, 1), .bytes = izh_alloc(size + 1, 1)};
  files[all->n++] = file;
  if (!file.name || !file.bytes) return NULL;
  memcpy(file.name, name.at, length);
  file.name[length] = '\0';
  file.bytes[0] = '\0';
  return &files[all->n - 1];
}

static bool begins(part from, const char *text) {
  size_t length = strlen(text);
  return (size_t)(from.end - from.at) >= length && memcmp(from.at, text, length) == 0;
}

/* Skips a text; false when it is not there. */
static bool skip(part *from, const char *text) {
  if (!begins(*from, text)) return false;
  from->at += strlen(text);
  return true;
}

/* Skips a number, from 0 to 10^12, as no file here is larger. */
static bool skip_number(part *from, size_t *number) {
  const char *begin = from->at;
  for (*number = 0; from->at < from->end && *from->at >= '0' && *from->at <= '9'; from->at++) {
    *number = 10 * *number + (size_t)(*from->at - '0');
    if (*number > 1000000000000) return false;
  }
  return from->at > begin;
}

/* Goes to behind the next place where a text is. */
static bool find(part *from, const char *text) {
  char *found = memmem(from->at, (size_t)(from->end - from->at), text, strlen(text));
  if (found) from->at = found + strlen(text);
  return found;
}

/* Goes to the last place where a text is. */
static bool find_last(part *from, const char *text) {
  bool any = false;
  for (part next = *from; find(&next, text); any = true) from->at = next.at;
  return any;
}

/* --- base64 --- */

static int digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Adds the file that a text in base64 is. */
static izh_status add_base64(izh_carried *all, part name, part text, izh_err *err) {
  size_t length = (size_t)(text.end - text.at);
  izh_carried_file *file = add(all, name, length / 4 * 3);
  if (!file) return izh_fail_memory(err, length);
  if (length % 4) return damaged(err);
  int padding = length == 0 || text.end[-1] != '=' ? 0 : text.end[-2] != '=' ? 1 : 2;
  for (size_t i = 0; i < length; i += 4) {
    uint32_t word = 0;
    int kept = i + 4 == length ? 4 - padding : 4;
    for (int k = 0; k < 4; k++) {
      int value = k < kept ? digit(text.at[i + (size_t)k]) : 0;
      if (value < 0) return damaged(err);
      word = word << 6 | (uint32_t)value;
    }
    for (int k = 0; k < kept - 1; k++) file->bytes[file->size++] = (char)(word >> (16 - 8 * k));
  }
  file->bytes[file->size] = '\0';
  return IZH_OK;
}

/* --- PDF --- */

/* The name in an object that follows the file: a string of bytes, of which \ ( ) have a \ before them. */
static izh_status read_pdf_name(part *from, izh_carried_file *file, izh_err *err) {
  part to = *from;
  if (!find(&to, ") /UF ")) return damaged(err);
  size_t length = (size_t)(to.at - from->at);
  char *name = izh_alloc(length, 1), *next = name;
  if (!name) return izh_fail_memory(err, length);
  for (; from->at < to.end && *from->at != ')'; from->at++) {
    if (*from->at == '\\') from->at++;
    if (next - name + 1 < (ptrdiff_t)length) *next++ = *from->at;
  }
  *next = '\0';
  izh_free(file->name);
  file->name = name;
  return IZH_OK;
}

/* A file and its name, from the number of its object on. */
static izh_status read_pdf_file(part *from, izh_carried *all, izh_err *err) {
  size_t number, size, length;
  if (!skip_number(from, &number) || !skip(from, " 0 obj\n<< /Type /EmbeddedFile /Params << /Size ") ||
      !skip_number(from, &size) || !skip(from, " >> /Length ") || !skip_number(from, &length) ||
      size != length || !skip(from, " >>\nstream\n") || size > (size_t)(from->end - from->at))
    return damaged(err);
  izh_carried_file *file = add(all, (part){from->at, from->at}, size);
  if (!file) return izh_fail_memory(err, size);
  memcpy(file->bytes, from->at, size);
  file->bytes[size] = '\0';
  file->size = size;
  from->at += size;
  if (!skip(from, "\nendstream\nendobj\n") || !skip_number(from, &number) ||
      !skip(from, " 0 obj\n<< /Type /Filespec /F ("))
    return damaged(err);
  izh_status status = read_pdf_name(from, file, err);
  return status || find(from, "\nendobj\n") ? status : damaged(err);
}

/* The update begins behind the table of what cairo has written, and ends with its own: %%EOF\n14 0 obj … */
static izh_status read_pdf(part from, izh_carried *all, izh_err *err) {
  static const char first[] = " 0 obj\n<< /Type /EmbeddedFile /Params ";
  part update = from;
  size_t number;
  if (!find(&update, first)) return IZH_OK;
  if (!find_last(&from, "\nstartxref\n") || !skip_number(&from, &number) || !skip(&from, "\n%%EOF\n") ||
      from.at != from.end)
    return izh_fail(
        err, IZH_FORMAT,
        "another program has changed it since (pdfdetach -saveall gets the files that it carries)");
  update.at -= strlen(first);
  while (update.at[-1] >= '0' && update.at[-1] <= '9') update.at--; /* the first byte of the file is a % */
  for (;;) {
    part object = update;
    if (!skip_number(&object, &number) || !begins(object, first)) return IZH_OK;
    izh_status status = read_pdf_file(&update, all, err);
    if (status) return status;
  }
}

/* --- PNG --- */

static size_t be32(const char *bytes) {
  const unsigned char *b = (const unsigned char *)bytes;
  return (size_t)b[0] << 24 | (size_t)b[1] << 16 | (size_t)b[2] << 8 | b[3];
}

/* The chunks: a length, a name of 4 letters, so many bytes, and a sum. The whole figure will be compared, so
 * the sum is not looked at. */
static izh_status read_png(part from, izh_carried *all, izh_err *err) {
  enum { SIGNATURE = 8, HEAD = 8, SUM = 4 };
  static const char key[] =
      "izhlua file\0\0\0\0"; /* and a NUL more, as in iTXt without compression and language */
  izh_status status = IZH_OK;
  for (from.at += SIGNATURE; !status && from.end - from.at >= HEAD + SUM;) {
    part chunk = {from.at + HEAD, from.at + HEAD};
    size_t length = be32(from.at);
    if (length > (size_t)(from.end - from.at) - HEAD - SUM) return damaged(err);
    chunk.end += length;
    bool ours =
        memcmp(from.at + 4, "iTXt", 4) == 0 && length > sizeof key && memcmp(chunk.at, key, sizeof key) == 0;
    from.at += HEAD + length + SUM;
    if (!ours) continue;
    chunk.at += sizeof key;
    part name = chunk;
    if (!find(&chunk, "\n")) return damaged(err);
    name.end = chunk.at - 1;
    status = add_base64(all, name, chunk, err);
  }
  return status;
}

/* --- SVG --- */

/* Replaces what stands for characters that XML does not take. */
static void unescape(char *text) {
  static const char *const known[][2] = {
      {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}};
  char *to = text;
  while (*text) {
    size_t i = 0, n = sizeof known / sizeof *known;
    while (i < n && strncmp(text, known[i][0], strlen(known[i][0])) != 0) i++;
    *to++ = i < n ? *known[i][1] : *text;
    text += i < n ? strlen(known[i][0]) : 1;
  }
  *to = '\0';
}

static izh_status read_svg(part from, izh_carried *all, izh_err *err) {
  izh_status status = IZH_OK;
  while (!status && find(&from, "\n<file xmlns=\"izhlua\" name=\"")) {
    part name = from, text;
    if (!find(&from, "\">")) return damaged(err);
    name.end = from.at - 2;
    text = from;
    if (!find(&from, "</file>")) return damaged(err);
    text.end = from.at - strlen("</file>");
    status = add_base64(all, name, text, err);
    if (!status) unescape(all->files[all->n - 1].name);
  }
  return status;
}

/* --- all --- */

static const struct kind {
  const char *head;
  izh_status (*read)(part from, izh_carried *all, izh_err *err);
} kinds[] = {{"%PDF-", read_pdf}, {"\x89PNG\r\n\x1a\n", read_png}, {"<?xml", read_svg}};

static const struct kind *kind_of(const char *head, size_t size) {
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (begins((part){head, head + size}, kinds[i].head)) return &kinds[i];
  return NULL;
}

bool izh_carried_is_figure(const char *head, size_t size) {
  return kind_of(head, size);
}

izh_status izh_carried_read(const char *bytes, size_t size, izh_carried *carried, izh_err *err) {
  *carried = (izh_carried){0};
  const struct kind *kind = kind_of(bytes, size);
  return kind ? kind->read((part){bytes, bytes + size}, carried, err)
              : izh_fail(err, IZH_FORMAT, "it is no PDF, PNG or SVG");
}

const izh_carried_file *izh_carried_find(const izh_carried *carried, const char *name) {
  for (size_t i = 0; i < carried->n; i++)
    if (strcmp(carried->files[i].name, name) == 0) return &carried->files[i];
  return NULL;
}

void izh_carried_free(izh_carried *carried) {
  for (size_t i = 0; i < carried->n; i++) {
    izh_free(carried->files[i].name);
    izh_free(carried->files[i].bytes);
  }
  izh_free(carried->files);
  *carried = (izh_carried){0};
}
