#include "host/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/alloc.h"

enum { LEAST_COLUMNS = 40, LEAST_ROWS = 8 };

static pid_t owner;           /* processes that a script forks show nothing */
static char erasing[24];      /* what erases the text that is shown */
static volatile size_t shown; /* its length; 0: nothing is shown */

bool host_live_screen(int *columns, int *rows) {
  const char *kind = getenv("TERM");
  struct winsize window;
  if (owner == 0) owner = getpid();
  if (owner != getpid() || !kind || strcmp(kind, "dumb") == 0) return false;
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) != 0) return false;
  *columns = window.ws_col;
  *rows = window.ws_row;
  return *columns >= LEAST_COLUMNS && *rows >= LEAST_ROWS;
}

static void put(const char *bytes, size_t size) {
  if (write(STDERR_FILENO, bytes, size) < 0) {} /* there is nobody to tell */
}

void host_live_erase(void) {
  size_t length = shown;
  if (length == 0 || owner != getpid()) return;
  shown = 0;
  put(erasing, length);
}

/* The controls of ASCII, and those above it, U+0080 … U+009F, in UTF-8. */
static bool is_control(const char *c) {
  unsigned char byte = (unsigned char)c[0], next = byte ? (unsigned char)c[1] : 0;
  return byte < ' ' || byte == 0x7f || (byte == 0xc2 && next >= 0x80 && next < 0xa0);
}

void host_live_show(const char *text) {
  if (!text) {
    host_live_erase();
    return;
  }
  static const char next[] = "\033[K\r\n", last[] = "\033[K\033[J";
  char *out = izh_alloc(sizeof erasing + strlen(text) * (sizeof next - 1) + sizeof last, 1), *to = out;
  int lines = 1;
  if (!out) return;
  /* over the old text, from its first line on: a screen that was erased first would flicker */
  if (shown) to = mempcpy(to, erasing, shown - (sizeof "\033[J" - 1));
  for (const char *c = text; *c; c++) {
    if (*c == '\n') {
      to = mempcpy(to, next, sizeof next - 1);
      lines++;
    } else {
      *to++ = is_control(c) ? '?' : *c;
      c += is_control(c) && (unsigned char)*c >= 0x80;
    }
  }
  to = mempcpy(to, last, sizeof last - 1);
  shown = 0;
  int length = lines > 1 ? snprintf(erasing, sizeof erasing, "\r\033[%dA\033[J", lines - 1)
                         : snprintf(erasing, sizeof erasing, "\r\033[J");
  shown = (size_t)length;
  put(out, (size_t)(to - out));
  izh_free(out);
}
