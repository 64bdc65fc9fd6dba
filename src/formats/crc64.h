/* CRC-64 with the polynomial of ECMA-182, reflected, as the .xz format has it. It is never the same for two
 * texts of one length that differ in one bit, or only within 64 neighbouring bits; after other damage, once
 * in 2^64. */
#ifndef IZH_FORMATS_CRC64_H
#define IZH_FORMATS_CRC64_H

#include <stddef.h>
#include <stdint.h>

/* Of the bytes that gave `crc` (0 of none) followed by these. */
uint64_t izh_crc64(uint64_t crc, const void *bytes, size_t size);

#endif
