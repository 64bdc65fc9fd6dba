/* Neurons that are cut among ranks (base/ranks.h), and the exchange of what they do. Private to the core;
 * what is not in comm.c knows of owned neurons at most.
 *
 * A population that is large enough is cut into as many ranges of neighbours as there are ranks. Each rank
 * owns one: it makes the synapses onto these neurons and does their steps. Arrays have an entry for each
 * neuron on every rank, but only the owner's state is the present one. The spikes of all are known to all. A
 * smaller population is whole on every rank: each does its steps, with the same result. */
#ifndef IZH_CORE_COMM_H
#define IZH_CORE_COMM_H

#include "core/net/net_private.h"
#include "core/neuron/population.h"

/* Among how many ranks a new population is to be cut, 0: none. */
uint32_t izh_comm_ranks_for(const izh_net *net, const izh_population_def *def);

/* The neurons of a population that this rank owns: their global indices. */
izh_part izh_comm_own(const izh_population *population);
/* Where the ranks meet in the core, each place once: ranks that are at two places have gone apart. (What the
 * bindings and files add to it are texts.) */
typedef enum izh_meet {
  IZH_MEET_STEP = 16,
  IZH_MEET_DIVERGED,
  IZH_MEET_CONNECTED,
  IZH_MEET_MADE,
  IZH_MEET_FAULT,
  IZH_MEET_SIGNS,
  IZH_MEET_ARCHIVE,
  IZH_MEET_ROWS,
  IZH_MEET_PIECE,
  IZH_MEET_WEIGHTS,
  IZH_MEET_CURRENTS,
  IZH_MEET_VALUES,
  IZH_MEET_FLAGS,
  IZH_MEET_BYTES
} izh_meet;

/* Whether neurons of these are cut among ranks: some rank has only a share of them. The same on all ranks. */
bool izh_comm_cuts(const izh_net *net, const izh_ids *ids);
/* Whether this rank does the steps of a neuron. */
bool izh_comm_does(const izh_net *net, uint32_t neuron);
/* The first neuron from this one on whose steps this rank does; ≥ the size of the network: none. */
uint32_t izh_comm_next(const izh_net *net, uint32_t neuron);
/* Whether this rank does the steps of a neuron; *part gets the neurons around it of which that is true. */
bool izh_comm_does_all(const izh_net *net, uint32_t neuron, izh_part *part);
/* Whether this rank tells the others of a neuron: its owner does, and rank 0 of one that every rank has.
 * *part as above. */
bool izh_comm_tells(const izh_net *net, uint32_t neuron, izh_part *part);
/* The share of a set of neurons that this rank does, 0 … 1. */
double izh_comm_share(const izh_net *net, const izh_ids *ids);

/* Cuts a network with populations that are cut: as izh_parts_make, with at least `least` neurons a thread. A
 * part is done by this rank as a whole, or not at all. threads: as izh_parts_make. */
int izh_comm_parts(const izh_net *net, uint32_t least, izh_part *parts, int *threads);

/* Whether a part of these is of a population that is cut; else it is the same on every rank. */
bool izh_comm_cut(const izh_net *net, izh_part part);

/* What the ranks tell each other at the end of a step. */
typedef struct izh_told {
  uint32_t bad;     /* the first neuron that diverged, UINT32_MAX: none */
  uint64_t arrived; /* synaptic events */
} izh_told;

/* Collects the spikes and strays of all ranks in net->shared. told: of this rank, then of all. status:
 * whether this rank has failed; then all do. */
izh_status izh_comm_gather(izh_net *net, const izh_fired *fired, const izh_part *parts, int n_parts,
                           izh_told *told, izh_status status, izh_err *err);

/* Gets the present values of some neurons, [population.size], from their owners: those of indices from … to -
 * 1, counted from the first of the population. All ranks have met at what they do. */
izh_status izh_comm_refresh(const izh_population *population, double *values, uint32_t from, uint32_t to,
                            izh_err *err);
/* The same for an array [ids.size] of some neurons of a network, of `size` bytes each; ids ascend. */
izh_status izh_comm_refresh_ids(const izh_net *net, const izh_ids *ids, void *values, size_t size,
                                izh_err *err);

/* The neurons that this rank does the steps of: ranges, ascending, into own[IZH_MAX_THREADS]. Returns how
 * many. */
int izh_comm_owned(const izh_net *net, izh_part *own);

/* Where an error comes in the order in which one process would find it: `at`, then `then`. */
typedef struct izh_fault {
  uint64_t at, then;
} izh_fault;
static const izh_fault IZH_NO_FAULT = {UINT64_MAX, UINT64_MAX};

/* What the ranks tell each other of a projection that each has made its share of. */
typedef struct izh_made {
  izh_fault fault;
  uint32_t least_delay, most_delay; /* in steps */
  bool has[2];                      /* weights of each sign */
} izh_made;

/* Joins what the ranks tell. status: whether this rank has failed; then all do, with the error that one
 * process would have found first. */
izh_status izh_comm_join_made(izh_made *made, izh_status status, izh_err *err);

/* Makes each true that is true on some rank. */
void izh_comm_join_signs(bool *positive, bool *negative);

/* Whether this process can go on with the network: a process that was forked from a rank has its share alone.
 * IZH_ARGUMENT. */
izh_status izh_comm_check(const izh_net *net, izh_err *err);

#endif
