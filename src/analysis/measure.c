#include "analysis/measure.h"

#include <string.h>

const izh_measure *izh_measure_find(const char *name) {
#define ENTRY(name) {#name, &izh_measure_##name},
  static const struct {
    const char *name;
    const izh_measure *measure;
  } all[] = {IZH_MEASURES(ENTRY)};
#undef ENTRY
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (strcmp(all[i].name, name) == 0) return all[i].measure;
  return NULL;
}
