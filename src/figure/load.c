#include "base/module.h"
#include "base/stop.h"
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
  loaded->ask(izh_stop_asked());
  *drawing = loaded;
  return IZH_OK;
}
