/* What Lua's libraries do with files, below the folder of the sandbox (base/sandbox.h). */
#ifndef IZH_HOST_SANDBOX_FILES_H
#define IZH_HOST_SANDBOX_FILES_H

#include <lua.h>

/* Replaces io.open, lines, input, output and tmpfile, os.remove, rename and tmpname, loadfile, dofile, load
 * and the searchers of require. Files of Lua are looked for in the folder first, where the script is, and are
 * text only. The write of files counts what it writes. */
void host_sandbox_files(lua_State *L, const char *folder);

#endif
