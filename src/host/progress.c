#include "host/progress.h"

#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "host/live.h"

static const double first_guess_s = 0.3; /* before that, the pace of a run says nothing about its end */
static const double worth_showing_s = 1;
static const double between_updates_s = 0.1;
static const double endless = 1e15; /* a run that goes on until something happens */

static bool drawn;
static double last_update_s; /* as elapsed_s */
static pid_t owner;          /* processes that a script forks have no line */

bool host_progress_possible(void) {
  const char *kind = getenv("TERM");
  owner = getpid();
  return isatty(STDERR_FILENO) && kind && strcmp(kind, "dumb") != 0;
}

void host_progress_erase(void) {
  host_live_erase();
  if (!drawn || getpid() != owner) return;
  dprintf(STDERR_FILENO, "\r\033[K");
  drawn = false;
}

static int terminal_width(void) {
  struct winsize window;
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &window) != 0 || window.ws_col == 0) return 80;
  return window.ws_col;
}

static void write_duration(char *text, size_t size, double seconds) {
  double minutes = seconds / 60;
  if (seconds < 59.5)
    snprintf(text, size, "%.0f s", seconds < 1 ? 1 : seconds);
  else if (minutes < 59.5)
    snprintf(text, size, "%.0f min", minutes);
  else
    snprintf(text, size, "%.0f h %.0f min", (double)(long)(minutes / 60), (double)((long)minutes % 60));
}

/* A bar of at most 32 letters, in brackets, when there is room for it; else "". */
static const char *make_bar(double fraction, int room) {
  static char bar[36];
  int length = room - 3 < 32 ? room - 3 : 32;
  if (length < 8) return "";
  int full = (int)(fraction * length);
  snprintf(bar, sizeof bar, "[%*s] ", length, "");
  memset(bar + 1, '#', (size_t)full);
  memset(bar + 1 + full, '.', (size_t)(length - full));
  return bar;
}

static void draw(double done, double total, const char *unit, double left_s) {
  char left[48], text[160];
  const char *bar = "";
  int width = terminal_width() - 1; /* a line that fills its last column would wrap */
  if (total < endless) {
    double fraction = done / total;
    write_duration(left, sizeof left, left_s);
    snprintf(text, sizeof text, "%3.0f %%  %.0f of %.0f %s  %s left", fraction * 100, done, total, unit,
             left);
    bar = make_bar(fraction, width - (int)strlen(text));
  } else {
    snprintf(text, sizeof text, "%.0f %s", done, unit);
  }
  dprintf(STDERR_FILENO, "\r%s%.*s\033[K", bar, width, text);
}

void host_progress(double done, double total, const char *unit, double elapsed_s) {
  if (getpid() != owner) return;
  if (!(done < total)) {
    host_progress_erase();
    last_update_s = 0;
    return;
  }
  if (elapsed_s < last_update_s) last_update_s = 0; /* another run */
  if (elapsed_s < first_guess_s || !(done > 0) || elapsed_s - last_update_s < between_updates_s) return;
  double estimate_s = elapsed_s * total / done;
  if (!(estimate_s > worth_showing_s)) return;
  draw(done, total, unit, estimate_s - elapsed_s);
  drawn = true;
  last_update_s = elapsed_s;
}

/* Replaces a function of Lua that prints, its first upvalue. It calls that function from C, so that error
 * messages and tracebacks do not change. */
static int erase_and_call(lua_State *L) {
  lua_CFunction printing = lua_tocfunction(L, lua_upvalueindex(1));
  host_progress_erase();
  return printing(L);
}

static void put_before(lua_State *L, const char *name) {
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, erase_and_call, 1);
  lua_setfield(L, -2, name);
}

void host_progress_open(lua_State *L) {
  if (!host_progress_possible()) return;
  lua_pushglobaltable(L);
  put_before(L, "print");
  lua_getfield(L, -1, "io");
  put_before(L, "write");
  luaL_getmetatable(L, LUA_FILEHANDLE);
  lua_getfield(L, -1, "__index");
  put_before(L, "write");
  lua_pop(L, 4);
}
