#include "bind/files/json.h"

#include <lauxlib.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/output.h"
#include "bind/bind.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/value/vector.h"
#include "formats/input.h"
#include "formats/number.h"

enum { DEEPEST = 100 };

/* Every whole number up to this is a double, which no other whole number is rounded to. */
static const double WHOLE_MOST = 9007199254740991.0;

/* --- reading --- */

typedef struct reader {
  lua_State *L;
  const char *path, *at, *end;
  unsigned line;
  int depth;
} reader;

static _Noreturn void wrong(const reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
static _Noreturn void wrong(const reader *r, const char *format, ...) {
  char why[200];
  va_list args;
  va_start(args, format);
  vsnprintf(why, sizeof why, format, args);
  va_end(args);
  bind_raise(r->L, "cannot read \"%s\": line %u: %s", r->path, r->line, why);
}

/* The next character that is not a blank; 0 at the end. */
static char next(reader *r) {
  for (; r->at < r->end && strchr(" \t\r\n", *r->at) && *r->at; r->at++) r->line += *r->at == '\n';
  return r->at < r->end ? *r->at : '\0';
}

static bool take(reader *r, char c) {
  if (next(r) != c) return false;
  r->at++;
  return true;
}

static unsigned hex_digits(reader *r) {
  unsigned code = 0;
  for (int k = 0; k < 4; k++, r->at++) {
    const char *digits = "0123456789abcdef";
    char c = r->at < r->end ? *r->at : '\0';
    const char *digit = c ? strchr(digits, c >= 'A' && c <= 'F' ? c | 0x20 : c) : NULL;
    if (!digit) wrong(r, "\\u must be followed by four hexadecimal digits");
    code = code * 16 + (unsigned)(digit - digits);
  }
  return code;
}

/* What follows \u, also in two halves. */
static void add_unicode(reader *r, luaL_Buffer *text) {
  unsigned code = hex_digits(r);
  if (code >= 0xD800 && code < 0xDC00 && r->end - r->at > 6 && r->at[0] == '\\' && r->at[1] == 'u') {
    r->at += 2;
    unsigned second = hex_digits(r);
    if (second >= 0xDC00 && second < 0xE000) code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00);
  }
  if (code >= 0xD800 && code < 0xE000) wrong(r, "\\u%04x is half a character without the other half", code);
  char bytes[8];
  lua_State *L = r->L;
  lua_pushfstring(L, "%U", (unsigned long)code);
  snprintf(bytes, sizeof bytes, "%s", lua_tostring(L, -1));
  lua_pop(L, 1);
  if (code == 0)
    luaL_addchar(text, '\0');
  else
    luaL_addstring(text, bytes);
}

static void add_escape(reader *r, luaL_Buffer *text) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  char c = r->at < r->end ? *r->at++ : '\0';
  const char *known = c ? strchr(from, c) : NULL;
  if (c == 'u')
    add_unicode(r, text);
  else if (known)
    luaL_addchar(text, to[known - from]);
  else
    wrong(r, "\\%c in a text", c);
}

static void read_text(reader *r) {
  luaL_Buffer text;
  luaL_buffinit(r->L, &text);
  for (r->at++; r->at < r->end && *r->at != '"';) {
    char c = *r->at++;
    if (c == '\n') wrong(r, "a text has no end");
    if (c == '\\')
      add_escape(r, &text);
    else
      luaL_addchar(&text, c);
  }
  if (r->at == r->end) wrong(r, "a text has no end");
  r->at++;
  luaL_pushresult(&text);
}

/* Whole numbers as such, if Lua has them. */
static void push_number(reader *r, const char *begin, size_t length) {
  double number;
  if (!izh_number_read(begin, length, &number))
    wrong(r, "\"%.*s\" is no value", length > 40 ? 40 : (int)length, begin);
  bool whole = !memchr(begin, '.', length) && !memchr(begin, 'e', length) && !memchr(begin, 'E', length);
  if (whole && fabs(number) > WHOLE_MOST)
    wrong(r, "%.*s has too many digits for a double", length > 40 ? 40 : (int)length, begin);
  bool zero_below = number == 0 && signbit(number); /* there is no such integer */
  if (whole && number == floor(number) && !zero_below)
    lua_pushinteger(r->L, (lua_Integer)number);
  else
    lua_pushnumber(r->L, number);
}

/* A number, or one of the words that stand for themselves. */
static void read_word(reader *r) {
  static const struct {
    const char *word;
    double number;
  } numbers[] = {{"NaN", NAN}, {"Infinity", INFINITY}, {"-Infinity", -INFINITY}};
  const char *begin = r->at;
  while (r->at < r->end && !strchr(" \t\r\n,]}:\"", *r->at)) r->at++;
  size_t length = (size_t)(r->at - begin);
  lua_State *L = r->L;
  for (int k = 0; k < 3; k++)
    if (strlen(numbers[k].word) == length && strncmp(begin, numbers[k].word, length) == 0) {
      lua_pushnumber(L, numbers[k].number);
      return;
    }
  if (length == 4 && strncmp(begin, "null", 4) == 0)
    lua_pushnil(L);
  else if (length == 4 && strncmp(begin, "true", 4) == 0)
    lua_pushboolean(L, true);
  else if (length == 5 && strncmp(begin, "false", 5) == 0)
    lua_pushboolean(L, false);
  else if (length > 0)
    push_number(r, begin, length);
  else
    wrong(r, r->at < r->end ? "a value is missing before %c" : "a value is missing", *begin);
}

static void read_value(reader *r);

/* The n numbers of the list on top of the stack as a vector; false stands for null. */
static void make_vector(lua_State *L, lua_Integer n) {
  bind_vector *vector = bind_vector_push(L, (size_t)n);
  for (lua_Integer k = 0; k < n; k++) {
    vector->x[k] = lua_rawgeti(L, -2, k + 1) == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN;
    lua_pop(L, 1);
  }
  lua_remove(L, -2);
}

static void read_list(reader *r) {
  lua_State *L = r->L;
  lua_Integer n = 0;
  bool numbers = true;
  r->at++;
  lua_newtable(L);
  if (!take(r, ']')) {
    do {
      read_value(r);
      numbers = numbers && (lua_type(L, -1) == LUA_TNUMBER || lua_isnil(L, -1));
      if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_pushboolean(L, false);
      }
      lua_rawseti(L, -2, ++n);
    } while (take(r, ','));
    if (!take(r, ']')) wrong(r, "a list goes on with , or ends with ]");
  }
  if (numbers) make_vector(L, n);
}

static void read_object(reader *r) {
  lua_State *L = r->L;
  r->at++;
  lua_newtable(L);
  if (take(r, '}')) return;
  do {
    if (next(r) != '"') wrong(r, "a name in quotes is missing");
    read_text(r);
    if (!take(r, ':')) wrong(r, "a : is missing behind a name");
    read_value(r);
    lua_rawset(L, -3);
  } while (take(r, ','));
  if (!take(r, '}')) wrong(r, "an object goes on with , or ends with }");
}

static void read_value(reader *r) {
  luaL_checkstack(r->L, 10, NULL);
  if (++r->depth > DEEPEST) wrong(r, "values are nested more than %d deep", DEEPEST);
  char c = next(r);
  if (c == '{')
    read_object(r);
  else if (c == '[')
    read_list(r);
  else if (c == '"')
    read_text(r);
  else
    read_word(r);
  r->depth--;
}

/* All bytes of a file, in a block pushed on the stack. */
static const char *push_bytes(lua_State *L, const char *path, size_t *got) {
  izh_err err;
  izh_input *input;
  unsigned long long size = 0;
  bind_check(L, izh_input_open(path, &input, &err), &err);
  izh_status status = izh_input_size(input, &size, &err);
  izh_input_close(input);
  bind_check(L, status, &err);
  char *bytes = lua_newuserdatauv(L, (size_t)size + 1, 0);
  bind_check(L, izh_input_open(path, &input, &err), &err);
  status = izh_input_read(input, bytes, (size_t)size, got, &err);
  izh_input_close(input);
  bind_check(L, status, &err);
  bytes[*got] = '\0';
  izh_bind_used(L, path, NULL);
  return bytes;
}

int bind_json_read(lua_State *L, const char *path) {
  size_t size = 0;
  const char *bytes = push_bytes(L, path, &size);
  reader r = {.L = L, .path = path, .at = bytes, .end = bytes + size, .line = 1};
  if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) r.at += 3;
  read_value(&r);
  if (next(&r)) wrong(&r, "more follows its value");
  return 1;
}

/* --- writing --- */

static const char WRITER[] = "izhlua.json";
enum { BUFFER = 1 << 16 };

typedef struct writer {
  izh_output *out; /* NULL: it is done */
  size_t filled;
  char buffer[BUFFER];
} writer;

static int writer_gc(lua_State *L) {
  izh_output_abandon(((writer *)lua_touserdata(L, 1))->out);
  return 0;
}

static void flush(writer *w) {
  izh_output_write(w->out, w->buffer, w->filled, NULL); /* its failure is kept */
  w->filled = 0;
}

static void put(writer *w, const char *text, size_t length) {
  for (size_t k = 0; k < length; k++) {
    if (w->filled == BUFFER) flush(w);
    w->buffer[w->filled++] = text[k];
  }
}

static void put_string(writer *w, const char *text) {
  put(w, text, strlen(text));
}

static void put_text(writer *w, const char *text, size_t length) {
  put(w, "\"", 1);
  for (size_t k = 0; k < length; k++) {
    char code[8];
    unsigned char c = (unsigned char)text[k];
    snprintf(code, sizeof code, c < 0x20 ? "\\u%04x" : c == '"' || c == '\\' ? "\\%c" : "%c", c);
    put_string(w, code);
  }
  put(w, "\"", 1);
}

static void put_number(lua_State *L, writer *w, double number) {
  char text[IZH_NUMBER_TEXT];
  if (isinf(number)) bind_raise(L, "infinity has no place in a .json file");
  if (isnan(number)) {
    put_string(w, "null");
    return;
  }
  put(w, text, (size_t)izh_number_write(text, number));
  if (fabs(number) > WHOLE_MOST && !strpbrk(text, ".e")) put_string(w, ".0"); /* not an exact integer */
}

static void put_integer(lua_State *L, writer *w, lua_Integer number) {
  char text[32];
  snprintf(text, sizeof text, "%lld", (long long)number);
  if (fabs((double)number) > WHOLE_MOST) bind_raise(L, "%s has too many digits for a double", text);
  put_string(w, text);
}

static void put_vector(lua_State *L, writer *w, const bind_vector *vector) {
  for (size_t k = 0; k < vector->n; k++) {
    put_string(w, k ? ", " : "[");
    put_number(L, w, vector->x[k]);
  }
  put_string(w, vector->n ? "]" : "[]");
}

static void put_value(lua_State *L, writer *w, int index, int depth);

static void put_list(lua_State *L, writer *w, int index, int depth) {
  lua_Integer n = bind_list(L, "a list that is written", index);
  put_string(w, "[");
  for (lua_Integer k = 1; k <= n; k++) {
    if (k > 1) put_string(w, ", ");
    lua_rawgeti(L, index, k);
    put_value(L, w, lua_gettop(L), depth);
    lua_pop(L, 1);
  }
  put_string(w, "]");
}

static void put_object(lua_State *L, writer *w, int index, int depth, const char *const *keys) {
  for (const char *const *key = keys; *key; key++) {
    put_string(w, key == keys ? "{" : ", ");
    put_text(w, *key, strlen(*key));
    put_string(w, ": ");
    lua_pushstring(L, *key);
    lua_rawget(L, index);
    put_value(L, w, lua_gettop(L), depth);
    lua_pop(L, 1);
  }
  put_string(w, "}");
}

/* bind_keys gives names as C strings: two that differ after a NUL would be one. */
static void check_keys(lua_State *L, int index) {
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    size_t length = 0;
    const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tolstring(L, -2, &length) : "";
    if (strlen(name) != length)
      bind_raise(L, "the name \"%s…\" has a NUL, which a .json file is not written with", name);
  }
}

static void put_table(lua_State *L, writer *w, int index, int depth) {
  int top = lua_gettop(L);
  if (depth > DEEPEST) bind_raise(L, "a table is nested more than %d deep, or in itself", DEEPEST);
  luaL_checkstack(L, 20, NULL);
  check_keys(L, index);
  const char *const *keys = bind_keys(L, index, NULL); /* numbers beside names are those of columns */
  if (keys[0])
    put_object(L, w, index, depth, keys);
  else
    put_list(L, w, index, depth);
  lua_settop(L, top);
}

static void put_value(lua_State *L, writer *w, int index, int depth) {
  const bind_vector *vector = luaL_testudata(L, index, BIND_VECTOR);
  size_t length;
  if (vector) {
    put_vector(L, w, vector);
  } else if (lua_type(L, index) == LUA_TSTRING) {
    const char *word = lua_tolstring(L, index, &length);
    put_text(w, word, length);
  } else if (lua_isinteger(L, index)) {
    put_integer(L, w, lua_tointeger(L, index));
  } else if (lua_type(L, index) == LUA_TNUMBER) {
    put_number(L, w, lua_tonumber(L, index));
  } else if (lua_isboolean(L, index)) {
    put_string(w, lua_toboolean(L, index) ? "true" : "false");
  } else if (lua_istable(L, index)) {
    put_table(L, w, index, depth + 1);
  } else {
    bind_raise(L, "%s has no place in a .json file", bind_shown(L, index));
  }
}

void bind_json_write(lua_State *L, int index, const char *path) {
  index = lua_absindex(L, index);
  writer *w = lua_newuserdatauv(L, sizeof *w, 0);
  w->out = NULL;
  w->filled = 0;
  if (luaL_newmetatable(L, WRITER)) {
    lua_pushcfunction(L, writer_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  izh_err err;
  bind_check(L, izh_output_begin(path, &w->out, &err), &err);
  put_value(L, w, index, 0);
  put(w, "\n", 1);
  flush(w);
  izh_output *out = w->out;
  w->out = NULL;
  bind_check(L, izh_output_commit(out, &err), &err);
}
