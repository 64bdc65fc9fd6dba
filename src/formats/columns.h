/* Spikes and edges in the arrays of a file: found by the names that people use, or as a script says. What
 * could change a result and is not understood is an error that says what is there and what is known. */
#ifndef IZH_FORMATS_COLUMNS_H
#define IZH_FORMATS_COLUMNS_H

#include "formats/array.h"
#include "formats/names.h"

/* One item of `columns = { times = "onset", senders = 2, port = false, [4] = false }`. */
typedef struct izh_pick {
  const char
      *key; /* of a role, or the name of a column that is left out; NULL: it is left out by its number */
  const char *name; /* NULL: */
  size_t number;    /* from 1; 0: it is left out */
} izh_pick;

/* What a script says of a file. */
typedef struct izh_mapping {
  const char *path;
  size_t n_picks;
  const izh_pick *picks; /* [n_picks] */
  bool has_base, has_unit;
  double base;
  izh_unit unit; /* of times, or of delays */
  const char *population;
  bool one_neuron;    /* all spikes are of one, so that no ids are needed */
  unsigned overrides; /* a bit for each role for which an option stands: what the file has is not used */
} izh_mapping;

/* May an array with this name be meant by it. Of others it is enough to know their shapes. */
bool izh_columns_ask(const izh_mapping *mapping, const char *name);

/* Value k is values[k * stride] × unit + shift. */
typedef struct izh_column {
  const double *values; /* NULL: there is none */
  size_t n, stride;     /* a single number for all has stride 0, and n is that of the others */
  izh_unit unit;
  double shift;
} izh_column;

static inline double izh_column_at(const izh_column *column, size_t k) {
  return column->values[k * column->stride] * column->unit.times / column->unit.over + column->shift;
}

typedef struct izh_spikes_in {
  izh_column times, senders; /* ms; ids as the script has them */
  izh_column neurons, window;
  bool has_unit; /* that of the times is said */
} izh_spikes_in;
/* Takes those of other populations out of the table. IZH_FORMAT: `"path" …`. */
izh_status izh_spikes_find(izh_table *table, const izh_mapping *mapping, izh_spikes_in *spikes, izh_err *err);

typedef struct izh_edges_in {
  size_t n;
  izh_column pre, post, weight, delay, count; /* count: of synapses that an edge stands for */
  bool has_unit;                              /* that of the delays is said */
  unsigned overridden;                        /* the roles that are there, and for which an option stands */
} izh_edges_in;
/* The same. */
izh_status izh_edges_find(izh_table *table, const izh_mapping *mapping, izh_edges_in *edges, izh_err *err);

/* Is the k-th value an id, a whole number 1 … most. The message begins with "what[k]". */
izh_status izh_id_check(const izh_column *column, size_t k, const char *what, double most, bool has_base,
                        izh_err *err);

#endif
