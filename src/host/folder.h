/* Where the program finds its own files. */
#ifndef IZH_HOST_FOLDER_H
#define IZH_HOST_FOLDER_H

/* The folder that holds izhlua/init.lua, found from where the executable is, so that an installation can be
 * moved as a whole. NULL, with a message on stderr, when it is not there. Lives as long as the program. */
const char *host_lua_folder(void);

#endif
