/* What every function that can fail returns, and the message that goes with it.
 *
 * A function that can fail returns izh_status and takes an `izh_err *err` as its last argument. On failure it
 * fills *err with a message for the user, and leaves its other outputs and the objects it was given as they
 * were. err may be NULL when the caller needs only the status. No function of this library prints, exits or
 * logs. */
#ifndef IZH_BASE_STATUS_H
#define IZH_BASE_STATUS_H

#include <stdarg.h>
#include <stdint.h>

#define IZH_STATUS_LIST(X)                                                                                   \
  X(OK, "no error")                                                                                          \
  X(MEMORY, "out of memory")                                                                                 \
  X(ARGUMENT, "invalid argument")                                                                            \
  X(RANGE, "value out of range")                                                                             \
  X(SIZE, "too large")                                                                                       \
  X(DIVERGED, "a neuron diverged")                                                                           \
  X(IO, "input or output failed")                                                                            \
  X(FORMAT, "a file is not what it should be")                                                               \
  X(DRAW, "drawing failed")                                                                                  \
  X(STOPPED, "stopped by the user")

typedef enum izh_status {
#define X(name, text) IZH_##name,
  IZH_STATUS_LIST(X)
#undef X
} izh_status;

enum { IZH_ERR_MESSAGE_SIZE = 512 };

typedef struct izh_err {
  izh_status status;
  uint32_t neuron;                    /* with IZH_DIVERGED, the id of the neuron, from 1; else 0 */
  char message[IZH_ERR_MESSAGE_SIZE]; /* NUL-terminated UTF-8; a longer message is cut */
} izh_err;

/* The general meaning of a status, a constant string. */
const char *izh_status_text(izh_status status);

/* The ending of a plural: "" for 1, else "s", as in ("%zu row%s", n, izh_s(n)). */
const char *izh_s(unsigned long long n);

/* Fills *err (when not NULL) and returns status, so that a failure is one line: return izh_fail(err, …). */
izh_status izh_fail(izh_err *err, izh_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Writes a message as vprintf would. Control characters, which may come from a stranger's file and would act
 * on a terminal, are shown as \x1b; lines and tabs stay. */
void izh_message(char message[IZH_ERR_MESSAGE_SIZE], const char *format, va_list args);

/* izh_fail with IZH_MEMORY; bytes: how many were asked for. */
izh_status izh_fail_memory(izh_err *err, unsigned long long bytes);

#endif
