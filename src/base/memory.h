/* How much memory is free, and the text of a number of bytes. */
#ifndef IZH_BASE_MEMORY_H
#define IZH_BASE_MEMORY_H

#include "base/status.h"

enum { IZH_BYTES_TEXT_SIZE = 24 };

/* Bytes that this process can still get without swapping. Its control groups, of either version, RLIMIT_AS
 * and RLIMIT_DATA may allow fewer than the system has. ULLONG_MAX where the system does not tell. */
unsigned long long izh_memory_free(void);
/* The same as the files /proc and /sys below a folder say, for tests; "": those of the system. */
unsigned long long izh_memory_free_below(const char *root);
/* Bytes of address space that this process has now. */
unsigned long long izh_memory_held(void);

/* IZH_SIZE unless `need` bytes are free: "population \"E\" needs 92 GB, 16 GB are free". `what` is a printf
 * format; it names the thing that needs them. */
izh_status izh_memory_check(izh_err *err, double need, const char *what, ...)
    __attribute__((format(printf, 3, 4)));

/* Writes a number of bytes as "512 bytes", "1.5 KB" or "92 GB": at most three digits, powers of 1000.
 * Returns text. */
char *izh_bytes_text(char text[IZH_BYTES_TEXT_SIZE], unsigned long long bytes);

#endif
