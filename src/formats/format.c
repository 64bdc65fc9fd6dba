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

const char *izh_format_hint(const char *path) {
  static const struct {
    const char *endings, *hint;
  } known[] = {
      {" .hdf5 .hdf .he5 .nix ", "; HDF5 is read when its ending is .h5"},
      {" .xlsx .xls .ods ", "; a spreadsheet is saved as .csv"},
      {" .pkl .pickle .joblib ", "; in Python np.savez(\"x.npz\", t=t, i=i) writes what can be read"},
      {" .parquet .feather ", "; in Python frame.to_csv(\"x.csv\", index=False) writes what can be read"},
      {" .gz .zip .bz2 .xz ", "; it is unpacked first"},
  };
  const char *ending = strrchr(path, '.');
  size_t length = ending ? strlen(ending) : 0;
  for (size_t k = 0; k < sizeof known / sizeof *known && length > 1; k++)
    for (const char *at = known[k].endings; (at = strchr(at, '.')) != NULL; at++)
      if (strncasecmp(at, ending, length) == 0 && at[length] == ' ') return known[k].hint;
  return "";
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
