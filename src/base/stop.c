#include "base/stop.h"

static _Thread_local bool (*who)(void);
static _Thread_local atomic_bool *shared;

void izh_stop_ask(bool (*asked)(void)) {
  who = asked;
}

bool (*izh_stop_asked(void))(void) {
  return who;
}

void izh_stop_share(atomic_bool *stopped) {
  shared = stopped;
}

izh_status izh_stop_check(izh_err *err) {
  bool stop = (shared && atomic_load_explicit(shared, memory_order_relaxed)) || (who && who());
  if (!stop) return IZH_OK;
  if (shared) *shared = true; /* the user may be asked but once */
  return izh_fail(err, IZH_STOPPED, "interrupted");
}
