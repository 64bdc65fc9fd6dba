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
  IZH_VARIABLE_V, /* after the reset, as with izh_population_get */
  IZH_VARIABLE_U,
  /* the currents of the step that ends at the time of the sample; 0 before the first step */
  IZH_VARIABLE_I,      /* the sum of the three below */
  IZH_VARIABLE_I_EXC,  /* of synapses with positive weights, see izh_currents */
  IZH_VARIABLE_I_INH,  /* of synapses with negative weights */
  IZH_VARIABLE_I_EXT,  /* of stimuli */
  IZH_VARIABLE_WEIGHT, /* of a projection, in order of izh_projection_next */
  IZH_VARIABLE_COUNT
} izh_variable;

const char *izh_variable_name(izh_variable variable); /* "v", "u", "i", "i_exc", …, "weight" */

enum { IZH_RECORDING_VARIABLES = IZH_VARIABLE_COUNT };

typedef struct izh_recording_def {
  const char *name;              /* not empty, not taken */
  izh_ids neurons;               /* not used for weights */
  uint32_t projection;           /* of weights */
  const izh_variable *variables; /* [n_variables] distinct; weights are not recorded together with others */
  int n_variables;               /* ≥ 1 */
  bool mean;                     /* of all neurons together, in place of each; not of weights */
  double every_ms;               /* a multiple of dt, > 0 */
  unsigned long long memory;     /* bytes kept in memory; the rest goes to a temporary file: base/spool.h */
} izh_recording_def;

/* v, every ms, 1 GB in memory; no neurons and no name. */
izh_recording_def izh_recording_def_default(void);

/* Begins a recording. IZH_RANGE, IZH_ARGUMENT (the name, or u of a model without u), IZH_SIZE (one sample
 * takes more than half of the free memory), IZH_IO, IZH_MEMORY. The network is unchanged on failure. */
izh_status izh_recording_add(izh_net *net, const izh_recording_def *def, uint32_t *index, izh_err *err);

typedef struct izh_recording_info {
  const char *name;
  izh_ids neurons;     /* valid as long as the recording */
  uint32_t projection; /* of weights */
  const izh_variable *variables;
  int n_variables;
  bool mean;
  uint64_t n;           /* neurons, or synapses; 1 if it is their mean, which is NaN if there are none */
  uint64_t samples;     /* sample j is at step boundary first + j every */
  int64_t first, every; /* in steps */
  int64_t begun, ended; /* in steps; while it goes on, `ended` is the present time */
  bool stopped;
  bool in_file; /* it has samples in a temporary file */
} izh_recording_info;

uint32_t izh_recording_count(const izh_net *net);
izh_recording_info izh_recording_describe(const izh_net *net, uint32_t recording);

/* Reads the samples of one variable (its index in the definition) of the k-th neuron or synapse. IZH_IO. */
izh_status izh_recording_values(const izh_net *net, uint32_t recording, int variable, uint64_t k,
                                double *values /* [samples] */, izh_err *err);

/* Ends a recording: it takes no more samples. */
void izh_recording_stop(izh_net *net, uint32_t recording);

#endif
