/* What is written. A file is built in memory, by HDF5's core driver, and written through base/output.h: so it
 * appears whole or not at all, and a full disk is an error like any other, which HDF5 itself does not take
 * well. */
#include "formats/hdf5/write.h"

#include <hdf5.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/output.h"

/* --- writing: a failure is remembered, so that a layout reads like a list --- */

typedef struct writer {
  izh_output *out;
  const char *path; /* of it */
  hid_t file;
  izh_status status;
  izh_err *err;
} writer;

static void fail(writer *w) {
  if (!w->status)
    w->status = izh_fail(w->err, IZH_MEMORY, "cannot write \"%s\": HDF5 ran out of memory", w->path);
}

static void must(writer *w, bool done) {
  if (!done) fail(w);
}

static writer open_writer(izh_output *out, izh_err *err) {
  writer w = {.out = out, .path = izh_output_path(out), .file = -1, .err = err};
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  if (access < 0 || H5Pset_fapl_core(access, 1 << 20, 0) < 0) fail(&w);
  if (!w.status) w.file = H5Fcreate("izhlua", H5F_ACC_TRUNC, H5P_DEFAULT, access);
  if (w.file < 0) fail(&w);
  H5Pclose(access);
  return w;
}

/* The bytes of the file go to the disk. */
static void write_image(writer *w) {
  H5Fflush(w->file, H5F_SCOPE_GLOBAL);
  ssize_t size = H5Fget_file_image(w->file, NULL, 0);
  void *image = size > 0 ? izh_alloc((size_t)size, 1) : NULL;
  if (!image || H5Fget_file_image(w->file, image, (size_t)size) != size)
    fail(w);
  else
    w->status = izh_output_write(w->out, image, (size_t)size, w->err);
  izh_free(image);
}

static izh_status close_writer(writer *w) {
  if (!w->status) write_image(w);
  if (w->file >= 0) H5Fclose(w->file);
  return w->status;
}

static hid_t group(writer *w, hid_t in, const char *name) {
  hid_t made = w->status ? -1 : H5Gcreate2(in, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  must(w, made >= 0);
  return made;
}

static void empty_group(writer *w, hid_t in, const char *name) {
  hid_t made = group(w, in, name);
  if (made >= 0) H5Gclose(made);
}

/* Numbers of a C type as an attribute; n = 0: a single one. */
static void attribute(writer *w, hid_t of, const char *name, hid_t type, hsize_t n, const void *values) {
  if (w->status) return;
  hid_t space = n ? H5Screate_simple(1, &n, NULL) : H5Screate(H5S_SCALAR);
  hid_t made = H5Acreate2(of, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  must(w, made >= 0 && H5Awrite(made, type, values) >= 0);
  if (made >= 0) H5Aclose(made);
  H5Sclose(space);
}

static hid_t text_type(size_t size) {
  hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, size);
  H5Tset_cset(type, H5T_CSET_UTF8);
  return type;
}

/* Strings of variable length, which is what readers expect. */
static void text_attribute(writer *w, hid_t of, const char *name, const char *text) {
  hid_t type = text_type(H5T_VARIABLE);
  attribute(w, of, name, type, 0, &text);
  H5Tclose(type);
}

static hid_t dataset(writer *w, hid_t in, const char *name, hid_t type, int dimensions, const hsize_t *size) {
  if (w->status) return -1;
  hid_t space = dimensions ? H5Screate_simple(dimensions, size, NULL) : H5Screate(H5S_SCALAR);
  hid_t how = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_obj_track_times(how, false); /* the same bytes at any time */
  hid_t made = H5Dcreate2(in, name, type, space, H5P_DEFAULT, how, H5P_DEFAULT);
  must(w, made >= 0);
  H5Pclose(how);
  H5Sclose(space);
  return made;
}

/* n doubles, kept as another type if that is asked for. It is left open, for attributes. */
static hid_t numbers(writer *w, hid_t in, const char *name, hid_t type, size_t n, const double *values) {
  hsize_t size = n;
  hid_t made = dataset(w, in, name, type, 1, &size);
  if (n > 0 && made >= 0)
    must(w, H5Dwrite(made, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
  return made;
}

static void close_set(hid_t set) {
  if (set >= 0) H5Dclose(set);
}

/* values[k] = first + k step */
static double *sequence(writer *w, size_t n, double first, double step) {
  double *values = izh_alloc(n, sizeof *values);
  if (!values && !w->status) w->status = izh_fail_memory(w->err, n * sizeof *values);
  for (size_t k = 0; k < n && values; k++) values[k] = first + (double)k * step;
  return values;
}

/* ids from 0 */
static double *from_zero(writer *w, const double *ids, size_t n) {
  double *values = sequence(w, n, 0, 0);
  for (size_t k = 0; k < n && values; k++) values[k] = ids[k] - 1;
  return values;
}

static void sonata_mark(writer *w) {
  const uint32_t magic = 0x0A7A, version[2] = {0, 1};
  attribute(w, w->file, "magic", H5T_NATIVE_UINT32, 0, &magic);
  attribute(w, w->file, "version", H5T_NATIVE_UINT32, 2, version);
}

/* --- SONATA: spikes --- */

static void sorting(writer *w, hid_t of) {
  static const char *const names[] = {"none", "by_id", "by_time"};
  hid_t type = H5Tenum_create(H5T_NATIVE_UINT8);
  for (uint8_t k = 0; k < 3; k++) H5Tenum_insert(type, names[k], &k);
  const uint8_t by_time = 2;
  attribute(w, of, "sorting", type, 0, &by_time);
  H5Tclose(type);
}

izh_status izh_h5_save_spikes(izh_output *out, const izh_spikes_out *s, izh_err *err) {
  writer w = open_writer(out, err);
  sonata_mark(&w);
  double *ids = from_zero(&w, s->ids, s->n), *neurons = from_zero(&w, s->neurons, s->n_neurons);
  const double window[] = {s->from_ms, s->to_ms};
  hid_t spikes = group(&w, w.file, "spikes"), network = group(&w, spikes, "network");
  sorting(&w, network);
  hid_t t = numbers(&w, network, "timestamps", H5T_IEEE_F64LE, s->n, s->t_ms);
  text_attribute(&w, t, "units", "ms");
  close_set(t);
  close_set(numbers(&w, network, "node_ids", H5T_STD_U64LE, s->n, ids));
  hid_t more = group(&w, w.file, "izhlua"); /* what SONATA has no place for */
  close_set(numbers(&w, more, "neurons", H5T_STD_U64LE, s->n_neurons, neurons));
  close_set(numbers(&w, more, "window", H5T_IEEE_F64LE, 2, window));
  if (more >= 0) H5Gclose(more);
  if (network >= 0) H5Gclose(network);
  if (spikes >= 0) H5Gclose(spikes);
  izh_free(ids);
  izh_free(neurons);
  return close_writer(&w);
}

/* --- SONATA: edges and nodes --- */

typedef struct column {
  writer *w;
  hid_t set;
  double *ids; /* room for ids from 0; NULL: the values as they are */
} column;

static izh_status write_column(void *to, const izh_source *source, const double *values, izh_err *err) {
  column *c = to;
  (void)err;
  for (size_t k = 0; k < source->rows && c->ids; k++) c->ids[k] = values[k] - 1;
  if (source->rows > 0)
    must(c->w,
         H5Dwrite(c->set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, c->ids ? c->ids : values) >= 0);
  return c->w->status;
}

static void edge_column(writer *w, hid_t in, const char *name, hid_t type, const izh_source *source,
                        bool ids) {
  hsize_t size = source->rows;
  column c = {.w = w, .set = dataset(w, in, name, type, 1, &size)};
  if (ids) c.ids = sequence(w, source->rows, 0, 0);
  if (!w->status) {
    izh_status status = izh_source_walk(source, write_column, &c, w->err);
    if (!w->status) w->status = status;
  }
  if (ids) text_attribute(w, c.set, "node_population", "network");
  izh_free(c.ids);
  close_set(c.set);
}

/* Every node or edge is in group 0, at its own place. */
static void group_index(writer *w, hid_t in, const char *kind, size_t n) {
  char name[32];
  double *zero = sequence(w, n, 0, 0), *place = sequence(w, n, 0, 1);
  if (!w->status) {
    snprintf(name, sizeof name, "%s_group_id", kind);
    close_set(numbers(w, in, name, H5T_STD_U32LE, n, zero));
    snprintf(name, sizeof name, "%s_group_index", kind);
    close_set(numbers(w, in, name, H5T_STD_U64LE, n, place));
  }
  izh_free(zero);
  izh_free(place);
}

/* The nodes' types are their populations, which are named in group 0. */
static void write_nodes(writer *w, const izh_edges_out *e) {
  size_t n = 0, longest = 1, at = 0;
  for (size_t p = 0; p < e->n_populations; p++) {
    n += e->populations[p].size;
    if (strlen(e->populations[p].name) > longest) longest = strlen(e->populations[p].name);
  }
  hid_t nodes = group(w, w->file, "nodes"), network = group(w, nodes, "network"),
        zero = group(w, network, "0");
  double *types = sequence(w, n, 0, 0);
  char *names = izh_alloc_zero(n, longest);
  if (!names && !w->status) w->status = izh_fail_memory(w->err, n * longest);
  for (size_t p = 0; p < e->n_populations && types && names; p++)
    for (size_t k = 0; k < e->populations[p].size; k++, at++) {
      types[at] = (double)p;
      memcpy(names + at * longest, e->populations[p].name, strlen(e->populations[p].name));
    }
  if (!w->status) close_set(numbers(w, network, "node_type_id", H5T_STD_I64LE, n, types));
  group_index(w, network, "node", n);
  hid_t type = text_type(longest);
  H5Tset_strpad(type, H5T_STR_NULLPAD);
  hsize_t size = n;
  hid_t set = dataset(w, zero, "population", type, 1, &size);
  if (set >= 0 && n > 0) must(w, H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, names) >= 0);
  close_set(set);
  H5Tclose(type);
  if (zero >= 0) H5Gclose(zero);
  if (network >= 0) H5Gclose(network);
  if (nodes >= 0) H5Gclose(nodes);
  izh_free(types);
  izh_free(names);
}

izh_status izh_h5_save_edges(izh_output *out, const izh_edges_out *e, izh_err *err) {
  const izh_source *columns = e->columns;
  writer w = open_writer(out, err);
  sonata_mark(&w);
  char *name = izh_strdup(e->name);
  if (!name && !w.status) w.status = izh_fail_memory(err, strlen(e->name));
  for (char *c = name; c && *c; c++)
    if (*c == '/' || *c == '.') *c = '_'; /* which HDF5 takes for paths */
  hid_t edges = group(&w, w.file, "edges"), one = name ? group(&w, edges, name) : -1,
        zero = group(&w, one, "0");
  edge_column(&w, one, "source_node_id", H5T_STD_U64LE, &columns[0], true);
  edge_column(&w, one, "target_node_id", H5T_STD_U64LE, &columns[1], true);
  double *types = sequence(&w, columns[0].rows, 0, 0);
  if (!w.status) close_set(numbers(&w, one, "edge_type_id", H5T_STD_I64LE, columns[0].rows, types));
  group_index(&w, one, "edge", columns[0].rows);
  edge_column(&w, zero, "syn_weight", H5T_IEEE_F64LE, &columns[2], false);
  edge_column(&w, zero, "delay", H5T_IEEE_F64LE, &columns[3], false);
  write_nodes(&w, e);
  if (zero >= 0) H5Gclose(zero);
  if (one >= 0) H5Gclose(one);
  if (edges >= 0) H5Gclose(edges);
  izh_free(types);
  izh_free(name);
  return close_writer(&w);
}

/* --- NWB --- */

static uint64_t mix(uint64_t x) { /* SplitMix64 */
  x += UINT64_C(0x9E3779B97F4A7C15);
  x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
  return x ^ x >> 31;
}

/* An identifier of the form of a random UUID, made of the content: the same spikes give the same file. */
static void identity(uint64_t content, const char *what, char text[40]) {
  uint64_t a = content;
  for (; *what; what++) a = mix(a ^ (unsigned char)*what);
  uint64_t b = mix(a);
  a = (a & ~UINT64_C(0xF000)) | UINT64_C(0x4000);
  b = (b & ~(UINT64_C(3) << 62)) | UINT64_C(2) << 62;
  snprintf(text, 40, "%08x-%04x-%04x-%04x-%012llx", (unsigned)(a >> 32), (unsigned)(a >> 16 & 0xFFFF),
           (unsigned)(a & 0xFFFF), (unsigned)(b >> 48), (unsigned long long)(b & 0xFFFFFFFFFFFF));
}

static uint64_t hash_spikes(const izh_spikes_out *s) {
  uint64_t hash = mix(s->n);
  for (size_t k = 0; k < s->n; k++) {
    uint64_t bits;
    memcpy(&bits, &s->t_ms[k], sizeof bits);
    hash = mix(hash ^ bits ^ (uint64_t)s->ids[k] << 1);
  }
  return mix(hash ^ s->n_neurons);
}

static void typed(writer *w, hid_t of, const char *space, const char *type, const char *what,
                  uint64_t content) {
  char id[40];
  identity(content, what, id);
  text_attribute(w, of, "namespace", space);
  text_attribute(w, of, "neurodata_type", type);
  text_attribute(w, of, "object_id", id);
}

static void text_set(writer *w, hid_t in, const char *name, hsize_t n, const char *text) {
  hid_t type = text_type(H5T_VARIABLE), set = dataset(w, in, name, type, n ? 1 : 0, &n);
  if (set >= 0) must(w, H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &text) >= 0);
  close_set(set);
  H5Tclose(type);
}

/* Where in a column each unit ends. */
static void index_column(writer *w, hid_t units, const char *name, const char *target, size_t n,
                         const double *ends, uint64_t content) {
  hid_t set = numbers(w, units, name, H5T_STD_U64LE, n, ends);
  typed(w, set, "hdmf-common", "VectorIndex", name, content);
  text_attribute(w, set, "description", "where the numbers of each unit end");
  hobj_ref_t reference;
  if (!w->status) must(w, H5Rcreate(&reference, units, target, H5R_OBJECT, -1) >= 0);
  attribute(w, set, "target", H5T_STD_REF_OBJ, 0, &reference);
  close_set(set);
}

/* The place of an id among the neurons, which ascend. */
static size_t place_of(const izh_spikes_out *s, double id) {
  size_t low = 0, high = s->n_neurons;
  while (low + 1 < high) {
    size_t middle = low + (high - low) / 2;
    if (s->neurons[middle] <= id)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/* Seconds, unit by unit, each in order of time; ends[k], which are zeros, is where those of unit k end. */
static void by_unit(const izh_spikes_out *s, double *seconds, double *ends) {
  for (size_t k = 0; k < s->n; k++) ends[place_of(s, s->ids[k])]++;
  for (size_t k = 1; k < s->n_neurons; k++) ends[k] += ends[k - 1];
  /* from behind, so that ends become beginnings, and then moved back */
  for (size_t k = s->n; k-- > 0;) seconds[(size_t)--ends[place_of(s, s->ids[k])]] = s->t_ms[k] / 1000;
  for (size_t k = 0; k + 1 < s->n_neurons; k++) ends[k] = ends[k + 1];
  if (s->n_neurons) ends[s->n_neurons - 1] = (double)s->n;
}

static void spike_columns(writer *w, hid_t units, const izh_spikes_out *s, uint64_t content) {
  double *seconds = sequence(w, s->n, 0, 0), *ends = sequence(w, s->n_neurons, 0, 0);
  if (!w->status) by_unit(s, seconds, ends);
  hid_t set = w->status ? -1 : numbers(w, units, "spike_times", H5T_IEEE_F64LE, s->n, seconds);
  typed(w, set, "hdmf-common", "VectorData", "spike_times", content);
  text_attribute(w, set, "description", "the spike times for each unit in seconds");
  close_set(set);
  if (!w->status) index_column(w, units, "spike_times_index", "spike_times", s->n_neurons, ends, content);
  izh_free(seconds);
  izh_free(ends);
}

/* Every unit was observed in the whole window. */
static void interval_columns(writer *w, hid_t units, const izh_spikes_out *s, uint64_t content) {
  double *bounds = sequence(w, 2 * s->n_neurons, 0, 0), *ends = sequence(w, s->n_neurons, 1, 1);
  for (size_t k = 0; k < s->n_neurons && bounds; k++) {
    bounds[2 * k] = s->from_ms / 1000;
    bounds[2 * k + 1] = s->to_ms / 1000;
  }
  hsize_t size[2] = {s->n_neurons, 2};
  hid_t set = dataset(w, units, "obs_intervals", H5T_IEEE_F64LE, 2, size);
  if (s->n_neurons > 0 && set >= 0)
    must(w, H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, bounds) >= 0);
  typed(w, set, "hdmf-common", "VectorData", "obs_intervals", content);
  text_attribute(w, set, "description", "the observation intervals for each unit in seconds");
  close_set(set);
  if (!w->status) index_column(w, units, "obs_intervals_index", "obs_intervals", s->n_neurons, ends, content);
  izh_free(bounds);
  izh_free(ends);
}

static void write_units(writer *w, const izh_spikes_out *s, uint64_t content) {
  hid_t units = group(w, w->file, "units");
  typed(w, units, "core", "Units", "units", content);
  text_attribute(w, units, "description", "neurons of a simulated network");
  static const char *const columns[] = {"spike_times", "obs_intervals"};
  hid_t type = text_type(H5T_VARIABLE);
  attribute(w, units, "colnames", type, 2, columns);
  H5Tclose(type);
  double *ids = from_zero(w, s->neurons, s->n_neurons);
  hid_t set = w->status ? -1 : numbers(w, units, "id", H5T_STD_I64LE, s->n_neurons, ids);
  typed(w, set, "hdmf-common", "ElementIdentifiers", "id", content);
  close_set(set);
  izh_free(ids);
  spike_columns(w, units, s, content);
  interval_columns(w, units, s, content);
  if (units >= 0) H5Gclose(units);
}

/* Now, or what SOURCE_DATE_EPOCH says, in the form that NWB asks for. */
static void date_text(char text[40]) {
  const char *epoch = getenv("SOURCE_DATE_EPOCH");
  time_t now = epoch && epoch[0] ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
  struct tm parts;
  if (!gmtime_r(&now, &parts) || strftime(text, 40, "%Y-%m-%dT%H:%M:%S+00:00", &parts) == 0)
    snprintf(text, 40, "1970-01-01T00:00:00+00:00");
}

izh_status izh_h5_save_units(izh_output *out, const izh_spikes_out *s, izh_err *err) {
  static const char *const groups[] = {"acquisition",       "analysis", "general",
                                       "processing",        "stimulus", "stimulus/presentation",
                                       "stimulus/templates"};
  writer w = open_writer(out, err);
  uint64_t content = hash_spikes(s);
  char id[40], date[40];
  identity(content, "identifier", id);
  date_text(date);
  text_attribute(&w, w.file, "nwb_version", "2.6.0");
  typed(&w, w.file, "core", "NWBFile", "file", content);
  text_set(&w, w.file, "identifier", 0, id);
  text_set(&w, w.file, "session_description", 0, IZH_H5_SESSION);
  text_set(&w, w.file, "session_start_time", 0, date);
  text_set(&w, w.file, "timestamps_reference_time", 0, date);
  text_set(&w, w.file, "file_create_date", 1, date);
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) empty_group(&w, w.file, groups[i]);
  write_units(&w, s, content);
  return close_writer(&w);
}
