/* Ctrl-C for calls that take long: they ask now and then whether the user wants to stop, and then fail with
 * IZH_STOPPED. */
#ifndef IZH_BASE_STOP_H
#define IZH_BASE_STOP_H

#include <stdbool.h>

#include "base/status.h"

/* Sets the function that the calling thread asks: it returns true when the user wants to stop. NULL, the
 * default: nobody is asked. */
void izh_stop_ask(bool (*asked)(void));

/* IZH_STOPPED when the user asked to stop. Not to be called by threads that help another (team.h). */
izh_status izh_stop_check(izh_err *err);

#endif
