/* Files in a PDF. Cairo cannot attach any, so an incremental update is appended to what it has written: the
 * files, and the catalog once more, with their names. formats/carried.c reads what is written here. */
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "figure/metadata.h"

/* What an update needs to know of the file before it. */
typedef struct original {
  unsigned long table;      /* offset of its table of objects */
  unsigned long objects;    /* how many */
  unsigned long root, info; /* the numbers of two of them */
  const char *catalog;      /* what is in the dictionary of the root */
  int catalog_size;
} original;

/* The number that follows a word in a text. */
static bool number_after(const char *text, const char *word, unsigned long *number) {
  const char *found = text ? strstr(text, word) : NULL;
  return found && sscanf(found + strlen(word), "%lu", number) == 1;
}

/* Reads the last lines of the file: trailer << /Size 14 /Root 13 0 R /Info 12 0 R >> startxref 23184 */
static bool read_trailer(const char *pdf, size_t size, original *found) {
  enum { LONGEST = 1024 };
  size_t length = MIN(size, LONGEST);
  char *text = g_strndup(pdf + size - length, length);
  const char *trailer = g_strrstr(text, "trailer");
  bool known = number_after(trailer, "/Size ", &found->objects) &&
               number_after(trailer, "/Root ", &found->root) &&
               number_after(trailer, "/Info ", &found->info) &&
               number_after(trailer, "startxref", &found->table) && found->root < found->objects;
  g_free(text);
  return known;
}

/* Finds the root by the table: xref, 0 14, and a line of 20 bytes for each object. */
static bool find_catalog(const char *pdf, size_t size, original *found) {
  enum { LINE = 20 };
  static const char begin[] = "<< /Type /Catalog", end[] = ">>\nendobj";
  char head[40], line[LINE + 1] = "";
  int length = snprintf(head, sizeof head, "xref\n0 %lu\n", found->objects);
  size_t entry = found->table + (size_t)length + LINE * found->root;
  unsigned long offset;
  if (found->table >= size || entry + LINE > size || memcmp(pdf + found->table, head, (size_t)length) != 0)
    return false;
  memcpy(line, pdf + entry, LINE);
  if (sscanf(line, "%10lu", &offset) != 1 || offset >= size) return false;
  found->catalog = memmem(pdf + offset, size - offset, begin, strlen(begin));
  if (!found->catalog) return false;
  found->catalog += strlen("<< ");
  const char *stop = memmem(found->catalog, size - (size_t)(found->catalog - pdf), end, strlen(end));
  found->catalog_size = stop ? (int)(stop - found->catalog) : 0;
  return stop;
}

/* A string of PDF: of bytes, as they are; or of UTF-16, for what is not ASCII. */
static void append_string(GString *out, const char *text, bool utf16) {
  if (!utf16 || g_str_is_ascii(text)) {
    g_string_append_c(out, '(');
    for (; *text; text++) {
      if (strchr("()\\", *text)) g_string_append_c(out, '\\');
      g_string_append_c(out, *text);
    }
    g_string_append_c(out, ')');
    return;
  }
  glong units = 0;
  gunichar2 *words = g_utf8_to_utf16(text, -1, NULL, &units, NULL);
  g_string_append(out, "<FEFF");
  for (glong i = 0; i < units; i++) g_string_append_printf(out, "%04X", words[i]);
  g_string_append_c(out, '>');
  g_free(words);
}

/* The file itself, and after it the object that has its name. Returns both offsets. */
static void append_file(GString *out, const izh_attachment *file, unsigned long number, size_t offsets[2]) {
  offsets[0] = out->len;
  g_string_append_printf(out,
                         "%lu 0 obj\n<< /Type /EmbeddedFile /Params << /Size %zu >> /Length %zu >>\nstream\n",
                         number, file->size, file->size);
  g_string_append_len(out, file->bytes, (gssize)file->size);
  g_string_append(out, "\nendstream\nendobj\n");
  offsets[1] = out->len;
  g_string_append_printf(out, "%lu 0 obj\n<< /Type /Filespec /F ", number + 1);
  append_string(out, file->name, false);
  g_string_append(out, " /UF "); /* for other programs, of which some make no folders */
  char *flat = g_strdelimit(g_strdup(file->name), "/", '_');
  append_string(out, flat, true);
  g_free(flat);
  g_string_append_printf(out, " /AFRelationship /Source /EF << /F %lu 0 R >> >>\nendobj\n", number);
}

static void append_catalog(GString *out, const izh_document *document, const original *before) {
  g_string_append_printf(out, "%lu 0 obj\n<< %.*s   /Names << /EmbeddedFiles << /Names [", before->root,
                         before->catalog_size, before->catalog);
  for (size_t i = 0; i < document->n_attachments; i++) {
    append_string(out, document->attachments[i].name, false);
    g_string_append_printf(out, " %lu 0 R ", before->objects + 2 * i + 1);
  }
  g_string_append(out, "] >> >>\n   /AF [");
  for (size_t i = 0; i < document->n_attachments; i++)
    g_string_append_printf(out, " %lu 0 R", before->objects + 2 * i + 1);
  g_string_append(out, " ]\n>>\nendobj\n");
}

char *izh_metadata_pdf_update(const izh_document *document, const char *pdf, size_t pdf_size, size_t *size) {
  original before;
  if (document->n_attachments == 0 || !read_trailer(pdf, pdf_size, &before) ||
      !find_catalog(pdf, pdf_size, &before))
    return NULL;
  size_t n = document->n_attachments, *offsets = g_new(size_t, 2 * n);
  GString *out = g_string_new(NULL);
  for (size_t i = 0; i < n; i++)
    append_file(out, &document->attachments[i], before.objects + 2 * i, &offsets[2 * i]);
  size_t catalog = out->len;
  append_catalog(out, document, &before);
  size_t table = out->len;
  g_string_append_printf(out, "xref\n%lu 1\n%010zu 00000 n \n%lu %zu\n", before.root, pdf_size + catalog,
                         before.objects, 2 * n);
  for (size_t i = 0; i < 2 * n; i++) g_string_append_printf(out, "%010zu 00000 n \n", pdf_size + offsets[i]);
  g_string_append_printf(out,
                         "trailer\n<< /Size %lu\n   /Root %lu 0 R\n   /Info %lu 0 R\n   /Prev %lu\n>>\n"
                         "startxref\n%zu\n%%%%EOF\n",
                         before.objects + 2 * n, before.root, before.info, before.table, pdf_size + table);
  g_free(offsets);
  *size = out->len;
  return g_string_free(out, FALSE);
}
