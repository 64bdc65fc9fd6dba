#include "bind/program/used.h"

#include <lauxlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/sha256.h"
#include "base/stamp.h"
#include "bind/bind.h"
#include "bind/lua/errors.h"
#include "bind/open.h"
#include "formats/input.h"

/* In the registry: a table from "path NUL module" to the stamp that the file had when it was first used; one
 * of no file when the run had written it before. */
static const char USED[] = "izhlua.used";

/* Notes the key on the top, and pops it, unless it is known. */
static void note(lua_State *L, const izh_stamp *stamp) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, USED);
  lua_pushvalue(L, -2);
  if (lua_rawget(L, -2) == LUA_TNIL) {
    lua_pushvalue(L, -3);
    lua_pushlstring(L, (const char *)stamp, sizeof *stamp);
    lua_rawset(L, -4);
  }
  lua_pop(L, 3);
}

static void push_key(lua_State *L, const char *path, const char *module) {
  luaL_Buffer key;
  luaL_buffinit(L, &key);
  luaL_addlstring(&key, path, strlen(path) + 1);
  luaL_addstring(&key, module);
  luaL_pushresult(&key);
}

void izh_bind_used(lua_State *L, const char *path, const char *module) {
  struct stat info;
  if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) return;
  izh_stamp stamp = izh_stamp_of(path);
  push_key(L, path, module ? module : "");
  note(L, &stamp);
}

void izh_bind_written(lua_State *L, const char *path) {
  push_key(L, path, "");
  note(L, &(izh_stamp){0});
}

/* --- from a worker to its parent: the stamp, the length of the key and the key, for each --- */

void bind_used_pack(lua_State *L) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, USED);
  int table = lua_gettop(L);
  lua_pushliteral(L, "");
  for (lua_pushnil(L); lua_next(L, table);) {
    size_t length = lua_rawlen(L, -2);
    lua_pushlstring(L, (const char *)&length, sizeof length);
    lua_pushvalue(L, -3);
    lua_pushvalue(L, -5);
    lua_rotate(L, -4, 1); /* key, what there was, stamp, length, key */
    lua_concat(L, 4);
    lua_replace(L, table + 1);
  }
  lua_remove(L, table);
}

void bind_used_unpack(lua_State *L, const char *bytes, size_t size) {
  izh_stamp stamp;
  size_t length;
  while (size >= sizeof stamp + sizeof length) {
    memcpy(&stamp, bytes, sizeof stamp);
    memcpy(&length, bytes + sizeof stamp, sizeof length);
    bytes += sizeof stamp + sizeof length;
    size -= sizeof stamp + sizeof length;
    if (length > size) return;
    lua_pushlstring(L, bytes, length);
    note(L, &stamp);
    bytes += length;
    size -= length;
  }
}

/* --- for izhlua/figure --- */

/* core.used_files(): two lists, in any order: files that were read, as { path =, module = or nil, size =,
 * same = is it as it was }; and paths that were written first. */
static int used_files(lua_State *L) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, USED);
  lua_newtable(L);
  lua_newtable(L);
  int read = lua_gettop(L) - 1, written = read + 1;
  for (lua_pushnil(L); lua_next(L, read - 1); lua_pop(L, 1)) {
    const char *path = lua_tostring(L, -2), *module = path + strlen(path) + 1;
    izh_stamp then, now = izh_stamp_of(path);
    memcpy(&then, lua_tostring(L, -1), sizeof then);
    if (!izh_stamp_exists(&then)) {
      lua_pushstring(L, path);
      lua_rawseti(L, written, (lua_Integer)lua_rawlen(L, written) + 1);
      continue;
    }
    lua_createtable(L, 0, 4);
    lua_pushstring(L, path);
    lua_setfield(L, -2, "path");
    lua_pushstring(L, *module ? module : NULL);
    lua_setfield(L, -2, "module");
    lua_pushinteger(L, (lua_Integer)then.size);
    lua_setfield(L, -2, "size");
    lua_pushboolean(L, izh_stamp_same(&then, &now));
    lua_setfield(L, -2, "same");
    lua_rawseti(L, read, (lua_Integer)lua_rawlen(L, read) + 1);
  }
  return 2;
}

/* core.file_bytes(path): nil when it cannot be read. */
static int file_bytes(lua_State *L) {
  izh_input *input;
  unsigned long long size;
  if (izh_input_open(luaL_checkstring(L, 1), &input, NULL)) return 0;
  luaL_Buffer bytes;
  size_t got = 0;
  izh_status status = izh_input_size(input, &size, NULL);
  if (!status)
    status = izh_input_read(input, luaL_buffinitsize(L, &bytes, (size_t)size), (size_t)size, &got, NULL);
  izh_input_close(input);
  if (status) return 0;
  luaL_pushresultsize(&bytes, got);
  return 1;
}

/* core.file_sha256(path): nil when it cannot be read. */
static int file_sha256(lua_State *L) {
  enum { PIECE = 65536 };
  izh_input *input;
  izh_sha256 sum;
  char text[IZH_SHA256_SIZE];
  void *piece = lua_newuserdatauv(L, PIECE, 0);
  if (izh_input_open(luaL_checkstring(L, 1), &input, NULL)) return 0;
  izh_sha256_begin(&sum);
  izh_status status;
  size_t got;
  while (!(status = izh_input_read(input, piece, PIECE, &got, NULL)) && got > 0)
    izh_sha256_add(&sum, piece, got);
  izh_input_close(input);
  if (status) return 0;
  izh_sha256_end(&sum, text);
  lua_pushstring(L, text);
  return 1;
}

/* core.sha256(text) */
static int sha256(lua_State *L) {
  size_t size;
  const char *bytes = luaL_checklstring(L, 1, &size);
  char text[IZH_SHA256_SIZE];
  izh_sha256_of(bytes, size, text);
  lua_pushstring(L, text);
  return 1;
}

void bind_open_used(lua_State *L) {
  static const luaL_Reg functions[] = {{"used_files", used_files},
                                       {"file_bytes", file_bytes},
                                       {"file_sha256", file_sha256},
                                       {"sha256", sha256},
                                       {NULL, NULL}};
  luaL_setfuncs(L, functions, 0);
}
