/* Checked reading of what a script gives. */
#include "bind/lua/arguments.h"

#include <lauxlib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind/lua/errors.h"

/* "a number", "a number ≥ 0", "a number 0 … 1", or of an integer. */
static const char *range_text(char *text, size_t size, const char *kind, double lo, double hi) {
  static const double endless = 1e15; /* infinity, or more than anybody will ask for */
  if (isinf(lo) && isinf(hi))
    snprintf(text, size, "a finite %s", kind);
  else if (lo <= -endless && hi >= endless)
    snprintf(text, size, "a %s", kind);
  else if (hi >= endless)
    snprintf(text, size, "a %s ≥ %.15g", kind, lo);
  else
    snprintf(text, size, "a %s %.16g … %.16g", kind, lo, hi);
  return text;
}

double bind_number(lua_State *L, const char *what, int index, double lo, double hi) {
  double number = lua_type(L, index) == LUA_TNUMBER ? lua_tonumber(L, index) : NAN;
  if (isfinite(number) && number >= lo && number <= hi) return number;
  char allowed[96];
  bind_wrong(L, what, range_text(allowed, sizeof allowed, "number", lo, hi), index);
}

int64_t bind_integer(lua_State *L, const char *what, int index, int64_t lo, int64_t hi) {
  int whole = 0;
  lua_Integer number = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &whole) : 0;
  if (whole && number >= lo && number <= hi) return number;
  char allowed[96];
  bind_wrong(L, what, range_text(allowed, sizeof allowed, "whole number", (double)lo, (double)hi), index);
}

const char *bind_string(lua_State *L, const char *what, int index) {
  size_t length = 0;
  const char *text = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &length) : NULL;
  if (!text) bind_wrong(L, what, "a string", index);
  if (length == 0) bind_raise(L, "%s must not be empty", what);
  if (strlen(text) != length) bind_raise(L, "%s must not contain a NUL byte", what);
  return text;
}

bool bind_boolean(lua_State *L, const char *what, int index) {
  if (!lua_isboolean(L, index)) bind_wrong(L, what, "true or false", index);
  return lua_toboolean(L, index);
}

/* Pushes "one of a, b, c". */
static const char *push_one_of(lua_State *L, const char *const *known) {
  luaL_Buffer text;
  luaL_buffinit(L, &text);
  luaL_addstring(&text, "one of ");
  for (const char *const *one = known; *one; one++) {
    if (one != known) luaL_addstring(&text, ", ");
    luaL_addstring(&text, *one);
  }
  luaL_pushresult(&text);
  return lua_tostring(L, -1);
}

/* How many bytes the character at text takes; 0 when it is not UTF-8. */
static int utf8_length(const unsigned char *text) {
  static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000}; /* by length: less could be said in fewer */
  int n = *text < 0x80 ? 1 : *text < 0xC0 ? 0 : *text < 0xE0 ? 2 : *text < 0xF0 ? 3 : *text < 0xF8 ? 4 : 0;
  if (n < 2) return n;
  uint32_t code = *text & (0xFFu >> (n + 1));
  for (int i = 1; i < n; i++) {
    if ((text[i] & 0xC0) != 0x80) return 0;
    code = code << 6 | (text[i] & 0x3F);
  }
  return code < least[n] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0 : n;
}

static bool is_utf8(const char *text) {
  const unsigned char *at = (const unsigned char *)text;
  for (int n; *at; at += n)
    if ((n = utf8_length(at)) == 0) return false;
  return true;
}

enum { LONGEST_LABEL = 200 }; /* so that a message, which names two of them at most, shows them whole */

const char *bind_label(lua_State *L, const char *what, int index) {
  const char *text = bind_string(L, what, index);
  if (strlen(text) > LONGEST_LABEL)
    bind_raise(L, "%s must not be longer than %d bytes (got %zu)", what, LONGEST_LABEL, strlen(text));
  for (const char *c = text; *c; c++)
    if ((unsigned char)*c < ' ' || *c == 0x7f)
      bind_raise(L, "%s must not contain control characters such as a line break", what);
  if (!is_utf8(text)) bind_raise(L, "%s must be UTF-8 text", what);
  return text;
}

int bind_word(lua_State *L, const char *what, int index, const char *const *known) {
  if (lua_type(L, index) != LUA_TSTRING) {
    index = lua_absindex(L, index);
    bind_wrong(L, what, push_one_of(L, known), index);
  }
  const char *word = bind_string(L, what, index);
  for (int i = 0; known[i]; i++)
    if (strcmp(known[i], word) == 0) return i;
  bind_unknown(L, what, word, known);
}

/* Is the string at index one of known. */
static bool is_known(lua_State *L, int index, const char *const *known) {
  size_t length;
  const char *key = lua_tolstring(L, index, &length);
  for (; *known; known++)
    if (strcmp(*known, key) == 0) return strlen(key) == length;
  return false;
}

/* Raises that the value at index is no table of options; where `of` is one of them, neurons may be meant by
 * it. */
static _Noreturn void raise_no_options(lua_State *L, int index, const char *const *known) {
  const char *allowed = "a table";
  if (lua_isuserdata(L, index) || lua_type(L, index) == LUA_TNUMBER)
    while (*known && strcmp(*known, "of") != 0) known++;
  else
    known = NULL;
  if (known && *known) allowed = "a table such as { of = E } or { of = 7 }";
  bind_wrong(L, "options", allowed, index);
}

/* Raises that the option on top of the stack, whose key is below it, has no name. */
static _Noreturn void raise_no_name(lua_State *L) {
  bool listed = lua_isinteger(L, -2);
  const char *got = bind_shown(L, listed ? -1 : -2);
  bind_raise(L, "options are given by name (got %s %s)", got, listed ? "without one" : "as a name");
}

void bind_options(lua_State *L, int index, const char *const *known) {
  if (!lua_istable(L, index)) raise_no_options(L, index, known);
  index = lua_absindex(L, index);
  if (luaL_getmetafield(L, index, "__index") != LUA_TNIL)
    bind_raise(L, "options must be a plain table, without the metamethod __index");
  lua_pushnil(L); /* the least unknown key so far: the order of a table must not show */
  lua_pushnil(L);
  while (lua_next(L, index)) {
    if (lua_type(L, -2) != LUA_TSTRING) raise_no_name(L);
    lua_pop(L, 1);
    if (!is_known(L, -1, known) && (lua_isnil(L, -2) || lua_compare(L, -1, -2, LUA_OPLT))) {
      lua_pushvalue(L, -1);
      lua_replace(L, -3);
    }
  }
  if (!lua_isnil(L, -1)) {
    if (strlen(lua_tostring(L, -1)) != (size_t)lua_rawlen(L, -1))
      bind_raise(L, "unknown option: %s", bind_shown(L, -1));
    bind_unknown(L, "option", lua_tostring(L, -1), known);
  }
  lua_pop(L, 1);
}

bool bind_option(lua_State *L, int index, const char *key) {
  if (index == 0) return false;
  index = lua_absindex(L, index);
  lua_pushstring(L, key);
  if (lua_rawget(L, index) != LUA_TNIL) return true;
  lua_pop(L, 1);
  return false;
}

double bind_option_number(lua_State *L, int index, const char *key, double otherwise, double lo, double hi) {
  if (!bind_option(L, index, key)) return otherwise;
  double number = bind_number(L, key, -1, lo, hi);
  lua_pop(L, 1);
  return number;
}

void bind_arguments(lua_State *L, int most) {
  if (lua_istable(L, 1) && luaL_getmetafield(L, 1, "__module") != LUA_TNIL) bind_dot(L);
  int extra = lua_gettop(L) - most;
  if (extra > 0) bind_raise(L, "%d argument%s too many", extra, extra == 1 ? "" : "s");
  lua_settop(L, most);
}

lua_Integer bind_list(lua_State *L, const char *what, int index) {
  if (!lua_istable(L, index)) bind_wrong(L, what, "a list", index);
  lua_Integer n = (lua_Integer)lua_rawlen(L, index), items = 0;
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    items++;
    if (lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 && lua_tointeger(L, -2) <= n) continue;
    bind_raise(L, "%s must be a list without gaps or names (got one at %s)", what, bind_shown(L, -2));
  }
  if (items < n) bind_raise(L, "%s must be a list without gaps", what);
  return n;
}
