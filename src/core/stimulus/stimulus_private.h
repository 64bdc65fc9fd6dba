/* What each kind of stimulus gives to the rest of the core, and what it can use. Private to the core. */
#ifndef IZH_CORE_STIMULUS_PRIVATE_H
#define IZH_CORE_STIMULUS_PRIVATE_H

#include "core/net/archive.h"
#include "core/net/net_private.h"
#include "core/stimulus/stimulus.h"

typedef struct izh_stimulus_type izh_stimulus_type;

struct izh_stimulus {
  /* The present numbers, without arrays and amplitude. The name, the target and values for each neuron are
   * owned; target.list ascends, and the values are by position. */
  izh_stimulus_def def;
  const izh_stimulus_type *type;
  uint32_t *order; /* [target.size] the position in the caller's list of each target; NULL for a range */
  bool stopped;
  bool calm;      /* it gives its mean, see izh_stimulus_calm */
  int sign;       /* only the current of this sign acts, 1 or -1; 0: all of it */
  uint32_t draws; /* generation of the next random amplitudes */
  double *last;   /* [target.size] the currents of the last step, if values were replaced since; else NULL */
  void *state;    /* its type depends on the kind */
};

enum { IZH_STATE_BLOCKS = 12 }; /* no state owns more */

/* A kind of stimulus. A position is the index of a neuron in the (ascending) target. All functions but
 * describe, fit, blocks, archive, prepare, add and current may be NULL. */
struct izh_stimulus_type {
  izh_stimulus_info info;
  size_t state_size;
  void (*describe)(const izh_stimulus_def *def, char *text, size_t size); /* see izh_stimulus_def_text */

  /* Checks a definition, except for the ranges of its numbers. net may be NULL: then it checks only what does
   * not need a network. */
  izh_status (*check)(const izh_net *net, const izh_stimulus_def *def, izh_err *err);
  /* Sets the part of the state that follows from the numbers of a checked definition. At first the state is
   * all 0. */
  void (*fit)(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus);
  /* Makes the room that a definition needs which has values for each neuron, before fit. */
  izh_status (*room)(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus, izh_err *err);
  /* Makes the rest of the state, after fit. */
  izh_status (*make)(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus, izh_err *err);
  /* Writes the memory blocks that the state owns into blocks[IZH_STATE_BLOCKS]; returns how many. */
  int (*blocks)(void *state, void **blocks);
  /* Archives the state except what fit makes: numbers that change, and arrays. In `read`, fit was called
   * before.
   */
  void (*archive)(izh_archive *a, izh_net *net, izh_stimulus *stimulus);

  /* Called once a step, before the parts are run, also when the stimulus is stopped. */
  void (*prepare)(izh_net *net, izh_stimulus *stimulus);
  /* Adds the current of the positions k.begin … k.end - 1. Not called when the stimulus is stopped. */
  void (*add)(const izh_net *net, const izh_stimulus *stimulus, izh_part k);
  double (*current)(const izh_stimulus *stimulus, uint32_t position); /* in the last step */
  izh_status (*set_amplitude)(izh_stimulus *stimulus, izh_amplitude amplitude, izh_err *err);
  void (*redraw)(izh_stimulus *stimulus, uint32_t number);                  /* see izh_stimuli_redraw */
  izh_status (*reseed)(izh_net *net, izh_stimulus *stimulus, izh_err *err); /* sets its keys for net->trial */
};

#define IZH_STIMULUS_TYPE(NAME, name) extern const izh_stimulus_type izh_##name##_stimulus;
IZH_STIMULI(IZH_STIMULUS_TYPE)
#undef IZH_STIMULUS_TYPE

/* Initialises the members quantities and n of an info. */
#define IZH_QUANTITIES(list) .quantities = list, .n = sizeof list / sizeof *list
/* The offset of a member in a definition: IZH_AT(noise.sd). */
#define IZH_AT(member) offsetof(izh_stimulus_def, member)

/* The number of a neuron: IZH_NUMBER_OF(&def->noise, sd, position). */
#define IZH_NUMBER_OF(of, member, k) ((of)->member##_each ? (of)->member##_each[k] : (of)->member)
/* "5", or "(one for each)" for NaN. Returns text. */
const char *izh_stimulus_number_text(double number, char text[32]);

/* A checked time in steps; INT64_MAX for infinity. */
int64_t izh_stimulus_steps(const izh_net *net, double ms);

void izh_stimulus_state_free(izh_stimulus *stimulus);

/* All stimuli of a network. */
void izh_stimuli_free(izh_net *net);
double izh_stimuli_bytes(const izh_net *net);
void izh_stimuli_archive(izh_archive *a, izh_net *net);
void izh_stimuli_prepare(izh_net *net); /* once a step, before the parts are run */

/* Adds the currents, or the jumps, of the neurons of a part. */
void izh_stimulus_add_part(const izh_net *net, const izh_stimulus *stimulus, izh_part part);

#endif
