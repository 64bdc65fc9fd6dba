#include "base/stop.h"

static _Thread_local bool (*who)(void);

void izh_stop_ask(bool (*asked)(void)) {
  who = asked;
}

izh_status izh_stop_check(izh_err *err) {
  return who && who() ? izh_fail(err, IZH_STOPPED, "interrupted") : IZH_OK;
}
