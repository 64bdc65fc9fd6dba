/* NumPy's .npy: one array. The format is described in numpy.lib.format; versions 1.0, 2.0 and 3.0 are
 * read, 1.0 is written, as little-endian float64 or int64. */
#ifndef IZH_FORMATS_NPY_H
#define IZH_FORMATS_NPY_H

#include "formats/format.h"

/* Whole or not at all, as base/output.h says: one array, or the columns (of one dimension) of an array of
 * doubles. IZH_IO, IZH_MEMORY, and what fill gives. */
izh_status izh_npy_save(const char *path, const izh_source *sources, size_t n, izh_err *err);

/* Reads bool, integers of 1 to 8 bytes and floating-point numbers of 4 and 8 bytes, in either byte order, in
 * C or Fortran order, of up to two dimensions, into table->arrays[0] (without a name). IZH_FORMAT: what it is
 * instead; IZH_IO, IZH_SIZE, IZH_MEMORY. The table is empty on failure. */
izh_status izh_npy_load(const char *path, izh_table *table, izh_err *err);

/* --- for .npz, which holds such files --- */

enum { IZH_NPY_HEADER = 192 };
/* Writes the header of an array; its size, a multiple of 64, is returned. */
size_t izh_npy_header(const izh_source *source, char header[IZH_NPY_HEADER]);
/* Puts numbers as they are kept in the file. */
void izh_npy_encode(izh_element element, const double *values, size_t n, unsigned char *bytes /* [8 n] */);
/* Gives the bytes of words, as they are kept in the file, to `put`. What that says ends it. */
typedef izh_status izh_put(void *to, const void *bytes, size_t size, izh_err *err);
izh_status izh_npy_words(const izh_source *source, izh_put *put, void *to, izh_err *err);

/* Where the bytes come from: all of `size`, or an error. */
typedef struct izh_bytes {
  izh_status (*read)(void *from, void *data, size_t size, izh_err *err);
  void *from;
  unsigned long long size;   /* that there are in all */
  const char *path, *member; /* for messages; member NULL: none */
  bool shape_only;           /* nobody asks for its numbers */
} izh_bytes;
/* Reads one array, and takes `name`, which is owned by it from then on. */
izh_status izh_npy_read(const izh_bytes *bytes, izh_table *table, const char *name, izh_err *err);

#endif
