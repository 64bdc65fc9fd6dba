#include "host/sandbox_files.h"

#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/sandbox.h"
#include "base/system.h"
#include "bind/bind.h"
#include "host/used.h"

/* As luaL_fileresult, with the reasons that a sandbox has. */
static int result(lua_State *L, bool done, const char *path, int code) {
  if (done) {
    lua_pushboolean(L, 1);
    return 1;
  }
  luaL_pushfail(L);
  lua_pushfstring(L, "%s: %s", path, izh_file_error(code));
  lua_pushinteger(L, code);
  return 3;
}

/* --- io --- */

static int close_stream(lua_State *L) {
  luaL_Stream *stream = luaL_checkudata(L, 1, LUA_FILEHANDLE);
  return luaL_fileresult(L, fclose(stream->f) == 0, NULL);
}

/* Pushes an open file of Lua; false with errno. */
static bool push_stream(lua_State *L, const char *path, int flags, const char *mode) {
  luaL_Stream *stream = lua_newuserdatauv(L, sizeof *stream, 0);
  stream->closef = NULL; /* it is closed */
  luaL_setmetatable(L, LUA_FILEHANDLE);
  int file = izh_descriptor_move_up(izh_open(path, flags | O_CLOEXEC, 0666));
  if (file < 0) return false;
  stream->f = fdopen(file, mode);
  if (!stream->f) {
    close(file);
    return false;
  }
  stream->closef = close_stream;
  return true;
}

static int flags_of(const char *mode) {
  int more = mode[1] == '+' || (mode[1] && mode[2] == '+') ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
  return mode[0] == 'r' ? more : more | O_CREAT | (mode[0] == 'w' ? O_TRUNC : O_APPEND);
}

static bool is_mode(const char *mode) {
  if (!mode[0] || !strchr("rwa", mode[0])) return false;
  mode += 1 + (mode[1] == '+');
  return strspn(mode, "b") == strlen(mode);
}

static int io_open(lua_State *L) {
  const char *path = luaL_checkstring(L, 1), *mode = luaL_optstring(L, 2, "r");
  luaL_argcheck(L, is_mode(mode), 2, "invalid mode");
  if (!push_stream(L, path, flags_of(mode), mode)) return result(L, false, path, errno);
  host_used_note(L, path, mode);
  return 1;
}

/* Pushes an open file, or raises. */
static void push_open(lua_State *L, const char *path, const char *mode) {
  if (!push_stream(L, path, flags_of(mode), mode)) luaL_error(L, "%s: %s", path, izh_file_error(errno));
  host_used_note(L, path, mode);
}

/* With a path: its lines, and the file, which a loop closes at its end. Upvalue: Lua's io.lines. */
static int io_lines(lua_State *L) {
  if (lua_isnoneornil(L, 1)) return lua_tocfunction(L, lua_upvalueindex(1))(L);
  push_open(L, luaL_checkstring(L, 1), "r");
  lua_replace(L, 1);
  lua_pushvalue(L, 1);
  lua_insert(L, 1); /* the file, and the arguments of its method */
  lua_getfield(L, 1, "lines");
  lua_insert(L, 2);
  lua_call(L, lua_gettop(L) - 2, 1);
  lua_pushnil(L);
  lua_pushnil(L);
  lua_pushvalue(L, 1);
  return 4;
}

/* io.input and io.output. Upvalues: Lua's function, the mode. */
static int io_standard(lua_State *L) {
  if (lua_type(L, 1) == LUA_TSTRING) {
    push_open(L, lua_tostring(L, 1), lua_tostring(L, lua_upvalueindex(2)));
    lua_replace(L, 1);
  }
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int io_tmpfile(lua_State *L) {
  if (push_stream(L, ".", IZH_UNNAMED | O_RDWR, "w+")) return 1;
  return result(L, false, "a temporary file", errno);
}

/* Counts what is written to a file; stdout and stderr count themselves (visible.h). Upvalues: Lua's function,
 * whether it is io.write, which has no file among its arguments. */
static int write_counted(lua_State *L) {
  bool is_io = lua_toboolean(L, lua_upvalueindex(2));
  size_t bytes = 0;
  for (int i = is_io ? 1 : 2; i <= lua_gettop(L); i++) {
    enum { NUMBER_BYTES = 32 };
    bytes += lua_type(L, i) == LUA_TSTRING ? lua_rawlen(L, i) : NUMBER_BYTES;
  }
  if (is_io) lua_getfield(L, LUA_REGISTRYINDEX, "_IO_output");
  const luaL_Stream *stream = luaL_testudata(L, is_io ? -1 : 1, LUA_FILEHANDLE);
  bool standard = stream && stream->closef && (stream->f == stdout || stream->f == stderr);
  if (is_io) lua_pop(L, 1);
  if (!standard && !izh_sandbox_take_disk(bytes)) return result(L, false, "write", errno);
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* --- os --- */

static int os_remove(lua_State *L) {
  const char *path = luaL_checkstring(L, 1), *name;
  int folder = izh_open_folder(path, &name);
  bool done = folder >= 0 && (unlinkat(folder, name, 0) == 0 || ((errno == EISDIR || errno == EPERM) &&
                                                                 unlinkat(folder, name, AT_REMOVEDIR) == 0));
  int code = errno;
  if (folder >= 0) close(folder);
  return result(L, done, path, code);
}

static int os_rename(lua_State *L) {
  const char *from = luaL_checkstring(L, 1), *to = luaL_checkstring(L, 2), *old_name, *new_name = NULL;
  int old_folder = izh_open_folder(from, &old_name);
  int new_folder = old_folder >= 0 ? izh_open_folder(to, &new_name) : -1;
  bool done = new_folder >= 0 && renameat(old_folder, old_name, new_folder, new_name) == 0;
  int code = errno;
  if (done) izh_bind_written(L, to);
  if (old_folder >= 0) close(old_folder);
  if (new_folder >= 0) close(new_folder);
  return result(L, done, from, code);
}

static int os_tmpname(lua_State *L) {
  static unsigned serial;
  char name[48];
  int file;
  do {
    snprintf(name, sizeof name, "lua_%ld_%u", (long)getpid(), serial++);
    file = izh_open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  } while (file < 0 && errno == EEXIST);
  if (file < 0) return luaL_error(L, "unable to generate a unique filename: %s", izh_file_error(errno));
  close(file);
  lua_pushstring(L, name);
  return 1;
}

/* --- files of Lua --- */

/* Pushes the bytes of an open file. */
static const char *push_bytes(lua_State *L, FILE *file, size_t *size) {
  luaL_Buffer bytes;
  size_t got;
  luaL_buffinit(L, &bytes);
  do {
    char *room = luaL_prepbuffer(&bytes);
    got = fread(room, 1, LUAL_BUFFERSIZE, file);
    luaL_addsize(&bytes, got);
  } while (got > 0);
  luaL_pushresult(&bytes);
  return lua_tolstring(L, -1, size);
}

/* As luaL_loadfile: pushes the function that the file is, or why there is none. LUA_ERRFILE with errno: it
 * cannot be opened. */
static int load_path(lua_State *L, const char *path) {
  static const char mark[] = "\xef\xbb\xbf";
  int base = lua_gettop(L);
  if (!push_stream(L, path, O_RDONLY, "r")) {
    int code = errno;
    lua_settop(L, base);
    lua_pushfstring(L, "cannot open %s: %s", path, izh_file_error(code));
    errno = code;
    return LUA_ERRFILE;
  }
  size_t size, skipped = 0;
  luaL_Stream *stream = lua_touserdata(L, -1);
  const char *text = push_bytes(L, stream->f, &size);
  fclose(stream->f);
  stream->closef = NULL;
  if (strncmp(text, mark, 3) == 0) skipped = 3;
  if (text[skipped] == '#') skipped += strcspn(text + skipped, "\n");
  const char *name = lua_pushfstring(L, "@%s", path);
  int status = luaL_loadbufferx(L, text + skipped, size - skipped, name, "t");
  lua_replace(L, base + 1);
  lua_settop(L, base + 1);
  return status;
}

/* The same for a name, in the folder of the script first (the last upvalue of the function). */
static int load_name(lua_State *L, const char *name, const char *folder) {
  if (name[0] != '/' && strcmp(folder, ".") != 0) {
    const char *beside = lua_pushfstring(L, "%s/%s", folder, name);
    int status = load_path(L, beside);
    if (status == LUA_OK) izh_bind_used(L, beside, NULL);
    if (status != LUA_ERRFILE) return status;
  }
  int status = load_path(L, name);
  if (status == LUA_OK) izh_bind_used(L, name, NULL);
  return status;
}

static int load_file(lua_State *L) {
  bool has_environment = !lua_isnone(L, 3);
  if (load_name(L, luaL_checkstring(L, 1), lua_tostring(L, lua_upvalueindex(1))) != LUA_OK) {
    luaL_pushfail(L);
    lua_insert(L, -2);
    return 2;
  }
  if (has_environment) {
    lua_pushvalue(L, 3);
    if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
  }
  return 1;
}

static int do_file(lua_State *L) {
  const char *name = luaL_checkstring(L, 1);
  lua_settop(L, 1);
  if (load_name(L, name, lua_tostring(L, lua_upvalueindex(1))) != LUA_OK) return lua_error(L);
  lua_replace(L, 1);
  lua_settop(L, 1);
  lua_call(L, 0, LUA_MULTRET);
  return lua_gettop(L);
}

/* load of text only. Upvalue: Lua's. */
static int load_text(lua_State *L) {
  if (lua_gettop(L) < 3) lua_settop(L, 3);
  lua_pushliteral(L, "t");
  lua_replace(L, 3);
  return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* The searcher of require. Upvalue: the folder of the script. */
static int search(lua_State *L) {
  static const char *const forms[] = {"%s/%s.lua", "%s/%s/init.lua", "./%s%s.lua", "./%s%s/init.lua"};
  const char *name = luaL_gsub(L, luaL_checkstring(L, 1), ".", "/");
  const char *folder = lua_tostring(L, lua_upvalueindex(1));
  int first = lua_gettop(L) + 1;
  for (int i = strcmp(folder, ".") == 0 ? 2 : 0; i < 4; i++) {
    const char *path = lua_pushfstring(L, forms[i], i < 2 ? folder : "", name);
    int status = load_path(L, path), code = errno;
    if (status == LUA_OK) {
      izh_bind_used(L, path, lua_tostring(L, 1));
      lua_insert(L, -2);
      return 2;
    }
    if (status != LUA_ERRFILE)
      return luaL_error(L, "error loading module '%s' from file '%s':\n\t%s", lua_tostring(L, 1), path,
                        lua_tostring(L, -1));
    lua_pushfstring(L, "%sno file '%s'%s", lua_gettop(L) > first + 1 ? "\n\t" : "", path,
                    code == EXDEV ? " (it is outside of the sandbox's folder)" : "");
    lua_replace(L, -3);
    lua_pop(L, 1);
  }
  lua_concat(L, lua_gettop(L) - first + 1);
  return 1;
}

/* --- the replacements --- */

/* Puts a function that has Lua's own as its first upvalue, and a second one, on the stack, if there is one,
 * in its place in the table below. */
static void wrap(lua_State *L, const char *name, lua_CFunction function, int second) {
  lua_getfield(L, -1 - second, name);
  if (second) lua_insert(L, -2);
  lua_pushcclosure(L, function, 1 + second);
  lua_setfield(L, -2, name);
}

static void replace_io(lua_State *L) {
  static const luaL_Reg functions[] = {{"open", io_open}, {"tmpfile", io_tmpfile}, {NULL, NULL}};
  lua_getglobal(L, "io");
  luaL_setfuncs(L, functions, 0);
  wrap(L, "lines", io_lines, 0);
  lua_pushliteral(L, "r");
  wrap(L, "input", io_standard, 1);
  lua_pushliteral(L, "w");
  wrap(L, "output", io_standard, 1);
  lua_pushboolean(L, 1);
  wrap(L, "write", write_counted, 1);
  luaL_getmetatable(L, LUA_FILEHANDLE);
  lua_getfield(L, -1, "__index");
  lua_pushboolean(L, 0);
  wrap(L, "write", write_counted, 1);
  lua_pop(L, 3);
}

void host_sandbox_files(lua_State *L, const char *folder) {
  static const luaL_Reg names[] = {
      {"remove", os_remove}, {"rename", os_rename}, {"tmpname", os_tmpname}, {NULL, NULL}};
  static const luaL_Reg files[] = {{"loadfile", load_file}, {"dofile", do_file}, {NULL, NULL}};
  replace_io(L);
  lua_getglobal(L, "os");
  luaL_setfuncs(L, names, 0);
  lua_pushglobaltable(L);
  lua_pushstring(L, folder);
  luaL_setfuncs(L, files, 1);
  wrap(L, "load", load_text, 0);
  lua_getglobal(L, "package");
  lua_createtable(L, 1, 0);
  lua_pushstring(L, folder);
  lua_pushcclosure(L, search, 1);
  lua_rawseti(L, -2, 1);
  lua_setfield(L, -2, "searchers");
  lua_pop(L, 3);
}
