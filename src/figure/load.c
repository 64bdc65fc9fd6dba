#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#include "base/module.h"
#include "base/ranks.h"
#include "base/sandbox.h"
#include "base/stop.h"
#include "figure/figure.h"

/* GLib and fontconfig end the program when they get no memory, or no thread. So there must be a thread, and
 * more memory than they take: the first time their libraries, two threads of Pango that look for fonts, and
 * what malloc sets aside for these. */
enum { FIRST_BYTES = 320000000, LATER_BYTES = 160000000 };

static void *nothing(void *context) {
  return context;
}

static izh_status check_room(size_t bytes, izh_err *err) {
  void *room = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) return izh_fail_memory(err, bytes);
  munmap(room, bytes);
  pthread_t thread;
  int code = pthread_create(&thread, NULL, nothing, NULL);
  if (code)
    return izh_fail(err, IZH_DRAW, "drawing needs a thread, and none can be started: %s", strerror(code));
  pthread_join(thread, NULL);
  return IZH_OK;
}

izh_status izh_drawing_load(const char *module, const izh_drawing **drawing, izh_err *err) {
  static const izh_drawing *_Atomic loaded;
  izh_status status = check_room(loaded ? LATER_BYTES : FIRST_BYTES, err);
  if (status) return status;
  if (!loaded) {
    const void *found;
    status = izh_module_load(module, "izh_drawing_module", "the module that draws figures", &found, err);
    if (status) return status;
    loaded = found;
    loaded->join(izh_sandbox_now());
    loaded->join_ranks(izh_ranks_now());
  }
  loaded->ask(izh_stop_asked());
  *drawing = loaded;
  return IZH_OK;
}
