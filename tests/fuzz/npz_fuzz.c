/* NumPy's .npz */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_read(&izh_format_npz, data, size);
  return 0;
}
