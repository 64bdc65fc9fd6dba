#include "base/module.h"
#include "explore/explore.h"

izh_status izh_explorer_load(const char *module, const izh_explorer **explorer, izh_err *err) {
  const void *found;
  izh_status status = izh_module_load(module, "izh_explorer_module", "the explorer", &found, err);
  if (status == IZH_OK) *explorer = found;
  return status;
}
