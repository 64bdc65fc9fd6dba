/* Ranks: processes that run the same script side by side, as an MPI launcher starts them. Without a launcher
 * there is one, rank 0 of 1, and nothing here does anything.
 *
 * All ranks do the same. Where they do something together they meet: each brings a hash of what it is about
 * to do and of its place in the script. So ranks that have gone apart are found, and none waits for what
 * another will never do. Only the thread that began may meet. */
#ifndef IZH_BASE_RANKS_H
#define IZH_BASE_RANKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* What carries bytes between ranks: the module mpi.so. */
typedef struct izh_ranks_link {
  int rank, size;
  bool closes; /* it goes on in a sandbox */
  /* all[size][bytes]: each rank brings all[rank], and gets the others'. */
  void (*gather)(void *all, size_t bytes);
  /* Rank k brings bytes[k] bytes; *all gets those of rank 0, then those of rank 1 … `mine` may be its own
   * place in `all`. */
  void (*gather_parts)(const void *mine, const uint64_t *bytes /* [size] */, void *all);
  void (*end)(void); /* the last call */
} izh_ranks_link;

/* What mpi.so gives under the name izh_mpi_module. */
typedef struct izh_ranks_module {
  /* Begins, and fills *link. closed: there may be a sandbox, in which no files, connections and memory of
   * other processes can be opened later. IZH_IO, IZH_MEMORY. */
  izh_status (*begin)(izh_ranks_link *link, bool closed, izh_err *err);
} izh_ranks_module;

enum { IZH_RANKS_TEXT = 640, IZH_RANKS_MESSAGE = IZH_RANKS_TEXT + 24 };

/* What one rank was doing where they were found to have gone apart. */
typedef struct izh_ranks_apart {
  char text[IZH_RANKS_TEXT]; /* "script.lua:12: run", or the error that it ended with */
  int ending;                /* it was at its end */
  int status;                /* the exit code, if so */
} izh_ranks_apart;

enum { IZH_RANKS_COUNTS = 4 };

typedef struct izh_ranks_def {
  const izh_ranks_link *link;
  uint32_t least;           /* a population is cut among the ranks if each gets at least so many neurons */
  int (*signal)(void);      /* the signal that this rank was told to stop by, 0: none */
  void (*tell)(int signal); /* another rank was told so */
  /* The ranks have gone apart: says so, on rank 0, and does not return. */
  void (*apart)(const izh_ranks_apart *all /* [size] */, int size);
} izh_ranks_def;

typedef struct izh_ranks izh_ranks;

/* IZH_MEMORY. Once in a process. */
izh_status izh_ranks_begin(const izh_ranks_def *def, izh_err *err);

/* What this process belongs to, NULL: nothing; and the same for a module, which has a copy of this file. */
izh_ranks *izh_ranks_now(void);
void izh_ranks_join(izh_ranks *ranks);

int izh_rank(void);
int izh_ranks_size(void); /* 1: it is alone */
uint32_t izh_ranks_least(void);
/* What this process prints and writes is another's to print and write. True for all ranks but 0. */
bool izh_ranks_silent(void);
/* In a forked process: it is alone from now on, and not silent. */
void izh_ranks_leave(void);
bool izh_ranks_left(void); /* this is such a process */
/* In a forked process: it is a rank, too, beside those that the others have forked. What they bring is
 * carried by another link from now on. */
void izh_ranks_relay(const izh_ranks_link *link);
void izh_ranks_end_link(void); /* its last call; the process must end then */

/* What this rank does from now on, for messages: "script.lua:12: run". */
void izh_ranks_doing(const char *text);
uint64_t izh_ranks_hash(uint64_t hash, const void *data, size_t size);
uint64_t izh_ranks_hash_text(uint64_t hash, const char *text);

/* Meets the other ranks. `hash` must be the same on all, or none of them goes on (see apart). If `status` is
 * a failure on some rank, it returns that of the first such rank, with its message. A rank that was told to
 * stop tells the others, which are then told, too. IZH_STOPPED: a rank was told to stop, and the ranks are no
 * more at the same call. */
izh_status izh_ranks_meet(uint64_t hash, izh_status status, izh_err *err);

/* What a rank brings to a meeting beside its hash. */
typedef struct izh_ranks_load {
  uint64_t counts[IZH_RANKS_COUNTS];
  const void *data; /* [bytes] */
  uint64_t bytes;   /* a multiple of 8 */
} izh_ranks_load;

/* The same for ranks that bring something, and get that of all: izh_ranks_counts and izh_ranks_data, until
 * the next meeting. Data travel with the meeting itself, unless they are far more than they were lately. */
izh_status izh_ranks_meet_with(uint64_t hash, izh_status status, const izh_ranks_load *mine, izh_err *err);
const uint64_t *izh_ranks_counts(int rank);
const void *izh_ranks_data(int rank);

/* What being one of several ranks has cost since the beginning. */
typedef struct izh_ranks_cost {
  uint64_t bytes;  /* that all ranks brought to meetings and exchanges, together: the same on all of them */
  uint64_t waited; /* ns that this rank was at a meeting before the slowest one came */
} izh_ranks_cost;
izh_ranks_cost izh_ranks_costs(void);

/* Further exchanges, for ranks that have just met with one hash: as those of izh_ranks_link. */
void izh_ranks_gather(void *all, size_t bytes);
void izh_ranks_gather_parts(const void *mine, const uint64_t *bytes, void *all);

/* Meets at the end of the program, with its exit code, and the error that it ends with or NULL. Returns the
 * code that all ranks end with: the first that is not 0. If that is not this rank's own, *text says what the
 * other rank ended with; else it is "". No meeting comes after. */
int izh_ranks_end(int code, const char *message, char text[IZH_RANKS_MESSAGE]);

#endif
