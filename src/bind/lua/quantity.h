/* Descriptions of quantities (base/quantity.h) as Lua sees them. */
#ifndef IZH_BIND_QUANTITY_H
#define IZH_BIND_QUANTITY_H

#include <lua.h>

#include "base/quantity.h"

/* Pushes a table { name =, unit =, help =, required =, default =, like =, low =, high =, above =, whole = };
 * what a quantity does not have is nil: a default that is not a number, an end of the range that is infinite.
 */
void bind_push_quantity(lua_State *L, const izh_quantity *quantity);
/* Pushes a list of n. */
void bind_push_quantities(lua_State *L, const izh_quantity *quantities, int n);

/* Reads the option of the table at index that is named as the quantity; false when it is not there. */
bool bind_option_quantity(lua_State *L, int index, const izh_quantity *quantity, double *number);

#endif
