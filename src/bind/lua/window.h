/* Windows of time that a script asks for: one rule for spikes, measures, figures and explanations. */
#ifndef IZH_BIND_LUA_WINDOW_H
#define IZH_BIND_LUA_WINDOW_H

#include <lua.h>

/* What a window must lie in. */
typedef enum bind_span { BIND_SPAN_RUN, BIND_SPAN_SPIKES, BIND_SPAN_RECORDING } bind_span;
extern const char *const bind_spans[]; /* "network", "spikes", "recording", NULL */

/* The window of options from and to in the table at index (0: none): *from and *to are where the span begins
 * and ends, and what is not given. A window that goes beyond the span, or ends before it begins, is an error
 * that says so. It may have no length. */
void bind_read_window(lua_State *L, int index, bind_span span, double *from, double *to);

#endif
