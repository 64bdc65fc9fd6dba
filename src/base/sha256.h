/* SHA-256 (FIPS 180-4), by which a figure names the files that made it. */
#ifndef IZH_BASE_SHA256_H
#define IZH_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { IZH_SHA256_SIZE = 65 };

typedef struct izh_sha256 {
  uint32_t state[8];
  uint64_t size; /* bytes so far */
  unsigned char block[64];
} izh_sha256;

void izh_sha256_begin(izh_sha256 *sum);
void izh_sha256_add(izh_sha256 *sum, const void *bytes, size_t size);
/* The sum of all that was added, in hexadecimal, NUL-terminated. */
void izh_sha256_end(izh_sha256 *sum, char text[IZH_SHA256_SIZE]);

/* All three. */
void izh_sha256_of(const void *bytes, size_t size, char text[IZH_SHA256_SIZE]);

#endif
