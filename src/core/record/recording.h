/* Recordings: the state of some neurons, or the weights of a projection, sampled as the network runs.
 *
 * A sample is taken at the end of each step whose time is a multiple of `every`, before anything that is done
 * at that time, and at once when a recording begins at such a time. */
#ifndef IZH_CORE_RECORDING_H
#define IZH_CORE_RECORDING_H

#include <stdbool.h>

#include "core/net/ids.h"
#include "core/net/net.h"

typedef enum izh_variable {
  IZH_VARIABLE_V, /* after the reset, as izh_population_get gives it */
  IZH_VARIABLE_U,
  /* currents of the step that ends at the sample, 0 before the first */
  IZH_VARIABLE_I,      /* the sum of the three below */
  IZH_VARIABLE_I_EXC,  /* of synapses with positive weights */
  IZH_VARIABLE_I_INH,  /* of synapses with negative weights */
  IZH_VARIABLE_I_EXT,  /* of stimuli */
  IZH_VARIABLE_WEIGHT, /* of a projection, in order of izh_projection_next */
  IZH_VARIABLE_COUNT
} izh_variable;

const char *izh_variable_name(izh_variable variable); /* "v", "u", "i", "i_exc", …, "weight" */

enum { IZH_RECORDING_VARIABLES = IZH_VARIABLE_COUNT };

typedef struct izh_recording_def {
  const char *name;    /* not empty, not taken */
  izh_ids neurons;     /* not used for weights */
  uint32_t projection; /* of weights */
  const izh_variable
      *variables;  /* [n_variables] distinct; IZH_VARIABLE_WEIGHT is the only one if it is one */
  int n_variables; /* ≥ 1 */
  double every_ms; /* a multiple of dt, > 0 */
  unsigned long long
      memory; /* bytes kept in memory; what is more goes to a temporary file, see base/spool.h */
} izh_recording_def;

/* v of no neuron yet, every ms, 1 GB in memory. */
izh_recording_def izh_recording_def_default(void);

/* Begins a recording. IZH_RANGE, IZH_ARGUMENT (the name), IZH_SIZE (one sample is more than the free memory),
 * IZH_IO, IZH_MEMORY; the network is unchanged on failure. */
izh_status izh_recording_add(izh_net *net, const izh_recording_def *def, uint32_t *index, izh_err *err);

typedef struct izh_recording_info {
  const char *name;
  izh_ids neurons;     /* valid as long as the recording */
  uint32_t projection; /* of weights */
  const izh_variable *variables;
  int n_variables;
  uint64_t n;           /* neurons, or synapses */
  uint64_t samples;     /* sample j is of step first + j every */
  int64_t first, every; /* in steps */
  int64_t begun, ended; /* steps; ended is now as long as it goes on */
  bool stopped;
  bool in_file; /* the limit of its memory was reached */
} izh_recording_info;

uint32_t izh_recording_count(const izh_net *net);
izh_recording_info izh_recording_describe(const izh_net *net, uint32_t recording);

/* The samples of one variable (by its place in the definition) of the k-th neuron or synapse. IZH_IO. */
izh_status izh_recording_values(const izh_net *net, uint32_t recording, int variable, uint64_t k,
                                double *values /* [samples] */, izh_err *err);

/* No more samples are taken. */
void izh_recording_stop(izh_net *net, uint32_t recording);

#endif
