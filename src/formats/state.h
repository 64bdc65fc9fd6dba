/* The file of a network's state (.izh): a header, bytes of which only the core knows the meaning, a checksum.
 *
 *   0  8 bytes   0x89 "IZH" CR LF 0x1a LF, of which a transfer as text spoils one
 *   8  uint32    0x01020304: the byte order of all numbers, that of the machine
 *  12  uint32    version of the format
 *  16  uint64    n, the length of the state
 *  24  16 bytes  version of izhlua, text, filled with zeros
 *  40  n bytes   the state
 *      uint64    CRC-64 (crc64.h) of all that is before */
#ifndef IZH_FORMATS_STATE_H
#define IZH_FORMATS_STATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum { IZH_STATE_VERSION = 9 };

/* Begins a file, which appears whole or not at all, for a state of this length; *writer is the caller's until
 * commit or abandon. IZH_IO, IZH_MEMORY. */
typedef struct izh_state_writer izh_state_writer;
izh_status izh_state_begin(const char *path, uint64_t length, izh_state_writer **writer, izh_err *err);
/* Appends. For a function that takes any context. */
izh_status izh_state_write(void *writer, void *bytes, size_t size, izh_err *err);
izh_status izh_state_commit(izh_state_writer *writer, izh_err *err);
/* The state cannot be written, on this rank or on all, as *err says. Returns that failure, or that of a rank
 * before this one. */
izh_status izh_state_abandon(izh_state_writer *writer, izh_err *err);

/* Opens a file whose checksum is right; *length is that of the state. IZH_IO; IZH_FORMAT, with the reason:
 * another kind of file, another byte order, a newer version, cut short, damaged. */
typedef struct izh_state_reader izh_state_reader;
izh_status izh_state_open(const char *path, izh_state_reader **reader, uint64_t *length, izh_err *err);
/* The next bytes of the state, for a function that takes any context. IZH_IO, also when the file has changed.
 */
izh_status izh_state_read(void *reader, void *bytes, size_t size, izh_err *err);
void izh_state_close(izh_state_reader *reader);

#endif
