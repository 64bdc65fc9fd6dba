/* All that is in an HDF5 file, by its path: "spikes/V1/node_ids". Attributes are beside it:
 * "spikes/V1/timestamps@units", and those of a group in it: "spikes/V1/@sorting". */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "formats/hdf5/read.h"

enum { DEEPEST = 24, MOST_SETS = 100000 };

/* The groups on the way, since a link may lead back to one of them. */
typedef struct way {
  haddr_t at[DEEPEST];
  int depth;
} way;

static izh_status add(izh_h5_reader *r, izh_status status, const char *path, izh_array array) {
  if (r->table->n >= MOST_SETS) return izh_h5_wrong(r, "it has more than %d datasets", MOST_SETS);
  return status ? izh_table_refuse(r->table, path, r->err) : izh_table_add(r->table, path, array, r->err);
}

/* The path of what is in a group, or of an attribute, with '@' as separator. */
static char *join(const char *path, const char *separator, const char *name) {
  size_t size = strlen(path) + strlen(separator) + strlen(name) + 1;
  char *joined = izh_alloc(size, 1);
  if (joined) snprintf(joined, size, "%s%s%s", path, separator, name);
  return joined;
}

/* Those of a dataset or group. */
static izh_status add_attributes(izh_h5_reader *r, hid_t of, const char *path, const char *separator) {
  char name[IZH_H5_NAME];
  izh_status status = IZH_OK, read;
  izh_array array;
  for (unsigned k = 0; !status && izh_h5_next_attribute(r, of, k, name, &array, &read); k++) {
    char *inner = join(path, separator, name);
    if (!inner) return izh_fail_memory(r->err, strlen(path));
    status = add(r, read, inner, array);
    izh_free(inner);
  }
  return status;
}

/* The unit of an array is asked for with it; all attributes are when all is read. */
static izh_status add_unit(izh_h5_reader *r, hid_t in, const char *name, const char *path) {
  char unit[64];
  izh_h5_text_of(r, in, name, "units", unit, sizeof unit);
  if (!unit[0]) izh_h5_text_of(r, in, name, "unit", unit, sizeof unit);
  if (!unit[0]) return IZH_OK;
  char *inner = join(path, "@", "units");
  izh_array array = {.rows = 1, .columns = 1, .words = izh_strdup(unit)};
  izh_status status = inner && array.words ? add(r, IZH_OK, inner, array) : izh_fail_memory(r->err, 64);
  izh_free(inner);
  return status;
}

static izh_status add_set(izh_h5_reader *r, hid_t in, const char *name, const char *path) {
  izh_array array;
  izh_status status = izh_h5_array(r, in, name, &array);
  if (!status && r->matlab) status = izh_h5_matlab(r, in, name, &array);
  status = add(r, status, path, array);
  if (status || r->matlab) return status;
  if (!r->all) return add_unit(r, in, name, path);
  hid_t set = H5Oopen(in, name, r->links);
  if (set < 0) return IZH_OK;
  status = add_attributes(r, set, path, "@");
  H5Oclose(set);
  return status;
}

static izh_status add_group(izh_h5_reader *r, hid_t in, const char *path, way *w);

static izh_status add_member(izh_h5_reader *r, hid_t in, const izh_h5_member *member, const char *path,
                             way *w) {
  if (member->is_set) return add_set(r, in, member->name, path);
  hid_t group = member->is_group ? izh_h5_group(r, in, member->name) : -1;
  if (group < 0) return IZH_OK; /* a type, or a link that leads nowhere */
  izh_status status = add_group(r, group, path, w);
  izh_h5_group_end(group);
  return status;
}

static izh_status add_group(izh_h5_reader *r, hid_t in, const char *path, way *w) {
  H5O_info_t info;
  izh_h5_member member;
  if (w->depth == DEEPEST || H5Oget_info(in, &info) < 0) return IZH_OK;
  for (int k = 0; k < w->depth; k++)
    if (w->at[k] == info.addr) return IZH_OK;
  w->at[w->depth++] = info.addr;
  izh_status status = r->all && !r->matlab ? add_attributes(r, in, path, path[0] ? "/@" : "@") : IZH_OK;
  for (hsize_t k = 0; !status && izh_h5_next(r, in, k, &member); k++) {
    if (r->matlab && member.name[0] == '#') continue; /* "#refs#": its own */
    char *inner = join(path, path[0] ? "/" : "", member.name);
    if (!inner) return izh_fail_memory(r->err, strlen(path));
    status = add_member(r, in, &member, inner, w);
    izh_free(inner);
  }
  w->depth--;
  return status;
}

izh_status izh_h5_tree(izh_h5_reader *r) {
  way w = {.depth = 0};
  hid_t root = H5Gopen2(r->file, "/", H5P_DEFAULT);
  if (root < 0) return izh_h5_wrong(r, "it is damaged");
  izh_status status = add_group(r, root, "", &w);
  H5Gclose(root);
  return status;
}
