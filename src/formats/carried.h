/* What a figure of this program carries (figure/metadata.h): the files that made it. */
#ifndef IZH_FORMATS_CARRIED_H
#define IZH_FORMATS_CARRIED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

typedef struct izh_carried_file {
  char *name;  /* as the figure says: it may be anything */
  char *bytes; /* [size], and a NUL that is not counted */
  size_t size;
} izh_carried_file;

typedef struct izh_carried {
  izh_carried_file *files; /* [n] */
  size_t n, capacity;
} izh_carried;

enum { IZH_CARRIED_HEAD = 8 }; /* bytes from which a figure is known */

/* Are these the first bytes of a PDF, PNG or SVG; size may be smaller. */
bool izh_carried_is_figure(const char *head, size_t size);

/* Reads the files that a figure in memory carries; none is no error. IZH_FORMAT: the figure is damaged, or a
 * PDF has been rewritten since. IZH_MEMORY. *carried is to be freed whatever is returned. */
izh_status izh_carried_read(const char *bytes, size_t size, izh_carried *carried, izh_err *err);

/* The file of this name, or NULL. */
const izh_carried_file *izh_carried_find(const izh_carried *carried, const char *name);

void izh_carried_free(izh_carried *carried);

#endif
