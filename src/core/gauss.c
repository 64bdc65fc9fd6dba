/* The Gaussian noise of the step loop: plain loops over lanes that the compiler turns into vectors of any
 * width, with the same bits for each. */
#include <math.h>
#include <string.h>

#include "core/ieee.h"
#include "core/random.h"

enum { LANES = 16 };

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

/* LANES blocks at counters (group + lane, 0, k). */
static void philox_lanes(izh_key key, uint32_t group, uint64_t k, uint32_t w[4][LANES]) {
  for (int i = 0; i < LANES; i++) {
    w[0][i] = group + (uint32_t)i;
    w[1][i] = 0;
    w[2][i] = (uint32_t)k;
    w[3][i] = (uint32_t)(k >> 32);
  }
  uint32_t k0 = key.seed, k1 = key.stream;
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < LANES; i++) {
      uint64_t p0 = (uint64_t)IZH_PHILOX_M0 * w[0][i];
      uint64_t p1 = (uint64_t)IZH_PHILOX_M1 * w[2][i];
      w[0][i] = (uint32_t)(p1 >> 32) ^ w[1][i] ^ k0;
      w[1][i] = (uint32_t)p1;
      w[2][i] = (uint32_t)(p0 >> 32) ^ w[3][i] ^ k1;
      w[3][i] = (uint32_t)p0;
    }
    k0 += IZH_PHILOX_W0;
    k1 += IZH_PHILOX_W1;
  }
}

/* Box and Muller: two uniform words to two independent standard normals. */
static inline void box_muller(uint32_t w0, uint32_t w1, float *z0, float *z1) {
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

/* Neurons of one block, as a list of neurons asks for. */
static void gauss_one(izh_key key, uint32_t first, uint32_t n, uint64_t k, float *z) {
  izh_block block = izh_philox(key, first / 4, 0, (uint32_t)k, (uint32_t)(k >> 32));
  float four[4];
  box_muller(block.w[0], block.w[1], &four[0], &four[1]);
  box_muller(block.w[2], block.w[3], &four[2], &four[3]);
  memcpy(z, four + first % 4, n * sizeof *z);
}

void izh_gauss(izh_key key, uint32_t first, uint32_t n, uint64_t k, float *z) {
  if (first % 4 + n <= 4) {
    gauss_one(key, first, n, k, z);
    return;
  }
  uint32_t w[4][LANES];
  float lanes[4][LANES];
  for (uint64_t at = first & ~3u, end = (uint64_t)first + n; at < end; at += 4 * LANES) {
    philox_lanes(key, (uint32_t)(at / 4), k, w);
    for (int i = 0; i < LANES; i++) {
      box_muller(w[0][i], w[1][i], &lanes[0][i], &lanes[1][i]);
      box_muller(w[2][i], w[3][i], &lanes[2][i], &lanes[3][i]);
    }
    for (uint32_t j = at < first ? (uint32_t)(first - at) : 0; j < 4 * LANES && at + j < end; j++)
      z[at + j - first] = lanes[j % 4][j / 4];
  }
}
