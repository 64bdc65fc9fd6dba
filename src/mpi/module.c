/* The module mpi.so: carries bytes between ranks (base/ranks.h) by MPI. It is loaded only when an MPI
 * launcher has started the program.
 *
 * Only the main thread calls MPI (MPI_THREAD_FUNNELED). A rank that waits looks again and again. It keeps its
 * processor for 1 ms, since another program that gets it meanwhile has it for as long; but not where ranks
 * are more than processors (their threads are not counted: networks choose them later). Then it gives it to
 * others between looks, and after 20 ms it sleeps between them: so ranks that wait while rank 0 draws a
 * figure cost little. */
#include <limits.h>
#include <mpi.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/ranks.h"

enum { KEEP_NS = 1000000, LOOK_NS = 20000000, SLEEP_NS = 100000, LOOKS = 32 };
enum { PIECE = 1 << 30 }; /* bytes; MPI counts in int */

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int rank, n_ranks;
static int64_t kept_ns; /* so long a rank that waits keeps its processor */
static int *counts;     /* [2 n_ranks] how many bytes each rank brings, and where they go */

/* Errors of MPI end the program: that is its standard handler, which is kept. */
static void wait_for(MPI_Request *request) {
  int done = 0;
  int64_t begun = now_ns();
  for (;;) {
    for (int look = 0; look < LOOKS && !done; look++) MPI_Test(request, &done, MPI_STATUS_IGNORE);
    if (done) return;
    int64_t waited = now_ns() - begun;
    if (waited < kept_ns) continue;
    if (waited < LOOK_NS)
      sched_yield();
    else
      nanosleep(&(struct timespec){.tv_nsec = SLEEP_NS}, NULL);
  }
}

static void gather(void *all, size_t bytes) {
  MPI_Request request;
  MPI_Iallgather(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all, (int)bytes, MPI_BYTE, MPI_COMM_WORLD, &request);
  wait_for(&request);
}

/* Of any size: rank by rank, in pieces. */
static void gather_much(const void *mine, const uint64_t *bytes, void *all) {
  char *at = all;
  for (int k = 0; k < n_ranks; k++) {
    if (k == rank)
      for (uint64_t i = 0; i < bytes[k]; i++) at[i] = ((const char *)mine)[i];
    for (uint64_t done = 0; done < bytes[k]; done += PIECE) {
      uint64_t left = bytes[k] - done;
      MPI_Request request;
      MPI_Ibcast(at + done, (int)(left < PIECE ? left : PIECE), MPI_BYTE, k, MPI_COMM_WORLD, &request);
      wait_for(&request);
    }
    at += bytes[k];
  }
}

static void gather_parts(const void *mine, const uint64_t *bytes, void *all) {
  uint64_t total = 0;
  for (int k = 0; k < n_ranks; k++) total += bytes[k];
  if (total == 0) return;
  if (total > INT_MAX) {
    gather_much(mine, bytes, all);
    return;
  }
  for (int k = 0, at = 0; k < n_ranks; k++) {
    counts[k] = (int)bytes[k];
    counts[n_ranks + k] = at;
    at += counts[k];
  }
  MPI_Request request;
  if (mine == (const char *)all + counts[n_ranks + rank]) mine = MPI_IN_PLACE;
  MPI_Iallgatherv(mine, counts[rank], MPI_BYTE, all, counts, counts + n_ranks, MPI_BYTE, MPI_COMM_WORLD,
                  &request);
  wait_for(&request);
}

/* Whether this machine has no more of these ranks than processors. */
static bool is_roomy(void) {
  MPI_Comm here;
  int n = 1;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here);
  MPI_Comm_size(here, &n);
  MPI_Comm_free(&here);
  return n <= sysconf(_SC_NPROCESSORS_ONLN);
}

/* Whether it goes on in a sandbox. MPICH on UCX makes connections also at its end. */
#ifdef OPEN_MPI
enum { CLOSES = true };
#else
enum { CLOSES = false };
#endif

/* In a sandbox there are shared memory and TCP, without copies out of the memory of other processes. */
static void choose_ways(void) {
  static const char *const settings[][2] = {{"OMPI_MCA_pml", "ob1"},
                                            {"OMPI_MCA_btl", "self,vader,tcp"},
                                            {"OMPI_MCA_btl_vader_single_copy_mechanism", "none"}};
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) setenv(settings[i][0], settings[i][1], 1);
}

/* Connections are made when they are first used: so each rank greets all. */
static void connect_all(void) {
  for (int k = 1; k < n_ranks; k++) {
    MPI_Request request;
    MPI_Irecv(NULL, 0, MPI_BYTE, (rank + n_ranks - k) % n_ranks, 0, MPI_COMM_WORLD, &request);
    MPI_Send(NULL, 0, MPI_BYTE, (rank + k) % n_ranks, 0, MPI_COMM_WORLD);
    wait_for(&request);
  }
}

static void end(void) {
  free(counts);
  MPI_Finalize();
}

static izh_status begin(izh_ranks_link *link, bool closed, izh_err *err) {
  int given;
  if (closed) choose_ways();
  if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &given) != MPI_SUCCESS)
    return izh_fail(err, IZH_IO, "MPI cannot be initialised");
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &n_ranks);
  counts = malloc(2 * (size_t)n_ranks * sizeof *counts);
  if (!counts) return izh_fail_memory(err, 2 * (size_t)n_ranks * sizeof *counts);
  if (given < MPI_THREAD_FUNNELED)
    return izh_fail(err, IZH_IO, "this MPI allows no threads beside the one that calls it");
  kept_ns = is_roomy() ? KEEP_NS : 0;
  if (closed) connect_all();
  *link = (izh_ranks_link){.rank = rank,
                           .size = n_ranks,
                           .closes = CLOSES,
                           .gather = gather,
                           .gather_parts = gather_parts,
                           .end = end};
  return IZH_OK;
}

extern const izh_ranks_module izh_mpi_module;
const izh_ranks_module izh_mpi_module = {begin};
