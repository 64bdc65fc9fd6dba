/* Output files that appear whole or not at all. A file is written in its folder without a name, or under a
 * temporary name if the file system needs one. When it is on the disk, it gets its final name. An old file
 * survives a full disk, an error, a kill or a power failure. */
#ifndef IZH_BASE_OUTPUT_H
#define IZH_BASE_OUTPUT_H

#include <stddef.h>

#include "base/status.h"

typedef struct izh_output izh_output;

/* Begins a file that will be at path. If path is a link, the file that it points to is written, unless it is
 * somebody else's link in a folder where everybody may put one. IZH_IO when the folder cannot be written to,
 * or when path is a folder. A device or a pipe is written directly, as it has no content to keep; so is the
 * file that the standard output or error goes to, after what was printed. *out is owned by the caller until
 * commit or abandon. */
izh_status izh_output_begin(const char *path, izh_output **out, izh_err *err);

/* Appends. commit reports a failure again; with other ranks only commit does, so that all do the same until
 * then. */
izh_status izh_output_write(izh_output *out, const void *data, size_t size, izh_err *err);

/* Where the file will be; valid as long as out. */
const char *izh_output_path(const izh_output *out);

/* Overwrites bytes that have been appended before; a failure is said as that of izh_output_write. IZH_IO for
 * a device or a pipe. */
izh_status izh_output_patch(izh_output *out, unsigned long long offset, const void *data, size_t size,
                            izh_err *err);

/* What another process was to write into it has failed, as *why says: it must be abandoned. */
void izh_output_failed(izh_output *out, const izh_err *why);

/* Closes the file and renames it to its final path. On failure the old file is still there and the temporary
 * one is gone. Frees out in every case. */
izh_status izh_output_commit(izh_output *out, izh_err *err);

/* All of this at once: a file with these bytes. */
izh_status izh_output_file(const char *path, const void *data, size_t size, izh_err *err);

/* Removes the temporary file and frees out. NULL is allowed. */
void izh_output_abandon(izh_output *out);

/* Removes the temporary files of this process. A handler of a signal that ends the process may call it: it
 * calls only what may be called there. */
void izh_output_remove_all(void);

#endif
