/* Philox for many counters at once, in files that are compiled once for each instruction set (isa.h). */
#ifndef IZH_CORE_PHILOX_LANES_H
#define IZH_CORE_PHILOX_LANES_H

#include "core/isa/vector.h"
#include "core/random/philox.h"

/* Makes the blocks of the counters c[][], as many as two vectors have numbers. Word w of block i goes to
 * words[w][at + i]. Each number of a vector holds a word in its low half; the high half may be anything,
 * since the multiplications do not read it. c[0] has the counters with even i, c[1] those with odd i, so that
 * the words come out in order. */
IZH_VECTOR_INLINE void izh_philox_rounds(izh_key key, izh_vwords c[2][4], uint32_t words[4][IZH_LANES],
                                         int at) {
  const izh_vwords m0 = izh_vwords_all(IZH_PHILOX_M0), m1 = izh_vwords_all(IZH_PHILOX_M1);
  uint32_t k0 = key.seed, k1 = key.stream;
  for (int round = 0; round < 10; round++) {
    izh_vwords key0 = izh_vwords_all(k0), key1 = izh_vwords_all(k1);
    for (int odd = 0; odd < 2; odd++) {
      izh_vwords p0 = izh_vwords_multiply(c[odd][0], m0), p1 = izh_vwords_multiply(c[odd][2], m1);
      c[odd][0] = (p1 >> 32) ^ c[odd][1] ^ key0;
      c[odd][2] = (p0 >> 32) ^ c[odd][3] ^ key1;
      c[odd][1] = p1;
      c[odd][3] = p0;
    }
    k0 += IZH_PHILOX_W0;
    k1 += IZH_PHILOX_W1;
  }
  for (int w = 0; w < 4; w++) {
    izh_vwords both = (c[0][w] & 0xffffffffu) | c[1][w] << 32;
    memcpy(&words[w][at], &both, sizeof both);
  }
}

/* Makes the blocks of the counters (counter[0] + i, counter[1], …), i = 0 … IZH_LANES - 1. Word c of block i
 * goes to words[c][i]. */
IZH_VECTOR_INLINE void izh_philox_lanes(izh_key key, const uint32_t counter[4],
                                        uint32_t words[4][IZH_LANES]) {
  izh_vwords even;
  for (int i = 0; i < IZH_VECTOR; i++) even[i] = 2 * (uint64_t)i;
  for (int at = 0; at < IZH_LANES; at += 2 * IZH_VECTOR) {
    izh_vwords c[2][4];
    for (int odd = 0; odd < 2; odd++) {
      c[odd][0] = even + ((uint64_t)counter[0] + (uint64_t)(at + odd));
      for (int k = 1; k < 4; k++) c[odd][k] = izh_vwords_all(counter[k]);
    }
    izh_philox_rounds(key, c, words, at);
  }
}

/* Makes the blocks of the counters (counter[0][i], counter[1][i], …), i = 0 … IZH_LANES - 1. Word c of block
 * i goes to words[c][i]. */
IZH_VECTOR_INLINE void izh_philox_each(izh_key key, uint32_t counter[4][IZH_LANES],
                                       uint32_t words[4][IZH_LANES]) {
  for (int at = 0; at < IZH_LANES; at += 2 * IZH_VECTOR) {
    izh_vwords c[2][4];
    for (int k = 0; k < 4; k++) {
      memcpy(&c[0][k], &counter[k][at], sizeof c[0][k]);
      c[1][k] = c[0][k] >> 32;
    }
    izh_philox_rounds(key, c, words, at);
  }
}

#endif
