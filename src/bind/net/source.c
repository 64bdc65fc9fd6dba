/* What a script says of a population of sources beside its quantities: times, a file, a rate as a function of
 * time. */
#include "bind/net/source.h"

#include <lauxlib.h>
#include <string.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"
#include "bind/net/spike_times.h"
#include "bind/spikes/spikes_new.h"

bool bind_is_source(const char *name, const char *names[IZH_MODEL_COUNT + 1]) {
  bool found = false;
  int n = 0;
  for (int m = 0; m < IZH_MODEL_COUNT; m++) {
    const izh_model_info *info = izh_model_describe((izh_model)m);
    if (!info->source) continue;
    names[n++] = info->name;
    found = found || strcmp(info->name, name) == 0;
  }
  names[n] = NULL;
  return found;
}

/* How a file is read, as by izh.spikes. */
static const char *const of_file[] = {"columns", "base", "unit", "population", NULL};

const char *const *bind_source_words(izh_model model, bool made) {
  static const char *const none[] = {NULL}, *const thins[] = {"max", NULL};
  static const char *const times[] = {"times", "file", "columns", "base", "unit", "population", NULL};
  const izh_model_info *info = izh_model_describe(model);
  return info->thins ? thins : info->times && made ? times : none;
}

static void read_rate(lua_State *L, int index, const izh_quantity *rate, bind_source *source) {
  bool function = bind_option(L, index, rate->name) && lua_isfunction(L, -1);
  if (function) source->function = lua_gettop(L);
  bool bounded = bind_option(L, index, "max");
  if (function && !bounded)
    bind_raise(L,
               "a %s that is a function of time needs max, the highest it returns (each = function(i, rng) "
               "return { %s = … } end gives each source its own)",
               rate->name, rate->name);
  if (bounded && !function) bind_raise(L, "max goes with a %s that is a function of time", rate->name);
  if (bounded) source->max = bind_number(L, "max", -1, 0, rate->high);
}

/* Pushes the spikes of the file in the options at index. */
static void push_file(lua_State *L, int index, uint32_t size) {
  bind_option(L, index, "file");
  bind_string(L, "file", -1);
  lua_pushcfunction(L, bind_spikes_new);
  lua_createtable(L, 0, 6);
  lua_pushvalue(L, -3);
  lua_setfield(L, -2, "file");
  lua_pushinteger(L, size);
  lua_setfield(L, -2, "neurons");
  for (const char *const *word = of_file; *word; word++)
    if (bind_option(L, index, *word)) lua_setfield(L, -2, *word);
  lua_call(L, 1, 1);
}

static void read_times(lua_State *L, int index, uint32_t size, bind_source *source) {
  bool file = bind_option(L, index, "file"), times = bind_option(L, index, "times");
  if (file && times) bind_raise(L, "give times or file, not both");
  if (!file && !times) bind_raise(L, "the source has no times: give times = { … }, or file = \"…\"");
  for (const char *const *word = of_file; *word; word++)
    if (!file && bind_option(L, index, *word)) bind_raise(L, "the option %s goes with file", *word);
  if (file) push_file(L, index, size);
  source->times = bind_spike_times(L, "times", lua_gettop(L));
  source->has_times = true;
}

bind_source bind_read_source(lua_State *L, int index, izh_model model, bool made, uint32_t size) {
  bind_source source = {0};
  const izh_model_info *info = izh_model_describe(model);
  luaL_checkstack(L, 20, NULL);
  if (info->thins) read_rate(L, index, &info->quantities[0], &source);
  if (info->times && made) read_times(L, index, size, &source);
  return source;
}
