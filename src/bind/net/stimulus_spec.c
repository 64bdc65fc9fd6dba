/* Descriptions of stimuli as Lua values: izh.noise, izh.current, izh.poisson, izh.spike_train. What they take
 * is what the kinds of stimulus say (core/stimulus/stimulus.h). */
#include "bind/net/stimulus_spec.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

#include "base/meaning.h"
#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/lua/quantity.h"
#include "bind/lua/type.h"
#include "bind/net/stimulus_forms.h"
#include "bind/open.h"

const char BIND_STIMULUS_SPEC[] = "izhlua.stimulus_spec";

const izh_stimulus_quantity *bind_stimulus_amplitude(izh_stimulus_kind kind) {
  const izh_stimulus_info *info = izh_stimulus_describe(kind);
  for (int i = 0; i < info->n; i++)
    if (info->quantities[i].form == IZH_FORM_AMPLITUDE) return &info->quantities[i];
  return NULL;
}

static bool has_maker(int kind, const char *maker) {
  return strcmp(izh_stimulus_describe((izh_stimulus_kind)kind)->maker, maker) == 0;
}

/* Is it the first kind of its maker. */
static bool is_first(int kind) {
  int first = 0;
  while (!has_maker(first, izh_stimulus_describe((izh_stimulus_kind)kind)->maker)) first++;
  return first == kind;
}

/* --- which options there are --- */

enum { MOST = 47 }; /* options of a maker */

typedef struct words {
  const char *word[MOST + 1]; /* ended by NULL */
  int n;
} words;

static bool has_word(const words *list, const char *word) {
  for (int i = 0; i < list->n; i++)
    if (strcmp(list->word[i], word) == 0) return true;
  return false;
}

static void add_word(words *list, const char *word) {
  if (list->n < MOST && !has_word(list, word)) list->word[list->n++] = word;
}

/* Adds the options of a kind. */
static void add_options(words *list, int kind) {
  const izh_stimulus_info *info = izh_stimulus_describe((izh_stimulus_kind)kind);
  for (int i = 0; i < info->n; i++) {
    const izh_stimulus_quantity *q = &info->quantities[i];
    if (q->later) continue;
    add_word(list, q->is.name);
    for (const char *const *more = bind_form_options(q->form); *more; more++) add_word(list, *more);
  }
}

static bool is_given(lua_State *L, const char *option) {
  if (!bind_option(L, 1, option)) return false;
  lua_pop(L, 1);
  return true;
}

/* The kind that the options at 1 are of: the first of the maker or, when an option is given that it does not
 * have, the first that has this option. */
static izh_stimulus_kind find_kind(lua_State *L, int first, const char **because) {
  const char *maker = izh_stimulus_describe((izh_stimulus_kind)first)->maker;
  words all = {.n = 0}; /* so far */
  add_options(&all, first);
  *because = NULL;
  for (int kind = first + 1; kind < IZH_STIMULUS_COUNT; kind++) {
    if (!has_maker(kind, maker)) continue;
    int i = all.n;
    add_options(&all, kind);
    for (; i < all.n; i++)
      if (is_given(L, all.word[i])) {
        *because = all.word[i];
        return (izh_stimulus_kind)kind;
      }
  }
  return (izh_stimulus_kind)first;
}

/* Pushes what else than an option of this name may have been meant: from where others say start. */
static const char *push_other(lua_State *L, const char *name, const char *maker, const char *const *known) {
  const char *says, *meant = izh_meaning(name, maker, "option", known, &says);
  return meant ? lua_pushfstring(L, " (did you mean \"%s\" by %s?)", meant, name) : "";
}

/* Raises unless all options at 1 are those of a kind. */
static void check_options(lua_State *L, int first, izh_stimulus_kind kind, const char *because) {
  const izh_stimulus_info *info = izh_stimulus_describe(kind);
  words all = {.n = 0}, own = {.n = 0};
  for (int k = first; k < IZH_STIMULUS_COUNT; k++)
    if (has_maker(k, info->maker)) add_options(&all, k);
  add_options(&own, (int)kind);
  add_word(&all, "name");
  add_word(&own, "name");
  bind_options(L, 1, all.word);
  for (int i = 0; i < all.n; i++)
    if (!has_word(&own, all.word[i]) && is_given(L, all.word[i]))
      bind_raise(L, "%s makes it %s, which has no option %s%s", because, info->form, all.word[i],
                 push_other(L, because, info->maker, all.word));
}

/* --- making them --- */

void bind_keep_each(lua_State *L, int index, const char *name) {
  index = lua_absindex(L, index);
  if (lua_getiuservalue(L, index, BIND_SPEC_EACH) != LUA_TTABLE) {
    lua_pop(L, 1);
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, -1);
    lua_setiuservalue(L, index, BIND_SPEC_EACH);
  }
  lua_insert(L, -2);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

void bind_push_each(lua_State *L, int index, const char *name) {
  lua_getiuservalue(L, index, BIND_SPEC_EACH);
  lua_getfield(L, -1, name);
  lua_remove(L, -2);
}

static bind_stimulus_spec *spec_push(lua_State *L, izh_stimulus_kind kind) {
  bind_stimulus_spec *made = lua_newuserdatauv(L, sizeof *made, BIND_SPEC_VALUES);
  *made = (bind_stimulus_spec){.def = izh_stimulus_def_default(kind)};
  luaL_setmetatable(L, BIND_STIMULUS_SPEC);
  return made;
}

/* The argument of a maker whose first kind has an amplitude: that, as a number or a function of time. */
static bool read_short(lua_State *L, izh_stimulus_kind kind) {
  const izh_stimulus_quantity *amplitude = bind_stimulus_amplitude(kind);
  if (!amplitude || lua_istable(L, 1)) return false;
  bind_stimulus_spec *made = spec_push(L, kind);
  izh_amplitude *value = izh_stimulus_def_at(&made->def, amplitude);
  *value = (izh_amplitude){0};
  made->function = lua_isfunction(L, 1);
  if (lua_type(L, 1) == LUA_TNUMBER)
    value->one = bind_number(L, "the amplitude", 1, -INFINITY, INFINITY);
  else if (!made->function)
    bind_wrong(L, "the argument", "a number, a function of time or options", 1);
  lua_pushvalue(L, 1);
  bind_keep_each(L, -2, amplitude->is.name);
  return true;
}

/* Raises when the argument of a maker is no table, and says what one must have. */
static void require_table(lua_State *L, izh_stimulus_kind kind) {
  if (lua_istable(L, 1)) return;
  const izh_stimulus_info *info = izh_stimulus_describe(kind);
  lua_settop(L, 1);
  lua_pushliteral(L, "a table of options by name such as {");
  for (int i = 0, n = 0; i < info->n; i++) {
    const izh_quantity *is = &info->quantities[i].is;
    if (!is->required) continue;
    lua_pushfstring(L, "%s %s = …", n++ ? "," : "", is->name);
    lua_concat(L, 2);
  }
  lua_pushliteral(L, " }");
  lua_concat(L, 2);
  bind_wrong(L, "the argument", lua_tostring(L, -1), 1);
}

/* izh.noise and the like; upvalue: the first kind that it makes. */
static int make(lua_State *L) {
  int first = (int)lua_tointeger(L, lua_upvalueindex(1));
  const char *because = NULL;
  bool is_short = bind_stimulus_amplitude((izh_stimulus_kind)first) != NULL;
  if (lua_istable(L, 1) || is_short) bind_arguments(L, 1);
  if (read_short(L, (izh_stimulus_kind)first)) return 1;
  require_table(L, (izh_stimulus_kind)first);
  izh_stimulus_kind kind = (izh_stimulus_kind)first;
  if (lua_istable(L, 1)) kind = find_kind(L, first, &because);
  check_options(L, first, kind, because);
  lua_settop(L, 1);
  bind_stimulus_spec *made = spec_push(L, kind);
  const izh_stimulus_info *info = izh_stimulus_describe(kind);
  luaL_checkstack(L, 4 * info->n + LUA_MINSTACK, NULL);
  for (int i = 0; i < info->n; i++)
    if (!info->quantities[i].later) bind_read_quantity(L, &info->quantities[i]);
  izh_err err;
  bind_check(L, izh_stimulus_def_check(&made->def, &err), &err);
  if (bind_option(L, 1, "name")) {
    bind_label(L, "name", -1);
    lua_setiuservalue(L, 2, BIND_SPEC_NAME);
  }
  lua_settop(L, 2);
  return 1;
}

static int spec_tostring(lua_State *L) {
  const bind_stimulus_spec *self = luaL_checkudata(L, 1, BIND_STIMULUS_SPEC);
  char text[IZH_ERR_MESSAGE_SIZE];
  izh_stimulus_def_text(&self->def, text, sizeof text);
  if (self->function)
    lua_pushfstring(L, "%s: a function of time", izh_stimulus_describe(self->def.kind)->maker);
  else
    lua_pushstring(L, text);
  return 1;
}

/* --- what our own Lua files see of them --- */

const char *bind_stimulus_makers(lua_State *L) {
  int last = IZH_STIMULUS_COUNT - 1;
  while (!is_first(last)) last--;
  lua_pushliteral(L, "");
  for (int kind = 0; kind <= last; kind++)
    if (is_first(kind)) {
      const char *before = kind == 0 ? "" : kind == last ? " or " : ", ";
      lua_pushfstring(L, "%sizh.%s", before, izh_stimulus_describe((izh_stimulus_kind)kind)->maker);
      lua_concat(L, 2);
    }
  return lua_tostring(L, -1);
}

static void set_text(lua_State *L, const char *field, const char *text) {
  lua_pushstring(L, text);
  lua_setfield(L, -2, field);
}

/* describe_stimuli(): a list, in it by name too, of { name =, maker =, form =, help =, quantities = … }; a
 * quantity also says whether it is `fixed` when the stimulus is made, or only to be set `later`, and its
 * `type` for editors when that is not a number. */
static int describe_stimuli(lua_State *L) {
  lua_newtable(L);
  for (int kind = 0; kind < IZH_STIMULUS_COUNT; kind++) {
    const izh_stimulus_info *info = izh_stimulus_describe((izh_stimulus_kind)kind);
    lua_newtable(L);
    set_text(L, "name", info->name);
    set_text(L, "maker", info->maker);
    set_text(L, "form", info->form);
    set_text(L, "help", info->help);
    lua_newtable(L);
    for (int i = 0; i < info->n; i++) {
      bind_push_quantity(L, &info->quantities[i].is);
      lua_pushboolean(L, info->quantities[i].fixed);
      lua_setfield(L, -2, "fixed");
      lua_pushboolean(L, info->quantities[i].later);
      lua_setfield(L, -2, "later");
      set_text(L, "type", bind_quantity_type(&info->quantities[i]));
      lua_rawseti(L, -2, i + 1);
    }
    lua_setfield(L, -2, "quantities");
    lua_pushvalue(L, -1);
    lua_rawseti(L, -3, kind + 1);
    lua_setfield(L, -2, info->name);
  }
  return 1;
}

static const luaL_Reg spec_meta[] = {{"__tostring", spec_tostring}, {NULL, NULL}};

void bind_open_stimulus_spec(lua_State *L) {
  bind_type(L, BIND_STIMULUS_SPEC, (bind_members){"stimulus", .metamethods = spec_meta});
  lua_pushcfunction(L, describe_stimuli);
  lua_setfield(L, -2, "describe_stimuli");
  lua_newtable(L);
  lua_insert(L, -2);
  for (int kind = 0; kind < IZH_STIMULUS_COUNT; kind++)
    if (is_first(kind)) {
      const char *maker = izh_stimulus_describe((izh_stimulus_kind)kind)->maker;
      lua_pushstring(L, maker);
      lua_rawseti(L, -3, (lua_Integer)lua_rawlen(L, -3) + 1);
      lua_pushinteger(L, kind);
      lua_pushcclosure(L, make, 1);
      bind_name(L, maker);
      lua_setfield(L, -2, maker);
    }
  lua_insert(L, -2);
  lua_setfield(L, -2, "makers");
}
