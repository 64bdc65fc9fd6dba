/* Formats of files: a descriptor for each, in one list. The ending of a path says which is meant.
 *
 * A new format is a file with its descriptor, and a word in the list below: all that reads and writes files,
 * and what messages say of endings, asks the list. */
#ifndef IZH_FORMATS_FORMAT_H
#define IZH_FORMATS_FORMAT_H

#include <stdbool.h>

#include "formats/array.h"

/* What a file may hold: a bit for each. */
typedef enum izh_content {
  IZH_CONTENT_NUMBERS = 1,   /* read: all arrays; written: one list of numbers */
  IZH_CONTENT_SPIKES = 2,    /* times and neurons */
  IZH_CONTENT_RECORDING = 4, /* samples of variables */
  IZH_CONTENT_EDGES = 8,     /* synapses */
  IZH_CONTENT_STATE = 16,    /* a network: see formats/state.h, which reads and writes it */
  IZH_CONTENT_TABLE = 32     /* written: whatever a script has, by name */
} izh_content;

/* How the arrays of a file lie side by side. */
typedef enum izh_layout {
  IZH_LAYOUT_ARRAY,   /* one array without a name */
  IZH_LAYOUT_ARRAYS,  /* arrays of any size, each with its name */
  IZH_LAYOUT_COLUMNS, /* lines of numbers: columns of one length */
  IZH_LAYOUT_OWN,     /* as the format prescribes; what is read are paths */
  IZH_LAYOUT_VALUES   /* values in values: bind/files/json.c reads and writes them */
} izh_layout;

typedef struct izh_format izh_format;

typedef struct izh_file {
  const char *path;
  const izh_format *format;
  const char *modules; /* the folder of the program's modules, of which some formats need one */
} izh_file;

/* What a file is read for. */
typedef struct izh_wanted {
  izh_content content;    /* NUMBERS, SPIKES or EDGES */
  const char *population; /* which one of a file that has several; NULL: the only one */
  /* Which arrays are asked for; the others need not be read. NULL: all. See izh_columns_ask. */
  const struct izh_mapping *mapping;
} izh_wanted;

/* Spikes that are written. */
typedef struct izh_spikes_out {
  size_t n;
  const double *t_ms, *ids; /* [n] by time; ids from 1 */
  size_t n_neurons;
  const double *neurons; /* [n_neurons] ids, ascending, silent ones included */
  double from_ms, to_ms;
} izh_spikes_out;

/* Some neurons with consecutive ids. */
typedef struct izh_population_out {
  const char *name;
  size_t size;
} izh_population_out;

/* Synapses that are written. */
typedef struct izh_edges_out {
  const char *name;
  const izh_source *columns; /* [4]: pre, post (ids from 1), weight, delay (ms) */
  size_t n_populations;
  const izh_population_out *populations; /* [n_populations], in order of id: all neurons */
} izh_edges_out;

struct izh_format {
  const char *ending; /* ".npy" */
  const char *help;   /* one line: what it is */
  unsigned reads, writes;
  izh_layout layout;
  char separator; /* of text, which may also be written piece by piece (formats/text.h); 0: it is not text */
  bool no_names;  /* text without a line of names */
  /* IZH_FORMAT: what is there instead; IZH_IO, IZH_SIZE, IZH_MEMORY. The table is empty on failure. */
  izh_status (*read)(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err);
  /* What is written appears whole or not at all. IZH_IO, IZH_MEMORY, and what a source's fill gives. */
  izh_status (*write)(const izh_file *file, const izh_source *sources, size_t n, izh_err *err);
  /* Of formats whose layout is their own. */
  izh_status (*write_spikes)(const izh_file *file, const izh_spikes_out *spikes, izh_err *err);
  izh_status (*write_edges)(const izh_file *file, const izh_edges_out *edges, izh_err *err);
};

/* The list, in the order of messages. */
#define IZH_FORMATS(X)                                                                                       \
  X(npy) X(npz) X(csv) X(tsv) X(txt) X(dat) X(gdf) X(ras) X(mtx) X(wmat) X(json) X(h5) X(nwb) X(mat) X(izh)
#define IZH_FORMAT_DECLARE(name) extern const izh_format izh_format_##name;
IZH_FORMATS(IZH_FORMAT_DECLARE)

/* The format that the ending of a path means, among those that read, or write, some content; NULL: none. */
const izh_format *izh_format_find(const char *path, izh_content content, bool write);
/* What may be done with a file of an ending that is known and not read; "" when there is nothing to say. */
const char *izh_format_hint(const char *path);
/* Their endings: ".npy, .csv or .txt". */
enum { IZH_ENDINGS_SIZE = 256 };
const char *izh_format_endings(char text[IZH_ENDINGS_SIZE], izh_content content, bool write);

#endif
