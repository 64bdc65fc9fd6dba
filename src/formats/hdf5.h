/* HDF5 files: spikes and edges in the layout of SONATA (https://github.com/AllenInstitute/sonata), spikes as
 * the units of NWB 2. The HDF5 library, and what it needs, takes longer to load than most scripts to run: it
 * is behind a module that is loaded when first needed. Ids in these files count from 0: they are ours less
 * one. */
#ifndef IZH_FORMATS_HDF5_H
#define IZH_FORMATS_HDF5_H

#include "formats/array.h"

typedef struct izh_h5_spikes {
  size_t n;
  const double *t_ms, *ids; /* [n] by time; ids from 1 */
  size_t n_neurons;
  const double *neurons; /* [n_neurons] ids, ascending, silent ones included */
  double from_ms, to_ms;
} izh_h5_spikes;

/* Some neurons with consecutive ids. */
typedef struct izh_h5_population {
  const char *name;
  size_t size;
} izh_h5_population;

typedef struct izh_h5_edges {
  const char *name;
  izh_source pre, post, weight, delay; /* pre, post: ids from 1 */
  size_t n_populations;
  const izh_h5_population *populations; /* [n_populations], in order of id: all neurons */
} izh_h5_edges;

typedef struct izh_h5 {
  /* /spikes/network: timestamps (ms), node_ids; whole or not at all. IZH_IO, IZH_MEMORY. */
  izh_status (*save_spikes)(const char *path, const izh_h5_spikes *spikes, izh_err *err);
  /* The table units of an NWB file; times in s. */
  izh_status (*save_units)(const char *path, const izh_h5_spikes *spikes, izh_err *err);
  /* /edges/<name> and /nodes/network. */
  izh_status (*save_edges)(const char *path, const izh_h5_edges *edges, izh_err *err);
  /* Both kinds of spikes, as arrays "times" (ms), "senders" (ids from 1) and, if the file knows them,
   * "neurons" and "window". population: which one of a file that has several; NULL: the only one. IZH_FORMAT,
   * IZH_IO, IZH_MEMORY. */
  izh_status (*load_spikes)(const char *path, const char *population, izh_table *table, izh_err *err);
  /* Edges, as arrays "pre", "post" (ids from 1 in their populations), and "weight" and "delay" if the file
   * has them. */
  izh_status (*load_edges)(const char *path, const char *population, izh_table *table, izh_err *err);
} izh_h5;

/* The module at a path, loaded once. IZH_IO: it is not there, or what it needs is not. */
izh_status izh_h5_load(const char *module, const izh_h5 **h5, izh_err *err);

#endif
