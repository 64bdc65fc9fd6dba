/* The module behind formats/hdf5.h. It takes what it uses of base and formats from the program that loads
 * it. */
#include "formats/hdf5.h"

#include <string.h>
#include <strings.h>

#include "formats/hdf5/read.h"
#include "formats/hdf5/write.h"

extern const izh_h5 izh_h5_module;

/* Are there arrays that are in no group, as a file has them that is of no kind. */
static bool has_sets(const izh_h5_reader *r) {
  izh_h5_member member;
  bool has = false;
  for (hsize_t k = 0; izh_h5_next(r, r->file, k, &member); k++) has |= member.is_set;
  return has;
}

static izh_status read_content(izh_h5_reader *r, const izh_wanted *wanted) {
  const char *ending = strrchr(r->path, '.');
  r->all = wanted->content == IZH_CONTENT_NUMBERS;
  r->matlab = ending && strcasecmp(ending, ".mat") == 0;
  if (r->all || r->matlab) return izh_h5_tree(r);
  bool edges = wanted->content == IZH_CONTENT_EDGES,
       sonata = izh_h5_has(r, r->file, edges ? "edges" : "spikes");
  bool units = izh_h5_has(r, r->file, "units") || (ending && strcasecmp(ending, ".nwb") == 0);
  if (!sonata && !units && has_sets(r)) return izh_h5_tree(r);
  if (edges) return izh_h5_sonata_edges(r, wanted->population);
  return units && !sonata ? izh_h5_units(r) : izh_h5_sonata_spikes(r, wanted->population);
}

static izh_status load(const char *path, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  izh_h5_reader reader;
  izh_status status = izh_h5_open(&reader, path, table, err);
  if (!status) status = read_content(&reader, wanted);
  return izh_h5_close(&reader, status);
}

const izh_h5 izh_h5_module = {.save_spikes = izh_h5_save_spikes,
                              .save_units = izh_h5_save_units,
                              .save_edges = izh_h5_save_edges,
                              .load = load,
                              .join = izh_sandbox_join};
