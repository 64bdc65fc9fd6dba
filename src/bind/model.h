/* Neuron models as our own Lua files see them. */
#ifndef IZH_BIND_MODEL_H
#define IZH_BIND_MODEL_H

#include <lua.h>

/* Adds to the table on top of the stack describe_models(), which returns the models, a list and by name, and
 * the integrators, a list of { name =, help = }: see lua/izhlua/models.lua. A model is { name =, help =, unit
 * =, state = { "v", "u" }, quantities = … } and functions of a cell, a table of numbers as net:population
 * takes it; what it does not have of them is the default: slope(cell, v, u, I)      v', u' peak(cell, u) the
 * v of a spike reset(cell, v, u)         v, u after it v_nullcline(cell, v, I), u_nullcline(cell, v)    the u
 * where v', or u', is 0; NaN for none knee(cell)                the v above which v drives itself up;
 * infinity for none */
void bind_open_models(lua_State *L);

#endif
