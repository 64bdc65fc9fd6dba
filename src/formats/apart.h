/* What a library does that a damaged file can make crash, hang or take all memory, or that ends the program
 * when memory runs out, is done in a process of its own, with limits. */
#ifndef IZH_FORMATS_APART_H
#define IZH_FORMATS_APART_H

#include "formats/array.h"

typedef struct izh_apart {
  const char *what; /* for messages: cannot read "x.h5" */
  izh_status (*work)(const void *context, izh_table *table, izh_err *err);
  const void *context;
  unsigned long long bytes; /* of memory that it may take; 0: any */
  unsigned seconds;         /* of a processor that it may take; 0: any */
} izh_apart;

/* Does the work in a process that is forked from this one, with an empty table, and has this process wait for
 * it, which Ctrl-C ends (IZH_STOPPED). What it makes of the table comes back, unless it fails. IZH_IO: no
 * process could be started; IZH_FORMAT: it was ended, or ended itself. */
izh_status izh_apart_do(const izh_apart *job, izh_table *table, izh_err *err);

#endif
