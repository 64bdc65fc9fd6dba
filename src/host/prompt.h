/* The prompt: reads a statement, runs it, prints what it gives. */
#ifndef IZH_HOST_PROMPT_H
#define IZH_HOST_PROMPT_H

#include <lua.h>

/* Until the end of the input. Errors of statements are reported and end nothing. */
void host_prompt(lua_State *L);

#endif
