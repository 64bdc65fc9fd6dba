/* `require "izhlua"` in a Lua 5.4 that is not our program, such as Debian's lua5.4. The module is
 * PREFIX/lib/lua/5.4/izhlua.so, and finds its Lua files in PREFIX/share/izhlua/lua.
 *
 * Ctrl-C is the interpreter's, which stops a script at its next line. While we are in a call that takes long,
 * it is ours: the call fails with the error "interrupted". */
#include <dlfcn.h>
#include <lauxlib.h>
#include <limits.h>
#include <lua.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "bind/bind.h"

int luaopen_izhlua(lua_State *L);

/* --- Ctrl-C --- */

static atomic_bool pending;        /* it came, and nobody has asked yet */
static _Thread_local bool hearing; /* the calling thread does */
static pthread_mutex_t hearers_mutex = PTHREAD_MUTEX_INITIALIZER;
static int hearers;             /* threads that do */
static struct sigaction theirs; /* that of the interpreter, meanwhile */

static void on_interrupt(int number) {
  if (!atomic_exchange(&pending, true)) return;
  signal(number, SIG_DFL); /* the second one ends the program */
  raise(number);
}

static bool interrupted(void) {
  return atomic_exchange(&pending, false);
}

static void set_hearing(bool ours) {
  struct sigaction action = {.sa_handler = on_interrupt};
  sigemptyset(&action.sa_mask);
  hearing = ours;
  pthread_mutex_lock(&hearers_mutex);
  bool first = ours && hearers == 0, last = !ours && hearers == 1;
  hearers += ours ? 1 : -1;
  if (first && sigaction(SIGINT, NULL, &theirs) == 0 && theirs.sa_handler != SIG_IGN)
    sigaction(SIGINT, &action, NULL);
  if (last) sigaction(SIGINT, &theirs, NULL);
  pthread_mutex_unlock(&hearers_mutex);
  if (last && interrupted()) raise(SIGINT); /* nobody has asked: it is theirs */
}

static int nothing(lua_State *L) {
  (void)L;
  return 0;
}

/* One that has come already waits, as a hook, for the next call: there is one here, since we would make none
 * for long. */
static void hear(lua_State *L, bool ours) {
  if (ours == hearing) return;
  set_hearing(ours);
  if (!ours) return;
  lua_pushcfunction(L, nothing);
  if (lua_pcall(L, 0, 0, 0) == LUA_OK) return;
  set_hearing(false);
  lua_error(L);
}

/* --- the host, a userdata that lives as long as the state --- */

typedef struct module {
  izh_host host;
  char lua_dir[PATH_MAX];
  char *argv[];
} module;

/* Finds the folder of the Lua files from that of this module. */
static void find_files(lua_State *L, module *m) {
  static const char folder[] = "/share/izhlua/lua";
  Dl_info self;
  union {
    lua_CFunction function;
    void *address;
  } here = {luaopen_izhlua};
  if (!dladdr(here.address, &self) || !realpath(self.dli_fname, m->lua_dir))
    luaL_error(L, "izhlua: cannot tell where this module is");
  for (int part = 0; part < 4; part++) { /* of …/lib/lua/5.4/izhlua.so */
    char *slash = strrchr(m->lua_dir, '/');
    if (slash) *slash = '\0';
  }
  if (strlen(m->lua_dir) + sizeof folder > sizeof m->lua_dir)
    luaL_error(L, "izhlua: the path of this module is too long");
  strcat(m->lua_dir, folder);
}

/* How many arguments there are in the table arg, on the top: from the script, [0], on. Without a script [0]
 * is the interpreter, and nothing is before it. */
static int count_arguments(lua_State *L) {
  int n = 0;
  bool more = lua_istable(L, -1);
  for (int k = -1; more; k++) {
    more = lua_rawgeti(L, -1, k) == LUA_TSTRING;
    lua_pop(L, 1);
    n += more && k >= 0;
  }
  return n;
}

static module *push_module(lua_State *L) {
  lua_getglobal(L, "arg");
  int arg = lua_gettop(L), n = count_arguments(L);
  module *m = lua_newuserdatauv(L, sizeof *m + ((size_t)n + 1) * sizeof *m->argv, 1);
  *m = (module){.host = {.isa = getenv("IZHLUA_ISA"),
                         .lua_dir = m->lua_dir,
                         .argc = n + 1,
                         .argv = m->argv,
                         .interrupted = interrupted,
                         .hear = hear}};
  lua_createtable(L, n, 0); /* keeps the strings, whatever the script does to its table */
  for (int i = 1; i <= n; i++) {
    lua_rawgeti(L, arg, i - 1);
    m->argv[i] = (char *)lua_tostring(L, -1);
    lua_rawseti(L, -2, i);
  }
  if (n > 0) m->host.script = m->argv[1];
  lua_setiuservalue(L, -2, 1);
  return m;
}

int luaopen_izhlua(lua_State *L) {
  luaL_checkversion(L);
  module *m = push_module(L);
  find_files(L, m);
  lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.module");
  izh_bind_open(L, &m->host);
  lua_getglobal(L, "require"); /* our files are found now */
  lua_pushliteral(L, "izhlua");
  lua_call(L, 1, 1);
  return 1;
}
