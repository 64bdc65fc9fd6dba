#include "host/script.h"

#include <lauxlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "host/interrupt.h"
#include "host/locals.h"
#include "host/progress.h"
#include "host/ranks.h"
#include "host/traceback.h"

/* What load_request loads, and how that went. */
typedef struct request {
  const char *statement; /* NULL: a file */
  const char *file;      /* NULL: the standard input */
  const char *mode;      /* as of luaL_loadfilex */
  const char *const *arguments;
  int argument_count;
  bool prompt; /* one follows, and sees the locals */
  int status;
} request;

/* Lua shortens long file names in messages, so that an editor cannot find the file. If the message at the
 * index begins with a shortened name, it is replaced by the whole name. */
static bool lengthen_name(lua_State *L, int index, const char *name) {
  static const char dots[] = "...";
  const size_t begin = sizeof dots - 1, rest = LUA_IDSIZE - 1 - begin, length = strlen(name);
  const char *text = lua_tostring(L, index);
  if (length < rest || strncmp(text, dots, begin) != 0) return false;
  if (strncmp(text + begin, name + length - rest, rest) != 0 || text[begin + rest] != ':') return false;
  lua_pushfstring(L, "%s%s", name, text + begin + rest);
  lua_replace(L, index);
  return true;
}

/* The message may name the file of any function that is running. */
static void lengthen_names(lua_State *L, int index) {
  lua_Debug frame;
  if (lua_tostring(L, index)[0] != '.') return;
  for (int level = 1; lua_getstack(L, level, &frame); level++) {
    lua_getinfo(L, "S", &frame);
    if (frame.source[0] == '@' && lengthen_name(L, index, frame.source + 1)) return;
  }
}

/* Adds to the message at 1, one of Lua's own, what a beginner has forgotten. */
static void add_advice(lua_State *L) {
  const char *text = lua_tostring(L, 1), *advice = NULL;
  if (strstr(text, "a nil value (global 'izh')"))
    advice = "the script begins with local izh = require \"izhlua\"";
  else if (strstr(text, "of a function value (field '"))
    advice = "a method is called with a colon and parentheses, as in spikes:times()";
  if (!advice) return;
  lua_pushfstring(L, "%s: %s", text, advice);
  lua_replace(L, 1);
}

/* Replaces the error object at index 1 by a string. */
static void describe(lua_State *L) {
  if (lua_isstring(L, 1)) {
    lua_tostring(L, 1);
    lengthen_names(L, 1);
  } else if (luaL_callmeta(L, 1, "__tostring") && lua_type(L, -1) == LUA_TSTRING) {
    lua_replace(L, 1);
  } else {
    lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, 1));
    lua_replace(L, 1);
  }
  lua_settop(L, 1);
  add_advice(L);
}

static const char *own_folder;

void host_script_open(const char *lua_dir) {
  own_folder = lua_dir;
}

/* The message handler: from an error object to the text that is printed. */
static int explain(lua_State *L) {
  if (host_interrupted()) return 1;
  describe(L);
  host_traceback(L, own_folder);
  return 1;
}

static int load_request(lua_State *L) {
  request *wanted = lua_touserdata(L, 1);
  luaL_checkstack(L, wanted->argument_count + 1, "too many arguments to the script");
  wanted->status = wanted->statement ? luaL_loadbufferx(L, wanted->statement, strlen(wanted->statement),
                                                        "=(command line)", "t")
                                     : luaL_loadfilex(L, wanted->file, wanted->mode);
  if (wanted->status != LUA_OK) {
    if (wanted->file) lengthen_name(L, lua_gettop(L), wanted->file);
    return lua_error(L);
  }
  for (int i = 0; i < wanted->argument_count; i++) lua_pushstring(L, wanted->arguments[i]);
  return 1 + wanted->argument_count;
}

static int run(lua_State *L, request *wanted) {
  lua_pushcfunction(L, load_request);
  lua_pushlightuserdata(L, wanted);
  int status = lua_pcall(L, 1, LUA_MULTRET, 0);
  if (status != LUA_OK) {
    if (wanted->status == LUA_ERRFILE) fputs("izhlua: ", stderr);
    status = host_report(L, status);
  } else {
    if (wanted->prompt) host_locals_watch(L, 1);
    status = host_call(L, wanted->argument_count);
  }
  lua_settop(L, 0);
  return status;
}

int host_run_script(lua_State *L, const host_options *options) {
  int first = options->script + 1;
  bool has_arguments = options->script < options->argc;
  request wanted = {
      .file = options->script_is_file ? options->argv[options->script] : NULL,
      .mode = options->sandbox ? "t" : NULL,
      .arguments = (const char *const *)options->argv + first,
      .argument_count = has_arguments ? options->argc - first : 0,
      .prompt = options->prompt,
  };
  return run(L, &wanted);
}

int host_run_statement(lua_State *L, const char *text) {
  request wanted = {.statement = text};
  return run(L, &wanted);
}

int host_call(lua_State *L, int argument_count) {
  lua_pushcfunction(L, explain);
  lua_insert(L, 1);
  host_interrupt_begin(L);
  int status = lua_pcall(L, argument_count, LUA_MULTRET, 1);
  host_interrupt_end(L);
  lua_remove(L, 1);
  if (status == LUA_OK && !host_interrupted()) return 0;
  return host_report(L, status);
}

int host_report(lua_State *L, int status) {
  fflush(stdout); /* what was printed before the error shows before it */
  host_progress_erase();
  if (host_interrupted()) {
    fprintf(stderr, "%s%s\n", host_interrupt_line(), host_interrupt_text());
    host_ranks_failed(host_interrupt_text());
    return host_interrupt_status();
  }
  const char *text = lua_tostring(L, -1);
  if (!text) text = status == LUA_ERRMEM ? "not enough memory" : "(error object is not a string)";
  fprintf(stderr, "%s\n", text);
  host_ranks_failed(text);
  return HOST_EXIT_FAILURE;
}
