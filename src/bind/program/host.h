/* The program that the bindings are in, as their files see it. */
#ifndef IZH_BIND_PROGRAM_HOST_H
#define IZH_BIND_PROGRAM_HOST_H

#include <lua.h>
#include <stdbool.h>

#include "bind/bind.h"

/* The program that the state belongs to. */
const izh_host *bind_host(lua_State *L);
/* Tells it whether what runs now asks about Ctrl-C: on before what takes long, which may raise; off after it,
 * and before a function of the script is called or an error raised. */
void bind_hear(lua_State *L, const izh_host *host, bool ours);
/* Tells it that a figure was saved. */
void bind_saved(lua_State *L, const char *path);
/* Makes the program the state's. */
void bind_set_host(lua_State *L, const izh_host *host);
/* Pushes the folder of the program's modules. */
const char *bind_modules(lua_State *L);
/* This process is a worker that runs beside others from now on: what it does takes one processor. */
void bind_run_beside_others(lua_State *L);
/* How many threads a network has whose script does not say, and a measure. */
int bind_default_threads(lua_State *L);

#endif
