/* Text: the first byte is which of its formats. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
#define ADDRESS(name) &izh_format_##name
  static const izh_format *const formats[] = {ADDRESS(csv), ADDRESS(tsv), ADDRESS(txt), ADDRESS(dat),
                                              ADDRESS(gdf), ADDRESS(ras), ADDRESS(wmat)};
  if (size > 0) fuzz_read(formats[data[0] % (sizeof formats / sizeof *formats)], data + 1, size - 1);
  return 0;
}
