/* The Gaussian noise of the step loop: plain loops over lanes that the compiler turns into vectors of any
 * width, with the same bits for each. Compiled once for each instruction set, see isa.h. */
#include <math.h>
#include <string.h>

#include "core/ieee.h"
#include "core/isa.h"
#include "core/random.h"

/* Neuron 64 g + 16 c + l has number c of the block with counter (16 g + l, 0, k): what a vector of 16 blocks
 * gives is then in order. */
enum { LANES = 16, TILE = 4 * LANES };

static float float_of_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static uint32_t bits_of_float(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

/* The words of LANES blocks at counters (first + lane, 0, k). Arrays of their own, so that the compiler sees
 * that they do not overlap, and keeps them in registers. */
static inline __attribute__((always_inline)) void philox_lanes(izh_key key, uint32_t first, uint64_t k,
                                                               uint32_t w0[LANES], uint32_t w1[LANES],
                                                               uint32_t w2[LANES], uint32_t w3[LANES]) {
  for (int i = 0; i < LANES; i++) {
    w0[i] = first + (uint32_t)i;
    w1[i] = 0;
    w2[i] = (uint32_t)k;
    w3[i] = (uint32_t)(k >> 32);
  }
  uint32_t k0 = key.seed, k1 = key.stream;
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < LANES; i++) {
      uint64_t p0 = (uint64_t)IZH_PHILOX_M0 * w0[i], p1 = (uint64_t)IZH_PHILOX_M1 * w2[i];
      uint32_t x0 = (uint32_t)(p1 >> 32) ^ w1[i] ^ k0, x2 = (uint32_t)(p0 >> 32) ^ w3[i] ^ k1;
      w1[i] = (uint32_t)p1;
      w3[i] = (uint32_t)p0;
      w0[i] = x0;
      w2[i] = x2;
    }
    k0 += IZH_PHILOX_W0;
    k1 += IZH_PHILOX_W1;
  }
}

/* Box and Muller: two uniform words to two independent standard normals. */
static inline __attribute__((always_inline)) void box_muller(uint32_t w0, uint32_t w1, float *z0, float *z1) {
  /* u in (0, 1]; 2 atanh((m-1)/(m+1)) gives log m to 1e-8 for m in [√½, √2) */
  float u = ((float)(int32_t)(w0 >> 1) + 0.5f) * 0x1p-31f;
  uint32_t bits = bits_of_float(u);
  uint32_t shifted = bits - 0x3f3504f3u; /* the bits of √½: rounds the exponent there */
  int32_t exponent = (int32_t)shifted >> 23;
  float m = float_of_bits(bits - ((uint32_t)exponent << 23));
  float s = (m - 1) / (m + 1), s2 = s * s;
  float log_m = 2 * s * (1 + s2 * (1.0f / 3 + s2 * (1.0f / 5 + s2 * (1.0f / 7 + s2 * (1.0f / 9)))));
  float radius2 = -2 * ((float)exponent * 0.693147181f + log_m);
  float radius = sqrtf(radius2 > 0 ? radius2 : 0);

  /* two bits say the quadrant, thirty the angle within ±π/4 */
  float a = (float)(int32_t)(w1 << 2) * (0x1p-31f * 0.785398163f), a2 = a * a;
  float sine = a * (1 - a2 * (1.0f / 6 - a2 * (1.0f / 120 - a2 * (1.0f / 5040 - a2 * (1.0f / 362880)))));
  float cosine = 1 - a2 * (0.5f - a2 * (1.0f / 24 - a2 * (1.0f / 720 - a2 * (1.0f / 40320))));
  uint32_t quadrant = w1 >> 30, odd = 0u - (quadrant & 1);
  uint32_t sine_bits = bits_of_float(sine), cosine_bits = bits_of_float(cosine);
  uint32_t x = (cosine_bits & ~odd) | (sine_bits & odd), y = (sine_bits & ~odd) | (cosine_bits & odd);
  *z0 = radius * float_of_bits(x ^ ((quadrant + 1) >> 1 & 1) << 31);
  *z1 = radius * float_of_bits(y ^ (quadrant >> 1) << 31);
}

/* The noise of the 64 neurons from 64 tile on. */
static void gauss_tile(izh_key key, uint32_t tile, uint64_t k, float *restrict z) {
  uint32_t w0[LANES], w1[LANES], w2[LANES], w3[LANES];
  philox_lanes(key, tile * LANES, k, w0, w1, w2, w3);
  for (int i = 0; i < LANES; i++) box_muller(w0[i], w1[i], &z[i], &z[LANES + i]);
  for (int i = 0; i < LANES; i++) box_muller(w2[i], w3[i], &z[2 * LANES + i], &z[3 * LANES + i]);
}

static float gauss_one(izh_key key, uint32_t neuron, uint64_t k) {
  uint32_t within = neuron % TILE;
  izh_block block =
      izh_philox(key, neuron / TILE * LANES + within % LANES, 0, (uint32_t)k, (uint32_t)(k >> 32));
  const uint32_t *w = block.w + within / (2 * LANES) * 2;
  float z[2];
  box_muller(w[0], w[1], &z[0], &z[1]);
  return z[within / LANES % 2];
}

void IZH_ISA(gauss)(izh_key key, uint32_t first, uint32_t n, uint64_t k, float *z) {
  if (n == 1) { /* as a list of neurons asks for */
    *z = gauss_one(key, first, k);
    return;
  }
  for (uint64_t at = first, end = (uint64_t)first + n; at < end;) {
    uint32_t tile = (uint32_t)(at / TILE), skip = (uint32_t)(at % TILE), take = TILE - skip;
    if (take > end - at) take = (uint32_t)(end - at);
    if (take == TILE) {
      gauss_tile(key, tile, k, z + (at - first));
    } else {
      float whole[TILE];
      gauss_tile(key, tile, k, whole);
      memcpy(z + (at - first), whole + skip, take * sizeof *z);
    }
    at += take;
  }
}
