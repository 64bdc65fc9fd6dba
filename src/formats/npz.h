/* NumPy's .npz: named arrays, each a .npy file in a zip archive. Written without compression, as np.savez
 * does; read with or without it. */
#ifndef IZH_FORMATS_NPZ_H
#define IZH_FORMATS_NPZ_H

#include "formats/array.h"

/* Whole or not at all. IZH_IO, IZH_MEMORY, and what fill gives. */
izh_status izh_npz_save(const char *path, const izh_source *sources, size_t n, izh_err *err);

/* All arrays, in the order of the file; see izh_npy_load. */
izh_status izh_npz_load(const char *path, izh_table *table, izh_err *err);

#endif
