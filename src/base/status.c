#include "base/status.h"

#include <stdarg.h>
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

izh_status izh_fail(izh_err *err, izh_status status, const char *format, ...) {
  if (err) {
    va_list args;
    va_start(args, format);
    int size = vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    if (size >= (int)sizeof err->message) trim_character(err->message);
    err->status = status;
    err->neuron = 0;
  }
  return status;
}

izh_status izh_fail_memory(izh_err *err, unsigned long long bytes) {
  char size[IZH_BYTES_TEXT_SIZE];
  return izh_fail(err, IZH_MEMORY, "out of memory (%s asked for)", izh_bytes_text(size, bytes));
}
