/* What all that reads HDF5 needs: a file that is open, its groups and datasets. No link leads out of it. */
#ifndef IZH_FORMATS_HDF5_READ_H
#define IZH_FORMATS_HDF5_READ_H

#include <hdf5.h>

#include "formats/array.h"

typedef struct izh_h5_reader {
  const char *path;
  double size; /* bytes of the file */
  hid_t file;
  hid_t links; /* how they are followed */
  bool all;    /* all is read that there is, attributes too */
  bool matlab; /* it is a .mat file: rows are columns there */
  izh_table *table;
  izh_err *err;
} izh_h5_reader;

/* Opens the file for reading into a table, which is empty. IZH_IO, IZH_FORMAT. It is to be closed in any
 * case. */
izh_status izh_h5_open(izh_h5_reader *reader, const char *path, izh_table *table, izh_err *err);
/* Returns status; empties the table unless that is IZH_OK. */
izh_status izh_h5_close(izh_h5_reader *reader, izh_status status);

/* IZH_FORMAT: `cannot read "path": why`. */
izh_status izh_h5_wrong(const izh_h5_reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Is there something with this name, one that is not a path. */
bool izh_h5_has(const izh_h5_reader *reader, hid_t in, const char *name);
/* A group, to be closed with H5Gclose; negative when there is none. */
hid_t izh_h5_group(const izh_h5_reader *reader, hid_t in, const char *name);
void izh_h5_group_end(hid_t group); /* negative is allowed */

/* The k-th member of a group, by name: its name, and whether it is a dataset or a group. false: there are no
 * more. */
enum { IZH_H5_NAME = 256 };
typedef struct izh_h5_member {
  char name[IZH_H5_NAME];
  bool is_set, is_group;
} izh_h5_member;
bool izh_h5_next(const izh_h5_reader *reader, hid_t in, hsize_t k, izh_h5_member *member);
/* The names of all, in a text for messages. */
void izh_h5_names(const izh_h5_reader *reader, hid_t in, char *text, size_t size);

/* A dataset as an array that the caller owns: numbers of up to two dimensions, words of one at most.
 * IZH_FORMAT: what it is instead; IZH_SIZE, IZH_MEMORY. */
izh_status izh_h5_array(const izh_h5_reader *reader, hid_t in, const char *name, izh_array *array);
/* The k-th attribute of a dataset or group, by name, the same; *status is how that went. false: there are no
 * more. */
bool izh_h5_next_attribute(const izh_h5_reader *reader, hid_t of, unsigned k, char name[IZH_H5_NAME],
                           izh_array *array, izh_status *status);
/* A list of numbers. */
izh_status izh_h5_list(const izh_h5_reader *reader, hid_t in, const char *name, izh_array *array);
/* The same, as one of the table. */
izh_status izh_h5_add(izh_h5_reader *reader, hid_t in, const char *name, const char *as);

/* An attribute that is text, "" when there is none. */
void izh_h5_text(hid_t of, const char *name, char *text, size_t size);
/* That of a dataset or group in a group. */
void izh_h5_text_of(const izh_h5_reader *reader, hid_t in, const char *member, const char *name, char *text,
                    size_t size);

/* --- what files hold: see hdf5.h --- */

izh_status izh_h5_sonata_spikes(izh_h5_reader *reader, const char *population);
izh_status izh_h5_sonata_edges(izh_h5_reader *reader, const char *population);
izh_status izh_h5_units(izh_h5_reader *reader);
izh_status izh_h5_tree(izh_h5_reader *reader);
/* Makes an array that was read of a .mat file what it is in MATLAB. Frees its values on failure. */
izh_status izh_h5_matlab(const izh_h5_reader *reader, hid_t in, const char *name, izh_array *array);

#endif
