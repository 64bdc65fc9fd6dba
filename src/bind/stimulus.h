/* What the files about stimuli share. */
#ifndef IZH_BIND_STIMULUS_H
#define IZH_BIND_STIMULUS_H

#include <lua.h>

#include "core/stimulus/stimulus.h"

/* What izh.noise and the like return. */
typedef struct bind_stimulus_spec {
  izh_stimulus_def def; /* but for name and target; an amplitude of NaN is one for each neuron */
  bool function;        /* the amplitude is a function of time, called by run.c */
} bind_stimulus_spec;

/* Its user values. */
enum {
  BIND_SPEC_NAME = 1,
  BIND_SPEC_AMPLITUDE, /* the function of time, or what a script gave as the amplitude of each neuron */
  BIND_SPEC_NUMBERS,   /* arrays of the definition … */
  BIND_SPEC_BEGIN,
  BIND_SPEC_VALUES = BIND_SPEC_BEGIN
};

/* The amplitude of a kind, NULL when it has none. */
const izh_stimulus_quantity *bind_stimulus_amplitude(izh_stimulus_kind kind);
/* Pushes "izh.noise, izh.current … or izh.spike_train". */
const char *bind_stimulus_makers(lua_State *L);

/* Reads a quantity from the options at index 1 into the definition of the spec at index 2, which keeps what
 * belongs to it (stimulus_forms.c). */
void bind_read_quantity(lua_State *L, const izh_stimulus_quantity *quantity);
/* More options by which a quantity of a form is given, ended by NULL. */
const char *const *bind_form_options(izh_stimulus_form form);

#endif
