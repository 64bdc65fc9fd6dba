/* Making `require "izhlua"` work: the part in C is the module izhlua.core, which izhlua/init.lua completes.
 */
#include <dirent.h>
#include <lualib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/output.h"
#include "base/stop.h"
#include "bind/model.h"
#include "bind/private.h"

const izh_host *bind_host(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.host");
  const izh_host *host = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return host;
}

void bind_hear(lua_State *L, const izh_host *host, bool ours) {
  if (host->hear) host->hear(L, ours);
}

void bind_saved(lua_State *L, const char *path) {
  const izh_host *host = bind_host(L);
  if (host->saved) host->saved(path);
}

/* --- for the part that is written in Lua --- */

/* core.raise(function, message): an error at the script's line. */
static int core_raise(lua_State *L) {
  bind_raise(L, "%s", luaL_checkstring(L, 2));
}

/* core.wrong(function, what, allowed, value): `what must be allowed (got value)`. */
static int core_wrong(lua_State *L) {
  luaL_checkany(L, 4);
  bind_wrong(L, luaL_checkstring(L, 2), luaL_checkstring(L, 3), 4);
}

/* The strings of the list at index, ended by NULL, in a block pushed on the stack. */
static const char *const *push_words(lua_State *L, int index) {
  lua_Integer n = luaL_len(L, index);
  const char **words = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *words, 0);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, index, i + 1);
    words[i] = luaL_checkstring(L, -1); /* kept alive by the list */
    lua_pop(L, 1);
  }
  words[n] = NULL;
  return words;
}

/* core.options(function, table, known): raises unless all keys are in the list known. */
static int core_options(lua_State *L) {
  luaL_checktype(L, 3, LUA_TTABLE);
  bind_options(L, 2, push_words(L, 3));
  return 0;
}

/* core.unknown(function, what, word, known) */
static int core_unknown(lua_State *L) {
  luaL_checktype(L, 4, LUA_TTABLE);
  bind_unknown(L, luaL_checkstring(L, 2), luaL_checkstring(L, 3), push_words(L, 4));
}

/* core.list(function, what, table): how many items; raises when it has more than a list 1 … n. */
static int core_list(lua_State *L) {
  lua_pushinteger(L, bind_list(L, luaL_checkstring(L, 2), 3));
  return 1;
}

/* core.no_self(function, type, example, value): see bind_no_self. */
static int core_no_self(lua_State *L) {
  lua_settop(L, 4);
  bind_no_self(L, luaL_checkstring(L, 2), luaL_checkstring(L, 3), 4);
}

/* core.no_more(function, …): raises when anything follows. */
static int core_no_more(lua_State *L) {
  bind_arguments(L, 1);
  return 0;
}

/* core.method(name, function): a method of networks. */
static int core_method(lua_State *L) {
  lua_settop(L, 2);
  bind_extend(L, BIND_NETWORK, luaL_checkstring(L, 1));
  return 0;
}

/* core.spikes_method(name, function): a method of spikes. */
static int core_spikes_method(lua_State *L) {
  lua_settop(L, 2);
  bind_extend(L, BIND_SPIKES, luaL_checkstring(L, 1));
  return 0;
}

/* core.spikes_later(function): it makes more methods of spikes, when one is first asked for that there is
 * not. */
static int core_spikes_later(lua_State *L) {
  lua_settop(L, 1);
  bind_extend_later(L, BIND_SPIKES);
  return 0;
}

/* core.nearest(word, known): the known word that was meant, or nil. */
static int core_nearest(lua_State *L) {
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_pushstring(L, izh_nearest(luaL_checkstring(L, 1), push_words(L, 2)));
  return 1;
}

/* core.write(function, path, text): a file that appears whole or not at all. */
static int core_write(lua_State *L) {
  const char *path = luaL_checkstring(L, 2);
  size_t size;
  const char *text = luaL_checklstring(L, 3, &size);
  izh_output *out;
  izh_err err;
  bind_check(L, izh_output_begin(path, &out, &err), &err);
  izh_output_write(out, text, size, &err);
  bind_check(L, izh_output_commit(out, &err), &err);
  return 0;
}

/* Copies the names of our own files in a folder, each with its NUL, without ".lua", as far as there is room
 * (NULL: none is wanted). Returns how many bytes they take. */
static size_t own_names(const char *folder, char *names, size_t room) {
  DIR *dir = opendir(folder);
  size_t bytes = 0;
  for (const struct dirent *entry; dir && (entry = readdir(dir));) {
    size_t length = strlen(entry->d_name);
    if (length < 5 || strcmp(entry->d_name + length - 4, ".lua") != 0) continue;
    length -= 3; /* the NUL counts */
    if (names && bytes + length > room) continue;
    if (names) snprintf(names + bytes, length, "%s", entry->d_name);
    bytes += length;
  }
  if (dir) closedir(dir);
  return bytes;
}

/* core.own_files(folder): the names of our own files in izhlua/folder, without ".lua", in no order. */
static int core_own_files(lua_State *L) {
  const char *folder = lua_pushfstring(L, "%s/izhlua/%s", bind_host(L)->lua_dir, luaL_checkstring(L, 1));
  size_t room = own_names(folder, NULL, 0);
  char *names = lua_newuserdatauv(L, room, 0); /* Lua's, since what follows may raise */
  size_t bytes = own_names(folder, names, room);
  lua_newtable(L);
  for (size_t at = 0; at < bytes; at += strlen(names + at) + 1) {
    lua_pushstring(L, names + at);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  }
  return 1;
}

static const luaL_Reg for_lua[] = {{"raise", core_raise},
                                   {"wrong", core_wrong},
                                   {"options", core_options},
                                   {"unknown", core_unknown},
                                   {"list", core_list},
                                   {"own_files", core_own_files},
                                   {"no_self", core_no_self},
                                   {"no_more", core_no_more},
                                   {"method", core_method},
                                   {"spikes_method", core_spikes_method},
                                   {"spikes_later", core_spikes_later},
                                   {"nearest", core_nearest},
                                   {"write", core_write},
                                   {NULL, NULL}};

static const char GLOBALS[] = "izhlua.globals";

/* Keeps a copy of the global variables for our own files: what a script does to its own, such as io = nil or
 * type = "RS", is nothing to them. Their _G is the script's. */
static void keep_globals(lua_State *L) {
  lua_newtable(L);
  lua_pushglobaltable(L);
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, -6);
  }
  lua_pop(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, GLOBALS);
}

static int open_core(lua_State *L) {
  const izh_host *host = bind_host(L);
  izh_err err;
  if (host->isa && izh_isa_choose(host->isa, &err)) bind_raise_as(L, "IZHLUA_ISA", "%s", err.message);
  lua_newtable(L);
  bind_open_values(L);
  bind_open_network(L, host);
  bind_open_population(L);
  bind_open_models(L);
  bind_open_projection(L);
  bind_open_stimulus(L);
  bind_open_stimulus_spec(L);
  bind_open_recording(L);
  bind_open_spikes(L);
  bind_open_measures(L);
  bind_open_run(L);
  bind_open_state(L, host);
  bind_open_profile(L);
  bind_open_figure(L);
  bind_open_raster(L);
  bind_open_provenance(L);
  bind_keep_script(L, host);
  bind_open_plot(L);
  bind_open_explain(L);
  bind_open_files(L);
  bind_open_workers(L, host);
  luaL_setfuncs(L, for_lua, 0);
  lua_pushstring(L, IZHLUA_VERSION);
  lua_setfield(L, -2, "version");
  return 1;
}

/* Pushes what is in a file of ours as a function, or says why there is none. */
static int load_own(lua_State *L, const char *path) {
  int status = luaL_loadfile(L, path);
  if (status != LUA_OK) return status;
  lua_getfield(L, LUA_REGISTRYINDEX, GLOBALS);
  lua_setupvalue(L, -2, 1); /* the first of a file is _ENV */
  lua_pushstring(L, path);
  return LUA_OK;
}

/* The searcher of `require` for what is ours: izhlua.core, and of each name
 * izhlua.a.b the file izhlua/a/b.lua or izhlua/a/b/init.lua in our folder. It is asked before all others: a
 * file is found whatever package.path says, whatever a script is called, and whatever the script has in a
 * folder izhlua of its own. */
static int search_own(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  if (strcmp(name, "izhlua") != 0 && strncmp(name, "izhlua.", 7) != 0) return 0;
  if (strcmp(name, "izhlua.core") == 0) {
    lua_pushcfunction(L, open_core);
    return 1;
  }
  static const char *const ends[] = {".lua", "/init.lua"};
  const char *stem = lua_pushfstring(L, "%s/%s", bind_host(L)->lua_dir, luaL_gsub(L, name, ".", "/"));
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    int status = load_own(L, lua_pushfstring(L, "%s%s", stem, ends[i]));
    if (status == LUA_OK) return 2;
    if (status != LUA_ERRFILE) return lua_error(L);
  }
  return 1; /* why the last one is not there */
}

/* Puts our searcher in front of the others. */
static void add_searcher(lua_State *L) {
  lua_getglobal(L, "package");
  lua_getfield(L, -1, "searchers");
  for (lua_Integer i = luaL_len(L, -1); i > 0; i--) {
    lua_rawgeti(L, -1, i);
    lua_rawseti(L, -2, i + 1);
  }
  lua_pushcfunction(L, search_own);
  lua_rawseti(L, -2, 1);
  lua_pop(L, 2);
}

/* math.randomseed, which also says that the script has chosen: its first network does not choose for it then.
 */
static int script_randomseed(lua_State *L) {
  lua_pushboolean(L, 1);
  lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.script_seeded");
  lua_getfield(L, LUA_REGISTRYINDEX, "izhlua.randomseed");
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static void watch_randomseed(lua_State *L, const izh_host *host) {
  lua_getglobal(L, "math");
  lua_getfield(L, -1, "randomseed");
  lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.randomseed");
  lua_pushcfunction(L, script_randomseed);
  lua_setfield(L, -2, "randomseed");
  lua_pop(L, 1);
  lua_pushboolean(L, host->has_seed); /* then the program has seeded it already */
  lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.script_seeded");
}

void izh_bind_open(lua_State *L, const izh_host *host) {
  lua_pushlightuserdata(L, (void *)host);
  lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.host");
  lua_pushstring(L, host->lua_dir);
  lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.lua_dir");
  lua_getglobal(L, "utf8");
  lua_getfield(L, -1, "len");
  lua_setfield(L, LUA_REGISTRYINDEX, "izhlua.utf8len");
  lua_pop(L, 1);
  watch_randomseed(L, host);
  keep_globals(L);
  izh_stop_ask(host->interrupted);
  add_searcher(L);
}
