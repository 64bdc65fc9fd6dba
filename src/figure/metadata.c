#include "figure/metadata.h"

#include <cairo-pdf.h>
#include <cairo-ps.h>
#include <errno.h>
#include <glib.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DATE_SIZE = 32, FIELDS = 5 };

/* A field with its name in each format; NULL: the format has no such field. */
typedef struct field {
  const char *text; /* NULL: not given */
  cairo_pdf_metadata_t pdf;
  const char *svg; /* of Dublin Core */
  const char *png;
} field;

static void fields_of(const izh_document *document, field fields[FIELDS]) {
  const field all[FIELDS] = {
      {document->title, CAIRO_PDF_METADATA_TITLE, "dc:title", "Title"},
      {document->author, CAIRO_PDF_METADATA_AUTHOR, "dc:creator", "Author"},
      {document->subject, CAIRO_PDF_METADATA_SUBJECT, "dc:description", "Description"},
      {document->keywords, CAIRO_PDF_METADATA_KEYWORDS, "dc:source", "Comment"},
      {document->creator, CAIRO_PDF_METADATA_CREATOR, "dc:publisher", "Software"},
  };
  memcpy(fields, all, sizeof all);
}

/* The date in SOURCE_DATE_EPOCH (a convention, for files that do not depend on when they are made), else now.
 */
static void creation_date(char date[DATE_SIZE]) {
  const char *given = getenv("SOURCE_DATE_EPOCH");
  time_t seconds = time(NULL);
  if (given && *given) {
    char *end;
    errno = 0;
    long long value = strtoll(given, &end, 10);
    if (!errno && !*end && value >= 0) seconds = (time_t)value;
  }
  struct tm utc;
  if (!gmtime_r(&seconds, &utc) || !strftime(date, DATE_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc)) *date = 0;
}

void izh_metadata_pdf(cairo_surface_t *surface, const izh_document *document) {
  char date[DATE_SIZE];
  field fields[FIELDS];
  creation_date(date);
  if (*date) cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
  fields_of(document, fields);
  for (size_t i = 0; i < FIELDS; i++)
    if (fields[i].text) cairo_pdf_surface_set_metadata(surface, fields[i].pdf, fields[i].text);
}

static void add_comment(cairo_surface_t *surface, const char *name, const char *text) {
  enum { COMMENT_MAX = 250 }; /* a little below the limit of the format */
  if (!text) return;
  char *line = g_strdup_printf("%%%%%s: %s", name, text);
  if (strlen(line) > COMMENT_MAX) *g_utf8_find_prev_char(line, line + COMMENT_MAX) = 0;
  cairo_ps_surface_dsc_comment(surface, line);
  g_free(line);
}

void izh_metadata_ps(cairo_surface_t *surface, const izh_document *document) {
  add_comment(surface, "Title", document->title);
  add_comment(surface, "For", document->author);
  add_comment(surface, "IzhluaSubject", document->subject);
  add_comment(surface, "IzhluaCommand", document->keywords);
  add_comment(surface, "IzhluaVersion", document->creator);
}

static char *base64(const izh_attachment *file) {
  return g_base64_encode((const guchar *)file->bytes, file->size);
}

static void add_element(GString *out, const char *name, const char *text) {
  char *escaped = g_markup_escape_text(text, -1);
  g_string_append_printf(out, "<%s>%s</%s>\n", name, escaped, name);
  g_free(escaped);
}

char *izh_metadata_svg(const izh_document *document, size_t *size) {
  GString *out = g_string_new("\n");
  field fields[FIELDS];
  fields_of(document, fields);
  if (document->title) add_element(out, "title", document->title);
  g_string_append(out, "<metadata>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                       "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<rdf:Description rdf:about=\"\">\n");
  for (size_t i = 0; i < FIELDS; i++)
    if (fields[i].text) add_element(out, fields[i].svg, fields[i].text);
  g_string_append(out, "</rdf:Description>\n</rdf:RDF>\n");
  for (size_t i = 0; i < document->n_attachments; i++) {
    char *name = g_markup_escape_text(document->attachments[i].name, -1);
    char *text = base64(&document->attachments[i]);
    g_string_append_printf(out, "<file xmlns=\"izhlua\" name=\"%s\">%s</file>\n", name, text);
    g_free(name);
    g_free(text);
  }
  g_string_append(out, "</metadata>");
  *size = out->len;
  return g_string_free(out, FALSE);
}

static uint32_t crc32(const char *data, size_t size) {
  uint32_t crc = UINT32_MAX;
  for (size_t i = 0; i < size; i++) {
    crc ^= (unsigned char)data[i];
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
  }
  return ~crc;
}

static void append_be32(GString *out, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) g_string_append_c(out, (char)(value >> shift));
}

static void append_chunk(GString *out, const char *name, const GString *data) {
  append_be32(out, (uint32_t)data->len);
  size_t from = out->len;
  g_string_append(out, name);
  g_string_append_len(out, data->str, (gssize)data->len);
  append_be32(out, crc32(out->str + from, out->len - from));
}

static void append_text(GString *out, GString *data, const char *keyword, const char *text) {
  g_string_assign(data, keyword);
  /* end of the keyword; not compressed (2 bytes); no language (2 bytes) */
  g_string_append_len(data, "\0\0\0\0\0", 5);
  g_string_append(data, text);
  append_chunk(out, "iTXt", data);
}

/* First comes the resolution: cairo does not write it, and without it other programs would show a page of 89
 * mm at another width. Then come the texts, in chunks for UTF-8. */
char *izh_metadata_png(const izh_document *document, double dpi, size_t *size) {
  GString *out = g_string_new(NULL), *data = g_string_new(NULL);
  uint32_t per_metre = (uint32_t)lround(dpi / 0.0254);
  append_be32(data, per_metre);
  append_be32(data, per_metre);
  g_string_append_c(data, 1);
  append_chunk(out, "pHYs", data);
  field fields[FIELDS];
  fields_of(document, fields);
  for (size_t i = 0; i < FIELDS; i++)
    if (fields[i].text) append_text(out, data, fields[i].png, fields[i].text);
  for (size_t i = 0; i < document->n_attachments; i++) {
    char *text = base64(&document->attachments[i]);
    char *named = g_strdup_printf("%s\n%s", document->attachments[i].name, text);
    append_text(out, data, "izhlua file", named);
    g_free(named);
    g_free(text);
  }
  g_string_free(data, TRUE);
  *size = out->len;
  return g_string_free(out, FALSE);
}
