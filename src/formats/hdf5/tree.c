/* All that is in an HDF5 file, by its path: "spikes/V1/node_ids". */
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

static izh_status add_set(izh_h5_reader *r, hid_t in, const char *name, const char *path) {
  izh_array array;
  if (r->table->n >= MOST_SETS) return izh_h5_wrong(r, "it has more than %d datasets", MOST_SETS);
  izh_status status = izh_h5_array(r, in, name, &array);
  return status ? izh_table_refuse(r->table, path, r->err) : izh_table_add(r->table, path, array, r->err);
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
  izh_status status = IZH_OK;
  for (hsize_t k = 0; !status && izh_h5_next(r, in, k, &member); k++) {
    size_t size = strlen(path) + sizeof member.name + 2;
    char *inner = izh_alloc(size, 1);
    if (!inner) return izh_fail_memory(r->err, size);
    snprintf(inner, size, "%s%s%s", path, path[0] ? "/" : "", member.name);
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
