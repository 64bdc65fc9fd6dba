/* Descriptions of stimuli as Lua values. The layout is here for stimulus_forms.c, too, which reads options
 * into them: it is a part of stimulus_spec.c. */
#ifndef IZH_BIND_NET_STIMULUS_SPEC_H
#define IZH_BIND_NET_STIMULUS_SPEC_H

#include <lua.h>
#include <stdbool.h>

#include "core/stimulus/stimulus.h"

extern const char BIND_STIMULUS_SPEC[];

/* What izh.noise and the like return. */
typedef struct bind_stimulus_spec {
  izh_stimulus_def def; /* but for name and target; NaN is one for each neuron */
  bool function;        /* the amplitude is a function of time, called by run.c */
} bind_stimulus_spec;

/* Its user values. */
enum {
  BIND_SPEC_NAME = 1,
  BIND_SPEC_EACH,    /* a table: what gives each neuron its own value, by the name of the quantity; and the
                        function of time under that of the amplitude; nil: none */
  BIND_SPEC_NUMBERS, /* arrays of the definition … */
  BIND_SPEC_BEGIN,
  BIND_SPEC_VALUES = BIND_SPEC_BEGIN
};

/* The amplitude of a kind, NULL when it has none. */
const izh_stimulus_quantity *bind_stimulus_amplitude(izh_stimulus_kind kind);
/* Keeps the value at the top of the stack for BIND_SPEC_EACH of the spec at index. */
void bind_keep_each(lua_State *L, int index, const char *name);
/* Pushes what gives each neuron of the spec at index its own value, or the function of time. */
void bind_push_each(lua_State *L, int index, const char *name);
/* Pushes "izh.noise, izh.current … or izh.spike_train". */
const char *bind_stimulus_makers(lua_State *L);

#endif
