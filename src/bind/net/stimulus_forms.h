/* How a script gives the quantities of stimuli. */
#ifndef IZH_BIND_NET_STIMULUS_FORMS_H
#define IZH_BIND_NET_STIMULUS_FORMS_H

#include <lua.h>

#include "core/stimulus/stimulus.h"

/* Reads a quantity from the options at index 1 into the definition of the spec at index 2, which keeps what
 * belongs to it. */
void bind_read_quantity(lua_State *L, const izh_stimulus_quantity *quantity);
/* The type of a quantity in editor annotations; NULL: number or integer. */
const char *bind_quantity_type(const izh_stimulus_quantity *quantity);
/* More options by which a quantity of a form is given, ended by NULL. */
const char *const *bind_form_options(izh_stimulus_form form);

#endif
