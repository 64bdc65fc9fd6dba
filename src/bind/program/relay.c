#include "bind/program/relay.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/descriptor.h"
#include "base/output.h"
#include "base/ranks.h"
#include "bind/lua/errors.h"

enum { INTERRUPTED = 130 };

/* A question and an answer are a number of bytes, then these; those of a question are filled up to a multiple
 * of 8. */
enum { HEAD = sizeof(uint64_t) };

static uint64_t whole(uint64_t bytes) {
  return (bytes + 7) / 8 * 8;
}

/* --- in the worker --- */

static int asks, answers;
static char *question;
static size_t capacity;

static _Noreturn void stop(int code, const char *why) {
  izh_output_remove_all();
  if (why) fprintf(stderr, "izhlua: %s\n", why);
  _exit(code);
}

static void exchange(const void *mine, uint64_t bytes, void *all, uint64_t total) {
  uint64_t size = HEAD + whole(bytes), came;
  char *room = izh_grow(question, &capacity, size, 1);
  if (!room) stop(EXIT_FAILURE, "not enough memory for what ranks exchange");
  question = room;
  memset(room + size - HEAD, 0, HEAD); /* no byte is left unset */
  memcpy(room, &bytes, HEAD);
  if (bytes > 0) memcpy(room + HEAD, mine, bytes);
  if (!izh_descriptor_write(asks, room, size) || !izh_descriptor_read(answers, &came, HEAD))
    stop(INTERRUPTED, NULL); /* nobody answers any more */
  if (came != total) stop(EXIT_FAILURE, "the ranks do not exchange the same");
  if (!izh_descriptor_read(answers, all, total)) stop(INTERRUPTED, NULL);
}

static void gather(void *all, size_t bytes) {
  exchange((char *)all + (size_t)izh_rank() * bytes, bytes, all, (uint64_t)izh_ranks_size() * bytes);
}

static void gather_parts(const void *mine, const uint64_t *bytes, void *all) {
  uint64_t total = 0;
  for (int k = 0; k < izh_ranks_size(); k++) total += bytes[k];
  if (total > 0) exchange(mine, bytes[izh_rank()], all, total);
}

static void end(void) {}

void bind_relay_begin(int ask, int answer) {
  static izh_ranks_link link;
  asks = ask;
  answers = answer;
  link = (izh_ranks_link){.rank = izh_rank(),
                          .size = izh_ranks_size(),
                          .gather = gather,
                          .gather_parts = gather_parts,
                          .end = end};
  izh_ranks_relay(&link);
}

/* --- in its parent --- */

bool bind_relay_asks(const char *written, size_t n, bind_relayed *found) {
  uint64_t bytes;
  if (n < HEAD) return false;
  memcpy(&bytes, written, HEAD);
  if (n != HEAD + whole(bytes)) return false;
  *found = (bind_relayed){.kind = BIND_RELAY_ASKS, .bytes = written + HEAD, .n = bytes};
  return true;
}

void bind_relay_meet(lua_State *L, const char *text, const bind_relayed *mine) {
  izh_ranks_load load = {
      .counts = {mine->kind, (uint32_t)mine->status, mine->n}, .data = mine->bytes, .bytes = whole(mine->n)};
  izh_err err;
  izh_ranks_doing(text);
  bind_check(L, izh_ranks_meet_with(izh_ranks_hash_text(2, text), IZH_OK, &load, &err), &err);
}

bind_relayed bind_relay_of(int rank) {
  const uint64_t *counts = izh_ranks_counts(rank);
  return (bind_relayed){.kind = (bind_relay_kind)counts[0],
                        .status = (int)(uint32_t)counts[1],
                        .bytes = izh_ranks_data(rank),
                        .n = counts[2]};
}

void bind_relay_answer(int file) {
  uint64_t total = 0;
  for (int k = 0; k < izh_ranks_size(); k++) {
    bind_relayed of = bind_relay_of(k);
    if (of.kind != BIND_RELAY_ASKS) return;
    total += of.n;
  }
  struct sigaction before, ignore = {.sa_handler = SIG_IGN};
  sigaction(SIGPIPE, &ignore, &before); /* it may have been killed, which is seen next */
  bool reads = izh_descriptor_write(file, &total, HEAD);
  for (int k = 0; k < izh_ranks_size() && reads; k++) {
    bind_relayed of = bind_relay_of(k);
    reads = izh_descriptor_write(file, of.bytes, of.n);
  }
  sigaction(SIGPIPE, &before, NULL);
}
