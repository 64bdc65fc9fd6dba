#include "formats/state.h"

#include <string.h>

#include "base/alloc.h"
#include "base/output.h"
#include "base/stop.h"
#include "formats/crc64.h"
#include "formats/format.h"
#include "formats/input.h"

static const unsigned char magic[8] = {0x89, 'I', 'Z', 'H', '\r', '\n', 0x1a, '\n'};
static const uint32_t ORDER = 0x01020304, OTHER_ORDER = 0x04030201;

enum { BUFFER = 1 << 20 };

typedef struct header {
  unsigned char magic[8];
  uint32_t order, version;
  uint64_t length;
  char program[16];
} header;

_Static_assert(sizeof(header) == 40, "the header has no gaps");

/* --- writing --- */

struct izh_state_writer {
  izh_output *out;
  uint64_t crc;
  size_t filled;
  unsigned char buffer[BUFFER];
};

static izh_status flush(izh_state_writer *w, izh_err *err) {
  w->crc = izh_crc64(w->crc, w->buffer, w->filled);
  izh_status status = izh_output_write(w->out, w->buffer, w->filled, err);
  w->filled = 0;
  return status;
}

izh_status izh_state_begin(const char *path, uint64_t length, izh_state_writer **result, izh_err *err) {
  izh_state_writer *w = izh_alloc(1, sizeof *w);
  if (!w) return izh_fail_memory(err, sizeof *w);
  izh_status status = izh_output_begin(path, &w->out, err);
  if (status) {
    izh_free(w);
    return status;
  }
  header head = {.order = ORDER, .version = IZH_STATE_VERSION, .length = length, .program = IZHLUA_VERSION};
  memcpy(head.magic, magic, sizeof magic);
  memcpy(w->buffer, &head, sizeof head);
  w->filled = sizeof head;
  w->crc = 0;
  *result = w;
  return IZH_OK;
}

izh_status izh_state_write(void *writer, void *bytes, size_t size, izh_err *err) {
  izh_state_writer *w = writer;
  for (const unsigned char *from = bytes; size > 0;) {
    if (w->filled == BUFFER) {
      izh_status status = flush(w, err);
      if (status) return status;
    }
    size_t n = size < BUFFER - w->filled ? size : BUFFER - w->filled;
    memcpy(w->buffer + w->filled, from, n);
    w->filled += n;
    from += n;
    size -= n;
  }
  return IZH_OK;
}

izh_status izh_state_commit(izh_state_writer *w, izh_err *err) {
  izh_status status = flush(w, err);
  if (!status) status = izh_output_write(w->out, &w->crc, sizeof w->crc, err);
  if (status)
    izh_output_abandon(w->out);
  else
    status = izh_output_commit(w->out, err);
  izh_free(w);
  return status;
}

izh_status izh_state_abandon(izh_state_writer *w, izh_err *err) {
  izh_output_failed(w->out, err);
  izh_status status = izh_output_commit(w->out, err);
  izh_free(w);
  return status;
}

/* --- reading --- */

struct izh_state_reader {
  izh_input *input;
  size_t at, filled; /* of the buffer */
  unsigned char buffer[BUFFER];
};

/* The next bytes, fewer at the end of the file. */
static izh_status take(izh_state_reader *r, void *bytes, size_t size, size_t *got, izh_err *err) {
  unsigned char *to = bytes;
  for (*got = 0; *got < size;) {
    if (r->at == r->filled) {
      r->at = 0;
      izh_status status = izh_input_read(r->input, r->buffer, BUFFER, &r->filled, err);
      if (status) return status;
      if (r->filled == 0) return IZH_OK;
    }
    size_t n = size - *got < r->filled - r->at ? size - *got : r->filled - r->at;
    memcpy(to + *got, r->buffer + r->at, n);
    r->at += n;
    *got += n;
  }
  return IZH_OK;
}

static izh_status header_check(const izh_state_reader *r, const header *head, size_t got,
                               unsigned long long size, izh_err *err) {
  size_t looked_at = got < sizeof magic ? got : sizeof magic;
  if (got == 0 || memcmp(head->magic, magic, looked_at) != 0)
    return izh_input_wrong(r->input, err, "it is not a network saved by izhlua");
  if (got < sizeof *head) return izh_input_wrong(r->input, err, "it is cut short");
  if (head->order == OTHER_ORDER)
    return izh_input_wrong(r->input, err, "it was saved on a machine with another order of bytes");
  if (head->order != ORDER) return izh_input_wrong(r->input, err, "it is damaged");
  if (head->version != IZH_STATE_VERSION)
    return izh_input_wrong(
        r->input, err,
        "it has version %u of the format, of another izhlua (%.*s): this one, %s, reads version %d",
        head->version, (int)sizeof head->program, head->program, IZHLUA_VERSION, IZH_STATE_VERSION);
  uint64_t rest = size - sizeof *head;
  if (rest < sizeof(uint64_t) || rest - sizeof(uint64_t) < head->length)
    return izh_input_wrong(r->input, err, "it is cut short");
  if (rest - sizeof(uint64_t) > head->length)
    return izh_input_wrong(r->input, err, "it is damaged: there is something after its end");
  return IZH_OK;
}

/* Reads all that is left, the state and the checksum. */
static izh_status checksum_check(izh_state_reader *r, const header *head, izh_err *err) {
  unsigned char piece[4096];
  uint64_t crc = izh_crc64(0, head, sizeof *head), found = 0;
  for (uint64_t left = head->length; left > 0;) {
    size_t got, size = left < sizeof piece ? (size_t)left : sizeof piece;
    izh_status status = take(r, piece, size, &got, err);
    if (!status && left % (1 << 20) < sizeof piece) status = izh_stop_check(err);
    if (status) return status;
    if (got < size) return izh_input_wrong(r->input, err, "it is cut short");
    crc = izh_crc64(crc, piece, size);
    left -= size;
  }
  size_t got;
  izh_status status = take(r, &found, sizeof found, &got, err);
  if (status) return status;
  if (got < sizeof found) return izh_input_wrong(r->input, err, "it is cut short");
  return found == crc ? IZH_OK : izh_input_wrong(r->input, err, "it is damaged: its checksum is wrong");
}

static izh_status check(izh_state_reader *r, uint64_t *length, izh_err *err) {
  header head;
  size_t got;
  unsigned long long size;
  izh_status status = izh_input_size(r->input, &size, err);
  if (!status) status = take(r, &head, sizeof head, &got, err);
  if (!status) status = header_check(r, &head, got, size, err);
  if (!status) status = checksum_check(r, &head, err);
  if (!status) status = izh_input_seek(r->input, sizeof head, err);
  r->at = r->filled = 0;
  if (!status) *length = head.length;
  return status;
}

izh_status izh_state_open(const char *path, izh_state_reader **result, uint64_t *length, izh_err *err) {
  izh_state_reader *r = izh_alloc(1, sizeof *r);
  if (!r) return izh_fail_memory(err, sizeof *r);
  r->input = NULL;
  r->at = r->filled = 0;
  izh_status status = izh_input_open(path, &r->input, err);
  if (!status) status = check(r, length, err);
  if (status) {
    izh_state_close(r);
    return status;
  }
  *result = r;
  return IZH_OK;
}

izh_status izh_state_read(void *reader, void *bytes, size_t size, izh_err *err) {
  izh_state_reader *r = reader;
  size_t got;
  izh_status status = take(r, bytes, size, &got, err);
  if (status || got == size) return status;
  return izh_fail(err, IZH_IO, "cannot read \"%s\": it was changed meanwhile", izh_input_path(r->input));
}

void izh_state_close(izh_state_reader *r) {
  izh_input_close(r->input);
  izh_free(r);
}

const izh_format izh_format_izh = {
    .ending = ".izh",
    .help = "the state of a network",
    .reads = IZH_CONTENT_STATE,
    .writes = IZH_CONTENT_STATE,
    .layout = IZH_LAYOUT_OWN,
};
