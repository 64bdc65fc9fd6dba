/* How the targets of a projection are cut into blocks. */
#include <math.h>

#include "base/alloc.h"
#include "core/net/comm.h"
#include "core/synapse/synapses.h"

/* Segments shorter than this are not worth the memory that 16-bit targets save. */
static const double SHORT_SEGMENT = 16;
/* A thread finds its part of a segment by searching. That takes longer than adding so few synapses. */
static const double SHORT_PART = 2;

/* A way to cut: no block crosses a border of the parts; threads (or NULL): those of one thread are joined. */
typedef struct cutting {
  izh_part targets;
  const izh_part *parts;
  const int *threads;
  int n_parts;
} cutting;

/* What comes of it. */
typedef struct blocks {
  uint32_t n, n_reaches;
  double squares, all; /* the sum of the squares of their sizes, and of their sizes */
  uint32_t used;       /* tiles of the last block */
  uint32_t size;       /* neurons of the last block */
  int thread;          /* whose it is, -1: nothing is joined to it */
  bool joined;         /* some block has several ranges */
} blocks;

static void append(blocks *b, izh_projection *p, izh_part of, bool joins) {
  if (!joins) {
    if (p) p->block_first[b->n] = of.begin;
    b->n++;
    b->used = b->size = 0;
  }
  if (p && p->reaches) p->reaches[b->n_reaches] = (izh_reach){of.begin, of.begin - b->used * IZH_TILE};
  b->n_reaches++;
  uint32_t size = of.end - of.begin, tiles = (size - 1) / IZH_TILE + 1;
  for (uint32_t t = 0; p && p->shift && t < tiles; t++)
    p->shift[(uint64_t)(b->n - 1) * IZH_TILES + b->used + t] = p->reaches[b->n_reaches - 1].shift;
  b->squares += (double)size * size + 2.0 * size * b->size;
  b->all += size;
  b->size += size;
  b->used += tiles;
  b->joined |= joins;
}

/* Cuts; writes the blocks into p unless that is NULL. Between two parts there may be neurons of other ranks,
 * which have no synapses here. */
static blocks cut(const cutting *c, izh_projection *p) {
  blocks b = {.thread = -1};
  for (int i = 0; i < c->n_parts; i++) {
    uint32_t begin = c->parts[i].begin > c->targets.begin ? c->parts[i].begin : c->targets.begin;
    uint32_t end = c->parts[i].end < c->targets.end ? c->parts[i].end : c->targets.end;
    if (begin >= end) continue;
    uint32_t pieces = (end - begin - 1) / IZH_NEAR + 1, tiles = (end - begin - 1) / IZH_TILE + 1;
    int thread = c->threads && pieces == 1 ? c->threads[i] : -1;
    bool joins = thread >= 0 && thread == b.thread && b.used + tiles <= IZH_TILES;
    for (uint64_t k = 0; k < pieces; k++) {
      uint64_t size = end - begin;
      izh_part piece = {begin + (uint32_t)(size * k / pieces), begin + (uint32_t)(size * (k + 1) / pieces)};
      append(&b, p, piece, joins);
    }
    b.thread = thread;
  }
  if (b.n == 0) append(&b, p, (izh_part){c->targets.begin, c->targets.end}, false); /* none is of this rank */
  if (p) p->block_first[b.n] = c->targets.end;
  return b;
}

/* The parts of the network that this rank does, and whose they are. */
static int own_parts(const izh_net *net, izh_part *parts, int *threads) {
  int n_parts = izh_parts_make(net, parts, threads), n = 0;
  for (int i = 0; i < n_parts; i++) {
    if (!izh_comm_does(net, parts[i].begin)) continue;
    parts[n] = parts[i];
    threads[n++] = threads[i];
  }
  return n;
}

static izh_status room_for(izh_projection *p, const blocks *b, izh_err *err) {
  p->n_blocks = b->n;
  p->block_first = izh_alloc((size_t)b->n + 1, sizeof *p->block_first);
  bool room = p->block_first != NULL;
  uint64_t tiles = (uint64_t)b->n * IZH_TILES;
  if (b->joined) {
    p->n_reaches = b->n_reaches;
    p->reaches = izh_alloc(b->n_reaches, sizeof *p->reaches);
    p->shift = izh_alloc_zero(tiles, sizeof *p->shift);
    room = room && p->reaches && p->shift;
  }
  return room ? IZH_OK : izh_fail_memory(err, tiles * sizeof *p->shift);
}

/* In this order of preference: blocks that end where the parts of threads end, so that each thread finds its
 * targets at once; the fewest blocks with 16-bit targets; one block with 32-bit targets. Takes the first
 * choice whose segments are not too short. */
izh_status izh_blocks_choose(const izh_net *net, izh_projection *p, izh_part targets, double segment,
                             bool single, izh_err *err) {
  izh_part parts[IZH_MAX_THREADS];
  int threads[IZH_MAX_THREADS], n_parts = own_parts(net, parts, threads);
  bool dense = 2 * segment > (double)(targets.end - 1 - targets.begin); /* neighbours are read as vectors */
  const cutting by_part = {targets, parts, dense ? NULL : threads, n_parts},
                fewest = {targets, &targets, NULL, 1};
  blocks parted = cut(&by_part, NULL), few = cut(&fewest, NULL);
  bool each = n_parts > 1 && parted.n <= (uint32_t)n_parts; /* a thread has one block at most */
  bool by_parts = parted.n == 1 || segment / parted.n >= (each ? SHORT_PART : SHORT_SEGMENT);
  bool near = by_parts || few.n == 1 || segment / few.n >= SHORT_SEGMENT;
  const blocks *b = by_parts ? &parted : &few;
  bool tied = single && segment * b->squares / (b->all * b->all) >= SHORT_SEGMENT && !dense;
  blocks one = {.n = 1};
  izh_status status = room_for(p, near ? b : &one, err);
  if (status) return status;
  p->targets = targets;
  p->block_first[0] = targets.begin;
  p->block_first[1] = targets.end;
  if (near) cut(by_parts ? &by_part : &fewest, p);
  if (near && tied)
    p->tied = izh_alloc(0, sizeof *p->tied);
  else if (near)
    p->near = izh_alloc(0, sizeof *p->near);
  else
    p->target = izh_alloc(0, sizeof *p->target);
  return p->tied || p->near || p->target ? IZH_OK : izh_fail_memory(err, 1);
}

double izh_synapse_bytes(const izh_ids *post) {
  return post->size > 0 && post->last - post->first >= IZH_NEAR ? sizeof(uint32_t) : sizeof(uint16_t);
}
