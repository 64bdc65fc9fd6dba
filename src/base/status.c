#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"

const char *izh_status_text(izh_status status) {
  static const char *const text[] = {
#define X(name, words) words,
      IZH_STATUS_LIST(X)
#undef X
  };
  return text[status];
}

izh_status izh_fail(izh_err *err, izh_status status, const char *format, ...) {
  if (err) {
    va_list args;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    err->status = status;
  }
  return status;
}

izh_status izh_fail_memory(izh_err *err, unsigned long long bytes) {
  char size[IZH_BYTES_TEXT_SIZE];
  return izh_fail(err, IZH_MEMORY, "out of memory (%s asked for)", izh_bytes_text(size, bytes));
}
