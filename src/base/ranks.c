#include "base/ranks.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

struct izh_ranks {
  izh_ranks_def def;
  int rank, size;
  char doing[IZH_RANKS_TEXT];
  struct record *records; /* [size] scratch */
  izh_ranks_apart *apart; /* [size] scratch */
  bool silent, left;
  uint64_t since; /* when the last exchange ended, at about the same time on all ranks; 0: there was none */
  izh_ranks_cost cost;
};

/* What a rank brings to a meeting. */
typedef struct record {
  uint64_t hash;
  int32_t status, signal, ending;
  int32_t unused; /* no byte is left unset */
  uint64_t busy;  /* ns since the last exchange */
  uint64_t counts[IZH_RANKS_COUNTS];
} record;

static izh_ranks *ranks;

izh_status izh_ranks_begin(const izh_ranks_def *def, izh_err *err) {
  size_t size = (size_t)def->link->size;
  izh_ranks *made = izh_alloc_zero(1, sizeof *made);
  if (made) made->records = izh_alloc_zero(size, sizeof *made->records);
  if (made) made->apart = izh_alloc_zero(size, sizeof *made->apart);
  if (!made || !made->records || !made->apart) {
    if (made) izh_free(made->records);
    izh_free(made);
    return izh_fail_memory(err, size * sizeof *made->apart);
  }
  made->def = *def;
  made->rank = def->link->rank;
  made->size = def->link->size;
  made->silent = made->rank > 0;
  ranks = made;
  return IZH_OK;
}

izh_ranks *izh_ranks_now(void) {
  return ranks;
}

void izh_ranks_join(izh_ranks *of) {
  ranks = of;
}

int izh_rank(void) {
  return ranks ? ranks->rank : 0;
}

int izh_ranks_size(void) {
  return ranks ? ranks->size : 1;
}

uint32_t izh_ranks_least(void) {
  return ranks ? ranks->def.least : 0;
}

bool izh_ranks_silent(void) {
  return ranks && ranks->silent;
}

void izh_ranks_leave(void) {
  if (!ranks) return;
  ranks->size = 1;
  ranks->left = true;
}

bool izh_ranks_left(void) {
  return ranks && ranks->left;
}

void izh_ranks_doing(const char *text) {
  if (ranks) snprintf(ranks->doing, sizeof ranks->doing, "%s", text);
}

/* FNV-1a. */
uint64_t izh_ranks_hash(uint64_t hash, const void *data, size_t size) {
  const unsigned char *bytes = data;
  for (size_t i = 0; i < size; i++) hash = (hash ^ bytes[i]) * 0x100000001b3u;
  return hash;
}

uint64_t izh_ranks_hash_text(uint64_t hash, const char *text) {
  return izh_ranks_hash(hash, text, strlen(text) + 1);
}

/* --- exchanges --- */

static void note_exchange(uint64_t bytes) {
  ranks->cost.bytes += bytes;
  ranks->since = izh_clock();
}

static void gather(void *all, size_t bytes) {
  ranks->def.link->gather(all, bytes);
  note_exchange((uint64_t)ranks->size * bytes);
}

/* All of them were busy until they came, so who was so for less time has waited. Clocks of machines differ;
 * how long something takes does not. */
static void note_waiting(uint64_t busy, uint64_t took) {
  uint64_t longest = busy;
  for (int i = 0; i < ranks->size; i++)
    if (ranks->records[i].busy > longest) longest = ranks->records[i].busy;
  ranks->cost.waited += longest - busy < took ? longest - busy : took;
}

static void gather_records(record mine) {
  uint64_t came = izh_clock();
  mine.busy = ranks->since ? came - ranks->since : 0;
  ranks->records[ranks->rank] = mine;
  gather(ranks->records, sizeof mine);
  note_waiting(mine.busy, ranks->since - came);
}

izh_ranks_cost izh_ranks_costs(void) {
  return ranks ? ranks->cost : (izh_ranks_cost){0};
}

/* --- meetings --- */

/* All know from the same records that they are here. */
static void gather_texts(const char *text, int ending, int status) {
  izh_ranks_apart *mine = &ranks->apart[ranks->rank];
  *mine = (izh_ranks_apart){.ending = ending, .status = status};
  snprintf(mine->text, sizeof mine->text, "%s", text);
  gather(ranks->apart, sizeof *ranks->apart);
}

/* What the records of a meeting say together. */
typedef struct outcome {
  bool same;  /* one hash */
  int ending; /* so many are at their end */
  int signal; /* that some rank was told to stop by */
  int failed; /* the first rank whose status is not 0; -1: none */
} outcome;

static outcome meet(record mine) {
  outcome all = {.same = true, .failed = -1};
  gather_records(mine);
  for (int i = 0; i < ranks->size; i++) {
    const record *r = &ranks->records[i];
    all.same = all.same && r->hash == ranks->records[0].hash && !r->ending == !ranks->records[0].ending;
    all.ending += r->ending;
    if (r->signal && !all.signal) all.signal = r->signal;
    if (r->status && all.failed < 0) all.failed = i;
  }
  if (all.signal && !mine.signal) ranks->def.tell(all.signal);
  return all;
}

static int own_signal(void) {
  return ranks->def.signal();
}

izh_status izh_ranks_meet(uint64_t hash, izh_status status, izh_err *err) {
  static const uint64_t none[IZH_RANKS_COUNTS];
  return izh_ranks_meet_with(hash, status, none, err);
}

izh_status izh_ranks_meet_with(uint64_t hash, izh_status status, const uint64_t mine[IZH_RANKS_COUNTS],
                               izh_err *err) {
  if (izh_ranks_size() == 1) return status;
  record own = {.hash = hash, .status = (int32_t)status, .signal = own_signal()};
  memcpy(own.counts, mine, sizeof own.counts);
  outcome all = meet(own);
  if (!all.same && all.signal) return izh_fail(err, IZH_STOPPED, "interrupted");
  if (!all.same) {
    gather_texts(ranks->doing, 0, 0);
    ranks->def.apart(ranks->apart, ranks->size);
  }
  if (all.failed < 0) return IZH_OK;
  gather_texts(status && err ? err->message : "", 0, (int)status);
  return izh_fail(err, (izh_status)ranks->records[all.failed].status, "%s", ranks->apart[all.failed].text);
}

const uint64_t *izh_ranks_counts(int rank) {
  return ranks->records[rank].counts;
}

void izh_ranks_gather(void *all, size_t bytes) {
  if (izh_ranks_size() > 1) gather(all, bytes);
}

void izh_ranks_gather_parts(const void *mine, const uint64_t *bytes, void *all) {
  uint64_t total = 0;
  for (int k = 0; k < izh_ranks_size(); k++) total += bytes[k];
  if (izh_ranks_size() == 1) {
    memmove(all, mine, total);
    return;
  }
  ranks->def.link->gather_parts(mine, bytes, all);
  note_exchange(total);
}

int izh_ranks_end(int code, const char *message, char text[IZH_RANKS_MESSAGE]) {
  text[0] = '\0';
  if (izh_ranks_size() == 1) return code;
  outcome all;
  do /* until those have come that were told to stop */
    all = meet((record){.status = code, .signal = own_signal(), .ending = 1});
  while (all.ending < ranks->size && all.signal);
  bool apart = all.ending < ranks->size;
  if (!apart && all.failed < 0) return 0;
  gather_texts(message ? message : code ? "an error" : "the end of the script", 1, code);
  if (apart) ranks->def.apart(ranks->apart, ranks->size);
  if (code == 0) snprintf(text, IZH_RANKS_MESSAGE, "rank %d: %s", all.failed, ranks->apart[all.failed].text);
  return ranks->records[all.failed].status;
}
