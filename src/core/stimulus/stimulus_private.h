/* What the kinds of stimulus give, and get. Private to the core. */
#ifndef IZH_CORE_STIMULUS_PRIVATE_H
#define IZH_CORE_STIMULUS_PRIVATE_H

#include "core/net/archive.h"
#include "core/net/net_private.h"
#include "core/stimulus/stimulus.h"

typedef struct izh_stimulus_type izh_stimulus_type;

struct izh_stimulus {
  izh_stimulus_def
      def; /* its numbers. Name and target are its own, the list ascending; no arrays, no amplitude */
  const izh_stimulus_type *type;
  uint32_t *order; /* position in the caller's list of each of target.list; NULL for a range */
  bool stopped;
  bool calm; /* it is its mean, see izh_stimulus_calm */
  int sign;  /* of what acts of its current, 1 or -1; 0: all of it */
  uint32_t draws;
  void *state; /* of its kind */
};

enum { IZH_STATE_BLOCKS = 8 }; /* no state owns more */

/* A kind. A position counts the neurons of the target. Functions may be NULL, but for blocks,
 * archive, prepare, add and current. */
struct izh_stimulus_type {
  izh_stimulus_info info;
  size_t state_size;
  void (*describe)(const izh_stimulus_def *def, char *text, size_t size); /* see izh_stimulus_def_text */

  /* What a definition says wrong, but for the ranges of its numbers; without a network (NULL) what can be
   * said then. */
  izh_status (*check)(const izh_net *net, const izh_stimulus_def *def, izh_err *err);
  /* Puts into the state, zeros at first, what follows from the numbers of a definition that was checked. */
  void (*fit)(const izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus);
  /* Then makes the rest of the state. */
  izh_status (*make)(izh_net *net, const izh_stimulus_def *def, izh_stimulus *stimulus, izh_err *err);
  int (*blocks)(void *state, void **blocks); /* what the state owns, to blocks[IZH_STATE_BLOCKS]; how many */
  /* The state but for what fit makes, which was called in `read`: numbers that change, and arrays. */
  void (*archive)(izh_archive *a, izh_net *net, izh_stimulus *stimulus);

  void (*prepare)(izh_net *net, izh_stimulus *stimulus); /* once a step, before the parts, stopped or not */
  /* Adds the current of positions begin ≤ k < end. Not when stopped. */
  void (*add)(const izh_net *net, const izh_stimulus *stimulus, izh_part k);
  double (*current)(const izh_stimulus *stimulus, uint32_t position); /* in the last step */
  izh_status (*set_amplitude)(izh_stimulus *stimulus, izh_amplitude amplitude, izh_err *err);
  void (*redraw)(izh_stimulus *stimulus, uint32_t number); /* what is random: see izh_stimuli_redraw */
};

#define IZH_STIMULUS_TYPE(NAME, name) extern const izh_stimulus_type izh_##name##_stimulus;
IZH_STIMULI(IZH_STIMULUS_TYPE)
#undef IZH_STIMULUS_TYPE

/* Quantities of a kind as a member `quantities` of its info, with how many there are. */
#define IZH_QUANTITIES(list) .quantities = list, .n = sizeof list / sizeof *list
/* Where a member of a definition is: IZH_AT(noise.sd). */
#define IZH_AT(member) offsetof(izh_stimulus_def, member)

/* A time that was checked, in steps; INT64_MAX for infinity. */
int64_t izh_stimulus_steps(const izh_net *net, double ms);

void izh_stimulus_state_free(izh_stimulus *stimulus);

/* All stimuli of a network. */
void izh_stimuli_free(izh_net *net);
double izh_stimuli_bytes(const izh_net *net);
void izh_stimuli_archive(izh_archive *a, izh_net *net);
void izh_stimuli_prepare(izh_net *net); /* once a step, before the parts */

/* Adds the current of the neurons of a part, or their jumps. */
void izh_stimulus_add_part(const izh_net *net, const izh_stimulus *stimulus, izh_part part);

#endif
