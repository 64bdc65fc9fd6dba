/* Descriptions of quantities (base/quantity.h) as Lua sees them. */
#ifndef IZH_BIND_QUANTITY_H
#define IZH_BIND_QUANTITY_H

#include <lua.h>

#include "base/quantity.h"

/* Pushes a list of n tables { name =, unit =, help =, required =, default =, like =, low =, high =, above =
 * }; what a quantity does not have is nil: a default that is not a number, an end of the range that is
 * infinite.
 */
void bind_push_quantities(lua_State *L, const izh_quantity *quantities, int n);

#endif
