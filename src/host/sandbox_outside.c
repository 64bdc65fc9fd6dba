#include "host/sandbox_outside.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/processors.h"
#include "base/ranks.h"
#include "host/sandbox_kernel.h"

/* --- what can be read --- */

/* Libraries, fonts with their configuration and index, the time zone, and how much there is of memory and
 * processors. */
static const char *const SYSTEM[] = {"/lib",
                                     "/lib64",
                                     "/usr/lib",
                                     "/usr/lib64",
                                     "/usr/local/lib",
                                     "/etc/ld.so.cache",
                                     "/etc/fonts",
                                     "/usr/share/fonts",
                                     "/usr/local/share/fonts",
                                     "/usr/share/fontconfig",
                                     "/usr/share/xml/fontconfig",
                                     "/var/cache/fontconfig",
                                     "/etc/localtime",
                                     "/usr/share/zoneinfo",
                                     "/proc/meminfo",
                                     "/proc/self/status",
                                     "/proc/self/cgroup",
                                     "/sys/fs/cgroup",
                                     "/sys/devices/system/cpu",
                                     "/dev/urandom"};

enum { N_SYSTEM = sizeof SYSTEM / sizeof *SYSTEM, N_HOME = 4, PATH_SIZE = 4096 };

/* The user's own fonts: below a folder that a variable names, or below the home folder. */
static bool put_home(char path[PATH_SIZE], const char *variable, const char *usual, const char *rest) {
  const char *named = variable ? getenv(variable) : NULL, *home = getenv("HOME");
  if (named && named[0] == '/') return snprintf(path, PATH_SIZE, "%s%s", named, rest) < PATH_SIZE;
  return home && home[0] == '/' && snprintf(path, PATH_SIZE, "%s%s%s", home, usual, rest) < PATH_SIZE;
}

/* The modules are in lib/izhlua beside share/izhlua/lua; by its name, since that may be a link. */
static bool put_modules(char path[PATH_SIZE], const char *lua_dir) {
  size_t length = strlen(lua_dir);
  for (int part = 0; part < 3; part++)
    while (length > 0 && lua_dir[--length] != '/') {}
  return snprintf(path, PATH_SIZE, "%.*s/lib/izhlua", (int)length, lua_dir) < PATH_SIZE;
}

static const char *limit_files(const host_options *options, const char *lua_dir) {
  static char home[N_HOME][PATH_SIZE], modules[PATH_SIZE];
  static const char *const variables[N_HOME] = {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", NULL};
  static const char *const usual[N_HOME] = {"/.local/share", "/.config", "/.cache", ""};
  static const char *const rest[N_HOME] = {"/fonts", "/fontconfig", "/fontconfig", "/.fonts"};
  const char *readable[N_SYSTEM + N_HOME + 4];
  size_t n = N_SYSTEM;
  memcpy(readable, SYSTEM, sizeof SYSTEM);
  for (int i = 0; i < N_HOME; i++)
    if (put_home(home[i], variables[i], usual[i], rest[i])) readable[n++] = home[i];
  readable[n++] = lua_dir;
  if (put_modules(modules, lua_dir)) readable[n++] = modules;
  if (options->script_is_file) readable[n++] = options->argv[options->script];
  readable[n] = NULL;
  return host_kernel_files(".", readable);
}

/* --- the rest --- */

/* Nothing of the environment stays but what this program and its libraries look at. */
static void clear_environment(void) {
  static const char *const kept[] = {
      "HOME=",   "LANG=", "LC_",         "TERM=",         "COLUMNS=",     "TZ=", "SOURCE_DATE_EPOCH=",
      "IZHLUA_", "XDG_",  "FONTCONFIG_", "ASAN_OPTIONS=", "LSAN_OPTIONS="};
  for (char **one = environ; one && *one;) {
    bool keep = false;
    for (size_t i = 0; i < sizeof kept / sizeof *kept && !keep; i++)
      keep = strncmp(*one, kept[i], strlen(kept[i])) == 0;
    char name[256];
    size_t length = strcspn(*one, "=");
    if (keep || length >= sizeof name) {
      if (!keep) *one = (char *)"";
      one++;
      continue;
    }
    memcpy(name, *one, length);
    name[length] = '\0';
    if (unsetenv(name) != 0) one++; /* else the next one has taken its place */
  }
}

static void limit(unsigned what, unsigned long long most) {
  struct rlimit old;
  if (getrlimit(what, &old) != 0) return;
  if (old.rlim_max < most) most = old.rlim_max;
  setrlimit(what, &(struct rlimit){.rlim_cur = most, .rlim_max = most});
}

enum { LIBRARIES = 64000000, STACK = 9000000 }; /* bytes that a process takes beside what a script does */

static const char *limit_memory(const host_options *options, int processors) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  (void)options, (void)processors;
  return "memory (a sanitizer takes more)";
#else
  limit(RLIMIT_DATA, options->memory + LIBRARIES + (unsigned)processors * (unsigned long long)STACK);
  return NULL;
#endif
}

void host_outside_begin(const host_options *options, const char *lua_dir) {
  int processors = izh_processors(), said = 0;
  clear_environment();
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, options->seconds + 2ull);
  limit(RLIMIT_FSIZE, options->memory);
  const char *privileges = host_kernel_privileges(); /* before what the kernel does only for those without */
  const char *const lacking[] = {privileges, limit_memory(options, processors),
                                 host_kernel_processes(processors), limit_files(options, lua_dir),
                                 host_kernel_calls(izh_ranks_size() > 1)};
  for (size_t i = 0; i < sizeof lacking / sizeof *lacking; i++) {
    if (!lacking[i]) continue;
    fprintf(stderr, "%s%s", said++ ? "; " : "izhlua: --sandbox: the kernel does not limit ", lacking[i]);
  }
  if (said) fputc('\n', stderr);
}
