/* Checked reading of what a script gives. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bind/private.h"

/* "a number", "a number ≥ 0", "a number 0 … 1", or of an integer. */
static const char *range_text(char *text, size_t size, const char *kind, double lo, double hi) {
  if (isinf(lo) && isinf(hi))
    snprintf(text, size, "a finite %s", kind);
  else if (isinf(hi))
    snprintf(text, size, "a finite %s ≥ %.15g", kind, lo);
  else
    snprintf(text, size, "a %s %.15g … %.15g", kind, lo, hi);
  return text;
}

double bind_number(lua_State *L, const char *function, const char *what, int index, double lo, double hi) {
  double number = lua_type(L, index) == LUA_TNUMBER ? lua_tonumber(L, index) : NAN;
  if (isfinite(number) && number >= lo && number <= hi) return number;
  char allowed[96];
  bind_wrong(L, function, what, range_text(allowed, sizeof allowed, "number", lo, hi), index);
}

int64_t bind_integer(lua_State *L, const char *function, const char *what, int index, int64_t lo,
                     int64_t hi) {
  int whole = 0;
  lua_Integer number = lua_type(L, index) == LUA_TNUMBER ? lua_tointegerx(L, index, &whole) : 0;
  if (whole && number >= lo && number <= hi) return number;
  char allowed[96];
  bind_wrong(L, function, what, range_text(allowed, sizeof allowed, "whole number", (double)lo, (double)hi),
             index);
}

const char *bind_string(lua_State *L, const char *function, const char *what, int index) {
  size_t length = 0;
  const char *text = lua_type(L, index) == LUA_TSTRING ? lua_tolstring(L, index, &length) : NULL;
  if (!text) bind_wrong(L, function, what, "a string", index);
  if (length == 0) bind_raise(L, function, "%s must not be empty", what);
  if (strlen(text) != length) bind_raise(L, function, "%s must not contain a NUL byte", what);
  return text;
}

bool bind_boolean(lua_State *L, const char *function, const char *what, int index) {
  if (!lua_isboolean(L, index)) bind_wrong(L, function, what, "true or false", index);
  return lua_toboolean(L, index);
}

int bind_word(lua_State *L, const char *function, const char *what, int index, const char *const *known) {
  const char *word = bind_string(L, function, what, index);
  for (int i = 0; known[i]; i++)
    if (strcmp(known[i], word) == 0) return i;
  bind_unknown(L, function, what, word, known);
}

static bool is_known(const char *key, const char *const *known) {
  for (; *known; known++)
    if (strcmp(*known, key) == 0) return true;
  return false;
}

void bind_options(lua_State *L, const char *function, int index, const char *const *known) {
  if (!lua_istable(L, index)) bind_wrong(L, function, "options", "a table", index);
  index = lua_absindex(L, index);
  lua_pushnil(L); /* the least unknown key so far: the order of a table must not show */
  lua_pushnil(L);
  while (lua_next(L, index)) {
    lua_pop(L, 1);
    if (lua_type(L, -1) != LUA_TSTRING)
      bind_raise(L, function, "options are given by name (got one at %s)", bind_shown(L, -1));
    if (!is_known(lua_tostring(L, -1), known) && (lua_isnil(L, -2) || lua_compare(L, -1, -2, LUA_OPLT))) {
      lua_pushvalue(L, -1);
      lua_replace(L, -3);
    }
  }
  if (!lua_isnil(L, -1)) bind_unknown(L, function, "option", lua_tostring(L, -1), known);
  lua_pop(L, 1);
}

bool bind_option(lua_State *L, int index, const char *key) {
  if (index == 0) return false;
  if (lua_getfield(L, index, key) != LUA_TNIL) return true;
  lua_pop(L, 1);
  return false;
}

double bind_option_number(lua_State *L, const char *function, int index, const char *key, double otherwise,
                          double lo, double hi) {
  if (!bind_option(L, index, key)) return otherwise;
  double number = bind_number(L, function, key, -1, lo, hi);
  lua_pop(L, 1);
  return number;
}

void bind_arguments(lua_State *L, const char *function, int most) {
  int extra = lua_gettop(L) - most;
  if (extra > 0) bind_raise(L, function, "%d argument%s too many", extra, extra == 1 ? "" : "s");
  lua_settop(L, most);
}
