#include "bind/lua/window.h"

#include <math.h>

#include "bind/lua/arguments.h"
#include "bind/lua/errors.h"

const char *const bind_spans[] = {"network", "spikes", "recording", NULL};

static const struct {
  const char *begins, *ends;
} words[] = {{"when the run began", "until which the network has run"},
             {"where the window of these spikes begins", "where the window of these spikes ends"},
             {"when the recording began", "until which there is a recording"}};

void bind_read_window(lua_State *L, int index, bind_span span, double *from, double *to) {
  static const char *const keys[] = {"from", "to"};
  const double begin = *from, end = *to;
  double *const ends[] = {from, to};
  for (int k = 0; k < 2; k++) {
    double ms = *ends[k] = bind_option_number(L, index, keys[k], *ends[k], -INFINITY, INFINITY);
    if (ms > end)
      bind_raise(L, "%s must not be after %.10g ms, %s (got %.10g ms)", keys[k], end, words[span].ends, ms);
    if (ms < begin)
      bind_raise(L, "%s must not be before %.10g ms, %s (got %.10g ms)", keys[k], begin, words[span].begins,
                 ms);
  }
  if (*to < *from) bind_raise(L, "to must not be before from (got %.10g and %.10g ms)", *to, *from);
}
