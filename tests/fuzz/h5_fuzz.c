/* HDF5: what our part of it reads, in a process of its own, as ever. What the library does there is its own
 * affair. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_read(&izh_format_h5, data, size);
  return 0;
}
