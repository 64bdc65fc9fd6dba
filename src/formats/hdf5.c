#include "formats/hdf5.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "base/module.h"
#include "base/output.h"
#include "base/sandbox.h"
#include "formats/apart.h"
#include "formats/input.h"

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
  if (!found) return status;
  (*h5)->join(izh_sandbox_now());
  loaded = found;
  return status;
}

/* What is asked of the module, in a process of its own: the library takes neither damaged files nor want of
 * memory well. */
typedef struct job {
  const izh_h5 *h5;
  const char *path; /* to read */
  izh_output *out;  /* to write */
  const izh_wanted *wanted;
  const izh_spikes_out *spikes;
  const izh_edges_out *edges;
  bool units;
} job;

static izh_status work(const void *context, izh_table *table, izh_err *err) {
  const job *j = context;
  if (j->wanted) return j->h5->load(j->path, j->wanted, table, err);
  if (j->edges) return j->h5->save_edges(j->out, j->edges, err);
  return j->units ? j->h5->save_units(j->out, j->spikes, err) : j->h5->save_spikes(j->out, j->spikes, err);
}

/* Limits for the reading of a file: no honest one takes so much. */
static const double MOST_BYTES = 256e6, BYTES_A_BYTE = 3000, MOST_SECONDS = 5, BYTES_A_SECOND = 2e6;

static izh_status limit_reading(izh_apart *apart, const char *path, izh_err *err) {
  izh_input *input; /* says why it cannot be opened */
  unsigned long long size = 0;
  izh_status status = izh_input_open(path, &input, err);
  if (status) return status;
  status = izh_input_size(input, &size, err);
  izh_input_close(input);
  double bytes = MOST_BYTES + BYTES_A_BYTE * (double)size, room = (double)izh_memory_free();
  apart->bytes = (unsigned long long)(bytes < room ? bytes : room);
  apart->seconds = (unsigned)(MOST_SECONDS + (double)size / BYTES_A_SECOND);
  return status;
}

static izh_status ask(job *j, izh_apart *apart, izh_table *table, izh_err *err) {
  apart->work = work;
  apart->context = j;
  return izh_apart_do(apart, table, err);
}

static izh_status read_file(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  char what[IZH_ERR_MESSAGE_SIZE];
  job j = {.wanted = wanted, .path = file->path};
  izh_apart apart = {.what = what};
  *table = (izh_table){0};
  snprintf(what, sizeof what, "cannot read \"%s\"", file->path);
  izh_status status = load(file, &j.h5, err);
  if (!status) status = limit_reading(&apart, file->path, err);
  return status ? status : ask(&j, &apart, table, err);
}

/* A .mat file of version 7.3 is an HDF5 file, and others are not. */
static izh_status read_mat(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  static const char old[] = "MATLAB 5.0 MAT-file";
  char begin[sizeof old] = "";
  size_t got = 0;
  izh_input *input;
  *table = (izh_table){0};
  izh_status status = izh_input_open(file->path, &input, err);
  if (status) return status;
  status = izh_input_read(input, begin, sizeof old - 1, &got, err);
  if (!status && strcmp(begin, old) == 0)
    status =
        izh_input_wrong(input, err,
                        "it is a MATLAB file of version 5; in MATLAB save(\"x.mat\", \"t\", \"id\", "
                        "\"-v7.3\") or writematrix(x, \"x.csv\") writes one that can be read, and in Python "
                        "np.savez(\"x.npz\", **scipy.io.loadmat(\"x.mat\"))");
  izh_input_close(input);
  return status ? status : read_file(file, wanted, table, err);
}

/* The process of its own writes what this one has opened and gives its place: so whatever ends that process,
 * nothing is left of the file. */
static izh_status ask_to_write(const izh_file *file, job *j, izh_err *err) {
  char what[IZH_ERR_MESSAGE_SIZE];
  izh_table nothing;
  snprintf(what, sizeof what, "cannot write \"%s\"", file->path);
  izh_status status = load(file, &j->h5, err);
  if (!status) status = izh_output_begin(file->path, &j->out, err);
  if (status) return status;
  status = ask(j, &(izh_apart){.what = what}, &nothing, err);
  if (status) {
    izh_output_failed(j->out, err);
    izh_output_abandon(j->out);
    return status;
  }
  izh_table_free(&nothing);
  return izh_output_commit(j->out, err);
}

static izh_status write_spikes(const izh_file *file, const izh_spikes_out *spikes, izh_err *err) {
  return ask_to_write(file, &(job){.spikes = spikes}, err);
}

static izh_status write_units(const izh_file *file, const izh_spikes_out *spikes, izh_err *err) {
  return ask_to_write(file, &(job){.spikes = spikes, .units = true}, err);
}

static izh_status write_edges(const izh_file *file, const izh_edges_out *edges, izh_err *err) {
  return ask_to_write(file, &(job){.edges = edges}, err);
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
const izh_format izh_format_mat = {
    .ending = ".mat",
    .help = "MATLAB, version 7.3: arrays by name",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .layout = IZH_LAYOUT_OWN,
    .read = read_mat,
};
