#include "figure/markup.h"

#include <stdbool.h>
#include <string.h>

enum { DEPTH_MAX = 16 };

static const double SMALLER = 0.72, RAISED = 0.36, LOWERED = 0.14; /* relative to the size of the text */

typedef enum tag { TAG_ITALIC, TAG_BOLD, TAG_SUB, TAG_SUP, TAGS } tag;

static const char *const opening[TAGS] = {"<i>", "<b>", "<sub>", "<sup>"};
static const char *const closing[TAGS] = {"</i>", "</b>", "</sub>", "</sup>"};

typedef struct open_tag {
  tag what;
  guint from; /* in the plain text */
} open_tag;

static bool begins(const char *text, const char *with) {
  return strncmp(text, with, strlen(with)) == 0;
}

static void add(PangoAttrList *attributes, PangoAttribute *attribute, guint from, guint to) {
  attribute->start_index = from;
  attribute->end_index = to;
  pango_attr_list_insert(attributes, attribute);
}

static void apply(PangoAttrList *attributes, open_tag open, guint to, double size_pt) {
  int size = (int)(SMALLER * size_pt * PANGO_SCALE);
  double rise = open.what == TAG_SUP ? RAISED : -LOWERED;
  switch (open.what) {
  case TAG_ITALIC:
    add(attributes, pango_attr_style_new(PANGO_STYLE_ITALIC), open.from, to);
    break;
  case TAG_BOLD:
    add(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD), open.from, to);
    break;
  default:
    add(attributes, pango_attr_size_new_absolute(size), open.from, to);
    add(attributes, pango_attr_rise_new((int)(rise * size_pt * PANGO_SCALE)), open.from, to);
  }
}

/* Whether a tag begins here and ends further on. */
static bool opens(const char *text, tag what) {
  return begins(text, opening[what]) && strstr(text, closing[what]);
}

char *izh_markup_read(const char *marked, double size_pt, PangoAttrList *attributes) {
  GString *plain = g_string_sized_new(strlen(marked));
  open_tag open[DEPTH_MAX];
  size_t depth = 0;
  while (*marked) {
    int what = 0;
    guint at = (guint)plain->len;
    if (depth > 0 && begins(marked, closing[open[depth - 1].what])) {
      depth--;
      apply(attributes, open[depth], at, size_pt);
      marked += strlen(closing[open[depth].what]);
      continue;
    }
    while (what < TAGS && !(*marked == '<' && opens(marked, (tag)what))) what++;
    if (what < TAGS && depth < DEPTH_MAX) {
      open[depth++] = (open_tag){(tag)what, at};
      marked += strlen(opening[what]);
    } else if (begins(marked, "&lt;") || begins(marked, "&amp;")) {
      g_string_append_c(plain, marked[1] == 'l' ? '<' : '&');
      marked += marked[1] == 'l' ? 4 : 5;
    } else {
      g_string_append_c(plain, *marked++);
    }
  }
  while (depth > 0) apply(attributes, open[--depth], (guint)plain->len, size_pt); /* tags that overlap */
  return g_string_free(plain, FALSE);
}
