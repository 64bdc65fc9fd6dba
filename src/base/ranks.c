#include "base/ranks.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"

enum { MOST_ROOM = 8192 }; /* bytes */

struct izh_ranks {
  izh_ranks_def def;
  int rank, size;
  char doing[IZH_RANKS_TEXT];
  char *records;       /* [size][sizeof(record) + held], with memory for MOST_ROOM */
  const char **data;   /* [size] what ranks brought to the last meeting */
  uint64_t *bytes;     /* [size] how much that was */
  uint64_t room, held; /* bytes of data that the records of the next meeting have room for; of the last one */
  char *much;          /* [cap_much] data for which there was no room */
  uint64_t cap_much;   /* the same on all ranks */
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
  uint64_t bytes;
  char data[]; /* [bytes], if there is room */
} record;

static izh_ranks *ranks;

static void end(izh_ranks *made) {
  izh_free(made->records);
  izh_free(made->data);
  izh_free(made->bytes);
  izh_free(made->apart);
  izh_free(made);
}

izh_status izh_ranks_begin(const izh_ranks_def *def, izh_err *err) {
  size_t size = (size_t)def->link->size;
  izh_ranks *made = izh_alloc_zero(1, sizeof *made);
  if (!made) return izh_fail_memory(err, sizeof *made);
  made->records = izh_alloc_zero(size, sizeof(record) + MOST_ROOM);
  made->data = izh_alloc_zero(size, sizeof *made->data);
  made->bytes = izh_alloc_zero(size, sizeof *made->bytes);
  made->apart = izh_alloc_zero(size, sizeof *made->apart);
  if (!made->records || !made->data || !made->bytes || !made->apart) {
    end(made);
    return izh_fail_memory(err, size * (sizeof(record) + MOST_ROOM));
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
  ranks->silent = false;
  ranks->left = true;
}

bool izh_ranks_left(void) {
  return ranks && ranks->left;
}

void izh_ranks_relay(const izh_ranks_link *link) {
  ranks->def.link = link;
}

void izh_ranks_end_link(void) {
  ranks->def.link->end();
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

static record *record_of(int rank) {
  return (void *)(ranks->records + (size_t)rank * (sizeof(record) + ranks->held));
}

/* All of them were busy until they came, so who was so for less time has waited. Clocks of machines differ;
 * how long something takes does not. */
static void note_waiting(uint64_t busy, uint64_t took) {
  uint64_t longest = busy;
  for (int i = 0; i < ranks->size; i++)
    if (record_of(i)->busy > longest) longest = record_of(i)->busy;
  ranks->cost.waited += longest - busy < took ? longest - busy : took;
}

static void gather_records(record mine, const void *data) {
  uint64_t came = izh_clock();
  ranks->held = ranks->room;
  mine.busy = ranks->since ? came - ranks->since : 0;
  record *own = record_of(ranks->rank);
  *own = mine;
  if (mine.bytes > 0 && mine.bytes <= ranks->held) memcpy(own->data, data, mine.bytes);
  gather(ranks->records, sizeof mine + ranks->held);
  note_waiting(mine.busy, ranks->since - came);
}

/* All ranks have seen the same records, so the room of their next ones is the same. It grows at once and
 * shrinks slowly; with data that are always too many there is none. */
static void choose_room(uint64_t most) {
  uint64_t wanted = (most + most / 4 + 63) / 64 * 64;
  if (wanted > MOST_ROOM) wanted = most <= MOST_ROOM ? MOST_ROOM : 0;
  ranks->room = wanted > ranks->room ? wanted : ranks->room - (ranks->room - wanted) / 512 * 8;
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
  bool same;           /* one hash */
  int ending;          /* so many are at their end */
  int signal;          /* that some rank was told to stop by */
  int failed;          /* the first rank whose status is not 0; -1: none */
  uint64_t most, data; /* bytes that a rank brought; that all did */
} outcome;

static outcome meet(record mine, const void *data) {
  outcome all = {.same = true, .failed = -1};
  gather_records(mine, data);
  for (int i = 0; i < ranks->size; i++) {
    const record *r = record_of(i);
    all.same = all.same && r->hash == record_of(0)->hash && !r->ending == !record_of(0)->ending;
    all.ending += r->ending;
    if (r->signal && !all.signal) all.signal = r->signal;
    if (r->status && all.failed < 0) all.failed = i;
    if (r->bytes > all.most) all.most = r->bytes;
    all.data += r->bytes;
    ranks->data[i] = r->data;
    ranks->bytes[i] = r->bytes;
  }
  if (all.most > 0) choose_room(all.most);
  if (all.signal && !mine.signal) ranks->def.tell(all.signal);
  return all;
}

static int own_signal(void) {
  return ranks->def.signal();
}

/* Makes room for data of all ranks, on all ranks or none. */
static bool make_room(uint64_t bytes) {
  if (bytes <= ranks->cap_much) return true;
  uint64_t capacity = bytes + bytes / 2;
  char *more = izh_alloc(capacity, 1);
  record_of(ranks->rank)->status = more ? 0 : IZH_MEMORY;
  gather(ranks->records, sizeof(record) + ranks->held);
  bool all = true;
  for (int i = 0; i < ranks->size; i++) all = all && record_of(i)->status == 0;
  if (!all) {
    izh_free(more);
    return false;
  }
  izh_free(ranks->much);
  ranks->much = more;
  ranks->cap_much = capacity;
  return true;
}

/* For data that the records had no room for: they follow the meeting. */
static izh_status gather_data(const void *mine, uint64_t all, izh_err *err) {
  if (!make_room(all)) return izh_fail_memory(err, all);
  izh_ranks_gather_parts(mine, ranks->bytes, ranks->much);
  const char *at = ranks->much;
  for (int i = 0; i < ranks->size; i++) {
    ranks->data[i] = at;
    at += ranks->bytes[i];
  }
  return IZH_OK;
}

izh_status izh_ranks_meet(uint64_t hash, izh_status status, izh_err *err) {
  static const izh_ranks_load nothing;
  return izh_ranks_meet_with(hash, status, &nothing, err);
}

izh_status izh_ranks_meet_with(uint64_t hash, izh_status status, const izh_ranks_load *mine, izh_err *err) {
  if (izh_ranks_size() == 1) return status;
  record own = {
      .hash = hash, .status = (int32_t)status, .signal = own_signal(), .bytes = status ? 0 : mine->bytes};
  memcpy(own.counts, mine->counts, sizeof own.counts);
  outcome all = meet(own, mine->data);
  if (!all.same && all.signal) return izh_fail(err, IZH_STOPPED, "interrupted");
  if (!all.same) {
    gather_texts(ranks->doing, 0, 0);
    ranks->def.apart(ranks->apart, ranks->size);
  }
  if (all.failed < 0) return all.most > ranks->held ? gather_data(mine->data, all.data, err) : IZH_OK;
  izh_status first = (izh_status)record_of(all.failed)->status;
  gather_texts(status && err ? err->message : "", 0, (int)status);
  return izh_fail(err, first, "%s", ranks->apart[all.failed].text);
}

const uint64_t *izh_ranks_counts(int rank) {
  return record_of(rank)->counts;
}

const void *izh_ranks_data(int rank) {
  return ranks->data[rank];
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
    all = meet((record){.status = code, .signal = own_signal(), .ending = 1}, NULL);
  while (all.ending < ranks->size && all.signal);
  bool apart = all.ending < ranks->size;
  if (!apart && all.failed < 0) return 0;
  gather_texts(message ? message : code ? "an error" : "the end of the script", 1, code);
  if (apart) ranks->def.apart(ranks->apart, ranks->size);
  if (code == 0) snprintf(text, IZH_RANKS_MESSAGE, "rank %d: %s", all.failed, ranks->apart[all.failed].text);
  return record_of(all.failed)->status;
}
