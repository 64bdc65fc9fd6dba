#include "host/remarks.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { MOST = 10 };

typedef struct remark {
  char *about, *text; /* text NULL: it has come to something */
} remark;

static remark *remarks;
static size_t n_remarks, capacity;
static bool ended;

static remark *find(const char *about) {
  for (size_t i = 0; i < n_remarks; i++)
    if (strcmp(remarks[i].about, about) == 0) return &remarks[i];
  return NULL;
}

/* Without memory for it a remark is not made. */
void host_remark(const char *about, const char *text) {
  remark *one = find(about);
  if (one && text) return;
  if (one) {
    izh_free(one->text);
    one->text = NULL;
    return;
  }
  remark *grown = izh_grow(remarks, &capacity, n_remarks + 1, sizeof *grown);
  if (!grown) return;
  remarks = grown;
  remark made = {izh_strdup(about), text ? izh_strdup(text) : NULL};
  if (made.about) remarks[n_remarks++] = made;
}

static int compare(const void *a, const void *b) {
  return strverscmp(((const remark *)a)->about, ((const remark *)b)->about);
}

void host_remarks_end(void) {
  ended = true;
}

void host_remarks_say(void) {
  size_t said = 0, all = 0;
  if (ended) return;
  if (n_remarks > 0) qsort(remarks, n_remarks, sizeof *remarks, compare);
  for (size_t i = 0; i < n_remarks; i++) {
    if (!remarks[i].text) continue;
    if (all++ >= MOST) continue;
    fprintf(stderr, "izhlua: %s: %s\n", remarks[i].about, remarks[i].text);
    said++;
  }
  if (all > said) fprintf(stderr, "izhlua: and %zu more of this kind\n", all - said);
}
