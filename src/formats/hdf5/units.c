/* The units of NWB: spike times in s, unit by unit. */
#include <math.h>
#include <string.h>

#include "base/alloc.h"
#include "formats/hdf5/read.h"
#include "formats/hdf5/write.h"

/* One sender for each of n times, from where the times of each unit end. */
static izh_status expand(const izh_h5_reader *r, const izh_array *ids, const izh_array *ends, size_t n,
                         izh_array *senders) {
  static const char misfit[] = "units/spike_times_index does not fit units/spike_times";
  *senders = (izh_array){.dimensions = 1, .rows = n, .columns = 1, .values = izh_alloc(n, sizeof(double))};
  if (!senders->values) return izh_fail_memory(r->err, n * sizeof(double));
  izh_status status =
      ids->rows == ends->rows ? IZH_OK : izh_h5_wrong(r, "units/spike_times_index does not fit units/id");
  size_t at = 0;
  for (size_t k = 0; k < ends->rows && !status; k++) {
    double end = ends->values[k];
    if (!(end >= (double)at && end <= (double)n && end == floor(end))) status = izh_h5_wrong(r, misfit);
    for (; !status && (double)at < end; at++) senders->values[at] = ids->values[k];
  }
  if (!status && at != n) status = izh_h5_wrong(r, misfit);
  if (status) izh_free(senders->values);
  return status;
}

/* The one window that all units were observed in, if there is one, in s. */
static izh_status add_window(izh_h5_reader *r, hid_t units) {
  izh_array all;
  if (!izh_h5_has(r, units, "obs_intervals")) return IZH_OK;
  izh_status status = izh_h5_array(r, units, "obs_intervals", &all);
  if (status) return status;
  bool one = all.values && all.dimensions == 2 && all.columns == 2 && all.rows > 0;
  for (size_t k = 1; k < all.rows && one; k++)
    one = all.values[2 * k] == all.values[0] && all.values[2 * k + 1] == all.values[1];
  all.dimensions = 1;
  all.rows = one ? 2 : 0;
  all.columns = 1;
  return izh_table_add(r->table, "window", all, r->err);
}

static izh_status add_unit(izh_h5_reader *r) {
  izh_array unit = {.rows = 1, .columns = 1, .words = izh_strdup("s")};
  return unit.words ? izh_table_add(r->table, "units", unit, r->err) : izh_fail_memory(r->err, 2);
}

static izh_status add_senders(izh_h5_reader *r, hid_t units) {
  izh_array ends, senders;
  izh_status status = izh_h5_list(r, units, "spike_times_index", &ends);
  if (status) return status;
  const izh_array *ids = izh_table_find(r->table, "neurons"), *times = izh_table_find(r->table, "times");
  status = expand(r, ids, &ends, times->rows, &senders);
  izh_free(ends.values);
  return status ? status : izh_table_add(r->table, "senders", senders, r->err);
}

/* Ids are names, but for those of a file that we wrote. */
static void find_base(izh_h5_reader *r) {
  izh_array said;
  izh_err none, *err = r->err;
  if (!izh_h5_has(r, r->file, "session_description")) return;
  r->err = &none;
  if (izh_h5_array(r, r->file, "session_description", &said) == IZH_OK) {
    r->table->has_base = said.words && said.rows == 1 && strcmp(said.words, IZH_H5_SESSION) == 0;
    izh_free(said.values);
    izh_free(said.words);
  }
  r->err = err;
}

izh_status izh_h5_units(izh_h5_reader *r) {
  hid_t units = izh_h5_group(r, r->file, "units");
  char names[200];
  izh_h5_names(r, r->file, names, sizeof names);
  if (units < 0)
    return izh_h5_wrong(r, "there is no table of units in it, and so no spikes (there are: %s)",
                        names[0] ? names : "no groups");
  find_base(r);
  izh_status status = IZH_OK;
  if (!izh_h5_has(r, units, "spike_times")) status = izh_h5_wrong(r, "its units have no spike_times");
  if (!status) status = izh_h5_add(r, units, "id", "neurons");
  if (!status) status = izh_h5_add(r, units, "spike_times", "times");
  if (!status) status = add_senders(r, units);
  if (!status) status = add_window(r, units);
  if (!status) status = add_unit(r);
  izh_h5_group_end(units);
  return status;
}
