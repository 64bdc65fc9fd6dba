#include "base/module.h"
#include "figure/figure.h"

izh_status izh_drawing_load(const char *module, const izh_drawing **drawing, izh_err *err) {
  static const izh_drawing *_Atomic loaded;
  if (!loaded) {
    const void *found;
    izh_status status =
        izh_module_load(module, "izh_drawing_module", "the module that draws figures", &found, err);
    if (status) return status;
    loaded = found;
  }
  *drawing = loaded;
  return IZH_OK;
}
