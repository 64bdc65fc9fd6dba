#include "base/status.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

const char *izh_status_text(izh_status status) {
  static const char *const text[] = {
#define X(name, text) text,
      IZH_STATUS_LIST(X)
#undef X
  };
  return text[status];
}

/* Removes an incomplete character from the end of a text that was cut. */
static void trim_character(char *text) {
  size_t end = strlen(text), start = end;
  while (start > 0 && ((unsigned char)text[start - 1] & 0xc0) == 0x80) start--;
  if (start == 0) return;
  unsigned char lead = (unsigned char)text[start - 1];
  size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  if (end - start + 1 < size) text[start - 1] = '\0';
}

/* How many bytes the control character at text takes, 0 when it is none; a message may have lines. */
static size_t control_size(const char *text) {
  unsigned char c = (unsigned char)text[0], next = (unsigned char)text[c != 0];
  if (c == 0xc2 && next >= 0x80 && next < 0xa0) return 2; /* those behind ASCII, in UTF-8 */
  return (c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
}

void izh_message(char message[IZH_ERR_MESSAGE_SIZE], const char *format, va_list args) {
  char text[IZH_ERR_MESSAGE_SIZE];
  size_t n = 0;
  bool whole = vsnprintf(text, sizeof text, format, args) < (int)sizeof text;
  for (const char *c = text; *c; c++) {
    size_t control = control_size(c);
    if (control == 2) c++;
    if (n + (control ? 4 : 1) >= IZH_ERR_MESSAGE_SIZE) {
      whole = false;
      break;
    }
    if (control > 0)
      n += (size_t)sprintf(message + n, "\\x%02x", (unsigned char)*c);
    else
      message[n++] = *c;
  }
  message[n] = '\0';
  if (!whole) trim_character(message);
}

izh_status izh_fail(izh_err *err, izh_status status, const char *format, ...) {
  if (err) {
    va_list args;
    va_start(args, format);
    izh_message(err->message, format, args);
    va_end(args);
    err->status = status;
    err->neuron = 0;
  }
  return status;
}

izh_status izh_fail_memory(izh_err *err, unsigned long long bytes) {
  char size[IZH_BYTES_TEXT_SIZE];
  return izh_fail(err, IZH_MEMORY, "out of memory (%s asked for)", izh_bytes_text(size, bytes));
}

const char *izh_s(unsigned long long n) {
  return n == 1 ? "" : "s";
}
