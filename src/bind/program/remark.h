/* Remarks: what a script did that came to nothing, which the program says at its end, when all went well. */
#ifndef IZH_BIND_PROGRAM_REMARK_H
#define IZH_BIND_PROGRAM_REMARK_H

#include <lua.h>

/* What `function` did at a place came to nothing, as the text says: "place: function: text". It is not said
 * when something else that was done there has come to something, or will: so a line that is run several times
 * gives no false alarm. place may be NULL, where nothing is known: then nothing is said. */
void bind_remark(lua_State *L, const char *place, const char *function, const char *text);
void bind_came(lua_State *L, const char *place, const char *function);

#endif
