/* Calls at which all ranks meet (base/ranks.h), so that a script that does something else on one of them is
 * found there. */
#ifndef IZH_BIND_PROGRAM_LOCKSTEP_H
#define IZH_BIND_PROGRAM_LOCKSTEP_H

#include <lua.h>

/* With several ranks: the methods of networks and of what they hold, and the functions of the table on top of
 * the stack (izhlua.core) that make or read something, meet before they begin. */
void bind_lockstep(lua_State *L);

#endif
