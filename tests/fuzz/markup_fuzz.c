/* Markup of the text of figures: no more comes out than goes in, and attributes stay within it. */
#include <stdlib.h>
#include <string.h>

#include "figure/markup.h"
#include "figure/text.h"
#include "fuzz.h"

/* As long as a text is one character after the other, it is laid out, too. */
static void lay_out(const char *marked) {
  static izh_text *text;
  izh_err err;
  if (!text && izh_text_open(7, false, &text, &err)) abort();
  if (strlen(marked) < 200 && g_utf8_validate(marked, -1, NULL) &&
      !(izh_text_width(text, IZH_STYLE_LABEL, marked) >= 0))
    abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *marked = malloc(size + 1);
  if (!marked) return 0;
  memcpy(marked, data, size);
  marked[size] = '\0';
  PangoAttrList *attributes = pango_attr_list_new();
  char *plain = izh_markup_read(marked, 7, attributes);
  size_t length = strlen(plain);
  if (length > strlen(marked)) abort();
  GSList *list = pango_attr_list_get_attributes(attributes);
  for (GSList *at = list; at; at = at->next) {
    const PangoAttribute *attribute = at->data;
    if (attribute->start_index > attribute->end_index || attribute->end_index > length) abort();
  }
  g_slist_free_full(list, (GDestroyNotify)pango_attribute_destroy);
  lay_out(marked);
  g_free(plain);
  pango_attr_list_unref(attributes);
  free(marked);
  return 0;
}
