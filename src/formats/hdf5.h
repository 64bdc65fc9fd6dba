/* HDF5 files: spikes and edges in the layout of SONATA (https://github.com/AllenInstitute/sonata), spikes as
 * the units of NWB 2. The HDF5 library, and what it needs, takes longer to load than most scripts to run: it
 * is behind a module that is loaded when first needed. Ids in these files count from 0: they are ours less
 * one. */
#ifndef IZH_FORMATS_HDF5_H
#define IZH_FORMATS_HDF5_H

#include "formats/format.h"

typedef struct izh_h5 {
  /* /spikes/network: timestamps (ms), node_ids; whole or not at all. IZH_IO, IZH_MEMORY. */
  izh_status (*save_spikes)(const char *path, const izh_spikes_out *spikes, izh_err *err);
  /* The table units of an NWB file; times in s. */
  izh_status (*save_units)(const char *path, const izh_spikes_out *spikes, izh_err *err);
  /* /edges/<name> and /nodes/network. */
  izh_status (*save_edges)(const char *path, const izh_edges_out *edges, izh_err *err);
  /* Both kinds of spikes, as arrays "times" (ms), "senders" (ids from 1) and, if the file knows them,
   * "neurons" and "window". population: which one of a file that has several; NULL: the only one. IZH_FORMAT,
   * IZH_IO, IZH_MEMORY. */
  izh_status (*load_spikes)(const char *path, const char *population, izh_table *table, izh_err *err);
  /* Edges, as arrays "pre", "post" (ids from 1 in their populations), and "weight" and "delay" if the file
   * has them. */
  izh_status (*load_edges)(const char *path, const char *population, izh_table *table, izh_err *err);
} izh_h5;

#endif
