#include "bind/program/dealt.h"

#include <string.h>

#include "base/alloc.h"
#include "base/ranks.h"
#include "bind/lua/errors.h"

/* Before the bytes. */
typedef struct head {
  lua_Integer number, status;
  size_t size[BIND_DEALT_TEXTS];
} head;

bool bind_dealt_add(bind_dealt *dealt, const bind_ended *ended) {
  head h = {.number = ended->number, .status = ended->status};
  size_t size = sizeof h;
  for (int i = 0; i < BIND_DEALT_TEXTS; i++) size += h.size[i] = ended->size[i];
  char *room = izh_grow(dealt->mine, &dealt->mine_capacity, dealt->n_mine + size, 1);
  if (!room) return false;
  dealt->mine = room;
  room += dealt->n_mine;
  memcpy(room, &h, sizeof h);
  room += sizeof h;
  for (int i = 0; i < BIND_DEALT_TEXTS; i++) {
    if (h.size[i] > 0) memcpy(room, ended->bytes[i], h.size[i]);
    room += h.size[i];
  }
  dealt->n_mine += size;
  return true;
}

/* Appends what a rank brought. The meeting has it rounded up to 8 bytes. */
static void take(lua_State *L, bind_dealt *dealt, int rank) {
  size_t size = (size_t)izh_ranks_counts(rank)[0];
  if (size == 0) return;
  char *room = izh_grow(dealt->all, &dealt->all_capacity, dealt->n_all + size, 1);
  if (!room) bind_raise_as(L, "sweep", "not enough memory for %zu bytes of results", dealt->n_all + size);
  dealt->all = room;
  memcpy(room + dealt->n_all, izh_ranks_data(rank), size);
  dealt->n_all += size;
}

void bind_dealt_exchange(lua_State *L, bind_dealt *dealt) {
  const char *doing = lua_pushfstring(L, "%ssweep", bind_place(L));
  size_t whole = (dealt->n_mine + 7) / 8 * 8;
  char *room = izh_grow(dealt->mine, &dealt->mine_capacity, whole, 1);
  if (!room) bind_raise_as(L, "sweep", "not enough memory for %zu bytes of results", whole);
  dealt->mine = room;
  memset(room + dealt->n_mine, 0, whole - dealt->n_mine);
  izh_ranks_load load = {.counts = {dealt->n_mine}, .data = room, .bytes = whole};
  izh_err err;
  izh_ranks_doing(doing);
  bind_check(L, izh_ranks_meet_with(izh_ranks_hash_text(1, doing), IZH_OK, &load, &err), &err);
  lua_pop(L, 2);
  dealt->n_mine = dealt->n_all = dealt->at = 0;
  for (int k = 0; k < izh_ranks_size(); k++) take(L, dealt, k);
}

bool bind_dealt_next(bind_dealt *dealt, bind_ended *ended) {
  head h;
  if (dealt->at == dealt->n_all) return false;
  memcpy(&h, dealt->all + dealt->at, sizeof h);
  dealt->at += sizeof h;
  *ended = (bind_ended){.number = h.number, .status = (int)h.status};
  for (int i = 0; i < BIND_DEALT_TEXTS; i++) {
    ended->size[i] = h.size[i];
    ended->bytes[i] = dealt->all + dealt->at;
    dealt->at += h.size[i];
  }
  return true;
}

void bind_dealt_free(bind_dealt *dealt) {
  izh_free(dealt->mine);
  izh_free(dealt->all);
  *dealt = (bind_dealt){0};
}
