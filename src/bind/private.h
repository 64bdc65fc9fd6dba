/* What the files of bind share.
 *
 * Every function that Lua calls has the same shape: check all arguments, make the empty userdata, call the
 * core, then raise or return. Memory held across a call that may raise belongs to Lua (a userdata), so that
 * nothing leaks.
 */
#ifndef IZH_BIND_PRIVATE_H
#define IZH_BIND_PRIVATE_H

#include <lauxlib.h>
#include <lua.h>

#include "analysis/trains.h"
#include "base/sampler.h"
#include "base/status.h"
#include "bind/bind.h"
#include "core/net/net.h"
#include "core/net/profile.h"
#include "core/neuron/population.h"
#include "core/random/random.h"
#include "core/random/stream.h"
#include "core/record/recording.h"
#include "core/stimulus/stimulus.h"
#include "core/synapse/kernel.h"
#include "core/synapse/projection.h"
#include "figure/figure.h"
#include "figure/plot.h"
#include "formats/columns.h"
#include "formats/format.h"

/* --- errors (errors.c) --- */

/* The function on top of the stack is called so in messages. */
void bind_name(lua_State *L, const char *name);
/* Adds functions to the table on top of the stack; in messages each has its own name, or this one. */
void bind_functions(lua_State *L, const luaL_Reg *functions, const char *name);

/* Raises "file:line: name: message": the script's line that called us, and the name of the running function
 * (see bind_name); one without is called from our own files in Lua, with the name as its first argument. Does
 * not return. */
_Noreturn void bind_raise(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same with another name. */
_Noreturn void bind_raise_as(lua_State *L, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Raises what the core said, unless status is IZH_OK. */
void bind_check(lua_State *L, izh_status status, const izh_err *err);
/* Pushes a text made as by printf, of at most IZH_ERR_MESSAGE_SIZE bytes: unlike lua_pushfstring it writes 3
 * ms, not 3.0 ms. */
const char *bind_text(lua_State *L, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* How a value is shown in an error: `3`, `"six"`, `a table`, `nothing`, `population "E": …`. Pushes the text.
 */
const char *bind_shown(lua_State *L, int index);
/* Raises `function: what must be allowed (got …)`. */
_Noreturn void bind_wrong(lua_State *L, const char *what, const char *allowed, int index);
/* Raises what a function of izh says that was called with a colon. */
_Noreturn void bind_dot(lua_State *L);
/* Raises what a method says when the value at index is not of its type: mostly a dot in place of a colon. */
_Noreturn void bind_no_self(lua_State *L, const char *type, const char *example, int index);
/* Raises `function: unknown what "word" (did you mean …?)`. */
_Noreturn void bind_unknown(lua_State *L, const char *what, const char *word, const char *const *known);
_Noreturn void bind_unknown_as(lua_State *L, const char *name, const char *what, const char *word,
                               const char *const *known);

/* The string keys of the table at index, and more (ended by NULL; may be NULL), in alphabetical order,
 * ended by NULL, in a block pushed on the stack. */
const char *const *bind_keys(lua_State *L, int index, const char *const *more);

/* How wide the terminal of the standard output is, 80 when that is not known; and whether it takes UTF-8
 * (terminal.c). */
int bind_terminal_columns(void);
bool bind_terminal_utf8(void);
/* Is this a worker that runs beside others (workers.c): what it does then takes one processor. */
bool bind_beside_others(lua_State *L);

/* The program that the state belongs to (open.c). */
const izh_host *bind_host(lua_State *L);
/* Tells it whether what runs now asks about Ctrl-C: on before what takes long, which may raise; off after it,
 * and before a function of the script is called or an error raised. */
void bind_hear(lua_State *L, const izh_host *host, bool ours);
/* Tells it that a figure was saved. */
void bind_saved(lua_State *L, const char *path);

/* --- arguments and options (arguments.c) --- */

/* The value at index as a finite number lo … hi; `what` names it in errors. Strings are not numbers here. */
double bind_number(lua_State *L, const char *what, int index, double lo, double hi);
int64_t bind_integer(lua_State *L, const char *what, int index, int64_t lo, int64_t hi);
/* A string that is not empty and has no NUL byte. */
const char *bind_string(lua_State *L, const char *what, int index);
/* The same for a name that a script gives: UTF-8 without control characters, since figures show it. */
const char *bind_label(lua_State *L, const char *what, int index);
bool bind_boolean(lua_State *L, const char *what, int index);
/* Position of the string at index in known (ended by NULL). */
int bind_word(lua_State *L, const char *what, int index, const char *const *known);
/* Raises unless the value at index is a plain table whose keys are all in known. Plain, since a metatable
 * could run anything while options are read, or hide from this check what it would then give. */
void bind_options(lua_State *L, int index, const char *const *known);
/* Pushes option[key] of the table at index; false (and nothing pushed) when it is nil, or index is 0. */
bool bind_option(lua_State *L, int index, const char *key);
/* An option that is a number, or its default. */
double bind_option_number(lua_State *L, int index, const char *key, double otherwise, double lo, double hi);
/* Raises when there are more than `most` arguments. */
void bind_arguments(lua_State *L, int most);

/* --- numbers for each of many things (values.c) --- */

extern const char BIND_DIST[], BIND_VECTOR[], BIND_NETWORK[], BIND_POPULATION[], BIND_PROJECTION[],
    BIND_ROWS[], BIND_STIMULUS[], BIND_STIMULUS_SPEC[], BIND_SPIKES[], BIND_RNG[], BIND_RECORDING[],
    BIND_SNAPSHOT[];

typedef struct bind_vector {
  size_t n;
  double x[]; /* [n] */
} bind_vector;

bind_vector *bind_vector_push(lua_State *L, size_t n); /* zeros */
bind_vector *bind_vector_copy(lua_State *L, const double *x, size_t n);
/* Pushes a block of n doubles that Lua frees. */
double *bind_buffer(lua_State *L, size_t n);
bool bind_is_dist(lua_State *L, int index);
const izh_dist *bind_dist(lua_State *L, int index);
/* Is the value at index a table or a vector; how many numbers it has. */
bool bind_is_array(lua_State *L, int index);
size_t bind_array_size(lua_State *L, int index);
/* How many items the table at index has; raises when it has more than a list 1 … n. */
lua_Integer bind_list(lua_State *L, const char *what, int index);
/* Reads the array at index, which must have n numbers, into out. */
void bind_array(lua_State *L, const char *what, int index, double *out, size_t n);
/* Pushes a source of random numbers for a script's function; bind_rng_at makes it that of one thing. */
izh_rng *bind_rng_push(lua_State *L, izh_key key, uint32_t generation);
void bind_rng_at(izh_rng *rng, uint32_t id);

/* Where the random numbers of n neurons come from. */
typedef struct bind_draws {
  izh_key key;
  uint32_t generation;
  const uint32_t *id; /* [n] of each, for the counter; NULL: 0 … n - 1 */
  uint32_t n;
} bind_draws;

/* The value at index as a number for each of n neurons: one number for all, a distribution, an array, or a
 * function(i, rng). A function may do anything, close the network too. */
void bind_numbers(lua_State *L, const char *key, int index, const bind_draws *draws, double *out);

/* --- files (files.c) --- */

/* The file whose path is at index: its ending must be one of a format that reads, or writes, some content. */
izh_file bind_file(lua_State *L, int index, izh_content content, bool write);
/* Reads the file whose path is at index; what it holds is on the stack, and freed by Lua. population: which
 * of several there (NULL: the only one). */
izh_table *bind_load(lua_State *L, int index, izh_content content, const char *population);
const char *bind_modules(lua_State *L); /* pushes the folder of the program's modules */
/* What the options columns, unit, base and population in the table at index (0: none) say of the file at a
 * path; what they need stays on the stack (columns.c). */
izh_mapping bind_mapping(lua_State *L, int index, const char *path);

/* --- network (network.c) and its clock (run.c) --- */

/* A call that a script has scheduled. */
typedef struct bind_event {
  int64_t step;
  int64_t period;      /* 0: once */
  uint64_t serial;     /* order of calls at one time */
  lua_Integer slot;    /* of the function in the table of functions */
  izh_sampler sampler; /* of its calls */
} bind_event;

/* A stimulus whose current is a script's function of time. */
typedef struct bind_wave {
  uint32_t stimulus;
  lua_Integer slot;
} bind_wave;

/* How long the last run took, and its calls of a script's functions (profile.c), in ns. */
typedef struct bind_times {
  uint64_t begun, ended;         /* 0: not yet */
  double called;                 /* in these functions, as far as known: */
  uint64_t since, weight;        /* one is called now and timed, for so many; 0: none */
  izh_sampler conditions, waves; /* calls of these */
} bind_times;

/* The lists of a network: "populations", "projections", "stimuli", "recordings". */
enum { BIND_LISTS = 4 };
extern const char *const bind_lists[BIND_LISTS];

/* The userdata of a network. Its user values are tables: the lists, and "start" (explain.c); and functions at
 * integer slots. */
typedef struct bind_network {
  izh_net *net; /* NULL: closed */
  const izh_host *host;
  lua_State *runner;  /* the thread in which it runs, kept alive by the first; NULL: none */
  bind_event *events; /* a heap, the next one first */
  size_t n_events, cap_events;
  bind_wave *waves;
  size_t n_waves, cap_waves;
  uint64_t serial;
  uint64_t restored;       /* how often */
  uint32_t diverged;       /* the neuron, from 1, whose divergence ended the last run; 0: none did */
  bool has_start;          /* the field "start" of the user value is what it was when it first ran … */
  uint64_t start_restored; /* … since it was restored so often */
  lua_Integer slots;       /* used so far in the table of functions */
  bind_times times;
} bind_network;

/* Pushes a network that is closed and has no things yet. */
bind_network *bind_network_push(lua_State *L, const izh_host *host);
/* Fills the lists of the network at index, which are empty, with handles of what its core has. */
void bind_network_fill(lua_State *L, int network);
/* Pushes a handle of the index-th population … of the network at a stack index. */
typedef void bind_push_handle(lua_State *L, int network, uint32_t index);
bind_push_handle bind_population_push, bind_projection_push, bind_stimulus_push, bind_recording_push;

/* The seed of a network, or of a sweep, that asks for this one: --seed moves the seeds of all by what makes
 * the first one's the given one. */
uint32_t bind_shift_seed(lua_State *L, const izh_host *host, uint32_t seed);
/* How many threads a network has whose script does not say, and a measure. */
int bind_default_threads(lua_State *L, const izh_host *host);
/* What making a network does for the script: its math.random follows the seed of the first. */
void bind_seed_script(lua_State *L, uint32_t seed);
/* The open network that is the first argument; raises when it is another thing or closed. */
bind_network *bind_network_self(lua_State *L);
/* The network, which must be open. */
izh_net *bind_open_net(lua_State *L, const bind_network *owner);
/* The same after a script's function was called: it must not have been restored since it had been so often.
 */
izh_net *bind_same_net(lua_State *L, const bind_network *owner, uint64_t restored);
/* Before the core adds a thing: puts its handle, which is on top of the stack, into the list "populations" …
 * of the network at index, by name too, and pushes four values for bind_settle. All that can fail for want of
 * memory is done then. After the core has spoken, bind_settle takes the handle out again unless the thing was
 * added, without any allocation, and pops the four. */
void bind_reserve(lua_State *L, int network, const char *list, const char *name);
void bind_settle(lua_State *L, bool added);
/* Frees a stored function of the network at index. */
void bind_forget(lua_State *L, int network, lua_Integer slot);
/* The first wave of a stimulus at or after this one, n_waves when there is none; waves are in order of
 * stimulus. */
size_t bind_first_wave(const bind_network *owner, uint32_t stimulus);
/* Stores the function on top of the stack with the network at index; pops it. */
lua_Integer bind_store(lua_State *L, int network, bind_network *owner);
void bind_network_free(bind_network *owner);
/* Is a finalizer (__gc) running: one may come at any allocation of Lua, also while a function of this library
 * uses the network. */
bool bind_in_finalizer(lua_State *L);
/* Is it in a run, that is, was this call made by a function that the run called. */
bool bind_network_running(const bind_network *owner);

/* --- handles --- */

/* A handle of a projection, a stimulus or a recording; and the first part of that of a population. */
typedef struct bind_handle {
  bind_network *owner;
  uint32_t index;
  bool gone; /* the network was restored to a time when there was no such thing */
} bind_handle;
/* Pushes a handle of the network at index; type: BIND_PROJECTION and the like. */
bind_handle *bind_handle_push(lua_State *L, int network, const char *type);
/* The open network of a handle that is not gone. */
izh_net *bind_open_handle(lua_State *L, const bind_handle *handle);
/* For tostring: pushes what a handle says, and returns true, when there is nothing else to be said. */
bool bind_push_lost(lua_State *L, const char *what, const bind_handle *handle);

typedef struct bind_population {
  bind_handle own;       /* of a population */
  const bind_handle *of; /* that of the population: &own or, of a slice, in its second user value */
  izh_ids ids;           /* its list, if any, follows */
  uint32_t list[];
} bind_population;

/* Some neurons of a network: a population, a slice of one, or the network. */
typedef struct bind_neurons {
  izh_ids ids;
  const char *name; /* for default names; lives as long as the value */
} bind_neurons;
/* The population, slice or network at index, which must belong to owner. */
bind_neurons bind_neurons_at(lua_State *L, const char *what, int index, const bind_network *owner);
/* Is the value at index a projection; its number, when it belongs to owner, else it raises. */
bool bind_projection_at(lua_State *L, const char *what, int index, const bind_network *owner,
                        uint32_t *projection);
/* Pushes a name that no item of a list of the network has: base, or base.2, base.3 … */
const char *bind_free_name(lua_State *L, int network, const char *list, const char *base);

/* The options synapse, width and tau of the table at index. */
izh_kernel bind_kernel(lua_State *L, int index);

/* Reads the option pairs at index into a rule (pairs.c); what it reads stays on the stack. */
typedef struct bind_pairs {
  const double *weight, *delay; /* [n] that came with them, or NULL */
} bind_pairs;
bind_pairs bind_read_pairs(lua_State *L, int index, const izh_net *net, izh_rule *rule);

int bind_network_population(lua_State *L);
int bind_network_connect(lua_State *L);
int bind_network_stimulate(lua_State *L);
int bind_network_record(lua_State *L);
/* Before the network at index 1 runs: keeps a snapshot of its start, unless it has one (explain.c). */
void bind_keep_start(lua_State *L, bind_network *owner);
/* The bytes that the start which the network at index keeps takes; 0 when it keeps none. */
double bind_start_bytes(lua_State *L, int index);
int bind_network_spikes(lua_State *L);
int bind_network_record_spikes(lua_State *L);
/* Raises unless the spikes of the neurons in the steps begin … end - 1 are kept. */
void bind_check_kept(lua_State *L, const izh_net *net, const izh_ids *ids, int64_t begin, int64_t end);
int bind_network_run(lua_State *L);
int bind_network_step(lua_State *L);
int bind_network_run_until(lua_State *L);
int bind_network_at(lua_State *L);
int bind_network_every(lua_State *L);
int bind_network_clone(lua_State *L);
int bind_network_snapshot(lua_State *L);
int bind_network_restore(lua_State *L);
int bind_network_save(lua_State *L);

/* profile.c: a run begins, ends; and lua_call of one of the script's functions in it, which stands for so
 * many. */
enum { BIND_TIMED = 16 }; /* calls of which one is timed */
void bind_times_begin(bind_network *owner);
void bind_times_end(bind_network *owner);
void bind_times_call(lua_State *L, bind_network *owner, izh_sampler *sampler, uint64_t weight, int arguments,
                     int results);

/* The neurons that spikes are of, silent ones included, as ids in ascending order. */
typedef izh_id_set bind_spikes_ids;
bind_spikes_ids bind_spikes_neurons(lua_State *L, int index);
int bind_spikes_new(lua_State *L); /* izh.spikes */

/* How many spikes the value at index has, and their times and ids, which live as long as it. */
size_t bind_spikes_arrays(lua_State *L, int index, const double **t_ms, const double **ids);

/* All of that at once. */
typedef struct bind_spikes {
  size_t n;
  const double *t_ms, *id; /* [n] in order of time, then of id */
  bind_spikes_ids neurons;
  double from_ms, to_ms; /* from < t ≤ to */
  double dt_ms;          /* of the network; 0 for spikes from elsewhere */
} bind_spikes;
bind_spikes bind_spikes_at(lua_State *L, int index);
/* The id of the k-th neuron, from 0. */
double bind_spikes_id(const bind_spikes *spikes, size_t k);
/* Pushes spikes with the neurons, window and dt of *like, whose list is copied; [n] times and [n] ids are to
 * be filled. */
double *bind_spikes_push(lua_State *L, size_t n, const bind_spikes *like);
/* The window of options from and to in the table at index (0: none), within otherwise. */
void bind_read_window(lua_State *L, int index, double *from, double *to);
/* Pushes those that the options from, to and of in the table at `options` choose (slice.c). */
void bind_spikes_part(lua_State *L, int spikes, int options);
int bind_spikes_slice(lua_State *L); /* the method */

/* --- figures (figure.c, plot.c) --- */

const izh_drawing *bind_drawing(lua_State *L); /* what draws them */

/* The plot that the table at index describes; and the list "marks" in the table at index. They live as long
 * as that table and the table at keep, to which blocks are added. */
const izh_plot *bind_plot(lua_State *L, int keep, int index);
const izh_mark *bind_marks(lua_State *L, int keep, int index, size_t *n);

/* The spikes of a raster (raster.c). */
typedef struct bind_rows {
  size_t n, n_hidden; /* hidden ones count in the rate and have no row */
  const double *t_ms; /* [n] */
  uint32_t *names;    /* the ids of the rows; NULL: they are rows 1, 2 … or ids */
  uint32_t row[];     /* [n] as izh_raster's id */
} bind_rows;

/* Each makes the metatables of one file, and adds its functions to the table on top of the stack. */
void bind_open_values(lua_State *L);
void bind_open_network(lua_State *L, const izh_host *host);
void bind_open_population(lua_State *L);
void bind_open_projection(lua_State *L);
void bind_open_stimulus(lua_State *L);
void bind_open_stimulus_spec(lua_State *L);
void bind_open_recording(lua_State *L);
void bind_open_spikes(lua_State *L);
void bind_open_measures(lua_State *L);
void bind_open_run(lua_State *L);
void bind_open_profile(lua_State *L);
void bind_open_figure(lua_State *L);
void bind_open_raster(lua_State *L);
void bind_open_provenance(lua_State *L);
/* Keeps what the script is now, for the metadata of figures that it saves later (provenance.c). */
void bind_keep_script(lua_State *L, const izh_host *host);
void bind_open_state(lua_State *L, const izh_host *host);
void bind_open_explain(lua_State *L);
void bind_open_plot(lua_State *L);
void bind_open_files(lua_State *L);
void bind_open_workers(lua_State *L, const izh_host *host);

/* A metatable whose __index finds methods, then fields by calling `field` (may be NULL), then raises with
 * the nearest name. Leaves it registered under type. fields: their names, ended by NULL; NULL for none. */
typedef bool bind_field(lua_State *L,
                        const char *name); /* object at 1; pushes and returns true when it has it */
void bind_type(lua_State *L, const char *type, const char *shown, const luaL_Reg *methods,
               const luaL_Reg *metamethods, bind_field *field, const char *const *fields);
/* Makes the function on top of the stack a method of a type; pops it. */
void bind_extend(lua_State *L, const char *type, const char *name);
/* The function on top of the stack is called when a member is first asked for that the type does not have: it
 * adds more by bind_extend. Pops it. */
void bind_extend_later(lua_State *L, const char *type);

#endif
