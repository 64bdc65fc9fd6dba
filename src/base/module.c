#include "base/module.h"

#include <dlfcn.h>
#include <stddef.h>

izh_status izh_module_load(const char *path, const char *name, const char *what, const void **found,
                           izh_err *err) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  *found = library ? dlsym(library, name) : NULL;
  return *found ? IZH_OK : izh_fail(err, IZH_IO, "cannot load %s: %s", what, dlerror());
}
