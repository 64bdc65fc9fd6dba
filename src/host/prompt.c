#include "host/prompt.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "host/edit.h"
#include "host/interrupt.h"
#include "host/locals.h"
#include "host/remarks.h"
#include "host/script.h"
#include "host/viewer.h"

static const char chunk_name[] = "=stdin";

/* A statement as far as it is typed. */
typedef struct draft {
  char *text;
  size_t length, capacity;
  bool incomplete;
} draft;

static bool add_line(draft *typed, const char *line) {
  size_t length = strlen(line);
  char *text = izh_grow(typed->text, &typed->capacity, typed->length + length + 2, 1);
  if (!text) return false;
  typed->text = text;
  if (typed->length > 0) text[typed->length++] = '\n';
  memcpy(text + typed->length, line, length + 1);
  typed->length += length;
  return true;
}

/* Does Lua's error say that the chunk is not complete? */
static bool ends_early(lua_State *L, int status) {
  static const char mark[] = "<eof>";
  size_t length;
  const char *message = status == LUA_ERRSYNTAX ? lua_tolstring(L, -1, &length) : NULL;
  return message && length >= strlen(mark) && strcmp(message + length - strlen(mark), mark) == 0;
}

/* A chunk that sees the variables of the prompt. */
static int load(lua_State *L, const char *text, size_t length) {
  int status = luaL_loadbuffer(L, text, length, chunk_name);
  if (status != LUA_OK) return status;
  host_locals_push(L);
  lua_setupvalue(L, -2, 1);
  return LUA_OK;
}

/* Compiles the draft at index 1 as an expression or as statements; raises the error of the latter. */
static int compile(lua_State *L) {
  draft *typed = lua_touserdata(L, 1);
  typed->incomplete = false;
  lua_pushfstring(L, "return %s", typed->text);
  size_t length;
  const char *expression = lua_tolstring(L, -1, &length);
  int status = load(L, expression, length);
  if (status == LUA_OK) return 1;
  typed->incomplete = ends_early(L, status);
  status = load(L, typed->text, typed->length);
  typed->incomplete = status != LUA_OK && (typed->incomplete || ends_early(L, status));
  return status == LUA_OK ? 1 : lua_error(L);
}

static int call_compile(lua_State *L, draft *typed) {
  lua_pushcfunction(L, compile);
  lua_pushlightuserdata(L, typed);
  return lua_pcall(L, 1, 1, 0);
}

/* Reads and compiles a statement of one line or more. The chunk or an error object is then on the stack,
 * unless the input ended or the line was given up. */
static host_line read_statement(lua_State *L, host_editor *editor, draft *typed, int *status) {
  const char *line;
  host_line result = host_editor_read(editor, "> ", &line);
  while (result == HOST_LINE) {
    if (!add_line(typed, line)) return HOST_LINE_END;
    *status = call_compile(L, typed);
    if (!typed->incomplete) break;
    result = host_editor_read(editor, ">> ", &line);
    if (result == HOST_LINE_END) break; /* the error says that more is expected */
    lua_pop(L, 1);
  }
  if (typed->text) host_editor_remember(editor, typed->text);
  return result == HOST_LINE_END && typed->text ? HOST_LINE : result;
}

static int get_print(lua_State *L) {
  lua_getglobal(L, "print");
  return 1;
}

/* Prints all that is on the stack, with the print of the script. */
static void print_results(lua_State *L) {
  int count = lua_gettop(L);
  if (count == 0) return;
  lua_pushcfunction(L, get_print);
  int status = lua_pcall(L, 0, 1, 0);
  if (status != LUA_OK) {
    host_report(L, status);
    return;
  }
  lua_insert(L, 1);
  host_call(L, count);
}

static void load_izhlua(lua_State *L) {
  host_run_statement(L, "izh = require 'izhlua'");
  host_interrupt_forget(L);
}

void host_prompt(lua_State *L) {
  host_editor *editor = host_editor_open(L);
  if (!editor) return;
  host_remarks_end();
  puts("izhlua " IZHLUA_VERSION ", " LUA_RELEASE);
  puts("The library is in izh. Ctrl-C stops a run, Ctrl-D ends.");
  load_izhlua(L);
  for (host_line result = HOST_LINE; result != HOST_LINE_END && !host_interrupt_ends();) {
    draft typed = {0};
    int status = LUA_OK;
    result = read_statement(L, editor, &typed, &status);
    if (result == HOST_LINE && status != LUA_OK)
      host_report(L, status);
    else if (result == HOST_LINE && host_call(L, 0) == 0)
      print_results(L);
    lua_settop(L, 0);
    if (!host_interrupt_ends()) host_interrupt_forget(L);
    host_viewer_open();
    izh_free(typed.text);
  }
  host_editor_close(editor);
}
