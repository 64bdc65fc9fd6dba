/* Files that are read, with errors that name them. */
#ifndef IZH_FORMATS_INPUT_H
#define IZH_FORMATS_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

typedef struct izh_input izh_input;

/* IZH_IO: `cannot read "path": why`. Owned by the caller. */
izh_status izh_input_open(const char *path, izh_input **input, izh_err *err);
void izh_input_close(izh_input *input); /* NULL is allowed */

/* Up to `size` bytes, fewer only at the end; *got says how many. IZH_IO. */
izh_status izh_input_read(izh_input *input, void *data, size_t size, size_t *got, izh_err *err);
/* Bytes of the file; IZH_FORMAT for what has no size, such as a pipe. */
izh_status izh_input_size(const izh_input *input, unsigned long long *size, izh_err *err);

/* Goes on reading at an offset. IZH_IO. */
izh_status izh_input_seek(izh_input *input, unsigned long long offset, izh_err *err);

/* Is there something at a path. */
bool izh_input_exists(const char *path);

/* A path for a library that opens the file itself: that of the open file in a sandbox, as the other might
 * lead out of it by then. Valid until the file is closed. */
const char *izh_input_for_library(izh_input *input);

const char *izh_input_path(const izh_input *input);
/* IZH_FORMAT: `cannot read "path": why`. */
izh_status izh_input_wrong(const izh_input *input, izh_err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
