/* What a figure carries: the bytes of a PDF, PNG or SVG, and the text in it. An input that is none of these
 * is such a text, in a PDF that is made here, so that no length and no offset has to be guessed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "fuzz.h"
#include "host/origin.h"

/* Every file that would be written has a name that leads nowhere but down. */
static void check_name(const char *name) {
  if (!*name || *name == '/' || strstr(name, "//") || name[strlen(name) - 1] == '/') abort();
  for (const char *dots = strstr(name, ".."); dots; dots = strstr(dots + 1, ".."))
    if ((dots == name || dots[-1] == '/') && (dots[2] == '/' || !dots[2])) abort();
}

static void read_figure(const char *bytes, size_t size) {
  host_origin origin;
  izh_err err;
  if (!host_origin_read(bytes, size, &origin, &err)) {
    check_name(origin.script);
    for (size_t i = 0; i < origin.n_folders; i++) check_name(origin.folders[i]);
    for (size_t i = 0; i < origin.n_files; i++) {
      check_name(origin.files[i].name);
      const izh_carried_file *file = izh_carried_find(&origin.carried, origin.files[i].name);
      if (origin.files[i].form == HOST_ATTACHED && (!file || file->bytes[file->size])) abort();
    }
    if (strlen(origin.words[origin.n_words - 1]) == 0 && origin.words[origin.n_words]) abort();
  }
  host_origin_free(&origin);
  if (izh_alloc_held() != 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char
      form[] = "%%PDF-1.5\n4 0 obj\n<< /Type /EmbeddedFile /Params << /Size %zu >> /Length %zu >>\nstream\n",
      end[] = "\nendstream\nendobj\n5 0 obj\n<< /Type /Filespec /F (izhlua-figure.txt) /UF (x) >>\nendobj\n"
              "\nstartxref\n0\n%%EOF\n";
  if (izh_carried_is_figure((const char *)data, size)) {
    read_figure((const char *)data, size);
    return 0;
  }
  char *pdf = malloc(sizeof form + sizeof end + size + 64);
  if (!pdf) return 0;
  size_t length = (size_t)sprintf(pdf, form, size, size);
  memcpy(pdf + length, data, size);
  memcpy(pdf + length + size, end, sizeof end - 1);
  read_figure(pdf, length + size + sizeof end - 1);
  free(pdf);
  return 0;
}
