/* The user's wish to stop (Ctrl-C), for what takes long in one call: it asks now and then, and fails with
 * IZH_STOPPED. */
#ifndef IZH_BASE_STOP_H
#define IZH_BASE_STOP_H

#include <stdbool.h>

#include "base/status.h"

/* Who knows it for what the calling thread does: true when the user asked to stop. NULL, as it is at first:
 * nobody. */
void izh_stop_ask(bool (*asked)(void));

/* IZH_STOPPED when the user asked to stop. Not to be called by threads that help another (team.h). */
izh_status izh_stop_check(izh_err *err);

#endif
