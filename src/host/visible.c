#include "host/visible.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/sandbox.h"

/* A stream, and where it is in a character of UTF-8. */
typedef struct channel {
  int file;
  int due;   /* bytes of the character that are still to come */
  bool held; /* the byte 0xc2 is: the next one may make a control character of it */
} channel;

enum { ROOM = 4096 };

/* Whether a byte is, or belongs to, a control character; a byte that may stand alone in no text is taken for
 * one, since old terminals do. */
static bool is_control(channel *c, unsigned char byte) {
  bool follows = byte >= 0x80 && byte < 0xc0;
  if (c->held) c->due = 0;
  if (c->held && follows) return byte < 0xa0;
  if (follows && c->due > 0) {
    c->due--;
    return false;
  }
  c->due = byte < 0xc2 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
  return follows || byte == 0x7f || (byte < ' ' && byte != '\n' && byte != '\t');
}

/* Writes a byte as it is to show; returns its size. */
static size_t show(channel *c, unsigned char byte, char out[5]) {
  bool control = is_control(c, byte), held = c->held;
  size_t n = 0;
  c->held = byte == 0xc2;
  if (held && !control) out[n++] = (char)0xc2;
  if (control) return n + (size_t)sprintf(out + n, "\\x%02x", byte);
  if (c->held) return n;
  out[n++] = (char)byte;
  return n;
}

static bool put(int file, const char *bytes, size_t size) {
  return izh_sandbox_take_disk(size) && izh_descriptor_write(file, bytes, size);
}

static ssize_t write_channel(void *cookie, const char *bytes, size_t size) {
  channel *c = cookie;
  char out[ROOM + 8];
  size_t n = 0;
  for (size_t i = 0; i < size; i++) {
    n += show(c, (unsigned char)bytes[i], out + n);
    if (n < ROOM) continue;
    if (!put(c->file, out, n)) return 0;
    n = 0;
  }
  return put(c->file, out, n) ? (ssize_t)size : 0;
}

static FILE *open_channel(channel *c, int buffering) {
  FILE *stream = fopencookie(c, "w", (cookie_io_functions_t){.write = write_channel});
  if (stream) setvbuf(stream, NULL, buffering, 0);
  return stream;
}

bool host_visible_begin(void) {
  static channel out = {.file = STDOUT_FILENO}, err;
  err.file = fileno(stderr); /* which a rank that is silent has replaced */
  FILE *visible_out = open_channel(&out, _IOLBF), *visible_err = open_channel(&err, _IONBF);
  if (!visible_out || !visible_err) return false;
  fflush(NULL);
  stdout = visible_out; /* in the GNU C library they are variables */
  stderr = visible_err;
  return true;
}
