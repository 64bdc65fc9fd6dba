/* Runs of a script, each in a process of its own, and what they say. */
#ifndef IZH_EXPLORE_RUN_H
#define IZH_EXPLORE_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "explore/frame.h"

enum { IZH_TAB_SIZE = 40 };

/* Who is told: false when nobody listens any more, and the run then ends. */
typedef struct izh_listener {
  bool (*tell)(void *context, izh_frame_kind kind, unsigned from, const void *bytes, size_t length);
  void *context;
} izh_listener;

/* Runs argv (argv[0] is the path of the program, NULL ends it) until it has ended, and tells a listener. A
 * run of the same tab that still goes on is ended. Returns NULL, or why nothing could be run. */
const char *izh_run(char *const *argv, const char *tab, const char *ending, izh_listener listener);

/* Ends all runs, and none can begin from now on. Returns when there are none. */
void izh_runs_end(void);

#endif
