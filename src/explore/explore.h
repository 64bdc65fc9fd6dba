/* The explorer: serves a page on 127.0.0.1, on which the parameters of a script are moved, and runs the
 * script for it. It is a module, so that only those who use it load a web server. */
#ifndef IZH_EXPLORE_EXPLORE_H
#define IZH_EXPLORE_EXPLORE_H

#include <stddef.h>

#include "base/status.h"

typedef struct izh_explore {
  const char *program; /* the path of this one */
  const char *page;    /* the folder of the page's files */
  const char *script;
  const char *const *options; /* [n_options] of every run; the seed is not among them */
  size_t n_options;
  const char *seed;             /* that runs begin with; NULL: the script's own */
  const char *const *arguments; /* [n_arguments] that runs begin with */
  size_t n_arguments;
  void (*ready)(const char *address); /* called when the page can be opened */
} izh_explore;

/* Serves until SIGINT, SIGTERM or SIGHUP comes, which is *signal. All runs have ended then. Called once,
 * by a process that has one thread and ends afterwards; *setup must outlive it. IZH_IO. */
typedef struct izh_explorer {
  izh_status (*serve)(const izh_explore *setup, int *signal, izh_err *err);
} izh_explorer;

/* Loads the module at a path. IZH_IO when it, or something that it needs, is missing. */
izh_status izh_explorer_load(const char *module, const izh_explorer **explorer, izh_err *err);

#endif
