/* Vectors as wide as the instruction set that a file is compiled for. They are for those loops of isa.h that
 * compilers do not vectorize well by themselves. Operators work on them as on numbers. Intrinsics occur only
 * in this file, and each has a plain equivalent, for other processors and for IZH_PLAIN. */
#ifndef IZH_CORE_VECTOR_H
#define IZH_CORE_VECTOR_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && !defined(IZH_PLAIN)
#define IZH_VECTOR_X86
#include <immintrin.h>
#endif

#if defined(IZH_VECTOR_X86) && defined(__AVX512DQ__)
#define IZH_VECTOR_BYTES 64
#elif defined(IZH_VECTOR_X86) && defined(__AVX2__)
#define IZH_VECTOR_BYTES 32
#else
#define IZH_VECTOR_BYTES 16
#endif

/* Put before a loop over neurons: it promises that no turn reads what another turn writes. */
#ifdef __clang__
#define IZH_VECTORIZE _Pragma("clang loop vectorize(assume_safety)")
#else
#define IZH_VECTORIZE _Pragma("GCC ivdep")
#endif

#define IZH_VECTOR_INLINE static inline __attribute__((always_inline))

typedef uint64_t izh_vwords __attribute__((vector_size(IZH_VECTOR_BYTES)));
typedef double izh_vreals __attribute__((vector_size(IZH_VECTOR_BYTES)));
typedef uint32_t izh_vbits __attribute__((vector_size(IZH_VECTOR_BYTES)));
typedef int32_t izh_vints __attribute__((vector_size(IZH_VECTOR_BYTES)));
typedef float izh_vfloats __attribute__((vector_size(IZH_VECTOR_BYTES)));
enum { IZH_VECTOR = IZH_VECTOR_BYTES / 8 }; /* numbers of 64 bits in a vector */

IZH_VECTOR_INLINE izh_vwords izh_vwords_all(uint64_t x) {
  return (izh_vwords){0} + x;
}

IZH_VECTOR_INLINE izh_vreals izh_vreals_all(double x) {
  return x - (izh_vreals){0}; /* x + 0 would make 0 of -0 */
}

IZH_VECTOR_INLINE izh_vreals izh_vreals_at(const double *x) {
  izh_vreals r;
  memcpy(&r, x, sizeof r);
  return r;
}

/* Multiplies the low halves of each two numbers. */
IZH_VECTOR_INLINE izh_vwords izh_vwords_multiply(izh_vwords a, izh_vwords b) {
#if !defined(IZH_VECTOR_X86)
  return (a & 0xffffffffu) * (b & 0xffffffffu);
#elif IZH_VECTOR_BYTES == 64
  return (izh_vwords)_mm512_mul_epu32((__m512i)a, (__m512i)b);
#elif IZH_VECTOR_BYTES == 32
  return (izh_vwords)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#else
  return (izh_vwords)_mm_mul_epu32((__m128i)a, (__m128i)b);
#endif
}

IZH_VECTOR_INLINE izh_vfloats izh_vfloats_root(izh_vfloats x) {
#if !defined(IZH_VECTOR_X86)
  for (int i = 0; i < 2 * IZH_VECTOR; i++) x[i] = sqrtf(x[i]);
  return x;
#elif IZH_VECTOR_BYTES == 64
  return (izh_vfloats)_mm512_sqrt_ps((__m512)x);
#elif IZH_VECTOR_BYTES == 32
  return (izh_vfloats)_mm256_sqrt_ps((__m256)x);
#else
  return (izh_vfloats)_mm_sqrt_ps((__m128)x);
#endif
}

/* A bit for each number of a vector; the lowest bit is the first number. */
#if IZH_VECTOR_BYTES == 64
typedef __mmask8 izh_vmask;
#else
typedef uint8_t izh_vmask;
#endif
enum { IZH_VMASK_ALL = (1 << IZH_VECTOR) - 1 };

/* The mask of the result of a comparison of vectors: where it is true, all bits of the number are 1. */
IZH_VECTOR_INLINE izh_vmask izh_vmask_of(izh_vwords truth) {
#if !defined(IZH_VECTOR_X86)
  uint32_t bits = 0;
  for (int i = 0; i < IZH_VECTOR; i++) bits |= (uint32_t)(truth[i] & 1) << i;
  return (izh_vmask)bits;
#elif IZH_VECTOR_BYTES == 64
  return _mm512_movepi64_mask((__m512i)truth);
#elif IZH_VECTOR_BYTES == 32
  return (izh_vmask)_mm256_movemask_pd((__m256d)truth);
#else
  return (izh_vmask)_mm_movemask_pd((__m128d)truth);
#endif
}

/* The numbers of a where `truth` is true, those of b elsewhere. */
IZH_VECTOR_INLINE izh_vreals izh_vreals_choose(izh_vwords truth, izh_vreals a, izh_vreals b) {
  return (izh_vreals)(((izh_vwords)a & truth) | ((izh_vwords)b & ~truth));
}

/* For which numbers of a vector something holds, as the instruction set likes to have it. */
#if defined(IZH_VECTOR_X86) && IZH_VECTOR_BYTES == 64
typedef izh_vmask izh_vtest;
IZH_VECTOR_INLINE izh_vtest izh_vtest_all(void) {
  return IZH_VMASK_ALL;
}
IZH_VECTOR_INLINE izh_vmask izh_vtest_mask(izh_vtest test) {
  return test;
}
#else
typedef izh_vwords izh_vtest;
IZH_VECTOR_INLINE izh_vtest izh_vtest_all(void) {
  return izh_vwords_all(~UINT64_C(0));
}
IZH_VECTOR_INLINE izh_vmask izh_vtest_mask(izh_vtest test) {
  return izh_vmask_of(test);
}
#endif

/* Those of `among` with x[i] ≥ low[i]. For NaN this is false. */
IZH_VECTOR_INLINE izh_vtest izh_vreals_least(izh_vtest among, izh_vreals x, izh_vreals low) {
#if defined(IZH_VECTOR_X86) && IZH_VECTOR_BYTES == 64
  return _mm512_mask_cmp_pd_mask(among, (__m512d)x, (__m512d)low, _CMP_GE_OQ);
#else
  return among & (izh_vwords)(x >= low);
#endif
}

/* Those of `among` with low[i] < x[i] < high[i]. For NaN this is false. */
IZH_VECTOR_INLINE izh_vtest izh_vreals_inside(izh_vtest among, izh_vreals x, izh_vreals low,
                                              izh_vreals high) {
#if defined(IZH_VECTOR_X86) && IZH_VECTOR_BYTES == 64
  izh_vmask above = _mm512_mask_cmp_pd_mask(among, (__m512d)x, (__m512d)low, _CMP_GT_OQ);
  return _mm512_mask_cmp_pd_mask(above, (__m512d)x, (__m512d)high, _CMP_LT_OQ);
#else
  return among & (izh_vwords)(x > low) & (izh_vwords)(x < high);
#endif
}

#endif
