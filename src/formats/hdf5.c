#include "formats/hdf5.h"

#include <dlfcn.h>
#include <string.h>
#include <unistd.h>

izh_status izh_h5_load(const char *module, const izh_h5 **h5, izh_err *err) {
  static const izh_h5 *loaded;
  if (!loaded) {
    if (access(module, F_OK) != 0)
      return izh_fail(
          err, IZH_IO,
          "izhlua was built without HDF5, and cannot read or write .h5 and .nwb files (with Debian's "
          "libhdf5-dev installed, build it again)");
    void *library = dlopen(module, RTLD_NOW | RTLD_LOCAL);
    void *table = library ? dlsym(library, "izh_h5_module") : NULL;
    if (!table) return izh_fail(err, IZH_IO, "cannot load HDF5: %s", dlerror());
    loaded = table;
  }
  *h5 = loaded;
  return IZH_OK;
}
