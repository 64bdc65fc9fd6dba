/* Random words by the block. Compiled once for each instruction set, see isa.h. */
#include "core/isa.h"

void IZH_ISA(words)(izh_key key, uint32_t first, uint32_t id, uint32_t generation,
                    uint32_t words[4 * IZH_LANES]) {
  uint32_t w0[IZH_LANES], w1[IZH_LANES], w2[IZH_LANES], w3[IZH_LANES];
  for (int i = 0; i < IZH_LANES; i++) {
    w0[i] = first + (uint32_t)i;
    w1[i] = id;
    w2[i] = generation;
    w3[i] = 0;
  }
  izh_philox_lanes(key, w0, w1, w2, w3);
  for (int i = 0; i < IZH_LANES; i++) {
    words[4 * i] = w0[i];
    words[4 * i + 1] = w1[i];
    words[4 * i + 2] = w2[i];
    words[4 * i + 3] = w3[i];
  }
}
