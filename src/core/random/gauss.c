/* The Gaussian noise of the step loop, with the same bits in vectors of any width. Compiled once for each
 * instruction set, see isa.h. */
#include <string.h>

#include "base/ieee.h"
#include "core/isa/isa.h"
#include "core/random/philox_lanes.h"
#include "core/random/random.h"

/* Neuron 64 g + 16 c + l has number c of the block with counter (16 g + l, 0, k). So the numbers of 16
 * blocks, which are made together, are in order. */
enum { LANES = IZH_LANES, TILE = 4 * LANES };

/* Box and Muller: makes two independent standard normal numbers from two uniform words, for each element of
 * the vectors. The polynomials are minimax. */
IZH_VECTOR_INLINE void box_muller(izh_vbits w0, izh_vbits w1, izh_vfloats *z0, izh_vfloats *z1) {
  /* The radius is √(-2 log u), u = n/2^31 in (0, 1] with 31 bits. We write u = 2^e (1 + f) with 1 + f in
   * [√½, √2), and -2 log(1 + f) = f q. The relative error of q is below 2e-7, so the radius is also accurate
   * near u = 1. */
  izh_vfloats n = __builtin_convertvector((izh_vints)(w0 >> 1), izh_vfloats) + 0.5f;
  const uint32_t root = 0x3f3504f3u; /* the bits of √½ */
  izh_vbits above = (izh_vbits)n - (root + (31u << 23));
  izh_vfloats e = __builtin_convertvector((izh_vints)above >> 23, izh_vfloats);
  izh_vfloats f = (izh_vfloats)((above & 0x7fffffu) + root) - 1;
  izh_vfloats q = f * 0.202137862f - 0.324451593f;
  q = q * f + 0.345016603f;
  q = q * f - 0.398003312f;
  q = q * f + 0.499398181f;
  q = q * f - 0.666701179f;
  q = q * f + 1.000007302f;
  q = q * f - 2;
  izh_vfloats radius = izh_vfloats_root(e * -1.386294361f + f * q);

  /* The other word gives an angle between -¼ and ¼ turn. The unused bit of the first word may change the sign
   * of the cosine; so the angle may be anywhere in the circle. */
  izh_vfloats x = __builtin_convertvector((izh_vints)w1, izh_vfloats) * 0x1p-32f, y = x * x;
  izh_vfloats sine = y * 0.0775603870f - 0.598242126f; /* sin(π x) / x, relative error 5e-9 */
  sine = sine * y + 2.550069726f;
  sine = sine * y - 5.167709685f;
  sine = sine * y + 3.141592637f;
  izh_vfloats cosine = y * 0.219696799f - 1.331880161f; /* cos(π x), error 5e-8 */
  cosine = cosine * y + 4.058411914f;
  cosine = cosine * y - 4.934792859f;
  cosine = cosine * y + 0.999999953f;
  *z0 = (izh_vfloats)((izh_vbits)(radius * cosine) ^ w0 << 31);
  *z1 = radius * (x * sine);
}

/* The noise of the neurons 64 tile … 64 tile + 63. */
IZH_VECTOR_INLINE void gauss_tile(izh_key key, uint32_t tile, uint64_t k, float z[TILE]) {
  uint32_t w[4][LANES];
  izh_philox_lanes(key, (const uint32_t[4]){tile * LANES, 0, (uint32_t)k, (uint32_t)(k >> 32)}, w);
  for (int c = 0; c < 4; c += 2)
    for (int at = 0; at < LANES; at += 2 * IZH_VECTOR) {
      izh_vbits w0, w1;
      izh_vfloats z0, z1;
      memcpy(&w0, &w[c][at], sizeof w0);
      memcpy(&w1, &w[c + 1][at], sizeof w1);
      box_muller(w0, w1, &z0, &z1);
      memcpy(&z[c * LANES + at], &z0, sizeof z0);
      memcpy(&z[(c + 1) * LANES + at], &z1, sizeof z1);
    }
}

static float gauss_one(izh_key key, uint32_t neuron, uint64_t k) {
  uint32_t within = neuron % TILE;
  izh_block block =
      izh_philox(key, neuron / TILE * LANES + within % LANES, 0, (uint32_t)k, (uint32_t)(k >> 32));
  const uint32_t *w = block.w + within / (2 * LANES) * 2;
  izh_vfloats z[2];
  box_muller((izh_vbits){w[0]}, (izh_vbits){w[1]}, &z[0], &z[1]);
  return z[within / LANES % 2][0];
}

void IZH_ISA(gauss)(izh_key key, uint32_t first, uint32_t n, uint64_t k, float *z) {
  if (n == 1) { /* a stimulus on a list of neurons asks for one at a time */
    *z = gauss_one(key, first, k);
    return;
  }
  for (uint64_t at = first, end = (uint64_t)first + n; at < end;) {
    uint32_t tile = (uint32_t)(at / TILE), skip = (uint32_t)(at % TILE), take = TILE - skip;
    if (take > end - at) take = (uint32_t)(end - at);
    float part[TILE], *whole = take == TILE ? z + (at - first) : part;
    gauss_tile(key, tile, k, whole);
    if (whole == part) memcpy(z + (at - first), part + skip, take * sizeof *z);
    at += take;
  }
}
