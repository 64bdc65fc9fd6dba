/* Pairs of neurons that are connected: a list, columns, a file, or the entries of a matrix. */
#ifndef IZH_BIND_NET_PAIRS_H
#define IZH_BIND_NET_PAIRS_H

#include <lua.h>

#include "bind/net/population.h"
#include "core/net/net.h"
#include "core/synapse/projection.h"
#include "formats/columns.h"

/* The two sides, and the options of connect, which are the table at `options`. */
typedef struct bind_ends {
  const izh_net *net;
  bind_neurons side[2]; /* pre, post */
  int options;
} bind_ends;

typedef struct bind_pairs {
  const double *weight, *delay; /* [n] that came with them, or NULL */
  uint32_t notes;               /* of izh_notes */
} bind_pairs;

/* Reads the option pairs, which is on top of the stack, into a rule; what it reads stays on the stack. */
bind_pairs bind_read_pairs(lua_State *L, const bind_ends *ends, izh_rule *rule);
/* The same of the option matrix. */
bind_pairs bind_read_matrix(lua_State *L, const bind_ends *ends, izh_rule *rule);

/* What stands for what a file has: the options weight and delay, in the bits of izh_mapping. */
unsigned bind_overrides(lua_State *L, const bind_ends *ends);
/* Makes a rule of edges, with errors that begin with `from`. */
typedef struct bind_origin {
  const char *from;
  bool own;      /* ids count within the two sides */
  bool has_base; /* it is known from where they count */
  bool file;
} bind_origin;
bind_pairs bind_fill_pairs(lua_State *L, const bind_ends *ends, const bind_origin *origin,
                           const izh_edges_in *edges, izh_rule *rule);

#endif
