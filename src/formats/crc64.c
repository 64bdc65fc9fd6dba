#include "formats/crc64.h"

#include <pthread.h>

enum { WIDTH = 8 }; /* bytes taken at once */

/* table[k][b]: what byte b contributes when k bytes follow it. Filled at the first use. */
static uint64_t table[WIDTH][256];

static void fill(void) {
  for (unsigned b = 0; b < 256; b++) {
    uint64_t crc = b;
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? UINT64_C(0xc96c5795d7870f42) : 0);
    table[0][b] = crc;
  }
  for (int k = 1; k < WIDTH; k++)
    for (unsigned b = 0; b < 256; b++) table[k][b] = table[k - 1][b] >> 8 ^ table[0][table[k - 1][b] & 0xff];
}

uint64_t izh_crc64(uint64_t crc, const void *bytes, size_t size) {
  static pthread_once_t filled = PTHREAD_ONCE_INIT;
  pthread_once(&filled, fill);
  const unsigned char *at = bytes;
  crc = ~crc;
  for (; size >= WIDTH; at += WIDTH, size -= WIDTH) {
    uint64_t next = 0;
    for (int k = 0; k < WIDTH; k++) next ^= table[WIDTH - 1 - k][(crc >> 8 * k & 0xff) ^ at[k]];
    crc = next;
  }
  for (; size > 0; size--) crc = crc >> 8 ^ table[0][(crc & 0xff) ^ *at++];
  return ~crc;
}
