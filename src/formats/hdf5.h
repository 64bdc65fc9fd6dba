/* HDF5 files: spikes and edges in the layout of SONATA (https://github.com/AllenInstitute/sonata), spikes as
 * the units of NWB 2. The HDF5 library, and what it needs, takes longer to load than most scripts to run: it
 * is behind a module that is loaded when first needed. Ids of SONATA count from 0, and those of NWB are
 * names; in what we write both are our ids less one. */
#ifndef IZH_FORMATS_HDF5_H
#define IZH_FORMATS_HDF5_H

#include "base/output.h"
#include "base/sandbox.h"
#include "formats/format.h"

typedef struct izh_h5 {
  /* /spikes/network: timestamps (ms), node_ids. What is saved is written to a file that its owner commits.
   * IZH_IO, IZH_MEMORY. */
  izh_status (*save_spikes)(izh_output *out, const izh_spikes_out *spikes, izh_err *err);
  /* The table units of an NWB file; times in s. */
  izh_status (*save_units)(izh_output *out, const izh_spikes_out *spikes, izh_err *err);
  /* /edges/<name> and /nodes/network. */
  izh_status (*save_edges)(izh_output *out, const izh_edges_out *edges, izh_err *err);
  /* Spikes of SONATA or of the units of NWB, as arrays that columns.h finds, with "neurons" and "window" if
   * the file knows them; SONATA's edges, each with what its group or its type says of it; or all there is.
   * Empty on failure. IZH_FORMAT, IZH_IO, IZH_SIZE, IZH_MEMORY. */
  izh_status (*load)(const char *path, const izh_wanted *wanted, izh_table *table, izh_err *err);
  void (*join)(izh_sandbox *sandbox); /* izh_sandbox_join of the module */
} izh_h5;

#endif
