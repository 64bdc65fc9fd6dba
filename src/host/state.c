#include "host/state.h"

#include <errno.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/coroutine.h"
#include "host/interrupt.h"
#include "host/load.h"
#include "host/progress.h"
#include "host/ranks.h"
#include "host/remarks.h"
#include "host/report.h"
#include "host/sandbox_inside.h"
#include "host/script.h"
#include "host/used.h"
#include "host/viewer.h"

/* What open_state needs. */
typedef struct setting {
  const host_options *options;
  const izh_host *host;
} setting;

static bool is_worker;

void host_state_forked(void) {
  is_worker = true;
  host_interrupt_forked();
}

/* As the os.exit of Lua, but always with cleanup, so that a script leaves no half-written file. It is an
 * error in a worker, which must not close what its parent still uses. */
static int exit_program(lua_State *L) {
  int status = EXIT_SUCCESS;
  if (is_worker) return luaL_error(L, "os.exit: a run in a process of its own cannot end the program");
  if (lua_isboolean(L, 1))
    status = lua_toboolean(L, 1) ? EXIT_SUCCESS : EXIT_FAILURE;
  else
    status = (int)luaL_optinteger(L, 1, EXIT_SUCCESS);
  exit(host_ranks_end(host_state_close(L, status)));
}

static void replace_exit(lua_State *L) {
  lua_getglobal(L, "os");
  lua_pushcfunction(L, exit_program);
  lua_setfield(L, -2, "exit");
  lua_pop(L, 1);
}

/* Lua seeds math.random from the clock and an address; here, what a script draws is the same in every run. */
static void seed_random(lua_State *L, uint32_t seed) {
  lua_getglobal(L, "math");
  lua_getfield(L, -1, "randomseed");
  lua_pushinteger(L, seed);
  lua_call(L, 1, 0);
  lua_pop(L, 1);
}

const char *host_push_folder(lua_State *L, const host_options *options) {
  const char *script = options->script_is_file ? options->argv[options->script] : "";
  const char *slash = strrchr(script, '/');
  if (!slash) return lua_pushliteral(L, ".");
  return lua_pushlstring(L, script, slash == script ? 1 : (size_t)(slash - script));
}

/* Lets require, dofile and loadfile look beside the script first. */
static void look_beside(lua_State *L, const host_options *options) {
  const char *folder = host_push_folder(L, options);
  host_load_open(L, folder);
  const char *divider = strcmp(folder, "/") == 0 ? "" : "/";
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "path");
  const char *standard = lua_tostring(L, -1);
  lua_pushfstring(L, "%s%s?.lua;%s%s?/init.lua;%s", folder, divider, folder, divider, standard);
  lua_setfield(L, -3, "path");
  lua_pop(L, 3);
}

/* arg[0] is the script, or the program when there is none. Arguments before it have negative indices. */
static void make_arg(lua_State *L, const host_options *options) {
  int zero = options->script < options->argc ? options->script : 0;
  lua_createtable(L, options->argc - zero, zero + 1);
  for (int i = 0; i < options->argc; i++) {
    lua_pushstring(L, options->argv[i]);
    lua_rawseti(L, -2, i - zero);
  }
  lua_setglobal(L, "arg");
}

static int open_state(lua_State *L) {
  const setting *given = lua_touserdata(L, 1);
  luaL_openlibs(L);
  replace_exit(L);
  host_interrupt_open(L, given->host->lua_dir);
  host_script_open(given->host->lua_dir);
  host_coroutine_open(L);
  host_progress_open(L);
  host_report_open(L);
  seed_random(L, given->options->seed);
  look_beside(L, given->options);
  make_arg(L, given->options);
  if (given->options->sandbox) host_inside_open(L, given->options);
  host_ranks_open(L);
  izh_bind_open(L, given->host);
  if (given->options->sandbox)
    host_inside_close(L);
  else
    host_used_open(L); /* our own Lua files have what was there before: what they read is not the script's */
  return 0;
}

lua_State *host_state_new(const host_options *options, const izh_host *host) {
  lua_State *L = luaL_newstate();
  if (!L) {
    fputs("izhlua: not enough memory\n", stderr);
    return NULL;
  }
  lua_warning(L, "@on", 0); /* an error in a finalizer is one that nobody would see */
  setting given = {options, host};
  lua_pushcfunction(L, open_state);
  lua_pushlightuserdata(L, &given);
  int status = lua_pcall(L, 1, 0, 0);
  if (status == LUA_OK) return L;
  host_report(L, status);
  lua_close(L);
  return NULL;
}

int host_state_close(lua_State *L, int status) {
  host_interrupt_closing();
  lua_close(L);
  host_progress_erase();
  if (status == 0 && host_interrupted()) status = host_interrupt_status();
  if (status == 0) host_remarks_say();
  errno = 0;
  bool lost = fflush(stdout) != 0 || ferror(stdout);
  int code = errno;
  host_viewer_open();
  if (!lost) return status;
  fprintf(stderr, "izhlua: cannot write the standard output%s%s\n", code ? ": " : "",
          code ? strerror(code) : "");
  return status ? status : HOST_EXIT_FAILURE;
}
