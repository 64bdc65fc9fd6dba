#include "formats/hdf5.h"

#include <unistd.h>

#include "base/module.h"

izh_status izh_h5_load(const char *module, const izh_h5 **h5, izh_err *err) {
  static const izh_h5 *_Atomic loaded;
  if (!loaded) {
    if (access(module, F_OK) != 0)
      return izh_fail(
          err, IZH_IO,
          "izhlua was built without HDF5, and cannot read or write .h5 and .nwb files (with Debian's "
          "libhdf5-dev installed, build it again)");
    const void *found;
    izh_status status = izh_module_load(module, "izh_h5_module", "HDF5", &found, err);
    if (status) return status;
    loaded = found;
  }
  *h5 = loaded;
  return IZH_OK;
}
