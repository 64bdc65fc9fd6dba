/* Blocks of one size that are added one after another and read in any order: in memory up to a limit, then in
 * a temporary file without a name, which vanishes with the process however that ends. */
#ifndef IZH_BASE_SPOOL_H
#define IZH_BASE_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

typedef struct izh_spool izh_spool;

/* The limit holds for the blocks in memory; 0: all in the file. The file is made when it is first needed, in
 * the folder that the environment variable TMPDIR names, else in /var/tmp. IZH_MEMORY. */
izh_status izh_spool_create(size_t block_bytes, unsigned long long limit_bytes, izh_spool **spool,
                            izh_err *err);
void izh_spool_free(izh_spool *spool); /* NULL is allowed */

/* IZH_IO: the file cannot be made, or is full; the spool is then as before. */
izh_status izh_spool_append(izh_spool *spool, const void *block, izh_err *err);

/* A part of a block that has been added. IZH_IO. */
izh_status izh_spool_read(const izh_spool *spool, uint64_t block, size_t offset, void *out, size_t bytes,
                          izh_err *err);

/* Another spool with the same blocks. A copy of what is in a file is in a file again. IZH_IO, IZH_MEMORY. */
izh_status izh_spool_copy(const izh_spool *spool, izh_spool **copy, izh_err *err);

uint64_t izh_spool_count(const izh_spool *spool);
unsigned long long izh_spool_limit(const izh_spool *spool); /* as it was made with */
double izh_spool_bytes(const izh_spool *spool);             /* that it takes in memory */
bool izh_spool_in_file(const izh_spool *spool);             /* has the limit been reached */

#endif
