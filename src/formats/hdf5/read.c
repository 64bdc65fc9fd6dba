#include "formats/hdf5/read.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "formats/input.h"

izh_status izh_h5_wrong(const izh_h5_reader *r, const char *format, ...) {
  char why[IZH_ERR_MESSAGE_SIZE];
  va_list args;
  va_start(args, format);
  vsnprintf(why, sizeof why, format, args);
  va_end(args);
  return izh_fail(r->err, IZH_FORMAT, "cannot read \"%s\": %s", r->path, why);
}

/* A link to another file is not followed. */
static herr_t stay_inside(const char *parent_file, const char *parent_group, const char *file,
                          const char *object, unsigned *flags, hid_t access, void *context) {
  (void)parent_file, (void)parent_group, (void)file, (void)object, (void)flags, (void)access, (void)context;
  return -1;
}

static izh_status open_file(izh_h5_reader *r, izh_input *input, izh_err *err) {
  r->links = H5Pcreate(H5P_LINK_ACCESS);
  if (r->links < 0 || H5Pset_elink_cb(r->links, stay_inside, NULL) < 0)
    return izh_fail(err, IZH_MEMORY, "cannot read \"%s\": HDF5 ran out of memory", r->path);
  r->file = H5Fopen(izh_input_for_library(input), H5F_ACC_RDONLY, H5P_DEFAULT);
  return r->file >= 0 ? IZH_OK : izh_h5_wrong(r, "it is not an HDF5 file, or damaged");
}

izh_status izh_h5_open(izh_h5_reader *r, const char *path, izh_table *table, izh_err *err) {
  *table = (izh_table){0};
  *r = (izh_h5_reader){.path = path, .file = -1, .links = -1, .table = table, .err = err};
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  izh_input *input; /* says why it cannot be opened */
  unsigned long long size;
  izh_status status = izh_input_open(path, &input, err);
  if (status) return status;
  status = izh_input_size(input, &size, err);
  if (!status) {
    r->size = (double)size;
    status = open_file(r, input, err);
  }
  izh_input_close(input);
  return status;
}

izh_status izh_h5_close(izh_h5_reader *r, izh_status status) {
  if (r->links >= 0) H5Pclose(r->links);
  if (r->file >= 0) H5Fclose(r->file);
  if (status) izh_table_free(r->table);
  return status;
}

/* --- groups --- */

bool izh_h5_has(const izh_h5_reader *r, hid_t in, const char *name) {
  return H5Lexists(in, name, r->links) > 0;
}

static H5O_type_t kind_of(const izh_h5_reader *r, hid_t in, const char *name) {
  H5O_info_t info;
  return H5Oget_info_by_name(in, name, &info, r->links) < 0 ? H5O_TYPE_UNKNOWN : info.type;
}

hid_t izh_h5_group(const izh_h5_reader *r, hid_t in, const char *name) {
  bool is = izh_h5_has(r, in, name) && kind_of(r, in, name) == H5O_TYPE_GROUP;
  hid_t group = is ? H5Oopen(in, name, r->links) : -1;
  return group;
}

void izh_h5_group_end(hid_t group) {
  if (group >= 0) H5Oclose(group);
}

bool izh_h5_next(const izh_h5_reader *r, hid_t in, hsize_t k, izh_h5_member *member) {
  H5G_info_t info;
  if (H5Gget_info(in, &info) < 0 || k >= info.nlinks) return false;
  *member = (izh_h5_member){.is_set = false};
  if (H5Lget_name_by_idx(in, ".", H5_INDEX_NAME, H5_ITER_INC, k, member->name, IZH_H5_NAME, H5P_DEFAULT) < 0)
    return true;
  H5O_type_t kind = kind_of(r, in, member->name);
  member->is_set = kind == H5O_TYPE_DATASET;
  member->is_group = kind == H5O_TYPE_GROUP;
  return true;
}

void izh_h5_names(const izh_h5_reader *r, hid_t in, char *text, size_t size) {
  izh_h5_member member;
  text[0] = '\0';
  for (hsize_t k = 0; izh_h5_next(r, in, k, &member); k++) {
    size_t used = strlen(text);
    snprintf(text + used, size - used, "%s%s", k ? ", " : "", member.name);
  }
}

/* --- datasets, and attributes --- */

typedef struct dataset {
  const char *name;
  bool is_attribute;
  hid_t set, type;
  H5T_class_t class;
  int dimensions;
  hsize_t size[2]; /* 1 where there is no dimension */
} dataset;

static void close_dataset(dataset *d) {
  if (d->type >= 0) H5Tclose(d->type);
  if (d->set >= 0 && d->is_attribute) H5Aclose(d->set);
  if (d->set >= 0 && !d->is_attribute) H5Dclose(d->set);
}

static hid_t space_of(const dataset *d) {
  return d->is_attribute ? H5Aget_space(d->set) : H5Dget_space(d->set);
}

static bool read_all(const dataset *d, hid_t type, void *to) {
  if (d->is_attribute) return H5Aread(d->set, type, to) >= 0;
  return H5Dread(d->set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, to) >= 0;
}

/* Are its numbers in this file. */
static bool is_inside(hid_t set) {
  hid_t made = H5Dget_create_plist(set);
  bool inside = made >= 0 && H5Pget_external_count(made) == 0 && H5Pget_layout(made) != H5D_VIRTUAL;
  if (made >= 0) H5Pclose(made);
  return inside;
}

/* Finds out what it is of. */
static izh_status describe(const izh_h5_reader *r, dataset *d) {
  d->type = d->set < 0 ? -1 : d->is_attribute ? H5Aget_type(d->set) : H5Dget_type(d->set);
  hid_t space = d->set < 0 ? -1 : space_of(d);
  d->dimensions = space < 0 ? -1 : H5Sget_simple_extent_ndims(space);
  bool empty = space >= 0 && H5Sget_simple_extent_type(space) == H5S_NULL;
  if (d->dimensions == 1 || d->dimensions == 2) H5Sget_simple_extent_dims(space, d->size, NULL);
  if (space >= 0) H5Sclose(space);
  if (d->type < 0 || d->dimensions < 0) return izh_h5_wrong(r, "%s cannot be opened", d->name);
  d->class = H5Tget_class(d->type);
  return empty ? izh_h5_wrong(r, "%s holds nothing", d->name) : IZH_OK;
}

static izh_status open_dataset(const izh_h5_reader *r, hid_t in, const char *name, dataset *d) {
  *d = (dataset){.name = name, .set = -1, .type = -1, .size = {1, 1}};
  if (!izh_h5_has(r, in, name)) return izh_h5_wrong(r, "there is no %s", name);
  if (kind_of(r, in, name) != H5O_TYPE_DATASET) return izh_h5_wrong(r, "%s is not a dataset", name);
  d->set = H5Oopen(in, name, r->links);
  izh_status status = describe(r, d);
  if (!status && !is_inside(d->set)) return izh_h5_wrong(r, "the numbers of %s are in another file", name);
  return status;
}

static bool is_number(const dataset *d) {
  return d->class == H5T_INTEGER || d->class == H5T_FLOAT || d->class == H5T_ENUM;
}

/* Whole numbers that a double may have changed are refused. */
static izh_status check_whole(const izh_h5_reader *r, const dataset *d, const izh_array *array) {
  if (d->class != H5T_INTEGER || H5Tget_size(d->type) < 8) return IZH_OK;
  for (size_t k = 0; k < array->rows * array->columns; k++)
    if (fabs(array->values[k]) > 9007199254740992.0)
      return izh_h5_wrong(r, "number %zu of %s, about %.17g, has too many digits for a double", k + 1,
                          d->name, array->values[k]);
  return IZH_OK;
}

static izh_status read_numbers(const izh_h5_reader *r, const dataset *d, izh_array *array) {
  size_t n = array->rows * array->columns;
  hid_t type = H5T_NATIVE_DOUBLE, whole = d->class == H5T_ENUM ? H5Tget_super(d->type) : -1;
  array->values = izh_alloc(n, sizeof *array->values);
  izh_status status = array->values ? IZH_OK : izh_fail_memory(r->err, n * sizeof *array->values);
  if (!status && n > 0 && whole >= 0) { /* truths: bytes, which are taken as they are */
    signed char *bytes = H5Tget_size(whole) == 1 ? izh_alloc(n, 1) : NULL;
    if (!bytes || !read_all(d, d->type, bytes)) status = izh_h5_wrong(r, "%s cannot be read", d->name);
    for (size_t k = 0; k < n && !status; k++) array->values[k] = bytes[k];
    izh_free(bytes);
  } else if (!status && n > 0 && !read_all(d, type, array->values)) {
    status = izh_h5_wrong(r, "%s cannot be read", d->name);
  }
  if (whole >= 0) H5Tclose(whole);
  return status ? status : check_whole(r, d, array);
}

/* Fixed words may be filled up with blanks. */
static size_t length_of(const dataset *d, const char *word, size_t size) {
  size_t length = strnlen(word, size);
  bool blanks = H5Tget_strpad(d->type) == H5T_STR_SPACEPAD;
  while (blanks && length > 0 && word[length - 1] == ' ') length--;
  return length;
}

/* The n words that were read: texts of `size` bytes, or pointers. */
static izh_status take_words(const izh_h5_reader *r, const dataset *d, const char *raw, izh_array *array) {
  bool variable = H5Tis_variable_str(d->type) > 0;
  size_t size = H5Tget_size(d->type), used = 0, room = 0;
  array->words = izh_alloc(0, 1);
  for (size_t k = 0; k < array->rows && array->words; k++) {
    const char *word = raw + k * size;
    if (variable) memcpy(&word, raw + k * size, sizeof word);
    size_t length = variable ? (word ? strlen(word) : 0) : length_of(d, word, size);
    char *more = izh_grow(array->words, &room, used + length + 1, 1);
    if (!more) return izh_fail_memory(r->err, used + length + 1);
    array->words = more;
    if (length > 0) memcpy(more + used, word, length);
    more[used + length] = '\0';
    used += length + 1;
  }
  return array->words ? IZH_OK : izh_fail_memory(r->err, 1);
}

static izh_status read_words(const izh_h5_reader *r, const dataset *d, izh_array *array) {
  char *raw = izh_alloc_zero(array->rows, H5Tget_size(d->type));
  if (!raw) return izh_fail_memory(r->err, array->rows * H5Tget_size(d->type));
  bool read = array->rows == 0 || read_all(d, d->type, raw);
  izh_status status = read ? take_words(r, d, raw, array) : izh_h5_wrong(r, "%s cannot be read", d->name);
  if (read && array->rows > 0 && H5Tis_variable_str(d->type) > 0) {
    hid_t space = space_of(d);
    H5Dvlen_reclaim(d->type, space, H5P_DEFAULT, raw);
    H5Sclose(space);
  }
  izh_free(raw);
  return status;
}

/* As much as compression can save; so much may be said of numbers that the file does not hold. */
static const double COMPRESSION = 1100, UNWRITTEN = 1e6;

/* Numbers that nobody has written take no room in a file, and as many as it says in memory. */
static izh_status check_room(const izh_h5_reader *r, const dataset *d) {
  double items = (double)d->size[0] * (double)d->size[1];
  double size = (double)H5Tget_size(d->type);
  double stored = d->is_attribute ? r->size : (double)H5Dget_storage_size(d->set);
  if (stored > r->size) stored = r->size;
  if (items * size > COMPRESSION * stored + UNWRITTEN)
    return izh_h5_wrong(r, "%s should have %.0f items, and the file holds %.0f bytes of them", d->name, items,
                        stored);
  if (izh_array_is_endless(d->size[0], d->size[1]))
    return izh_h5_wrong(r, "%s has %llu rows of %llu numbers, which is none", d->name,
                        (unsigned long long)d->size[0], (unsigned long long)d->size[1]);
  return izh_table_room(r->table, items * (size > sizeof(double) ? size : sizeof(double)), r->path, r->err);
}

static izh_status read_array(const izh_h5_reader *r, const dataset *d, izh_array *array) {
  *array = (izh_array){.dimensions = d->dimensions, .rows = d->size[0], .columns = d->size[1]};
  izh_status status = check_room(r, d);
  if (!status) status = is_number(d) ? read_numbers(r, d, array) : read_words(r, d, array);
  if (!status) return IZH_OK;
  izh_free(array->values);
  izh_free(array->words);
  return status;
}

/* Reads what was opened with this status. */
static izh_status take_array(const izh_h5_reader *r, izh_status status, const dataset *d, izh_array *array) {
  if (!status && !is_number(d) && d->class != H5T_STRING)
    status = izh_h5_wrong(r, "%s is neither numbers nor words", d->name);
  int most = d->class == H5T_STRING ? 1 : 2;
  if (!status && d->dimensions > most)
    status = izh_h5_wrong(r, "%s has %d dimensions; %s at most can be read", d->name, d->dimensions,
                          most == 1 ? "one of words" : "two");
  return status ? status : read_array(r, d, array);
}

izh_status izh_h5_array(const izh_h5_reader *r, hid_t in, const char *name, izh_array *array) {
  dataset d;
  izh_status status = take_array(r, open_dataset(r, in, name, &d), &d, array);
  close_dataset(&d);
  return status;
}

bool izh_h5_next_attribute(const izh_h5_reader *r, hid_t of, unsigned k, char name[IZH_H5_NAME],
                           izh_array *array, izh_status *status) {
  hid_t set = H5Aopen_by_idx(of, ".", H5_INDEX_NAME, H5_ITER_INC, k, H5P_DEFAULT, H5P_DEFAULT);
  if (set < 0) return false;
  dataset d = {.name = name, .is_attribute = true, .set = set, .type = -1, .size = {1, 1}};
  name[0] = '\0';
  H5Aget_name(set, IZH_H5_NAME, name);
  *status = take_array(r, describe(r, &d), &d, array);
  close_dataset(&d);
  return true;
}

izh_status izh_h5_list(const izh_h5_reader *r, hid_t in, const char *name, izh_array *array) {
  dataset d;
  izh_status status = open_dataset(r, in, name, &d);
  if (!status && (!is_number(&d) || d.dimensions != 1))
    status = izh_h5_wrong(r, "%s is not a list of numbers", name);
  if (!status) status = read_array(r, &d, array);
  close_dataset(&d);
  return status;
}

izh_status izh_h5_add(izh_h5_reader *r, hid_t in, const char *name, const char *as) {
  izh_array array;
  izh_status status = izh_h5_list(r, in, name, &array);
  return status ? status : izh_table_add(r->table, as, array, r->err);
}

/* --- attributes --- */

void izh_h5_text(hid_t of, const char *name, char *text, size_t size) {
  text[0] = '\0';
  hid_t attr = H5Aexists(of, name) > 0 ? H5Aopen(of, name, H5P_DEFAULT) : -1;
  if (attr < 0) return;
  hid_t kept = H5Aget_type(attr), space = H5Aget_space(attr);
  bool is_text = H5Tget_class(kept) == H5T_STRING && H5Sget_simple_extent_npoints(space) == 1;
  if (is_text && H5Tis_variable_str(kept) > 0) {
    char *read = NULL;
    if (H5Aread(attr, kept, &read) >= 0 && read) snprintf(text, size, "%s", read);
    H5free_memory(read);
  } else if (is_text && H5Tget_size(kept) < size) {
    if (H5Aread(attr, kept, text) < 0)
      text[0] = '\0';
    else
      text[H5Tget_size(kept)] = '\0';
  }
  H5Tclose(kept);
  H5Sclose(space);
  H5Aclose(attr);
}

void izh_h5_text_of(const izh_h5_reader *r, hid_t in, const char *member, const char *name, char *text,
                    size_t size) {
  text[0] = '\0';
  hid_t of = izh_h5_has(r, in, member) ? H5Oopen(in, member, r->links) : -1;
  if (of < 0) return;
  izh_h5_text(of, name, text, size);
  H5Oclose(of);
}
