/* A spool: blocks of one size that are added one after another and read in any order. They are kept in memory
 * up to a limit, and then in a temporary file. The file has no name, so it vanishes when the process ends, in
 * whatever way. */
#ifndef IZH_BASE_SPOOL_H
#define IZH_BASE_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

typedef struct izh_spool izh_spool;

/* limit_bytes: how much the blocks in memory may take; 0: all blocks go to the file. The file is made when it
 * is first needed, in the folder that the environment variable TMPDIR names, else in /var/tmp. IZH_MEMORY. */
izh_status izh_spool_create(size_t block_bytes, unsigned long long limit_bytes, izh_spool **spool,
                            izh_err *err);
void izh_spool_free(izh_spool *spool); /* NULL is allowed */

/* Adds a block. IZH_IO when the file cannot be made or the disk is full; then the spool is unchanged. */
izh_status izh_spool_append(izh_spool *spool, const void *block, izh_err *err);

/* Reads bytes of a block that was added. IZH_IO. */
izh_status izh_spool_read(const izh_spool *spool, uint64_t block, size_t offset, void *out, size_t bytes,
                          izh_err *err);

/* Makes another spool with the same blocks. Blocks that are in a file are copied to another file. IZH_IO,
 * IZH_MEMORY. */
izh_status izh_spool_copy(const izh_spool *spool, izh_spool **copy, izh_err *err);

uint64_t izh_spool_count(const izh_spool *spool);
unsigned long long izh_spool_limit(const izh_spool *spool); /* limit_bytes of izh_spool_create */
double izh_spool_bytes(const izh_spool *spool);             /* bytes that it takes in memory */
bool izh_spool_in_file(const izh_spool *spool);             /* whether some blocks are in the file */

#endif
