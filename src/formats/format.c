#include "formats/format.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define ADDRESS(name) &izh_format_##name,
static const izh_format *const formats[] = {IZH_FORMATS(ADDRESS)};
enum { N_FORMATS = sizeof formats / sizeof *formats };

static bool takes(const izh_format *format, izh_content content, bool write) {
  return (write ? format->writes : format->reads) & content;
}

const izh_format *izh_format_find(const char *path, izh_content content, bool write) {
  const char *ending = strrchr(path, '.');
  for (int i = 0; i < N_FORMATS && ending; i++)
    if (takes(formats[i], content, write) && strcasecmp(ending, formats[i]->ending) == 0) return formats[i];
  return NULL;
}

const char *izh_format_endings(char text[IZH_ENDINGS_SIZE], izh_content content, bool write) {
  size_t used = 0;
  const char *last = NULL;
  text[0] = '\0';
  for (int i = 0; i < N_FORMATS; i++) {
    if (!takes(formats[i], content, write)) continue;
    if (last) used += (size_t)snprintf(text + used, IZH_ENDINGS_SIZE - used, "%s%s", used ? ", " : "", last);
    last = formats[i]->ending;
  }
  if (last) snprintf(text + used, IZH_ENDINGS_SIZE - used, "%s%s", used ? " or " : "", last);
  return text;
}
