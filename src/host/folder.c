#include "host/folder.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char lua_folder[] = "/share/izhlua/lua";

/* Cuts the last part of a path off. */
static void to_parent(char *path) {
  char *slash = strrchr(path, '/');
  if (slash) *slash = '\0';
}

const char *host_lua_folder(void) {
  static char folder[PATH_MAX];
  char init[PATH_MAX + sizeof "/izhlua/init.lua"];
  ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - sizeof lua_folder);
  if (length < 0 || (size_t)length >= sizeof folder - sizeof lua_folder) {
    fprintf(stderr, "izhlua: cannot tell where this program is: %s\n",
            strerror(length < 0 ? errno : ENAMETOOLONG));
    return NULL;
  }
  folder[length] = '\0';
  to_parent(folder);
  to_parent(folder);
  strcat(folder, lua_folder);
  snprintf(init, sizeof init, "%s/izhlua/init.lua", folder);
  if (access(init, R_OK) != 0) {
    fprintf(stderr, "izhlua: the Lua part of this program is missing: %s: %s\n", init, strerror(errno));
    return NULL;
  }
  return folder;
}
