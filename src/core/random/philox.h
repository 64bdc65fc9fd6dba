/* Philox 4×32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
 * easy as 1, 2, 3", SC 2011. A block of 128 random bits is a pure function of a 64-bit key and a 128-bit
 * counter, so any thread, rank or clone can compute any draw without asking another. */
#ifndef IZH_CORE_PHILOX_H
#define IZH_CORE_PHILOX_H

#include <stdint.h>

typedef struct izh_key {
  uint32_t seed;   /* of the network */
  uint32_t stream; /* what the numbers are for: see izh_net_stream */
} izh_key;

typedef struct izh_block {
  uint32_t w[4];
} izh_block;

/* The constants of the paper: two multipliers, and the Weyl increments of the key. */
#define IZH_PHILOX_M0 0xD2511F53u
#define IZH_PHILOX_M1 0xCD9E8D57u
#define IZH_PHILOX_W0 0x9E3779B9u
#define IZH_PHILOX_W1 0xBB67AE85u

enum { IZH_LANES = 16 }; /* so many blocks are made together where many are needed */

static inline izh_block izh_philox(izh_key key, uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3) {
  uint32_t k0 = key.seed, k1 = key.stream;
  for (int round = 0; round < 10; round++) {
    uint64_t p0 = (uint64_t)IZH_PHILOX_M0 * c0;
    uint64_t p1 = (uint64_t)IZH_PHILOX_M1 * c2;
    c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)p1;
    c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)p0;
    k0 += IZH_PHILOX_W0;
    k1 += IZH_PHILOX_W1;
  }
  return (izh_block){{c0, c1, c2, c3}};
}

#endif
