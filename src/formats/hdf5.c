#include "formats/hdf5.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/module.h"

/* The module, loaded once. IZH_IO: it is not there, or what it needs is not. */
static izh_status load(const izh_file *file, const izh_h5 **h5, izh_err *err) {
  static const char name[] = "/hdf5.so";
  static const izh_h5 *_Atomic loaded;
  *h5 = loaded;
  if (loaded) return IZH_OK;
  size_t size = strlen(file->modules) + sizeof name;
  char *path = izh_alloc(size, 1);
  if (!path) return izh_fail_memory(err, size);
  snprintf(path, size, "%s%s", file->modules, name);
  const void *found = NULL;
  izh_status status;
  if (access(path, F_OK) != 0)
    status =
        izh_fail(err, IZH_IO,
                 "izhlua was built without HDF5, and cannot read or write .h5 and .nwb files (with Debian's "
                 "libhdf5-dev installed, build it again)");
  else
    status = izh_module_load(path, "izh_h5_module", "HDF5", &found, err);
  izh_free(path);
  *h5 = found;
  if (found) loaded = found;
  return status;
}

static izh_status read_file(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  const izh_h5 *h5;
  izh_status status = load(file, &h5, err);
  if (status) return status;
  return h5->load(file->path, wanted, table, err);
}

static izh_status write_spikes(const izh_file *file, const izh_spikes_out *spikes, izh_err *err) {
  const izh_h5 *h5;
  izh_status status = load(file, &h5, err);
  return status ? status : h5->save_spikes(file->path, spikes, err);
}

static izh_status write_units(const izh_file *file, const izh_spikes_out *spikes, izh_err *err) {
  const izh_h5 *h5;
  izh_status status = load(file, &h5, err);
  return status ? status : h5->save_units(file->path, spikes, err);
}

static izh_status write_edges(const izh_file *file, const izh_edges_out *edges, izh_err *err) {
  const izh_h5 *h5;
  izh_status status = load(file, &h5, err);
  return status ? status : h5->save_edges(file->path, edges, err);
}

const izh_format izh_format_h5 = {
    .ending = ".h5",
    .help = "HDF5: SONATA's spikes or edges",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .writes = IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .layout = IZH_LAYOUT_OWN,
    .read = read_file,
    .write_spikes = write_spikes,
    .write_edges = write_edges,
};
const izh_format izh_format_nwb = {
    .ending = ".nwb",
    .help = "HDF5: the units of NWB",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES,
    .writes = IZH_CONTENT_SPIKES,
    .layout = IZH_LAYOUT_OWN,
    .read = read_file,
    .write_spikes = write_units,
};
