/* Random words, many blocks at a time, and bits in words. Compiled once for each instruction set, see isa.h.
 */
#include "core/isa/isa.h"
#include "core/random/philox_lanes.h"

void IZH_ISA(words)(izh_key key, uint32_t first, uint32_t id, uint32_t generation,
                    uint32_t words[4 * IZH_LANES]) {
  uint32_t w[4][IZH_LANES];
  izh_philox_lanes(key, (const uint32_t[4]){first, id, generation}, w);
  for (int i = 0; i < IZH_LANES; i++)
    for (int c = 0; c < 4; c++) words[4 * i + c] = w[c][i];
}

uint64_t IZH_ISA(count_bits)(const uint64_t *words, size_t n) {
  uint64_t sum = 0;
  for (size_t i = 0; i < n; i++) sum += (uint64_t)__builtin_popcountll(words[i]);
  return sum;
}
