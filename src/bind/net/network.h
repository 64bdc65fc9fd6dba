/* The network as a Lua value. */
#ifndef IZH_BIND_NET_NETWORK_H
#define IZH_BIND_NET_NETWORK_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/sampler.h"
#include "bind/bind.h"
#include "core/net/net.h"
#include "core/neuron/stray.h"

extern const char BIND_NETWORK[];

/* A call that a script has scheduled. */
typedef struct bind_event {
  int64_t step;
  int64_t period;   /* 0: once */
  uint64_t serial;  /* order of calls at one time */
  lua_Integer slot; /* of the function in the table of functions; of the place of the call at -slot */
  bool called;
  izh_sampler sampler; /* of its calls */
} bind_event;

/* A stimulus whose current, or a population of sources whose rate, is a script's function of time. */
typedef struct bind_waveform {
  uint64_t of; /* the number of a stimulus; BIND_OF_SOURCES + the number of a population */
  lua_Integer slot;
} bind_waveform;
#define BIND_OF_SOURCES (UINT64_C(1) << 32)

/* How long the last run took, and its calls of a script's functions (profile.c), in ns. */
typedef struct bind_times {
  uint64_t begun, ended;             /* 0: not yet */
  double called;                     /* in these functions, as far as known: */
  uint64_t since, weight;            /* one is called now and timed, for so many; 0: none */
  izh_sampler conditions, waveforms; /* calls of these */
} bind_times;

/* The userdata of a network. Its user values are tables: the lists, and "start" (start.c); and functions at
 * integer slots. */
typedef struct bind_network {
  izh_net *net; /* NULL: closed */
  const izh_host *host;
  bool returns;       /* Ctrl-C ends its run, and the script goes on */
  lua_State *runner;  /* the thread in which it runs, kept alive by the first; NULL: none */
  bind_event *events; /* a heap, the next one first */
  size_t n_events, cap_events;
  bind_waveform *waveforms;
  size_t n_waveforms, cap_waveforms;
  uint64_t serial;
  uint64_t restored;       /* how often */
  bool has_start;          /* the field "start" of the user value is what it was when it first ran … */
  uint64_t start_restored; /* … since it was restored so often */
  lua_Integer slots;       /* used so far in the table of functions */
  uint32_t diverged;       /* the neuron, from 1, whose divergence ended the last run; 0: none did */
  bind_times times;
  izh_strays before; /* the last run */
  bool strayed;      /* in some run */
  bool shows;        /* this run, on the terminal … */
  uint64_t show_at;  /* … next at this time (izh_clock) */
} bind_network;

/* Pushes a network that is closed and has no things yet. */
bind_network *bind_network_push(lua_State *L);
void bind_network_free(bind_network *owner);
/* The open network that is the first argument; raises when it is another thing or closed. */
bind_network *bind_network_self(lua_State *L);
/* The network, which must be open. Raises in a finalizer (__gc): all that uses a network asks here, and so no
 * finalizer changes one under a function that uses it, at whatever allocation of Lua it comes. */
izh_net *bind_open_net(lua_State *L, const bind_network *owner);
/* The same after a script's function was called: it must not have been restored since it had been so often.
 */
izh_net *bind_same_net(lua_State *L, const bind_network *owner, uint64_t restored);
/* Stores the function on top of the stack with the network at index; pops it. */
lua_Integer bind_store(lua_State *L, int network, bind_network *owner);
/* Frees a stored function of the network at index. */
void bind_forget(lua_State *L, int network, lua_Integer slot);
/* Stores the string on top of the stack, a place of the script, with the function at a slot; pops it. */
void bind_store_place(lua_State *L, int network, lua_Integer slot);
/* Is it in a run, that is, was this call made by a function that the run called. */
bool bind_network_running(const bind_network *owner);

#endif
